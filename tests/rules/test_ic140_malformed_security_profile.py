import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic140_malformed_security_profile import check

CASES = [
    pytest.param("seccompProfile", {}, [("Required", "type")], id="seccomp without a type"),
    pytest.param("seccompProfile", {"type": "localhost"}, [("NotSupported", "type")], id="seccomp of an unknown type"),
    pytest.param(
        "seccompProfile", {"type": "Localhost"}, [("Required", "localhostProfile")], id="seccomp without file"
    ),
    pytest.param(
        "seccompProfile",
        {"type": "Localhost", "localhostProfile": "/a/../b"},
        [("Invalid", "localhostProfile")] * 2,
        id="seccomp file absolute and leading up",
    ),
    pytest.param(
        "seccompProfile",
        {"localhostProfile": "a"},
        [("Required", "type"), ("Invalid", "localhostProfile")],
        id="seccomp file without a type",
    ),
    pytest.param(
        "seccompProfile",
        {"type": "Unconfined", "localhostProfile": ""},
        [("Invalid", "localhostProfile")],
        id="seccomp file of another type",
    ),
    pytest.param("appArmorProfile", {}, [("Required", "type")], id="AppArmor without a type"),
    pytest.param(
        "appArmorProfile",
        {"type": "localhost", "localhostProfile": " "},
        [("NotSupported", "type")],
        id="AppArmor of an unknown type",
    ),
    pytest.param(
        "appArmorProfile",
        {"type": "Localhost", "localhostProfile": ""},
        [("Required", "localhostProfile")],
        id="AppArmor with an empty name",
    ),
    pytest.param(
        "appArmorProfile",
        {"type": "Localhost", "localhostProfile": " " * 4096},
        [("Invalid", "localhostProfile"), ("TooLong", "localhostProfile")],
        id="AppArmor name of white space, too long",
    ),
    pytest.param(
        "appArmorProfile",
        {"type": "RuntimeDefault", "localhostProfile": "a"},
        [("Invalid", "localhostProfile")],
        id="AppArmor name of another type",
    ),
]


@pytest.mark.parametrize(("name", "profile", "expected"), CASES)
def test_a_faulty_profile_is_reported_at_the_container_and_at_the_pod(name, profile, expected):
    context = {name: profile}
    manifest = pod(init=[container("migrate", securityContext=context)], securityContext=context)

    findings = [(str(one.type), one.path, one.container) for one in check(view(manifest))]

    of_init = [(t, f"spec.initContainers[0].securityContext.{name}.{path}", "migrate") for t, path in expected]
    of_pod = [(t, f"spec.securityContext.{name}.{path}", "") for t, path in expected]
    assert of_init + of_pod == findings


@pytest.mark.parametrize(
    "context",
    [
        pytest.param({"seccompProfile": {"type": "RuntimeDefault"}}, id="seccomp of the runtime"),
        pytest.param({"seccompProfile": {"type": "Unconfined"}}, id="no seccomp"),
        pytest.param({"seccompProfile": {"type": "Localhost", "localhostProfile": ""}}, id="seccomp, an empty file"),
        pytest.param(
            {"seccompProfile": {"type": "Localhost", "localhostProfile": "a/..b"}}, id="seccomp, dots in a name"
        ),
        pytest.param({"appArmorProfile": {"type": "Unconfined"}}, id="no AppArmor"),
        pytest.param({"appArmorProfile": {"type": "Localhost", "localhostProfile": "/../x"}}, id="AppArmor, any text"),
    ],
)
def test_a_sound_profile_is_fine(context):
    assert [] == list(check(view(pod(container(securityContext=context), securityContext=context))))
