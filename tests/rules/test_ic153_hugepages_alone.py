import pytest

from tests.builders import container, pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic153_hugepages_alone import check

PAGES = {"hugepages-2Mi": "2Mi"}


@pytest.mark.parametrize(
    ("resources", "count"),
    [
        pytest.param({"limits": PAGES}, 1, id="alone"),
        pytest.param({"requests": PAGES}, 1, id="alone as a request"),
        pytest.param({"limits": {**PAGES, "ephemeral-storage": "1Gi"}}, 1, id="with storage"),
        pytest.param({"limits": {"hugepages-nonsense": "0"}}, 1, id="of no size and none of them"),
        pytest.param({"limits": {**PAGES, "cpu": "1"}}, 0, id="with a limit of cpu"),
        pytest.param({"limits": PAGES, "requests": {"memory": None}}, 0, id="with a request of no memory"),
        pytest.param({"limits": {"ephemeral-storage": "-1"}}, 0, id="no huge pages"),
    ],
)
def test_huge_pages_need_cpu_or_memory_beside_them(resources, count):
    manifest = pod(init=[container("migrate", resources=resources)])

    found = [(finding.path, finding.container) for finding in check(view(manifest))]

    assert [("spec.initContainers[0].resources", "migrate")] * count == found


def test_the_pod_as_a_whole_and_its_overhead_are_places_of_their_own():
    manifest = pod(resources={"limits": PAGES}, overhead=PAGES)

    paths = [finding.path for finding in check(view(manifest))]

    assert ["spec.resources", "spec.overhead"] == paths


def test_what_is_filled_in_for_a_pod_is_beside_them_but_not_in_a_template():
    manifest = pod(container(resources={"requests": {"cpu": "1"}}), resources={"limits": PAGES})

    paths = [finding.path for finding in check(Pod(template_of(manifest), path="template.spec", kind="PodTemplate"))]

    assert [] == list(check(view(manifest)))
    assert ["template.spec.resources"] == paths
