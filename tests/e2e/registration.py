"""The two webhook configurations of `deploy/base`, pointed at a service on this machine and at the tests' namespaces."""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.cluster.api_server import ApiServer
from tests.e2e.place import make_namespace
from tests.e2e.samples import pod
from tests.e2e.service import Service

BASE = Path(__file__).parents[2] / "deploy" / "base"
CONFIGURATIONS = ("mutating-webhook.yaml", "validating-webhook.yaml")
ADMISSION = "/apis/admissionregistration.k8s.io/v1"
# Which registration looks at a namespace; the API server is shared with tests that want none.
LABEL = "prologue.dev/registration"
# The API server takes up a configuration within a second.
EFFECT_SECONDS = 30.0
POLL_SECONDS = 0.1
# Everything that Pods and Deployments can be asked, whatever the base asks.
EVERYTHING = [
    {
        "apiGroups": ["", "apps"],
        "apiVersions": ["v1"],
        "resources": ["pods", "pods/*", "deployments", "deployments/*"],
        "operations": ["*"],
        "scope": "Namespaced",
    }
]


@dataclass(frozen=True, slots=True)
class Registration:
    """A service that the API server asks about the objects in namespaces with these `labels`."""

    service: Service
    name: str

    @property
    def labels(self) -> dict[str, str]:
        """The labels of a namespace that it looks at."""
        return {LABEL: self.name}


@contextmanager
def registered(
    api_server: ApiServer, service: Service, name: str, *, failure_policy: str = "Fail", everything: bool = False
) -> Iterator[Registration]:
    """Register a running service under a name, wait until it is asked, and take it away in the end.

    Only the address, the name, the failurePolicy and the label of the namespaces differ from the base; with
    `everything` also what it is asked about.
    """
    registration = Registration(service, name)
    made: list[str] = []
    try:
        for file in CONFIGURATIONS:
            configuration = yaml.safe_load((BASE / file).read_text())
            _point_here(configuration, registration, failure_policy)
            if everything:
                _widen(configuration)
            collection = f"{ADMISSION}/{configuration['kind'].lower()}s"
            answer = api_server.request("POST", collection, configuration)
            assert answer.status == 201, answer.body
            made.append(f"{collection}/{name}")
        _wait_until_asked(api_server, registration)
        yield registration
    finally:
        for path in made:
            api_server.request("DELETE", path)


def _point_here(configuration: dict[str, Any], registration: Registration, failure_policy: str) -> None:
    service = registration.service
    configuration["metadata"]["name"] = registration.name
    for one in configuration["webhooks"]:
        one["clientConfig"] = {
            "url": service.url(one["clientConfig"]["service"]["path"]),
            "caBundle": base64.b64encode(service.ca_pem).decode(),
        }
        one["failurePolicy"] = failure_policy
        one["namespaceSelector"] = {**one["namespaceSelector"], "matchLabels": registration.labels}


def _widen(configuration: dict[str, Any]) -> None:
    for one in configuration["webhooks"]:
        one["rules"] = EVERYTHING
        one["matchConditions"] = []


def _wait_until_asked(api_server: ApiServer, registration: Registration) -> None:
    """Send Pods that nobody keeps until both routes have seen one."""
    namespace = f"probe-{registration.name}"
    make_namespace(api_server, namespace, registration.labels)
    deadline = time.monotonic() + EFFECT_SECONDS
    while True:
        answer = api_server.dry_run(pod(), namespace=namespace)
        if answer.status == 201 and _both_routes_were_asked(registration, namespace):
            return
        if time.monotonic() > deadline:
            raise AssertionError(f"the API server does not ask {registration.name}: {answer.body}")
        time.sleep(POLL_SECONDS)


def _both_routes_were_asked(registration: Registration, namespace: str) -> bool:
    routes = {review["route"] for review in registration.service.reviews(namespace=namespace)}
    return routes == {"mutate", "validate"}
