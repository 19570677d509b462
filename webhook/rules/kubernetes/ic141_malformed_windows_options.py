r"""Windows options that Windows could not use: a user name or a GMSA credential spec that is no such thing.

A user is written alone or behind its domain and a backslash; the name of a credential spec is that of an object in the
cluster, its content at most 64 KiB. Options of containers and of the Pod follow one rule.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      os: {name: windows}
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {windowsOptions: {runAsUserName: 'SHOP\users\migrate'}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      os: {name: windows}
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {windowsOptions: {runAsUserName: 'SHOP\migrate'}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, invalid
from webhook.core.finding import Finding
from webhook.core.names import dns_subdomain_faults, size_in_bytes
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.windows_user import user_name_faults

CODE = "IC141"
_LARGEST_SPEC_KIB = 64


def check(pod: Pod) -> Iterator[Finding]:
    """Find faults in the Windows options of every container and of the Pod."""
    for container in pod.all_containers():
        context = container.raw.get("securityContext")
        if context and (options := context.get("windowsOptions")):
            for fault in _faults(options):
                path = fault.path_from(f"{container.path}.securityContext.windowsOptions")
                yield Finding(CODE, fault.type, path, fault.message, container.name)
    context = pod.spec.get("securityContext")
    if context and (options := context.get("windowsOptions")):
        for fault in _faults(options):
            path = fault.path_from(f"{pod.path}.securityContext.windowsOptions")
            yield Finding(CODE, fault.type, path, fault.message)


def _faults(options: Raw) -> Iterator[Fault]:
    name = options.get("gmsaCredentialSpecName")
    if name is not None:
        yield from all_invalid("gmsaCredentialSpecName", repr(name), dns_subdomain_faults(name))
    spec = options.get("gmsaCredentialSpec")
    if spec is not None and not 0 < size_in_bytes(spec) <= _LARGEST_SPEC_KIB * 1024:
        yield invalid("gmsaCredentialSpec", f"must not be empty and hold no more than {_LARGEST_SPEC_KIB} KiB")
    user = options.get("runAsUserName")
    if user is not None:
        for fault in user_name_faults(user):
            yield invalid("runAsUserName", fault)


RULE = Rule(
    code=CODE,
    title="Malformed Windows options",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateWindowsSecurityContextOptions",
    text=__doc__,
    needs=("windowsOptions",),
    by_container=True,
)
