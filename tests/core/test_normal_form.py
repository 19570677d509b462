import pytest

from tests.builders import container, pod, sidecar
from webhook.core.normal_form import first_difference, normal_form, pod_form, pod_forms

PLAIN = {"name": "app", "image": "shop:1"}


def form(minor=36, *, initial=False, **fields):
    return pod_form(pod(init=[{**PLAIN, **fields}]) if initial else pod({**PLAIN, **fields}), minor)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {"imagePullPolicy": "IfNotPresent"}, id="the pull policy of a tag"),
        pytest.param({"image": "shop"}, {"image": "shop", "imagePullPolicy": "Always"}, id="the pull policy of no tag"),
        pytest.param({}, {"terminationMessagePolicy": "File", "tty": False, "stdin": None}, id="defaults"),
        pytest.param({}, {"command": [], "env": None, "resources": {}, "workingDir": ""}, id="nothing"),
        pytest.param({"command": None}, {"command": []}, id="null and an empty list"),
        pytest.param({"command": [None]}, {"command": [""]}, id="null in a list and an empty text"),
        pytest.param({"ports": [{"containerPort": 1}]}, {"ports": [{"containerPort": 1, "protocol": "TCP"}]}, id="TCP"),
        pytest.param(
            {"resources": {"limits": {"cpu": "1"}}},
            {"resources": {"limits": {"cpu": 1}, "requests": {"cpu": "1000m"}}},
            id="a limit that is a request and a quantity by its value",
        ),
        pytest.param(
            {"resources": {"requests": {"cpu": "0.1m"}}},
            {"resources": {"requests": {"cpu": "1m"}}},
            id="rounded to milli",
        ),
        pytest.param(
            {"resources": {"requests": {"cpu": None}}}, {"resources": {"requests": {"cpu": 0}}}, id="null is zero"
        ),
        pytest.param(
            {"readinessProbe": {"exec": {"command": ["x"]}}},
            {"readinessProbe": {"exec": {"command": ["x"]}, "periodSeconds": 10, "timeoutSeconds": 0}},
            id="a probe",
        ),
        pytest.param({}, {"futureField": {"a": 1}}, id="a field that nobody knows"),
        pytest.param({}, {"lifecycle": None}, id="null"),
    ],
)
def test_two_spellings_of_one_container_have_one_form(one, other):
    assert form(**one) == form(**other)
    assert form(initial=True, **one) == form(initial=True, **other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"command": ["a"]}, {"command": ["b"]}, id="a command"),
        pytest.param({"image": "shop:1"}, {"image": "shop:latest"}, id="an image"),
        pytest.param({}, {"securityContext": {"runAsUser": 0}}, id="root and nobody in particular"),
        pytest.param({}, {"securityContext": {"readOnlyRootFilesystem": False}}, id="false and not said"),
        pytest.param({}, {"lifecycle": {}}, id="empty and absent"),
        pytest.param({"env": [{"name": "A"}]}, {"env": [{"name": "B"}]}, id="in a list"),
    ],
)
def test_two_containers_have_two_forms(one, other):
    assert form(**one) != form(**other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {"restartPolicy": "Always", "securityContext": {}, "hostNetwork": False}, id="defaults"),
        pytest.param(
            {"terminationGracePeriodSeconds": -7}, {"terminationGracePeriodSeconds": 1}, id="a negative grace period"
        ),
        pytest.param(
            {"serviceAccount": "shop"}, {"serviceAccountName": "shop", "serviceAccount": "shop"}, id="account"
        ),
        pytest.param({"volumes": [{"name": "a"}]}, {"volumes": [{"name": "a", "emptyDir": {}}]}, id="a volume"),
        pytest.param(
            {"volumes": [{"name": "a", "emptyDir": {"sizeLimit": "1Gi"}}]},
            {"volumes": [{"name": "a", "emptyDir": {"sizeLimit": "1024Mi"}}]},
            id="a size",
        ),
        pytest.param(
            {"volumes": [{"name": "a", "image": {"reference": "x"}}]},
            {"volumes": [{"name": "a", "image": {"reference": "x", "pullPolicy": "Always"}}]},
            id="an image volume",
        ),
    ],
)
def test_two_spellings_of_one_pod_have_one_form(one, other):
    assert pod_form(pod(**one), 36) == pod_form(pod(**other), 36)


def test_on_the_host_network_a_port_is_one_of_the_node():
    def on_host(port):
        return pod_form(pod({**PLAIN, "ports": [port]}, hostNetwork=True), 36)

    assert on_host({"containerPort": 80}) == on_host({"containerPort": 80, "hostPort": 80})


def test_fields_of_features_that_are_off_are_not_there():
    own = {"restartPolicy": "OnFailure", "restartPolicyRules": [{"action": "Restart"}]}
    volume = {"volumes": [{"name": "a", "image": {"reference": "x"}}]}

    assert form(34, **own) == form(34)
    assert form(35, **own) != form(35)
    assert pod_form(pod(**volume, resources={"limits": {"cpu": "1"}}), 33) == {**pod_form(pod(), 33), "volumes": []}
    assert "restartPolicy" in pod_form(pod(init=[sidecar()]), 33)["initContainers"][0]


def test_a_minor_that_nobody_knows_is_taken_for_the_nearest():
    assert pod_form(pod(), 20) == pod_form(pod(), 33)
    assert pod_form(pod(), 99) == pod_form(pod(), 37)


def test_a_null_element_is_the_zero_object():
    assert normal_form([None], "[]Container", 36) == normal_form([{}], "[]Container", 36)
    assert {"a": ""} == normal_form({"a": None}, "map[string]string", 36)
    assert normal_form(None, "Quantity", 36) is None


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        pytest.param({"a": 1}, {"a": 1}, "", id="equal"),
        pytest.param({"a": 1}, {"a": 2}, "a", id="a field"),
        pytest.param({"a": 1}, {"a": 1, "b": 1}, "b", id="a field that the other alone has"),
        pytest.param({"a": {"b": 1}}, {"a": {"b": 2}}, "a.b", id="a field of a field"),
        pytest.param({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 1}, {"b": 3}]}, "a[1].b", id="a field of an element"),
        pytest.param({"a": [1]}, {"a": [2]}, "a[0]", id="an element"),
        pytest.param({"a": [1]}, {"a": [1, 2]}, "a", id="lists of two lengths"),
    ],
)
def test_the_first_difference_is_named(one, other, place):
    assert place == first_difference(one, other)


def test_a_difference_reads_as_a_path():
    old, new = pod_form(pod(init=[container()]), 36), pod_form(pod(init=[container(command=["x"])]), 36)

    assert "initContainers[0].command" == first_difference(new, old)


def test_two_pods_are_compared_by_what_is_written_otherwise():
    old = pod(init=[{**PLAIN, "env": [{"name": "A"}], "command": ["a"]}], hostNetwork=True, priority=1)
    new = pod(init=[{**PLAIN, "env": [{"name": "A"}], "command": ["b"]}], hostNetwork=True, priority=1)

    was, now = pod_forms(old, new, 36)

    assert {"containers", "initContainers", "hostNetwork"} == was.keys() == now.keys()
    assert {"name", "image", "imagePullPolicy", "command"} == was["initContainers"][0].keys()
    assert (["a"], ["b"]) == (was["initContainers"][0]["command"], now["initContainers"][0]["command"])


@pytest.mark.parametrize("other", [pod(), pod(init=[]), pod(init=[PLAIN, PLAIN]), {"spec": None}])
def test_two_pods_with_other_containers_can_be_compared(other):
    was, now = pod_forms(pod(init=[PLAIN]), other, 36)

    assert was != now
