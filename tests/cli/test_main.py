"""What holds for every command: its help, its misuse, and how its end becomes an exit code."""

import errno
import gc
import sys
from importlib import metadata

import pytest

import webhook.cli.check
import webhook.cli.main
from tests.builders import pod
from webhook.cli.main import main
from webhook.manifest.writer import dump_yaml
from webhook.policy.catalogue import rules

COMMANDS = [
    pytest.param(command, id=" ".join(command) or "prologue")
    for command in (
        [],
        ["serve"],
        ["check"],
        ["inject"],
        ["explain"],
        ["rules"],
        ["recipes"],
        ["certs", "issue"],
        ["certs", "show"],
    )
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", [pytest.param("--help", id="long"), pytest.param("-h", id="short")])
def test_the_help_of_every_command_shows_how_it_is_used(run, command, flag):
    ran = run(*command, flag)

    usage, *_ = ran.out.splitlines()
    assert usage.startswith(" ".join(["Usage: prologue", *command]))
    examples = ran.out.partition("  Examples:\n")[2].partition("\nOptions:")[0].partition("\nArguments:")[0]
    assert any(line.strip().startswith(" ".join(["prologue", *command])) for line in examples.splitlines())
    assert (0, "") == (ran.code, ran.err)
    assert "\033" not in ran.out


def test_the_group_of_certs_names_its_commands(run):
    ran = run("certs", "--help")

    assert 0 == ran.code
    assert all(name in ran.out for name in ("issue", "show"))


def test_no_line_of_a_list_of_commands_is_cut_off(run):
    assert "..." not in run("--help").out.partition("Commands:")[2]
    assert "..." not in run("certs", "--help").out.partition("Commands:")[2]


def test_the_version_is_told_with_the_kubernetes_that_it_is_proven_on(run):
    ran = run("--version")

    assert (0, "") == (ran.code, ran.err)
    assert ran.out.startswith("prologue 0.")
    assert ran.out.endswith(", proven on Kubernetes 1.33 to 1.36\n")


def test_a_tree_that_was_never_installed_has_no_version(run, monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)

    assert run("--version").out.startswith("prologue (not installed), proven on ")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        pytest.param([], "Usage: prologue", id="no command"),
        pytest.param(["chekk"], "chekk", id="a command that nobody knows"),
        pytest.param(["check"], "FILE", id="no file"),
        pytest.param(["check", "--fromat", "json", "-"], "--format", id="an option with a slip"),
        pytest.param(["check", "--format", "xml", "-"], "xml", id="a format that nobody knows"),
        pytest.param(["check", "--output"], "--output", id="an option without its value"),
        pytest.param(["rules", "IC1", "IC2"], "IC2", id="too many arguments"),
        pytest.param(["serve", "--port", "70000"], "--port", id="a port beyond the last"),
        pytest.param(["serve"], "give --tls-cert and --tls-key, or --dev", id="no certificate"),
        pytest.param(["serve", "--tls-cert", "a", "--dev"], "--tls-cert and --tls-key go together", id="half a pair"),
        pytest.param(
            ["serve", "--dev", "--log-format", "xml"], "--log-format is auto, json or text", id="a log format"
        ),
        pytest.param(["serve", "--dev", "--kubernetes-version", "9"], "'9' is not known here", id="a version"),
        pytest.param(["serve", "--dev", "--policy", "gone"], "gone: No such file", id="a policy that is not there"),
        pytest.param(
            ["serve", "--tls-cert", "gone.crt", "--tls-key", "gone.key"], "gone", id="a certificate that is not there"
        ),
    ],
)
def test_misuse_ends_with_2_a_word_about_it_and_no_trace(run, argv, says):
    ran = run(*argv)

    assert (2, "") == (ran.code, ran.out)
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_a_rule_that_breaks_is_our_fault_and_told_with_a_trace(run, file, practice_rule, monkeypatch):
    def check(pod):
        raise ZeroDivisionError(pod.kind)

    monkeypatch.setitem(rules(), practice_rule.code, type(practice_rule)("IC399", "Broken", check, "these tests"))

    ran = run("check", file("pod.yaml", dump_yaml([pod()])))

    assert (3, "") == (ran.code, ran.out)
    assert "ZeroDivisionError: Pod" in ran.err
    assert ran.err.endswith("prologue: this is our fault, not yours; please report it with the lines above\n")


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        pytest.param(KeyboardInterrupt, 130, "", id="Ctrl-C"),
        pytest.param(EOFError, 130, "", id="an end of input where there is a question"),
        pytest.param(ValueError, 3, "this is our fault", id="an error that is none of ours"),
    ],
)
def test_the_exit_code_is_decided_in_one_place(run, monkeypatch, error, code, says):
    def broken(_):
        raise error

    monkeypatch.setattr(webhook.cli.check, "list_sources", broken)

    ran = run("check", "-")

    assert (code, True) == (ran.code, says in ran.err)


def test_an_interruption_before_the_command_begins_is_told_as_one(run, monkeypatch):
    def interrupted(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(webhook.cli.main, "app", interrupted)

    assert 130 == run("check", "-").code


def test_a_reader_that_has_seen_enough_is_no_fault(run, file, monkeypatch):
    def closed(*_):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    # The framework puts other streams in their place.
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    monkeypatch.setattr(webhook.cli.check, "write_reports", closed)

    assert 0 == main(["check", file("pod.yaml", dump_yaml([pod()]))])


def test_the_console_script_ends_the_process_with_the_exit_code(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["prologue", "check", "gone.yaml"])

    try:
        with pytest.raises(SystemExit) as caught:
            webhook.cli.main.run()
    finally:
        gc.enable()

    assert 2 == caught.value.code
    assert "gone.yaml" in capsys.readouterr().err


def test_main_reads_the_arguments_of_the_process_when_it_is_given_none(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["prologue", "--version"])

    assert 0 == main()
    assert capsys.readouterr().out.startswith("prologue ")
