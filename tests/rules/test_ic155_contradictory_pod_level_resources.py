import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.finding import ErrorType
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic155_contradictory_pod_level_resources import check


def requests(**amounts):
    return {"resources": {"requests": amounts}}


def limits(**amounts):
    return {"resources": {"limits": {name.replace("_", "-"): amount for name, amount in amounts.items()}}}


def paths(manifest, minor=36):
    return [finding.path for finding in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param("6", 0, id="just enough"),
        pytest.param("5999m", 1, id="too little for the start"),
        pytest.param("0", 1, id="nothing"),
        pytest.param(None, 1, id="null is nothing"),
    ],
)
def test_a_pod_requests_what_its_containers_need_at_the_busiest_moment(asked, count):
    manifest = pod(
        container(**requests(cpu="2")),
        init=[sidecar(**requests(cpu="1")), container("migrate", **requests(cpu="5"))],
        **requests(cpu=asked),
    )

    assert ["spec.resources.requests[cpu]"] * count == paths(manifest)


def test_sidecars_run_beside_the_app():
    manifest = pod(container(**requests(cpu="2")), init=[sidecar(**requests(cpu="2"))], **requests(cpu="3"))

    assert ["spec.resources.requests[cpu]"] == paths(manifest)


def test_what_the_pod_does_not_request_is_not_compared():
    manifest = pod(container(**requests(cpu="2", memory="1Gi")), **requests(cpu="2"))

    assert [] == paths(manifest)


def test_a_request_that_was_filled_in_may_be_too_small_once_amounts_are_rounded():
    many = [container(f"c{i}", **requests(cpu="1500u")) for i in range(2)]

    assert ["spec.resources.requests[cpu]"] == paths(pod(*many, **limits(memory="1Gi")))


def test_in_a_template_a_limit_of_a_container_is_no_request():
    manifest = pod(container(**limits(cpu="2")), resources={"limits": {"cpu": "4"}, "requests": {"cpu": "1"}})
    template = Pod(template_of(manifest), path="spec.template.spec", kind="Job")

    assert ["spec.resources.requests[cpu]"] == paths(manifest)
    assert [] == list(check(template))


def test_a_limit_of_an_app_container_above_the_pods_has_a_path_of_its_own():
    high = limits(cpu="4")
    manifest = pod(
        container(**limits(cpu="3")),
        container("big", **high),
        init=[container("migrate", **high), sidecar(**high)],
        resources={"limits": {"cpu": "3"}, "requests": {"memory": "0"}},
    )
    template = Pod(template_of(manifest), path="spec.template.spec", kind="Job")

    [finding] = check(template)

    assert ("spec.template.spec.resources.containers[1][cpu].limits", "big") == (finding.path, finding.container)


def test_the_huge_pages_of_all_containers_must_fit():
    pages = limits(hugepages_2Mi="2Mi", cpu="0", foo="1")
    manifest = pod(
        container(**pages),
        init=[sidecar(**pages)],
        resources={"limits": {"hugepages-2Mi": "2Mi", "foo": "1", "cpu": "0"}, "requests": {"hugepages-2Mi": "4Mi"}},
    )

    found = [path for path in paths(manifest) if path.startswith("spec.resources.limits")]

    assert ["spec.resources.limits[hugepages-2Mi]"] == found


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([{"name": "gpu"}], ["spec.resources.claims"], id="one"),
        pytest.param([], ["spec.resources.claims"], id="an empty list"),
        pytest.param(None, [], id="null"),
    ],
)
def test_a_pod_as_a_whole_has_no_claims(claims, expected):
    manifest = pod(resources={"claims": claims})

    assert expected == paths(manifest)


def test_on_windows_the_field_is_forbidden_and_nothing_else_is_said_of_it():
    manifest = pod(
        container(**requests(cpu="2")), os={"name": "windows"}, resources={"claims": [], "requests": {"cpu": "1"}}
    )

    [finding] = check(view(manifest))

    assert (ErrorType.FORBIDDEN, "spec.resources") == (finding.type, finding.path)


@pytest.mark.parametrize("os", [{"name": "windows"}, None])
def test_before_1_34_the_field_is_dropped_unread(os):
    manifest = pod(container(**requests(cpu="2")), os=os, **requests(cpu="1"))

    assert [] == paths(manifest, minor=33)


def test_without_the_field_there_is_nothing_to_contradict():
    assert [] == paths(pod(container(**requests(cpu="2"))))
