"""Builders that make a case one line."""

import itertools
from typing import Any

import orjson

from webhook.admission.review import Review
from webhook.core.pod import Pod, Raw
from webhook.manifest.reader import read_documents
from webhook.policy.compiler import compile_policy
from webhook.policy.policy import Policy

_uids = itertools.count(1)


def container(name: str = "app", **fields: Any) -> Raw:
    """A container with an image; null fields are left out."""
    return {"name": name, "image": f"registry.example/{name or 'nameless'}:1", **fields}


def sidecar(name: str = "side", **fields: Any) -> Raw:
    """A native sidecar."""
    return container(name, restartPolicy="Always", **fields)


def pod(*containers: Raw, init: list[Any] | None = None, metadata: Raw | None = None, **spec: Any) -> Raw:
    """A Pod manifest; one app container unless some are given."""
    body: Raw = {"containers": list(containers) or [container()], **spec}
    if init is not None:
        body["initContainers"] = init
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shop", **(metadata or {})}, "spec": body}


def view(manifest: Raw, minor: int = 36) -> Pod:
    """A Pod manifest as rules see it."""
    return Pod(manifest, minor=minor)


def template_of(manifest: Raw) -> Raw:
    """The pod template that a Pod manifest would be."""
    labels = {"app": "shop", **(manifest["metadata"].get("labels") or {})}
    return {"metadata": {**manifest["metadata"], "name": None, "labels": labels}, "spec": manifest["spec"]}


def workload(kind: str, manifest: Raw) -> Raw:
    """A workload of a kind whose Pods are like a Pod manifest."""
    template = template_of(manifest)
    if kind in ("Job", "CronJob"):
        template["spec"] = {"restartPolicy": "Never", **template["spec"]}
    head = {"metadata": {"name": "shop"}, "kind": kind}
    selector = {"matchLabels": {"app": "shop"}}
    if kind in ("Job", "CronJob"):  # their Pods must end
        template["spec"] = {"restartPolicy": "Never", **template["spec"]}
    match kind:
        case "PodTemplate":
            return {"apiVersion": "v1", **head, "template": template}
        case "ReplicationController":
            return {"apiVersion": "v1", **head, "spec": {"selector": {"app": "shop"}, "template": template}}
        case "Job":
            return {"apiVersion": "batch/v1", **head, "spec": {"template": template}}
        case "CronJob":
            spec = {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": template}}}
            return {"apiVersion": "batch/v1", **head, "spec": spec}
        case _:
            return {"apiVersion": "apps/v1", **head, "spec": {"selector": selector, "template": template}}


def review(manifest: Raw | None, *, operation: str = "CREATE", old: Raw | None = None, **fields: Any) -> Review:
    """A review of a manifest."""
    it = manifest or old or {}
    given: dict[str, Any] = {"uid": f"uid-{next(_uids)}", "namespace": "shop", "mutating": True, **fields}
    return Review(
        operation=operation,
        api_version=it.get("apiVersion", "v1"),
        kind=it.get("kind", "Pod"),
        object=manifest,
        old_object=old,
        **given,
    )


def envelope(manifest: Raw | None, *, operation: str = "CREATE", old: Raw | None = None, **request: Any) -> bytes:
    """An AdmissionReview as the API server sends it."""
    it = manifest or old or {}
    group, _, version = it.get("apiVersion", "v1").rpartition("/")
    body = {
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": f"uid-{next(_uids)}",
            "kind": {"group": group, "version": version, "kind": it.get("kind", "Pod")},
            "operation": operation,
            "namespace": "shop",
            "object": manifest,
            "oldObject": old,
            "dryRun": False,
            **request,
        },
    }
    return orjson.dumps(body)


def policy_from(yaml: str, minor: int | None = None) -> Policy:
    """A policy from YAML documents."""
    return compile_policy(read_documents(yaml.encode(), file="policy.yaml"), minor=minor)


DEFAULT_POLICY = compile_policy([])
