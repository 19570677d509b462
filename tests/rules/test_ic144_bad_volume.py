import pytest

from tests.builders import container, pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.kubernetes.ic144_bad_volume import check


def told(seen):
    return [(str(finding.type), finding.path) for finding in check(seen)]


@pytest.mark.parametrize(
    ("volume", "findings"),
    [
        pytest.param({"name": "a"}, [], id="an emptyDir"),
        pytest.param({"name": "a", "emptyDir": {}, "hostPath": {}}, [("Forbidden", ".hostPath")], id="two sources"),
        pytest.param({"name": "a", "configMap": {}}, [("Required", ".configMap.name")], id="a source with a fault"),
        pytest.param({"name": "A.b"}, [("Invalid", ".name")], id="a bad name"),
        pytest.param({"name": "ok"}, [("Duplicate", ".name")], id="a name that is taken"),
        pytest.param(None, [("Required", ".name")], id="null"),
    ],
)
def test_a_fault_stands_at_its_volume(volume, findings):
    seen = view(pod(volumes=[{"name": "ok"}, volume]))

    assert [(type_, f"spec.volumes[1]{path}") for type_, path in findings] == told(seen)


def test_a_pod_without_volumes_has_none():
    assert [] == told(view(pod()))


def test_claims_of_a_stateful_set_come_first():
    manifest = workload("StatefulSet", pod(container(), volumes=[{"name": "a"}, {"name": "data"}, {"name": "B"}]))
    manifest["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}}]

    seen = workload_of("apps/v1", "StatefulSet").pod(manifest, 36)

    assert [("Invalid", "spec.template.spec.volumes[2].name")] == told(seen)


def test_a_nameless_claim_of_a_stateful_set_makes_a_bad_volume():
    manifest = workload("StatefulSet", pod(container()))
    manifest["spec"]["volumeClaimTemplates"] = [{}]

    seen = workload_of("apps/v1", "StatefulSet").pod(manifest, 36)

    assert [
        ("Required", "spec.template.spec.volumes[0].persistentVolumeClaim.claimName"),
        ("Required", "spec.template.spec.volumes[0].name"),
    ] == told(seen)


def test_image_volumes_are_gone_before_35():
    manifest = pod(volumes=[{"name": "pages", "image": {"pullPolicy": "Often"}}, {"name": "B"}])

    assert [("Invalid", "spec.volumes[0].name")] == told(view(manifest, 34))
    assert 3 == len(told(view(manifest, 35)))


CLAIM = {"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}
EPHEMERAL = {"name": "data", "ephemeral": {"volumeClaimTemplate": CLAIM}}


@pytest.mark.parametrize(
    ("claim", "count"), [pytest.param("shop-data", 1, id="its own"), pytest.param("data", 0, id="another")]
)
def test_the_claim_of_an_ephemeral_volume_is_no_other_volumes(claim, count):
    volumes = [EPHEMERAL, {"name": "again", "persistentVolumeClaim": {"claimName": claim}}]

    findings = told(view(pod(volumes=volumes)))

    assert [("Invalid", "spec.volumes[1].persistentVolumeClaim.claimName")] * count == findings


def test_the_claim_of_a_pod_without_a_name_is_not_known():
    volumes = [EPHEMERAL, {"name": "again", "persistentVolumeClaim": {"claimName": "-data"}}]

    assert [] == told(view(pod(metadata={"name": None, "generateName": "shop-"}, volumes=volumes)))


TOKEN = {"name": "token", "projected": {"sources": [None, {"serviceAccountToken": {"path": "token"}}]}}


@pytest.mark.parametrize(
    ("spec", "count"),
    [
        pytest.param({}, 1, id="no account"),
        pytest.param({"serviceAccountName": "shop"}, 0, id="an account"),
        pytest.param({"serviceAccount": "shop"}, 0, id="an account by the old name"),
    ],
)
def test_a_token_is_that_of_an_account(spec, count):
    findings = told(view(pod(volumes=[TOKEN], **spec)))

    assert [("Forbidden", "spec.volumes[0].projected.sources[1].serviceAccountToken")] * count == findings


def test_a_template_gets_its_account_later():
    seen = workload_of("apps/v1", "Deployment").pod(workload("Deployment", pod(volumes=[TOKEN])), 36)

    assert [] == told(seen)
