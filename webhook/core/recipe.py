"""A recipe: a well-tried way to prepare a Pod, made into containers, volumes and mounts by a few parameters.

A recipe is asked once, when its policy is loaded; what it gives does not depend on the Pod. Everything that belongs
together is one `Addition`: it is added as a whole or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from webhook.core.pod import Raw


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added to a Pod together: containers in their order, volumes, and mounts and env of the app containers."""

    containers: tuple[Raw, ...] = ()
    volumes: tuple[Raw, ...] = ()
    app_volume_mounts: tuple[Raw, ...] = ()
    app_env: tuple[Raw, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """One recipe of the catalogue.

    `options` is a frozen dataclass that holds the parameters and their defaults; `make(name, options)` gives the
    addition, where `name` is the name of the container and may be used to name the volume; it raises `OptionsError`
    where the parameters contradict each other. `sample` shows parameters that work. `text` is the docstring of the
    recipe's module.
    """

    name: str
    title: str
    options: type[Any]
    make: Callable[[str, Any], Addition]
    sample: Raw = field(default_factory=dict)
    text: str = ""


# What the restricted Pod Security standard asks of a container, plus a root file system that nobody writes to.
# https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
RESTRICTED_SECURITY_CONTEXT: Raw = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "runAsUser": 65534,
    "seccompProfile": {"type": "RuntimeDefault"},
}
