import pytest

from tests.builders import container, pod, sidecar
from webhook.core.pod_update import update_findings

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
ZONE = {"key": "zone", "operator": "In", "values": ["a"]}
ARCH = {"key": "arch", "operator": "Exists"}
NAME = {"key": "metadata.name", "operator": "In", "values": ["x"]}
TERMS = f"spec.affinity.nodeAffinity.{REQUIRED}.nodeSelectorTerms"


def found(new, old, minor=36):
    return [(str(finding.type), finding.path) for finding in update_findings(old, new, minor)]


def spec_found(old, new):
    return found(pod(**new), pod(**old))


def terms(*each, **others):
    return {"affinity": {"nodeAffinity": {REQUIRED: {"nodeSelectorTerms": list(each)}}, **others}}


def gated(spec):
    return {"schedulingGates": [{"name": "example.com/wait"}], **spec}


@pytest.mark.parametrize(
    ("image", "errors"),
    [
        pytest.param("shop:2", [], id="another image"),
        pytest.param("", [("Required", "spec.initContainers[0].image")], id="none"),
        pytest.param(" shop:2", [("Invalid", "spec.initContainers[0].image")], id="padded"),
    ],
)
def test_an_image_may_be_another_image(image, errors):
    assert errors == found(pod(init=[container(image=image)]), pod(init=[container()]))


def test_a_faulty_image_of_old_is_not_held_against_the_new_pod():
    old, new = pod(init=[container(image="")], priority=1), pod(init=[container(image="")], priority=2)

    assert [("Forbidden", "spec")] == found(new, old)


def test_the_tag_latest_brings_another_pull_policy_unless_one_is_written():
    assert [("Forbidden", "spec")] == found(pod(container(image="shop:latest")), pod(container(image="shop:1")))
    written = {"imagePullPolicy": "IfNotPresent"}
    assert [] == found(pod(container(image="shop", **written)), pod(container(image="shop:1", **written)))


def test_with_another_number_of_containers_nothing_else_is_looked_at():
    old = pod(init=[container("a"), sidecar()])

    assert [("Forbidden", "spec.containers")] == found(pod(container(), container("b")), old)
    fewer = pod(container(image=""), init=[sidecar(image="")], priority=1)
    assert [("Required", "spec.containers[0].image"), ("Forbidden", "spec.initContainers")] == found(fewer, old)


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        pytest.param(None, 60, False, id="set"),
        pytest.param(60, 30, False, id="lowered"),
        pytest.param(60, 0, False, id="lowered to nothing"),
        pytest.param(60, 90, True, id="raised"),
        pytest.param(60, -1, True, id="negative"),
        pytest.param(60, None, True, id="taken away"),
        pytest.param(-1, -1, False, id="wrong and as it was"),
    ],
)
def test_the_deadline_may_be_set_and_lowered(before, after, refused):
    errors = spec_found({"activeDeadlineSeconds": before}, {"activeDeadlineSeconds": after, "tolerations": [{}]})

    assert ([("Invalid", "spec.activeDeadlineSeconds")] if refused else []) == errors


def test_after_a_wrong_deadline_nothing_else_is_looked_at_and_after_one_taken_away_all_is():
    assert [("Invalid", "spec.activeDeadlineSeconds")] == spec_found(
        {"activeDeadlineSeconds": 60}, {"activeDeadlineSeconds": 90, "priority": 1}
    )
    assert [("Invalid", "spec.activeDeadlineSeconds"), ("Forbidden", "spec")] == spec_found(
        {"activeDeadlineSeconds": 60}, {"priority": 1}
    )


@pytest.mark.parametrize(
    ("after", "refused"),
    [
        pytest.param([{"key": "a", "tolerationSeconds": 5}, {"key": "b"}], False, id="one added, seconds changed"),
        pytest.param([{"key": "b"}, {"key": "a"}], False, id="another order"),
        pytest.param([{"key": "b"}], True, id="one taken away"),
        pytest.param([{"key": "a", "effect": "NoExecute"}], True, id="one changed"),
        pytest.param(None, True, id="all taken away"),
    ],
)
def test_tolerations_may_be_added(after, refused):
    errors = spec_found({"tolerations": [{"key": "a"}]}, {"tolerations": after})

    assert ([("Forbidden", "spec.tolerations")] if refused else []) == errors


