import asyncio
import hashlib
import socket
import ssl
import threading

import pytest

from certs import reload
from certs.errors import CertificateError, LifetimeError, StoreError
from certs.examine import examine
from certs.reload import Outcome, ServingPair, Verdict


def fingerprint_of(issued, now):
    return examine(issued.cert_pem, now=now).leaf.fingerprint


@pytest.fixture
def shown(serve, trusting, dial, seen, issued):
    """What a new connection to the pair is shown, when the authority of the first pair is trusted."""

    def start(pair):
        server = serve(pair.make_context())

        def look(host="localhost", ca_pem=issued.ca_pem):
            with dial(server.port, trusting(ca_pem), host) as connection:
                return seen(connection)

        return look

    return start


def test_a_pair_tells_what_it_serves(tmp_path, put, issued, now):
    pair = ServingPair(*put(tmp_path, issued))

    leaf = examine(issued.cert_pem, now=now).leaf
    assert (pair.fingerprint, pair.not_after) == (leaf.fingerprint, leaf.not_after)


def test_files_that_stay_as_they_are_change_nothing(tmp_path, put, issued, now):
    pair = ServingPair(*map(str, put(tmp_path, issued)))
    put(tmp_path, issued)

    assert pair.refresh(now) == Outcome(Verdict.UNCHANGED)


def test_new_files_are_seen_by_new_connections(tmp_path, put, issued, other, now, shown):
    pair = ServingPair(*put(tmp_path, issued))
    look = shown(pair)
    before = look()

    put(tmp_path, other)
    outcome = pair.refresh(now)

    assert outcome == Outcome(Verdict.RELOADED)
    assert before == fingerprint_of(issued, now)
    assert look() == look("127.0.0.1") == pair.fingerprint == fingerprint_of(other, now)


def test_a_connection_opened_before_goes_on(tmp_path, put, issued, other, now, serve, trusting, dial, seen):
    pair = ServingPair(*put(tmp_path, issued))
    server = serve(pair.make_context())

    with dial(server.port, trusting(issued.ca_pem)) as connection:
        put(tmp_path, other)
        assert pair.refresh(now).verdict == Verdict.RELOADED
        connection.sendall(b"still here")

        assert connection.recv(16) == b"still here"
        assert seen(connection) == fingerprint_of(issued, now)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda each: each.name)
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_every_client_is_handed_to_the_newest_pair(
    tmp_path, put, issued, other, now, serve, trusting, dial, seen, version, host
):
    pair = ServingPair(*put(tmp_path, issued))
    server = serve(pair.make_context())
    put(tmp_path, other)
    pair.refresh(now)
    client = trusting(issued.ca_pem)
    client.minimum_version = client.maximum_version = version
    client.set_alpn_protocols(["http/1.1"])

    with dial(server.port, client, host) as connection:
        assert seen(connection) == fingerprint_of(other, now)
        assert connection.selected_alpn_protocol() == "http/1.1"


def test_a_client_with_a_session_of_an_older_pair_still_connects(tmp_path, put, issued, other, now, serve, trusting):
    pair = ServingPair(*put(tmp_path, issued))
    server = serve(pair.make_context())
    client, sessions = trusting(issued.ca_pem), [None]

    for newer in (other, issued):
        with (
            socket.create_connection(("127.0.0.1", server.port), 5) as plain,
            client.wrap_socket(plain, server_hostname="localhost", session=sessions[-1]) as connection,
        ):
            connection.sendall(b"hello")
            assert connection.recv(16) == b"hello"
            sessions.append(connection.session)
        put(tmp_path, newer)
        assert pair.refresh(now).verdict == Verdict.RELOADED

    server.close()
    assert server.refused == []


