"""A Job's podFailurePolicy that goes by the exit code of a container that its Pods do not have.

The rule would never act. Init containers and sidecars may be named as well as app containers; without containerName a
rule goes by all of them.

Bad:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: migrate}
    spec:
      podFailurePolicy:
        rules: [{action: FailJob, onExitCodes: {containerName: prepare, operator: In, values: [42]}}]
      template:
        spec:
          restartPolicy: Never
          containers: [{name: migrate, image: "registry.example/shop:1"}]

Good:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: migrate}
    spec:
      podFailurePolicy:
        rules: [{action: FailJob, onExitCodes: {containerName: prepare, operator: In, values: [42]}}]
      template:
        spec:
          restartPolicy: Never
          initContainers: [{name: prepare, image: "registry.example/shop:1"}]
          containers: [{name: migrate, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.core.template import JOBS

CODE = "IC139"


def check(pod: Pod) -> Iterator[Finding]:
    """Find rules of a Job that name no container and no init container of its template."""
    if pod.kind not in JOBS or pod.owner is None:
        return
    rules = (pod.owner.get("podFailurePolicy") or {}).get("rules") or ()
    names = {container.name for container in (*pod.containers, *pod.init_containers)}
    for i, rule in enumerate(rules):
        name = ((rule or {}).get("onExitCodes") or {}).get("containerName")
        if name is not None and name not in names:
            message = f"there is no container or init container {name!r} in the template"
            path = f"{pod.owner_path}.podFailurePolicy.rules[{i}].onExitCodes.containerName"
            yield Finding(CODE, ErrorType.INVALID, path, message)


RULE = Rule(
    code=CODE,
    title="Failure policy without container",
    check=check,
    source="kubernetes pkg/apis/batch/validation: validatePodFailurePolicyRuleOnExitCodes",
    text=__doc__,
    needs=("podFailurePolicy",),
)
