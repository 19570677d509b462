from pathlib import Path

import pytest

from tests.cluster.binaries import KUBERNETES, find
from tests.cluster.progress import Progress

MINOR = KUBERNETES.rpartition(".")[0]


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing on the PATH, nothing in the cache."""
    monkeypatch.delenv("KUBEBUILDER_ASSETS", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setenv("PROLOGUE_CACHE", str(tmp_path / "cache"))
    return tmp_path


def programs(folder: Path, server: str, client: str = f"v{MINOR}.1") -> Path:
    folder.mkdir()
    says = {
        "kube-apiserver": f"Kubernetes {server}",
        "etcd": "etcd Version: 3.6.1",
        "kubectl": f"Client Version: {client}",
    }
    for name, line in says.items():
        (folder / name).write_text(f"#!/bin/sh\necho '{line}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_nothing_is_found_on_a_bare_machine():
    assert find(progress=Progress()) is None


def test_the_assets_of_envtest_go_before_the_path(bare_machine: Path, monkeypatch: pytest.MonkeyPatch):
    assets = programs(bare_machine / "assets", f"v{MINOR}.7")
    programs(bare_machine / "path", f"v{MINOR}.8")
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(assets))

    found = find(progress=Progress())

    assert found
    assert found.kube_apiserver == assets / "kube-apiserver"
    assert found.version == f"{MINOR}.7"


def test_the_path_is_searched(bare_machine: Path):
    programs(bare_machine / "path", f"v{MINOR}.8")

    found = find(progress=Progress())

    assert found
    assert found.version == f"{MINOR}.8"


@pytest.mark.parametrize(
    ("server", "client"),
    [
        pytest.param("v1.31.0", f"v{MINOR}.0", id="another server"),
        pytest.param(f"v{MINOR}.0", "v1.31.0", id="another kubectl"),
        pytest.param("is unwell", f"v{MINOR}.0", id="no version at all"),
    ],
)
def test_programs_of_another_minor_are_passed_over(bare_machine: Path, server: str, client: str):
    programs(bare_machine / "path", server, client)

    assert find(progress=Progress()) is None


def test_assets_with_a_program_missing_are_passed_over_aloud(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    assets = programs(bare_machine / "assets", f"v{MINOR}.7")
    (assets / "etcd").unlink()
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(assets))

    found = find(progress=Progress())

    assert found is None
    assert f"KUBEBUILDER_ASSETS={assets} is passed over" in capfd.readouterr().err
