"""The work behind `prologue certs`: imported only when it is asked for, as cryptography takes its time."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from certs.authority import CertificateAuthority
from certs.errors import CertsError
from certs.examine import Examination, examine
from certs.facts import Facts
from certs.files import read_small
from certs.issue import issue_pair
from certs.names import service_names
from certs.secret import PrivateKey
from certs.store import read_authority, write_pair
from webhook.cli.table import aligned
from webhook.core.errors import MisuseError


def issue_files(
    names: Sequence[str], service: str | None, *, folder: Path, days: int, ca: Path | None, force: bool
) -> list[Path]:
    """Issue a certificate and write it with what belongs to it; gives the files that were written.

    Raises:
        MisuseError: there is no name, a name cannot be, the authority cannot be read, or a file is there already.
    """
    wanted = [*names, *(_service_names(service) if service else [])]
    if not wanted:
        raise MisuseError("give at least one name, or --service NAME.NAMESPACE")
    try:
        authority = _authority(ca)
        issued = issue_pair(wanted, now=_now(), days=days, ca=authority)
        return write_pair(folder, issued.to_store(with_ca_key=authority is None), force=force)
    except CertsError as error:
        raise MisuseError(str(error)) from error


def examine_files(
    file: Path, *, key: Path | None, ca: Path | None, names: Sequence[str], in_days: int
) -> tuple[str, bool]:
    """Give what is told of a certificate, and whether all is well with it.

    Raises:
        MisuseError: a file cannot be read or holds something else.
    """
    try:
        found = examine(
            read_small(file),
            now=_now() + dt.timedelta(days=in_days),
            key=PrivateKey(read_small(key)) if key else None,
            ca_pem=read_small(ca) if ca else None,
            names=names,
            where=str(file),
        )
    except CertsError as error:
        raise MisuseError(str(error)) from error
    return _shown(found), not found.problems


def _shown(found: Examination) -> str:
    lines: list[str] = []
    for number, one in enumerate(found.chain, start=1):
        lines += [f"certificate {number} of {len(found.chain)}", *aligned(_rows(one), indent=2)]
    lines += [f"problem: {problem.message}" for problem in found.problems] or ["no problem found"]
    return "\n".join(lines) + "\n"


def _rows(one: Facts) -> list[tuple[str, str]]:
    return [
        ("subject", one.subject),
        ("issuer", one.issuer),
        ("serial", str(one.serial)),
        ("valid", f"{one.not_before:%Y-%m-%d %H:%M} to {one.not_after:%Y-%m-%d %H:%M} UTC"),
        ("names", ", ".join(one.names) or "-"),
        ("key", one.key_type),
        ("SHA-256", one.fingerprint),
    ]


def _service_names(service: str) -> list[str]:
    name, dot, namespace = service.partition(".")
    if not (name and dot and namespace) or "." in namespace:
        raise MisuseError(f"--service takes NAME.NAMESPACE, not {service!r}")
    return list(service_names(name, namespace))


def _authority(folder: Path | None) -> CertificateAuthority | None:
    return read_authority(folder) if folder is not None else None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
