"""A terminationMessagePolicy that Kubernetes does not know.

It says where the last words of a container are read: from the file at terminationMessagePath (File, the default), or
from the end of its log where that file is empty and it failed (FallbackToLogsOnError).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1", terminationMessagePolicy: Logs}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - {name: migrate, image: "registry.example/shop:1", terminationMessagePolicy: FallbackToLogsOnError}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC113"
_POLICIES = ("FallbackToLogsOnError", "File")


def check(pod: Pod) -> Iterator[Finding]:
    """Find termination message policies outside the set; an empty one is defaulted."""
    for container in pod.all_containers():
        policy = container.raw.get("terminationMessagePolicy")
        if policy and policy not in _POLICIES:
            message = f"unsupported value {policy!r}; supported are {', '.join(_POLICIES)}"
            path = f"{container.path}.terminationMessagePolicy"
            yield Finding(CODE, ErrorType.NOT_SUPPORTED, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Unsupported termination message policy",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerCommon",
    text=__doc__,
    needs=("terminationMessagePolicy",),
    by_container=True,
)
