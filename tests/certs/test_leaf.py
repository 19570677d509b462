from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.authority import CertificateAuthority
from certs.draft import key_usage
from certs.errors import NamesError
from certs.leaf import issue_leaf
from certs.names import parse_name, service_names
from certs.pem import load_key

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AUTHORITY = CertificateAuthority.create(now=MOMENT)
LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
DNS_NAME = st.builds("{}.{}.svc".format, LABEL, LABEL)
IP_ADDRESS = st.ip_addresses().filter(lambda address: getattr(address, "scope_id", None) is None).map(str)


def assert_is_leaf(certificate, authority):
    extensions = certificate.extensions
    assert extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    usage = extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value == key_usage(signs_handshakes=True)
    purposes = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.SERVER_AUTH]
    own = extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert own == x509.SubjectKeyIdentifier.from_public_key(certificate.public_key())
    issuers = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == issuers.digest
    assert isinstance(certificate.public_key().curve, ec.SECP256R1)


def verify(certificate, name, *, at=MOMENT, authority=AUTHORITY):
    """Let the library's own path validation, which shares no code with ours, judge the certificate."""
    policy = PolicyBuilder().store(Store([authority.certificate])).time(at)
    policy.build_server_verifier(parse_name(name)).verify(certificate, [])


def test_an_issued_leaf_is_one():
    leaf = issue_leaf(AUTHORITY, service_names("prologue", "shop"), now=MOMENT, lifetime=DAY)

    assert_is_leaf(leaf.certificate, AUTHORITY)
    assert leaf.certificate.subject.rfc4514_string() == "CN=prologue"
    assert x509.load_pem_x509_certificates(leaf.chain_pem) == [leaf.certificate]
    assert load_key(leaf.key, where="key").public_key() == leaf.certificate.public_key()


@settings(max_examples=25, deadline=None)
@given(st.lists(DNS_NAME | IP_ADDRESS, min_size=1, max_size=5))
def test_a_leaf_is_accepted_under_each_of_its_names(names):
    leaf = issue_leaf(AUTHORITY, names, now=MOMENT, lifetime=DAY)

    for name in names:
        verify(leaf.certificate, name)


def test_a_leaf_is_refused_under_another_name():
    leaf = issue_leaf(AUTHORITY, ["localhost"], now=MOMENT, lifetime=DAY)

    with pytest.raises(VerificationError):
        verify(leaf.certificate, "elsewhere")


def test_a_leaf_is_refused_by_who_trusts_another_authority_of_the_same_name():
    leaf = issue_leaf(AUTHORITY, ["localhost"], now=MOMENT, lifetime=DAY)

    with pytest.raises(VerificationError):
        verify(leaf.certificate, "localhost", authority=CertificateAuthority.create(now=MOMENT))


def test_a_leaf_is_accepted_up_to_its_last_second_and_no_longer():
    leaf = issue_leaf(AUTHORITY, ["localhost"], now=MOMENT, lifetime=DAY)

    verify(leaf.certificate, "localhost", at=MOMENT + DAY)
    with pytest.raises(VerificationError):
        verify(leaf.certificate, "localhost", at=MOMENT + DAY + timedelta(seconds=1))


def test_a_name_too_long_for_a_common_name_is_carried_all_the_same():
    name = "a" * 60 + ".svc.cluster.local"

    leaf = issue_leaf(AUTHORITY, [name], now=MOMENT, lifetime=DAY)

    assert list(leaf.certificate.subject) == []
    assert leaf.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).critical
    verify(leaf.certificate, name)


def test_a_leaf_with_a_name_that_is_none_is_refused():
    with pytest.raises(NamesError, match="https://prologue"):
        issue_leaf(AUTHORITY, ["localhost", "https://prologue"], now=MOMENT, lifetime=DAY)


def test_a_leaf_hides_its_key():
    leaf = issue_leaf(AUTHORITY, ["localhost"], now=MOMENT, lifetime=DAY)

    assert "PRIVATE" not in repr(leaf)
