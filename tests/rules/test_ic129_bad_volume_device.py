import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic129_bad_volume_device import check

DISK = {"name": "disk", "persistentVolumeClaim": {"claimName": "disk"}}
CLAIM = {"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}
SCRATCH = {"name": "scratch", "ephemeral": {"volumeClaimTemplate": CLAIM}}
EMPTY = {"name": "empty", "emptyDir": {}}
BAD = {"name": "bad", "persistentVolumeClaim": {}}


def told(devices, mounts=None, minor=36, **spec):
    one = container("format", volumeDevices=devices, volumeMounts=mounts)
    manifest = pod(init=[one], volumes=[DISK, SCRATCH, EMPTY, BAD], **spec)
    findings = check(view(manifest, minor))
    return sorted((str(one.type), one.path.removeprefix("spec.initContainers[0].")) for one in findings)


def device(name, path="/dev/x"):
    return {"name": name, "devicePath": path}


NAME, PATH = "volumeDevices[0].name", "volumeDevices[0].devicePath"


@pytest.mark.parametrize(
    ("one", "findings"),
    [
        pytest.param(device("disk"), [], id="a claim"),
        pytest.param(device("scratch", "dev"), [], id="an ephemeral volume at a relative path"),
        pytest.param(device("empty"), [("Invalid", NAME)], id="no claim"),
        pytest.param(device("gone"), [("NotFound", NAME)], id="no volume"),
        pytest.param(device("bad"), [("NotFound", NAME)], id="a volume with a fault"),
        pytest.param(device("disk", ""), [("Required", PATH)], id="no path"),
        pytest.param(device("disk", "/dev/../x"), [("Invalid", PATH)], id="a climb"),
        pytest.param(None, [("NotFound", NAME), ("Required", PATH), ("Required", NAME)], id="null"),
    ],
)
def test_a_device_is_a_claim_at_a_path(one, findings):
    assert sorted(findings) == told([one])


@pytest.mark.parametrize(
    ("devices", "findings"),
    [
        pytest.param([device("disk", "/a"), device("scratch", "/b")], [], id="two"),
        pytest.param(
            [device("disk", "/a"), device("disk", "/b")], [("Invalid", "volumeDevices[1].name")], id="one name"
        ),
        pytest.param(
            [device("disk", "/a"), device("scratch", "/a")], [("Invalid", "volumeDevices[1].devicePath")], id="one path"
        ),
        pytest.param(
            [device("", ""), device("", "")],
            [
                ("Invalid", "volumeDevices[1].devicePath"),
                *[("NotFound", f"volumeDevices[{i}].name") for i in (0, 1)],
                *[("Required", f"volumeDevices[{i}].{field}") for i in (0, 1) for field in ("devicePath", "name")],
            ],
            id="empty paths clash, empty names do not",
        ),
        pytest.param(
            [device("disk", "/.."), device("scratch", "/..")],
            [("Invalid", "volumeDevices[0].devicePath"), ("Invalid", "volumeDevices[1].devicePath")],
            id="two climbs do not clash",
        ),
    ],
)
def test_devices_of_one_container_do_not_clash(devices, findings):
    assert findings == told(devices)


@pytest.mark.parametrize(
    ("mounts", "findings"),
    [
        pytest.param([{"name": "empty", "mountPath": "/data"}], [], id="apart"),
        pytest.param(
            [{"name": "disk", "mountPath": "/data"}],
            [("Invalid", NAME), ("Invalid", "volumeMounts[0].name")],
            id="one name",
        ),
        pytest.param(
            [{"name": "empty", "mountPath": "/dev/x"}],
            [("Invalid", PATH), ("Invalid", "volumeMounts[0].mountPath")],
            id="one path",
        ),
        pytest.param(
            [{"name": "empty", "mountPath": "/dev/x"}, {"name": "empty", "mountPath": "/y"}],
            [("Invalid", "volumeMounts[0].mountPath")],
            id="of two mounts of one volume the device knows the last",
        ),
    ],
)
def test_clashes_with_mounts_are_told_at_both(mounts, findings):
    assert findings == told([device("disk")], mounts)


@pytest.mark.parametrize(
    ("minor", "host_users", "findings"),
    [
        pytest.param(33, False, [], id="1.33"),
        pytest.param(34, False, [("Forbidden", "volumeDevices")], id="1.34"),
        pytest.param(36, True, [], id="the node's users"),
        pytest.param(36, None, [], id="nothing said"),
    ],
)
def test_a_user_namespace_has_no_devices_since_34(minor, host_users, findings):
    assert findings == told([device("disk")], minor=minor, hostUsers=host_users)


def test_every_container_is_looked_at():
    one = {"volumeDevices": [device("disk", "")]}

    findings = check(view(pod(container(**one), init=[container("format", **one)], volumes=[DISK])))

    assert [f"spec.{place}[0].{PATH}" for place in ("containers", "initContainers")] == [one.path for one in findings]
