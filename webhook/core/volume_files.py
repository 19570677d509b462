"""Volumes whose files Kubernetes writes: configMap, secret, downwardAPI and projected.

Paths are Kubernetes' own, also where they look odd: the files of a downwardAPI volume are told without their index, the
path of a token stands at `projected.path`, and a path used twice at `projected` itself. Source: kubernetes
`pkg/apis/core/validation`: validateKeyToPath, validateDownwardAPIVolumeFile, validateProjectionSources.
"""

from webhook.core.downward_api import FILE_FIELDS, field_ref_faults, resource_field_ref_faults
from webhook.core.fault import Fault, all_invalid, forbidden, invalid, required
from webhook.core.local_path import local_faults
from webhook.core.pod import Raw

_MAX_MODE = 0o777
_ACCOUNT = "serviceAccountToken"
# A token lives between ten minutes and 2^32 seconds; an hour where nothing is said.
_MIN_TOKEN_SECONDS = 600
_MAX_TOKEN_SECONDS = 1 << 32


def config_map_faults(source: Raw) -> list[Fault]:
    """Give the faults of a configMap volume."""
    faults = [] if source.get("name") else [required("name", "name the ConfigMap")]
    return faults + _mode_faults(source, "defaultMode") + _item_faults(source)


def secret_faults(source: Raw) -> list[Fault]:
    """Give the faults of a secret volume."""
    faults = [] if source.get("secretName") else [required("secretName", "name the Secret")]
    return faults + _mode_faults(source, "defaultMode") + _item_faults(source)


def downward_api_faults(source: Raw) -> list[Fault]:
    """Give the faults of a downwardAPI volume."""
    return _mode_faults(source, "defaultMode") + _files_faults(source)


def projected_faults(source: Raw) -> list[Fault]:
    """Give the faults of a projected volume; sources of features that are off by default count as absent."""
    faults = _mode_faults(source, "defaultMode")
    written: list[str] = []
    for i, one in enumerate(source.get("sources") or ()):
        kinds = [kind for kind in one or () if kind in _PROJECTIONS and one[kind] is not None]
        for kind in kinds:
            faults += [fault.below(f"sources[{i}].{kind}") for fault in _PROJECTIONS[kind](one[kind])]
            if kind == _ACCOUNT:
                faults += _token_path_faults(one[kind])
            else:
                written += [item["path"] for item in one[kind].get("items") or () if item and item.get("path")]
        if len(kinds) > 1:
            faults.append(forbidden(f"sources[{i}]", f"one source holds one of {', '.join(kinds)}; write two sources"))
    # One fault for each path that was there before; a token's path is never compared.
    again = len(written) - len(set(written))
    return faults + [invalid("", "two items write the same file; give one of them another path")] * again


def _mode_faults(holder: Raw, field: str) -> list[Fault]:
    mode = holder.get(field)
    if mode is None or 0 <= mode <= _MAX_MODE:
        return []
    return [invalid(field, f"a mode is between 0 and 0777 (octal; {_MAX_MODE} in decimal)")]


def _item_faults(source: Raw) -> list[Fault]:
    faults: list[Fault] = []
    for i, item in enumerate(source.get("items") or ()):
        faults += [fault.below(f"items[{i}]") for fault in _key_to_path_faults(item or {})]
    return faults


def _key_to_path_faults(item: Raw) -> list[Fault]:
    path = item.get("path") or ""
    faults = _mode_faults(item, "mode")
    if not item.get("key"):
        faults.append(required("key", "say which key becomes this file"))
    if not path:
        faults.append(required("path", "say which file the key becomes"))
    faults += all_invalid("path", "the path", local_faults(path))
    return faults


def _files_faults(source: Raw) -> list[Fault]:
    faults: list[Fault] = []
    for file in source.get("items") or ():
        faults += _file_faults(file or {})
    return faults


def _file_faults(file: Raw) -> list[Fault]:
    path, field, resource = file.get("path") or "", file.get("fieldRef"), file.get("resourceFieldRef")
    faults = _mode_faults(file, "mode")
    if not path:
        faults.append(required("path", "say which file holds the value"))
    faults += all_invalid("path", "the path", local_faults(path))
    if field is not None:
        faults += [fault.below("fieldRef") for fault in field_ref_faults(field, FILE_FIELDS)]
        if resource is not None:
            faults.append(invalid("", "one file holds fieldRef or resourceFieldRef, not both"))
    elif resource is not None:
        faults += [fault.below("resourceFieldRef") for fault in resource_field_ref_faults(resource, of_volume=True)]
    else:
        faults.append(required("", "a file needs fieldRef or resourceFieldRef"))
    return faults


def _named_items_faults(source: Raw) -> list[Fault]:
    faults = [] if source.get("name") else [required("name", "name the ConfigMap or Secret")]
    return faults + _item_faults(source)


def _token_faults(source: Raw) -> list[Fault]:
    seconds = source.get("expirationSeconds")
    if seconds is None or _MIN_TOKEN_SECONDS <= seconds <= _MAX_TOKEN_SECONDS:
        return []
    return [invalid("expirationSeconds", f"a token lives from {_MIN_TOKEN_SECONDS} to {_MAX_TOKEN_SECONDS} seconds")]


def _token_path_faults(source: Raw) -> list[Fault]:
    path = source.get("path")
    if not path:
        return [required("path", "say which file holds the token")]
    return all_invalid("path", "the path of the token", local_faults(path))


# clusterTrustBundle and podCertificate are off unless a cluster's administrator turns them on: removed unseen.
_PROJECTIONS = {
    "secret": _named_items_faults,
    "configMap": _named_items_faults,
    "downwardAPI": _files_faults,
    _ACCOUNT: _token_faults,
}
