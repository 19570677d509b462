import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import envelope, pod
from webhook.admission.depth import MAX_DEPTH, is_too_deep
from webhook.admission.review import read_review
from webhook.core.errors import ReviewError


def nested(levels):
    return b"[" * levels + b"]" * levels


def test_a_review_is_read_as_it_was_sent():
    it = read_review(envelope(pod(), dryRun=True, name="shop"), mutating=True)

    assert ("CREATE", "v1", "Pod", "shop", "shop", True) == (
        it.operation,
        it.api_version,
        it.kind,
        it.namespace,
        it.name,
        it.dry_run,
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(b"", "not JSON", id="empty"),
        pytest.param(b"{", "not JSON", id="cut off"),
        pytest.param(b'{"a": "\xff"}', "not JSON", id="not UTF-8"),
        pytest.param(b"NaN", "not JSON", id="not a number"),
        pytest.param(b"[]", "no AdmissionReview", id="a list"),
        pytest.param(b"7", "no AdmissionReview", id="a number"),
        pytest.param(b"null", "no AdmissionReview", id="null"),
        pytest.param(orjson.dumps(pod()), "no AdmissionReview", id="a bare Pod"),
        pytest.param(
            envelope(pod()).replace(b"admission.k8s.io/v1", b"admission.k8s.io/v1beta1"), "v1beta1", id="v1beta1"
        ),
        pytest.param(b'{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}', "no request", id="no request"),
        pytest.param(
            b'{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":[]}',
            "no request",
            id="a list as request",
        ),
        pytest.param(envelope(pod(), uid=""), "uid", id="no uid"),
        pytest.param(envelope(pod(), uid=7), "uid", id="a number as uid"),
        pytest.param(envelope(pod(), object=[]), "object", id="a list as object"),
        pytest.param(envelope(pod(), kind="Pod"), "kind", id="text as kind"),
        pytest.param(envelope(pod(), namespace={}), "namespace", id="an object as namespace"),
    ],
)
def test_what_is_no_review_is_a_bad_request_that_says_why(body, message):
    with pytest.raises(ReviewError, match=message) as caught:
        read_review(body, mutating=True)

    assert 400 == caught.value.status


def test_depth_is_bounded_and_the_bound_is_exact():
    assert not is_too_deep(orjson.loads(nested(MAX_DEPTH)))
    assert is_too_deep(orjson.loads(nested(MAX_DEPTH + 1)))


@pytest.mark.parametrize("levels", [300, 1000, 1_000_000])
def test_a_thousand_levels_are_refused_whatever_holds_them(levels):
    body = envelope(pod(future="HERE")).replace(b'"HERE"', nested(levels))

    with pytest.raises(ReviewError) as caught:
        read_review(body, mutating=True)

    assert 400 == caught.value.status


@given(st.binary(max_size=200))
def test_no_bytes_lead_to_anything_but_a_review_or_a_refusal(body):
    with pytest.raises(ReviewError):
        read_review(body, mutating=False)
