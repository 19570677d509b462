import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic154_misused_resource_claim import check

DECLARED = [{"name": "gpu", "resourceClaimName": "x"}, {"name": "net", "resourceClaimName": "y"}, None]


def claim(name, request=None):
    return {"name": name, "request": request}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([claim("gpu"), claim("net")], [], id="two claims"),
        pytest.param([claim("gpu", "a"), claim("gpu", "b"), claim("net", "a")], [], id="requests of claims"),
        pytest.param([claim("")], [("Required", "[0]")], id="no name"),
        pytest.param([None], [("Required", "[0]")], id="null"),
        pytest.param([claim("", "Bad")], [("Required", "[0]")], id="a nameless one is not looked at further"),
        pytest.param([claim("disk")], [("NotFound", "[0]")], id="unknown"),
        pytest.param([claim("gpu", "a_b")], [("Invalid", "[0].request")], id="a request that is no label"),
        pytest.param([claim("gpu", "A" * 64)], [("Invalid", "[0].request")] * 2, id="too long and no label"),
        pytest.param([claim("gpu"), claim("gpu")], [("Duplicate", "[1]")], id="whole twice"),
        pytest.param([claim("gpu", "a"), claim("gpu", "a")], [("Duplicate", "[1]")], id="a request twice"),
        pytest.param([claim("gpu"), claim("gpu", "Bad")], [("Duplicate", "[1]")], id="a request after the whole"),
        pytest.param([claim("gpu", "a"), claim("gpu")], [("Duplicate", "[1]")], id="the whole after a request"),
        pytest.param(
            [claim("gpu", "a"), claim("gpu", "b"), claim("gpu")],
            [("Duplicate", "[2]")] * 2,
            id="the whole after two requests counts twice",
        ),
        pytest.param(
            [claim("disk"), claim("disk")],
            [("NotFound", "[0]"), ("Duplicate", "[1]"), ("NotFound", "[1]")],
            id="unknown twice",
        ),
    ],
)
def test_claims_name_each_claim_of_the_pod_once(claims, expected):
    manifest = pod(init=[container("train", resources={"claims": claims})], resourceClaims=DECLARED)

    found = list(check(view(manifest)))

    path = "spec.initContainers[0].resources.claims"
    assert [(type_, path + below) for type_, below in expected] == [(str(one.type), one.path) for one in found]
    assert {"train"} >= {one.container for one in found}


def test_claims_of_different_containers_may_be_the_same():
    claims = {"claims": [claim("gpu")]}
    manifest = pod(container(resources=claims), init=[container("train", resources=claims)], resourceClaims=DECLARED)

    assert [] == list(check(view(manifest)))


@pytest.mark.parametrize(
    ("minor", "paths"),
    [
        pytest.param(33, [], id="dropped in 1.33"),
        pytest.param(
            34,
            [
                "spec.containers[0].resources.claims[0]",
                "spec.ephemeralContainers[0].resources.claims[0]",
                "spec.resources.claims[0]",
            ],
            id="judged since 1.34",
        ),
    ],
)
def test_every_place_is_judged_where_the_feature_is_on(minor, paths):
    claims = {"claims": [claim("disk")]}
    manifest = pod(
        container(resources=claims), ephemeralContainers=[container("debug", resources=claims)], resources=claims
    )

    assert paths == [finding.path for finding in check(view(manifest, minor))]
