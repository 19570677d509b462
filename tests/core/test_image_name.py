import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.image_name import ImageName

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("busybox", ("busybox", "", "")),
        ("busybox:1.36", ("busybox", "1.36", "")),
        ("registry.example:5000/tools", ("registry.example:5000/tools", "", "")),
        ("registry.example:5000/tools:v1", ("registry.example:5000/tools", "v1", "")),
        (f"busybox@{DIGEST}", ("busybox", "", DIGEST)),
        (f"registry.example:5000/a/b:v1@{DIGEST}", ("registry.example:5000/a/b", "v1", DIGEST)),
        ("", ("", "", "")),
    ],
)
def test_a_reference_is_taken_apart(text, parts):
    image = ImageName.parse(text)

    assert parts == (image.repository, image.tag, image.digest)


@given(
    st.from_regex(r"([a-z.]{1,9}(:[0-9]{1,4})?/)?[a-z/]{1,9}[a-z]", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,9}", fullmatch=True) | st.just(""),
    st.sampled_from(["", DIGEST]),
)
def test_what_is_put_together_comes_apart_the_same(repository, tag, digest):
    text = repository + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")

    assert ImageName(repository, tag, digest) == ImageName.parse(text)


@pytest.mark.parametrize(
    ("text", "is_latest"),
    [
        ("x", True),
        ("x:latest", True),
        ("x:5000/y", True),
        ("x:1", False),
        (f"x@{DIGEST}", False),
        (f"x:latest@{DIGEST}", False),
    ],
)
def test_latest_is_what_nobody_fixed(text, is_latest):
    assert is_latest == ImageName.parse(text).is_latest
