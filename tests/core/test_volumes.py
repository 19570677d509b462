import pytest

from tests.builders import container, pod, view, workload
from webhook.core.volumes import judged_volumes, valid_volumes, volumes_of
from webhook.core.workload import workload_of


def told(manifest, minor=36):
    judged = judged_volumes(view(manifest, minor))
    return [[(str(fault.type), fault.path) for fault in faults] for _, faults in judged]


def stateful(claims, *volumes):
    manifest = workload("StatefulSet", pod(container(), volumes=list(volumes)))
    manifest["spec"]["volumeClaimTemplates"] = claims
    return workload_of("apps/v1", "StatefulSet").pod(manifest, 36)


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        pytest.param(["a", "b"], [[], []], id="two names"),
        pytest.param(["a", "a", "a"], [[], [("Duplicate", "name")], [("Duplicate", "name")]], id="one name thrice"),
        pytest.param(
            ["", ""], [[("Required", "name")], [("Required", "name")]], id="two empty names are no duplicates"
        ),
        pytest.param(["A", "A"], [[("Invalid", "name")], [("Invalid", "name")]], id="nor are two bad ones"),
    ],
)
def test_each_volume_has_a_name_of_its_own(names, faults):
    assert faults == told(pod(volumes=[{"name": name} for name in names]))


def test_a_name_is_taken_only_by_a_valid_volume():
    volumes = [{"name": "a", "configMap": {}}, {"name": "a", "emptyDir": {}}]

    assert [[("Required", "configMap.name")], []] == told(pod(volumes=volumes))
    assert {"a": volumes[1]} == valid_volumes(view(pod(volumes=volumes)))


def test_a_null_volume_is_one_without_a_name():
    assert [[("Required", "name")]] == told(pod(volumes=[None]))


def test_claims_of_a_stateful_set_stand_in_front_and_replace():
    seen = stateful(
        [{"metadata": {"name": "data"}}, None, {"metadata": {"name": "data"}}], {"name": "data"}, {"name": "b"}
    )

    assert ["data", "", "b"] == [volume["name"] for volume in volumes_of(seen)]
    assert ["data", "b"] == list(valid_volumes(seen))


CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
EPHEMERAL = {"name": "v" * 63, "ephemeral": {"volumeClaimTemplate": {"spec": CLAIM}}}


@pytest.mark.parametrize(
    ("metadata", "faults"),
    [
        pytest.param({"name": "p" * 189}, [], id="fits"),
        pytest.param({"name": "p" * 190}, [("Invalid", "name")], id="too long"),
        pytest.param({"name": "", "generateName": "p" * 250}, [], id="a generated name is cut"),
        pytest.param({"name": "", "generateName": "P-"}, [("Invalid", "name")], id="a bad generated name"),
        pytest.param({"name": ""}, [], id="no name at all"),
    ],
)
def test_the_claim_of_an_ephemeral_volume_is_named_after_pod_and_volume(metadata, faults):
    assert [faults] == told(pod(metadata=metadata, volumes=[EPHEMERAL]))


def test_a_nameless_ephemeral_volume_lacks_its_name_alone():
    assert [[("Required", "name")]] == told(pod(volumes=[{**EPHEMERAL, "name": ""}]))


def test_pods_need_the_reference_of_an_image_and_templates_do_not():
    manifest = pod(volumes=[{"name": "a", "image": {}}])
    template = workload_of("apps/v1", "Deployment").pod(workload("Deployment", manifest), 36)

    assert [[("Required", "image.reference")]] == told(manifest)
    assert ["a"] == list(valid_volumes(template))
    assert [] == told(manifest, minor=34)


def test_an_image_with_a_reference_is_fine():
    assert [[]] == told(pod(volumes=[{"name": "a", "image": {"reference": "registry.example/pages:1"}}]))
