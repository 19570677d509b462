import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic125_incomplete_mount import check


@pytest.mark.parametrize(
    ("mount", "fields"),
    [
        pytest.param({"name": "data", "mountPath": "/data"}, [], id="complete"),
        pytest.param({"name": "data", "mountPath": "a:b"}, [], id="a path that is none"),
        pytest.param({"name": "data"}, ["mountPath"], id="no path"),
        pytest.param({"mountPath": "/data"}, ["name"], id="no name"),
        pytest.param({"name": "", "mountPath": None}, ["name", "mountPath"], id="empty and null"),
        pytest.param(None, ["name", "mountPath"], id="null"),
    ],
)
def test_a_mount_says_what_and_where(mount, fields):
    manifest = pod(init=[container("fetch", volumeMounts=[{"name": "a", "mountPath": "/a"}, mount])])

    findings = [(str(finding.type), finding.path) for finding in check(view(manifest))]

    assert [("Required", f"spec.initContainers[0].volumeMounts[1].{field}") for field in fields] == findings


def test_mounts_of_image_volumes_are_gone_before_35():
    mounts = [{"name": "pages"}, {"name": "data"}]
    manifest = pod(container(volumeMounts=mounts), volumes=[{"name": "pages", "image": {}}, {"name": "data"}])

    assert ["spec.containers[0].volumeMounts[0].mountPath"] == [one.path for one in check(view(manifest, 34))]
    assert 2 == len(list(check(view(manifest, 35))))
