import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic320_missing_requests import check

BOTH = {"cpu": "10m", "memory": "16Mi"}


def one(**resources):
    return pod(init=[container("prepare", resources=resources)])


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        pytest.param(pod(init=[container("prepare")]), "no cpu and no memory", id="nothing"),
        pytest.param(one(requests={"cpu": "10m"}), "no memory", id="cpu alone"),
        pytest.param(one(requests={"memory": "1Mi"}), "no cpu", id="memory alone"),
        pytest.param(one(limits={"ephemeral-storage": "1Gi"}), "no cpu and no memory", id="something else"),
        pytest.param(one(requests=None, limits=None), "no cpu and no memory", id="null"),
        pytest.param(pod(init=[sidecar("prepare")]), "no cpu and no memory", id="sidecar"),
    ],
)
def test_a_missing_request_is_reported(manifest, said):
    [finding] = check(view(manifest))

    assert "spec.initContainers[0].resources.requests" == finding.path
    assert f"requests {said};" in finding.message


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(one(requests=BOTH), id="both"),
        pytest.param(one(limits=BOTH), id="limits count as requests"),
        pytest.param(one(requests={"cpu": "1"}, limits={"memory": "1Gi"}), id="one of each"),
        pytest.param(one(requests={"cpu": 0, "memory": 0}), id="zero is said"),
        pytest.param(pod(init=[container()], resources={"requests": BOTH}), id="of the Pod as a whole"),
        pytest.param(pod(container("app")), id="a main container's own"),
    ],
)
def test_what_is_requested_in_some_way_is_fine(manifest):
    assert [] == list(check(view(manifest)))


def test_where_pods_have_no_resources_of_their_own_they_do_not_count():
    manifest = pod(init=[container()], resources={"requests": BOTH})

    assert 1 == len(list(check(view(manifest, minor=33))))
