"""A Pod's restartPolicy that Kubernetes, or the kind of workload, does not take.

A Pod says Always (the default), OnFailure or Never. What is to run for ever takes Always only; a Job has to say
OnFailure or Never, and Never where it has a podFailurePolicy, because it counts Pods that failed.

Bad:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: migrate}
    spec:
      template:
        spec:
          containers: [{name: migrate, image: "registry.example/shop:1"}]

Good:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: migrate}
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: migrate, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import ALWAYS, Pod
from webhook.core.rule import Rule
from webhook.core.template import FOR_EVER, JOBS, is_looked_into, is_under_rules_of_kind

CODE = "IC137"
_POLICIES = ("Always", "Never", "OnFailure")


def check(pod: Pod) -> Iterator[Finding]:
    """Find restart policies that no Pod may have, and those that a kind may not; an unknown one is often both."""
    policy = pod.spec.get("restartPolicy") or ALWAYS
    if policy not in _POLICIES and is_looked_into(pod):
        message = f"unsupported value {policy!r}; supported are {', '.join(_POLICIES)}"
        yield Finding(CODE, ErrorType.NOT_SUPPORTED, f"{pod.path}.restartPolicy", message)
    if pod.kind in JOBS:
        yield from _of_job(pod, policy)
    elif pod.kind in FOR_EVER and policy != ALWAYS and is_under_rules_of_kind(pod):
        message = f"the Pods of a {pod.kind} run for ever; the only restartPolicy is Always, not {policy!r}"
        yield Finding(CODE, ErrorType.NOT_SUPPORTED, f"{pod.path}.restartPolicy", message)


def _of_job(pod: Pod, policy: str) -> Iterator[Finding]:
    path = f"{pod.path}.restartPolicy"
    if policy == ALWAYS:
        message = f"the Pods of a {pod.kind} must end; say restartPolicy OnFailure or Never"
        yield Finding(CODE, ErrorType.REQUIRED, path, message)
    elif policy not in _POLICIES:
        message = f"unsupported value {policy!r}; a {pod.kind} takes OnFailure or Never"
        yield Finding(CODE, ErrorType.NOT_SUPPORTED, path, message)
    elif policy != "Never" and pod.owner is not None and pod.owner.get("podFailurePolicy") is not None:
        message = "must be Never, because the Job has a podFailurePolicy"
        yield Finding(CODE, ErrorType.INVALID, path, message)


RULE = Rule(
    code=CODE,
    title="Unsupported pod restart policy",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateRestartPolicy; apps/validation; batch/validation: validateJobSpec",
    text=__doc__,
    beyond_template=True,
)
