import pytest

from tests.builders import pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic196_deprecated_annotation import check


@pytest.mark.parametrize(
    "key",
    [
        "scheduler.alpha.kubernetes.io/critical-pod",
        "security.alpha.kubernetes.io/sysctls",
        "security.alpha.kubernetes.io/unsafe-sysctls",
    ],
)
@pytest.mark.parametrize("value", ["x", "", None])
def test_its_presence_is_enough(key, value):
    manifest = pod(metadata={"annotations": {key: value, "example.com/other": "x"}})
    template = Pod(template_of(manifest), path="template.spec", kind="PodTemplate")

    assert [f"metadata.annotations[{key}]"] == [finding.path for finding in check(view(manifest))]
    assert [f"template.metadata.annotations[{key}]"] == [finding.path for finding in check(template)]


def test_without_annotations_there_is_nothing_to_say():
    assert [] == list(check(view(pod(metadata={"annotations": None}))))
