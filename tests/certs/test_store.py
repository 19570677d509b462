import os
import resource
import stat
from contextlib import contextmanager

import pytest

from certs.errors import CertificateError, StoreError
from certs.files import MAX_BYTES
from certs.store import StoredPair, read_authority, read_pair, write_pair


@pytest.fixture
def mounted(tmp_path, mount, issued):
    mount(tmp_path, issued)
    return tmp_path


@contextmanager
def limited_file_size(limit):
    """Let no file of this process grow beyond `limit` bytes: as good as a disk with no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_pair_is_read_as_it_was_written(tmp_path, issued):
    pair = issued.to_store(with_ca_key=True)

    written = write_pair(tmp_path / "new" / "folder", pair)

    assert read_pair(tmp_path / "new" / "folder") == pair
    assert sorted(path.name for path in written) == ["ca.crt", "ca.key", "tls.crt", "tls.key"]


def test_a_pair_without_an_authority_is_two_files(tmp_path, issued):
    pair = StoredPair(cert_pem=issued.cert_pem, key=issued.key)

    write_pair(tmp_path, pair)

    assert names_in(tmp_path) == ["tls.crt", "tls.key"]
    assert read_pair(tmp_path) == pair


def test_keys_are_readable_by_their_owner_alone(tmp_path, issued):
    before = os.umask(0)
    try:
        write_pair(tmp_path, issued.to_store(with_ca_key=True))
    finally:
        os.umask(before)

    modes = {path.name: mode_of(path) for path in tmp_path.iterdir()}
    assert modes == {"tls.key": 0o600, "ca.key": 0o600, "tls.crt": 0o644, "ca.crt": 0o644}


def test_nothing_is_overwritten_unless_forced(tmp_path, issued, other):
    write_pair(tmp_path, issued.to_store(with_ca_key=False))

    with pytest.raises(StoreError, match=r"ca\.crt, tls\.crt, tls\.key would be overwritten"):
        write_pair(tmp_path, other.to_store(with_ca_key=True))

    assert read_pair(tmp_path) == issued.to_store(with_ca_key=False)
    write_pair(tmp_path, other.to_store(with_ca_key=True), force=True)
    assert read_pair(tmp_path) == other.to_store(with_ca_key=True)


def test_a_key_that_others_could_read_is_replaced_by_one_that_they_cannot(tmp_path, issued):
    (tmp_path / "tls.key").write_bytes(b"old")
    (tmp_path / "tls.key").chmod(0o644)

    write_pair(tmp_path, issued.to_store(with_ca_key=False), force=True)

    assert mode_of(tmp_path / "tls.key") == 0o600


def test_a_write_that_fails_leaves_nothing_aside(tmp_path, issued):
    (tmp_path / "tls.crt").mkdir()

    with pytest.raises(StoreError, match="cannot be written to"):
        write_pair(tmp_path, issued.to_store(with_ca_key=False), force=True)

    assert names_in(tmp_path) == ["tls.crt", "tls.key"]


def test_a_folder_that_is_a_file_is_refused(tmp_path, issued):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StoreError, match="cannot be written to"):
        write_pair(tmp_path / "file", issued.to_store(with_ca_key=False))


def test_a_full_disk_changes_nothing(tmp_path, issued):
    pair = StoredPair(cert_pem=issued.cert_pem, key=issued.key)
    write_pair(tmp_path, pair)

    with pytest.raises(StoreError, match="File too large"), limited_file_size(10):
        write_pair(tmp_path, pair, force=True)

    assert names_in(tmp_path) == ["tls.crt", "tls.key"]
    assert read_pair(tmp_path) == pair


def test_a_mounted_secret_is_read_through_its_links(mounted, issued):
    assert read_pair(mounted) == issued.to_store(with_ca_key=False)


def test_a_mounted_secret_is_not_written_to(mounted, issued):
    with pytest.raises(StoreError, match="mounted Secret"):
        write_pair(mounted, issued.to_store(with_ca_key=False), force=True)


@pytest.mark.parametrize("name", ["tls.crt", "tls.key"])
def test_a_missing_file_is_told_by_its_path(tmp_path, issued, name):
    write_pair(tmp_path, issued.to_store(with_ca_key=False))
    (tmp_path / name).unlink()

    with pytest.raises(StoreError, match=f"{name}: there is no such file"):
        read_pair(tmp_path)


def test_a_folder_instead_of_a_file_is_told(tmp_path):
    (tmp_path / "tls.crt").mkdir()

    with pytest.raises(StoreError, match=r"tls\.crt: cannot be read \(Is a directory\)"):
        read_pair(tmp_path)


def test_a_file_too_large_is_not_read(tmp_path):
    (tmp_path / "tls.crt").write_bytes(b"\0" * (MAX_BYTES + 1))

    with pytest.raises(StoreError, match="larger than 1 MiB"):
        read_pair(tmp_path)


def test_an_authority_is_taken_up_from_its_folder(tmp_path, issued, authority):
    write_pair(tmp_path, issued.to_store(with_ca_key=True))

    assert read_authority(tmp_path).certificate == authority.certificate


def test_an_authority_that_does_not_fit_is_told_by_its_path(tmp_path, issued):
    write_pair(tmp_path, StoredPair(issued.cert_pem, issued.key, issued.ca_pem, issued.key))

    with pytest.raises(CertificateError, match="does not fit"):
        read_authority(tmp_path)
