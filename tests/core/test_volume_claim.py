import pytest

from webhook.core.volume_claim import ephemeral_faults

SPEC = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}


def told(template, minor=36):
    faults = ephemeral_faults({"volumeClaimTemplate": template}, minor)
    return sorted((str(fault.type), fault.path.removeprefix("volumeClaimTemplate.")) for fault in faults)


def test_there_is_a_template():
    assert [("Required", "volumeClaimTemplate")] == told(None)


def test_a_template_says_how_it_is_accessed_and_how_large_it_is():
    assert [("Required", "spec.accessModes"), ("Required", "spec.resources[storage]")] == told({})
    assert [] == told({"spec": SPEC})


@pytest.mark.parametrize(
    ("metadata", "faults"),
    [
        pytest.param({"labels": {"a": "b"}, "annotations": {"a": "any thing"}}, [], id="labels and annotations"),
        pytest.param({"labels": {"a b": ""}}, [("Invalid", "metadata.labels")], id="a bad label"),
        pytest.param({"annotations": {"a b": ""}}, [("Invalid", "metadata.annotations")], id="a bad annotation"),
        pytest.param({"name": "a"}, [("Forbidden", "metadata.name")], id="a name"),
        pytest.param({"name": "", "generation": 0, "creationTimestamp": None}, [], id="what says nothing"),
        pytest.param({"uid": "a"}, [("Forbidden", "metadata.uID")], id="told as Go spells it"),
        pytest.param({"finalizers": []}, [("Forbidden", "metadata.finalizers")], id="an empty list says something"),
        pytest.param(
            {"deletionGracePeriodSeconds": 0},
            [("Forbidden", "metadata.deletionGracePeriodSeconds")],
            id="a zero that may be absent says something",
        ),
    ],
)
def test_its_metadata_hold_labels_and_annotations_alone(metadata, faults):
    assert faults == told({"metadata": metadata, "spec": SPEC})


SOURCE = {"kind": "PersistentVolumeClaim", "name": "a"}


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        pytest.param({"accessModes": ["x", None]}, [("NotSupported", "spec.accessModes")] * 2, id="unknown modes"),
        pytest.param({"accessModes": ["ReadWriteOncePod"] * 2}, [], id="one mode twice"),
        pytest.param(
            {"accessModes": ["ReadWriteOncePod", "ReadWriteOnce"]},
            [("Forbidden", "spec.accessModes")],
            id="one Pod or one node",
        ),
        pytest.param(
            {"accessModes": ["ReadWriteOncePod", "x"]}, [("NotSupported", "spec.accessModes")], id="one known"
        ),
        pytest.param(
            {"selector": {"matchLabels": {"a b": ""}}}, [("Invalid", "spec.selector.matchLabels")], id="a selector"
        ),
        pytest.param(
            {"resources": {"requests": {"storage": "0"}}}, [("Invalid", "spec.resources[storage]")], id="no storage"
        ),
        pytest.param(
            {"resources": {"requests": {"storage": None}}}, [("Invalid", "spec.resources[storage]")], id="null storage"
        ),
        pytest.param({"resources": {"requests": {"storage": "1n"}}}, [], id="a little, rounded up"),
        pytest.param({"storageClassName": "A_B"}, [("Invalid", "spec.storageClassName")], id="a bad class"),
        pytest.param({"storageClassName": ""}, [], id="no class"),
        pytest.param({"volumeMode": "Block"}, [], id="a block device"),
        pytest.param({"volumeMode": ""}, [("NotSupported", "spec.volumeMode")], id="an empty mode"),
        pytest.param({"dataSource": SOURCE}, [], id="another claim"),
        pytest.param(
            {"dataSource": {}},
            [
                ("Invalid", "spec.dataSource"),
                ("Required", "spec.dataSource.kind"),
                ("Required", "spec.dataSource.name"),
            ],
            id="no object",
        ),
        pytest.param(
            {"dataSource": {**SOURCE, "apiGroup": "A_B"}}, [("Invalid", "spec.dataSource.apiGroup")], id="a bad group"
        ),
        pytest.param({"dataSource": SOURCE, "dataSourceRef": SOURCE}, [], id="the same twice"),
        pytest.param(
            {"dataSource": SOURCE, "dataSourceRef": {**SOURCE, "apiGroup": ""}},
            [("Invalid", "spec")],
            id="not the same",
        ),
        pytest.param({"dataSourceRef": {**SOURCE, "namespace": "shop"}}, [], id="in another namespace"),
        pytest.param(
            {"dataSourceRef": {**SOURCE, "namespace": "a.b"}},
            [("Invalid", "spec.dataSourceRef.namespace")],
            id="no namespace",
        ),
        pytest.param(
            {"dataSource": SOURCE, "dataSourceRef": {**SOURCE, "namespace": "shop"}},
            [("Invalid", "spec")],
            id="a namespace excludes the old field",
        ),
    ],
)
def test_its_spec_is_that_of_a_claim(fields, faults):
    assert faults == told({"spec": {**SPEC, **fields}})


@pytest.mark.parametrize(
    ("minor", "faults"),
    [pytest.param(33, [], id="1.33"), pytest.param(34, [("Invalid", "spec.volumeAttributesClassName")], id="1.34")],
)
def test_the_class_of_attributes_is_looked_at_since_34(minor, faults):
    assert faults == told({"spec": {**SPEC, "volumeAttributesClassName": "A_B"}}, minor)
