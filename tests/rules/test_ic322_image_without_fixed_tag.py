import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic322_image_without_fixed_tag import check

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    "image",
    ["busybox", "busybox:latest", "registry.example:5000/tools", "registry.example:5000/a/b:latest", "localhost/x"],
)
def test_an_image_that_anybody_may_push_is_reported(image):
    manifest = pod(init=[container("wait") | {"image": image}, sidecar() | {"image": image}])

    assert ["spec.initContainers[0].image", "spec.initContainers[1].image"] == [
        one.path for one in check(view(manifest))
    ]


@pytest.mark.parametrize(
    "image",
    [
        "busybox:1.36",
        f"busybox@{DIGEST}",
        f"busybox:latest@{DIGEST}",
        "registry.example:5000/x:v1",
        "x:latest-2024",
        "",
    ],
)
def test_a_version_or_a_digest_is_fixed_enough(image):
    assert [] == list(check(view(pod(init=[container() | {"image": image}]))))


def test_main_containers_are_for_others_to_judge():
    assert [] == list(check(view(pod(container() | {"image": "shop"}))))
