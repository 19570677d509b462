import pytest

from tests.builders import container, pod, sidecar
from webhook.core.pod_resize import resize_findings, resized

POLICY = {"resourceName": "memory", "restartPolicy": "RestartContainer"}


def found(new, old, minor=36):
    after = resized(old, new, minor)
    return [(str(finding.type), finding.path) for finding in resize_findings(old, after, minor)]


def needs(requests=None, limits=None, **fields):
    own = {"requests": {"cpu": "1", **(requests or {})}}
    if limits is not None:
        own["limits"] = limits
    return {"resources": own, **fields}


def plain(*args, **kwargs):
    return pod(init=[container("migrate", **needs(*args, **kwargs))])


def side(*args, **kwargs):
    return pod(init=[sidecar(**needs(*args, **kwargs))])


def app(*args, **kwargs):
    return pod(container(**needs(*args, **kwargs)))


@pytest.mark.parametrize("made", [side, app])
@pytest.mark.parametrize("minor", [33, 34, 35, 36])
def test_cpu_and_memory_can_be_raised_lowered_and_added(made, minor):
    old = made({"cpu": "2"}, {"cpu": "3"})

    assert [] == found(made({"cpu": "3"}, {"cpu": "4"}), old, minor)
    assert [] == found(made({"cpu": "1"}, {"cpu": "3"}), old, minor)
    assert [] == found(made({"cpu": "2", "memory": "1Gi"}, {"cpu": "3"}), old, minor)
    assert [] == found(old, old, minor)


@pytest.mark.parametrize("minor", [33, 36])
def test_nothing_can_be_taken_away(minor):
    old = side({"memory": "1Gi"}, {"cpu": "2"})

    assert [("Forbidden", "spec.initContainers[0].resources.requests")] == found(side({}, {"cpu": "2"}), old, minor)
    assert [("Forbidden", "spec.initContainers[0].resources.limits")] == found(side({"memory": "1Gi"}), old, minor)


def test_a_limit_keeps_the_request_that_is_taken_away():
    old = pod(container(**needs({}, {"cpu": "2"})))
    new = pod(container(resources={"limits": {"cpu": "3"}}))

    assert [] == found(new, old)


@pytest.mark.parametrize(
    ("made", "minor", "path"),
    [
        pytest.param(side, 36, "spec.initContainers[0]", id="sidecar since 1.36"),
        pytest.param(side, 35, "spec", id="sidecar before 1.36"),
        pytest.param(plain, 36, "spec.initContainers[0]", id="plain init container since 1.36"),
        pytest.param(app, 36, "spec", id="app container"),
    ],
)
def test_other_resources_stay_as_they_are(made, minor, path):
    old, new = made({"ephemeral-storage": "1Gi"}), made({"ephemeral-storage": "2Gi"})

    assert [("Forbidden", path)] == found(new, old, minor)


def test_the_resize_policy_stays_as_it_is():
    assert [("Forbidden", "spec.initContainers[0]")] == found(side(resizePolicy=[POLICY]), side())
    assert [("Forbidden", "spec")] == found(app(resizePolicy=[POLICY]), app())


def test_plain_init_containers_can_be_resized_since_1_36():
    old, new = plain(), plain({"cpu": "2"})

    assert [] == found(new, old, 36)
    assert [("Forbidden", "spec")] == found(new, old, 35)


def test_a_plain_init_container_that_would_have_to_start_again_cannot_be_resized():
    old, new = plain(resizePolicy=[POLICY]), plain({"cpu": "2"}, resizePolicy=[POLICY])

    assert [("Forbidden", "spec.initContainers[0]")] == found(new, old)
    assert [] == found(side({"cpu": "2"}, resizePolicy=[POLICY]), side(resizePolicy=[POLICY]))


