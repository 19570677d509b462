import pytest

from tests.builders import container, pod, template_of, view
from webhook.core.finding import ErrorType
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic151_malformed_resource_name import check


def paths(manifest):
    return [finding.path for finding in check(view(manifest))]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        pytest.param("cpu", 0, id="standard"),
        pytest.param("hugepages-1Gi", 0, id="huge pages"),
        pytest.param("example.com/gpu", 0, id="extended"),
        pytest.param("kubernetes.io/foo", 0, id="native with a prefix"),
        pytest.param("pods", 1, id="known, but of quotas"),
        pytest.param("foo", 2, id="unknown"),
        pytest.param("", 3, id="empty"),
    ],
)
def test_each_fault_of_a_name_is_one_finding(name, count):
    manifest = pod(container(resources={"requests": {name: "1"}, "limits": {"cpu": "1"}}))

    assert [f"spec.containers[0].resources.requests[{name}]"] * count == paths(manifest)


def test_a_limit_of_a_pod_is_found_again_as_its_request():
    manifest = pod(init=[container("migrate", resources={"limits": {"pods": "1"}})])

    found = list(check(view(manifest)))

    path = "spec.initContainers[0].resources"
    assert [f"{path}.limits[pods]", f"{path}.requests[pods]"] == [finding.path for finding in found]
    assert {"migrate"} == {finding.container for finding in found}


def test_a_limit_of_a_template_or_an_ephemeral_container_is_found_once():
    limit = {"limits": {"pods": "1"}}
    manifest = pod(ephemeralContainers=[container("debug", resources=limit)])
    template = Pod(template_of(pod(container(resources=limit))), path="spec.template.spec", kind="DaemonSet")

    found = [*paths(manifest), *(finding.path for finding in check(template))]

    assert [
        "spec.ephemeralContainers[0].resources.limits[pods]",
        "spec.template.spec.containers[0].resources.limits[pods]",
    ] == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("memory", [], id="memory"),
        pytest.param("hugepages-2Mi", [], id="huge pages"),
        pytest.param("ephemeral-storage", [ErrorType.NOT_SUPPORTED], id="for containers only"),
        pytest.param("example.com/gpu", [ErrorType.NOT_SUPPORTED], id="extended"),
        pytest.param("foo", [ErrorType.INVALID], id="unknown, once where containers give two"),
        pytest.param("example.com/", [ErrorType.INVALID] * 2, id="a prefix alone"),
    ],
)
def test_a_pod_as_a_whole_has_fewer_names_and_other_errors(name, expected):
    manifest = pod(resources={"requests": {name: "0"}})

    assert expected == [finding.type for finding in check(view(manifest))]


def test_huge_pages_of_a_malformed_name_are_filled_in_for_the_pod_and_found_there_too():
    manifest = pod(
        container(resources={"limits": {"hugepages-a b": "0", "cpu": "1"}}), resources={"limits": {"cpu": "1"}}
    )

    assert [
        "spec.containers[0].resources.limits[hugepages-a b]",
        "spec.containers[0].resources.requests[hugepages-a b]",
        "spec.resources.limits[hugepages-a b]",
        "spec.resources.requests[hugepages-a b]",
    ] == paths(manifest)


def test_overhead_is_judged_like_limits_of_a_container():
    manifest = pod(overhead={"foo": "1", "cpu": "1"})

    assert ["spec.overhead.limits[foo]"] * 2 == paths(manifest)
