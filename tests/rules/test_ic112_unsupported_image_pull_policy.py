import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic112_unsupported_image_pull_policy import check


@pytest.mark.parametrize("policy", ["Always", "IfNotPresent", "Never"])
def test_the_policies_of_kubernetes_are_fine(policy):
    assert [] == list(check(view(pod(container(imagePullPolicy=policy)))))


@pytest.mark.parametrize("policy", [pytest.param(None, id="null"), pytest.param("", id="empty")])
def test_none_is_fine_because_it_is_defaulted(policy):
    assert [] == list(check(view(pod(container(imagePullPolicy=policy)))))


def test_any_other_is_not_supported_in_any_container():
    bad = {"imagePullPolicy": "always"}
    manifest = pod(container(**bad), init=[container("a", **bad)], ephemeralContainers=[container("b", **bad)])

    findings = list(check(view(manifest)))

    assert [
        ("NotSupported", f"spec.{name}[0].imagePullPolicy")
        for name in ("containers", "initContainers", "ephemeralContainers")
    ] == [(str(one.type), one.path) for one in findings]
