import pytest

from webhook.core.sysctl import is_name, namespace


@pytest.mark.parametrize("name", ["kernel.shm_rmid_forced", "net/ipv4/conf/eth0.1/x", "a", "a-b.c_d", "a" * 253])
def test_names_with_dots_or_slashes_are_names(name):
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "A", "a..b", ".a", "a.", "_a", "a\n", "net.*", "a" * 254])
def test_anything_else_is_none(name):
    assert not is_name(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("net.core.somaxconn", "net"),
        ("net/core/somaxconn", "net"),
        ("net.*", "net"),
        pytest.param("net", "", id="the prefix alone"),
        pytest.param("net.ipv4/x", "net", id="a slash after a dot"),
        ("kernel.sem", "ipc"),
        ("kernel/shmmax", "ipc"),
        ("kernel.shm*", "ipc"),
        ("kernel.msgmax.more", ""),
        ("fs.mqueue.msg_max", "ipc"),
        ("vm.swappiness", ""),
        ("", ""),
    ],
)
def test_a_sysctl_belongs_to_a_namespace(name, expected):
    assert expected == namespace(name)
