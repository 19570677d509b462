import pytest

from webhook.core.volume_source import kinds_of, source_faults


def told(volume):
    return [(str(fault.type), fault.path) for fault in source_faults(volume, kinds_of(volume), 36)]


@pytest.mark.parametrize(
    ("volume", "kinds"),
    [
        pytest.param({"name": "a"}, [], id="none"),
        pytest.param({"name": "a", "configMap": {}}, ["configMap"], id="one"),
        pytest.param({"secret": None, "emptyDir": {}}, ["emptyDir"], id="a null source is none"),
        pytest.param(
            {"image": {}, "hostPath": {}, "emptyDir": {}}, ["emptyDir", "hostPath", "image"], id="in its order"
        ),
        pytest.param({"configmap": {}}, [], id="a misspelt source is none"),
    ],
)
def test_sources_come_in_the_order_of_kubernetes(volume, kinds):
    assert kinds == kinds_of(volume)


REQUIRED = {
    "gitRepo": ["repository"],
    "gcePersistentDisk": ["pdName"],
    "awsElasticBlockStore": ["volumeID"],
    "iscsi": ["targetPortal", "iqn"],
    "glusterfs": ["endpoints", "path"],
    "persistentVolumeClaim": ["claimName"],
    "rbd": ["monitors", "image"],
    "cinder": ["volumeID"],
    "cephfs": ["monitors"],
    "flexVolume": ["driver"],
    "azureFile": ["secretName", "shareName"],
    "vsphereVolume": ["volumePath"],
    "photonPersistentDisk": ["pdID"],
    "portworxVolume": ["volumeID"],
    "storageos": ["volumeName"],
    "scaleIO": ["gateway", "system", "volumeName"],
    "csi": ["driver"],
    "ephemeral": ["volumeClaimTemplate"],
    "hostPath": ["path"],
    "secret": ["secretName"],
    "configMap": ["name"],
}


@pytest.mark.parametrize("kind", REQUIRED)
def test_an_empty_source_lacks_its_required_fields(kind):
    told_at = {"gcePersistentDisk": "persistentDisk"}.get(kind, kind)

    assert [("Required", f"{told_at}.{field}") for field in REQUIRED[kind]] == told({kind: {}})


@pytest.mark.parametrize(
    ("volume", "faults"),
    [
        pytest.param({}, [], id="no source is an emptyDir"),
        pytest.param({"emptyDir": {"sizeLimit": "0"}}, [], id="no room"),
        pytest.param({"emptyDir": {"sizeLimit": "-1"}}, [("Forbidden", "emptyDir.sizeLimit")], id="less than no room"),
        pytest.param({"hostPath": {"path": "a/../b", "type": ""}}, [("Invalid", "hostPath.path")], id="a climb"),
        pytest.param(
            {"hostPath": {"path": "a", "type": "Disk"}}, [("NotSupported", "hostPath.type")], id="an unknown type"
        ),
        pytest.param({"hostPath": {"type": "Disk"}}, [("Required", "hostPath.path")], id="a type without a path"),
        pytest.param({"image": {"pullPolicy": ""}}, [], id="the default policy"),
        pytest.param(
            {"image": {"pullPolicy": "Often"}}, [("NotSupported", "image.pullPolicy")], id="an unknown policy"
        ),
        pytest.param(
            {"emptyDir": {}, "configMap": {}}, [("Forbidden", "configMap")], id="a second source is not judged"
        ),
        pytest.param({"emptyDir": {}, "cephfs": {}}, [("Forbidden", "cephFS")], id="a second source by another name"),
        pytest.param({"emptyDir": {}, "downwardAPI": {}}, [("Forbidden", "downwarAPI")], id="with a misspelling"),
        pytest.param(
            {"name": "a", "emptyDir": {}, "iscsi": {"initiatorName": "", "targetPortal": "p" * 63}},
            [("Forbidden", "iscsi"), ("Invalid", "name")],
            id="even a second iscsi needs a short name",
        ),
    ],
)
def test_the_first_source_is_judged_and_the_others_forbidden(volume, faults):
    assert faults == told(volume)
