import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic341_may_run_as_root import check

SAFE = {"runAsNonRoot": True}
APP = "spec.containers[0].securityContext"
POD = "spec.securityContext"


def case(own=None, of_pod=None, **spec):
    return pod(container(securityContext=own), securityContext=of_pod, **spec)


@pytest.mark.parametrize(
    ("manifest", "paths"),
    [
        pytest.param(case(), [f"{APP}.runAsNonRoot"], id="nothing said"),
        pytest.param(case({"runAsNonRoot": False}, SAFE), [f"{APP}.runAsNonRoot"], id="the container says no"),
        pytest.param(case(SAFE, {"runAsNonRoot": False}), [f"{POD}.runAsNonRoot"], id="the Pod says no"),
        pytest.param(
            case({}, {"runAsNonRoot": False}), [f"{POD}.runAsNonRoot", f"{APP}.runAsNonRoot"], id="no and nothing"
        ),
        pytest.param(case(SAFE | {"runAsUser": 0}), [f"{APP}.runAsUser"], id="root in the container"),
        pytest.param(case(SAFE, {"runAsUser": 0}), [f"{POD}.runAsUser"], id="root in the Pod"),
        pytest.param(
            case(SAFE | {"runAsUser": 7}, {"runAsUser": 0}), [f"{POD}.runAsUser"], id="root in the Pod, not here"
        ),
        pytest.param(case({"runAsUser": 1000}), [f"{APP}.runAsNonRoot"], id="a user is no promise"),
        pytest.param(case(os={"name": "windows"}), [f"{APP}.runAsNonRoot"], id="Windows is not exempt"),
        pytest.param(
            pod(container(securityContext=SAFE), init=[container("i"), sidecar("s", securityContext=SAFE)]),
            ["spec.initContainers[0].securityContext.runAsNonRoot"],
            id="an init container",
        ),
    ],
)
def test_what_may_be_root_is_reported(manifest, paths):
    assert paths == [finding.path for finding in check(view(manifest))]


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case(SAFE), id="by the container"),
        pytest.param(case(None, SAFE), id="by the Pod"),
        pytest.param(case({"runAsNonRoot": None}, SAFE), id="null, and by the Pod"),
        pytest.param(case(SAFE | {"runAsUser": 1000}, {"runAsUser": 1}), id="with users"),
        pytest.param(case({"runAsUser": 0}, hostUsers=False), id="in a user namespace of its own"),
    ],
)
def test_what_is_not_root_is_fine(manifest):
    assert [] == list(check(view(manifest)))


@pytest.mark.parametrize(
    ("host_users", "minor", "count"), [(False, 34, 1), (False, 35, 0), (True, 36, 1), (None, 36, 1)]
)
def test_user_namespaces_exempt_since_1_35(host_users, minor, count):
    assert count == len(list(check(view(case(hostUsers=host_users), minor=minor))))
