import pytest

from webhook.core.resource_name import (
    can_overcommit,
    comes_whole,
    container_resource_faults,
    is_huge_pages,
    is_pod_resource,
    page_size,
    pod_resource_faults,
)


@pytest.mark.parametrize(
    ("name", "in_containers", "in_pods"),
    [
        pytest.param("cpu", 0, 0, id="standard"),
        pytest.param("ephemeral-storage", 0, 0, id="standard for containers, unsupported for Pods"),
        pytest.param("hugepages-2Mi", 0, 0, id="huge pages"),
        pytest.param("hugepages-nonsense", 0, 0, id="huge pages of no size are a good name"),
        pytest.param("pods", 1, 0, id="standard, but of quotas"),
        pytest.param("requests.hugepages-2Mi", 1, 0, id="the quota of huge pages"),
        pytest.param("foo", 2, 1, id="unknown"),
        pytest.param("CPU", 2, 1, id="the case matters"),
        pytest.param("a b", 2, 1, id="no qualified name"),
        pytest.param("hugepages-1 Gi", 1, 1, id="huge pages that are no qualified name"),
        pytest.param("", 3, 2, id="empty"),
        pytest.param("example.com/gpu", 0, 0, id="extended"),
        pytest.param("Example.com/gpu", 2, 1, id="a prefix in upper case"),
        pytest.param("example.com/", 3, 2, id="a prefix alone"),
        pytest.param("a/b/c", 2, 1, id="two slashes"),
        pytest.param("requests.example.com/gpu", 1, 0, id="the quota of an extended resource"),
        pytest.param("a." * 121 + "ab/x", 0, 0, id="a prefix of 244 bytes"),
        pytest.param("a." * 122 + "a/x", 1, 0, id="a prefix of 245 bytes, for which there is no quota"),
        pytest.param("a." * 126 + "ab/x", 2, 1, id="a prefix of 254 bytes"),
        pytest.param("a." * 4000 + "a/x", 2, 1, id="a prefix beyond all measure"),
        pytest.param("kubernetes.io/foo", 0, 0, id="native with a prefix"),
        pytest.param("foo.kubernetes.io/BAR_x", 0, 0, id="native below a prefix"),
        pytest.param("kubernetes.io/", 2, 2, id="native without a name"),
    ],
)
def test_each_fault_of_a_name_counts(name, in_containers, in_pods):
    faults = container_resource_faults(name)

    assert in_containers == len(faults)
    assert in_pods == len(pod_resource_faults(name))


@pytest.mark.parametrize(
    ("name", "overcommitted", "whole"),
    [
        pytest.param("cpu", True, False, id="standard"),
        pytest.param("foo", True, False, id="unknown"),
        pytest.param("pods", True, True, id="counted objects"),
        pytest.param("kubernetes.io/foo", True, False, id="native with a prefix"),
        pytest.param("hugepages-2Mi", False, False, id="huge pages"),
        pytest.param("example.com/gpu", False, True, id="extended"),
        pytest.param("Example.com/gpu", False, False, id="malformed, so neither extended nor native"),
        pytest.param("requests.example.com/gpu", False, False, id="the quota of an extended resource"),
        pytest.param("hugepages-x/y", False, True, id="huge pages to the eye and extended besides"),
    ],
)
def test_kinds_of_names_decide_what_amounts_may_be(name, overcommitted, whole):
    verdict = can_overcommit(name), comes_whole(name)

    assert (overcommitted, whole) == verdict


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param("hugepages-2Mi", 2 << 20, id="binary"),
        pytest.param("hugepages-1e3", 1000, id="with an exponent"),
        pytest.param("hugepages-1024000m", 1024, id="a whole number of bytes in thousandths"),
        pytest.param("hugepages-1.5", None, id="a fraction of a byte"),
        pytest.param("hugepages-0", None, id="zero"),
        pytest.param("hugepages--1", None, id="negative"),
        pytest.param("hugepages-", None, id="no size"),
        pytest.param("hugepages-2mi", None, id="no quantity"),
        pytest.param("hugepages-1e30", None, id="beyond an int64"),
    ],
)
def test_the_name_of_huge_pages_says_their_size(name, size):
    assert size == page_size(name)


def test_a_pod_as_a_whole_asks_for_cpu_memory_and_huge_pages():
    names = ["cpu", "memory", "hugepages-1Gi", "ephemeral-storage", "example.com/gpu"]

    assert ["cpu", "memory", "hugepages-1Gi"] == [name for name in names if is_pod_resource(name)]
    assert ["hugepages-1Gi"] == [name for name in names if is_huge_pages(name)]
