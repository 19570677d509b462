import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic121_bad_resource_field_reference import check

PLACE = "spec.containers[0].env[0].valueFrom.resourceFieldRef"


@pytest.mark.parametrize(
    ("ref", "findings"),
    [
        pytest.param(None, [], id="null"),
        pytest.param({"resource": "limits.cpu", "divisor": "1m"}, [], id="a resource"),
        pytest.param({"containerName": "nobody", "resource": "limits.cpu"}, [], id="of any container"),
        pytest.param({}, [("Required", f"{PLACE}.resource")], id="nothing"),
        pytest.param(
            {"resource": "limits.gpu"}, [("NotSupported", f"{PLACE}.resource")], id="no resource for variables"
        ),
        pytest.param({"resource": "limits.cpu", "divisor": "2"}, [("Invalid", f"{PLACE}.divisor")], id="a bad divisor"),
    ],
)
def test_a_variable_takes_a_resource_of_its_container(ref, findings):
    manifest = pod(container(env=[{"name": "A", "valueFrom": {"resourceFieldRef": ref}}]))

    assert findings == [(str(finding.type), finding.path) for finding in check(view(manifest))]
