import pytest

from tests.builders import container, pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.kubernetes.ic108_mount_of_missing_volume import check

MOUNT = {"volumeMounts": [{"name": "data", "mountPath": "/data"}]}


@pytest.mark.parametrize(
    "volumes",
    [
        pytest.param(None, id="no volumes"),
        pytest.param([{"name": "other", "emptyDir": {}}], id="another name"),
        pytest.param([None], id="a null volume"),
    ],
)
def test_a_mount_needs_its_volume(volumes):
    manifest = pod(container(**MOUNT), init=[container("fetch", **MOUNT)], volumes=volumes)

    findings = [(str(finding.type), finding.path) for finding in check(view(manifest))]

    assert [
        ("NotFound", "spec.containers[0].volumeMounts[0].name"),
        ("NotFound", "spec.initContainers[0].volumeMounts[0].name"),
    ] == findings


def test_a_volume_with_a_malformed_name_counts_as_none():
    mount = {"volumeMounts": [{"name": "Data", "mountPath": "/data"}]}
    manifest = pod(container(**mount), volumes=[{"name": "Data", "emptyDir": {}}])

    assert len(list(check(view(manifest)))) == 1


def test_a_nameless_mount_finds_nothing():
    manifest = pod(container(volumeMounts=[{"mountPath": "/data"}, None]))

    assert len(list(check(view(manifest)))) == 2


def test_a_statefulset_mounts_its_claims():
    manifest = workload("StatefulSet", pod(container(**MOUNT)))
    manifest["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}}]

    seen = workload_of("apps/v1", "StatefulSet").pod(manifest, 36)

    assert [] == list(check(seen))


@pytest.mark.parametrize(
    "volumes",
    [
        pytest.param([{"name": "data", "configMap": {"name": "a", "defaultMode": 512}}], id="a bad mode"),
        pytest.param([{"name": "data", "emptyDir": {}, "hostPath": {"path": "/a"}}], id="two sources"),
        pytest.param([{"name": "data", "secret": {}}], id="no name of a Secret"),
    ],
)
def test_a_volume_with_any_fault_counts_as_none(volumes):
    manifest = pod(container(**MOUNT), volumes=volumes)

    assert ["spec.containers[0].volumeMounts[0].name"] == [finding.path for finding in check(view(manifest))]


def test_the_first_of_two_volumes_with_one_name_is_found():
    manifest = pod(container(**MOUNT), volumes=[{"name": "data"}, {"name": "data"}])

    assert [] == list(check(view(manifest)))


def test_mounts_of_image_volumes_are_gone_before_35():
    mounts = {"volumeMounts": [{"name": "pages", "mountPath": "/pages"}, {"name": "gone", "mountPath": "/gone"}]}
    manifest = pod(container(**mounts), volumes=[{"name": "pages", "image": {"reference": "registry.example/pages:1"}}])

    assert ["spec.containers[0].volumeMounts[0].name"] == [finding.path for finding in check(view(manifest, 34))]
    assert ["spec.containers[0].volumeMounts[1].name"] == [finding.path for finding in check(view(manifest, 35))]
