import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic349_mutable_tag_kept_on_node import check


def case(image, policy=None, make=container):
    return pod(init=[make("wait", imagePullPolicy=policy) | {"image": image}])


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case("busybox:latest", "IfNotPresent"), id="latest"),
        pytest.param(case("registry.example:5000/x", "IfNotPresent"), id="no tag"),
        pytest.param(case("x:main"), id="branch, kept by default"),
        pytest.param(case("busybox:stable", "IfNotPresent"), id="channel"),
        pytest.param(case("x:Nightly", ""), id="capitals"),
        pytest.param(case("x:edge", "IfNotPresent", sidecar), id="sidecar"),
    ],
)
def test_a_moving_tag_that_nodes_keep_is_reported(manifest):
    [finding] = check(view(manifest))

    assert ("spec.initContainers[0].image", "wait") == (finding.path, finding.container)


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case("busybox:latest"), id="latest, pulled by default"),
        pytest.param(case("busybox"), id="no tag, pulled by default"),
        pytest.param(case("x:main", "Always"), id="branch, always pulled"),
        pytest.param(case("x:1.36", "IfNotPresent"), id="version"),
        pytest.param(case("x:main-2024-11-02", "IfNotPresent"), id="branch at a time"),
        pytest.param(case("x:latest@sha256:" + "a" * 64, "IfNotPresent"), id="digest"),
        pytest.param(case("x:latest", "Never"), id="put there by hand"),
        pytest.param(case("", "IfNotPresent"), id="no image"),
        pytest.param(pod(container(imagePullPolicy="IfNotPresent") | {"image": "x:latest"}), id="a main container's"),
    ],
)
def test_what_is_fixed_or_fresh_is_fine(manifest):
    assert [] == list(check(view(manifest)))
