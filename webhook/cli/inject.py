"""`prologue inject`: what the webhook would send back, applied to the manifests."""

from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from webhook.admission.decision import Decision
from webhook.admission.telling import warnings
from webhook.cli.engine import DEFAULT_NAMESPACE, Engine, facts_in, identity_of, policy_for, utc_today
from webhook.cli.exits import Exit
from webhook.cli.files import Reading, read_manifests
from webhook.cli.options import Files, KubernetesVersion, Namespace, Output, Policies
from webhook.cli.problem import no_object
from webhook.cli.style import clean
from webhook.cli.talk import complain, say, write
from webhook.cli.words import who_text
from webhook.core.errors import PrologueError
from webhook.core.field_path import FieldPath
from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.manifest.document import Document, expand_list, is_list
from webhook.manifest.writer import dump_json, dump_yaml


class Format(StrEnum):
    """How manifests are written."""

    YAML = "yaml"
    JSON = "json"


def inject(
    files: Files,
    policy: Policies = None,
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="Write this instead of the format that came in.")
    ] = None,
    kubernetes_version: KubernetesVersion = None,
    namespace: Namespace = DEFAULT_NAMESPACE,
    output: Output = None,
) -> int:
    """Write manifests as the webhook would send them on.

    Pods are injected into; a Deployment or Job stays as it is, and what its Pods will get is told on standard error. A
    Pod that would be refused is written unchanged, with the reasons on standard error and exit code 1. Where anything
    cannot be read nothing is written, and the exit code is 2.

    Examples:

        prologue inject --policy policies/ pod.yaml

        kubectl get pod shop -o yaml | prologue inject --policy wait.yaml -
    """
    rules = policy_for(policy, kubernetes_version)
    reading = read_manifests(files)
    reading.problems += [no_object(item) for item in reading.items if not isinstance(item.value, dict)]
    for problem in reading.problems:
        complain(str(problem))
    if reading.problems:
        # Half of the manifests might be applied, or written over the file that holds them all.
        complain("nothing was written")
        return Exit.MISUSE
    for warning in reading.warnings:
        say(f"warning: {clean(warning)}")
    engine = Engine(rules, facts_in(reading.items, today=utc_today()), namespace)
    outcomes = [_injected(document, engine) for document in reading.documents]
    write(_dumped([value for value, _ in outcomes], reading, form), output)
    return Exit.FINE if all(fine for _, fine in outcomes) else Exit.FINDINGS


def _injected(document: Document, engine: Engine) -> tuple[Any, bool]:
    """Give a document after the injections, a list item by item, and whether nothing in it was refused."""
    decisions = {item.prefix: (item.value, _decided(item, engine)) for item in expand_list(document)}
    changed = {
        place: _patched(manifest, decision)
        for place, (manifest, decision) in decisions.items()
        if decision.allowed and decision.operations
    }
    return _with(changed, document.value, FieldPath()), all(one.allowed for _, one in decisions.values())


def _with(changed: dict[FieldPath, Raw], value: Any, place: FieldPath) -> Any:
    """Put what was changed in its place; everything else stays the very value that was read."""
    if place in changed or not changed:
        return changed.get(place, value)
    if not is_list(value):
        return value
    items = [_with(changed, item, place.child("items").index(i)) for i, item in enumerate(value["items"])]
    return {**value, "items": items}


def _decided(document: Document, engine: Engine) -> Decision:
    decision = engine.ask(document.value)
    _tell(document, decision)
    return decision


def _patched(manifest: Raw, decision: Decision) -> Raw:
    """Apply the patch as the API server would; it must lead to what the decision was made about."""
    import jsonpatch  # noqa: PLC0415  # only where something is injected

    result: Raw = jsonpatch.apply_patch(manifest, orjson.loads(orjson.dumps(decision.operations)))
    if result != decision.result:
        raise PrologueError("the patch does not lead to the Pod that was judged")
    return result


def _tell(document: Document, decision: Decision) -> None:
    who = identity_of(document.value)
    place = f"{clean(document.file)}:{document.position().line}: {who_text(who)}"
    for finding in decision.findings:
        if finding.severity is Severity.DENY:
            say(f"{place}: refused: {finding.code} {clean(finding.path)}: {clean(finding.message)}")
    for line in warnings(decision, who.kind):
        say(f"{place}: {line}")


def _dumped(values: list[Any], reading: Reading, form: Format | None) -> str:
    if not values:
        return ""
    as_json = all(document.format == "json" for document in reading.documents) if form is None else form is Format.JSON
    return dump_json(values) if as_json else dump_yaml(values)
