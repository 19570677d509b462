import pytest

from tests.builders import container, pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.kubernetes.ic123_bad_file_key_reference import check

GOOD = {"volumeName": "made", "path": "a.env", "key": "A"}
MADE = {"name": "made", "emptyDir": {}}


def env(**ref):
    return {"env": [{"name": "A", "valueFrom": {"fileKeyRef": {**GOOD, **ref}}}]}


def told(seen):
    return [(str(finding.type), finding.path.rpartition(".fileKeyRef.")[2]) for finding in check(seen)]


@pytest.mark.parametrize(
    ("ref", "findings"),
    [
        pytest.param({}, [], id="a key of a file"),
        pytest.param({"path": "/a", "key": "a b"}, [], id="an absolute path, and a space in the key"),
        pytest.param({"key": ""}, [("Required", "key")], id="no key"),
        pytest.param({"key": "A=B"}, [("Invalid", "key")], id="a bad key"),
        pytest.param({"path": None}, [("Required", "path")], id="no path"),
        pytest.param({"path": "a/../b"}, [("Invalid", "path")], id="a climb"),
        pytest.param({"volumeName": ""}, [("Required", "volumeName"), ("NotFound", "volumeName")], id="no volume"),
        pytest.param({"volumeName": "A"}, [("Invalid", "volumeName"), ("NotFound", "volumeName")], id="a bad volume"),
        pytest.param({"volumeName": "gone"}, [("NotFound", "volumeName")], id="a volume that is not there"),
    ],
)
def test_a_reference_names_key_file_and_volume(ref, findings):
    assert findings == told(view(pod(container(**env(**ref)), volumes=[MADE])))


@pytest.mark.parametrize(
    ("volumes", "findings"),
    [
        pytest.param([{"name": "made"}], [], id="no source is an emptyDir"),
        pytest.param([{"name": "made", "emptyDir": {"sizeLimit": "-1"}}], [], id="an emptyDir with a fault"),
        pytest.param([{"name": "made", "configMap": {}}], [("Invalid", "volumeName")], id="a ConfigMap"),
        pytest.param([{"name": "made", "secret": {}}, MADE], [], id="of two the last"),
        pytest.param([MADE, {"name": "made", "secret": {}}], [("Invalid", "volumeName")], id="and only the last"),
    ],
)
def test_the_volume_is_an_empty_dir_as_it_is_written(volumes, findings):
    assert findings == told(view(pod(container(**env()), volumes=volumes)))


def test_a_claim_of_a_stateful_set_replaces_the_volume():
    manifest = workload("StatefulSet", pod(container(**env()), volumes=[MADE]))
    manifest["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "made"}}]

    assert [("Invalid", "volumeName")] == told(workload_of("apps/v1", "StatefulSet").pod(manifest, 36))


def test_nothing_is_said_before_35():
    assert [] == told(view(pod(container(**env(key=""))), 34))


def test_every_container_is_looked_at():
    manifest = pod(container(**env(key="")), init=[container("fetch", **env(path=""))], volumes=[MADE])

    assert [("Required", "key"), ("Required", "path")] == told(view(manifest))
