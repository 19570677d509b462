import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic316_sidecar_not_awaited import check

SIDE = sidecar(ports=[{"containerPort": 9000}, {"containerPort": 5432}])


def shell(text):
    return container("use", command=["sh", "-ec", text])


FIRES = [
    pytest.param(shell("curl -fsS http://localhost:9000/config -o /c"), id="curl"),
    pytest.param(container("use", command=["wget", "-qO-", "http://127.0.0.1:9000"]), id="no shell"),
    pytest.param(shell("psql -h localhost -p 5432 -f /init.sql"), id="host and port apart"),
    pytest.param(shell("nc -z localhost 9000 && echo there"), id="nc"),
    pytest.param(shell("migrate --database 'postgres://shop@localhost:5432/shop' up"), id="address of a database"),
    pytest.param(shell("X=1; curl http://[::1]:9000/ | jq . > /c"), id="in a pipe"),
    pytest.param(shell("sleep 5; curl http://localhost:9000/"), id="sleep instead of a wait"),
]


@pytest.mark.parametrize("user", FIRES)
def test_a_call_of_a_sidecar_that_nobody_awaited_is_found(user):
    [finding] = check(view(pod(init=[SIDE, container("between"), user])))

    assert "spec.initContainers[0]" == finding.path
    assert "'use'" in finding.message


NEAR_MISSES = [
    pytest.param([SIDE, shell("until curl -fs http://localhost:9000/; do sleep 1; done")], id="waits in a loop"),
    pytest.param([SIDE, shell("curl --retry 30 --retry-connrefused http://localhost:9000/")], id="tries again"),
    pytest.param([SIDE, shell("wait-for-it.sh localhost:9000 -- migrate")], id="program that waits"),
    pytest.param([SIDE, shell("curl http://localhost:9000/ || true")], id="alternative"),
    pytest.param([SIDE, shell("if nc -z localhost 9000; then echo up; fi")], id="asked as a question"),
    pytest.param([SIDE, shell("! nc -z localhost 9000")], id="hoped to fail"),
    pytest.param([SIDE, shell("curl http://localhost:9001/")], id="another port"),
    pytest.param([SIDE, shell("curl http://shop.example:9000/ http://notlocalhost:9000")], id="another host"),
    pytest.param([SIDE, shell("echo endpoint=http://localhost:9000 > /etc/app.conf")], id="written down for later"),
    pytest.param([shell("curl http://localhost:9000/"), SIDE], id="before the sidecar"),
    pytest.param([sidecar(), shell("curl http://localhost:9000/")], id="port not declared"),
    pytest.param([container("done", ports=SIDE["ports"]), shell("curl http://localhost:9000/")], id="no sidecar"),
    pytest.param(
        [SIDE, sidecar("other", command=["curl", "http://localhost:9000/"])], id="another sidecar, which is restarted"
    ),
    pytest.param([SIDE | {"startupProbe": {"tcpSocket": {"port": 9000}}}, shell("curl localhost:9000")], id="awaited"),
    pytest.param(
        [SIDE | {"lifecycle": {"postStart": {"exec": {}}}}, shell("curl localhost:9000")], id="hook that waits"
    ),
    pytest.param(
        [sidecar(ports=[{"containerPort": 9000, "protocol": "UDP"}, None]), shell("curl localhost:9000")], id="udp"
    ),
    pytest.param([SIDE, container("image-decides")], id="the image decides"),
    pytest.param([SIDE, shell("if then curl localhost:9000")], id="cannot be read"),
    pytest.param([SIDE], id="alone"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_what_is_awaited_or_uncertain_is_left_alone(init):
    assert [] == list(check(view(pod(init=init))))


def test_a_readiness_probe_holds_nobody_up():
    side = SIDE | {"readinessProbe": {"tcpSocket": {"port": 9000}}}

    assert 1 == len(list(check(view(pod(init=[side, shell("curl localhost:9000")])))))
