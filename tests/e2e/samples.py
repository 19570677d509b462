"""Objects that are made rather than written: a Pod with some init containers, and what makes such Pods."""

from typing import Any

Manifest = dict[str, Any]

PROBE = {"exec": {"command": ["true"]}}


def init(**fields: Any) -> Manifest:
    """An init container."""
    return {"name": "migrate", "image": "registry.example/migrate:1", **fields}


def pod(*init_containers: Manifest, metadata: Manifest | None = None, **spec: Any) -> Manifest:
    """A Pod with one app container, called shop."""
    app = {"name": "app", "image": "registry.example/shop:1"}
    body = {"initContainers": list(init_containers), "containers": [app], **spec}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shop", **(metadata or {})}, "spec": body}


def deployment(it: Manifest) -> Manifest:
    """A Deployment of such Pods, called shop."""
    labels = {"app": "shop", **it["metadata"].get("labels", {})}
    spec = {
        "selector": {"matchLabels": {"app": "shop"}},
        "template": {"metadata": {"labels": labels}, "spec": it["spec"]},
    }
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop"}, "spec": spec}


def cron_job(it: Manifest) -> Manifest:
    """A CronJob of such Pods, called shop."""
    labels = it["metadata"].get("labels", {})
    template = {"metadata": {"labels": labels}, "spec": {**it["spec"], "restartPolicy": "Never"}}
    spec = {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": template}}}
    return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "shop"}, "spec": spec}
