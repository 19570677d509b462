import json
from collections import Counter
from pathlib import Path

import pytest

from tests.builders import DEFAULT_POLICY, container, pod, review, sidecar, workload
from webhook.admission.decide import decide

LINES = [json.loads(line) for line in (Path(__file__).parents[1] / "oracle" / "updates.jsonl").read_text().splitlines()]
FORGIVEN = "Deployment old template invalid (Deployment)"
BAD = container("migrate", livenessProbe={})


def faults(asked):
    return Counter((str(one.type), one.path) for one in decide(asked, DEFAULT_POLICY).findings if one.type != "Warning")


def update(new, old, **fields):
    return faults(review(new, operation="UPDATE", old=old, **fields))


@pytest.mark.parametrize("line", [pytest.param(line, id=line["title"]) for line in LINES])
def test_an_update_is_refused_for_what_kubernetes_refuses(line):
    theirs = Counter(map(tuple, line["errors"]))
    of_old = faults(review(line["old"])) if line["title"] == FORGIVEN else Counter()

    ours = update(line["new"], line["old"], subresource="resize" if line["operation"] == "resize" else "")

    assert theirs == ours + of_old


def test_what_the_old_object_had_already_is_left_to_the_api_server():
    [line] = [line for line in LINES if line["title"] == FORGIVEN]

    assert Counter(map(tuple, line["errors"])) == faults(review(line["new"]))
    assert not update(line["new"], line["old"])


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"labels": {"a": "b"}}, id="a label"),
        pytest.param({"finalizers": None}, id="a finalizer"),
        pytest.param({"annotations": {"prologue.dev/inject": "nobody"}}, id="an annotation"),
    ],
)
def test_metadata_may_change_whatever_the_pod_is_like(changes):
    old = pod(init=[BAD], metadata={"finalizers": ["example.com/held"]})
    new = pod(init=[BAD], metadata={"finalizers": ["example.com/held"], **changes})

    decision = decide(review(new, operation="UPDATE", old=old), DEFAULT_POLICY)

    assert "untouched" == decision.outcome


@pytest.mark.parametrize("kind", ["Deployment", "CronJob", "PodTemplate"])
def test_a_workload_whose_pods_stay_as_they_are_passes_untouched(kind):
    old = workload(kind, pod(init=[BAD]))
    new = {**old, "metadata": {"name": "shop", "labels": {"a": "b"}}}

    assert "untouched" == decide(review(new, operation="UPDATE", old=old), DEFAULT_POLICY).outcome
    assert update(workload(kind, pod(init=[BAD, container("Bad")])), old)


def test_what_is_being_deleted_passes_whatever_changes():
    old = pod(init=[container("migrate")], metadata={"deletionTimestamp": "2026-01-31T12:00:00Z"})

    assert "untouched" == decide(review(pod(init=[BAD, BAD]), operation="UPDATE", old=old), DEFAULT_POLICY).outcome


def test_a_statefulset_with_faults_of_old_is_left_alone_for_new_ones():
    old = workload("StatefulSet", pod(init=[BAD]))
    new = workload("StatefulSet", pod(init=[BAD, container("Bad")]))

    assert not update(new, old)
    assert update(new, workload("StatefulSet", pod()))


@pytest.mark.parametrize("subresource", ["status", "ephemeralcontainers", "binding", "eviction"])
def test_other_subresources_pass_untouched(subresource):
    asked = review(pod(init=[BAD]), operation="UPDATE", old=pod(), subresource=subresource)

    assert "untouched" == decide(asked, DEFAULT_POLICY).outcome


def test_resize_is_one_of_pods_alone():
    asked = review(workload("Deployment", pod(init=[BAD])), operation="UPDATE", old=None, subresource="resize")

    assert "untouched" == decide(asked, DEFAULT_POLICY).outcome


def test_an_update_that_brings_new_faults_is_refused_for_each_of_them():
    old, new = pod(init=[container("migrate"), sidecar()]), pod(init=[BAD, sidecar(image="")])

    image = ("Required", "spec.initContainers[1].image")
    assert {image: 2, ("Forbidden", "spec.initContainers[0].livenessProbe"): 1, ("Forbidden", "spec"): 1} == update(
        new, old
    )


def test_an_update_has_no_injection_and_the_cost_of_the_new_pod():
    old = pod(container(resources={"requests": {"cpu": "1"}}))
    new = pod(container(image="registry.example/app:2", resources={"requests": {"cpu": "1000m"}}))

    decision = decide(review(new, operation="UPDATE", old=old), DEFAULT_POLICY)

    assert ("allowed", "1", []) == (decision.outcome, str(decision.after.requests["cpu"]), decision.operations)
