"""The pair that a running server shows, exchanged for a newer one without a restart and without a failed handshake.

A context that serves is never loaded into again. OpenSSL has no lock there: handshakes in other threads crash the
process; a mismatched pair breaks every later handshake; and after a change from RSA to ECDSA the old certificate goes
on being shown to clients that prefer it. Instead each pair gets a context of its own, proven before anyone sees it,
and every new connection is handed to the newest one. Connections that are open keep what they began with.
"""

import hashlib
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from certs.context import bare_context, server_context
from certs.errors import CertificateError, CertsError, StoreError
from certs.facts import Facts, facts_of
from certs.files import read_small
from certs.keys import same_key
from certs.pem import dump_certificate, dump_key, load_chain, load_key, reading
from certs.problem import date_problems
from certs.secret import PrivateKey
from certs.validity import in_utc, spell


class Verdict(StrEnum):
    """What a look at the files led to."""

    UNCHANGED = "unchanged"
    RELOADED = "reloaded"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict; why the files were refused; and, whatever the verdict, what is wrong with the dates being served."""

    verdict: Verdict
    reason: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class _Serving:
    """One proven pair: a digest of what the files held, what the certificates say, and the context that serves them."""

    digest: bytes
    chain: tuple[Facts, ...]
    context: ssl.SSLContext


class ServingPair:
    """A certificate file and its key file, served; `refresh` makes later connections see what they hold then.

    Reading, proving and exchanging are safe from any thread; a tick of a few seconds between refreshes is plenty.
    """

    def __init__(self, cert_file: Path | str, key_file: Path | str) -> None:
        """Read and prove the pair.

        Raises:
            CertificateError: a file is no certificate or no key, or the two do not fit.
            StoreError: a file is missing or cannot be read.
        """
        self.cert_file = Path(cert_file)
        self.key_file = Path(key_file)
        self._lock = threading.Lock()
        self._serving = self._prove(*self._read())

    @property
    def not_after(self) -> datetime:
        """The moment (UTC) at which the certificate being served expires."""
        return self._serving.chain[0].not_after

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate being served, in lower-case hex."""
        return self._serving.chain[0].fingerprint

    def make_context(self) -> ssl.SSLContext:
        """A context to give a server once and for all; it hands each new connection to the newest pair.

        What is set on it later (client certificates, say) does not reach those connections: they have the settings of
        `server_context`.
        """
        front = bare_context()
        # OpenSSL asks this of every ClientHello, also of those that name no server.
        front.sni_callback = self._hand_over
        return front

    def refresh(self, now: datetime) -> Outcome:
        """Look at the files again, and serve what they hold if it is new and sound; never raises for bad files.

        Files that are missing, damaged, mismatched or just being exchanged are refused, and the old pair goes on
        serving; the next refresh looks again. An expired certificate is served, and told of in `warning`.

        Raises:
            LifetimeError: `now` has no time zone.
        """
        moment = in_utc(now)
        with self._lock:
            try:
                verdict, reason = self._take_up(), ""
            except CertsError as error:
                kept = f"still serving {self._serving.chain[0].title}, valid until {spell(self.not_after)}"
                verdict, reason = Verdict.REFUSED, f"{error}; {kept}"
            warning = "; ".join(problem.message for problem in date_problems(self._serving.chain, moment))
        return Outcome(verdict, reason, warning)

    def _take_up(self) -> Verdict:
        """Serve what the files hold, if that is new."""
        cert_pem, key = self._read()
        if _digest(cert_pem, key) == self._serving.digest:
            return Verdict.UNCHANGED
        self._serving = self._prove(cert_pem, key)
        return Verdict.RELOADED

    def _read(self) -> tuple[bytes, PrivateKey]:
        """Read both files, twice: what differs the second time was read while someone was exchanging it."""
        first, second = ((read_small(self.cert_file), PrivateKey(read_small(self.key_file))) for _ in range(2))
        if first != second:
            raise StoreError(f"{self.cert_file} and {self.key_file} are just being exchanged: look again in a moment")
        return first

    def _prove(self, cert_pem: bytes, key: PrivateKey) -> _Serving:
        """Load the pair into a context of its own, or say why it cannot be served."""
        chain = load_chain(cert_pem, where=str(self.cert_file))
        loaded = load_key(key, where=str(self.key_file))
        with reading(str(self.cert_file)):
            facts = tuple(facts_of(certificate) for certificate in chain)
            fits = same_key(chain[0].public_key(), loaded.public_key())
        if not fits:
            raise CertificateError(
                f"{self.key_file}: the private key does not fit the certificate in {self.cert_file}: "
                "write both files of one pair"
            )
        # Written anew, the library is given what was read above and nothing else that the files may hold.
        context = server_context(dump_certificate(*chain), dump_key(loaded), where=str(self.cert_file))
        return _Serving(_digest(cert_pem, key), facts, context)

    def _hand_over(self, connection: ssl.SSLObject, _name: str | None, _front: ssl.SSLContext) -> None:
        """Let a connection that is just beginning be served by the newest pair."""
        connection.context = self._serving.context


def _digest(cert_pem: bytes, key: PrivateKey) -> bytes:
    """A fingerprint of both files' content: a mounted Secret's dates and events say too little."""
    return b"".join(hashlib.sha256(content).digest() for content in (cert_pem, key.reveal()))
