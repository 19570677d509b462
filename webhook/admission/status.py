"""The status annotation: what we added to a Pod, written on the Pod itself.

Anyone can write annotations, so it is believed only as far as the Pod bears it out: it tells which of the containers
that stand there are ours, never that something may be left out.
"""

from typing import Any

import orjson

from webhook.admission.decision import Injected
from webhook.core.pod import Raw

STATUS_ANNOTATION = "prologue.dev/injected"
REQUEST_ANNOTATION = "prologue.dev/inject"


def read_status(annotations: Raw) -> dict[str, dict[str, Any]]:
    """Give what the annotation says by policy name; nothing where it is absent or not in our form."""
    text = annotations.get(STATUS_ANNOTATION)
    if not text or not isinstance(text, str):
        return {}
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(said, dict):
        return {}
    return {str(name).partition("@")[0]: entry for name, entry in said.items() if isinstance(entry, dict)}


def claimed_containers(entry: dict[str, Any]) -> set[str]:
    """Give the names of init containers that a policy's entry claims."""
    names = entry.get("initContainers")
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def write_status(annotations: Raw, injected: list[tuple[Injected, Raw]]) -> str:
    """Give the annotation's text after more injections; the entries of other policies stay."""
    text = annotations.get(STATUS_ANNOTATION)
    try:
        said = orjson.loads(text) if isinstance(text, str) and text else {}
    except orjson.JSONDecodeError:
        said = {}
    if not isinstance(said, dict):
        said = {}
    fresh = {one.policy for one, _ in injected}
    kept = {name: entry for name, entry in said.items() if name.partition("@")[0] not in fresh}
    kept.update({one.reference: entry for one, entry in injected})
    return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()


def requested_policies(annotations: Raw) -> list[str]:
    """Give the policies that a Pod asks for, in its order."""
    text = annotations.get(REQUEST_ANNOTATION)
    return [name for part in str(text or "").split(",") if (name := part.strip())]
