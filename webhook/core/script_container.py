"""An init container that runs one shell script, fit for the restricted Pod Security standard.

What a policy says reaches the script as environment and arguments only, never as text of the script.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from webhook.core.errors import OptionsError, QuantityError
from webhook.core.expansion import escape_dollars
from webhook.core.pod import Raw
from webhook.core.quantity import Quantity
from webhook.core.recipe import RESTRICTED_SECURITY_CONTEXT

DEFAULT_IMAGE = "busybox:1.36"

# What Kubernetes allows in an image is richer; this keeps out what cannot be one and what would break a line.
_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,511}")
# Comments are for whoever reads the recipe; in every Pod of a cluster they would be half of what is stored.
_COMMENT = re.compile(r"^[ \t]*(?:#.*)?\n", re.MULTILINE)
_RESOURCES = {
    "requests": {"cpu": "10m", "memory": "16Mi"},
    "limits": {"cpu": "100m", "memory": "32Mi"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerOptions:
    """What every recipe lets people say of its container.

    `image` must bring a POSIX shell and the programs of busybox. `resources` replaces the default amounts, each
    resource by itself.
    """

    # Pydantic's word for: a field that nobody knows is an error. Said without importing it.
    __pydantic_config__: ClassVar[Raw] = {"extra": "forbid"}

    image: str = DEFAULT_IMAGE
    resources: Mapping[str, Mapping[str, str | int | float]] = field(default_factory=dict)


def script_container(
    name: str,
    script: str,
    options: ContainerOptions,
    *,
    args: Sequence[str] = (),
    env: Sequence[Raw] = (),
    mounts: Sequence[Raw] = (),
    defaults: Mapping[str, Mapping[str, str]] | None = None,
) -> Raw:
    """Give the container that runs the script under `sh`; `$0` of the script is the container's name.

    `args` are taken as they are: whatever dollars they hold, the script sees them unchanged. `env` are entries of
    core/v1 EnvVar. `defaults` are requests and limits where the recipe needs other than the smallest.

    Raises:
        OptionsError: `image` or `resources` cannot be.
    """
    if not _IMAGE.fullmatch(options.image):
        raise OptionsError(f"{options.image!r} is no image reference", field="image")
    return {
        "name": name,
        "image": options.image,
        "command": ["sh", "-c", _COMMENT.sub("", script), name],
        **({"args": [escape_dollars(arg) for arg in args]} if args else {}),
        **({"env": list(env)} if env else {}),
        "resources": _resources(options, defaults or _RESOURCES),
        **({"volumeMounts": list(mounts)} if mounts else {}),
        # The script says in the termination log why it failed; should it be unable to, its last lines do.
        "terminationMessagePolicy": "FallbackToLogsOnError",
        "securityContext": dict(RESTRICTED_SECURITY_CONTEXT),
    }


def literal(name: str, value: object) -> Raw:
    """Give an env entry whose value reaches the container unchanged, whatever dollars it holds."""
    return {"name": name, "value": escape_dollars(str(value))}


def _resources(options: ContainerOptions, defaults: Mapping[str, Mapping[str, str]]) -> Raw:
    unknown = sorted(set(options.resources) - set(defaults))
    if unknown:
        raise OptionsError("resources holds requests and limits, nothing else", field=f"resources.{unknown[0]}")
    for kind, amounts in options.resources.items():
        for resource, amount in amounts.items():
            check_quantity(amount, field=f"resources.{kind}.{resource}")
    return {kind: {**defaults[kind], **options.resources.get(kind, {})} for kind in defaults}


def check_quantity(amount: str | float, *, field: str) -> None:
    """Refuse what is no amount above zero.

    Raises:
        OptionsError: names `field`.
    """
    try:
        quantity = Quantity.parse(amount)
    except QuantityError as error:
        raise OptionsError(str(error), field=field) from error
    if quantity.nano <= 0:
        raise OptionsError(f"{amount!r} must be above zero", field=field)
