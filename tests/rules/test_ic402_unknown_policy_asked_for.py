from tests.builders import DEFAULT_POLICY, pod, policy_from, review
from webhook.admission.decide import decide

ASKED = """
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: prepare}
spec:
  request: Annotation
  initContainers: [{container: {name: prepare, image: prepare:1}}]
"""


def asking(*names):
    return pod(metadata={"annotations": {"prologue.dev/inject": ",".join(names)}})


def test_a_name_that_is_not_loaded_warns_and_names_it():
    decision = decide(review(asking("prepaer")), policy_from(ASKED))

    [finding] = decision.findings
    assert decision.allowed
    assert ("IC402", "warn") == (finding.code, finding.severity)
    assert "prepaer" in finding.message


def test_known_names_beside_it_are_still_injected():
    decision = decide(review(asking("prepare", "prepaer")), policy_from(ASKED))

    assert ["prepare"] == [one["name"] for one in decision.result["spec"]["initContainers"]]
    assert ["IC402"] == [finding.code for finding in decision.findings]


def test_it_is_told_even_where_no_policy_is_loaded():
    decision = decide(review(asking("prepare")), DEFAULT_POLICY)

    assert ["IC402"] == [finding.code for finding in decision.findings]


def test_asking_for_a_loaded_policy_is_fine():
    decision = decide(review(asking("prepare")), policy_from(ASKED))

    assert () == decision.findings