def test_a_mismatched_pair_never_replaces_the_good_one(tmp_path, put, issued, other, now, shown):
    cert_file, key_file = put(tmp_path, issued)
    pair = ServingPair(cert_file, key_file)
    look = shown(pair)

    key_file.write_bytes(other.key.reveal())
    outcome = pair.refresh(now)

    assert outcome.verdict == Verdict.REFUSED
    assert f"{key_file}: the private key does not fit the certificate in {cert_file}" in outcome.reason
    assert "still serving CN=localhost" in outcome.reason
    assert look() == look() == fingerprint_of(issued, now)


def test_a_pair_exchanged_file_by_file_is_refused_first_and_served_then(tmp_path, put, issued, other, now, shown):
    cert_file, key_file = put(tmp_path, issued)
    pair = ServingPair(cert_file, key_file)
    look = shown(pair)

    cert_file.write_bytes(other.cert_pem)
    between = pair.refresh(now).verdict
    key_file.write_bytes(other.key.reveal())
    after = pair.refresh(now).verdict

    assert (between, after) == (Verdict.REFUSED, Verdict.RELOADED)
    assert look() == fingerprint_of(other, now)


def test_a_pair_exchanged_while_it_is_read_is_refused(tmp_path, put, issued, other, now, monkeypatch):
    pair = ServingPair(*put(tmp_path, issued))
    read = reload.read_small

    def read_and_be_overtaken(path):
        content = read(path)
        put(tmp_path, other)
        return content

    monkeypatch.setattr(reload, "read_small", read_and_be_overtaken)

    assert "just being exchanged" in pair.refresh(now).reason
    assert pair.refresh(now) == Outcome(Verdict.RELOADED)


def spoil_missing(cert_file, _key_file):
    cert_file.unlink()


def spoil_folder(_cert_file, key_file):
    key_file.unlink()
    key_file.mkdir()


def spoil_empty(cert_file, _key_file):
    cert_file.write_bytes(b"")


def spoil_cut_short(cert_file, _key_file):
    cert_file.write_bytes(cert_file.read_bytes()[:300])


def spoil_nonsense(_cert_file, key_file):
    key_file.write_bytes(b"nonsense")


def spoil_swapped(cert_file, key_file):
    cert_pem, key_pem = cert_file.read_bytes(), key_file.read_bytes()
    cert_file.write_bytes(key_pem)
    key_file.write_bytes(cert_pem)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(spoil_missing, "tls.crt: there is no such file", id="missing"),
        pytest.param(spoil_folder, "tls.key: cannot be read", id="unreadable"),
        pytest.param(spoil_empty, "tls.crt: holds no certificate", id="empty"),
        pytest.param(spoil_cut_short, "tls.crt: a certificate in it is damaged", id="cut short"),
        pytest.param(spoil_nonsense, "tls.key: holds no private key", id="nonsense"),
        pytest.param(spoil_swapped, "tls.crt: holds a private key and no certificate", id="swapped"),
    ],
)
def test_bad_files_are_refused_and_the_old_pair_goes_on(tmp_path, put, issued, now, shown, spoil, reason):
    files = put(tmp_path, issued)
    pair = ServingPair(*files)
    look = shown(pair)

    spoil(*files)
    outcome = pair.refresh(now)

    assert outcome.verdict == Verdict.REFUSED
    assert reason in outcome.reason
    assert "PRIVATE KEY-----" not in outcome.reason
    assert look() == fingerprint_of(issued, now)


def test_an_expired_pair_is_served_with_a_warning(tmp_path, put, issued, expired, now):
    pair = ServingPair(*put(tmp_path, issued))

    put(tmp_path, expired)
    outcome = pair.refresh(now)

    assert outcome.verdict == Verdict.RELOADED
    assert "CN=localhost expired on" in outcome.warning
    assert pair.refresh(now) == Outcome(Verdict.UNCHANGED, warning=outcome.warning)


def test_a_pair_that_expires_while_it_serves_is_warned_of(tmp_path, put, issued, now):
    pair = ServingPair(*put(tmp_path, issued))

    before, after = pair.refresh(pair.not_after), pair.refresh(pair.not_after.replace(year=now.year + 1))

    assert before.warning == ""
    assert "expired on" in after.warning


