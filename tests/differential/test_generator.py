"""The generator reaches what it is there to reach."""

from tests.builders import review
from tests.differential.generate import Generator
from webhook.admission.decide import decide
from webhook.policy.catalogue import rules
from webhook.policy.compiler import compile_policy

COUNT = 3000
# stopSignal is dropped unseen up to 1.36, so that no proven version lets the rule speak.
UNREACHABLE = {"IC132"}


def test_the_same_seed_gives_the_same_manifests():
    assert list(Generator(3).manifests(20)) == list(Generator(3).manifests(20))


def test_every_rule_about_created_objects_is_reached_and_half_of_the_manifests_are_valid():
    policy = compile_policy([])
    reached: set[str] = set()
    valid = 0
    for manifest in Generator(1).manifests(COUNT):
        decision = decide(review(manifest), policy)
        reached |= {finding.code for finding in decision.findings}
        valid += decision.allowed

    wanted = {code for code, rule in rules().items() if code.startswith("IC1") and rule.check is not None}

    assert set() == wanted - reached - UNREACHABLE
    assert 0.4 < valid / COUNT < 0.7
