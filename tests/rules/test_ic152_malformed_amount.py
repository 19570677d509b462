import pytest

from tests.builders import container, pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic152_malformed_amount import check

GPU, PAGES = "example.com/gpu", "hugepages-2Mi"


@pytest.mark.parametrize(
    ("name", "amount", "count"),
    [
        pytest.param("cpu", "0", 0, id="nothing"),
        pytest.param("cpu", None, 0, id="null is nothing"),
        pytest.param("cpu", "-0", 0, id="minus nothing"),
        pytest.param("cpu", "1e-3", 0, id="a minus in the exponent"),
        pytest.param("cpu", "-1m", 1, id="negative"),
        pytest.param("cpu", -1, 1, id="a negative number"),
        pytest.param("foo", "-1n", 1, id="negative, however little, whatever the name"),
        pytest.param("foo", "1.5", 0, id="a fraction of the unknown"),
        pytest.param(GPU, "3", 0, id="whole"),
        pytest.param(GPU, "3000m", 0, id="whole in thousandths"),
        pytest.param(GPU, "1.5", 1, id="a fraction of a piece"),
        pytest.param(GPU, "1n", 1, id="a fraction that is rounded to another one"),
        pytest.param(GPU, "-1n", 2, id="negative and a fraction"),
        pytest.param(GPU, "-1.5Ti", 1, id="negative and whole beyond an int64 of billionths"),
        pytest.param(GPU, "-20000000000000000000", 2, id="beyond an int64 of thousandths Kubernetes counts wrongly"),
        pytest.param("pods", "500m", 1, id="a fraction of a counted object"),
        pytest.param("Bad.com/x", "1.5", 0, id="a fraction of what is not extended, being malformed"),
        pytest.param(PAGES, "0", 0, id="no pages"),
        pytest.param(PAGES, "4Mi", 0, id="two pages"),
        pytest.param(PAGES, "3Mi", 1, id="a page and a half"),
        pytest.param(PAGES, "-2Mi", 1, id="negative pages"),
        pytest.param(PAGES, "-10.5Gi", 1, id="negative pages beyond an int64 of billionths"),
        pytest.param(PAGES, "-3Mi", 2, id="negative and no number of pages"),
        pytest.param(PAGES, "1e19", 0, id="beyond an int64 Kubernetes counts nothing"),
        pytest.param("hugepages-2mi", "0", 1, id="pages of no size"),
        pytest.param("hugepages-1e30", "2Mi", 1, id="pages beyond all measure"),
        pytest.param("hugepages-x/y", "1.5", 2, id="pages of no size that are extended besides"),
    ],
)
def test_each_fault_of_an_amount_is_one_finding(name, amount, count):
    manifest = pod(init=[container("migrate", resources={"requests": {name: amount}})])

    found = [(finding.path, finding.container) for finding in check(view(manifest))]

    assert [(f"spec.initContainers[0].resources.requests[{name}]", "migrate")] * count == found


def test_a_limit_of_a_pod_is_found_again_as_its_request():
    manifest = pod(container(resources={"limits": {"cpu": "-1", "memory": "1Gi"}}), overhead={"cpu": "-1"})

    paths = [finding.path for finding in check(view(manifest))]

    assert [
        "spec.containers[0].resources.limits[cpu]",
        "spec.containers[0].resources.requests[cpu]",
        "spec.overhead.limits[cpu]",
    ] == paths


@pytest.mark.parametrize(
    ("minor", "count"), [pytest.param(33, 0, id="dropped in 1.33"), pytest.param(34, 1, id="judged since 1.34")]
)
def test_a_template_as_a_whole_is_judged_as_it_is_written(minor, count):
    template = template_of(pod(resources={"limits": {"memory": "-1"}}))

    paths = [finding.path for finding in check(Pod(template, path="spec.template.spec", kind="Job", minor=minor))]

    assert ["spec.template.spec.resources.limits[memory]"] * count == paths
