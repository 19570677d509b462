"""The policy in force: exchanged whole when the files change, kept when they are broken."""

import pytest

from tests.builders import policy_from
from webhook.core.errors import PolicyError
from webhook.policy.example import example_policy
from webhook.policy.store import PolicyStore, Reload

LITERAL = "initContainers: [{container: {name: a, image: b}}]"


@pytest.fixture
def path(tmp_path, injection_policy):
    path = tmp_path / "policy.yaml"
    path.write_text(injection_policy(LITERAL, name="good"))
    return path


@pytest.fixture
def store(path):
    return PolicyStore([path])


def names(store):
    return [one.name for one in store.current.injections]


def test_a_look_at_files_that_did_not_change_changes_nothing(store):
    before = store.current

    assert Reload() == store.refresh()
    assert before is store.current


def test_a_store_tells_where_it_looks(store, path):
    assert [path] == store.paths


def test_a_new_policy_takes_over(store, path, injection_policy):
    path.write_text(injection_policy(LITERAL, name="better"))

    assert Reload(changed=True) == store.refresh()
    assert ["better"] == names(store)


def test_a_change_of_a_comment_alone_is_no_other_policy(store, path):
    path.write_text(path.read_text() + "# nothing\n")

    assert Reload(changed=False) == store.refresh()


@pytest.mark.parametrize(
    "broken",
    [pytest.param("a: [", id="no YAML"), pytest.param("kind: Pod\n", id="no policy"), pytest.param(None, id="no file")],
)
def test_the_last_good_policy_keeps_serving_and_the_problem_is_kept_in_mind(store, path, broken):
    good = store.current
    _write_or_remove(path, broken)

    first, second = store.refresh(), store.refresh()

    assert good is store.current
    assert first.problems == second.problems == store.problems != ()
    assert (False, False) == (first.changed, second.changed)


@pytest.mark.parametrize(
    "broken",
    [pytest.param("a: [", id="no YAML"), pytest.param("kind: Pod\n", id="no policy"), pytest.param(None, id="no file")],
)
def test_a_problem_is_over_once_the_files_are_as_they_were(store, path, broken):
    text = path.read_text()
    _write_or_remove(path, broken)
    store.refresh()

    path.write_text(text)

    assert Reload(changed=False) == store.refresh()
    assert () == store.problems


def _write_or_remove(path, text):
    if text is None:
        path.unlink()
    else:
        path.write_text(text)


def test_a_store_is_not_made_of_broken_files(path):
    path.write_text("kind: Pod\n")

    with pytest.raises(PolicyError):
        PolicyStore([path])


def test_the_version_it_was_asked_for_outlasts_a_change(path, rule_policy):
    store = PolicyStore([path], minor=34)
    path.write_text(rule_policy("kubernetesVersion: '1.35'"))

    store.refresh()

    assert 34 == store.current.minor


def test_a_file_that_joins_the_folder_counts(path, injection_policy):
    store = PolicyStore([path.parent])
    (path.parent / "more.yaml").write_text(injection_policy(LITERAL, name="more"))

    assert store.refresh().changed
    assert ["good", "more"] == names(store)


SPEC = "match: {podSelector: {matchLabels: {a: b}}}\nrequest: Always\nonConflict: Deny\n" + LITERAL.replace(
    "{container: {name: a, image: b}}", "{container: {name: a, image: b}, position: first}"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("a: b", "a: c", id="selector"),
        pytest.param("Always", "Annotation", id="request"),
        pytest.param("Deny", "Skip", id="conflict"),
        pytest.param("position: first", "position: last", id="position"),
        pytest.param("image: b", "image: c", id="container"),
    ],
)
def test_the_digest_changes_with_anything_that_is_said(injection_policy, old, new):
    before = policy_from(injection_policy(SPEC)).digest

    assert before == policy_from(injection_policy(SPEC)).digest
    assert before != policy_from(injection_policy(SPEC.replace(old, new))).digest


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param("rules: {IC4: Deny}", id="severity"),
        pytest.param("kubernetesVersion: '1.34'", id="version"),
        pytest.param("exempt: [{namespaces: [a], rules: [IC4], reason: b}]", id="exemption"),
    ],
)
def test_the_digest_changes_with_the_rules(rule_policy, spec):
    assert policy_from(rule_policy("rules: {}")).digest != policy_from(rule_policy(spec)).digest


def test_the_digest_does_not_hang_on_the_order_of_the_documents(injection_policy, rule_policy):
    parts = [injection_policy(LITERAL), rule_policy("rules: {IC4: Deny}")]

    assert policy_from("---\n".join(parts)).digest == policy_from("---\n".join(reversed(parts))).digest


def test_the_built_in_example_is_a_good_policy():
    policy = example_policy()

    assert ["log-agent", "wait-for-database"] == [one.name for one in policy.injections]
    assert 34 == example_policy(minor=34).minor
