"""Injection: whole or not at all, once, in the right place, and nothing of the user's touched."""

import copy
import json

import jsonpatch
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import container, pod, policy_from, review, sidecar, workload
from webhook.admission.decide import decide
from webhook.policy.policy import Facts

LITERAL = """
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {{name: prepare}}
spec:
  match: {match}
  request: {request}
  initContainers:
  - container:
      name: prepare
      image: prepare:1
      resources: {{requests: {{memory: 1024Mi}}, limits: {{memory: 1024Mi}}}}
      volumeMounts: [{{name: prepared, mountPath: /prepared}}]
    position: {position}
  volumes: [{{name: prepared, emptyDir: {{}}}}]
  appContainers:
    volumeMounts: [{{name: prepared, mountPath: /prepared, readOnly: true}}]
    env: [{{name: PREPARED, value: /prepared}}]
"""
AGENT = """
---
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: agent}
spec:
  initContainers: [{container: {name: agent, image: agent:1, restartPolicy: Always}, position: first}]
"""


def literal(position="last", match="{}", request="Always"):
    return policy_from(LITERAL.format(position=position, match=match, request=request))


def names(manifest):
    return [one["name"] for one in manifest["spec"].get("initContainers") or ()]


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        pytest.param("first", ["prepare", "a", "b"], id="first"),
        pytest.param("last", ["a", "b", "prepare"], id="last"),
        pytest.param("{before: b}", ["a", "prepare", "b"], id="before"),
        pytest.param("{after: a}", ["a", "prepare", "b"], id="after"),
        pytest.param("{before: gone}", ["prepare", "a", "b"], id="before one that is not there: first"),
        pytest.param("{after: gone}", ["a", "b", "prepare"], id="after one that is not there: last"),
    ],
)
def test_the_position_is_kept(position, expected):
    decision = decide(review(pod(init=[container("a"), container("b")])), literal(position))

    assert expected == names(decision.result)


def test_a_neighbour_that_is_not_there_is_told():
    decision = decide(review(pod(init=[container("a")])), literal("{before: gone}"))

    assert ("no init container gone, so it is first",) == decision.injected[0].notes


@pytest.mark.parametrize("position", ["first", "last", "{before: a}", "{after: a}"])
def test_what_one_policy_puts_at_one_place_keeps_the_order_of_the_policy(position):
    policy = policy_from(f"""
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {{name: two}}
spec:
  initContainers:
  - {{container: {{name: p, image: p}}, position: {position}}}
  - {{container: {{name: q, image: q}}, position: {position}}}
""")

    result = names(decide(review(pod(init=[container("a"), container("b")])), policy).result)

    assert ["p", "q"] == [name for name in result if name in "pq"]
    assert ["a", "b"] == [name for name in result if name in "ab"]


@pytest.mark.parametrize("init", [pytest.param(None, id="absent"), pytest.param([], id="empty")])
def test_volume_mount_env_and_container_are_one_change(init):
    result = decide(review(pod(container("x"), container("y"), init=init)), literal()).result

    assert ["prepare"] == names(result)
    assert ["prepared"] == [volume["name"] for volume in result["spec"]["volumes"]]
    for app in result["spec"]["containers"]:
        assert [{"name": "prepared", "mountPath": "/prepared", "readOnly": True}] == app["volumeMounts"]
        assert [{"name": "PREPARED", "value": "/prepared"}] == app["env"]


def test_null_lists_are_filled_like_absent_ones():
    manifest = pod(container(volumeMounts=None, env=None), volumes=None)
    manifest["spec"]["initContainers"] = None

    result = decide(review(manifest), literal()).result

    assert ["prepare"] == names(result)


def test_the_status_annotation_lists_what_was_added():
    result = decide(review(pod()), literal()).result

    [(name, entry)] = json.loads(result["metadata"]["annotations"]["prologue.dev/injected"]).items()
    assert name.startswith("prepare@")
    assert {
        "initContainers": ["prepare"],
        "volumes": ["prepared"],
        "volumeMounts": {"app": ["/prepared"]},
        "env": {"app": ["PREPARED"]},
    } == entry


@pytest.mark.parametrize(
    ("labels", "expected"), [({"app": "web"}, True), ({"app": "db"}, False), ({}, False)], ids=["same", "other", "none"]
)
def test_the_pod_selector_decides(labels, expected):
    policy = literal(match="{podSelector: {matchLabels: {app: web}}}")

    decision = decide(review(pod(metadata={"labels": labels})), policy)

    assert expected == bool(decision.injected)


def test_the_namespace_is_known_by_its_name_without_any_facts():
    policy = literal(match="{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}")

    assert decide(review(pod()), policy).injected
    assert not decide(review(pod(), namespace="other"), policy).injected


def test_labels_of_a_namespace_that_nobody_told_us_are_not_guessed():
    policy = literal(match="{namespaceSelector: {matchLabels: {team: shop}}}")

    unknown = decide(review(pod()), policy)
    known = decide(review(pod()), policy, Facts(namespaces={"shop": {"team": "shop"}}))

    assert not unknown.injected
    assert "not known here" in unknown.skipped[0].reason
    assert known.injected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("prepare", True), ("other, prepare", True), ("", False), ("prepare-2", False)],
)
def test_with_request_annotation_a_pod_must_ask(asked, expected):
    manifest = pod(metadata={"annotations": {"prologue.dev/inject": asked}})

    assert expected == bool(decide(review(manifest), literal(request="Annotation")).injected)


