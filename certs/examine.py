"""What a certificate is, and what is wrong with it at a given moment.

Problems are values, all of them at once; an exception means that there was no certificate to judge.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import MD5, SHA1

from certs.extensions import may_serve
from certs.facts import Facts, facts_of
from certs.keys import is_weak_key, same_key
from certs.names import covers, parse_name
from certs.pem import load_chain, load_key, reading
from certs.problem import Problem, ProblemKind, date_problems
from certs.secret import PrivateKey
from certs.trust import trust_anchor
from certs.validity import in_utc


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found: each certificate of the chain, the server's own first, and every problem."""

    chain: tuple[Facts, ...]
    problems: tuple[Problem, ...]

    @property
    def leaf(self) -> Facts:
        """The server's own certificate."""
        return self.chain[0]


def examine(
    chain_pem: bytes,
    *,
    now: datetime,
    key: PrivateKey | None = None,
    ca_pem: bytes | None = None,
    names: Sequence[str] = (),
    where: str = "the certificate",
) -> Examination:
    """Judge a server's chain at the moment `now`: by itself, and by the key, CA bundle and names that are given.

    To learn whether it will still be fine in 30 days, ask with a `now` of then. Of a CA bundle one certificate must
    have signed the chain; path lengths and name constraints are left to the client.

    Raises:
        CertificateError: the chain, the key or the bundle cannot be read; `where` stands in the message.
        NamesError: a name to look for is none.
        LifetimeError: `now` has no time zone.
    """
    moment = in_utc(now)
    wanted = [parse_name(name) for name in names]
    chain = load_chain(chain_pem, where=where)
    with reading(where):
        facts = tuple(facts_of(certificate) for certificate in chain)
        problems = [*date_problems(facts, moment), *_name_problems(facts[0], wanted)]
        for certificate, its_facts in zip(chain, facts, strict=True):
            problems += _strength_problems(certificate, its_facts)
        if not may_serve(chain[0]):
            problems.append(_no_server(facts[0]))
    if key is not None:
        problems += _key_problems(chain[0], facts[0], key, where=f"the key for {where}")
    if ca_pem is not None:
        problems += _trust_problems(chain, ca_pem, moment, where=f"the CA bundle for {where}")
    return Examination(chain=facts, problems=tuple(problems))


def _name_problems(leaf: Facts, wanted: Iterable[x509.DNSName | x509.IPAddress]) -> Iterator[Problem]:
    if not leaf.names:
        yield Problem(
            ProblemKind.NAME_MISSING,
            f"{leaf.title} has no subject alternative name, and clients read nothing else: issue one with names",
        )
        return
    for name in wanted:
        if not _speaks_for(leaf, name):
            yield Problem(
                ProblemKind.NAME_MISSING,
                f"{leaf.title} does not speak for {name.value}, only for {', '.join(leaf.names)}: "
                "issue one with that name",
            )


def _speaks_for(leaf: Facts, name: x509.DNSName | x509.IPAddress) -> bool:
    # Clients look for an IP address among the IP addresses only: `DNS:127.0.0.1` does not speak for it.
    if isinstance(name, x509.IPAddress):
        return str(name.value) in leaf.ip_addresses
    return any(covers(own, name.value) for own in leaf.dns_names)


def _strength_problems(certificate: x509.Certificate, facts: Facts) -> Iterator[Problem]:
    if is_weak_key(certificate.public_key()):
        yield Problem(
            ProblemKind.WEAK_KEY,
            f"{facts.title} has a weak key ({facts.key_type}): use ECDSA P-256 or RSA 2048 at least",
        )
    digest = certificate.signature_hash_algorithm
    if isinstance(digest, SHA1 | MD5):
        yield Problem(
            ProblemKind.WEAK_SIGNATURE,
            f"{facts.title} is signed with {digest.name}, which clients refuse: issue it again with SHA-256",
        )


def _no_server(leaf: Facts) -> Problem:
    return Problem(
        ProblemKind.NOT_A_SERVER,
        f"{leaf.title} is no server certificate: issue one that is no authority and, where it states its uses, "
        "has digitalSignature and serverAuth among them",
    )


def _key_problems(leaf: x509.Certificate, facts: Facts, key: PrivateKey, *, where: str) -> Iterator[Problem]:
    loaded = load_key(key, where=where)
    with reading(where):
        fits = same_key(leaf.public_key(), loaded.public_key())
    if not fits:
        yield Problem(
            ProblemKind.KEY_MISMATCH,
            f"the private key does not fit {facts.title}: give the key that it was issued with",
        )


def _trust_problems(
    chain: Sequence[x509.Certificate], ca_pem: bytes, moment: datetime, *, where: str
) -> Iterator[Problem]:
    anchors = load_chain(ca_pem, where=where)
    with reading(where):
        known = {anchor: facts_of(anchor) for anchor in anchors}
        # A bundle may hold an old authority beside the new one: the best of those that the chain leads to counts.
        alive = [anchor for anchor in anchors if not any(date_problems([known[anchor]], moment))]
        if trust_anchor(chain, alive) is not None:
            return
        expired = trust_anchor(chain, anchors)
    if expired is not None:
        yield from date_problems([known[expired]], moment)
        return
    titles = ", ".join(facts.title for facts in known.values())
    yield Problem(
        ProblemKind.UNTRUSTED,
        f"{facts_of(chain[0]).title} leads to none of the bundle's authorities ({titles}): give the bundle of "
        f"{facts_of(chain[-1]).issuer}, or add the intermediates that are missing from the chain",
    )
