"""The service is gone, or comes back: failurePolicy says what follows, and kubectl says whose fault it is."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.cluster.api_server import ApiServer
from tests.e2e.objects import init_names
from tests.e2e.place import new_place
from tests.e2e.registration import Registration, registered
from tests.e2e.samples import init, pod
from tests.e2e.service import Service

INJECTED = ["wait-for-myservice", "wait-for-mydb"]


@dataclass(frozen=True)
class Outage:
    """A service that may be stopped, registered twice: once it must answer, once it may stay silent."""

    service: Service
    must: Registration
    may: Registration


@pytest.fixture(scope="module")
def outage(api_server: ApiServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outage]:
    service = Service.prepare(tmp_path_factory.mktemp("stoppable"))
    with ExitStack() as stack:
        stack.callback(service.stop)
        service.start()
        must = stack.enter_context(registered(api_server, service, "prologue-must"))
        may = stack.enter_context(registered(api_server, service, "prologue-may", failure_policy="Ignore"))
        yield Outage(service, must, may)


@pytest.fixture
def stopped(outage: Outage) -> Outage:
    outage.service.stop()
    return outage


def test_where_it_may_stay_silent_a_pod_is_made_without_its_injection(api_server: ApiServer, stopped: Outage):
    place = new_place(api_server, stopped.may.labels)

    applied = place.apply("asks-to-wait.yaml")

    assert applied.stdout == "pod/asks-to-wait created\n"
    assert init_names(place.pod("asks-to-wait")) == []


def test_where_it_may_stay_silent_kubernetes_still_refuses_what_is_wrong(api_server: ApiServer, stopped: Outage):
    place = new_place(api_server, stopped.may.labels)

    answer = place.dry_run(pod(init(lifecycle={})))

    assert answer.causes == [("Forbidden", "spec.initContainers[0].lifecycle")]


def test_where_it_must_answer_kubectl_names_the_webhook(api_server: ApiServer, stopped: Outage):
    place = new_place(api_server, stopped.must.labels)

    applied = place.apply("asks-to-wait.yaml")

    assert applied.returncode == 1
    assert 'failed calling webhook "mutate.prologue.dev"' in applied.stderr
    assert "connection refused" in applied.stderr
    assert place.pods() == {}


@pytest.mark.parametrize("registration", ["must", "may"], ids=["must answer", "may stay silent"])
def test_once_it_is_back_pods_are_injected_into_again(api_server: ApiServer, stopped: Outage, registration: str):
    place = new_place(api_server, getattr(stopped, registration).labels)

    stopped.service.start()
    place.apply("asks-to-wait.yaml")

    assert init_names(place.pod("asks-to-wait")) == INJECTED
