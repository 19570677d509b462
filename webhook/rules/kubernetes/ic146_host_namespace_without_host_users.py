"""A Pod with users of its own that wants a namespace of the host.

With `hostUsers: false` root in the Pod is nobody on the node. In the network, process or IPC namespace of the host such a
user may do almost nothing, so Kubernetes takes one or the other (KEP-127). It spells two of the paths with a capital H.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      hostUsers: false
      hostPID: true
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      hostUsers: false
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC146"
# The field, and how Kubernetes spells it in the path of this error.
_NAMESPACES = (("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC"))


def check(pod: Pod) -> Iterator[Finding]:
    """Find host namespaces beside hostUsers: false."""
    if pod.spec.get("hostUsers") is not False:
        return
    for name, spelled in _NAMESPACES:
        if pod.spec.get(name):
            message = f"hostUsers: false excludes {name}: true; keep one of the two"
            yield Finding(CODE, ErrorType.FORBIDDEN, f"{pod.path}.{spelled}", message)


RULE = Rule(
    code=CODE,
    title="Host namespace without host users",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateHostUsers; KEP-127",
    text=__doc__,
    needs=("hostUsers",),
)
