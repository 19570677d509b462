"""`prologue certs`: make a certificate for the service, and look at one."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from certs.authority import CertificateAuthority
from certs.errors import CertsError
from certs.examine import Examination, examine
from certs.files import read_small
from certs.issue import issue_pair
from certs.names import service_names
from certs.secret import PrivateKey
from certs.store import read_authority, write_pair
from webhook.cli.exits import Exit
from webhook.cli.talk import say, write
from webhook.core.errors import MisuseError

certs_app = typer.Typer(
    help="Make the certificate that the API server trusts, and look at one.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@certs_app.command()
def issue(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]…", help="DNS names or IP addresses to be reached by.")
    ] = None,
    folder: Annotated[Path, typer.Option("--dir", "-d", metavar="DIR", help="Where the files go.")] = Path("certs-out"),
    service: Annotated[
        str | None, typer.Option(metavar="NAME.NAMESPACE", help="Add the names of a Service, as the cluster dials it.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long the certificate is valid.")] = 90,
    ca: Annotated[
        Path | None, typer.Option("--ca", metavar="DIR", help="Folder with ca.crt and ca.key to sign with.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
) -> int:
    """Issue a server certificate (ECDSA P-256) and, unless --ca is given, an authority for it.

    Writes tls.crt, tls.key, ca.crt and, for an authority of its own, ca.key.

    Examples:

        prologue certs issue localhost 127.0.0.1 --dir dev/

        prologue certs issue --service prologue.prologue-system --dir out/
    """
    wanted = [*(names or []), *(_service_names(service) if service else [])]
    if not wanted:
        raise MisuseError("give at least one name, or --service NAME.NAMESPACE")
    try:
        authority = _authority(ca)
        issued = issue_pair(wanted, now=_now(), days=days, ca=authority)
        for path in write_pair(folder, issued.to_store(with_ca_key=authority is None), force=force):
            say(f"wrote {path}")
        say(f"the caBundle of the webhook configuration is the content of {folder / 'ca.crt'}, in base64")
    except CertsError as error:
        raise MisuseError(str(error)) from error
    return Exit.FINE


@certs_app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A certificate chain, PEM.")],
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="Its key: does it fit?")] = None,
    ca: Annotated[Path | None, typer.Option("--ca", metavar="FILE", help="A CA bundle: did it sign?")] = None,
    name: Annotated[list[str] | None, typer.Option("--name", help="A name it must be valid for; may repeat.")] = None,
    in_days: Annotated[int, typer.Option("--in-days", min=0, help="Judge it that many days from now.")] = 0,
) -> int:
    """Say what a certificate is and what is wrong with it. Exit code 1 when something is.

    Examples:

        prologue certs show tls.crt --key tls.key --ca ca.crt --in-days 30
    """
    try:
        moment = _now() + dt.timedelta(days=in_days)
        found = examine(
            read_small(file),
            now=moment,
            key=PrivateKey(read_small(key)) if key else None,
            ca_pem=read_small(ca) if ca else None,
            names=name or (),
            where=str(file),
        )
    except (CertsError, OverflowError) as error:
        raise MisuseError(str(error)) from error
    write(_shown(found), None)
    return Exit.FINDINGS if found.problems else Exit.FINE


def _shown(found: Examination) -> str:
    lines = []
    for number, one in enumerate(found.chain):
        lines += [
            f"certificate {number + 1} of {len(found.chain)}",
            f"  subject      {one.subject}",
            f"  issuer       {one.issuer}",
            f"  serial       {one.serial}",
            f"  valid        {one.not_before:%Y-%m-%d %H:%M} to {one.not_after:%Y-%m-%d %H:%M} UTC",
            f"  names        {', '.join(one.names) or '-'}",
            f"  key          {one.key_type}",
            f"  SHA-256      {one.fingerprint}",
        ]
    lines += [f"problem: {problem.message}" for problem in found.problems] or ["no problem found"]
    return "\n".join(lines) + "\n"


def _service_names(service: str) -> list[str]:
    name, dot, namespace = service.partition(".")
    if not (name and dot and namespace) or "." in namespace:
        raise MisuseError(f"--service takes NAME.NAMESPACE, not {service!r}")
    return list(service_names(name, namespace))


def _authority(folder: Path | None) -> CertificateAuthority | None:
    return read_authority(folder) if folder is not None else None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
