import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic134_unsupported_proc_mount import check


def found(mount, **spec):
    manifest = pod(container(securityContext={"procMount": mount}), **spec)
    return [(str(one.type), one.path) for one in check(view(manifest))]


PLACE = "spec.containers[0].securityContext.procMount"


@pytest.mark.parametrize("mount", [pytest.param("", id="empty"), "default", "Masked"])
def test_an_unknown_value_is_not_supported(mount):
    assert [("NotSupported", PLACE)] == found(mount, hostUsers=False)


@pytest.mark.parametrize("host_users", [pytest.param(None, id="absent"), True])
def test_an_unmasked_proc_among_the_users_of_the_host_is_invalid(host_users):
    assert [("Invalid", PLACE)] == found("Unmasked", hostUsers=host_users)


def test_an_unmasked_proc_with_users_of_its_own_is_fine():
    assert [] == found("Unmasked", hostUsers=False)


@pytest.mark.parametrize("mount", [pytest.param(None, id="absent"), "Default"])
def test_the_default_is_always_fine(mount):
    assert [] == found(mount)
