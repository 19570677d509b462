"""One InjectionPolicy → a frozen `Injection`: recipes are asked, containers are checked, names are given."""

import hashlib
from collections.abc import Iterator

import orjson
from pydantic import TypeAdapter, ValidationError

from webhook.core.errors import OptionsError
from webhook.core.field_path import FieldPath
from webhook.core.names import LABEL_MAX_BYTES
from webhook.core.pod import Pod, Raw
from webhook.core.recipe import Addition, Recipe
from webhook.core.shape import undecodable
from webhook.manifest.document import Document
from webhook.policy.catalogue import parameters, recipes, rules
from webhook.policy.models import InjectionPolicyModel, Item, Selector
from webhook.policy.policy import Anchor, Injection, OnConflict, Placed, Position, Request
from webhook.policy.problem import problem, validation_problems
from webhook.policy.selector import LabelSelector, Requirement

_ITEMS = FieldPath(("spec", "initContainers"))
# Rules that judge a container by itself; the rest of the Pod is not known when a policy is loaded.
_NEEDS_THE_POD = frozenset({"IC108"})


def compile_injection(document: Document, model: InjectionPolicyModel) -> tuple[Injection | None, list[str]]:
    """Give the injection and no faults, or None and the faults, one line each."""
    problems: list[str] = []
    additions = [_addition(document, model, index, problems) for index in range(len(model.spec.init_containers))]
    if problems:
        return None, problems
    spec = model.spec
    placed = tuple(
        Placed(container, Position(Anchor(item.position[0]), item.position[1]))
        for item, addition in zip(spec.init_containers, additions, strict=True)
        for container in addition.containers
    )
    volumes = (*spec.volumes, *(volume for addition in additions for volume in addition.volumes))
    mounts = (*spec.app_containers.volume_mounts, *(m for addition in additions for m in addition.app_volume_mounts))
    env = (*spec.app_containers.env, *(one for addition in additions for one in addition.app_env))
    problems += _misfits(document, placed, volumes, mounts, env)
    if problems:
        return None, problems
    digest = hashlib.sha256(orjson.dumps([[one.container for one in placed], volumes, mounts, env])).hexdigest()[:8]
    return (
        Injection(
            name=model.metadata.name,
            digest=digest,
            namespace_selector=_selector(spec.match.namespace_selector),
            pod_selector=_selector(spec.match.pod_selector),
            request=Request(spec.request),
            containers=placed,
            volumes=tuple(volumes),
            app_volume_mounts=tuple(mounts),
            app_env=tuple(env),
            on_conflict=OnConflict(spec.on_conflict),
        ),
        [],
    )


def _addition(document: Document, model: InjectionPolicyModel, index: int, problems: list[str]) -> Addition:
    item = model.spec.init_containers[index]
    if item.container is not None:
        return Addition(containers=(item.container,))
    path = _ITEMS.index(index)
    recipe = recipes().get(item.recipe or "")
    if recipe is None:
        known = ", ".join(recipes())
        problems.append(problem(document, path.child("recipe"), f"no recipe {item.recipe!r}; there are {known}"))
        return Addition()
    try:
        options = TypeAdapter(recipe.options).validate_python(item.with_ or {})
        return recipe.make(_container_name(model, item, recipe), options)
    except ValidationError as error:
        problems += validation_problems(document, error, path.child("with"), lambda _: sorted(parameters(recipe)))
    except OptionsError as error:
        where = path.child("with", error.field) if error.field else path.child("with")
        problems.append(problem(document, where, str(error)))
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


def _misfits(
    document: Document,
    placed: tuple[Placed, ...],
    volumes: tuple[Raw, ...],
    mounts: tuple[Raw, ...],
    env: tuple[Raw, ...],
) -> list[str]:
    """Ask of a Pod that holds just what is injected what Kubernetes would ask."""
    app = {"name": "an-app-container", "image": "an-image", "volumeMounts": list(mounts), "env": list(env)}
    spec = {"initContainers": [one.container for one in placed], "containers": [app], "volumes": list(volumes)}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a-pod"}, "spec": spec}
    misfit = undecodable(pod, "v1", "Pod")
    if misfit is not None:
        return [problem(document, _place_in_policy(str(misfit.path)), misfit.message)]
    return list(_faults(document, Pod(pod)))


def _faults(document: Document, pod: Pod) -> Iterator[str]:
    for rule in rules().values():
        if rule.check is None or not rule.code.startswith("IC1") or rule.code in _NEEDS_THE_POD:
            continue
        for finding in rule.check(pod):
            yield problem(document, _place_in_policy(finding.path), f"{finding.code}: {finding.message}")


def _place_in_policy(path: str) -> FieldPath:
    """Turn a place in the trial Pod into the place in the policy that it came from."""
    parts = FieldPath.parse(path).parts
    match parts[:3]:
        case ("spec", "initContainers", int()):
            return FieldPath((*parts[:3], "container", *parts[3:]))
        case ("spec", "containers", 0):
            return FieldPath(("spec", "appContainers", *parts[3:]))
        case _:
            return FieldPath(parts)


def _selector(selector: Selector | None) -> LabelSelector | None:
    if selector is None:
        return None
    labels = (Requirement(key, "In", frozenset((value,))) for key, value in (selector.match_labels or {}).items())
    lines = (
        Requirement(one.key, one.operator, frozenset(one.values or ())) for one in selector.match_expressions or ()
    )
    return LabelSelector((*labels, *lines))
