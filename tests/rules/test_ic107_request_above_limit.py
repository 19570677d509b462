import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic107_request_above_limit import check


def resources(requests, limits):
    return {"resources": {"requests": requests, "limits": limits}}


@pytest.mark.parametrize(
    ("request_", "limit", "count"),
    [
        pytest.param("2", "1", 1, id="above"),
        pytest.param("1", "1000m", 0, id="equal in another spelling"),
        pytest.param("1024Mi", "1Gi", 0, id="equal in binary"),
        pytest.param("1001m", "1", 1, id="a thousandth above"),
        pytest.param("0.5m", "0.1m", 0, id="equal once both are rounded up to thousandths"),
        pytest.param("1.0001m", "1m", 1, id="above once rounded"),
        pytest.param(2, "1", 1, id="a number"),
        pytest.param("1", None, 1, id="a null limit is zero"),
        pytest.param(None, "0", 0, id="a null request is zero"),
    ],
)
def test_a_request_is_compared_with_the_limit_of_its_name(request_, limit, count):
    manifest = pod(init=[container("migrate", **resources({"cpu": request_}, {"cpu": limit}))])

    findings = list(check(view(manifest)))

    assert count == len(findings)
    assert {"spec.initContainers[0].resources.requests"} >= {finding.path for finding in findings}


def test_each_resource_of_each_container_is_one_finding():
    both = resources({"cpu": "2", "memory": "2Gi"}, {"cpu": "1", "memory": "1Gi"})
    manifest = pod(container(**both), init=[sidecar(**both)])

    paths = [finding.path for finding in check(view(manifest))]

    assert ["spec.containers[0].resources.requests"] * 2 + ["spec.initContainers[0].resources.requests"] * 2 == paths


def test_without_a_limit_of_that_name_there_is_nothing_to_exceed():
    manifest = pod(container(**resources({"cpu": "64"}, {"memory": "1Gi"})))

    assert [] == list(check(view(manifest)))
