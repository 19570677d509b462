"""Certificates that change while the service runs: new connections see the new pair, open ones keep the old."""

import hashlib
import http.client
from collections.abc import Callable

import pytest

from certs.issue import Issued
from certs.secret import PrivateKey
from certs.store import StoredPair, write_pair
from tests.builders import envelope, pod
from tests.server.conftest import Start
from tests.server.service import Service, eventually, post

# Looked at every two seconds, events or not; the rest is for a machine that is busy.
SOON = 10.0


def shown(connection: http.client.HTTPConnection) -> str:
    """The fingerprint of the certificate that a connection was shown."""
    return hashlib.sha256(connection.sock.getpeercert(binary_form=True)).hexdigest()


def shown_to_a_new_one(service: Service) -> str:
    with service.connect() as connection:
        return shown(connection)


def certificate_check(service: Service) -> dict:
    answer = service.get("/readyz")
    assert answer.status == 200
    return next(check for check in answer.json["checks"] if check["name"] == "certificate")


def test_a_renewed_pair_is_shown_to_new_connections_and_drops_no_old_one(start: Start, issue: Callable[[], Issued]):
    service = start()
    before = service.metrics()["prologue_certificate_not_after_seconds"]
    with service.connect() as kept:
        old = shown(kept)
        socket = kept.sock
        assert post(kept, envelope(pod())).response["allowed"] is True

        write_pair(service.folder / "tls", issue().to_store(with_ca_key=False), force=True)

        new = eventually(lambda: (one := shown_to_a_new_one(service)) != old and one, seconds=SOON)
        assert post(kept, envelope(pod())).response["allowed"] is True
        assert kept.sock is socket
        assert shown(kept) == old
    assert service.log.wait("certificate loaded")["fingerprint"] == new
    assert service.review(pod())["allowed"] is True
    assert certificate_check(service)["ok"] is True
    assert service.metrics()["prologue_certificate_not_after_seconds"] >= before


@pytest.mark.parametrize("what", ["another pair's key", "no key"])
def test_a_pair_that_does_not_fit_never_replaces_the_good_one(start: Start, issue: Callable[[], Issued], what: str):
    service = start()
    tls = service.folder / "tls"
    old = shown_to_a_new_one(service)
    newer = issue()
    match what:
        case "no key":
            (tls / "tls.key").unlink()
        case _:
            store = newer.to_store(with_ca_key=False)
            mixed = StoredPair(cert_pem=store.cert_pem, key=PrivateKey(issue().key.reveal()), ca_pem=store.ca_pem)
            write_pair(tls, mixed, force=True)

    told = service.log.wait("certificate refused")

    check = certificate_check(service)
    assert told["level"] == "error"
    assert str(tls) in told["problem"]
    assert "PRIVATE" not in told["problem"]
    assert (check["ok"], check["detail"]) == (False, told["problem"])
    assert service.metrics()["prologue_certificate_refused"] == 1
    assert shown_to_a_new_one(service) == old
    assert service.review(pod())["allowed"] is True

    write_pair(tls, newer.to_store(with_ca_key=False), force=True)

    eventually(lambda: shown_to_a_new_one(service) != old, seconds=SOON)
    eventually(lambda: certificate_check(service)["ok"])
    assert service.metrics()["prologue_certificate_refused"] == 0
