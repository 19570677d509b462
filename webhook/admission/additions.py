"""Whether a Pod is refused for what injections added to it, told without judging all of it again.

Injections only add, and under names that were free: containers, volumes, an annotation, mounts and variables of app
containers. The Pod had been judged a moment before, and no rule at Deny had found anything in it.
"""

from collections.abc import Iterator

from webhook.admission.judge import is_hidden
from webhook.core.field_names import field_names, names_in
from webhook.core.finding import Severity
from webhook.core.pod import Pod, Raw, Role
from webhook.core.template import is_looked_into
from webhook.policy.policy import Policy

_LISTS = ("containers", "initContainers", "ephemeralContainers")


def is_refused_anew(pod: Pod, old: Pod, policy: Policy) -> bool:
    """Say whether a rule at Deny finds anything in `pod`, which injections made of `old`.

    A rule that judges each container by itself is asked about the new and the changed ones, and only if it needs a field
    that was added to them or that stands outside of containers.
    """
    hidden = pod.is_template and not is_looked_into(pod)
    touched = _touched(pod, old)
    added = names_in(touched, _added(pod, old))
    names = old.once(field_names) | added
    for active in policy.rules:
        rule = active.rule
        if active.severity is not Severity.DENY or rule.check is None or (hidden and is_hidden(rule)):
            continue
        judged, has = (touched, added) if rule.by_container else (pod, names)
        if rule.needs and has.isdisjoint(rule.needs):
            continue
        for _ in rule.check(judged):
            return True
    return False


def _touched(pod: Pod, old: Pod) -> Pod:
    """Give the Pod without the containers that are as they were: those are the very dicts of the old one."""
    known = {id(one.raw) for one in old.all_containers()}
    fresh = {field: [one for one in pod.spec.get(field) or () if id(one) not in known] for field in _LISTS}
    raw = {**pod.raw, "spec": {**pod.spec, **fresh}}
    return Pod(raw, path=pod.path, kind=pod.kind, minor=pod.minor, claim_templates=pod.claim_templates, owner=pod.owner)


def _added(pod: Pod, old: Pod) -> Iterator[Raw]:
    """Give the new containers whole, and of the changed ones the fields that are not as they were."""
    known = {id(one.raw) for one in old.all_containers()}
    for one in pod.all_containers():
        if id(one.raw) in known:
            continue
        was: Raw = {}
        if one.role is Role.APP and one.index < len(old.containers) and old.containers[one.index].name == one.name:
            was = old.containers[one.index].raw
        yield {field: value for field, value in one.raw.items() if was.get(field) is not value}
