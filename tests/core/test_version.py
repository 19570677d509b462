import pytest

from webhook.core.errors import MisuseError
from webhook.core.version import parse_minor


@pytest.mark.parametrize(("text", "minor"), [("1.36", 36), ("v1.33", 33), ("1.34.7", 34), (" 1.37 ", 37)])
def test_known_versions_are_read(text, minor):
    assert minor == parse_minor(text)


@pytest.mark.parametrize("text", ["", "1", "1.20", "2.36", "1.36.3.4", "1.x", "latest", "1." + "9" * 500])
def test_unknown_versions_are_refused_and_the_known_ones_named(text):
    with pytest.raises(MisuseError, match=r"1\.33, 1\.34, 1\.35, 1\.36, 1\.37"):
        parse_minor(text)
