import pytest

from tests.builders import pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.practice.ic314_deprecated_init_annotation import check


@pytest.mark.parametrize("stage", ["alpha", "beta"])
@pytest.mark.parametrize("what", ["init-containers", "init-container-statuses"])
def test_an_annotation_that_nothing_reads_is_found(stage, what):
    key = f"pod.{stage}.kubernetes.io/{what}"

    [finding] = check(view(pod(metadata={"annotations": {key: "[]"}})))

    assert f"metadata.annotations[{key}]" == finding.path


def test_templates_are_judged_too():
    manifest = workload("Deployment", pod(metadata={"annotations": {"pod.beta.kubernetes.io/init-containers": ""}}))

    [finding] = check(workload_of("apps/v1", "Deployment").pod(manifest, 36))

    assert finding.path.startswith("spec.template.metadata.annotations[")


@pytest.mark.parametrize(
    "annotations",
    [
        pytest.param(None, id="none"),
        pytest.param({}, id="empty"),
        pytest.param({"prologue.dev/inject": "wait"}, id="ours"),
        pytest.param({"pod.beta.kubernetes.io/hostname": "x"}, id="of the same age"),
        pytest.param({"init-containers": "x"}, id="no prefix"),
        pytest.param({"shop.example/init-containers": "x"}, id="another prefix"),
    ],
)
def test_other_annotations_are_left_alone(annotations):
    assert [] == list(check(view(pod(metadata={"annotations": annotations}))))
