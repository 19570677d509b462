"""Which policy holds for one Pod: RulePolicies with a match count where they match, and are told of where nobody knows."""

from dataclasses import replace

from webhook.admission.decision import Skipped
from webhook.core.pod import Pod
from webhook.policy.policy import Facts, Policy, unknown_labels
from webhook.policy.regime import Scope


def holding(policy: Policy, pod: Pod, namespace: str, facts: Facts) -> Policy:
    """Give the policy with the severities that hold for this Pod; without RulePolicies that have a match, itself."""
    regimes = policy.regimes
    if regimes is None:
        return policy
    matching = tuple([scope for scope in regimes.scopes if _matches(scope, pod, namespace, facts)])
    regime = regimes.where(matching)
    return replace(policy, rules=regime.rules, severities=regime.severities)


def unasked(policy: Policy, pod: Pod, namespace: str, facts: Facts) -> tuple[Skipped, ...]:
    """Give the RulePolicies that do not hold because the namespace's labels are not known here."""
    if policy.regimes is None:
        return ()
    reason = unknown_labels(namespace)
    return tuple(
        Skipped(scope.name, reason)
        for scope in policy.regimes.scopes
        if _chosen(scope, pod) and _in_namespace(scope, namespace, facts) is None
    )


def _matches(scope: Scope, pod: Pod, namespace: str, facts: Facts) -> bool:
    return _chosen(scope, pod) and _in_namespace(scope, namespace, facts) is True


def _chosen(scope: Scope, pod: Pod) -> bool:
    return scope.pod_selector is None or scope.pod_selector.matches(pod.labels)


def _in_namespace(scope: Scope, namespace: str, facts: Facts) -> bool | None:
    return True if scope.namespace_selector is None else facts.meets(scope.namespace_selector, namespace)
