"""The certificate that the service shows: the one it was given, or one of its own for development."""

import contextlib
import datetime as dt
import tempfile
from pathlib import Path

from certs.errors import CertsError
from certs.issue import issue_development_pair
from certs.reload import ServingPair
from certs.store import write_pair
from webhook.core.errors import MisuseError
from webhook.server.settings import Settings
from webhook.web.log import logger


def serving_pair(settings: Settings, stack: contextlib.ExitStack, now: dt.datetime) -> ServingPair:
    """Read the pair, or make one that ends with the stack.

    Raises:
        MisuseError: the files are missing, damaged, or do not fit each other.
    """
    try:
        if settings.tls_cert is not None and settings.tls_key is not None:
            return ServingPair(settings.tls_cert, settings.tls_key)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prologue-dev-")))
        stored = issue_development_pair((settings.host,) if _is_named(settings.host) else (), now=now)
        write_pair(folder, stored.to_store(with_ca_key=False))
        logger().info("development certificate", ca=str(folder / "ca.crt"))
        return ServingPair(folder / "tls.crt", folder / "tls.key")
    except CertsError as error:
        raise MisuseError(str(error)) from error


def _is_named(host: str) -> bool:
    return host not in ("0.0.0.0", "::", "localhost", "127.0.0.1", "::1")  # noqa: S104  # compared, not bound
