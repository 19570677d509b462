from tests.builders import container, pod, view
from webhook.core.env_source import env_ref_path, env_refs


def test_references_are_given_with_their_place():
    env = [
        {"name": "A", "value": "a"},
        None,
        {"name": "B", "valueFrom": {"fieldRef": {}, "secretKeyRef": None}},
        {"name": "C", "valueFrom": {}},
    ]
    seen = view(pod(container(), init=[container("fetch", env=env)]))

    [(holder, place, kind, ref)] = env_refs(seen, "fieldRef", "secretKeyRef")

    assert ("fetch", 2, "fieldRef", {}) == (holder.name, place, kind, ref)
    assert env_ref_path(holder, place, kind) == "spec.initContainers[0].env[2].valueFrom.fieldRef"
