import pytest

from tests.builders import container, pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic111_padded_image import check

PADDED = pod(
    container(image="shop:1 "), init=[container("a", image="\tshop:1")], ephemeralContainers=[container("b", image=" ")]
)


def test_padded_images_are_found_in_every_container_of_a_pod():
    findings = list(check(view(PADDED)))

    assert [
        ("Invalid", "spec.containers[0].image"),
        ("Invalid", "spec.initContainers[0].image"),
        ("Invalid", "spec.ephemeralContainers[0].image"),
    ] == [(str(one.type), one.path) for one in findings]


def test_in_a_template_only_those_of_ephemeral_containers_are():
    template = Pod(template_of(PADDED), path="spec.template.spec", kind="Deployment")

    assert ["spec.template.spec.ephemeralContainers[0].image"] == [one.path for one in check(template)]


@pytest.mark.parametrize(
    "image", [pytest.param(None, id="null"), pytest.param("", id="empty"), pytest.param("a b", id="inside")]
)
def test_an_image_without_space_around_it_is_fine(image):
    assert [] == list(check(view(pod(container(image=image)))))
