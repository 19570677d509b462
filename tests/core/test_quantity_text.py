import pytest

from webhook.core.errors import QuantityError
from webhook.core.quantity_text import MAX_EXPONENT, MAX_LENGTH, Format, canonical, number_text, scaled, split


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("", "an empty text", id="nothing"),
        *(
            pytest.param(text, "has a suffix that Kubernetes does not know", id=f"the suffix of {text}")
            for text in ("--1", "1e", "1K", "1ki", "1mi", "1Kie3", "1m5", "0.1mi", ".5i", "1i", "-3.01e-")
        ),
        *(
            pytest.param(text, "has not the format of a quantity", id=f"the format of {text!r}")
            for text in (
                "1Kb",
                "1KI",
                "1gi",
                "1 Ki",
                " 1",
                "1 ",
                "1,5",
                "1_000",
                "1e3Ki",
                "1e1.5",
                "0x10",
                "1..5",
                "Inf",
            )
        ),
        *(
            pytest.param(text, "has no number before its suffix", id=f"no number in {text}")
            for text in ("Ei", "+Pi", ".Pi", "e-10")
        ),
        pytest.param("1\n", "has not the format of a quantity", id="a line end after it"),
        pytest.param("\u0663", "has not the format of a quantity", id="a digit of another script"),
        pytest.param("1" * (MAX_LENGTH + 1), f"no more than {MAX_LENGTH}", id="too long"),
        pytest.param(f"1e{MAX_EXPONENT + 1}", f"no more than {MAX_EXPONENT}", id="too large an exponent"),
        pytest.param(f"1e-{MAX_EXPONENT + 1}", f"no more than {MAX_EXPONENT}", id="too small an exponent"),
    ],
)
def test_a_refusal_says_what_is_wrong(text, complaint):
    with pytest.raises(QuantityError, match=complaint):
        split(text)


def test_a_refusal_shows_no_more_than_the_beginning():
    with pytest.raises(QuantityError) as refusal:
        split("x" * MAX_LENGTH)

    assert "xxx…'" in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("text", ["+", "-", ".", "m", "Ki", "Ti", "e3", "-.n", "0Ei", ".0Ei", "00"])
def test_odd_texts_for_zero_are_read(text):
    assert split(text).nano == 0


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(7, "7", id="an integer"),
        pytest.param(-(10**20), "-100000000000000000000", id="a large integer"),
        pytest.param(1.0, "1", id="a whole float"),
        pytest.param(0.5, "0.5", id="a fraction"),
        pytest.param(-0.0, "-0", id="negative zero"),
        pytest.param(1e16, "10000000000000000", id="no exponent below 1e21"),
        pytest.param(1.5e20, "150000000000000000000", id="zeros are filled in"),
        pytest.param(1e21, "1e+21", id="an exponent from 1e21 on"),
        pytest.param(-1.5e-05, "-0.000015", id="no exponent down to 1e-6"),
        pytest.param(1e-6, "0.000001", id="one millionth"),
        pytest.param(2.5e-07, "2.5e-7", id="an exponent below that, without a leading zero"),
        pytest.param(5e-324, "5e-324", id="the smallest"),
        pytest.param(1.7976931348623157e308, "1.7976931348623157e+308", id="the largest"),
    ],
)
def test_a_number_is_written_as_go_writes_it(number, expected):
    assert number_text(number) == expected


@pytest.mark.parametrize("number", [True, None, [], {}, float("nan"), float("inf")], ids=repr)
def test_what_is_no_number_is_refused(number):
    with pytest.raises(QuantityError, match="is no quantity"):
        number_text(number)


def test_a_text_of_a_class_of_its_own_is_a_text():
    class Label(str):
        __slots__ = ()

    assert type(number_text(Label("1Gi"))) is str


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param(1023, "1023", id="below 1Ki"),
        pytest.param(1024, "1Ki", id="1Ki"),
        pytest.param(1025, "1025", id="no whole number of Ki"),
        pytest.param(-1536 * 2**20, "-1536Mi", id="negative"),
        pytest.param(2**60, "1Ei", id="the largest suffix"),
        pytest.param(2**70, "1024Ei", id="a sum beyond the largest suffix"),
    ],
)
def test_binary_amounts_take_the_largest_suffix_that_is_exact(units, expected):
    assert canonical(units * 10**9, Format.BINARY_SI) == expected


def test_decimal_amounts_beyond_the_suffixes_lose_theirs_as_in_kubernetes():
    assert canonical(10**30, Format.DECIMAL_SI) == "1"
    assert canonical(10**30, Format.DECIMAL_EXPONENT) == "1e21"


@pytest.mark.parametrize(("amount", "expected"), [(1, 1), (-1, -1), (10, 1), (-10, -1), (11, 2), (-11, -2), (0, 0)])
def test_dividing_goes_away_from_zero(amount, expected):
    assert scaled(amount, -1) == expected
