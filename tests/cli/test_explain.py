"""`prologue explain`: what is in use at each step, what decides, and that the arithmetic shown adds up."""

import json
import re
from pathlib import Path

import pytest

from tests.builders import container, pod, sidecar, workload
from webhook.cli.engine import identity_of
from webhook.cli.explained import KINDS, Explained
from webhook.cli.explained_text import explained_text
from webhook.cli.style import Pen
from webhook.core.quantity import Quantity
from webhook.core.resource_list import total
from webhook.core.shape import undecodable
from webhook.core.workload import workload_of
from webhook.manifest.document import Document
from webhook.manifest.writer import dump_json, dump_yaml

MANIFESTS = Path(__file__).parents[1] / "oracle" / "manifests.jsonl"
STEP = re.compile(r"  \d+  .*?(\S+) +(\S+) +(\S+)(?:  ◀ \w+)?(?:  \(.*\))?")
SUM = re.compile(r"     (spec\.resources|spec\.overhead|effective) .*?(\S+)")
KINDS_OF_PODS = [pytest.param(kind, id=kind) for kind in ("Deployment", "CronJob", "PodTemplate")]


def needs(cpu, memory=None):
    return {"resources": {"requests": {"cpu": cpu} | ({"memory": memory} if memory else {})}}


def init(name, cpu):
    return container(name, **needs(cpu))


def side(name, cpu, memory=None):
    return sidecar(name, **needs(cpu, memory))


ROW_6 = pod(container(**needs(1)), init=[init("i", 5), side("s1", 1), side("s2", 2), side("s3", 3)])
ROW_7 = pod(container(**needs(1)), init=[init("i1", 5), side("s1", 1), side("s2", 2), init("i2", 5), side("s3", 3)])
ROW_8 = pod(container(**needs(1)), init=[init("i1", 5), side("s1", 1), side("s2", 2), side("s3", 3), init("i2", 5)])
ROW_40 = pod(
    container(**needs(1, "1Gi")),
    init=[side("s1", 1, "1Gi")],
    resources={"requests": {"cpu": 4}},
    overhead={"cpu": "250m", "memory": "120Mi"},
)


@pytest.fixture
def explain(run, file):
    """Explain one manifest as JSON."""

    def explain(manifest, *options):
        [it] = run("explain", "--format", "json", *options, file("it.yaml", dump_yaml([manifest]))).json
        return it

    return explain


@pytest.mark.parametrize(
    ("manifest", "requests", "decides", "in_use"),
    [
        pytest.param(ROW_6, {"cpu": "7"}, {"cpu": "app"}, ["5", "1", "3", "6", "7"], id="sidecars beside the app"),
        pytest.param(ROW_7, {"cpu": "8"}, {"cpu": "i2"}, ["5", "1", "3", "8", "6", "7"], id="init between sidecars"),
        pytest.param(ROW_8, {"cpu": "11"}, {"cpu": "i2"}, ["5", "1", "3", "6", "11", "7"], id="init after all of them"),
        pytest.param(
            ROW_40,
            {"cpu": "4250m", "memory": "2168Mi"},
            {"cpu": "app", "memory": "app"},
            ["1", "2"],
            id="resources of the Pod itself, and overhead",
        ),
    ],
)
def test_the_order_of_the_start_decides_what_a_pod_needs(explain, manifest, requests, decides, in_use):
    it = explain(manifest)

    assert requests == it["effective"]["requests"]
    assert decides == it["decidedBy"]["requests"]
    assert in_use == [step["inUse"]["requests"]["cpu"] for step in it["steps"]]


def test_the_json_says_all_that_the_text_says(explain):
    it = explain(ROW_40)

    assert [
        "file",
        "document",
        "apiVersion",
        "kind",
        "namespace",
        "name",
        "steps",
        "decidedBy",
        "podLevel",
        "overhead",
        "effective",
        "qosReason",
    ] == list(it)
    assert {"requests": {"cpu": "4"}, "limits": {}} == it["podLevel"]
    assert {"cpu": "250m", "memory": "120Mi"} == it["overhead"]
    assert [("s1", "sidecar"), ("app", "containers")] == [(step["name"], step["role"]) for step in it["steps"]]


