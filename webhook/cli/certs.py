"""`prologue certs`: make a certificate for the service, and look at one."""

from pathlib import Path
from typing import Annotated

import typer

from webhook.cli.exits import Exit
from webhook.cli.options import HELP_OPTIONS
from webhook.cli.talk import say, write

# Nobody trusts a certificate for longer, and a calendar ends.
_CENTURY = 36_525

certs_app = typer.Typer(
    help="Make the certificate that the API server trusts, and look at one.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=HELP_OPTIONS,
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
    """Issue a server certificate, and its authority unless --ca is given.

    Keys are ECDSA P-256. Writes tls.crt, tls.key, ca.crt and, for an authority of its own, ca.key.

    Examples:

        prologue certs issue localhost 127.0.0.1 --dir dev/

        prologue certs issue --service prologue.prologue-system --dir out/
    """
    from webhook.cli.certificates import issue_files  # noqa: PLC0415  # cryptography takes a tenth of a second

    for path in issue_files(names or (), service, folder=folder, days=days, ca=ca, force=force):
        say(f"wrote {path}")
    say(f"the caBundle of the webhook configuration is the content of {folder / 'ca.crt'}, in base64")
    return Exit.FINE


@certs_app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A certificate chain, PEM.")],
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="Its key: does it fit?")] = None,
    ca: Annotated[Path | None, typer.Option("--ca", metavar="FILE", help="A CA bundle: did it sign?")] = None,
    name: Annotated[list[str] | None, typer.Option("--name", help="A name it must be valid for; may repeat.")] = None,
    in_days: Annotated[
        int, typer.Option("--in-days", min=0, max=_CENTURY, help="Judge it that many days from now.")
    ] = 0,
) -> int:
    """Say what a certificate is and what is wrong with it. Exit code 1 when something is.

    Examples:

        prologue certs show tls.crt --key tls.key --ca ca.crt --in-days 30
    """
    from webhook.cli.certificates import examine_files  # noqa: PLC0415  # cryptography takes a tenth of a second

    text, fine = examine_files(file, key=key, ca=ca, names=name or (), in_days=in_days)
    write(text, None)
    return Exit.FINE if fine else Exit.FINDINGS
