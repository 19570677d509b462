"""`prologue check` for people: the place first, then the fault; at the end what it all came to."""

import pytest

from tests.builders import container, pod
from webhook.manifest.writer import dump_yaml

PROBED = pod(init=[container("migrate", livenessProbe={"exec": {"command": ["true"]}})], metadata={"namespace": "web"})


def test_a_finding_takes_two_lines_place_and_pod_first_then_field_and_message(run, file):
    ran = run("check", file("pod.yaml", dump_yaml([PROBED])))

    place, field, _ = ran.out.splitlines()
    assert "pod.yaml:13:5: deny IC103 Forbidden in Pod web/shop, container migrate" == place
    assert field.startswith("    spec.initContainers[0].livenessProbe: may not be set")
    assert (1, "") == (ran.code, ran.err)


def test_a_pod_that_is_fine_is_told_with_what_it_costs(run, file):
    fine = pod(container(resources={"requests": {"memory": "1Gi", "cpu": "0.5"}}))

    ran = run("check", file("pod.yaml", dump_yaml([fine])))

    assert ["ok  pod.yaml: Pod shop: requests cpu 500m, memory 1Gi; Burstable", "1 document: 0 at deny, 0 at warn"] == (
        ran.out.splitlines()
    )
    assert 0 == ran.code


def test_the_summary_counts_what_passed_because_it_has_no_pod(run, file):
    others = [{"apiVersion": "v1", "kind": kind, "metadata": {"name": "x"}} for kind in ("Service", "ConfigMap")]

    ran = run("check", file("all.yaml", dump_yaml([*others, PROBED])))

    assert "3 documents: 1 at deny, 0 at warn; 2 without a Pod passed" == ran.out.splitlines()[-1]


def test_a_pod_without_a_name_is_still_named(run, file):
    ran = run("check", file("pod.yaml", dump_yaml([{**pod(), "metadata": {}}])))

    assert "Pod (no name)" in ran.out


def test_nothing_is_coloured_in_a_pipe(run, file):
    ran = run("check", file("pod.yaml", dump_yaml([PROBED, pod()])))

    assert "\033" not in ran.out + ran.err


def test_control_characters_of_a_manifest_do_not_reach_the_terminal(run, file):
    it = pod(init=[{"name": "a\x1b[31m\x07b"}], metadata={"name": "\x1b]0;title\x07"})

    ran = run("check", file("pod.yaml", dump_yaml([it])))

    assert 1 == ran.code
    assert all(char.isprintable() or char == "\n" for char in ran.out + ran.err)
    assert r"\x1b[31m" in ran.out


def test_a_key_that_stands_twice_is_told_with_its_place(run, file):
    yaml = dump_yaml([pod()]) + "kind: Pod\n"

    ran = run("check", file("pod.yaml", yaml))

    line = yaml.splitlines().index("kind: Pod", 3) + 1
    assert ran.err.startswith(f"warning: pod.yaml:{line}:1: ")
    assert 0 == ran.code


@pytest.mark.parametrize("form", [pytest.param("text", id="text"), pytest.param("json", id="JSON")])
def test_the_result_goes_to_a_file_instead(run, file, tmp_path, form):
    name = file("pod.yaml", dump_yaml([PROBED]))
    shown = run("check", "--format", form, name).out

    ran = run("check", "--format", form, "--output", "report", name)

    assert (1, "", "") == (ran.code, ran.out, ran.err)
    assert shown == (tmp_path / "report").read_text()


def test_a_file_that_cannot_be_written_is_misuse(run, file):
    ran = run("check", "--output", "no/such/folder/report", file("pod.yaml", dump_yaml([pod()])))

    assert 2 == ran.code
    assert (
        "prologue: no/such/folder/report: cannot be written: No such file or directory; name another file\n" == ran.err
    )
