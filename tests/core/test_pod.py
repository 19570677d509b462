import pytest

from tests.builders import container, pod, sidecar, view, workload
from webhook.core.pod import Pod, Role
from webhook.core.workload import WORKLOADS, workload_of

PATHS = {
    "Pod": "spec",
    "Deployment": "spec.template.spec",
    "ReplicaSet": "spec.template.spec",
    "StatefulSet": "spec.template.spec",
    "DaemonSet": "spec.template.spec",
    "ReplicationController": "spec.template.spec",
    "Job": "spec.template.spec",
    "CronJob": "spec.jobTemplate.spec.template.spec",
    "PodTemplate": "template.spec",
}


@pytest.mark.parametrize("kind", PATHS)
def test_the_pod_of_each_kind_is_found_where_the_kind_keeps_it(kind):
    manifest = pod(init=[sidecar("agent"), container("migrate")])
    whole = manifest if kind == "Pod" else workload(kind, manifest)

    seen = workload_of(whole["apiVersion"], kind).pod(whole, 36)

    assert ["agent", "migrate"] == [one.name for one in seen.init_containers]
    assert f"{PATHS[kind]}.initContainers[1]" == seen.init_containers[1].path
    assert (kind != "Pod") == seen.is_template


def test_there_are_nine_kinds():
    assert set(PATHS) == {kind for _, kind in WORKLOADS}


@pytest.mark.parametrize("kind", PATHS)
@pytest.mark.parametrize("empty", [{}, {"spec": None}, {"spec": {"template": None}}, {"template": None}])
def test_absent_parents_give_an_empty_pod(kind, empty):
    one = next(one for (_, name), one in WORKLOADS.items() if name == kind)

    seen = one.pod(empty, 36)

    assert [] == list(seen.all_containers())


@pytest.mark.parametrize(
    ("policy", "role"),
    [("Always", Role.SIDECAR), ("OnFailure", Role.INIT), ("", Role.INIT), (None, Role.INIT), ("always", Role.INIT)],
)
def test_only_restart_policy_always_makes_an_init_container_a_sidecar(policy, role):
    seen = view(pod(init=[container("x", restartPolicy=policy)]))

    assert role is seen.init_containers[0].role


def test_restart_policy_always_on_an_app_container_makes_no_sidecar():
    assert Role.APP is view(pod(sidecar())).containers[0].role


def test_null_reads_as_absent_and_a_null_element_as_the_zero_object():
    seen = Pod({"spec": {"containers": [None], "initContainers": None, "volumes": [None]}, "metadata": None})

    assert ("", "") == (seen.containers[0].name, seen.containers[0].image)
    assert [] == seen.init_containers
    assert [{}] == seen.volumes()
    assert {} == seen.labels


def test_the_raw_dict_is_the_one_that_was_sent():
    manifest = pod(container(future={"field": 1}))

    assert view(manifest).containers[0].raw is manifest["spec"]["containers"][0]


def test_what_several_rules_ask_is_worked_out_once():
    seen, calls = view(pod()), []

    answers = [seen.once(calls.append), seen.once(calls.append), view(pod()).once(lambda one: one.kind)]

    assert ([seen], [None, None, "Pod"]) == (calls, answers)