TEXT_OF_ROW_7 = """\
Pod shop  it.yaml:1
  effective requests  cpu 8
  effective limits    none
  QoS class           Burstable: init container i1 has no cpu limit

  In use at a step: what starts then, and the sidecars started before it, which run on.

  cpu requests                        own  + sidecars  = in use
  1  i1         init container          5           -         5
  2  s1         sidecar                 1           -         1
  3  s2         sidecar                 2           1         3
  4  i2         init container          5           3         8  ◀ decides
  5  s3         sidecar                 3           3         6
  6  app        containers              1           6         7
     effective  the scheduler counts                          8
"""
TEXT_OF_ROW_40 = """\
  cpu requests                             own  + sidecars  = in use
  1  s1              sidecar                 1           -         1
  2  app             containers              1           1         2  ◀ most
     spec.resources  counts instead                                4
     spec.overhead   comes on top                             + 250m
     effective       the scheduler counts                      4250m
"""


def test_the_text_shows_how_the_amount_comes_about_step_by_step(run, file):
    ran = run("explain", file("it.yaml", dump_yaml([ROW_7])))

    assert (0, TEXT_OF_ROW_7, "") == (ran.code, ran.out, ran.err)


def test_the_text_shows_what_counts_instead_and_what_comes_on_top(run, file):
    ran = run("explain", file("it.yaml", dump_yaml([ROW_40])))

    assert TEXT_OF_ROW_40 in ran.out


def test_several_app_containers_start_together_and_are_told_one_by_one(run, file):
    it = pod(container("app", **needs("600m")), container("web", **needs("400m")))

    ran = run("explain", file("it.yaml", dump_yaml([it])))

    line = next(line for line in ran.out.splitlines() if "containers" in line)
    assert re.fullmatch(r"  1  app, web +containers +1 +- +1  ◀ decides  \(app 600m, web 400m\)", line)


def manifests():
    """Every third of those that Kubernetes itself was asked about."""
    for line in MANIFESTS.read_text().splitlines()[::3]:
        manifest = json.loads(line)["manifest"]
        found = workload_of(manifest["apiVersion"], manifest["kind"])
        if found is not None and undecodable(manifest, manifest["apiVersion"], manifest["kind"]) is None:
            yield manifest, found.pod(manifest, 36)


def explained(manifest, it):
    document = Document(manifest, "it.json", 0, "json", dump_json([manifest]))
    return Explained.of(document, identity_of(manifest), it)


def test_the_sums_shown_add_up_to_what_is_effective_for_hundreds_of_manifests():
    seen = 0
    for manifest, it in manifests():
        one = explained(manifest, it)
        results = [str(getattr(one.effective, kind)[name]) for kind in KINDS for name in getattr(one.effective, kind)]
        shown = []
        moments, on_top = [], Quantity(0)
        for line in explained_text(one, Pen(colour=False)).splitlines():
            if step := STEP.fullmatch(line):
                own, before, in_use = (Quantity.parse("0" if cell == "-" else cell) for cell in step.groups())
                assert own + before == in_use
                moments += [in_use] if step[3] != "-" else []
            elif found := SUM.fullmatch(line):
                what, amount = found.groups()
                if what == "spec.resources":
                    moments = [Quantity.parse(amount)]
                elif what == "spec.overhead":
                    on_top = Quantity.parse(amount)
                else:
                    assert max(moments, default=Quantity(0)) + on_top == Quantity.parse(amount)
                    shown.append(amount)
                    moments, on_top, seen = [], Quantity(0), seen + 1
        assert sorted(results) == sorted(shown)
    assert seen > 500


def test_every_step_is_its_own_and_the_sidecars_before_it():
    for manifest, it in manifests():
        one = explained(manifest, it)
        before = {}
        for step in one.steps:
            assert step.in_use.requests == total(step.own.requests, before)
            if step.role == "sidecar":
                before = total(before, step.own.requests)


