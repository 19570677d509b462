import base64
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.authority import CertificateAuthority
from certs.draft import common_name, key_usage, new_key
from certs.errors import CertificateError, LifetimeError, NamesError
from certs.examine import examine
from certs.issue import issue_pair
from certs.pem import dump_certificate
from certs.problem import ProblemKind
from certs.secret import PrivateKey
from certs.validity import CLOCK_SKEW

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AUTHORITY = CertificateAuthority.create(now=MOMENT, lifetime=60 * DAY)
PAIR = issue_pair(["prologue.shop.svc", "*.example", "10.0.0.1", "::1"], now=MOMENT, days=30, ca=AUTHORITY)
OTHER = issue_pair(["prologue.shop.svc"], now=MOMENT, days=30)
# The object identifier 1.2.840.113549.1.1, under which RSA's signatures are numbered, in DER but for its end.
PKCS1 = bytes.fromhex("06092a864886f70d0101")
DER = x509.load_pem_x509_certificate(PAIR.cert_pem).public_bytes(Encoding.DER)


def kinds(examination):
    return [problem.kind for problem in examination.problems]


def to_pem(der):
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"


def handmade(*extensions, key=None, names=("localhost",)):
    """A self-signed certificate with just these extensions, as someone else's tool might make it."""
    key = key or new_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(common_name("handmade"))
        .issuer_name(common_name("handmade"))
        .public_key(key.public_key())
        .serial_number(255)
        .not_valid_before(MOMENT - DAY)
        .not_valid_after(MOMENT + DAY)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([*map(x509.DNSName, names)]), critical=False)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return dump_certificate(builder.sign(key, SHA256()))


def test_a_sound_pair_has_no_problems():
    examination = examine(
        PAIR.cert_pem, now=MOMENT, key=PAIR.key, ca_pem=PAIR.ca_pem, names=["Prologue.shop.svc", "a.example", "0::1"]
    )

    assert examination.problems == ()


def test_a_certificate_tells_what_it_is():
    certificate = x509.load_pem_x509_certificate(PAIR.cert_pem)

    leaf = examine(PAIR.cert_pem, now=MOMENT).leaf

    assert leaf.subject == leaf.title == "CN=prologue.shop.svc"
    assert leaf.issuer == "CN=Prologue CA"
    assert int(leaf.serial, 16) == certificate.serial_number
    assert (leaf.not_before, leaf.not_after) == (MOMENT - CLOCK_SKEW, MOMENT + 30 * DAY)
    assert leaf.names == ("prologue.shop.svc", "*.example", "10.0.0.1", "::1")
    assert leaf.key_type == "ECDSA secp256r1"
    assert bytes.fromhex(leaf.fingerprint) == certificate.fingerprint(SHA256())
    assert not leaf.is_authority


def test_every_certificate_of_a_chain_is_told():
    chain = examine(PAIR.cert_pem + PAIR.ca_pem, now=MOMENT).chain

    assert [facts.is_authority for facts in chain] == [False, True]


def test_a_certificate_without_a_subject_is_called_by_its_serial_number():
    pair = issue_pair(["a" * 60 + ".example"], now=MOMENT, days=30)

    examination = examine(pair.cert_pem, now=MOMENT + 31 * DAY)

    assert examination.problems[0].message.startswith(f"serial {examination.leaf.serial} expired")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(MOMENT - 2 * CLOCK_SKEW, [ProblemKind.NOT_YET_VALID], id="before"),
        pytest.param(MOMENT - CLOCK_SKEW, [], id="the first second"),
        pytest.param(MOMENT + 30 * DAY, [], id="the last second"),
        pytest.param(MOMENT + 30 * DAY + timedelta(seconds=1), [ProblemKind.EXPIRED], id="after"),
    ],
)
def test_a_certificate_is_judged_at_a_moment(now, expected):
    assert kinds(examine(PAIR.cert_pem, now=now)) == expected


def test_a_key_that_does_not_fit_is_told_and_not_shown():
    examination = examine(PAIR.cert_pem, now=MOMENT, key=OTHER.key)

    assert kinds(examination) == [ProblemKind.KEY_MISMATCH]
    assert "PRIVATE KEY" not in repr(examination)


@pytest.mark.parametrize("name", ["prologue", "a.b.example", "example", "10.0.0.2", "::2"])
def test_a_missing_name_is_told(name):
    examination = examine(PAIR.cert_pem, now=MOMENT, names=[name])

    assert kinds(examination) == [ProblemKind.NAME_MISSING]
    assert f"does not speak for {name}," in examination.problems[0].message


def test_an_address_spelled_as_a_dns_name_does_not_count():
    examination = examine(handmade(names=["127.0.0.1"]), now=MOMENT, names=["127.0.0.1"])

    assert kinds(examination) == [ProblemKind.NAME_MISSING]


