"""An envFrom entry without one source, or whose source or prefix cannot be.

Each entry names one ConfigMap or one Secret; how many it names is told of the whole list, without an index. A hyphen at
the end of the name is forgiven here, and nowhere else.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        envFrom: [{configMapRef: {name: shop}, secretRef: {name: shop}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        envFrom: [{configMapRef: {name: shop}}, {prefix: SECRET_, secretRef: {name: shop}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, invalid, required
from webhook.core.finding import Finding
from webhook.core.names import dns_subdomain_faults, env_name_faults
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC124"
_REFS = {"configMapRef": "ConfigMap", "secretRef": "Secret"}


def check(pod: Pod) -> Iterator[Finding]:
    """Find entries with a bad prefix, a bad name, no source or two."""
    for container in pod.all_containers():
        entries = container.raw.get("envFrom")
        if not entries:
            continue
        for j, entry in enumerate(entries):
            for fault in _faults(entry or {}, j):
                yield fault.at(f"{container.path}.envFrom", CODE, container.name)


def _faults(entry: Raw, j: int) -> Iterator[Fault]:
    if entry.get("prefix"):
        yield from all_invalid(f"[{j}].prefix", "the prefix of the names", env_name_faults(entry["prefix"]))
    fields = [field for field in _REFS if entry.get(field) is not None]
    for field in fields:
        name, path = entry[field].get("name"), f"[{j}].{field}.name"
        if not name:
            yield required(path, f"name the {_REFS[field]}")
        else:
            yield from all_invalid(path, f"the name of the {_REFS[field]}", _name_faults(name))
    if not fields:
        yield invalid("", f"entry {j} needs configMapRef or secretRef")
    elif len(fields) > 1:
        yield invalid("", f"entry {j} takes configMapRef or secretRef, not both; write two entries")


def _name_faults(name: str) -> list[str]:
    """Judge a name to which something may be appended: one letter stands for a hyphen at the end and what precedes it.

    Source: apimachinery `pkg/api/validation`: maskTrailingDash.
    """
    if len(name) > 1 and name[-1] == "-":
        name = name[:-2] + "a" if name[-2].isascii() else name[:-1]
    return dns_subdomain_faults(name)


RULE = Rule(
    code=CODE,
    title="Bad envFrom",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateEnvFrom",
    text=__doc__,
    needs=("envFrom",),
    by_container=True,
)
