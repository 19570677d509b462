import copy
import pickle
from dataclasses import asdict, dataclass

import pytest

from certs.secret import PrivateKey

KEY = PrivateKey(b"hush")


@pytest.mark.parametrize(
    "show",
    [
        pytest.param(repr, id="repr"),
        pytest.param(str, id="str"),
        pytest.param("{}".format, id="format"),
        pytest.param(lambda key: f"{key!a}", id="ascii"),
        pytest.param(lambda key: repr([key]), id="inside a list"),
    ],
)
def test_a_private_key_hides_itself(show):
    assert "hush" not in show(KEY)


def test_a_private_key_is_shown_when_asked_for():
    assert KEY.reveal() == b"hush"


def test_private_keys_compare_by_content():
    assert PrivateKey(b"hush") == KEY
    assert PrivateKey(b"other") != KEY
    assert KEY != b"hush"


def test_a_private_key_is_not_pickled():
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(KEY)


def test_a_private_key_is_not_hashed():
    with pytest.raises(TypeError, match="unhashable"):
        hash(KEY)


def test_a_copy_of_a_private_key_is_the_key_itself():
    @dataclass
    class Holder:
        key: PrivateKey

    assert asdict(Holder(KEY))["key"] is KEY
    assert copy.copy(KEY) is KEY
