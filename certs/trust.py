"""Whether a chain of certificates leads to an authority that is trusted."""

from collections.abc import Iterable, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from certs.extensions import may_sign_certificates


def trust_anchor(chain: Sequence[x509.Certificate], anchors: Iterable[x509.Certificate]) -> x509.Certificate | None:
    """The first anchor that the chain's first certificate leads to, signature by signature, or None.

    The other certificates of the chain may stand in any order, as TLS 1.3 allows (RFC 8446 section 4.4.2). A first
    certificate that is itself an anchor leads to itself.
    """
    trusted = list(anchors)
    reached, rest = [chain[0]], list(chain[1:])
    while reached:
        current = reached.pop()
        for anchor in trusted:
            if current == anchor or _signed_by(current, anchor):
                return anchor
        # Each certificate is followed once, so a circle of authorities ends.
        reached += [issuer for issuer in rest if _signed_by(current, issuer)]
        rest = [issuer for issuer in rest if issuer not in reached]
    return None


def _signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer may sign certificates and did sign this one."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
        return False
    return may_sign_certificates(issuer)
