import pytest

from tests.builders import pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic156_malformed_pod_resource_claim import check

MIRROR = {"annotations": {"kubernetes.io/config.mirror": ""}}


def found(claims, minor=36):
    return [(str(one.type), one.path) for one in check(view(pod(resourceClaims=claims), minor))]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param({"name": "gpu", "resourceClaimName": "shared.gpu"}, [], id="of a claim"),
        pytest.param({"name": "gpu", "resourceClaimTemplateName": "one"}, [], id="of a template"),
        pytest.param({"resourceClaimName": "x"}, [("Required", ".name")], id="no name"),
        pytest.param({"name": "a.b", "resourceClaimName": "x"}, [("Invalid", ".name")], id="no label"),
        pytest.param({"name": "A" * 64, "resourceClaimName": "x"}, [("Invalid", ".name")] * 2, id="two faults"),
        pytest.param({"name": "gpu"}, [("Invalid", "")], id="no source"),
        pytest.param(
            {"name": "gpu", "resourceClaimName": "x", "resourceClaimTemplateName": "y"}, [("Invalid", "")], id="both"
        ),
        pytest.param(
            {"name": "gpu", "resourceClaimName": ""},
            [("Invalid", ".resourceClaimName")],
            id="an empty text is a source",
        ),
        pytest.param(
            {"name": "gpu", "resourceClaimTemplateName": "A" * 254},
            [("Invalid", ".resourceClaimTemplateName")] * 2,
            id="too long and no subdomain",
        ),
        pytest.param(None, [("Required", ".name"), ("Invalid", "")], id="null"),
    ],
)
def test_each_fault_of_an_entry_is_one_finding(claim, expected):
    assert [(type_, f"spec.resourceClaims[0]{below}") for type_, below in expected] == found([claim])


def test_a_name_may_stand_once_and_an_empty_one_is_only_missing():
    claims = [{"name": name, "resourceClaimName": "x"} for name in ("Bad", "Bad", "", "")]

    assert [
        ("Invalid", "spec.resourceClaims[0].name"),
        ("Duplicate", "spec.resourceClaims[1].name"),
        ("Required", "spec.resourceClaims[2].name"),
        ("Required", "spec.resourceClaims[3].name"),
    ] == found(claims)


def test_up_to_1_33_they_are_dropped_unread():
    assert [] == found([{}], minor=33)
    assert [] != found([{}], minor=34)


def test_a_static_pod_can_have_none_at_all():
    manifest = pod(metadata=MIRROR, resourceClaims=[{"name": "gpu"}, None])

    assert [("Forbidden", "[]")] * 2 == [(str(one.type), one.path) for one in check(view(manifest))]


def test_the_annotation_of_static_pods_means_nothing_in_a_template():
    template = template_of(pod(metadata=MIRROR, resourceClaims=[{"name": "gpu"}]))

    [finding] = check(Pod(template, path="spec.template.spec", kind="Deployment"))

    assert "spec.template.spec.resourceClaims[0]" == finding.path