@pytest.mark.parametrize(
    ("before", "after", "policy", "refused"),
    [
        pytest.param("2Gi", "1Gi", [], True, id="lowered"),
        pytest.param(None, "1Gi", [], True, id="added"),
        pytest.param("1Gi", "2Gi", [], False, id="raised"),
        pytest.param("2Gi", "1Gi", [POLICY], False, id="lowered with a restart"),
        pytest.param("2Gi", "1Gi", [{**POLICY, "restartPolicy": "NotRequired"}], True, id="lowered without one"),
        pytest.param("2Gi", "1Gi", [{**POLICY, "resourceName": "cpu"}], True, id="another resource restarts"),
    ],
)
def test_in_1_33_a_memory_limit_is_lowered_only_with_a_restart(before, after, policy, refused):
    def made(limit):
        limits = {} if limit is None else {"memory": limit}
        return side({"memory": "1Gi"}, limits, resizePolicy=policy)

    expected = [("Forbidden", "spec.initContainers[0].resources.limits[memory]")] if refused else []

    assert expected == found(made(after), made(before), 33)
    assert [] == found(made(after), made(before), 34)


def test_the_qos_class_must_stay():
    old = pod(container(resources={"limits": {"cpu": "1", "memory": "1Gi"}}))
    new = pod(container(resources={"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "500m"}}))

    assert [("Invalid", "spec")] == found(new, old)
    assert [] == found(new, {**old, "status": {"qosClass": "Burstable"}})


def test_containers_keep_number_name_and_place():
    old = pod(init=[sidecar("a"), sidecar("b")])

    assert [("Forbidden", "spec.initContainers")] == found(pod(init=[sidecar("a")]), old)
    assert [("Forbidden", "spec.containers")] == found(
        pod(container(), container("c"), init=old["spec"]["initContainers"]), old
    )
    assert [("Forbidden", f"spec.initContainers[{i}].name") for i in (0, 1)] == found(
        pod(init=[sidecar("b"), sidecar("a", **needs())]), {**old, "status": {"qosClass": "Burstable"}}
    )


def test_what_no_resize_changes_is_not_looked_at():
    assert [] == found(pod(init=[sidecar(image="other", **needs())], priority=1), side(resources=needs()["resources"]))


@pytest.mark.parametrize(
    "old",
    [
        pytest.param(pod(container(**needs()), os={"name": "windows"}), id="for Windows"),
        pytest.param(
            pod(container(**needs()), metadata={"annotations": {"kubernetes.io/config.mirror": "x"}}), id="a static Pod"
        ),
    ],
)
def test_some_pods_cannot_be_resized_at_all(old):
    assert [("Forbidden", "")] == found(app({"cpu": "2", "ephemeral-storage": "1Gi"}), old)


def test_a_node_without_resize_is_found_by_its_status():
    def running(**status):
        return {**app(), "status": {"containerStatuses": [None, {"state": {"running": {}}, **status}]}}

    assert [("Forbidden", "spec")] == found(app({"cpu": "2"}), running())
    assert [] == found(app({"cpu": "2"}), running(resources={}))


def test_claims_that_count_as_resources_of_the_node_forbid_it():
    old = {**app(), "status": {"nodeAllocatableResourceClaimStatuses": [{"resourceClaimName": "x"}]}}

    assert [("Forbidden", "spec")] == found(app({"cpu": "2"}), old)
    assert [] == found(app({"cpu": "2"}), old, 35)


@pytest.mark.parametrize(
    ("new", "errors"),
    [
        pytest.param({"requests": {"cpu": "5", "hugepages-2Mi": "4Mi"}}, [], id="cpu"),
        pytest.param(
            {"requests": {"cpu": "4"}}, [("Forbidden", "spec.resources.requests"), ("Forbidden", "spec")], id="less"
        ),
        pytest.param({"requests": {"cpu": "4", "hugepages-2Mi": "2Mi"}}, [("Forbidden", "spec")], id="hugepages"),
        pytest.param(None, [("Forbidden", "spec.resources")], id="none"),
    ],
)
def test_pod_level_resources_can_be_resized_since_1_36(new, errors):
    own = {"requests": {"cpu": "4", "hugepages-2Mi": "4Mi"}}
    old, now = pod(container(**needs()), resources=own), pod(container(**needs({"cpu": "2"})), resources=new)
    old["status"] = {"qosClass": "Burstable"}

    assert errors == found(now, old)


def test_before_that_they_forbid_a_resize_altogether():
    old = pod(container(**needs()), resources={"requests": {"cpu": "4"}})
    new = pod(container(**needs({"cpu": "2"})), resources={"requests": {"cpu": "4"}})

    assert [("Forbidden", "")] == found(new, old, 35)
    assert [] == found(new, old, 33)
