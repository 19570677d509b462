import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic321_missing_memory_limit import check


def one(**resources):
    return pod(init=[container("prepare", resources=resources)])


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(init=[container("prepare")]), id="nothing"),
        pytest.param(one(requests={"memory": "1Mi"}), id="a request alone"),
        pytest.param(one(limits={"cpu": "1"}), id="cpu alone"),
        pytest.param(one(limits=None), id="null"),
        pytest.param(pod(init=[sidecar("prepare")]), id="sidecar"),
        pytest.param(pod(init=[container("prepare")], resources={"limits": {"cpu": "1"}}), id="the Pod limits cpu"),
    ],
)
def test_a_missing_limit_is_reported(manifest):
    [finding] = check(view(manifest))

    assert ("spec.initContainers[0].resources.limits", "prepare") == (finding.path, finding.container)


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(one(limits={"memory": "1Gi"}), id="limited"),
        pytest.param(one(limits={"memory": 1e9}), id="limited by a number"),
        pytest.param(pod(init=[container()], resources={"limits": {"memory": "1Gi"}}), id="by the Pod as a whole"),
        pytest.param(pod(container("app")), id="a main container's own"),
        pytest.param(pod(init=[]), id="nobody"),
    ],
)
def test_what_is_limited_is_fine(manifest):
    assert [] == list(check(view(manifest)))


def test_where_pods_have_no_resources_of_their_own_they_do_not_count():
    manifest = pod(init=[container()], resources={"limits": {"memory": "1Gi"}})

    assert 1 == len(list(check(view(manifest, minor=33))))
