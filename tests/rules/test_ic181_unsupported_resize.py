"""Through the whole decision, which is what finds it; the details are in tests/core/test_pod_resize.py."""

from tests.builders import DEFAULT_POLICY, pod, review, sidecar
from webhook.admission.decide import decide


def with_cpu(**requests):
    return pod(init=[sidecar(resources={"requests": {"cpu": "1", **requests}})])


def findings(new, old, subresource="resize"):
    decision = decide(review(new, operation="UPDATE", old=old, subresource=subresource), DEFAULT_POLICY)
    return [(finding.code, str(finding.type), finding.path) for finding in decision.findings]


def test_cpu_and_memory_can_be_resized_and_storage_cannot():
    old = with_cpu(**{"ephemeral-storage": "1Gi"})

    assert [] == findings(with_cpu(**{"cpu": "2", "ephemeral-storage": "1Gi"}), old)
    assert [("IC181", "Forbidden", "spec.initContainers[0]")] == findings(with_cpu(**{"ephemeral-storage": "2Gi"}), old)


def test_the_resized_pod_is_judged_by_itself_too():
    old = pod(init=[sidecar(resources={"requests": {"cpu": "1"}, "limits": {"cpu": "2"}})])
    new = pod(init=[sidecar(resources={"requests": {"cpu": "3"}, "limits": {"cpu": "2"}})])

    assert [("IC107", "Invalid", "spec.initContainers[0].resources.requests")] == findings(new, old)


def test_what_no_resize_changes_is_left_as_it_was():
    assert [] == findings(pod(init=[sidecar(image="", command=["x"])]), pod(init=[sidecar()]))


def test_a_pod_that_cannot_be_resized_at_all_has_that_one_fault():
    old = pod(init=[sidecar(resources={"requests": {"cpu": "1"}})], os={"name": "windows"})
    new = pod(init=[sidecar(resources={"requests": {"cpu": "-1"}})], os={"name": "windows"})

    assert [("IC181", "Forbidden", "")] == findings(new, old)


def test_a_resize_without_the_old_pod_is_left_alone():
    assert [] == findings(with_cpu(cpu="-1"), None)
    assert [] == findings(with_cpu(cpu="-1"), {"spec": 7})
