"""Addresses as policies write them; what they refuse is told by the recipes' own tests."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.address import Address
from webhook.core.errors import OptionsError


def parse(text: str) -> Address:
    return Address.parse(text, schemes=("http", "tcp"), field="url")


def test_an_address_is_known_in_its_parts():
    assert parse("HTTP://me:pw@[2001:db8::1]:8080/a/b?c=d#e") == Address(
        "http", "[2001:db8::1]", 8080, "/a/b?c=d#e", "me:pw"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://me:p@ss@web:80/a?secret#secret", "http://web:80/a"),
        ("http://web?secret", "http://web"),
        ("http://web#secret", "http://web"),
        ("tcp://[::1]:5", "tcp://[::1]:5"),
    ],
)
def test_what_is_shown_has_no_secrets(text, shown):
    assert parse(text).shown == shown


@pytest.mark.parametrize(
    ("host", "is_ip"), [("10.0.0.1", True), ("[::1]", True), ("web", False), ("10.0.0.1.nip.io", False)]
)
def test_an_ip_address_is_told_from_a_name(host, is_ip):
    assert parse(f"http://{host}").is_ip is is_ip


def test_a_name_has_at_most_253_characters():
    longest = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])

    assert parse(f"http://{longest}.").host == f"{longest}."
    with pytest.raises(OptionsError):
        parse(f"http://{longest}d")


@given(st.text())
def test_whatever_is_written_is_an_address_or_refused(text):
    with suppress(OptionsError):
        address = parse(f"http://{text}")

        assert address.host
        assert address.path in text
