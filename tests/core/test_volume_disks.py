import pytest

from webhook.core import volume_disks as disks


def told(faults):
    return [(str(fault.type), fault.path) for fault in faults]


@pytest.mark.parametrize(
    ("check", "source", "faults"),
    [
        pytest.param(disks.partition_faults, {"partition": 255}, [], id="the last partition"),
        pytest.param(disks.partition_faults, {"partition": -1}, [("Invalid", "partition")], id="a negative partition"),
        pytest.param(disks.partition_faults, {}, [], id="no partition"),
        pytest.param(
            disks.git_repo_faults, {"directory": "/../a"}, [("Invalid", "directory")] * 2, id="out of a repository"
        ),
        pytest.param(disks.nfs_faults, {"path": "/a"}, [], id="an exported path"),
        pytest.param(disks.nfs_faults, {"path": "a"}, [("Invalid", "path")], id="a relative path"),
        pytest.param(disks.fc_faults, {}, [("Required", "targetWWNs")], id="no target"),
        pytest.param(disks.fc_faults, {"wwids": ["a"]}, [], id="an identifier"),
        pytest.param(disks.fc_faults, {"targetWWNs": ["a"], "lun": 0}, [], id="a target"),
        pytest.param(disks.fc_faults, {"targetWWNs": ["a"]}, [("Required", "lun")], id="a target without a unit"),
        pytest.param(disks.fc_faults, {"targetWWNs": ["a"], "lun": 256}, [("Invalid", "lun")], id="no such unit"),
        pytest.param(
            disks.fc_faults, {"targetWWNs": ["a"], "wwids": ["a"], "lun": 0}, [("Invalid", "targetWWNs")], id="both"
        ),
        pytest.param(disks.flocker_faults, {}, [("Required", "")], id="no dataset"),
        pytest.param(
            disks.flocker_faults, {"datasetName": "a", "datasetUUID": "b"}, [("Invalid", "")], id="two datasets"
        ),
        pytest.param(disks.flocker_faults, {"datasetName": "a/b"}, [("Invalid", "datasetName")], id="a slash"),
        pytest.param(disks.quobyte_faults, {"registry": "a:1,[::1]:2", "volume": "a"}, [], id="two registries"),
        pytest.param(
            disks.quobyte_faults, {"registry": "a,b:c:d,:", "volume": "a"}, [("Invalid", "registry")] * 2, id="two bad"
        ),
        pytest.param(disks.quobyte_faults, {}, [("Required", "registry"), ("Required", "volume")], id="no registry"),
        pytest.param(
            disks.quobyte_faults,
            {"registry": "a", "tenant": "a" * 65, "volume": "a"},
            [("Required", "tenant")],
            id="a long tenant",
        ),
        pytest.param(disks.secret_ref_faults, {}, [], id="no Secret"),
        pytest.param(
            disks.secret_ref_faults, {"secretRef": {}}, [("Required", "secretRef.name")], id="a nameless Secret"
        ),
        pytest.param(
            disks.storageos_faults,
            {"volumeName": "a.b", "volumeNamespace": "A", "secretRef": {"name": "a"}},
            [("Invalid", "volumeName"), ("Invalid", "volumeNamespace")],
            id="bad labels",
        ),
        pytest.param(disks.storageos_faults, {"volumeName": "a"}, [], id="a good label"),
        pytest.param(
            disks.flex_volume_faults,
            {"options": {"a": "", "kubernetes.io/a": "", "My.K8S.io": "", "mykubernetes.io/a": ""}},
            [("Invalid", "options[kubernetes.io/a]"), ("Invalid", "options[My.K8S.io]")],
            id="options of Kubernetes",
        ),
        pytest.param(disks.flex_volume_faults, {}, [], id="no options"),
        pytest.param(disks.azure_disk_faults, {"diskURI": "https://a"}, [], id="a shared disk"),
        pytest.param(
            disks.azure_disk_faults, {"diskURI": "/subscriptions/a", "kind": "Managed"}, [], id="a managed disk"
        ),
        pytest.param(
            disks.azure_disk_faults, {"diskURI": "/subscriptions/a"}, [("NotSupported", "diskURI")], id="another kind"
        ),
        pytest.param(
            disks.azure_disk_faults,
            {"kind": "a", "cachingMode": ""},
            [("NotSupported", "cachingMode"), ("NotSupported", "kind"), ("NotSupported", "diskURI")],
            id="nothing known",
        ),
        pytest.param(disks.csi_faults, {"driver": "Csi.Example"}, [], id="a driver of any case"),
        pytest.param(disks.csi_faults, {"driver": "a" * 64}, [("TooLong", "driver")], id="a long driver"),
        pytest.param(disks.csi_faults, {"driver": "a_b"}, [("Invalid", "driver")], id="a bad driver"),
        pytest.param(
            disks.csi_faults,
            {"nodePublishSecretRef": {}},
            [("Required", "nodePublishSecretRef.name")],
            id="no Secret's name",
        ),
        pytest.param(
            disks.csi_faults,
            {"nodePublishSecretRef": {"name": "A"}},
            [("Invalid", "name")],
            id="a bad Secret, told elsewhere",
        ),
        pytest.param(disks.csi_faults, {"nodePublishSecretRef": {"name": "a"}}, [], id="a Secret"),
    ],
)
def test_a_disk_is_judged_by_its_kind(check, source, faults):
    assert faults == told(check(source))
