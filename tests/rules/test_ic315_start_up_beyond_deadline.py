import pytest

from tests.builders import container, pod, sidecar, view, workload
from webhook.core.workload import workload_of
from webhook.rules.practice.ic315_start_up_beyond_deadline import check


def shell(text):
    return container("prepare", command=["sh", "-c", text])


def look(kind, manifest, **owner):
    made = workload(kind, manifest)
    spec = made["spec"]["jobTemplate"]["spec"] if kind == "CronJob" else made["spec"]
    spec.update(owner)
    return workload_of(made["apiVersion"], kind).pod(made, 36)


def wait_for(milliseconds):
    return container("wait", command=["sh", "-c", "true"], env=[{"name": "PROLOGUE_TIMEOUT_MS", "value": milliseconds}])


PROBE = {"tcpSocket": {"port": 1}, "initialDelaySeconds": 5, "periodSeconds": 10, "failureThreshold": 30}

FIRES = [
    pytest.param([shell("sleep 61")], "takes 61s", id="sleep"),
    pytest.param([shell("echo settle && sleep 2m")], "takes 120s", id="minutes"),
    pytest.param([shell("sleep 40"), shell("set -e; sleep 30")], "takes 70s", id="two in a row"),
    pytest.param([container(command=["sleep", "1m", "30s"])], "takes 90s", id="no shell"),
    pytest.param([shell("timeout -k 5 300 wait-for-db")], "may take up to 300s", id="wait with a deadline"),
    pytest.param([wait_for("120000")], "may take up to 120s", id="recipe wait-for"),
    pytest.param([sidecar(startupProbe=PROBE)], "may take up to 305s", id="startup probe"),
    pytest.param([sidecar(startupProbe={"initialDelaySeconds": 61})], "takes 61s", id="delay of a startup probe"),
    pytest.param(
        [sidecar(startupProbe={"exec": {}}), shell("sleep 31")], "may take up to 61s", id="defaults of a probe"
    ),
    pytest.param([shell("{ sleep 61; } > /log | cat")], "takes 61s", id="in a group and a pipe"),
]


@pytest.mark.parametrize(("init", "said"), FIRES)
def test_a_start_up_that_outlasts_the_deadline_is_found(init, said):
    [finding] = check(view(pod(init=init, activeDeadlineSeconds=60)))

    assert "spec.activeDeadlineSeconds" == finding.path
    assert said in finding.message


@pytest.mark.parametrize(
    ("kind", "owner", "path"),
    [
        pytest.param("Job", {"activeDeadlineSeconds": 100}, "spec.activeDeadlineSeconds", id="Job"),
        pytest.param(
            "CronJob", {"activeDeadlineSeconds": 100}, "spec.jobTemplate.spec.activeDeadlineSeconds", id="CronJob"
        ),
        pytest.param("Deployment", {"progressDeadlineSeconds": 100}, "spec.progressDeadlineSeconds", id="Deployment"),
        pytest.param("Deployment", {}, "spec.progressDeadlineSeconds", id="Deployment by default"),
    ],
)
def test_the_deadlines_of_workloads_count(kind, owner, path):
    [finding] = check(look(kind, pod(init=[shell("sleep 601")]), **owner))

    assert path == finding.path


NEAR_MISSES = [
    pytest.param([shell("sleep 60")], id="just in time"),
    pytest.param([shell("until nslookup db; do sleep 90; done")], id="loop that may end at once"),
    pytest.param([shell("test -f /ready && sleep 90")], id="sleep that may not be reached"),
    pytest.param([shell("ping db || sleep 90")], id="sleep as an alternative"),
    pytest.param([shell("sleep 90 & work")], id="sleep in the background"),
    pytest.param([shell("if slow; then sleep 90; fi")], id="sleep in a branch"),
    pytest.param([shell("exit 0; sleep 90")], id="sleep after the end"),
    pytest.param([shell("sleep $PAUSE")], id="unknown time"),
    pytest.param([shell("sleep infinity")], id="for ever, which another rule knows"),
    pytest.param([shell("timeout 30 sleep 90")], id="sleep that is cut short"),
    pytest.param([wait_for("$(T)")], id="unknown deadline"),
    pytest.param([sidecar(command=["sleep", "900"])], id="a sidecar's own time"),
    pytest.param([shell("if then sleep 90")], id="cannot be read"),
    pytest.param([shell("timeout --help; timeout")], id="timeout of nothing"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_what_may_be_in_time_is_left_alone(init):
    assert [] == list(check(view(pod(init=init, activeDeadlineSeconds=60))))


@pytest.mark.parametrize(
    ("kind", "owner"),
    [
        pytest.param("Deployment", {"paused": True}, id="paused Deployment"),
        pytest.param("Deployment", {"progressDeadlineSeconds": 1000}, id="long enough"),
        pytest.param("Job", {}, id="no deadline"),
        pytest.param("StatefulSet", {}, id="a kind without"),
    ],
)
def test_without_a_deadline_there_is_nothing_to_miss(kind, owner):
    assert [] == list(check(look(kind, pod(init=[shell("sleep 700")]), **owner)))


def test_main_containers_take_their_own_time():
    assert [] == list(check(view(pod(container(command=["sleep", "900"]), activeDeadlineSeconds=60))))
