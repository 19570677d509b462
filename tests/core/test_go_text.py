import pytest

from webhook.core.go_text import lower


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        pytest.param("example.com/a", "example.com/a", id="lower already"),
        pytest.param("Example.COM", "example.com", id="capitals"),
        pytest.param("İ", "i", id="a dotted capital I loses its dot"),
        pytest.param("\u212a", "k", id="a Kelvin sign"),
        pytest.param("É", "é", id="beyond ASCII"),
        pytest.param("1", "1", id="no letters"),
    ],
)
def test_case_is_taken_away_as_go_does(text, lowered):
    assert lowered == lower(text)
