import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic343_no_seccomp_profile import check

APP = "spec.containers[0].securityContext.seccompProfile.type"
POD = "spec.securityContext.seccompProfile.type"


def profile(kind):
    return {"seccompProfile": {"type": kind}}


def case(own=None, of_pod=None, **spec):
    return pod(container(securityContext=own), securityContext=of_pod, **spec)


@pytest.mark.parametrize(
    ("manifest", "paths"),
    [
        pytest.param(case(), [APP], id="nothing said"),
        pytest.param(case({"seccompProfile": None}, {}), [APP], id="null"),
        pytest.param(case(profile("Unconfined"), profile("RuntimeDefault")), [APP], id="the container says no"),
        pytest.param(case(profile("RuntimeDefault"), profile("Unconfined")), [POD], id="the Pod says no"),
        pytest.param(case(None, profile("Unconfined")), [POD, APP], id="no, and nothing"),
        pytest.param(case({"seccompProfile": {}}, profile("Localhost")), [APP], id="a profile without a type"),
        pytest.param(
            pod(container(securityContext=profile("Localhost")), init=[container("i"), sidecar("s")]),
            [f"spec.initContainers[{i}].securityContext.seccompProfile.type" for i in (0, 1)],
            id="init containers",
        ),
    ],
)
def test_what_is_not_filtered_is_reported(manifest, paths):
    assert paths == [finding.path for finding in check(view(manifest))]


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case(profile("RuntimeDefault")), id="by the container"),
        pytest.param(case(None, profile("RuntimeDefault")), id="by the Pod"),
        pytest.param(case({}, profile("Localhost")), id="by a profile of the node"),
        pytest.param(case(profile("Localhost"), profile("RuntimeDefault")), id="by both"),
        pytest.param(case(os={"name": "windows"}), id="Windows"),
    ],
)
def test_what_is_filtered_is_fine(manifest):
    assert [] == list(check(view(manifest)))
