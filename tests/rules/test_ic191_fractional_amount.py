import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic191_fractional_amount import check


def paths(manifest):
    return [finding.path for finding in check(view(manifest))]


@pytest.mark.parametrize(
    ("amount", "is_fractional"),
    [
        pytest.param("100m", True, id="thousandths"),
        pytest.param("1500m", True, id="one and a half byte"),
        pytest.param("2000m", False, id="thousandths that come to whole bytes"),
        pytest.param("1n", True, id="less than a thousandth, which is rounded up to one"),
        pytest.param("0.1Ki", True, id="a tenth of a kibibyte"),
        pytest.param("0.5Ki", False, id="half a kibibyte"),
        pytest.param(1.5, True, id="a number with a fraction"),
        pytest.param("1e3", False, id="an exponent"),
        pytest.param("128Mi", False, id="mebibytes"),
        pytest.param(None, False, id="null, which is zero"),
    ],
)
def test_an_amount_must_be_whole_bytes(amount, is_fractional):
    manifest = pod(init=[container("migrate", resources={"requests": {"memory": amount}})])

    assert (["spec.initContainers[0].resources.requests[memory]"] if is_fractional else []) == paths(manifest)


def test_only_what_is_counted_in_bytes_is_looked_at():
    manifest = pod(container(resources={"limits": {"cpu": "100m", "ephemeral-storage": "100m", "example.com/x": "1m"}}))

    found = [path for path in paths(manifest) if ".limits" in path]

    assert ["spec.containers[0].resources.limits[ephemeral-storage]"] == found


def test_in_a_pod_a_limit_is_a_request_too_and_in_a_template_not():
    manifest = pod(init=[sidecar(resources={"limits": {"memory": "1m"}})])
    template = Pod(template_of(manifest), path="spec.template.spec", kind="Job")

    assert ["spec.initContainers[0].resources." + kind for kind in ("limits[memory]", "requests[memory]")] == paths(
        manifest
    )
    assert ["spec.template.spec.initContainers[0].resources.limits[memory]"] == [one.path for one in check(template)]


def test_a_request_of_its_own_is_not_replaced_by_the_limit():
    manifest = pod(container(resources={"limits": {"memory": "1m"}, "requests": {"memory": None}}))

    assert ["spec.containers[0].resources.limits[memory]"] == paths(manifest)


def test_overhead_is_looked_at():
    assert ["spec.overhead[memory]"] == paths(pod(overhead={"memory": "4m", "cpu": "4m"}))
