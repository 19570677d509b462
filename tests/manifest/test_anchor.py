"""How much a document may grow by its aliases: go-yaml's own bounds."""

import pytest

from webhook.manifest.anchor import Expansion


def _expansion(decoded):
    expansion = Expansion()
    expansion.decoded = decoded
    return expansion


@pytest.mark.parametrize(
    ("decoded", "size", "allowed"),
    [
        pytest.param(1, 100, True, id="a hundred nodes are free"),
        pytest.param(1, 900, True, id="so is a document of a thousand"),
        pytest.param(1, 1_001, False, id="a larger one may not consist of aliases only"),
        pytest.param(1_000, 90_000, True, id="a small one may for 99 of 100"),
        pytest.param(1_000, 110_000, False, id="and for no more"),
        pytest.param(1_100_000, 2_000_000, False, id="one in between for less"),
        pytest.param(1_700_000, 1_200_000, False, id="one in between, a little too much"),
        pytest.param(1_900_000, 390_000, True, id="one in between, within"),
        pytest.param(9_000_000, 900_000, True, id="a large one for a tenth"),
        pytest.param(9_000_000, 1_100_000, False, id="and for no more than that"),
    ],
)
def test_aliases_may_make_up_a_share_of_a_document(decoded, size, allowed):
    assert _expansion(decoded).expand(size) is allowed


def test_every_alias_counts():
    expansion = _expansion(10_000)

    assert expansion.expand(500_000) is False
    assert (expansion.decoded, expansion.aliased) == (510_001, 500_000)
