"""A field that the operating system of the Pod does not have, or a system that Kubernetes does not know.

With `spec.os.name` a Pod says what it is for, and then means it: Windows has no user ids, capabilities or profiles, Linux
no Windows options. Whatever is set counts, even `privileged: false`. Without `spec.os` nothing is compared.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      os: {name: windows}
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {runAsUser: 1000}
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
        securityContext: {windowsOptions: {runAsUserName: ContainerUser}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC145"
_LINUX, _WINDOWS = "linux", "windows"
_LINUX_BOTH = ("appArmorProfile", "seLinuxOptions", "seccompProfile", "runAsUser", "runAsGroup")
_LINUX_ONLY_OF_CONTAINER = (
    *_LINUX_BOTH,
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
)
_LINUX_ONLY_OF_POD = (
    *_LINUX_BOTH,
    "fsGroup",
    "fsGroupChangePolicy",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "seLinuxChangePolicy",
)
# Of these, false and an empty list are the same as absent.
_LINUX_ONLY_IF_TRUE = ("hostPID", "hostIPC")
_LINUX_ONLY_OF_SPEC = ("hostUsers", "shareProcessNamespace")
_WINDOWS_ONLY = ("windowsOptions",)


def check(pod: Pod) -> Iterator[Finding]:
    """Find an unknown operating system, or the fields that the known one does not have."""
    system = pod.spec.get("os")
    if system is None:
        return
    name = system.get("name") or ""
    if name == _LINUX:
        yield from _set(pod, name, of_pod=_WINDOWS_ONLY, of_container=_WINDOWS_ONLY)
    elif name == _WINDOWS:
        yield from _host_fields(pod)
        yield from _set(pod, name, of_pod=_LINUX_ONLY_OF_POD, of_container=_LINUX_ONLY_OF_CONTAINER)
    elif name:
        message = f"{name!r} must be {_LINUX} or {_WINDOWS}"
        yield Finding(CODE, ErrorType.NOT_SUPPORTED, f"{pod.path}.os", message)
    else:
        yield Finding(CODE, ErrorType.REQUIRED, f"{pod.path}.os.name", f"must be {_LINUX} or {_WINDOWS}")


def _host_fields(pod: Pod) -> Iterator[Finding]:
    spec = pod.spec
    for name in (*_LINUX_ONLY_IF_TRUE, *_LINUX_ONLY_OF_SPEC):
        value = spec.get(name)
        if value or (value is not None and name in _LINUX_ONLY_OF_SPEC):
            yield _forbidden(f"{pod.path}.{name}", _WINDOWS)
    if (spec.get("securityContext") or {}).get("sysctls"):
        yield _forbidden(f"{pod.path}.securityContext.sysctls", _WINDOWS)


def _set(pod: Pod, system: str, *, of_pod: tuple[str, ...], of_container: tuple[str, ...]) -> Iterator[Finding]:
    context = pod.spec.get("securityContext") or {}
    for name in of_pod:
        if context.get(name) is not None:
            yield _forbidden(f"{pod.path}.securityContext.{name}", system)
    for container in pod.all_containers():
        context = container.raw.get("securityContext")
        if not context:
            continue
        for name in of_container:
            if context.get(name) is not None:
                yield _forbidden(f"{container.path}.securityContext.{name}", system, container.name)


def _forbidden(path: str, system: str, container: str = "") -> Finding:
    message = f"may not be set for a Pod whose os.name is {system}; take the field away"
    return Finding(CODE, ErrorType.FORBIDDEN, path, message, container)


RULE = Rule(
    code=CODE,
    title="Field of another operating system",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateOS, validateLinux, validateWindows",
    text=__doc__,
    needs=("os",),
    by_container=True,
)
