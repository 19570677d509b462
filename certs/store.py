"""A pair in a folder, under the names that a Kubernetes TLS Secret gives its files when it is mounted."""

from dataclasses import dataclass
from pathlib import Path

from certs.authority import CertificateAuthority
from certs.errors import StoreError
from certs.files import read_small, remove, write_beside
from certs.secret import PrivateKey

CERT_FILE = "tls.crt"
KEY_FILE = "tls.key"
CA_FILE = "ca.crt"
CA_KEY_FILE = "ca.key"
PUBLIC_MODE = 0o644
PRIVATE_MODE = 0o600
# The kubelet mounts a Secret as links into the folder that this link points to, and exchanges the link.
MOUNT_LINK = "..data"


@dataclass(frozen=True, slots=True)
class StoredPair:
    """What a folder holds: the server's PEM chain and key; the authority's certificate and key, where they are."""

    cert_pem: bytes
    key: PrivateKey
    ca_pem: bytes | None = None
    ca_key: PrivateKey | None = None


def read_pair(folder: Path) -> StoredPair:
    """Read a folder or a mounted Secret, as it stands; whether the files fit each other is for `examine` to say.

    Raises:
        StoreError: the certificate or the key is missing, or a file cannot be read.
    """
    ca_pem, ca_key = (_read_if_there(folder / name) for name in (CA_FILE, CA_KEY_FILE))
    return StoredPair(
        cert_pem=read_small(folder / CERT_FILE),
        key=PrivateKey(read_small(folder / KEY_FILE)),
        ca_pem=ca_pem,
        ca_key=None if ca_key is None else PrivateKey(ca_key),
    )


def read_authority(folder: Path) -> CertificateAuthority:
    """Take up the certificate authority that a folder holds.

    Raises:
        StoreError: its certificate or its key is missing or cannot be read.
        CertificateError: they are damaged, do not fit each other, or are no authority.
    """
    key = PrivateKey(read_small(folder / CA_KEY_FILE))
    return CertificateAuthority.load(read_small(folder / CA_FILE), key, where=str(folder / CA_FILE))


def write_pair(folder: Path, pair: StoredPair, *, force: bool = False) -> list[Path]:
    """Write what the pair holds, making the folder if need be, and give the paths of the files.

    Every file is written aside first and then renamed into place, so no reader ever sees half a file, and a full disk
    changes nothing. The keys are readable by their owner alone. Files that the pair does not hold stay as they are.

    Raises:
        StoreError: a file is there already and `force` is not given, the folder is a mounted Secret, or it cannot be
            written to.
    """
    files = _files(folder, pair)
    _refuse_to_spoil(folder, files, force=force)
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, (content, mode) in files.items():
            written.append((write_beside(path, content, mode=mode), path))
        for beside, path in written:
            beside.replace(path)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written to ({error.strerror}): choose another folder") from error
    finally:
        for beside, _ in written:
            remove(beside)
    return list(files)


def _files(folder: Path, pair: StoredPair) -> dict[Path, tuple[bytes, int]]:
    """Each file to write, with its content and mode; the key before the certificate that needs it."""
    files = {folder / KEY_FILE: (pair.key.reveal(), PRIVATE_MODE), folder / CERT_FILE: (pair.cert_pem, PUBLIC_MODE)}
    if pair.ca_pem is not None:
        files[folder / CA_FILE] = (pair.ca_pem, PUBLIC_MODE)
    if pair.ca_key is not None:
        files[folder / CA_KEY_FILE] = (pair.ca_key.reveal(), PRIVATE_MODE)
    return files


def _refuse_to_spoil(folder: Path, files: dict[Path, tuple[bytes, int]], *, force: bool) -> None:
    if (folder / MOUNT_LINK).is_symlink():
        raise StoreError(f"{folder}: is a mounted Secret or ConfigMap: change that in the cluster, not its mount")
    there = [path.name for path in files if path.exists() or path.is_symlink()]
    if there and not force:
        raise StoreError(f"{folder}: {', '.join(sorted(there))} would be overwritten: say force, or choose another")


def _read_if_there(path: Path) -> bytes | None:
    return read_small(path) if path.exists() else None
