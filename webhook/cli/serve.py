"""`prologue serve`: the HTTPS service."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from webhook.cli.exits import Exit
from webhook.cli.options import KubernetesVersion, Policies
from webhook.core.errors import MisuseError
from webhook.core.version import parse_minor

_PORT_MAX = 65535


def serve(
    host: Annotated[str, typer.Option(envvar="PROLOGUE_HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="PROLOGUE_PORT", min=0, max=_PORT_MAX, help="Port for reviews, HTTPS; 0 for any.")
    ] = 8443,
    operations_port: Annotated[
        int,
        typer.Option(
            envvar="PROLOGUE_OPERATIONS_PORT",
            min=0,
            max=_PORT_MAX,
            help="Plain port for /healthz, /readyz and /metrics; 0 for any.",
        ),
    ] = 8080,
    policy: Policies = None,
    tls_cert: Annotated[
        Path | None, typer.Option(envvar="PROLOGUE_TLS_CERT", metavar="FILE", help="Certificate chain, PEM.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(envvar="PROLOGUE_TLS_KEY", metavar="FILE", help="Its private key, PEM.")
    ] = None,
    dev: Annotated[
        bool,
        typer.Option("--dev", envvar="PROLOGUE_DEV", help="Make a certificate; without --policy use the example."),
    ] = False,
    kubernetes_version: KubernetesVersion = None,
    drain_seconds: Annotated[
        float,
        typer.Option(
            envvar="PROLOGUE_DRAIN_SECONDS", min=0, max=300, help="How long to serve on after SIGTERM, unready."
        ),
    ] = 5.0,
    max_in_flight: Annotated[
        int, typer.Option(envvar="PROLOGUE_MAX_IN_FLIGHT", min=1, help="Reviews at once; more get 503.")
    ] = 64,
    log_format: Annotated[
        str, typer.Option(envvar="PROLOGUE_LOG_FORMAT", help="auto, json or text; auto is text on a terminal.")
    ] = "auto",
) -> int:
    """Answer AdmissionReviews over HTTPS until SIGTERM.

    Policies and certificates are looked at every two seconds and exchanged when they are good; broken ones never
    replace good ones.

    Examples:

        prologue serve --dev

        prologue serve --host 0.0.0.0 --tls-cert tls.crt --tls-key tls.key --policy /etc/prologue/policies
    """
    # The service's libraries take a third of a second to import: the other commands do without them.
    from webhook.server.run import run  # noqa: PLC0415
    from webhook.server.settings import Settings  # noqa: PLC0415
    from webhook.web.log import configure  # noqa: PLC0415

    if not dev and (tls_cert is None or tls_key is None):
        raise MisuseError("give --tls-cert and --tls-key, or --dev to have a certificate made for this machine")
    if (tls_cert is None) != (tls_key is None):
        raise MisuseError("--tls-cert and --tls-key go together")
    if log_format not in ("auto", "json", "text"):
        raise MisuseError(f"--log-format is auto, json or text, not {log_format!r}")
    gc.enable()  # a service lives on, other commands do without
    configure(form=log_format)
    settings = Settings(
        host=host,
        port=port,
        operations_port=operations_port,
        policies=list(policy or ()),
        tls_cert=tls_cert,
        tls_key=tls_key,
        dev=dev,
        minor=parse_minor(kubernetes_version) if kubernetes_version else None,
        drain_seconds=drain_seconds,
        max_in_flight=max_in_flight,
    )
    run(settings)
    return Exit.FINE
