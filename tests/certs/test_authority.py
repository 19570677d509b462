from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256

from certs.authority import DEFAULT_LIFETIME, CertificateAuthority
from certs.draft import common_name, draft, key_usage, new_key
from certs.errors import CertificateError, LifetimeError, NamesError
from certs.leaf import issue_leaf
from certs.pem import dump_certificate, dump_key
from certs.validity import CLOCK_SKEW, Validity

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def assert_is_ca(certificate):
    constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value == key_usage(signs_certificates=True)
    identifier = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert identifier == x509.SubjectKeyIdentifier.from_public_key(certificate.public_key())
    assert isinstance(certificate.public_key().curve, ec.SECP256R1)
    certificate.verify_directly_issued_by(certificate)


def self_signed(key, *, constraints=None, usage=None, algorithm=None):
    """A root as other tools make them, with only the extensions that are given."""
    subject = common_name("theirs")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(MOMENT - DAY)
        .not_valid_after(MOMENT + 30 * DAY)
    )
    for extension in filter(None, (constraints, usage)):
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(key, algorithm)


def test_a_created_authority_is_one():
    authority = CertificateAuthority.create(now=MOMENT)

    assert_is_ca(authority.certificate)
    assert authority.name == "CN=Prologue CA"
    assert authority.issuing_chain == ()


def test_an_authority_lives_from_a_clock_skew_ago_until_its_lifetime_is_over():
    certificate = CertificateAuthority.create(now=MOMENT).certificate

    assert certificate.not_valid_before_utc == MOMENT - CLOCK_SKEW
    assert certificate.not_valid_after_utc == MOMENT + DEFAULT_LIFETIME


def test_serial_numbers_are_random_and_fit_twenty_octets():
    serials = {CertificateAuthority.create(now=MOMENT).certificate.serial_number for _ in range(20)}

    assert len(serials) == 20
    assert all(0 < serial < 2**159 for serial in serials)
    # Each of 20 random numbers of 159 bits is under 2**127 with a chance of one in four thousand million.
    assert all(serial >= 2**127 for serial in serials)


def test_an_authority_is_loaded_from_what_it_wrote():
    authority = CertificateAuthority.create(now=MOMENT, name="Shop CA")

    loaded = CertificateAuthority.load(authority.pem, authority.key)

    assert loaded.certificate == authority.certificate
    assert loaded.key == authority.key


@pytest.mark.parametrize("name", [pytest.param("", id="empty"), pytest.param("a" * 65, id="too long")])
def test_an_authority_without_a_usable_name_is_refused(name):
    with pytest.raises(NamesError, match="1 to 64 characters"):
        CertificateAuthority.create(now=MOMENT, name=name)


def test_an_authority_with_a_foreign_key_is_refused():
    one, other = (CertificateAuthority.create(now=MOMENT) for _ in range(2))

    with pytest.raises(CertificateError, match="does not fit"):
        CertificateAuthority.load(one.pem, other.key)


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param({}, id="no extensions"),
        pytest.param({"constraints": x509.BasicConstraints(ca=False, path_length=None)}, id="called no authority"),
        pytest.param(
            {
                "constraints": x509.BasicConstraints(ca=True, path_length=None),
                "usage": key_usage(signs_handshakes=True),
            },
            id="a key that may not sign certificates",
        ),
    ],
)
def test_a_certificate_that_may_sign_no_others_is_refused(certificate):
    key = new_key()

    with pytest.raises(CertificateError, match="no certificate authority"):
        CertificateAuthority(self_signed(key, algorithm=SHA256(), **certificate), key)


def test_a_key_that_cannot_sign_is_refused():
    authority = CertificateAuthority.create(now=MOMENT)

    with pytest.raises(CertificateError, match=r"ca\.crt: the private key is of a kind"):
        CertificateAuthority.load(authority.pem, dump_key(x25519.X25519PrivateKey.generate()), where="ca.crt")


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        pytest.param(rsa.generate_private_key(public_exponent=65537, key_size=2048), SHA256(), id="RSA"),
        pytest.param(ed25519.Ed25519PrivateKey.generate(), None, id="Ed25519"),
    ],
)
def test_an_authority_made_by_other_tools_signs_too(key, algorithm):
    root = self_signed(key, constraints=x509.BasicConstraints(ca=True, path_length=None), algorithm=algorithm)
    authority = CertificateAuthority.load(dump_certificate(root), dump_key(key))

    leaf = issue_leaf(authority, ["localhost"], now=MOMENT, lifetime=DAY)

    leaf.certificate.verify_directly_issued_by(root)
    names = leaf.certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert names == x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def test_an_intermediate_authority_is_sent_along_with_the_leaf():
    root = CertificateAuthority.create(now=MOMENT)
    key = new_key()
    validity = Validity.starting(MOMENT, 2 * DAY)
    drafted = draft(common_name("between"), key.public_key(), validity).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    between = CertificateAuthority(root.sign(drafted, validity=validity, now=MOMENT), key)

    leaf = issue_leaf(between, ["localhost"], now=MOMENT, lifetime=DAY)

    assert x509.load_pem_x509_certificates(leaf.chain_pem) == [leaf.certificate, between.certificate]


@pytest.mark.parametrize(
    ("now", "lifetime", "message"),
    [
        pytest.param(MOMENT, 11 * DAY, "ask for at most 10 days", id="longer than the authority"),
        pytest.param(MOMENT + 11 * DAY, DAY, "expired on 2026-03-11", id="after the authority"),
        pytest.param(MOMENT - DAY, DAY, "valid only from 2026-03-01", id="before the authority"),
    ],
)
def test_nothing_is_signed_outside_the_authoritys_life(now, lifetime, message):
    authority = CertificateAuthority.create(now=MOMENT, lifetime=10 * DAY)

    with pytest.raises(LifetimeError, match=message):
        issue_leaf(authority, ["localhost"], now=now, lifetime=lifetime)


def test_an_authority_hides_its_key():
    authority = CertificateAuthority.create(now=MOMENT)

    assert "key" not in repr(authority).lower()
    assert repr(authority.key) == "PrivateKey(hidden)"
