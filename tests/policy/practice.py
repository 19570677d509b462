"""Three rules in place of the families of opinion, which grow: one of each tier, each speaks of every init container."""

from webhook.core.finding import ErrorType, Finding
from webhook.core.rule import Rule, Tier
from webhook.policy.catalogue import rules

CODES = {"IC391": Tier.DEFAULT, "IC392": Tier.RECOMMENDED, "IC393": Tier.STRICT}


def rule(code, tier):
    def check(pod):
        for one in pod.init_containers:
            yield Finding(code, ErrorType.PRACTICE, one.path, "will wake someone", one.name)

    return Rule(code=code, title="Night work", check=check, source="these tests", tier=tier)


RULES = tuple(rule(code, tier) for code, tier in CODES.items())


def only_these(monkeypatch):
    """Put them in the place of all other rules of the families IC2xx and IC3xx."""
    for code in [code for code in rules() if code.startswith(("IC2", "IC3"))]:
        monkeypatch.delitem(rules(), code)
    for one in RULES:
        monkeypatch.setitem(rules(), one.code, one)
