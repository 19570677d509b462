import pytest

from tests.builders import pod, view
from webhook.rules.kubernetes.ic146_host_namespace_without_host_users import check


@pytest.mark.parametrize(
    ("field", "spelled"), [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")]
)
def test_a_namespace_of_the_host_is_forbidden_without_its_users(field, spelled):
    manifest = pod(hostUsers=False, **{field: True})

    [finding] = check(view(manifest))

    assert ("Forbidden", f"spec.{spelled}") == (str(finding.type), finding.path)


@pytest.mark.parametrize("host_users", [pytest.param(None, id="absent"), True])
def test_with_the_users_of_the_host_they_are_fine(host_users):
    manifest = pod(hostUsers=host_users, hostNetwork=True, hostPID=True, hostIPC=True)

    assert [] == list(check(view(manifest)))
