import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.pod import Pod
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


def test_a_missing_request_stands_for_its_limit_and_does_not_exceed_it():
    manifest = pod(container(**resources(None, {"cpu": "1"})))

    assert [] == list(check(view(manifest)))


@pytest.mark.parametrize("name", ["example.com/gpu", "hugepages-2Mi"])
def test_what_cannot_be_overcommitted_is_another_rules_affair(name):
    manifest = pod(container(**resources({name: "4Mi"}, {name: "2Mi"})))

    assert [] == list(check(view(manifest)))


def test_ephemeral_containers_are_compared_too():
    manifest = pod(ephemeralContainers=[container("debug", **resources({"cpu": "2"}, {"cpu": "1"}))])

    [finding] = check(view(manifest))

    assert ("spec.ephemeralContainers[0].resources.requests", "debug") == (finding.path, finding.container)


def test_a_pod_as_a_whole_is_compared_too():
    manifest = pod(**resources({"cpu": "2", "memory": "1"}, {"cpu": "1", "memory": "1"}))

    [finding] = check(view(manifest))

    assert ("spec.resources.requests", "") == (finding.path, finding.container)


@pytest.mark.parametrize(
    ("minor", "count"),
    [
        pytest.param(33, 0, id="dropped in 1.33"),
        pytest.param(34, 1, id="judged since 1.34"),
        pytest.param(36, 1, id="newest"),
    ],
)
def test_a_pod_requests_what_its_containers_come_to(minor, count):
    many = [container(f"c{i}", **resources({"cpu": "2"}, None)) for i in range(2)]
    manifest = pod(*many, resources={"limits": {"cpu": "3"}})

    findings = list(check(view(manifest, minor)))

    assert count == len(findings)


def test_a_template_requests_nothing_that_it_does_not_say():
    many = [container(f"c{i}", **resources({"cpu": "2"}, None)) for i in range(2)]
    manifest = pod(*many, resources={"limits": {"cpu": "3"}})

    assert [] == list(check(Pod(template_of(manifest), path="spec.template.spec", kind="Job")))
