"""A security context of the Pod with an unknown policy, or with a sysctl or process namespace that the host owns.

Policies are spelled as documented. A sysctl of the network or of IPC belongs to the host where the Pod shares that
namespace with it, and containers cannot share processes among themselves while they share those of the host. Kubernetes
reports that last one below securityContext, although the field stands in the spec.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      hostNetwork: true
      securityContext: {sysctls: [{name: net.core.somaxconn, value: "1024"}]}
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      securityContext: {sysctls: [{name: net.core.somaxconn, value: "1024"}]}
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.sysctl import LONGEST_NAME, is_name, namespace

CODE = "IC143"
# KEP-1710: the feature SELinuxMount, with which MountOption is allowed, is off up to 1.36.
_MOUNT_OPTION_SINCE = 37
_POLICIES = (
    ("fsGroupChangePolicy", ("OnRootMismatch", "Always")),
    ("supplementalGroupsPolicy", ("Merge", "Strict")),
)


def check(pod: Pod) -> Iterator[Finding]:
    """Find unknown policies, unusable sysctls, and shared processes beside those of the host."""
    spec = pod.spec
    if spec.get("shareProcessNamespace") and spec.get("hostPID"):
        message = "shareProcessNamespace and hostPID exclude each other; keep one of the two"
        path = f"{pod.path}.securityContext.shareProcessNamespace"
        yield Finding(CODE, ErrorType.INVALID, path, message)
    context = spec.get("securityContext")
    if context:
        yield from _policies(context, pod)
        yield from _sysctls(context, pod)


def _policies(context: Raw, pod: Pod) -> Iterator[Finding]:
    se_linux = ("Recursive", "MountOption") if pod.minor >= _MOUNT_OPTION_SINCE else ("Recursive",)
    for name, known in (*_POLICIES, ("seLinuxChangePolicy", se_linux)):
        value = context.get(name)
        if value is not None and value not in known:
            message = f"{value!r} must be {' or '.join(known)}"
            yield Finding(CODE, ErrorType.NOT_SUPPORTED, f"{pod.path}.securityContext.{name}", message)


def _sysctls(context: Raw, pod: Pod) -> Iterator[Finding]:
    names: set[str] = set()
    for i, sysctl in enumerate(context.get("sysctls") or ()):
        name = (sysctl or {}).get("name") or ""
        path = f"{pod.path}.securityContext.sysctls[{i}].name"
        if not name:
            yield Finding(CODE, ErrorType.REQUIRED, path, "every sysctl needs a name")
        elif not is_name(name):
            message = f"{name!r} is no name of a sysctl: lower case, dots between its parts, {LONGEST_NAME} bytes"
            yield Finding(CODE, ErrorType.INVALID, path, message)
        elif name in names:
            yield Finding(CODE, ErrorType.DUPLICATE, path, f"{name!r} is set already")
        names.add(name)
        field = _shared_with_host(name, pod.spec)
        if field:
            message = f"{name!r} belongs to the host where {field} is true; take one of the two away"
            yield Finding(CODE, ErrorType.INVALID, path, message)


def _shared_with_host(name: str, spec: Raw) -> str:
    of = namespace(name) if spec.get("hostNetwork") or spec.get("hostIPC") else ""
    if of == "net" and spec.get("hostNetwork"):
        return "hostNetwork"
    return "hostIPC" if of == "ipc" and spec.get("hostIPC") else ""


RULE = Rule(
    code=CODE,
    title="Malformed pod security context",
    check=check,
    source="kubernetes pkg/apis/core/validation: validatePodSpecSecurityContext, validateSysctls",
    text=__doc__,
    needs=(
        "shareProcessNamespace",
        "fsGroupChangePolicy",
        "supplementalGroupsPolicy",
        "seLinuxChangePolicy",
        "sysctls",
    ),
)
