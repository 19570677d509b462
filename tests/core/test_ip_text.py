import pytest

from webhook.core.ip_text import better_spelling


@pytest.mark.parametrize(
    ("text", "better"),
    [
        pytest.param("10.0.0.1", "", id="usual"),
        pytest.param("010.000.0.01", "10.0.0.1", id="zeros in front"),
        pytest.param("10.0.0.256", "", id="no address"),
        pytest.param("10.0.0.0256", "", id="no address with a zero in front"),
        pytest.param("10.0.1", "", id="three numbers"),
        pytest.param("name", "", id="a name"),
        pytest.param("", "", id="nothing"),
        pytest.param("fe80::1", "", id="usual IPv6"),
        pytest.param("FE80::1", "fe80::1", id="capitals"),
        pytest.param("fe80:0:0:0:0:0:0:1", "fe80::1", id="zeros that can be left out"),
        pytest.param("2001:db8::0001", "2001:db8::1", id="zeros in front of a group"),
        pytest.param("::ffff:10.0.0.1", "10.0.0.1", id="IPv4 inside IPv6"),
        pytest.param("64:ff9b::10.0.0.1", "64:ff9b::a00:1", id="IPv6 that ends as IPv4"),
        pytest.param("fe80::1%eth0", "", id="a zone, which is no address here"),
        pytest.param("fe80:::1", "", id="no IPv6 address"),
    ],
)
def test_an_unusual_text_has_a_better_one(text, better):
    assert better == better_spelling(text)
