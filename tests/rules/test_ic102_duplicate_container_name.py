import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic102_duplicate_container_name import check


@pytest.mark.parametrize(
    ("manifest", "paths"),
    [
        pytest.param(pod(container("a"), init=[container("a")]), ["spec.initContainers[0].name"], id="init and app"),
        pytest.param(pod(container("a"), init=[sidecar("a")]), ["spec.initContainers[0].name"], id="sidecar and app"),
        pytest.param(
            pod(init=[container("a"), container("b"), container("a")]), ["spec.initContainers[2].name"], id="two inits"
        ),
        pytest.param(pod(container("a"), container("a")), ["spec.containers[1].name"], id="two apps"),
        pytest.param(pod(init=[container(""), container("")]), [], id="two nameless inits do not clash"),
        pytest.param(pod(container(""), container("")), ["spec.containers[1].name"], id="two nameless apps do"),
        pytest.param(
            pod(container(""), init=[container("")]), ["spec.initContainers[0].name"], id="nameless init and app do"
        ),
        pytest.param(
            pod(container("a"), ephemeralContainers=[container("a")]),
            ["spec.ephemeralContainers[0].name"],
            id="ephemeral and app",
        ),
        pytest.param(
            pod(init=[container("")], ephemeralContainers=[container(""), container("")]),
            ["spec.ephemeralContainers[0].name", "spec.ephemeralContainers[1].name"],
            id="nameless ephemeral and init, and two nameless ephemeral",
        ),
        pytest.param(
            pod(ephemeralContainers=[container("x"), container("x")]),
            ["spec.ephemeralContainers[1].name"],
            id="two ephemeral",
        ),
        pytest.param(pod(container("a"), init=[container("b")]), [], id="different names"),
    ],
)
def test_the_later_of_two_namesakes_is_reported(manifest, paths):
    findings = list(check(view(manifest)))

    assert paths == [finding.path for finding in findings]
    assert {"Duplicate"} >= {str(finding.type) for finding in findings}
