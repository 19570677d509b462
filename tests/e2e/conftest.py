"""A service that the API server asks, and namespaces that it does and does not ask about."""

from collections.abc import Iterator

import pytest

from tests.cluster.api_server import ApiServer
from tests.e2e.place import Place, new_place
from tests.e2e.registration import Registration, registered
from tests.e2e.service import Service


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service with the policies that stand beside the tests."""
    one = Service.prepare(tmp_path_factory.mktemp("service"))
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="session")
def webhook(api_server: ApiServer, service: Service) -> Iterator[Registration]:
    """The service, registered as deploy/base registers it, but with failurePolicy Fail: what is lost is seen."""
    with registered(api_server, service, "prologue-as-deployed") as registration:
        yield registration


@pytest.fixture(scope="session")
def wide_webhook(api_server: ApiServer, service: Service) -> Iterator[Registration]:
    """The service, registered for every operation on Pods, Deployments and all that is below them."""
    with registered(api_server, service, "prologue-wide", everything=True) as registration:
        yield registration


@pytest.fixture
def watched(api_server: ApiServer, webhook: Registration) -> Place:
    """A new namespace about which the service is asked."""
    return new_place(api_server, webhook.labels)


@pytest.fixture
def elsewhere(api_server: ApiServer, webhook: Registration) -> Place:
    """Another new namespace about which the service is asked."""
    return new_place(api_server, webhook.labels)


@pytest.fixture
def unwatched(api_server: ApiServer) -> Place:
    """A new namespace about which nobody is asked."""
    return new_place(api_server, {})
