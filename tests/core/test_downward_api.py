import pytest

from webhook.core.downward_api import ENV_FIELDS, FILE_FIELDS, field_ref_faults, resource_field_ref_faults


def told(faults):
    return [(str(fault.type), fault.path) for fault in faults]


UNKNOWN = [("Invalid", "fieldPath")]
UNUSABLE = [("NotSupported", "fieldPath")]
MISSING = [("Required", "fieldPath")]


@pytest.mark.parametrize(
    ("path", "env", "file"),
    [
        pytest.param("metadata.name", [], [], id="a name"),
        pytest.param("metadata.labels", UNUSABLE, [], id="all labels"),
        pytest.param("metadata.labels['app']", [], [], id="one label"),
        pytest.param("metadata.annotations['A/B']", [], [], id="case does not matter in annotations"),
        pytest.param("metadata.annotations['İ']", [], [], id="case as Go has it"),
        pytest.param("metadata.labels['a/b/c']", [("Invalid", "")], [("Invalid", "")], id="a bad key"),
        pytest.param("metadata.labels['']", [("Invalid", "")] * 2, [("Invalid", "")] * 2, id="an empty key"),
        pytest.param("metadata.name['a']", UNKNOWN, UNKNOWN, id="no entries"),
        pytest.param("metadata.labels['a'", UNKNOWN, UNKNOWN, id="a bracket left open"),
        pytest.param("['a']", UNKNOWN, UNKNOWN, id="no field"),
        pytest.param("metadata.whoops", UNKNOWN, UNKNOWN, id="unknown"),
        pytest.param("status.podIP", [], UNUSABLE, id="an address"),
        pytest.param("status.phase", UNUSABLE, UNUSABLE, id="a phase"),
        pytest.param("spec.host", [], UNUSABLE, id="an old name"),
        pytest.param("", MISSING, MISSING, id="empty"),
        pytest.param(None, MISSING, MISSING, id="null"),
    ],
)
def test_a_field_is_told_by_what_may_hold_it(path, env, file):
    ref = {"fieldPath": path}

    assert env == told(field_ref_faults(ref, ENV_FIELDS))
    assert file == told(field_ref_faults(ref, FILE_FIELDS))


@pytest.mark.parametrize(
    ("version", "faults"),
    [
        pytest.param(None, [], id="null is v1"),
        pytest.param("", [], id="empty is v1"),
        pytest.param("v1", [], id="v1"),
        pytest.param("v2", UNKNOWN, id="another"),
    ],
)
def test_fields_are_those_of_v1(version, faults):
    assert faults == told(field_ref_faults({"apiVersion": version, "fieldPath": "metadata.name"}, ENV_FIELDS))


BAD_DIVISOR = [("Invalid", "divisor")]


@pytest.mark.parametrize(
    ("ref", "faults"),
    [
        pytest.param({"resource": "limits.cpu"}, [], id="a resource"),
        pytest.param({"resource": "limits.hugepages-2Mi", "divisor": "1Mi"}, [], id="huge pages"),
        pytest.param({}, [("Required", "resource")], id="none"),
        pytest.param(
            {"resource": "cpu", "divisor": "7"}, [("NotSupported", "resource")], id="neither limit nor request"
        ),
        pytest.param({"resource": "limits.cpu", "divisor": "1m"}, [], id="thousandths of a CPU"),
        pytest.param({"resource": "limits.cpu", "divisor": 1}, [], id="a number"),
        pytest.param({"resource": "limits.cpu", "divisor": "1Ki"}, BAD_DIVISOR, id="a suffix of bytes"),
        pytest.param({"resource": "limits.cpu", "divisor": "1000m"}, [], id="one by another text"),
        pytest.param({"resource": "limits.cpu", "divisor": "01"}, BAD_DIVISOR, id="one that is not printed so"),
        pytest.param({"resource": "limits.cpu", "divisor": "0"}, [], id="zero stands for the default"),
        pytest.param({"resource": "limits.memory", "divisor": "2"}, BAD_DIVISOR, id="two bytes"),
        pytest.param({"resource": "limits.memory", "divisor": None}, [], id="null"),
        pytest.param({"resource": "requests.hugepages-1Gi", "divisor": "1m"}, BAD_DIVISOR, id="part of a byte"),
    ],
)
def test_a_resource_is_one_of_the_container(ref, faults):
    assert faults == told(resource_field_ref_faults(ref))


def test_a_volume_says_whose_resource_before_which():
    faults = told(resource_field_ref_faults({}, of_volume=True))

    assert [("Required", "containerName")] == faults
