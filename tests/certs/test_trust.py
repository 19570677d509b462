from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from certs.authority import CertificateAuthority
from certs.draft import common_name, draft, new_key
from certs.leaf import issue_leaf
from certs.trust import trust_anchor
from certs.validity import Validity

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def below(parent, name):
    """An authority signed by another."""
    key, validity = new_key(), Validity.starting(MOMENT, DAY)
    builder = draft(common_name(name), key.public_key(), validity).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    return CertificateAuthority(parent.sign(builder, validity=validity, now=MOMENT), key)


ROOT = CertificateAuthority.create(now=MOMENT)
STRANGER = CertificateAuthority.create(now=MOMENT)
UPPER = below(ROOT, "upper")
LOWER = below(UPPER, "lower")
LEAF = issue_leaf(LOWER, ["localhost"], now=MOMENT, lifetime=DAY)


def certificates(*authorities):
    return [authority.certificate for authority in authorities]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([LOWER, UPPER], id="in order"),
        pytest.param([UPPER, LOWER], id="out of order"),
        pytest.param([STRANGER, UPPER, LOWER, ROOT], id="with more than is needed"),
    ],
)
def test_a_chain_leads_to_its_root(between):
    chain = [LEAF.certificate, *certificates(*between)]

    assert trust_anchor(chain, certificates(STRANGER, ROOT)) == ROOT.certificate


def test_a_chain_leads_to_an_intermediate_that_is_trusted():
    assert trust_anchor([LEAF.certificate], certificates(LOWER)) == LOWER.certificate


def test_a_certificate_that_is_trusted_itself_leads_to_itself():
    assert trust_anchor([LEAF.certificate], [LEAF.certificate]) == LEAF.certificate


@pytest.mark.parametrize(
    ("between", "anchors"),
    [
        pytest.param([LOWER], [ROOT], id="a gap"),
        pytest.param([LOWER, UPPER], [STRANGER], id="another root of the same name"),
        pytest.param([LOWER, UPPER], [], id="nobody is trusted"),
    ],
)
def test_a_chain_that_ends_elsewhere_leads_nowhere(between, anchors):
    chain = [LEAF.certificate, *certificates(*between)]

    assert trust_anchor(chain, certificates(*anchors)) is None


def test_what_a_mere_leaf_signed_is_not_trusted():
    key, validity = new_key(), Validity.starting(MOMENT, DAY)
    no_authority = (
        draft(common_name("leaf"), key.public_key(), validity)
        .issuer_name(common_name("leaf"))
        .sign(key, ROOT.certificate.signature_hash_algorithm)
    )
    forged = (
        draft(common_name("forged"), new_key().public_key(), validity)
        .issuer_name(common_name("leaf"))
        .sign(key, ROOT.certificate.signature_hash_algorithm)
    )

    assert trust_anchor([forged, no_authority], [no_authority]) is None
