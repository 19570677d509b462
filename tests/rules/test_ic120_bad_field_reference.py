import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic120_bad_field_reference import check

PLACE = "spec.initContainers[0].env[0].valueFrom.fieldRef"


@pytest.mark.parametrize(
    ("ref", "findings"),
    [
        pytest.param(None, [], id="null"),
        pytest.param({"fieldPath": "status.podIP"}, [], id="a field"),
        pytest.param(
            {"fieldPath": "metadata.labels['a b']"}, [("Invalid", PLACE)], id="a bad key, told at the reference"
        ),
        pytest.param(
            {"fieldPath": "status.phase"}, [("NotSupported", f"{PLACE}.fieldPath")], id="no field for variables"
        ),
        pytest.param({"fieldPath": "whoops"}, [("Invalid", f"{PLACE}.fieldPath")], id="no field"),
        pytest.param({}, [("Required", f"{PLACE}.fieldPath")], id="nothing"),
    ],
)
def test_a_variable_takes_one_of_nine_fields(ref, findings):
    env = [{"name": "A", "valueFrom": {"fieldRef": ref}}]
    manifest = pod(init=[container("fetch", env=env)])

    assert findings == [(str(finding.type), finding.path) for finding in check(view(manifest))]
