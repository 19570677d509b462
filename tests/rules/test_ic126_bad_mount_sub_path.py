import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic126_bad_mount_sub_path import check


@pytest.mark.parametrize(
    ("fields", "findings"),
    [
        pytest.param({}, [], id="none"),
        pytest.param({"subPath": "a/b"}, [], id="down"),
        pytest.param({"subPath": "", "subPathExpr": None}, [], id="empty and null"),
        pytest.param({"subPath": "/a"}, [".subPath"], id="absolute, told without an index"),
        pytest.param({"subPath": "/../a"}, [".subPath", ".subPath"], id="absolute and a climb"),
        pytest.param({"subPathExpr": "$(POD)/.."}, [".subPathExpr"], id="a climb in an expression"),
        pytest.param({"subPath": "..a"}, [], id="dots in a name"),
        pytest.param({"subPath": "a", "subPathExpr": "b"}, ["[1].subPathExpr"], id="both, told with an index"),
        pytest.param(
            {"subPath": "/", "subPathExpr": "/"}, ["[1].subPathExpr", ".subPath", ".subPathExpr"], id="both bad"
        ),
    ],
)
def test_a_sub_path_leads_down(fields, findings):
    mounts = [None, {"name": "data", "mountPath": "/data", **fields}]
    manifest = pod(init=[container("fetch", volumeMounts=mounts)])

    expected = [("Invalid", f"spec.initContainers[0].volumeMounts{path}") for path in findings]

    assert expected == [(str(finding.type), finding.path) for finding in check(view(manifest))]
