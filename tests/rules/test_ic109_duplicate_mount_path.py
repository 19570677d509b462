import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic109_duplicate_mount_path import check


def mounts(*paths):
    return {"volumeMounts": [{"name": "data", "mountPath": path} for path in paths]}


@pytest.mark.parametrize(
    ("paths", "indices"),
    [
        pytest.param(["/a", "/b"], [], id="two paths"),
        pytest.param(["/a", "/a"], [1], id="twice"),
        pytest.param(["/a", "/a", "/a"], [1, 2], id="three times"),
        pytest.param(["/a", "/a/"], [], id="a slash at the end makes another path"),
        pytest.param(["", ""], [1], id="two empty paths"),
        pytest.param(["", None], [1], id="an empty path and a null one"),
    ],
)
def test_the_later_of_two_equal_paths_is_invalid(paths, indices):
    manifest = pod(init=[container("fetch", **mounts(*paths))])

    findings = [(str(finding.type), finding.path) for finding in check(view(manifest))]

    assert [("Invalid", f"spec.initContainers[0].volumeMounts[{i}].mountPath") for i in indices] == findings


def test_two_containers_may_mount_at_one_path():
    manifest = pod(container(**mounts("/a")), init=[container("fetch", **mounts("/a"))])

    assert [] == list(check(view(manifest)))


def test_mounts_of_image_volumes_are_gone_before_35():
    mounts = [{"name": name, "mountPath": "/a"} for name in ("pages", "data", "data")]
    volumes = [{"name": "pages", "image": {"reference": "registry.example/pages:1"}}, {"name": "data"}]
    manifest = pod(container(volumeMounts=mounts), volumes=volumes)

    assert ["spec.containers[0].volumeMounts[1].mountPath"] == [finding.path for finding in check(view(manifest, 34))]
    assert 2 == len(list(check(view(manifest, 35))))
