import ipaddress

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.errors import NamesError
from certs.names import covers, parse_name, parse_names, service_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("localhost", x509.DNSName("localhost"), id="one label"),
        pytest.param("Prologue.Shop.SVC", x509.DNSName("prologue.shop.svc"), id="capitals"),
        pytest.param("prologue.shop.svc.", x509.DNSName("prologue.shop.svc"), id="a trailing dot"),
        pytest.param("*.shop.svc", x509.DNSName("*.shop.svc"), id="a wildcard"),
        pytest.param("10.0.0.1", x509.IPAddress(ipaddress.ip_address("10.0.0.1")), id="IPv4"),
        pytest.param("::1", x509.IPAddress(ipaddress.ip_address("::1")), id="IPv6"),
        pytest.param("a" * 63, x509.DNSName("a" * 63), id="the longest label"),
    ],
)
def test_a_name_is_an_address_if_it_reads_as_one_and_a_dns_name_else(text, name):
    assert parse_name(text) == name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "it is empty", id="nothing"),
        pytest.param("https://prologue", "without scheme", id="a URL"),
        pytest.param("localhost:8443", "without scheme, port", id="a port"),
        pytest.param("fe80::1%eth0", "zone", id="an address with a zone"),
        pytest.param("127.0.0.256", "is no IP address", id="an address out of range"),
        pytest.param("bücher.example", "xn--", id="outside ASCII"),
        pytest.param("my_service", "the part 'my_service'", id="an underscore"),
        pytest.param("a..b", "the part ''", id="an empty label"),
        pytest.param("-a.b", "the part '-a'", id="a leading hyphen"),
        pytest.param("a.*.b", r"the part '\*'", id="a wildcard inside"),
        pytest.param("a" * 64, "1 to 63", id="a label too long"),
        pytest.param(".".join(["a" * 63] * 4), "at most 253", id="a name too long"),
        pytest.param("a\nb", "the part", id="a line break"),
        pytest.param("a\n", "the part", id="a line break at the end"),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(text, message):
    with pytest.raises(NamesError, match=message):
        parse_name(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_name_or_refused(text):
    try:
        name = parse_name(text)
    except NamesError:
        return

    assert parse_name(str(name.value)) == name


def test_names_keep_their_order_and_stand_once():
    names = parse_names(["b", "127.0.0.1", "a", "B"])

    assert [str(name.value) for name in names] == ["b", "127.0.0.1", "a"]


def test_no_names_are_refused():
    with pytest.raises(NamesError, match="at least one name"):
        parse_names([])


def test_a_service_has_four_names():
    assert service_names("prologue", "shop") == [
        "prologue",
        "prologue.shop",
        "prologue.shop.svc",
        "prologue.shop.svc.cluster.local",
    ]


@pytest.mark.parametrize(
    ("service", "namespace", "message"),
    [
        pytest.param("Prologue", "shop", "no service name", id="capitals"),
        pytest.param("prologue", "a.b", "no namespace name", id="a dot"),
        pytest.param("", "shop", "no service name", id="no service"),
    ],
)
def test_a_service_that_cannot_be_is_refused(service, namespace, message):
    with pytest.raises(NamesError, match=message):
        service_names(service, namespace)


@pytest.mark.parametrize(
    ("carried", "wanted", "answer"),
    [
        pytest.param("a.svc", "a.svc", True, id="the same"),
        pytest.param("A.svc", "a.svc", True, id="the same but for case"),
        pytest.param("b.svc", "a.svc", False, id="another"),
        pytest.param("*.svc", "a.svc", True, id="a wildcard"),
        pytest.param("*.svc", "a.b.svc", False, id="a wildcard two labels up"),
        pytest.param("*.svc", "svc", False, id="a wildcard and its parent"),
        pytest.param("*.svc", "*.svc", True, id="a wildcard and itself"),
    ],
)
def test_a_wildcard_stands_for_exactly_one_label(carried, wanted, answer):
    assert covers(carried, wanted) is answer
