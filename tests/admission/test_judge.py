import pytest

from tests.builders import container, pod, review, workload
from webhook.admission.decide import decide
from webhook.policy.compiler import compile_policy

NAMELESS = pod(container(""))


def codes(manifest, minor=36):
    return sorted({finding.code for finding in decide(review(manifest), compile_policy([], minor=minor)).findings})


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "StatefulSet"])
def test_a_template_that_a_misspelled_selector_hides_is_not_judged_but_the_selector_is(kind):
    manifest = workload(kind, NAMELESS)
    manifest["spec"]["selector"] = {"matchLabels": {"app": "a b"}}

    assert codes(manifest) == ["IC149"]


def test_a_daemon_set_is_judged_all_the_same():
    manifest = workload("DaemonSet", NAMELESS)
    manifest["spec"]["selector"] = {"matchLabels": {"app": "a b"}}

    assert codes(manifest) == ["IC101", "IC149"]


@pytest.mark.parametrize(("minor", "expected"), [(33, []), (34, ["IC101"])])
def test_the_template_of_a_stateful_set_is_judged_since_1_34(minor, expected):
    assert codes(workload("StatefulSet", NAMELESS), minor) == expected


def test_a_replication_controller_without_a_template_lacks_just_that():
    manifest = workload("ReplicationController", NAMELESS)
    manifest["spec"]["template"] = None

    assert codes(manifest) == ["IC114"]
