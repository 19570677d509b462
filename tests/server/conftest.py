"""A running service for the tests that only read, and the means to run one for those that change or end it."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from certs.authority import CertificateAuthority
from certs.issue import Issued, issue_pair
from tests.server.service import Service, running

# Pods labelled app=web are warmed up, those that ask are greeted.
INJECTIONS = """
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: warm-up}
spec:
  match:
    podSelector:
      matchLabels: {app: web}
  initContainers:
  - container:
      name: warm-up
      image: registry.example/warm-up:1
      resources:
        requests: {cpu: 200m}
      volumeMounts:
      - {name: cache, mountPath: /cache}
    position: first
  volumes:
  - {name: cache, emptyDir: {}}
  appContainers:
    volumeMounts:
    - {name: cache, mountPath: /cache}
---
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: greeting}
spec:
  request: Annotation
  initContainers:
  - container: {name: greeting, image: "registry.example/greeting:1"}
"""

# A few rules speak, so that these tests stay the same whatever rules there are: requests above limits warn.
POLICY = f"""
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {{name: severities}}
spec:
  rules:
    IC: Ignore
    IC100: Deny
    IC101: Deny
    IC102: Deny
    IC103: Deny
    IC104: Deny
    IC106: Deny
    IC107: Warn
    IC401: Deny
    IC402: Warn
---
{INJECTIONS}"""

Start = Callable[..., Service]


@pytest.fixture(scope="session")
def authority() -> CertificateAuthority:
    return CertificateAuthority.create(now=datetime.now(UTC))


@pytest.fixture(scope="session")
def issue(authority: CertificateAuthority) -> Callable[[], Issued]:
    """Issue one more pair for loopback by the one authority."""

    def another() -> Issued:
        return issue_pair(["localhost", "127.0.0.1"], now=datetime.now(UTC), days=1, ca=authority)

    return another


@pytest.fixture(scope="session")
def issued(issue: Callable[[], Issued]) -> Issued:
    return issue()


@pytest.fixture(scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, issued: Issued
) -> Iterator[Service]:
    """One service for all tests of a module that leave it as it is; a module may have a POLICY of its own."""
    policy = getattr(request.module, "POLICY", POLICY)
    with running(tmp_path_factory.mktemp("service"), issued, policy=policy) as one:
        yield one


@pytest.fixture
def start(tmp_path: Path, issued: Issued) -> Iterator[Start]:
    """Start a service that ends with the test; it serves on for as long after SIGTERM as the test says."""
    with contextlib.ExitStack() as stack:

        def run(*flags: str, drain: float = 0, **options: Any) -> Service:
            return stack.enter_context(
                running(tmp_path, issued, "--drain-seconds", str(drain), *flags, **{"policy": POLICY, **options})
            )

        yield run