def test_only_created_pods_are_patched():
    created = decide(review(pod()), literal())
    updated = decide(review(pod(), operation="UPDATE", old=pod()), literal())
    judged = decide(review(pod(), mutating=False), literal())

    assert created.operations
    assert [] == updated.operations == judged.operations


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "Job", "CronJob", "PodTemplate"])
def test_a_template_is_told_what_its_pods_will_get_and_is_not_patched(kind):
    decision = decide(review(workload(kind, pod())), literal())

    assert [] == decision.operations
    assert ("prepare",) == decision.injected[0].containers


def test_a_refused_pod_is_not_injected_into():
    decision = decide(review(pod(init=[container("a", livenessProbe={})])), literal())

    assert not decision.allowed
    assert [] == decision.operations


# --- promises over generated Pods

NAMES = st.sampled_from(["a", "b", "c", "prepare-old", "x1"])
FUTURE = st.one_of(st.none(), st.dictionaries(st.sampled_from(["futureField", "other"]), st.integers(0, 3), min_size=1))


@st.composite
def pods(draw):
    """Valid Pods with init containers, sidecars, volumes, fields that nobody knows, and gaps of every kind."""
    chosen = draw(st.lists(NAMES, unique=True, max_size=4))
    init = [draw(st.sampled_from([container, sidecar]))(name, **(draw(FUTURE) or {})) for name in chosen]
    mounts = draw(st.sampled_from([None, [], [{"name": "v", "mountPath": "/v"}]]))
    app = container("app", volumeMounts=mounts, **(draw(FUTURE) or {}))
    manifest = pod(app, init=draw(st.sampled_from([init, init or None])), volumes=[{"name": "v", "emptyDir": {}}])
    manifest["spec"].update(draw(FUTURE) or {})
    annotations = draw(st.sampled_from([None, {}, {"x/y": "z"}, {"prologue.dev/injected": "forged"}]))
    manifest["metadata"]["annotations"] = annotations
    return manifest


POSITIONS = st.sampled_from(["first", "last", "{before: a}", "{after: b}"])


@given(pods(), POSITIONS)
def test_the_patch_leads_to_the_judged_pod_and_touches_nothing_sent(manifest, position):
    before = copy.deepcopy(manifest)

    decision = decide(review(manifest), literal(position))

    assert decision.result == jsonpatch.apply_patch(manifest, orjson.loads(orjson.dumps(decision.operations)))
    assert before == manifest


@given(pods(), POSITIONS)
def test_injecting_twice_changes_nothing(manifest, position):
    policy = policy_from(LITERAL.format(position=position, match="{}", request="Always") + AGENT)
    once = decide(review(manifest), policy).result

    again = decide(review(once), policy)

    assert [] == again.operations
    assert () == again.skipped
    assert again.allowed


@given(pods(), POSITIONS)
def test_without_the_status_annotation_nothing_is_injected_twice_either(manifest, position):
    once = decide(review(manifest), literal(position)).result
    stripped = copy.deepcopy(once)
    del stripped["metadata"]["annotations"]["prologue.dev/injected"]
    stripped["spec"]["initContainers"].reverse()
    for one in stripped["spec"]["initContainers"]:
        one["imagePullPolicy"] = "Always"
        one.setdefault("volumeMounts", []).insert(0, {"name": "token", "mountPath": "/token"})
        if one["name"] == "prepare":
            one["resources"] = {"requests": {"memory": "1Gi"}, "limits": {"memory": "1Gi"}}
    stripped["spec"]["volumes"].append({"name": "token", "emptyDir": {}})

    again = decide(review(stripped), literal(position))

    assert [] == again.operations
    assert again.allowed


@given(pods(), POSITIONS)
def test_what_the_user_wrote_stays_whole_and_in_order(manifest, position):
    result = decide(review(manifest), literal(position)).result

    theirs = [one for one in result["spec"]["initContainers"] if one["name"] != "prepare"]
    assert (manifest["spec"].get("initContainers") or []) == theirs
    assert manifest["spec"]["volumes"] == result["spec"]["volumes"][: len(manifest["spec"]["volumes"])]
    assert {**manifest["spec"], "initContainers": 0, "volumes": 0, "containers": 0} == {
        **result["spec"],
        "initContainers": 0,
        "volumes": 0,
        "containers": 0,
    }


def test_a_container_whose_image_was_rewritten_by_a_mirror_is_still_ours_by_the_annotation():
    once = decide(review(pod()), literal()).result
    rewritten = copy.deepcopy(once)
    rewritten["spec"]["initContainers"][0]["image"] = "mirror.example/prepare:1"

    again = decide(review(rewritten), literal())

    assert [] == again.operations
    assert again.allowed


def test_a_forged_annotation_cannot_keep_an_injection_away():
    forged = json.dumps({"prepare@00000000": {"initContainers": ["prepare"]}})
    manifest = pod(metadata={"annotations": {"prologue.dev/injected": forged}})

    assert ["prepare"] == names(decide(review(manifest), literal()).result)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"prepare@1": 7}', '{"prepare@1": {"initContainers": 7}}', "{}"])
def test_an_annotation_in_another_form_is_no_reason_to_fail(text):
    manifest = pod(metadata={"annotations": {"prologue.dev/injected": text}})

    decision = decide(review(manifest), literal())

    assert ["prepare"] == names(decision.result)
    assert isinstance(json.loads(decision.result["metadata"]["annotations"]["prologue.dev/injected"]), dict)
