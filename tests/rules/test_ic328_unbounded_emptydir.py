import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic328_unbounded_emptydir import check

MOUNT = {"name": "work", "mountPath": "/work"}


def case(empty, init=None, name="work"):
    return pod(
        init=init or [container("fetch", volumeMounts=[MOUNT])],
        volumes=[{"name": "a", "secret": {}}, {"name": name, **empty}],
    )


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case({"emptyDir": {}}), id="nothing said"),
        pytest.param(case({"emptyDir": {"sizeLimit": None}}), id="null"),
        pytest.param(case({"emptyDir": {"sizeLimit": "0"}}), id="zero is no limit"),
        pytest.param(case({"emptyDir": {"medium": "Memory"}}), id="in memory"),
        pytest.param(
            case({"emptyDir": {}}, [sidecar(volumeMounts=[MOUNT]), container("fetch", volumeMounts=[MOUNT])]), id="two"
        ),
    ],
)
def test_a_volume_without_bounds_is_reported(manifest):
    [finding] = check(view(manifest))

    assert ("spec.volumes[1].emptyDir.sizeLimit", "fetch") == (finding.path, finding.container)


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case({"emptyDir": {"sizeLimit": "1Gi"}}), id="bounded"),
        pytest.param(case({"emptyDir": {"sizeLimit": 1000000}}), id="bounded by a number"),
        pytest.param(case({"configMap": {"name": "x"}}), id="another kind of volume"),
        pytest.param(case({"emptyDir": {}}, [container(volumeMounts=[MOUNT | {"readOnly": True}])]), id="only read"),
        pytest.param(case({"emptyDir": {}}, name="other"), id="another volume"),
        pytest.param(case({"emptyDir": {}}, [sidecar(volumeMounts=[MOUNT])]), id="a sidecar's"),
        pytest.param(pod(container(volumeMounts=[MOUNT]), volumes=[{"name": "work", "emptyDir": {}}]), id="an app's"),
    ],
)
def test_what_is_bounded_or_not_filled_at_start_is_left_alone(manifest):
    assert [] == list(check(view(manifest)))
