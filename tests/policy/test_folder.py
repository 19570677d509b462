"""Policy files on disk: which count, and what is said of those that cannot be read."""

import pytest

from webhook.core.errors import PolicyError
from webhook.policy import folder
from webhook.policy.folder import fingerprint, load_policy, read_files

LITERAL = "initContainers: [{container: {name: a, image: b}}]"


def names(policy):
    return [one.name for one in policy.injections]


@pytest.fixture
def write(tmp_path, injection_policy):
    def write(file, name):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(injection_policy(LITERAL, name=name))
        return path

    return write


def said(error):
    return error.value.problems


def test_a_folder_is_its_yaml_and_json_files(write, tmp_path):
    for file, name in (("b.yaml", "b"), ("a.yml", "a"), ("c.txt", "c"), ("deeper/d.yaml", "d")):
        write(file, name)

    assert ["a", "b"] == names(load_policy([tmp_path]))


def test_a_mounted_config_map_counts_once(write, tmp_path):
    write("..2026_11_22/a.yaml", "a")
    (tmp_path / "..data").symlink_to("..2026_11_22")
    (tmp_path / "a.yaml").symlink_to("..data/a.yaml")
    write(".a.yaml.swp.yaml", "b")

    assert ["a"] == names(load_policy([tmp_path]))


def test_a_file_that_is_named_counts_whatever_its_name(write):
    assert ["a"] == names(load_policy([write(".hidden.txt", "a")]))


def test_a_file_that_is_named_twice_counts_once(write, tmp_path):
    assert ["a"] == names(load_policy([write("a.yaml", "a"), tmp_path]))


def test_no_paths_give_the_rules_at_their_defaults():
    policy = load_policy([])

    assert (36, ()) == (policy.minor, policy.injections)
    assert policy.rules


def test_an_empty_folder_is_no_error(tmp_path):
    assert () == load_policy([tmp_path]).injections


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PolicyError) as caught:
        load_policy([tmp_path / "gone", tmp_path / "also-gone.yaml"])

    assert [
        f"{tmp_path}/gone: No such file or directory; give a policy file or a folder of them",
        f"{tmp_path}/also-gone.yaml: No such file or directory; give a policy file or a folder of them",
    ] == said(caught)


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    (tmp_path / "a.yaml").symlink_to("gone.yaml")

    with pytest.raises(PolicyError) as caught:
        load_policy([tmp_path / "a.yaml"])

    assert f"{tmp_path}/a.yaml: No such file" in said(caught)[0]


def test_what_is_too_large_for_a_policy_is_not_read(write, monkeypatch):
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 10)
    path = write("a.yaml", "a")

    with pytest.raises(PolicyError) as caught:
        load_policy([path])

    assert [f"{path}: larger than 10 bytes, too large for a policy"] == said(caught)


def test_faults_of_several_files_are_told_together(write, tmp_path):
    write("a.yaml", "Bad_Name")
    (tmp_path / "b.yaml").write_text("a: [\n")

    with pytest.raises(PolicyError) as caught:
        load_policy([tmp_path])

    broken, unfit = said(caught)
    assert broken.startswith(f"{tmp_path}/b.yaml:2:1: this is no YAML: ")
    assert unfit.startswith(f"{tmp_path}/a.yaml:3: metadata.name: ")


def test_broken_yaml_alone_is_told(tmp_path):
    (tmp_path / "b.yaml").write_text("a: [\n")

    with pytest.raises(PolicyError):
        load_policy([tmp_path])


def test_the_fingerprint_changes_with_a_byte_and_with_a_name(write, tmp_path):
    path = write("a.yaml", "a")
    first = fingerprint(read_files([tmp_path]))

    same = fingerprint(read_files([tmp_path]))
    path.write_text(path.read_text() + "#")
    byte = fingerprint(read_files([tmp_path]))
    path.rename(tmp_path / "b.yaml")
    name = fingerprint(read_files([tmp_path]))

    assert first == same
    assert 3 == len({first, byte, name})
