import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic128_malformed_resize_policy import check

LIST = "spec.containers[0].resizePolicy"


def policy(resource, restart):
    return {"resourceName": resource, "restartPolicy": restart}


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        pytest.param([policy("cpu", "NotRequired"), policy("memory", "RestartContainer")], [], id="good"),
        pytest.param([policy("gpu", "NotRequired")], [("NotSupported", LIST)], id="unknown resource"),
        pytest.param([policy("", "NotRequired")], [("Required", LIST)], id="no resource"),
        pytest.param([policy("cpu", "Restart")], [("NotSupported", LIST)], id="unknown policy"),
        pytest.param([policy("cpu", None)], [("Required", LIST)], id="no policy"),
        pytest.param([None], [("Required", LIST)] * 2, id="null"),
        pytest.param([policy("cpu", "NotRequired")] * 2, [("Duplicate", f"{LIST}[1]")], id="twice"),
    ],
)
def test_the_list_is_named_for_a_value_and_the_entry_for_a_duplicate(entries, errors):
    assert errors == found(pod(container(resizePolicy=entries)))


@pytest.mark.parametrize("value", [None, []])
def test_no_policy_is_fine(value):
    assert [] == found(pod(container(resizePolicy=value), restartPolicy="Never"))


@pytest.mark.parametrize(
    ("restart", "errors"),
    [
        pytest.param("NotRequired", [], id="no restart"),
        pytest.param("RestartContainer", ["Invalid"], id="restart"),
        pytest.param("", ["Required", "Invalid"], id="none given"),
        pytest.param("x", ["NotSupported", "Invalid"], id="unknown"),
    ],
)
def test_in_a_pod_that_never_restarts_not_even_a_sidecar_may_ask_for_one(restart, errors):
    manifest = pod(init=[sidecar(resizePolicy=[policy("cpu", restart)])], restartPolicy="Never")

    assert [(type_, "spec.initContainers[0].resizePolicy") for type_ in errors] == found(manifest)


@pytest.mark.parametrize(("minor", "refused"), [pytest.param(35, False, id="1.35"), pytest.param(36, True, id="1.36")])
def test_a_plain_init_container_may_not_ask_for_a_restart_since_1_36(minor, refused):
    entries = [policy("cpu", "RestartContainer")]
    manifest = pod(
        container(resizePolicy=entries), init=[container("a", resizePolicy=entries), sidecar(resizePolicy=entries)]
    )

    errors = [("Invalid", "spec.initContainers[0].resizePolicy[0].restartPolicy")]

    assert (errors if refused else []) == found(manifest, minor)
