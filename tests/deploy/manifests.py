"""The manifests under deploy/, read."""

from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
BASE = DEPLOY / "base"
OVERLAYS = DEPLOY / "overlays"
YAML_FILES = sorted(path for path in DEPLOY.rglob("*.yaml") if "certs" not in path.parts)
WEBHOOK_KINDS = ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")


def documents(path: Path) -> list[Any]:
    """Every document of a file."""
    return list(yaml.safe_load_all(path.read_text()))


def resources() -> list[Any]:
    """Every object that the base lists as a resource."""
    (kustomization,) = documents(BASE / "kustomization.yaml")
    return [one for name in kustomization["resources"] for one in documents(BASE / name)]


def resource(kind: str) -> Any:
    """The one object of a kind in the base."""
    (found,) = (one for one in resources() if one["kind"] == kind)
    return found


def webhook(kind: str) -> Any:
    """The one webhook of a configuration in the base."""
    (found,) = resource(kind)["webhooks"]
    return found


def container() -> Any:
    """The service's container in the Deployment."""
    (found,) = resource("Deployment")["spec"]["template"]["spec"]["containers"]
    return found


def options() -> dict[str, str]:
    """The options that the Deployment gives to `prologue serve`."""
    command, *rest = container()["args"]
    assert command == "serve"
    return dict(argument.removeprefix("--").split("=", 1) for argument in rest)
