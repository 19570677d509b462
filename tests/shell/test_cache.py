from hypothesis import given
from hypothesis import strategies as st

from webhook.shell.cache import Cache


def test_a_value_is_made_once():
    made = []
    cache = Cache(100)

    values = [cache.get(text, lambda text: made.append(text) or text.upper()) for text in ("a", "b", "a", "a")]

    assert ["A", "B", "A", "A"] == values
    assert ["a", "b"] == made


def test_the_oldest_texts_are_dropped_first():
    made = []
    cache = Cache(4)

    for text in ("aa", "bb", "cc", "bb", "aa"):
        cache.get(text, made.append)

    assert ["aa", "bb", "cc", "aa"] == made


def test_a_text_longer_than_all_is_made_each_time():
    made = []
    cache = Cache(4)

    for text in ("a", "long one", "long one", "a"):
        cache.get(text, made.append)

    assert ["a", "long one", "long one"] == made


@given(st.lists(st.text(max_size=6)), st.integers(0, 12))
def test_it_never_keeps_more_than_it_may(texts, capacity):
    cache = Cache(capacity)

    for text in texts:
        assert len(text) == cache.get(text, len)
        assert sum(map(len, cache._values)) == cache._size <= capacity
