"""An InjectionPolicy as people write it becomes a frozen injection."""

import pytest

from tests.builders import policy_from
from webhook.core.pod import Raw
from webhook.policy.policy import Anchor, OnConflict, Position, Request
from webhook.policy.selector import LabelSelector, Requirement

# Word for word what the design shows.
DESIGN = """\
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy                     # a file in a folder, or a custom resource: same schema, same loader
metadata: {name: wait-for-database}
spec:
  match:
    namespaceSelector: {matchLabels: {team: shop}}
    podSelector: {matchLabels: {app: web}}
    conditions: []                        # CEL, optional, evaluated last
  request: Always                         # Always | Annotation: Pods ask with prologue.dev/inject: wait-for-database
  initContainers:
  - recipe: wait-for                      # a recipe of the catalogue …
    with: {targets: ["tcp://mydb:5432", "dns://myservice"], timeout: 120s}
    position: {before: migrate}           # first | last | {before: name} | {after: name}
  - container: {name: own, image: "own:1"}
  volumes: []                             # volume, mount and container are one change: all or nothing
  appContainers: {volumeMounts: [], env: []}
  resources: Declared
  onConflict: Deny                        # Deny | Skip | Rename
"""
LITERAL = "initContainers: [{container: {name: a, image: 'a:1'}}]"


def injection(yaml):
    [one] = policy_from(yaml).injections
    return one


def test_the_policy_of_the_design_loads_as_it_is_written():
    one = injection(DESIGN)

    assert ("wait-for-database", Request.ALWAYS, OnConflict.DENY) == (one.name, one.request, one.on_conflict)
    assert LabelSelector((Requirement("team", "In", frozenset({"shop"})),)) == one.namespace_selector
    assert LabelSelector((Requirement("app", "In", frozenset({"web"})),)) == one.pod_selector
    assert [Position(Anchor.BEFORE, "migrate"), Position(Anchor.LAST)] == [placed.position for placed in one.containers]
    assert ((), (), ()) == (one.volumes, one.app_volume_mounts, one.app_env)


def test_a_recipe_becomes_its_container():
    wait, own = injection(DESIGN).containers

    assert "wait-for-database-wait-for" == wait.container["name"]
    assert ["tcp://mydb:5432", "dns://myservice"] == wait.container["args"]
    assert {"name": "own", "image": "own:1"} == own.container


def test_little_need_be_said(injection_policy):
    one = injection(injection_policy(LITERAL))

    assert (None, None, Request.ALWAYS, OnConflict.DENY) == (
        one.namespace_selector,
        one.pod_selector,
        one.request,
        one.on_conflict,
    )
    assert [Position(Anchor.LAST)] == [placed.position for placed in one.containers]


@pytest.mark.parametrize(
    "field",
    [
        pytest.param(field, id=field)
        for field in ("match:", "match: {podSelector: }", "request:", "volumes:", "appContainers:", "onConflict: ~")
    ],
)
def test_a_null_field_is_an_absent_one(injection_policy, field):
    assert injection(injection_policy(LITERAL)) == injection(injection_policy(f"{LITERAL}\n{field}"))


def test_what_a_cluster_adds_to_an_objects_metadata_is_tolerated(injection_policy):
    added = "metadata: {name: prepare, uid: x, generation: 3, labels: {a: b}, managedFields: []}"
    yaml = injection_policy(LITERAL).replace("metadata: {name: prepare}", added)

    assert "prepare" == injection(yaml).name


@pytest.mark.parametrize(
    ("written", "position"),
    [
        pytest.param("first", Position(Anchor.FIRST), id="first"),
        pytest.param("last", Position(Anchor.LAST), id="last"),
        pytest.param("{before: migrate}", Position(Anchor.BEFORE, "migrate"), id="before"),
        pytest.param("{after: 'yes'}", Position(Anchor.AFTER, "yes"), id="after a name in quotes"),
    ],
)
def test_positions_are_read(injection_policy, written, position):
    yaml = f"initContainers:\n- container: {{name: a, image: b}}\n  position: {written}"

    assert [position] == [placed.position for placed in injection(injection_policy(yaml)).containers]


@pytest.mark.parametrize(
    ("name", "items", "names"),
    [
        pytest.param("wait", [{}], ["wait"], id="alone: the policy's"),
        pytest.param("my.wait", [{}], ["my-wait"], id="dots are no part of a container's name"),
        pytest.param("wait", [{"name": "own"}], ["own"], id="the one that is given"),
        pytest.param("wait", [{}, {}], ["wait-wait-for-1", "wait-wait-for-2"], id="two of a recipe are numbered"),
        pytest.param("wait", [{}, {"name": "own"}], ["wait-wait-for", "own"], id="only one has no name of its own"),
        pytest.param("a" * 70, [{}], ["a" * 63], id="cut to what Kubernetes allows"),
    ],
)
def test_containers_of_recipes_are_named_after_policy_and_recipe(injection_policy, name, items, names):
    lines = [f"- {{recipe: wait-for, with: {{targets: ['dns://db']}}, {_given(item)}}}" for item in items]
    yaml = injection_policy("initContainers:\n" + "\n".join(lines), name=name)

    assert names == [placed.container["name"] for placed in injection(yaml).containers]


def _given(item: Raw) -> str:
    return ", ".join(f"{key}: {value}" for key, value in item.items())


def test_volume_and_mounts_of_a_recipe_come_with_its_container(injection_policy):
    yaml = """\
initContainers:
- recipe: write-file
  with: {mountPath: /etc/shop, path: index.html, content: hello}
"""
    one = injection(injection_policy(yaml))

    [volume], [mount] = one.volumes, one.app_volume_mounts
    assert "/etc/shop" == mount["mountPath"]
    assert mount["name"] == volume["name"]


def test_injections_stand_in_the_order_of_their_names(injection_policy):
    yaml = "---\n".join(injection_policy(LITERAL, name=name) for name in ("b", "c", "a"))

    assert ["a", "b", "c"] == [one.name for one in policy_from(yaml).injections]


def test_a_list_of_policies_is_as_good_as_its_items(injection_policy):
    items = injection_policy(LITERAL).replace("\n", "\n  ")

    assert "prepare" == injection(f"apiVersion: v1\nkind: List\nitems:\n- {items}").name


def test_the_reference_names_the_policy_and_changes_with_what_it_injects(injection_policy):
    one = injection(injection_policy(LITERAL))
    same = injection(injection_policy(LITERAL.replace("{name: a, image: 'a:1'}", "{image: 'a:1', name: a}")))
    other = injection(injection_policy(LITERAL.replace("a:1", "a:2")))

    assert one.reference.startswith("prepare@")
    assert one.reference == same.reference != other.reference
