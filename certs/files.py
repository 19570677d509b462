"""Small files: read whole within a limit, written whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from certs.errors import StoreError

# A Secret holds at most 1 MiB (Kubernetes, core/v1 MaxSecretSize), so no honest file here is larger.
MAX_BYTES = 1024 * 1024


def read_small(path: Path) -> bytes:
    """The content of a file.

    Raises:
        StoreError: it is missing, cannot be read, or is larger than 1 MiB.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise StoreError(f"{path}: there is no such file: check the path, or that the Secret is mounted") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}): check its kind and permissions") from error
    if len(content) > MAX_BYTES:
        raise StoreError(f"{path}: is larger than 1 MiB, which no certificate or key is: check the path")
    return content


def write_beside(path: Path, content: bytes, *, mode: int) -> Path:
    """Write the content to a new file beside `path`, on disk before this returns, and give its own path.

    The file has its mode from the first moment: a key is never readable by others, not even for an instant.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        remove(beside)
        raise
    return beside


def remove(path: Path) -> None:
    """Remove a file of ours, as far as that is possible."""
    with suppress(OSError):
        path.unlink()
