"""Volumes whose files Kubernetes writes: configMap, secret, downwardAPI and projected.

Paths are Kubernetes' own, also where they look odd: the files of a downwardAPI volume are told without their index, the
path of a token stands at `projected.path`, and a path used twice at `projected` itself. Source: kubernetes
`pkg/apis/core/validation`: validateKeyToPath, validateDownwardAPIVolumeFile, validateProjectionSources.
"""

from collections.abc import Iterator

from webhook.core.downward_api import FILE_FIELDS, field_ref_faults, resource_field_ref_faults
from webhook.core.fault import Fault, all_invalid, forbidden, invalid, required
from webhook.core.local_path import local_faults
from webhook.core.pod import Raw

_MAX_MODE = 0o777
# A token lives between ten minutes and 2^32 seconds; an hour where nothing is said.
_MIN_TOKEN_SECONDS = 600
_MAX_TOKEN_SECONDS = 1 << 32


def config_map_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a configMap volume."""
    if not source.get("name"):
        yield required("name", "name the ConfigMap")
    yield from _mode_faults(source, "defaultMode")
    yield from _item_faults(source)


def secret_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a secret volume."""
    if not source.get("secretName"):
        yield required("secretName", "name the Secret")
    yield from _mode_faults(source, "defaultMode")
    yield from _item_faults(source)


def downward_api_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a downwardAPI volume."""
    yield from _mode_faults(source, "defaultMode")
    for file in source.get("items") or ():
        yield from _file_faults(file or {})


def projected_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a projected volume; sources of features that are off by default count as absent."""
    yield from _mode_faults(source, "defaultMode")
    sources = [one or {} for one in source.get("sources") or ()]
    for i, one in enumerate(sources):
        kinds = [kind for kind in _PROJECTIONS if one.get(kind) is not None]
        for kind in kinds:
            for fault in _PROJECTIONS[kind](one[kind]):
                yield fault.below(f"sources[{i}].{kind}")
        if len(kinds) > 1:
            yield forbidden(f"sources[{i}]", f"one source holds one of {', '.join(kinds)}; write two sources")
    yield from _clashes(sources)
    yield from _token_path_faults(sources)


def _mode_faults(holder: Raw, field: str) -> Iterator[Fault]:
    mode = holder.get(field)
    if mode is not None and not 0 <= mode <= _MAX_MODE:
        yield invalid(field, f"a mode is between 0 and 0777 (octal; {_MAX_MODE} in decimal)")


def _item_faults(source: Raw) -> Iterator[Fault]:
    for i, item in enumerate(source.get("items") or ()):
        for fault in _key_to_path_faults(item or {}):
            yield fault.below(f"items[{i}]")


def _key_to_path_faults(item: Raw) -> Iterator[Fault]:
    path = item.get("path") or ""
    if not item.get("key"):
        yield required("key", "say which key becomes this file")
    if not path:
        yield required("path", "say which file the key becomes")
    yield from all_invalid("path", "the path", local_faults(path))
    yield from _mode_faults(item, "mode")


def _file_faults(file: Raw) -> Iterator[Fault]:
    path, field, resource = file.get("path") or "", file.get("fieldRef"), file.get("resourceFieldRef")
    if not path:
        yield required("path", "say which file holds the value")
    yield from all_invalid("path", "the path", local_faults(path))
    if field is not None:
        for fault in field_ref_faults(field, FILE_FIELDS):
            yield fault.below("fieldRef")
        if resource is not None:
            yield invalid("", "one file holds fieldRef or resourceFieldRef, not both")
    elif resource is not None:
        for fault in resource_field_ref_faults(resource, of_volume=True):
            yield fault.below("resourceFieldRef")
    else:
        yield required("", "a file needs fieldRef or resourceFieldRef")
    yield from _mode_faults(file, "mode")


def _named_items_faults(source: Raw) -> Iterator[Fault]:
    if not source.get("name"):
        yield required("name", "name the ConfigMap or Secret")
    yield from _item_faults(source)


def _files_faults(source: Raw) -> Iterator[Fault]:
    for file in source.get("items") or ():
        yield from _file_faults(file or {})


def _token_faults(source: Raw) -> Iterator[Fault]:
    seconds = source.get("expirationSeconds")
    if seconds is not None and not _MIN_TOKEN_SECONDS <= seconds <= _MAX_TOKEN_SECONDS:
        yield invalid("expirationSeconds", f"a token lives from {_MIN_TOKEN_SECONDS} to {_MAX_TOKEN_SECONDS} seconds")


# clusterTrustBundle and podCertificate are off unless a cluster's administrator turns them on: removed unseen.
_PROJECTIONS = {
    "secret": _named_items_faults,
    "configMap": _named_items_faults,
    "downwardAPI": _files_faults,
    "serviceAccountToken": _token_faults,
}


def _clashes(sources: list[Raw]) -> Iterator[Fault]:
    """Find files that two items write; a token's path is never compared."""
    seen: set[str] = set()
    for one in sources:
        for kind in ("secret", "configMap", "downwardAPI"):
            for item in (one.get(kind) or {}).get("items") or ():
                path = (item or {}).get("path")
                if path and path in seen:
                    yield invalid("", f"two items write the file {path!r}; give one of them another path")
                elif path:
                    seen.add(path)


def _token_path_faults(sources: list[Raw]) -> Iterator[Fault]:
    for one in sources:
        token = one.get("serviceAccountToken")
        if token is None:
            continue
        if not token.get("path"):
            yield required("path", "say which file holds the token")
        else:
            yield from all_invalid("path", "the path of the token", local_faults(token["path"]))
