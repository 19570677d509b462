import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic348_image_without_digest import check

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    "image",
    ["busybox", "busybox:1.36", "registry.example:5000/a/b", "registry.example:5000/a/b:v1", "x:sha256-abc"],
)
def test_an_image_without_a_digest_is_reported(image):
    manifest = pod(init=[container("wait") | {"image": image}, sidecar() | {"image": image}])

    assert ["spec.initContainers[0].image", "spec.initContainers[1].image"] == [
        one.path for one in check(view(manifest))
    ]


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(init=[container() | {"image": f"busybox@{DIGEST}"}]), id="digest"),
        pytest.param(pod(init=[container() | {"image": f"busybox:1.36@{DIGEST}"}]), id="tag and digest"),
        pytest.param(pod(init=[sidecar() | {"image": f"registry.example:5000/x@{DIGEST}"}]), id="with a port"),
        pytest.param(pod(init=[container() | {"image": ""}]), id="no image at all"),
        pytest.param(pod(container()), id="a main container's"),
    ],
)
def test_what_is_pinned_is_fine(manifest):
    assert [] == list(check(view(manifest)))
