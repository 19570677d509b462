"""The pytest plugin that gives tests a real Kubernetes API server and a busybox.

Fixtures, all of the session: `cluster_binaries` (Binaries), `api_server` (ApiServer), `busybox` (a path); and
`namespace` (the name of a fresh one, for one test). A test that uses the API server is marked `e2e` here, and put into
one group, so that with pytest-xdist one worker starts one server for all of them.

What has to be built is built between collecting and running: only if a test that was chosen needs it, with its
progress on the terminal, in nobody's time limit, and while no other test is being timed. What can be neither found nor
built is skipped, and the summary then has one line that begins with `LEFT OUT:`.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.cluster import busybox as busybox_source
from tests.cluster import control_plane
from tests.cluster.api_server import ApiServer
from tests.cluster.binaries import Binaries, find_or_build
from tests.cluster.left_out import LeftOutError

PREFIX = "LEFT OUT: "
GROUP = "e2e"

Thing = TypeVar("Thing")

_BINARIES = pytest.StashKey[Binaries | LeftOutError]()
_BUSYBOX = pytest.StashKey[Path | LeftOutError]()


@pytest.fixture(scope="session")
def cluster_binaries(pytestconfig: pytest.Config) -> Binaries:
    """kube-apiserver, etcd and kubectl."""
    return _given(pytestconfig, _BINARIES, find_or_build)


@pytest.fixture(scope="session")
def api_server(cluster_binaries: Binaries) -> Iterator[ApiServer]:
    """A ready API server with RBAC, without the admission plugins ServiceAccount and RuntimeClass."""
    with control_plane.running(cluster_binaries) as server:
        yield server


@pytest.fixture
def namespace(api_server: ApiServer) -> str:
    """The name of a namespace that no other test uses; nobody deletes it before the server goes."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    api_server.kubectl("create", "namespace", name, check=True)
    return name


@pytest.fixture(scope="session")
def busybox(pytestconfig: pytest.Config) -> Path:
    """A busybox program."""
    return _given(pytestconfig, _BUSYBOX, busybox_source.find_or_fetch)


@pytest.hookimpl(tryfirst=True)  # before -m chooses and before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the API server."""
    for item in items:
        if "cluster_binaries" in _fixtures(item):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group(GROUP))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Find or build what the chosen tests need."""
    if session.config.option.collectonly:
        return
    needed = {name for item in session.items for name in _fixtures(item)}
    if "cluster_binaries" in needed:
        _outcome(session.config, _BINARIES, find_or_build)
    if "busybox" in needed:
        _outcome(session.config, _BUSYBOX, busybox_source.find_or_fetch)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out, if anything was."""
    said: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple):
            _, found, reason = report.longrepr[2].partition(PREFIX)
            said.update([reason] if found else [])
    if said:
        parts = (f"{count} test{'s' * (count > 1)}, because {reason}" for reason, count in said.items())
        terminalreporter.write_line(PREFIX + "; ".join(parts))


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _given(config: pytest.Config, key: pytest.StashKey[Thing | LeftOutError], make: Callable[[], Thing]) -> Thing:
    outcome = _outcome(config, key, make)
    if isinstance(outcome, LeftOutError):
        pytest.skip(f"{PREFIX}{outcome}")
    return outcome


def _outcome(
    config: pytest.Config, key: pytest.StashKey[Thing | LeftOutError], make: Callable[[], Thing]
) -> Thing | LeftOutError:
    """Make a thing once in this process; a failure is remembered as well."""
    if key not in config.stash:
        try:
            config.stash[key] = make()
        except LeftOutError as error:
            config.stash[key] = error
    return config.stash[key]
