"""An environment variable that takes a key of a ConfigMap or Secret that cannot exist.

Names are DNS subdomains, and keys are made of letters, digits, `-`, `_` and `.`; nothing else could ever be found. A
missing name is a malformed one to Kubernetes.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: shop, key: "api token"}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: shop, key: api-token}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.env_source import env_ref_path, env_refs
from webhook.core.fault import Fault, all_invalid, required
from webhook.core.finding import Finding
from webhook.core.names import LABEL_MAX_BYTES, config_map_key_faults, dns_subdomain_faults, is_dns_label
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC122"
_REFS = {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}


def check(pod: Pod) -> Iterator[Finding]:
    """Find references whose name or key no ConfigMap or Secret can have."""
    for container, place, kind, ref in env_refs(pod, *_REFS):
        if is_dns_label(ref.get("name") or "") and _is_plain(ref.get("key") or ""):
            continue
        for fault in _faults(ref, _REFS[kind]):
            yield fault.at(env_ref_path(container, place, kind), CODE, container.name)


def _is_plain(key: str) -> bool:
    """Say whether a key is so plain that it needs no closer look."""
    return key.isidentifier() and key.isascii() and len(key) <= LABEL_MAX_BYTES


def _faults(ref: Raw, kind: str) -> Iterator[Fault]:
    yield from all_invalid("name", f"the name of the {kind}", dns_subdomain_faults(ref.get("name") or ""))
    key = ref.get("key")
    if not key:
        yield required("key", f"say which key of the {kind}")
    else:
        yield from all_invalid("key", f"the key of the {kind}", config_map_key_faults(key))


RULE = Rule(
    code=CODE,
    title="Bad ConfigMap or Secret key",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateConfigMapKeySelector, validateSecretKeySelector",
    text=__doc__,
    needs=("configMapKeyRef", "secretKeyRef"),
    by_container=True,
)
