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
