"""Whatever is sent, the answer is a plain one: never a 500, never an exception, never a patch that does not apply."""

import base64
import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonpatch
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import container, envelope, pod, sidecar, workload
from tests.web.asgi import Caller, Told, state
from tests.web.conftest import logging_to_memory

# Injects into every Pod, mounts into every app container, renames where a name is taken; warns of half of the rules.
POLICY = """
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: everywhere}
spec:
  initContainers:
  - container:
      name: migrate
      image: registry.example/migrate:1
      volumeMounts: [{name: data, mountPath: /data}]
      resources: {requests: {cpu: 100m}}
    position: {before: proxy}
  volumes: [{name: data, emptyDir: {}}]
  appContainers:
    volumeMounts: [{name: data, mountPath: /injected}]
    env: [{name: KEY, value: "1"}]
  onConflict: Rename
---
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: asked}
spec:
  request: Annotation
  match: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}
  initContainers: [{container: {name: asked, image: "registry.example/asked:1"}}]
  onConflict: Skip
---
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: severities}
spec:
  rules: {IC1: Warn}
  exempt: [{namespaces: [legacy], rules: [IC402], reason: "being moved"}]
"""

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["", "1", "100m", "1e9999", "Always", "Never", "migrate", "data", "/data", "2026-01-31T00:00:00Z"]
    )
)
names = st.sampled_from(["name", "image", "spec", "containers", "initContainers", "resources", "cpu", "restartPolicy"])
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def valid() -> dict:
    resources = {"requests": {"cpu": "100m"}, "limits": {"cpu": "1", "memory": "64Mi"}}
    probe = {"httpGet": {"port": 80}}
    full = {
        "env": [{"name": "KEY", "value": "1"}],
        "resources": resources,
        "volumeMounts": [{"name": "data", "mountPath": "/data"}],
    }
    manifest = pod(
        container("app", livenessProbe=probe, **full),
        container("second"),
        init=[container("migrate", **full), sidecar("proxy", startupProbe=probe, lifecycle={"preStop": probe})],
        metadata={
            "labels": {"app": "web"},
            "annotations": {"prologue.dev/inject": "asked, other", "prologue.dev/injected": '{"asked@1":{}}'},
        },
        volumes=[{"name": "data", "emptyDir": {}}],
        overhead={"cpu": "1m"},
        resources=resources,
    )
    return json.loads(
        envelope(manifest, old=manifest, uid="any", name="shop", subResource="", options={"fieldManager": "x"})
    )


def places(value: Any, so_far: tuple = ()) -> list[tuple]:
    """Every place in a JSON value but its root."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for step, child in children for one in ((*so_far, step), *places(child, (*so_far, step)))]


PLACES = places(valid())
TEMPLATES = [json.loads(envelope(workload(kind, valid()["request"]["object"]))) for kind in ("Deployment", "CronJob")]
TEMPLATE_PLACES = [(number, place) for number, review in enumerate(TEMPLATES) for place in places(review)]


def changed(review: dict, *changes: tuple[tuple, Any]) -> bytes:
    """A review with the values at some places exchanged; places that an earlier change took away are passed over."""
    made = copy.deepcopy(review)
    for (*steps, last), value in changes:
        holder: Any = made
        for step in steps:
            holder = child(holder, step)
        if child(holder, last, default=None) is not None:
            holder[last] = value
    return orjson.dumps(wire(made))


def child(holder: Any, step: Any, default: Any = ()) -> Any:
    if isinstance(holder, dict):
        return holder.get(step, default)
    return holder[step] if isinstance(holder, list) and isinstance(step, int) and step < len(holder) else default


def wire(value: Any) -> Any:
    """Numbers that the writer does not take become floats, as the reader would have them."""
    if isinstance(value, dict):
        return {key: wire(item) for key, item in value.items()}
    if isinstance(value, list):
        return [wire(item) for item in value]
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    with logging_to_memory(), contextlib.closing(Caller(state(POLICY))) as one:
        yield one


def assert_plain(told: Told, body: bytes) -> None:
    """It is an answer or a refusal; a patch in it applies to the object that was sent."""
    assert told.status in (200, 400), told.body
    if told.status == 400:
        assert told.body.startswith(b"prologue: ")
        return
    response = told.response
    request = json.loads(body)["request"]
    assert response["uid"] == request["uid"]
    assert response["allowed"] in (True, False)
    assert ("status" in response) == (not response["allowed"])
    for warning in response.get("warnings", ()):
        assert len(warning) <= 120
        assert warning.isprintable()
    if "patch" in response:
        jsonpatch.apply_patch(request["object"], json.loads(base64.b64decode(response["patch"])))


def test_the_valid_review_is_patched(caller: Caller):
    body = orjson.dumps(valid())

    told = caller.post(body)

    assert "patch" in told.response
    assert_plain(told, body)


@settings(max_examples=300, deadline=None)
@given(
    changes=st.lists(st.tuples(st.sampled_from(PLACES), anything), min_size=1, max_size=3),
    path=st.sampled_from(["/mutate", "/validate"]),
)
def test_any_json_in_any_place_of_a_review_gets_a_plain_answer(caller: Caller, changes, path: str):
    body = changed(valid(), *changes)

    told = caller.post(body, path=path)

    assert_plain(told, body)


@settings(max_examples=100, deadline=None)
@given(where=st.sampled_from(TEMPLATE_PLACES), value=anything)
def test_any_json_in_any_place_of_a_template_gets_a_plain_answer(caller: Caller, where, value):
    number, place = where
    body = changed(TEMPLATES[number], (place, value))

    told = caller.post(body)

    assert_plain(told, body)


@settings(max_examples=100, deadline=None)
@given(manifest=anything, operation=st.sampled_from(["CREATE", "UPDATE", "DELETE", "CONNECT", ""]))
def test_any_json_for_a_pod_gets_a_plain_answer(caller: Caller, manifest, operation: str):
    review = valid()
    review["request"] |= {"object": manifest, "oldObject": manifest, "operation": operation}
    body = orjson.dumps(wire(review))

    told = caller.post(body)

    assert_plain(told, body)


@settings(max_examples=100, deadline=None)
@given(chunks=st.lists(st.binary(max_size=200), min_size=1, max_size=4))
def test_any_bytes_are_refused(caller: Caller, chunks: list[bytes]):
    told = caller.post(*chunks)

    assert told.status == 400


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_review_with_any_bytes_in_its_midst_gets_a_plain_answer(caller: Caller, data):
    body = orjson.dumps(valid())
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 30)))
    spoilt = body[:start] + data.draw(st.binary(max_size=10)) + body[end:]

    told = caller.post(spoilt)

    assert told.status in (200, 400)


@settings(max_examples=100, deadline=None)
@given(
    headers=st.lists(st.tuples(st.sampled_from([b"content-type", b"content-length", b"x"]), st.binary(max_size=30))),
    method=st.sampled_from(["POST", "GET", "PUT", "TRACE"]),
)
def test_any_headers_get_a_plain_answer(caller: Caller, headers, method: str):
    told = caller.post(orjson.dumps(valid()), headers=headers, method=method)

    assert told.status in (200, 405, 413, 415)
