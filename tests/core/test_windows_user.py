import pytest

from webhook.core.windows_user import user_name_faults


@pytest.mark.parametrize(
    "name",
    [
        "ContainerAdministrator",
        "NT AUTHORITY\\SYSTEM",
        "a.b.example-corp.com\\user",
        "d" * 15 + "\\user",
        "ä" * 15 + "\\ü",
        "u" * 104,
    ],
)
def test_a_user_with_or_without_a_domain_is_fine(name):
    assert [] == list(user_name_faults(name))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        pytest.param("", 1, id="empty"),
        pytest.param("a\tb\\c\\d", 1, id="a control character hides the rest"),
        pytest.param("a\\b\\c@", 1, id="so does a second backslash"),
        pytest.param("\\user", 1, id="an empty domain"),
        pytest.param("domain\\", 1, id="an empty user"),
        pytest.param(".net\\user", 1, id="a domain with a dot in front"),
        pytest.param("d" * 16 + "!\\user", 1, id="too long for NetBIOS and no DNS name"),
        pytest.param("d" * 256 + "\\user", 2, id="a domain of 256 bytes"),
        pytest.param("ä" * 53, 1, id="a user of 106 bytes"),
        pytest.param(". .", 1, id="dots and spaces"),
        pytest.param("a@b", 1, id="a mail address"),
        pytest.param("[" + "u" * 104, 2, id="two faults of one user"),
    ],
)
def test_each_fault_is_told(name, count):
    assert count == len(list(user_name_faults(name)))
