import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic127_bad_mount_propagation import check

PROPAGATION, RECURSIVE = "mountPropagation", "recursiveReadOnly"


@pytest.mark.parametrize(
    ("fields", "findings"),
    [
        pytest.param({}, [], id="none"),
        pytest.param({PROPAGATION: None, RECURSIVE: None}, [], id="null"),
        pytest.param({PROPAGATION: "HostToContainer"}, [], id="from the node"),
        pytest.param({PROPAGATION: ""}, [("NotSupported", PROPAGATION)], id="empty"),
        pytest.param({PROPAGATION: "none"}, [("NotSupported", PROPAGATION)], id="lower case"),
        pytest.param({PROPAGATION: "Bidirectional"}, [("Forbidden", PROPAGATION)], id="to the node"),
        pytest.param({RECURSIVE: "Disabled"}, [], id="not recursive"),
        pytest.param({RECURSIVE: "yes"}, [("NotSupported", RECURSIVE)], id="unknown"),
        pytest.param({RECURSIVE: "Enabled", "readOnly": True, PROPAGATION: "None"}, [], id="recursive"),
        pytest.param({RECURSIVE: "IfPossible"}, [("Forbidden", RECURSIVE)], id="not read-only"),
        pytest.param(
            {RECURSIVE: "Enabled", "readOnly": False, PROPAGATION: "HostToContainer"},
            [("Forbidden", RECURSIVE)] * 2,
            id="neither read-only nor alone",
        ),
    ],
)
def test_mounts_are_shared_with_care(fields, findings):
    mounts = [None, {"name": "data", "mountPath": "/data", **fields}]
    manifest = pod(init=[container("driver", volumeMounts=mounts)])

    expected = [(type_, f"spec.initContainers[0].volumeMounts.{field}") for type_, field in findings]

    assert expected == [(str(finding.type), finding.path) for finding in check(view(manifest))]


@pytest.mark.parametrize(
    ("context", "count"),
    [
        pytest.param({"privileged": True}, 0, id="privileged"),
        pytest.param({"privileged": False}, 1, id="not privileged"),
        pytest.param(None, 1, id="nothing said"),
    ],
)
def test_a_privileged_container_mounts_into_the_node(context, count):
    mounts = [{"name": "data", "mountPath": "/data", PROPAGATION: "Bidirectional"}]
    manifest = pod(container(volumeMounts=mounts, securityContext=context))

    assert count == len(list(check(view(manifest))))
