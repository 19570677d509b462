import orjson

from tests.builders import DEFAULT_POLICY, container, pod, review
from webhook.admission.decide import decide
from webhook.admission.respond import respond
from webhook.admission.telling import warnings

CLASHING = pod(init=[container("a", ports=[{"containerPort": 1}]), container("b", ports=[{"containerPort": 1}])])
CURIOUS = pod(init=CLASHING["spec"]["initContainers"], metadata={"annotations": {"prologue.dev/inject": "nobody"}})


def test_what_the_api_server_warns_about_by_itself_is_found_and_not_told():
    decision = decide(review(CLASHING), DEFAULT_POLICY)

    assert ["IC193"] == [finding.code for finding in decision.findings]
    assert [] == warnings(decision, "Pod")


def test_what_it_does_not_know_is_told():
    decision = decide(review(CURIOUS), DEFAULT_POLICY)

    [line] = warnings(decision, "Pod")
    assert line.startswith("IC402")


def test_an_answer_with_nothing_to_tell_has_no_warnings_at_all():
    asked = review(CLASHING)

    response = orjson.loads(respond(decide(asked, DEFAULT_POLICY), asked))["response"]

    assert response["allowed"] is True
    assert "warnings" not in response
