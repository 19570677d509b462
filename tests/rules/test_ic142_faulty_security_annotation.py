import pytest

from tests.builders import container, pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.kubernetes.ic142_faulty_security_annotation import check

APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"
SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod"


def manifest_of(annotations, *containers, **spec):
    return pod(*containers, metadata={"annotations": annotations}, **spec)


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


def found_in(kind, manifest, minor=36):
    template = workload_of("v1" if kind == "PodTemplate" else "apps/v1", kind).pod(workload(kind, manifest), minor)
    return [(str(one.type), one.path) for one in check(template)]


@pytest.mark.parametrize("key", [SECCOMP_OF_POD, SECCOMP + "nobody"])
@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param(None, 1, id="null"),
        pytest.param("bogus", 1, id="an unknown word"),
        pytest.param("localhost//a/../b", 2, id="a file absolute and leading up"),
        pytest.param("docker/default", 0, id="the old word for the runtime's"),
        pytest.param("localhost/", 0, id="an empty file"),
    ],
)
def test_an_unusable_seccomp_value_is_invalid_behind_a_dot(key, value, count):
    findings = found(manifest_of({key: value}))

    assert [("Invalid", f"metadata.annotations.{key}")] * count == findings


def test_an_app_armor_annotation_names_a_container_and_a_profile():
    unknown, bogus = APP_ARMOR + "nobody", APP_ARMOR + "app"

    findings = found(manifest_of({unknown: "Unconfined", bogus: "Unconfined"}))

    place = "metadata.annotations"
    assert [("Invalid", f"{place}[{unknown}]")] * 2 + [("Invalid", f"{place}[{bogus}]")] == findings


@pytest.mark.parametrize("value", ["", "runtime/default", "unconfined", "localhost/", "localhost/a"])
def test_an_app_armor_annotation_of_an_init_container_may_say(value):
    manifest = pod(init=[container("migrate")], metadata={"annotations": {APP_ARMOR + "migrate": value}})

    assert [] == found(manifest)


@pytest.mark.parametrize(
    ("value", "profile", "field"),
    [
        pytest.param("unconfined", {"type": "RuntimeDefault"}, "type", id="another word"),
        pytest.param("runtime/default", {"type": "Unconfined"}, "type", id="the other way round"),
        pytest.param("unconfined", {"type": "Localhost", "localhostProfile": "a"}, "type", id="no profile of the node"),
        pytest.param(
            "localhost/a", {"type": "Localhost", "localhostProfile": "b"}, "localhostProfile", id="another profile"
        ),
        pytest.param("localhost/a", {"type": "Localhost"}, "localhostProfile", id="a profile and none"),
        pytest.param("localhost/a", {"type": "Localhost", "localhostProfile": "a"}, None, id="the same profile"),
        pytest.param("runtime/default", {"type": "RuntimeDefault"}, None, id="the same word"),
        pytest.param("unconfined", {"type": "bogus"}, None, id="an unknown type is another rule's"),
    ],
)
def test_a_contradiction_is_forbidden_at_the_field(value, profile, field):
    annotations = {SECCOMP + "app": value, APP_ARMOR + "app": value, SECCOMP_OF_POD: value}
    context = {"seccompProfile": profile, "appArmorProfile": profile}
    pods = {"seccompProfile": profile}

    findings = found(manifest_of(annotations, container(securityContext=context), securityContext=pods))

    at = "spec.containers[0].securityContext"
    places = ["spec.securityContext.seccompProfile", f"{at}.seccompProfile", f"{at}.appArmorProfile"]
    assert [("Forbidden", f"{place}.{field}") for place in places if field] == findings


@pytest.mark.parametrize(
    ("value", "field"),
    [
        pytest.param("unconfined", None, id="a usable annotation becomes the container's own field"),
        pytest.param("localhost/a", None, id="so does a profile of the node"),
        pytest.param("", "type", id="an empty one does not"),
        pytest.param("localhost/", "type", id="nor one without a name"),
        pytest.param("localhost/ a", "type", id="nor a padded name"),
    ],
)
def test_in_a_pod_only_an_unusable_annotation_contradicts_the_profile_of_the_pod(value, field):
    context = {"appArmorProfile": {"type": "RuntimeDefault"}}

    findings = found(manifest_of({APP_ARMOR + "app": value}, securityContext=context))

    place = "spec.containers[0].securityContext.appArmorProfile"
    assert ([("Forbidden", f"{place}.{field}")] if field else []) == findings


def test_in_a_template_every_other_annotation_contradicts_the_profile_of_the_pod():
    context = {"appArmorProfile": {"type": "RuntimeDefault"}}
    manifest = manifest_of({APP_ARMOR + "app": "unconfined"}, securityContext=context)

    findings = found_in("Deployment", manifest)

    assert [("Forbidden", "spec.template.spec.containers[0].securityContext.appArmorProfile.type")] == findings


def test_app_armor_means_nothing_on_windows():
    context = {"appArmorProfile": {"type": "RuntimeDefault"}}
    manifest = manifest_of({APP_ARMOR + "app": ""}, os={"name": "windows"}, securityContext=context)

    assert [] == found(manifest)


def test_a_template_leaves_metadata_out_of_the_path():
    key = SECCOMP + "app"

    findings = found_in("PodTemplate", manifest_of({key: "bogus"}))

    assert [("Invalid", f"template.annotations.{key}")] == findings


def test_a_stateful_set_says_it_twice_and_up_to_1_33_once():
    key, context = APP_ARMOR + "app", {"appArmorProfile": {"type": "Unconfined"}}
    manifest = manifest_of({key: "bogus"}, container(securityContext=context))
    value = ("Invalid", f"spec.template.annotations[{key}]")
    field = ("Forbidden", "spec.template.spec.containers[0].securityContext.appArmorProfile.type")

    assert [value, value, field] == found_in("StatefulSet", manifest, 34)
    assert [value] == found_in("StatefulSet", manifest, 33)


def test_behind_a_misspelled_selector_nothing_is_looked_at():
    manifest = workload("Deployment", manifest_of({SECCOMP + "app": "bogus"}))
    manifest["spec"]["selector"] = {"matchLabels": {"no label": ""}}

    assert [] == list(check(workload_of("apps/v1", "Deployment").pod(manifest, 36)))


def test_up_to_1_33_the_profile_of_one_container_contradicts_its_namesake():
    one, other = ({"appArmorProfile": {"type": type_}} for type_ in ("Unconfined", "RuntimeDefault"))
    manifest = pod(container(securityContext=one), container(securityContext=other))

    assert [("Forbidden", "spec.containers[1].securityContext.appArmorProfile.type")] == found(manifest, 33)
    assert [] == found(manifest, 34)
