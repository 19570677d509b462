import pytest

from tests.builders import pod, workload
from webhook.core.pod import Pod
from webhook.core.workload import WORKLOADS
from webhook.rules.kubernetes.ic149_invalid_selector import check

SELECTOR, LABELS = ("Invalid", "spec.selector"), ("Invalid", "spec.template.metadata.labels")
MISSING = ("Required", "spec.selector")
IN_LABELS = ("Invalid", "spec.selector.matchLabels")
HIDING = ["Deployment", "ReplicaSet", "StatefulSet"]


def found(kind, selector, *, labels=None, **spec):
    manifest = workload(kind, pod())
    body = manifest["spec"]["jobTemplate"]["spec"] if kind == "CronJob" else manifest["spec"]
    body.update({"selector": selector, **spec})
    body["template"]["metadata"] = {"labels": {"app": "shop"} if labels is None else labels}
    seen = WORKLOADS[manifest["apiVersion"], manifest["kind"]].pod(manifest, 36)
    return [(str(one.type), one.path) for one in check(seen)]


@pytest.mark.parametrize("kind", [*HIDING, "DaemonSet"])
@pytest.mark.parametrize(
    ("selector", "error"),
    [
        pytest.param({"matchLabels": {"app": "shop"}}, None, id="it selects"),
        pytest.param({"matchExpressions": [{"key": "x", "operator": "DoesNotExist"}]}, None, id="by expression"),
        pytest.param({"matchLabels": {"app": "store"}}, LABELS, id="it selects others"),
        pytest.param({"matchLabels": {"app": None}}, LABELS, id="null is empty"),
        pytest.param({}, SELECTOR, id="empty"),
        pytest.param({"matchLabels": {}, "matchExpressions": None}, SELECTOR, id="empty inside"),
    ],
)
def test_a_selector_has_to_select_the_workloads_own_pods(kind, selector, error):
    assert ([error] if error else []) == found(kind, selector)


@pytest.mark.parametrize("kind", HIDING)
def test_a_missing_selector_is_asked_for_and_selects_nothing(kind):
    assert [MISSING, LABELS] == found(kind, None)


def test_nobody_asks_a_daemon_set_for_its_selector():
    assert [LABELS] == found("DaemonSet", None)


@pytest.mark.parametrize(
    ("selector", "errors"),
    [
        pytest.param({"matchLabels": {"app": "a b"}}, [IN_LABELS], id="a value"),
        pytest.param({"matchLabels": {"": "a b"}}, [IN_LABELS] * 3, id="a key and its value"),
        pytest.param(
            {"matchExpressions": [{"key": "app", "operator": "In"}]},
            [("Required", "spec.selector.matchExpressions[0].values")],
            id="no values",
        ),
        pytest.param(
            {"matchExpressions": [{"key": "app", "operator": "Exists", "values": ["x"]}]},
            [("Forbidden", "spec.selector.matchExpressions[0].values")],
            id="values too many",
        ),
    ],
)
def test_a_misspelled_selector_is_refused_where_it_is_and_as_a_whole_where_it_hides_the_template(selector, errors):
    for kind in HIDING:
        assert [*errors, SELECTOR] == found(kind, selector)
    assert errors == found("DaemonSet", selector)


@pytest.mark.parametrize(
    ("selector", "labels", "errors"),
    [
        pytest.param({"app": "shop"}, None, [], id="it selects"),
        pytest.param(None, None, [], id="it is made of the labels"),
        pytest.param({}, {}, [MISSING], id="no labels either"),
        pytest.param({"app": "store"}, None, [LABELS], id="it selects others"),
        pytest.param({"app": "a b"}, {}, [LABELS], id="nobody minds the spelling"),
    ],
)
def test_a_replication_controller_has_a_map(selector, labels, errors):
    assert errors == found("ReplicationController", selector, labels=labels)


@pytest.mark.parametrize(
    ("selector", "errors"),
    [
        pytest.param(None, [], id="none"),
        pytest.param({}, [], id="empty"),
        pytest.param({"matchLabels": {"job-name": "shop"}}, [], id="by the name that it gets"),
        pytest.param({"matchLabels": {"app": "shop"}}, [SELECTOR], id="by a label of ours"),
        pytest.param({"matchLabels": {"app": "store"}}, [SELECTOR, LABELS], id="by nobody's label"),
        pytest.param({"matchLabels": {"controller-uid": "x"}}, [SELECTOR, LABELS], id="by a uid that it cannot have"),
        pytest.param({"matchLabels": {"app": "a b"}}, [IN_LABELS], id="misspelled"),
    ],
)
def test_a_job_makes_its_selector_itself(selector, errors):
    assert errors == found("Job", selector)


def test_the_selector_that_the_api_server_made_is_fine():
    labels = {"app": "shop", "batch.kubernetes.io/controller-uid": "1-2", "controller-uid": "1-2", "job-name": "shop"}
    selector = {"matchLabels": {"batch.kubernetes.io/controller-uid": "1-2"}}

    assert [] == found("Job", selector, labels=labels, manualSelector=False)


@pytest.mark.parametrize(
    ("selector", "errors"),
    [
        pytest.param({"matchLabels": {"app": "shop"}}, [], id="it selects"),
        pytest.param({}, [], id="empty"),
        pytest.param(None, [MISSING, LABELS], id="none"),
        pytest.param({"matchLabels": {"app": "store"}}, [LABELS], id="it selects others"),
    ],
)
def test_with_manual_selector_a_job_brings_its_own(selector, errors):
    assert errors == found("Job", selector, manualSelector=True)


def test_a_cron_job_takes_no_selector_at_all():
    at = "spec.jobTemplate.spec"

    assert [] == found("CronJob", None, manualSelector=False)
    assert [("Invalid", f"{at}.selector")] == found("CronJob", {})
    assert [("NotSupported", f"{at}.manualSelector")] == found("CronJob", None, manualSelector=True)


def test_where_nothing_is_known_of_the_owner_nothing_is_said():
    assert [] == list(check(Pod(pod(), path="spec.template.spec", kind="Deployment")))