def test_a_mounted_secret_is_followed_when_its_link_is_exchanged(tmp_path, mount, issued, other, now, shown):
    pair = ServingPair(*mount(tmp_path, issued))
    look = shown(pair)
    before = look()

    mount(tmp_path, other)
    outcome = pair.refresh(now)

    assert outcome == Outcome(Verdict.RELOADED)
    assert (before, look()) == (fingerprint_of(issued, now), fingerprint_of(other, now))


def test_the_certificate_of_the_old_key_type_is_no_longer_shown(
    tmp_path, put, issued, rsa_issued, now, serve, trusting, dial, seen
):
    pair = ServingPair(*put(tmp_path, rsa_issued))
    server = serve(pair.make_context())
    put(tmp_path, issued)
    pair.refresh(now)
    prefers_rsa = trusting(issued.ca_pem)
    prefers_rsa.maximum_version = ssl.TLSVersion.TLSv1_2
    prefers_rsa.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256")

    with dial(server.port, prefers_rsa) as connection:
        assert seen(connection) == fingerprint_of(issued, now)


def test_no_handshake_fails_while_pairs_are_exchanged(tmp_path, put, issued, other, now, shown):
    pair = ServingPair(*put(tmp_path, issued))
    look = shown(pair)
    prints = {fingerprint_of(issued, now), fingerprint_of(other, now)}
    strange, done = [], threading.Event()

    def exchange():
        while not done.is_set():
            for newer in (other, issued):
                put(tmp_path, newer)
                pair.refresh(now)

    def knock():
        strange.extend(each for each in (look() for _ in range(40)) if each not in prints)

    exchanger = threading.Thread(target=exchange)
    knockers = [threading.Thread(target=knock) for _ in range(2)]
    exchanger.start()
    for thread in knockers:
        thread.start()
    for thread in knockers:
        thread.join(60)
    done.set()
    exchanger.join(60)

    assert strange == []


def test_two_contexts_of_one_pair_are_both_kept_up(tmp_path, put, issued, other, now, shown):
    pair = ServingPair(*put(tmp_path, issued))
    looks = [shown(pair), shown(pair)]
    put(tmp_path, other)
    pair.refresh(now)

    assert {look() for look in looks} == {fingerprint_of(other, now)}


def test_an_asyncio_server_follows_too(tmp_path, put, issued, other, now, trusting):
    pair = ServingPair(*put(tmp_path, issued))

    async def shown_by_a_new_connection(port):
        client = trusting(issued.ca_pem)
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="localhost")
        shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        writer.close()
        await writer.wait_closed()
        return hashlib.sha256(shown).hexdigest()

    async def before_and_after():
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=pair.make_context())
        async with server:
            port = server.sockets[0].getsockname()[1]
            before = await shown_by_a_new_connection(port)
            put(tmp_path, other)
            pair.refresh(now)
            return before, await shown_by_a_new_connection(port)

    assert asyncio.run(before_and_after()) == (fingerprint_of(issued, now), fingerprint_of(other, now))


def test_a_pair_that_never_was_good_is_an_error(tmp_path, put, issued, other):
    cert_file, key_file = put(tmp_path, issued)
    key_file.write_bytes(other.key.reveal())

    with pytest.raises(CertificateError, match="does not fit"):
        ServingPair(cert_file, key_file)
    with pytest.raises(StoreError, match="there is no such file"):
        ServingPair(cert_file, tmp_path / "elsewhere")


def test_a_moment_without_a_time_zone_is_refused(tmp_path, put, issued, now):
    pair = ServingPair(*put(tmp_path, issued))

    with pytest.raises(LifetimeError, match="no time zone"):
        pair.refresh(now.replace(tzinfo=None))


def test_a_serving_pair_hides_its_key(tmp_path, put, issued):
    assert "PRIVATE" not in repr(ServingPair(*put(tmp_path, issued))._serving)
