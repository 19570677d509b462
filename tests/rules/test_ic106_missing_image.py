import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic106_missing_image import check


@pytest.mark.parametrize(
    "fields",
    [pytest.param({}, id="absent"), pytest.param({"image": ""}, id="empty"), pytest.param({"image": None}, id="null")],
)
def test_an_image_is_required_in_every_list(fields):
    bare = {"name": "x", **fields}
    manifest = pod(bare, init=[container("fine"), bare], ephemeralContainers=[bare])

    findings = list(check(view(manifest)))

    paths = ["spec.containers[0].image", "spec.initContainers[1].image", "spec.ephemeralContainers[0].image"]
    assert paths == [finding.path for finding in findings]
    assert {"Required"} == {str(finding.type) for finding in findings}


def test_any_text_is_an_image():
    manifest = pod(container(image="UPPER/Case@oddly"))

    assert [] == list(check(view(manifest)))
