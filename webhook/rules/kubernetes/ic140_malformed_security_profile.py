"""A seccomp or AppArmor profile without a type, of an unknown one, or that does not say which file or name it means.

Only type Localhost names a profile of the node: seccomp a file below the kubelet's folder, AppArmor a loaded profile.
With RuntimeDefault and Unconfined a name would never be read. Profiles of containers and of the Pod follow one rule.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {seccompProfile: {type: Localhost, localhostProfile: /var/lib/kubelet/seccomp/migrate.json}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {seccompProfile: {type: Localhost, localhostProfile: migrate.json}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Callable, Iterator

from webhook.core import app_armor, seccomp
from webhook.core.fault import Fault
from webhook.core.finding import Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC140"
_PROFILES: tuple[tuple[str, Callable[[Raw], Iterator[Fault]]], ...] = (
    ("seccompProfile", seccomp.field_faults),
    ("appArmorProfile", app_armor.field_faults),
)
# What nearly everybody writes: no need to look closer.
_COMMON = {"type": "RuntimeDefault"}


def check(pod: Pod) -> Iterator[Finding]:
    """Find faults in the profiles of every container and of the Pod."""
    for container in pod.all_containers():
        context = container.raw.get("securityContext")
        for fault in _faults(context) if context else ():
            path = fault.path_from(f"{container.path}.securityContext")
            yield Finding(CODE, fault.type, path, fault.message, container.name)
    context = pod.spec.get("securityContext")
    for fault in _faults(context) if context else ():
        yield Finding(CODE, fault.type, fault.path_from(f"{pod.path}.securityContext"), fault.message)


def _faults(context: Raw) -> list[Fault]:
    faults: list[Fault] = []
    for name, faults_of in _PROFILES:
        profile = context.get(name)
        if profile is not None and profile != _COMMON:
            faults += [fault.below(name) for fault in faults_of(profile)]
    return faults


RULE = Rule(
    code=CODE,
    title="Malformed security profile",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateSeccompProfileField, ValidateAppArmorProfileField",
    text=__doc__,
    needs=("seccompProfile", "appArmorProfile"),
    by_container=True,
)
