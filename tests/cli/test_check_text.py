"""`prologue check` for people: by document, each fault with the line it speaks of; at the end what it all came to."""

from dataclasses import replace

import orjson
import pytest

from tests.builders import container, pod
from webhook.core.finding import ErrorType, Finding
from webhook.manifest.writer import dump_yaml
from webhook.policy.catalogue import rules

SHOP = """\
apiVersion: v1
kind: Pod
metadata:
  name: shop
  namespace: web
spec:
  initContainers:
  - name: migrate
    image: migrate:1
    livenessProbe: {tcpSocket: {port: 80}}
  containers:
  - {name: app, image: "app:1"}
"""

PROBED = pod(init=[container("migrate", livenessProbe={"exec": {"command": ["true"]}})], metadata={"namespace": "web"})


def test_a_finding_is_told_with_place_rule_line_and_what_the_api_server_would_say(run, file):
    ran = run("check", file("pod.yaml", SHOP))

    assert ran.out == (
        "pod.yaml: Pod web/shop\n"
        "  pod.yaml:10:5: deny IC103 Probe on init container, container migrate\n"
        "  10 |     livenessProbe: {tcpSocket: {port: 80}}\n"
        "     |     ^^^^^^^^^^^^^\n"
        "       spec.initContainers[0].livenessProbe: Forbidden: "
        "may not be set for init containers without restartPolicy: Always\n"
        "\n"
        "What is bad, what is good, and where it says so: prologue rules IC103\n"
        "1 document: 1 at deny, 0 at warn\n"
    )
    assert (1, "") == (ran.code, ran.err)


def test_findings_are_grouped_by_document_and_stand_in_the_order_of_lines(run, file):
    faulty = pod(init=[{"name": "b"}, container("a_")], metadata={"name": "one"})
    files = [file(f"{name}.yaml", f"{dump_yaml([faulty])}---\n{dump_yaml([PROBED])}") for name in ("b", "a")]

    lines = run("check", *files).out.splitlines()

    heads = [line for line in lines if line.startswith(("a.yaml: ", "b.yaml: "))]
    assert ["b.yaml: Pod one", "b.yaml: Pod web/shop", "a.yaml: Pod one", "a.yaml: Pod web/shop"] == heads
    places = [int(line.split(":")[1]) for line in lines if line.startswith("  b.yaml:")]
    assert sorted(places) == places
    assert 3 == len(places)


def test_what_follows_from_a_fault_is_told_in_one_line_below_it(run, file):
    mounts = [{"name": "Data", "mountPath": f"/{n}"} for n in range(7)]
    it = pod(container(volumeMounts=mounts), init=[container("a", volumeMounts=mounts[:1])], volumes=[{"name": "Data"}])

    ran = run("check", "--format", "json", name := file("pod.yaml", dump_yaml([it])))
    text = run("check", name).out

    [result] = ran.json["results"]
    lines = sorted(one["line"] for one in result["findings"] if one["code"] == "IC108")
    assert 8 == len(lines)
    named = ", ".join(map(str, lines[:5]))
    assert f"from it follows 8 \N{MULTIPLICATION SIGN} IC108 Mount of missing volume, lines {named}, …\n" in text
    assert 1 == text.count("deny IC144")
    assert "deny IC108" not in text


def test_the_same_fault_at_the_same_place_is_shown_once(run, file, practice_rule, monkeypatch):
    def check(pod):
        for words in ("one thing", "another", "one thing"):
            yield Finding("IC399", ErrorType.PRACTICE, "metadata.name", words)

    monkeypatch.setitem(rules(), "IC399", replace(practice_rule, check=check))

    text = run("check", file("pod.yaml", dump_yaml([pod()]))).out

    assert "warn IC399 Night work \N{MULTIPLICATION SIGN}3\n" in text
    assert 1 == text.count("metadata.name: Practice: one thing\n")
    assert 1 == text.count("metadata.name: Practice: another\n")
    assert text.endswith("1 document: 0 at deny, 3 at warn\n")


def test_a_long_line_is_cut_around_the_mark(run, file):
    long = [{"name": letter * 300, "value": ""} for letter in "ab"]
    it = pod(
        init=[
            container("migrate", env=long[:1], livenessProbe={"tcpSocket": {"port": 1}}, envFrom=[], args=["x" * 300])
        ]
    )

    lines = run("check", file("pod.json", orjson.dumps(it))).out.splitlines()

    line, mark = (next(at for at in lines if at.lstrip().startswith(sign)) for sign in ("1 |", "|"))
    assert len(line) <= 100
    assert line.startswith("  1 | …")
    assert line.endswith("…")
    assert '"livenessProbe"' == line[mark.index("^") : mark.rindex("^") + 1]


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


def test_the_summary_counts_what_is_audited_and_what_is_exempted(run, file):
    policy = """\
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: rules}
spec:
  rules: {IC103: Audit}
  exempt: [{namespaces: [web], rules: [IC399], reason: in tests}]
"""
    night = {**PROBED, "metadata": {**PROBED["metadata"], "labels": {"night": "x"}}}

    ran = run("check", "--policy", file("policy.yaml", policy), file("pod.yaml", dump_yaml([night])))

    assert "1 document: 0 at deny, 0 at warn, 1 at audit; 1 exempted" == ran.out.splitlines()[-1]
    assert ": audit IC103 Probe on init container" in ran.out
    assert 0 == ran.code


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
