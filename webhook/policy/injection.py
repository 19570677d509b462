"""One InjectionPolicy → a frozen `Injection`: recipes are asked, containers are checked, names are given."""

import hashlib
import json

from pydantic import TypeAdapter, ValidationError

from webhook.core.errors import OptionsError
from webhook.core.field_path import FieldPath
from webhook.core.names import LABEL_MAX_BYTES
from webhook.core.recipe import Addition, Recipe
from webhook.manifest.document import Document
from webhook.policy.catalogue import parameters, recipes
from webhook.policy.models import InjectionPolicyModel, Item, compiled
from webhook.policy.policy import Anchor, Injection, OnConflict, Placed, Position, Request
from webhook.policy.problem import did_you_mean, problem, validation_problems
from webhook.policy.trial import trial_problems

_ITEMS = FieldPath(("spec", "initContainers"))


def compile_injection(document: Document, model: InjectionPolicyModel, problems: list[str]) -> Injection | None:
    """Give the injection; where something is wrong with it, None, and a line for each fault is added to the problems."""
    before = len(problems)
    spec = model.spec
    additions = [_addition(document, model, index, problems) for index in range(len(spec.init_containers))]
    whole = Addition(
        containers=tuple(container for one in additions for container in one.containers),
        volumes=(*spec.volumes, *(volume for one in additions for volume in one.volumes)),
        app_volume_mounts=(
            *spec.app_containers.volume_mounts,
            *(mount for one in additions for mount in one.app_volume_mounts),
        ),
        app_env=(*spec.app_containers.env, *(variable for one in additions for variable in one.app_env)),
    )
    if len(problems) == before:
        owners = [index for index, one in enumerate(additions) for _ in one.containers]
        problems += trial_problems(document, spec.init_containers, owners, whole)
    if len(problems) > before:
        return None
    placed = (
        Placed(container, Position(Anchor(item.position[0]), item.position[1]))
        for item, addition in zip(spec.init_containers, additions, strict=True)
        for container in addition.containers
    )
    return Injection(
        name=model.metadata.name,
        digest=_digest(whole),
        namespace_selector=compiled(spec.match.namespace_selector),
        pod_selector=compiled(spec.match.pod_selector),
        request=Request(spec.request),
        containers=tuple(placed),
        volumes=whole.volumes,
        app_volume_mounts=whole.app_volume_mounts,
        app_env=whole.app_env,
        on_conflict=OnConflict(spec.on_conflict),
    )


def _digest(whole: Addition) -> str:
    parts = [whole.containers, whole.volumes, whole.app_volume_mounts, whole.app_env]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


def _addition(document: Document, model: InjectionPolicyModel, index: int, problems: list[str]) -> Addition:
    item = model.spec.init_containers[index]
    if item.container is not None:
        return Addition(containers=(item.container,))
    path = _ITEMS.index(index)
    recipe = recipes().get(item.recipe or "")
    if recipe is None:
        hint = did_you_mean(item.recipe or "", recipes()) or f"; there are {', '.join(recipes())}"
        problems.append(problem(document, path.child("recipe"), f"no recipe {item.recipe!r}{hint}"))
        return Addition()
    try:
        options = TypeAdapter(recipe.options).validate_python(item.with_ or {})
        return recipe.make(_container_name(model, item, recipe), options)
    except ValidationError as error:
        problems += validation_problems(document, error, path.child("with"), lambda _: parameters(recipe))
    except OptionsError as error:
        field = FieldPath.parse(error.field) if error.field else FieldPath()
        problems.append(problem(document, FieldPath((*path.parts, "with", *field.parts)), str(error)))
    return Addition()


def _container_name(model: InjectionPolicyModel, item: Item, recipe: Recipe) -> str:
    """Name a container after its policy, and after its recipe too where the policy has several."""
    if item.name is not None:
        return item.name
    name = model.metadata.name.replace(".", "-")
    items = model.spec.init_containers
    if len(items) > 1:
        same = [other for other in items if other.recipe == item.recipe and other.name is None]
        number = f"-{[id(other) for other in same].index(id(item)) + 1}" if len(same) > 1 else ""
        name = f"{name}-{recipe.name}{number}"
    return name[-LABEL_MAX_BYTES:].lstrip("-")
