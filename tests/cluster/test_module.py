import pytest

from tests.cluster import module
from tests.cluster.binaries import ETCD, KUBERNETES

THEIRS = """
module k8s.io/kubernetes

go 1.25.0

require (
	k8s.io/api v0.0.0
	k8s.io/klog/v2 v2.130.1
	k8s.io/kubectl v0.0.0
	k8s.io/utils v0.0.0-20250604170112-4c0f3b243397
)

replace k8s.io/api => ./staging/src/k8s.io/api
"""


@pytest.mark.parametrize("source", [module.kubernetes(KUBERNETES), module.etcd(ETCD)], ids=lambda source: source.name)
def test_the_modules_of_the_pinned_versions_are_frozen(source: module.Module):
    go_mod = (source.frozen / "go.mod").read_text()

    assert f"{source.path} v{source.version}" in go_mod
    assert all(program.package in go_mod for program in source.programs)
    assert f"{source.path} v{source.version} h1:" in (source.frozen / "go.sum").read_text()


def test_the_staging_modules_get_the_version_of_their_release():
    lines = module.kubernetes("1.35.4")._go_mod(THEIRS).splitlines()

    assert [line for line in lines if line.startswith("replace")] == [
        "replace k8s.io/api => k8s.io/api v0.35.4",
        "replace k8s.io/kubectl => k8s.io/kubectl v0.35.4",
    ]
    assert "go 1.25.0" in lines
