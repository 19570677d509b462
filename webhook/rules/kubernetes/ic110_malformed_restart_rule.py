"""A container's restartPolicyRules that Kubernetes cannot follow.

Each rule says by which exit codes it acts, and what it then does; the container's own restartPolicy says what happens
where no rule acts, so it has to be given. 1.35 knows the action Restart only and takes no rules on a sidecar; up to 1.34
the rules are removed without a word (KEP-5307, KEP-5532).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        restartPolicy: Never
        restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, not_supported, required
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Container, Pod, Raw, Role
from webhook.core.rule import Rule

CODE = "IC110"
_MAX_RULES = 20
_MAX_EXIT_CODES = 255
_ACTIONS = ("Restart",)
_ACTIONS_WITH_ALL = ("Restart", "RestartAllContainers")
_OPERATORS = ("In", "NotIn")
# Before this minor, too long a list was TooLong.
_TOO_MANY_SINCE = 36


def check(pod: Pod) -> Iterator[Finding]:
    """Find rules without a policy, and what is wrong within them; ephemeral containers may have none at all."""
    if not Gate.CONTAINER_RESTART_RULES.is_on(pod.minor):
        return
    for container in (*pod.containers, *pod.init_containers):
        rules = container.raw.get("restartPolicyRules")
        if rules:
            yield from _of_container(container, rules, pod.minor)


def _of_container(container: Container, rules: list[Raw | None], minor: int) -> Iterator[Finding]:
    path, name = f"{container.path}.restartPolicyRules", container.name
    if container.raw.get("restartPolicy") is None:
        message = "restartPolicyRules need a restartPolicy of the container for when no rule acts"
        yield Finding(CODE, ErrorType.REQUIRED, f"{container.path}.restartPolicy", message, name)
        if container.role is not Role.APP:
            return  # of an init container Kubernetes looks no further
    elif container.is_sidecar and not Gate.RESTART_ALL_CONTAINERS.is_on(minor):
        message = "a sidecar may not have restartPolicyRules before Kubernetes 1.36"
        yield Finding(CODE, ErrorType.FORBIDDEN, path, message, name)
        return
    if len(rules) > _MAX_RULES:
        yield Finding(CODE, _too_many(minor), path, f"at most {_MAX_RULES} rules are taken, not {len(rules)}", name)
    for k, rule in enumerate(rules):
        for fault in _faults(rule or {}, minor):
            yield fault.at(f"{path}[{k}]", CODE, name)


def _faults(rule: Raw, minor: int) -> Iterator[Fault]:
    action, exit_codes = rule.get("action") or "", rule.get("exitCodes")
    actions = _ACTIONS_WITH_ALL if Gate.RESTART_ALL_CONTAINERS.is_on(minor) else _ACTIONS
    if action not in actions:
        yield not_supported("action", action, actions)
    if exit_codes is None:
        yield required("exitCodes", "a rule needs the exit codes by which it acts")
        return
    operator, values = exit_codes.get("operator") or "", exit_codes.get("values") or ()
    if operator not in _OPERATORS:
        yield not_supported("exitCodes.operator", operator, _OPERATORS)
    if len(values) > _MAX_EXIT_CODES:
        message = f"at most {_MAX_EXIT_CODES} exit codes are taken, not {len(values)}"
        yield Fault(_too_many(minor), "exitCodes.values", message)


def _too_many(minor: int) -> ErrorType:
    return ErrorType.TOO_MANY if minor >= _TOO_MANY_SINCE else ErrorType.TOO_LONG


RULE = Rule(
    code=CODE,
    title="Malformed restart rule",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerRestartPolicy; KEP-5307, KEP-5532",
    text=__doc__,
    needs=("restartPolicyRules",),
    by_container=True,
)
