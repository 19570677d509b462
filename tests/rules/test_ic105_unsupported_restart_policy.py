import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic105_unsupported_restart_policy import check

INIT, APP = "spec.initContainers[0].restartPolicy", "spec.containers[0].restartPolicy"


@pytest.mark.parametrize(
    ("minor", "policy", "in_init", "in_app"),
    [
        pytest.param(33, "Always", None, "Forbidden", id="1.33 Always"),
        pytest.param(33, "OnFailure", "NotSupported", "Forbidden", id="1.33 OnFailure"),
        pytest.param(33, "", "NotSupported", "Forbidden", id="1.33 empty"),
        pytest.param(34, "Bogus", None, None, id="1.34 drops whatever it is"),
        pytest.param(35, "Never", None, None, id="1.35 Never"),
        pytest.param(35, "always", "NotSupported", "NotSupported", id="1.35 lower case"),
        pytest.param(36, "OnFailure", None, None, id="1.36 OnFailure"),
        pytest.param(36, "", "NotSupported", "NotSupported", id="1.36 empty"),
    ],
)
def test_each_minor_takes_what_its_server_takes(minor, policy, in_init, in_app):
    init = pod(init=[container("agent", restartPolicy=policy)])
    app = pod(container(restartPolicy=policy))

    found_in_init = [(str(one.type), one.path) for one in check(view(init, minor))]
    found_in_app = [(str(one.type), one.path) for one in check(view(app, minor))]

    assert ([(in_init, INIT)] if in_init else []) == found_in_init
    assert ([(in_app, APP)] if in_app else []) == found_in_app


def test_no_policy_and_null_are_fine():
    manifest = pod(container(restartPolicy=None), init=[container("migrate")])

    assert [] == list(check(view(manifest, 33)))
