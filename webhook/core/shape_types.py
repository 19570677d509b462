"""Which fields each struct of the Kubernetes API has, and of which type, for each minor version.

The declarations stand in `shape_types_*`, one struct a line, longer ones indented, in this notation:

    Probe: exec ExecAction; grpc GRPCAction; timeoutSeconds, periodSeconds int32
    EphemeralContainer: Container; targetContainerName string
    PodSpec: containers []Container; overhead map[string]Quantity; hostnameOverride string since 34

Names that share a type share it as in Go; a struct's name alone embeds its fields. `since 34` is a field that servers
before 1.34 do not know and so ignore, `only 35` one that 1.35 alone knows. Fields of type FieldsV1 are left out: they
take any JSON.
"""

import re
from collections.abc import Iterator
from functools import cache

from webhook.core.shape_types_container import CONTAINER
from webhook.core.shape_types_pod import POD
from webhook.core.shape_types_status import STATUS
from webhook.core.shape_types_volume import VOLUME
from webhook.core.shape_types_workload import WORKLOAD
from webhook.core.version import PROVEN_MINORS, READ_MINORS

OLDEST_MINOR = min(PROVEN_MINORS)
NEWEST_MINOR = max(PROVEN_MINORS + READ_MINORS)

# The fields of one struct: JSON name → type.
Fields = dict[str, str]

_GROUP = re.compile(
    r"(?:(?P<names>\w+(?:, \w+)*) )?(?P<type>(?:\[\]|map\[string\])*\w+)(?: (?P<span>since|only) (?P<minor>[0-9]+))?"
)


@cache
def structs(minor: int) -> dict[str, Fields]:
    """Give every struct by name, as a server of this minor knows it."""
    found: dict[str, Fields] = {}
    for text in (POD, CONTAINER, VOLUME, WORKLOAD, STATUS):
        for line in text.strip().replace("\n    ", " ").splitlines():
            name, _, body = line.partition(":")
            found[name] = dict(_fields(body, minor))
    return {name: _flat(fields, found) for name, fields in found.items()}


def _fields(body: str, minor: int) -> Iterator[tuple[str, str]]:
    """Read the groups of one declaration; an embedded struct comes with an empty name."""
    for group in filter(None, map(str.strip, body.split(";"))):
        match = _GROUP.fullmatch(group)
        if match is None:
            raise ValueError(f"no declaration of fields: {group!r}")
        bound = int(match["minor"] or 0)
        if minor < bound or (match["span"] == "only" and minor > bound):
            continue
        for name in (match["names"] or "").split(","):
            yield name.strip(), match["type"]


def _flat(fields: Fields, all_structs: dict[str, Fields]) -> Fields:
    """Put the fields of an embedded struct in its place."""
    embedded = all_structs[fields[""]] if "" in fields else {}
    return embedded | {name: type_ for name, type_ in fields.items() if name}
