"""What is promised of every recipe of the catalogue."""

import copy
import dataclasses
import importlib
import pkgutil
import re
import subprocess

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

import webhook.recipes
from tests.recipes.kubelet import FACTS, environment, expand
from webhook.core.names import is_dns_label
from webhook.core.quantity import Quantity
from webhook.core.recipe import RESTRICTED_SECURITY_CONTEXT, Recipe
from webhook.core.registry import constants_below
from webhook.core.shape import undecodable

RECIPES = constants_below(webhook.recipes, "RECIPE", Recipe)
BASHISMS = {
    "double brackets": r"\[\[",
    "function keyword": r"^\s*function\s",
    "here string": r"<<<",
    "process substitution": r"[<>]\(",
    "replacement in an expansion": r"\$\{\w+/",
    "substring": r"\$\{\w+:\d",
    "double equals": r"\s==\s",
    "both streams": r"&>",
    "array": r"\w=\(",
    "ANSI quotes": r"\$'",
    "arithmetic command": r"^\s*\(\(",
    "eval": r"\beval\b",
    "source": r"^\s*source\s",
    "options of echo": r"\becho -[neE]",
    "own process id, which Kubernetes reads as a dollar": r"\$\$",
}

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)


def made_from_sample(recipe: Recipe):
    return recipe.make("prepare", TypeAdapter(recipe.options).validate_python(recipe.sample))


def test_every_folder_is_a_recipe_and_every_name_stands_once():
    folders = [module.name for module in pkgutil.iter_modules(webhook.recipes.__path__)]

    assert [recipe.name.replace("-", "_") for recipe in RECIPES] == folders
    assert {"wait-for", "fetch-file", "write-file"} <= {recipe.name for recipe in RECIPES}


@every_recipe
def test_its_text_shows_its_sample_and_names_its_options(recipe):
    lead, _, sample = recipe.text.partition("\nSample:\n")

    assert yaml.safe_load(sample) == {"recipe": recipe.name, "with": recipe.sample}
    for field in dataclasses.fields(recipe.options):
        assert re.search(rf"\b{field.name}\b", lead.partition("\nOptions:\n")[2]), field.name


@every_recipe
def test_its_title_is_short(recipe):
    assert 0 < len(recipe.title) <= 60


@every_recipe
def test_its_options_are_frozen_and_slotted(recipe):
    options = TypeAdapter(recipe.options).validate_python(recipe.sample)

    with pytest.raises(dataclasses.FrozenInstanceError):
        options.image = "other"
    assert not hasattr(options, "__dict__")


@every_recipe
def test_an_unknown_option_is_refused(recipe):
    with pytest.raises(ValidationError, match=r"nonsense\n.*[Uu]nexpected"):
        TypeAdapter(recipe.options).validate_python(recipe.sample | {"nonsense": 1})


@every_recipe
def test_a_missing_option_is_refused(recipe):
    with pytest.raises(ValidationError):
        TypeAdapter(recipe.options).validate_python({})


@every_recipe
def test_its_addition_has_the_shape_that_kubernetes_demands(recipe):
    addition = made_from_sample(recipe)
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "shop"},
        "spec": {
            "initContainers": list(addition.containers),
            "containers": [
                {
                    "name": "app",
                    "image": "shop:1",
                    "volumeMounts": list(addition.app_volume_mounts),
                    "env": list(addition.app_env),
                }
            ],
            "volumes": list(addition.volumes),
        },
    }

    assert undecodable(pod, "v1", "Pod") is None


@every_recipe
def test_its_container_is_fit_for_the_restricted_standard(recipe):
    for container in made_from_sample(recipe).containers:
        assert is_dns_label(container["name"])
        assert container["image"] == "busybox:1.36"
        assert container["securityContext"] == RESTRICTED_SECURITY_CONTEXT
        assert container["terminationMessagePolicy"] == "FallbackToLogsOnError"
        assert container["command"][:2] == ["sh", "-c"]
        assert container["command"][3:] == [container["name"]]