def test_gates_may_be_taken_away_and_not_added():
    one, two = {"name": "example.com/a"}, {"name": "example.com/b"}

    assert [] == spec_found({"schedulingGates": [one, two]}, {"schedulingGates": [two]})
    assert [] == spec_found({"schedulingGates": [one, two]}, {})
    assert [("Forbidden", "spec.schedulingGates[1].name")] == spec_found(
        {"schedulingGates": [one]}, {"schedulingGates": [one, two]}
    )


@pytest.mark.parametrize(
    ("before", "after", "errors"),
    [
        pytest.param(
            {"nodeSelector": {"a": "1"}}, {"nodeSelector": {"a": "1", "b": "2"}}, [], id="a label of the node is added"
        ),
        pytest.param(
            {"nodeSelector": {"a": "1"}}, {"nodeSelector": {"a": "2"}}, [("Invalid", "spec.nodeSelector")], id="changed"
        ),
        pytest.param({"nodeSelector": {"a": "1"}}, {}, [("Invalid", "spec.nodeSelector")], id="taken away"),
        pytest.param({}, terms({"matchExpressions": [ZONE]}), [], id="terms where there were none"),
        pytest.param(
            terms({"matchExpressions": [ZONE]}),
            terms({"matchExpressions": [ZONE, ARCH], "matchFields": [NAME]}),
            [],
            id="requirements are added",
        ),
        pytest.param(
            terms({"matchExpressions": [ZONE]}),
            terms({"matchExpressions": [ARCH]}),
            [("Invalid", f"{TERMS}[0]")],
            id="other",
        ),
        pytest.param(
            terms({"matchFields": [NAME]}),
            terms({"matchExpressions": [ARCH]}),
            [("Invalid", f"{TERMS}[0]")],
            id="of another",
        ),
        pytest.param(terms({}), terms({"matchFields": [NAME]}), [("Invalid", f"{TERMS}[0]")], id="none matched all"),
        pytest.param(
            terms({"matchExpressions": [ZONE]}),
            terms({"matchExpressions": [ZONE]}, {"matchExpressions": [ARCH]}),
            [("Invalid", TERMS)],
            id="a term is added",
        ),
        pytest.param(terms({"matchExpressions": [ZONE]}), {}, [("Invalid", TERMS)], id="all terms are taken away"),
        pytest.param(
            {"affinity": {"nodeAffinity": {PREFERRED: [{"weight": 1, "preference": {}}]}}},
            {},
            [],
            id="what was only preferred",
        ),
        pytest.param(
            terms({"matchExpressions": [ZONE]}),
            terms({"matchExpressions": [ZONE]}, podAffinity={REQUIRED: [{"topologyKey": "x"}]}),
            [("Forbidden", "spec")],
            id="affinity to Pods",
        ),
    ],
)
def test_while_a_pod_waits_its_placement_may_become_narrower(before, after, errors):
    assert errors == spec_found(gated(before), gated(after))


def test_once_it_waits_no_more_its_placement_is_fixed():
    assert [("Forbidden", "spec")] == spec_found({"nodeSelector": {"a": "1"}}, {"nodeSelector": {"a": "1", "b": "2"}})
    assert [("Forbidden", "spec")] == spec_found({}, terms({"matchExpressions": [ZONE]}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"priority": 1}, {"priority": 2}, id="a field of the Pod"),
        pytest.param({"hostNetwork": False}, {"hostNetwork": True}, id="the network"),
        pytest.param({"volumes": [{"name": "a"}]}, {}, id="a volume"),
        pytest.param({"terminationGracePeriodSeconds": 5}, {"terminationGracePeriodSeconds": 1}, id="the grace period"),
    ],
)
def test_everything_else_is_one_fault_of_the_spec(before, after):
    assert [("Forbidden", "spec")] == spec_found(before, after)


def test_the_message_names_what_differs():
    [finding] = update_findings(pod(init=[container()]), pod(init=[container(env=[{"name": "A"}])]), 36)

    assert "initContainers[0].env" in finding.message


def test_what_means_the_same_is_no_change():
    old = pod(container(resources={"limits": {"memory": "1Gi"}}), terminationGracePeriodSeconds=-1)
    new = pod(container(resources={"limits": {"memory": "1024Mi"}}, command=[]), terminationGracePeriodSeconds=1)

    assert [] == found(new, old)
