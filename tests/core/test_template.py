import pytest

from tests.builders import pod, view, workload
from webhook.core.pod import Pod
from webhook.core.template import is_looked_into, is_reached, is_under_rules_of_kind
from webhook.core.workload import WORKLOADS

MISSPELLED = {"matchLabels": {"app": "a b"}}
KINDS = [kind for _, kind in WORKLOADS if kind != "Pod"]


def template(kind, minor=36, **spec):
    manifest = workload(kind, pod())
    if kind != "PodTemplate":
        body = manifest["spec"]["jobTemplate"]["spec"] if kind == "CronJob" else manifest["spec"]
        body.update(spec)
    return WORKLOADS[manifest["apiVersion"], kind].pod(manifest, minor)


def test_a_pod_and_a_template_of_an_unknown_owner_are_looked_into():
    assert is_looked_into(view(pod()))
    assert is_looked_into(Pod({}, kind="Deployment"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_beside_a_readable_selector_is_looked_into(kind):
    assert is_looked_into(template(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelled_selector_hides_the_template_of_three_kinds(kind):
    seen = template(kind, selector=MISSPELLED)

    assert is_looked_into(seen) is is_reached(seen) is (kind not in ("Deployment", "ReplicaSet", "StatefulSet"))


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "StatefulSet"])
@pytest.mark.parametrize("selector", [pytest.param(None, id="none"), pytest.param({}, id="empty")])
def test_no_selector_and_an_empty_one_hide_nothing(kind, selector):
    assert is_looked_into(template(kind, selector=selector))


def test_a_stateful_sets_template_is_reached_but_not_looked_into_up_to_1_33():
    old, new = template("StatefulSet", 33), template("StatefulSet", 34)

    assert (is_reached(old), is_looked_into(old)) == (True, False)
    assert (is_reached(new), is_looked_into(new)) == (True, True)


def test_a_replication_controller_without_a_template_has_none_to_look_into():
    assert not is_looked_into(template("ReplicationController", template=None))


def test_what_a_kind_demands_of_a_hidden_template_is_asked_of_a_stateful_set_only():
    assert is_under_rules_of_kind(template("StatefulSet", 33, selector=MISSPELLED))
    assert not is_under_rules_of_kind(template("Deployment", selector=MISSPELLED))
    assert is_under_rules_of_kind(template("DaemonSet", selector=MISSPELLED))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        pytest.param("Deployment", "spec", id="Deployment"),
        pytest.param("CronJob", "spec.jobTemplate.spec", id="CronJob"),
        pytest.param("PodTemplate", "", id="PodTemplate"),
    ],
)
def test_the_owner_is_the_dict_that_holds_the_template(kind, path):
    seen = template(kind)

    assert seen.owner["template"] is seen.raw
    assert path == seen.owner_path


def test_a_pod_has_no_owner():
    manifest = pod()

    assert WORKLOADS["v1", "Pod"].pod(manifest, 36).owner is None
