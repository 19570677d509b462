import pytest

from tests.builders import container, pod, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic136_ephemeral_container_out_of_place import check

LIST = "spec.ephemeralContainers"


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


def test_no_ephemeral_container_may_stand_in_a_new_pod():
    assert [("Forbidden", LIST)] == found(pod(ephemeralContainers=[container("debug")]))
    assert [] == found(pod(ephemeralContainers=[]))


def test_nor_in_a_template():
    template = Pod(pod(ephemeralContainers=[None]), path="template.spec", kind="PodTemplate")

    assert ["template.spec.ephemeralContainers"] == [one.path for one in check(template)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("ports", [], id="ports, even none"),
        pytest.param("resizePolicy", [], id="resizePolicy, even none"),
        pytest.param("livenessProbe", {}, id="livenessProbe"),
        pytest.param("readinessProbe", {}, id="readinessProbe"),
        pytest.param("startupProbe", {}, id="startupProbe"),
        pytest.param("lifecycle", {}, id="lifecycle"),
        pytest.param("restartPolicy", "", id="restartPolicy"),
        pytest.param("restartPolicyRules", [], id="restartPolicyRules"),
        pytest.param("resources", {"limits": {}}, id="limits"),
        pytest.param("resources", {"requests": {}}, id="requests"),
        pytest.param("resources", {"claims": []}, id="claims"),
    ],
)
def test_what_makes_a_service_is_forbidden(field, value):
    manifest = pod(ephemeralContainers=[container("debug", **{field: value})])

    assert [("Forbidden", LIST), ("Forbidden", f"{LIST}[0].{field}")] == found(manifest)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("ports", None, id="null"),
        pytest.param("resources", {}, id="no resources"),
        pytest.param("resources", {"limits": None}, id="null limits"),
        pytest.param("lifecycle", {"stopSignal": "SIGTERM"}, id="a stop signal is removed before"),
        pytest.param("imagePullPolicy", "Always", id="what others have too"),
    ],
)
def test_what_is_not_there_is_fine(field, value):
    assert [("Forbidden", LIST)] == found(pod(ephemeralContainers=[container("debug", **{field: value})]))


@pytest.mark.parametrize(
    ("minor", "fields"),
    [
        pytest.param(33, ["restartPolicy"], id="1.33"),
        pytest.param(34, ["resources"], id="1.34"),
        pytest.param(35, ["resources", "restartPolicy", "restartPolicyRules"], id="1.35"),
        pytest.param(36, ["resources", "restartPolicy", "restartPolicyRules"], id="1.36"),
        pytest.param(37, ["resources", "lifecycle", "restartPolicy", "restartPolicyRules"], id="1.37"),
    ],
)
def test_fields_of_features_that_are_off_are_removed_before(minor, fields):
    debug = container(
        "debug",
        restartPolicy="Never",
        restartPolicyRules=[{}],
        resources={"claims": [{"name": "gpu"}]},
        lifecycle={"stopSignal": "SIGTERM"},
    )

    paths = [path for _, path in found(pod(ephemeralContainers=[debug]), minor)]

    assert [LIST, *(f"{LIST}[0].{field}" for field in fields)] == paths


def test_a_lifecycle_with_more_than_a_stop_signal_stays():
    lifecycle = {"stopSignal": "SIGTERM", "preStop": {}}

    assert ("Forbidden", f"{LIST}[0].lifecycle") in found(
        pod(ephemeralContainers=[container("d", lifecycle=lifecycle)])
    )


@pytest.mark.parametrize(
    ("target", "there"),
    [
        pytest.param("app", True, id="an app container"),
        pytest.param("migrate", True, id="an init container"),
        pytest.param("", True, id="empty"),
        pytest.param("debug", False, id="itself"),
        pytest.param("other", False, id="nobody"),
    ],
)
def test_the_target_must_be_a_container_or_an_init_container(target, there):
    manifest = pod(init=[container("migrate")], ephemeralContainers=[container("debug", targetContainerName=target)])

    errors = [] if there else [("NotFound", f"{LIST}[0].targetContainerName")]

    assert [("Forbidden", LIST), *errors] == found(manifest)


def test_parts_of_volumes_are_forbidden():
    mounts = [{"name": "a", "mountPath": "/a"}, {"name": "a", "mountPath": "/b", "subPath": "x", "subPathExpr": "y"}]

    assert [f"{LIST}[0].volumeMounts[1].subPath", f"{LIST}[0].volumeMounts[1].subPathExpr"] == [
        path for _, path in found(pod(ephemeralContainers=[container("d", volumeMounts=mounts)])) if "sub" in path
    ]