@every_recipe
def test_its_container_asks_for_little_and_has_limits(recipe):
    for container in made_from_sample(recipe).containers:
        resources = container["resources"]
        for resource in ("cpu", "memory"):
            request, limit = (Quantity.parse(resources[kind][resource]) for kind in ("requests", "limits"))
            assert request <= limit
            assert limit <= Quantity.parse({"cpu": "500m", "memory": "64Mi"}[resource])


@every_recipe
def test_image_and_resources_can_be_chosen_each_by_itself(recipe):
    chosen = {
        "image": "registry.example:5000/tools/busybox:1.37@sha256:" + "0" * 64,
        "resources": {"limits": {"cpu": 1}},
    }
    options = TypeAdapter(recipe.options).validate_python(recipe.sample | chosen)

    (container,) = recipe.make("prepare", options).containers

    assert container["image"] == chosen["image"]
    assert container["resources"]["limits"]["cpu"] == 1
    assert container["resources"]["limits"].keys() == container["resources"]["requests"].keys() == {"cpu", "memory"}


@every_recipe
@pytest.mark.parametrize(
    ("options", "field"),
    [
        pytest.param({"image": ""}, "image", id="no image"),
        pytest.param({"image": "busybox 1.36"}, "image", id="space in the image"),
        pytest.param({"image": "busybox\n"}, "image", id="newline in the image"),
        pytest.param({"resources": {"request": {}}}, "resources.request", id="unknown kind of resources"),
        pytest.param({"resources": {"limits": {"cpu": "lots"}}}, "resources.limits.cpu", id="amount that is none"),
    ],
)
def test_an_image_or_resources_that_cannot_be_are_refused(recipe, options, field):
    with pytest.raises(webhook.core.errors.OptionsError) as caught:
        recipe.make("prepare", TypeAdapter(recipe.options).validate_python(recipe.sample | options))

    assert caught.value.field == field


@every_recipe
def test_volume_mount_and_container_belong_together(recipe):
    addition = made_from_sample(recipe)
    volumes = {volume["name"]: volume for volume in addition.volumes}
    own_mounts = [mount for container in addition.containers for mount in container.get("volumeMounts", ())]

    assert {mount["name"] for mount in own_mounts} == volumes.keys()
    assert {mount["name"] for mount in addition.app_volume_mounts} == volumes.keys()
    assert {mount["mountPath"] for mount in own_mounts} == {mount["mountPath"] for mount in addition.app_volume_mounts}
    assert all(mount["readOnly"] for mount in addition.app_volume_mounts)
    assert all(volume["emptyDir"]["sizeLimit"] for volume in volumes.values())


@every_recipe
def test_making_twice_gives_the_same_and_shares_nothing(recipe):
    first, second = made_from_sample(recipe), made_from_sample(recipe)
    before = copy.deepcopy(second)

    first.containers[0]["securityContext"]["runAsUser"] = 0
    first.containers[0]["resources"]["limits"]["cpu"] = "9"

    assert second == before
    assert RESTRICTED_SECURITY_CONTEXT["runAsUser"] == 65534


@every_recipe
def test_its_script_is_clean(recipe, busybox):
    script = made_from_sample(recipe).containers[0]["command"][2]

    checked = subprocess.run([busybox, "sh", "-n", "-c", script], capture_output=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, b"")
    assert [name for name, pattern in BASHISMS.items() if re.search(pattern, script, re.MULTILINE)] == []
    assert script.startswith("set -eu\n")


@every_recipe
def test_kubernetes_leaves_its_script_as_it_is(recipe):
    (container,) = made_from_sample(recipe).containers
    facts = FACTS | {"status.podIP": "10.0.0.1"}

    script = container["command"][2]

    assert expand(script, environment(container, facts)) == script


@every_recipe
def test_its_script_lies_beside_it_and_goes_out_without_its_comments(recipe):
    module = importlib.import_module(recipe.make.__module__)
    name = recipe.name.replace("-", "_")
    written = pkgutil.get_data(module.__name__, f"{name}.sh").decode().splitlines()

    sent = made_from_sample(recipe).containers[0]["command"][2].splitlines()

    assert [line for line in written if line.strip() and not line.lstrip().startswith("#")] == sent
