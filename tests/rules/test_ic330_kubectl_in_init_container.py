import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic330_kubectl_in_init_container import check


def shell(text):
    return container("wait", command=["sh", "-ec", text])


@pytest.mark.parametrize(
    ("one", "field"),
    [
        pytest.param(container("wait", command=["kubectl", "wait", "pod/x"]), "command", id="kubectl"),
        pytest.param(shell("until kubectl get job x; do sleep 2; done"), "command", id="in a loop"),
        pytest.param(shell("NODE=$(/usr/local/bin/kubectl get node -o name)"), "command", id="in a substitution"),
        pytest.param(shell("timeout 60 oc get route"), "command", id="its cousin"),
        pytest.param(container("wait", command=["sh", "-c"], args=["kubectl version"]), "args", id="among the args"),
        pytest.param(
            {"name": "wait", "image": "bitnami/kubectl:1.31", "args": ["get", "nodes"]}, "image", id="its image"
        ),
        pytest.param(sidecar("wait", command=["kubectl", "proxy"]), "command", id="sidecar"),
    ],
)
def test_kubectl_is_reported(one, field):
    [finding] = check(view(pod(init=[one])))

    assert (f"spec.initContainers[0].{field}", "wait") == (finding.path, finding.container)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(shell("curl https://kubernetes.default.svc/healthz"), id="the API by hand"),
        pytest.param(shell("echo use kubectl get pods"), id="only said"),
        pytest.param(
            {"name": "x", "image": "bitnami/kubectl:1.31", "command": ["cp", "/a", "/b"]}, id="another program of it"
        ),
        pytest.param({"name": "x", "image": "registry.example/kubectl-proxy:1"}, id="a name alike"),
        pytest.param(shell("cp /opt/kubectl /work/kubectl"), id="copied for somebody"),
        pytest.param(shell("if then kubectl"), id="cannot be read"),
    ],
)
def test_what_does_not_run_it_is_left_alone(one):
    assert [] == list(check(view(pod(container(command=["kubectl"]), init=[one]))))
