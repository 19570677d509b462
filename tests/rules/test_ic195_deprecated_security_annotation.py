import pytest

from tests.builders import container, pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic195_deprecated_security_annotation import check

SECCOMP = "container.seccomp.security.alpha.kubernetes.io/app"
SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/app"


def annotated(key, value, own=None, **spec):
    return pod(container(securityContext=own), metadata={"annotations": {key: value}}, **spec)


def keys(pod_view):
    return [finding.path.partition("annotations")[2][1:-1] for finding in check(pod_view)]


def template(manifest):
    return Pod(template_of(manifest), path="spec.template.spec", kind="Deployment")


@pytest.mark.parametrize(
    ("key", "own", "warned"),
    [
        pytest.param(SECCOMP, None, True, id="seccomp without field"),
        pytest.param(SECCOMP, {"seccompProfile": {"type": "RuntimeDefault"}}, False, id="seccomp with field"),
        pytest.param(SECCOMP.replace("app", "other"), None, False, id="seccomp of no container"),
        pytest.param(SECCOMP_POD, {"seccompProfile": {"type": "RuntimeDefault"}}, True, id="seccomp of the pod"),
        pytest.param(APP_ARMOR, None, True, id="AppArmor without field"),
        pytest.param(APP_ARMOR, {"appArmorProfile": {"type": "RuntimeDefault"}}, False, id="AppArmor with field"),
        pytest.param("example.com/app", None, False, id="another annotation"),
    ],
)
def test_an_annotation_is_warned_about_where_its_field_is_not_there(key, own, warned):
    manifest = annotated(key, "runtime/default", own)

    assert ([key] if warned else []) == keys(view(manifest)) == keys(template(manifest))


def test_the_field_of_the_pod_makes_up_for_its_seccomp_annotation():
    manifest = annotated(SECCOMP_POD, "unconfined", securityContext={"seccompProfile": {"type": "Unconfined"}})

    assert [] == keys(view(manifest))


def test_a_seccomp_annotation_that_is_an_error_is_not_warned_about():
    assert [] == keys(view(annotated(SECCOMP, "bogus"))) + keys(view(annotated(SECCOMP_POD, None)))


@pytest.mark.parametrize(
    ("value", "in_pod"),
    [
        pytest.param("runtime/default", False, id="the same profile"),
        pytest.param("unconfined", True, id="another profile, which is copied into the container"),
        pytest.param("", True, id="no profile at all"),
    ],
)
def test_the_app_armor_profile_of_the_pod_makes_up_for_the_same_one_and_in_a_template_for_any(value, in_pod):
    manifest = annotated(APP_ARMOR, value, securityContext={"appArmorProfile": {"type": "RuntimeDefault"}})

    assert ([APP_ARMOR] if in_pod else []) == keys(view(manifest))
    assert [] == keys(template(manifest))


def test_a_pod_for_windows_has_its_app_armor_annotations_left_alone():
    manifest = annotated(APP_ARMOR, "unconfined", os={"name": "windows"})

    assert [] == keys(view(manifest))
    assert [APP_ARMOR] == keys(template(manifest))


def test_the_path_is_that_of_the_metadata_of_the_pod_or_template():
    manifest = annotated(SECCOMP_POD, "unconfined")

    assert [f"metadata.annotations[{SECCOMP_POD}]"] == [one.path for one in check(view(manifest))]
    assert [f"spec.template.metadata.annotations[{SECCOMP_POD}]"] == [one.path for one in check(template(manifest))]