def test_a_certificate_without_names_is_told_once():
    examination = examine(handmade(names=()), now=MOMENT, names=["handmade"])

    assert kinds(examination) == [ProblemKind.NAME_MISSING]
    assert "no subject alternative name" in examination.problems[0].message


def test_a_chain_of_another_authority_is_told():
    examination = examine(PAIR.cert_pem, now=MOMENT, ca_pem=OTHER.ca_pem)

    assert kinds(examination) == [ProblemKind.UNTRUSTED]


def test_one_authority_of_a_bundle_is_enough():
    assert examine(PAIR.cert_pem, now=MOMENT, ca_pem=OTHER.ca_pem + PAIR.ca_pem).problems == ()


def test_an_expired_authority_is_told():
    examination = examine(PAIR.cert_pem, now=MOMENT + 61 * DAY, ca_pem=PAIR.ca_pem)

    assert [problem.message.split(" expired")[0] for problem in examination.problems] == [
        "CN=prologue.shop.svc",
        "CN=Prologue CA",
    ]


@pytest.mark.parametrize(
    "extension",
    [
        pytest.param(x509.BasicConstraints(ca=True, path_length=None), id="an authority"),
        pytest.param(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), id="a client"),
        pytest.param(key_usage(signs_certificates=True), id="a key that may sign no handshakes"),
    ],
)
def test_a_certificate_for_something_else_is_told(extension):
    assert kinds(examine(handmade(extension), now=MOMENT)) == [ProblemKind.NOT_A_SERVER]


@pytest.mark.parametrize(
    "extensions",
    [
        pytest.param([], id="no uses stated"),
        pytest.param([x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])], id="any use"),
        pytest.param([x509.BasicConstraints(ca=False, path_length=None)], id="no authority"),
    ],
)
def test_a_certificate_that_forbids_no_serving_may_serve(extensions):
    assert examine(handmade(*extensions), now=MOMENT).problems == ()


def test_a_weak_key_is_told():
    weak = handmade(key=rsa.generate_private_key(public_exponent=65537, key_size=1024))  # noqa: S505 -- a weak key is the case

    examination = examine(weak, now=MOMENT)

    assert kinds(examination) == [ProblemKind.WEAK_KEY]
    assert "RSA 1024" in examination.problems[0].message


def test_a_weak_signature_is_told():
    # The library signs nothing with SHA-1 any more, so what the certificate says of its signature is changed instead:
    # sha256WithRSAEncryption ends in 11 where sha1WithRSAEncryption ends in 5 (RFC 8017 appendix A.2.4).
    sound = x509.load_pem_x509_certificate(handmade(key=rsa.generate_private_key(65537, 2048)))
    weak = sound.public_bytes(Encoding.DER).replace(PKCS1 + b"\x0b", PKCS1 + b"\x05")

    examination = examine(to_pem(weak), now=MOMENT)

    assert kinds(examination) == [ProblemKind.WEAK_SIGNATURE]
    assert "sha1" in examination.problems[0].message


def test_all_problems_are_told_at_once():
    examination = examine(PAIR.cert_pem, now=MOMENT + 31 * DAY, key=OTHER.key, ca_pem=OTHER.ca_pem, names=["elsewhere"])

    assert set(kinds(examination)) == {
        ProblemKind.EXPIRED,
        ProblemKind.KEY_MISMATCH,
        ProblemKind.UNTRUSTED,
        ProblemKind.NAME_MISSING,
    }


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        pytest.param({"chain_pem": b"nonsense"}, CertificateError, "^tls.crt: holds no", id="no certificate"),
        pytest.param({"key": PrivateKey(b"nonsense")}, CertificateError, "^the key for tls.crt: ", id="no key"),
        pytest.param({"ca_pem": b""}, CertificateError, "^the CA bundle for tls.crt: ", id="no bundle"),
        pytest.param({"names": ["a/b"]}, NamesError, "a/b", id="no name"),
        pytest.param({"now": MOMENT.replace(tzinfo=None)}, LifetimeError, "no time zone", id="no moment"),
    ],
)
def test_what_cannot_be_judged_is_an_error_that_says_where(arguments, error, message):
    with pytest.raises(error, match=message):
        examine(**{"chain_pem": PAIR.cert_pem, "now": MOMENT, "where": "tls.crt"} | arguments)


# The library warns of some odd certificates before it reads them, a negative serial number for one.
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DER) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_certificate_is_judged_or_refused_but_never_a_crash(changes):
    damaged = bytearray(DER)
    for place, value in changes:
        damaged[place] = value

    with suppress(CertificateError):
        examination = examine(
            to_pem(damaged), now=MOMENT, key=PAIR.key, ca_pem=PAIR.ca_pem, names=["prologue.shop.svc"]
        )

        assert len(examination.chain) == 1
