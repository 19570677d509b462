import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic141_malformed_windows_options import check


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        pytest.param("gmsaCredentialSpecName", "", 1, id="empty name of a credential spec"),
        pytest.param("gmsaCredentialSpecName", "A" * 254, 2, id="name in capitals and too long"),
        pytest.param("gmsaCredentialSpec", "", 1, id="empty credential spec"),
        pytest.param("gmsaCredentialSpec", "ä" * 32769, 1, id="credential spec above 64 KiB, counted in bytes"),
        pytest.param("runAsUserName", "a\\b\\c", 1, id="two backslashes"),
        pytest.param("runAsUserName", "-\\...", 1, id="a user of dots"),
        pytest.param("runAsUserName", ".\\", 2, id="neither a domain nor a user"),
    ],
)
def test_options_that_windows_cannot_use_are_invalid_at_the_container_and_at_the_pod(field, value, count):
    context = {"windowsOptions": {field: value}}
    manifest = pod(init=[container("a", securityContext=context)], securityContext=context)

    findings = [(str(one.type), one.path) for one in check(view(manifest))]

    places = ["spec.initContainers[0]", "spec"]
    assert [
        ("Invalid", f"{at}.securityContext.windowsOptions.{field}") for at in places for _ in range(count)
    ] == findings


def test_sound_options_are_fine():
    options = {"gmsaCredentialSpecName": "a.b", "gmsaCredentialSpec": "x" * 65536, "runAsUserName": "SHOP\\migrate"}

    findings = list(check(view(pod(container(securityContext={"windowsOptions": options})))))

    assert [] == findings


def test_the_content_of_a_credential_spec_is_not_repeated():
    manifest = pod(securityContext={"windowsOptions": {"gmsaCredentialSpec": "secret" * 20000}})

    [finding] = check(view(manifest))

    assert "secret" not in finding.message