def test_what_is_explained_is_what_check_says(run, file):
    name = file("all.yaml", dump_yaml([manifest for manifest, _ in list(manifests())[:50]]))

    explained = run("explain", "--format", "json", name).json
    checked = run("check", "--format", "json", name).json["results"]

    assert [one["effective"] for one in checked] == [one["effective"] for one in explained]


LIMITED = {"resources": {"limits": {"cpu": 1, "memory": "1Gi"}}}


@pytest.mark.parametrize(
    ("manifest", "qos", "reason"),
    [
        pytest.param(pod(), "BestEffort", "no container asks for cpu or memory", id="nothing asked"),
        pytest.param(
            pod(container(**LIMITED)),
            "Guaranteed",
            "every container has limits of cpu and memory, and the requests come to the same",
            id="limits everywhere",
        ),
        pytest.param(
            pod(container(**LIMITED), init=[container("init")]),
            "Burstable",
            "init container init has no cpu limit",
            id="an init container without limits",
        ),
        pytest.param(
            pod(container(**LIMITED), init=[sidecar("side", resources={"limits": {"cpu": 1}})]),
            "Burstable",
            "sidecar side has no memory limit",
            id="a sidecar without one of them",
        ),
        pytest.param(
            pod(container(resources={**LIMITED["resources"], "requests": {"memory": "1Mi"}})),
            "Burstable",
            "memory requests come to 1Mi, limits to 1Gi",
            id="requests below the limits",
        ),
        pytest.param(
            pod(container(**LIMITED), resources={}),
            "BestEffort",
            "spec.resources asks for no cpu or memory",
            id="empty resources of the Pod itself",
        ),
        pytest.param(
            pod(resources={"limits": {"cpu": 1, "memory": "1Gi"}}),
            "Guaranteed",
            "spec.resources has limits of cpu and memory, and the requests come to the same",
            id="resources of the Pod itself",
        ),
        pytest.param(
            pod(container(resources={"limits": {"cpu": 1, "memory": "1Gi"}, "requests": {"cpu": 0}})),
            "Burstable",
            "cpu requests come to 0, limits to 1",
            id="a request of zero",
        ),
    ],
)
def test_the_class_comes_with_its_reason(explain, manifest, qos, reason):
    it = explain(manifest)

    assert (qos, reason) == (it["effective"]["qos"], it["qosReason"])


def test_the_reason_speaks_for_the_version_asked_for(explain):
    it = explain(pod(container(**LIMITED), resources={}), "--kubernetes-version", "1.33")

    assert ("Guaranteed", "every container") == (it["effective"]["qos"], it["qosReason"][:15])


def test_there_is_a_reason_for_manifests():
    for manifest, it in manifests():
        assert explained(manifest, it).qos_reason


@pytest.mark.parametrize("kind", KINDS_OF_PODS)
def test_of_a_template_the_pods_are_explained(run, file, kind):
    ran = run("explain", file("it.yaml", dump_yaml([workload(kind, ROW_6)])))

    assert ran.out.startswith(f"Pods of {kind} shop  it.yaml:1\n  effective requests  cpu 7\n")


def test_what_has_no_pod_is_left_out_and_told_when_nothing_is_left(run, file):
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}}

    some = run("explain", "--format", "json", file("some.yaml", dump_yaml([service, pod()])))
    none = run("explain", file("none.yaml", dump_yaml([service])))

    assert [1] == [one["document"] for one in some.json]
    assert (0, "", "prologue: nothing here has a Pod to explain\n") == (none.code, none.out, none.err)


def test_a_pod_that_cannot_be_decoded_is_told_with_its_place(run, file):
    ran = run("explain", file("it.yaml", dump_yaml([pod(container(resources={"requests": {"cpu": "1x"}}))])))

    assert (2, "") == (ran.code, ran.out)
    assert ran.err.startswith("prologue: it.yaml:11:9: spec.containers[0].resources.requests[cpu]: must be ")


def test_a_file_that_cannot_be_read_is_misuse_and_the_rest_is_explained(run, file):
    ran = run("explain", "gone.yaml", file("it.yaml", dump_yaml([pod()])))

    assert (2, True) == (ran.code, ran.out.startswith("Pod shop"))
    assert ran.err.startswith("prologue: gone.yaml: there is no such file")
