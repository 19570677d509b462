import pytest

from tests.builders import container, pod, policy_from, review
from webhook.admission.decide import decide

POLICY = """
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {{name: prepare}}
spec:
  onConflict: {on_conflict}
  initContainers:
  - container: {{name: prepare, image: prepare:1, volumeMounts: [{{name: data, mountPath: /data}}]}}
  volumes: [{{name: data, emptyDir: {{}}}}]
  appContainers:
    volumeMounts: [{{name: data, mountPath: /data}}]
    env: [{{name: DATA, value: /data}}]
"""

CLASHES = [
    pytest.param(pod(container("prepare")), id="an app container of that name"),
    pytest.param(pod(init=[container("prepare", image="other:1")]), id="another init container of that name"),
    pytest.param(pod(volumes=[{"name": "data", "hostPath": {"path": "/"}}]), id="another volume of that name"),
    pytest.param(
        pod(
            container(volumeMounts=[{"name": "mine", "mountPath": "/data"}]), volumes=[{"name": "mine", "emptyDir": {}}]
        ),
        id="the mount path is taken",
    ),
    pytest.param(pod(container(env=[{"name": "DATA", "value": "/mine"}])), id="the variable is set"),
]


@pytest.mark.parametrize("manifest", CLASHES)
def test_deny_refuses_the_pod_and_patches_nothing(manifest):
    decision = decide(review(manifest), policy_from(POLICY.format(on_conflict="Deny")))

    assert not decision.allowed
    assert ["IC401"] == [finding.code for finding in decision.findings]
    assert [] == decision.operations


@pytest.mark.parametrize("manifest", CLASHES)
def test_skip_lets_the_pod_pass_untouched_and_says_why(manifest):
    decision = decide(review(manifest), policy_from(POLICY.format(on_conflict="Skip")))

    assert decision.allowed
    assert [] == decision.operations
    assert ["prepare"] == [skipped.policy for skipped in decision.skipped]
    assert decision.skipped[0].reason


def test_rename_gives_our_container_and_volume_other_names():
    manifest = pod(container("prepare"), volumes=[{"name": "data", "hostPath": {"path": "/"}}])

    decision = decide(review(manifest), policy_from(POLICY.format(on_conflict="Rename")))

    spec = decision.result["spec"]
    assert ["prepare-2"] == [one["name"] for one in spec["initContainers"]]
    assert ["data", "data-2"] == [one["name"] for one in spec["volumes"]]
    assert "data-2" == spec["initContainers"][0]["volumeMounts"][0]["name"]
    assert "data-2" == spec["containers"][0]["volumeMounts"][0]["name"]


def test_an_injection_that_would_make_the_pod_invalid_is_a_conflict():
    policy = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: lost}
spec:
  initContainers: [{container: {name: lost, image: x, volumeMounts: [{name: nowhere, mountPath: /x}]}}]
""")

    decision = decide(review(pod()), policy)

    assert not decision.allowed
    assert ["IC401"] == [finding.code for finding in decision.findings]
    assert "IC108" in decision.findings[0].message
