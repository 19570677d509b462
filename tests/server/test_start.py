"""The start of the service: what it cannot start with is said in one message, and every flag has its variable."""

import contextlib
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from certs.issue import Issued
from tests.builders import pod
from tests.server.service import COMMAND, PATIENCE, ROOT, environment, prepare, running

# An address for documents (RFC 5737): no machine has it.
ELSEWHERE = "192.0.2.1"


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a service that is not going to serve."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def assert_misuse(ended: subprocess.CompletedProcess[str], *says: str) -> None:
    """It ended with 2 and one message of one line that says all this."""
    assert ended.returncode == 2, ended.stderr
    assert ended.stdout == ""
    messages = [line for line in ended.stderr.splitlines() if not line.startswith("{")]
    assert len(messages) == 1, ended.stderr
    assert messages[0].startswith("prologue: ")
    for text in says:
        assert text in messages[0]


@pytest.fixture
def flags(tmp_path: Path, issued: Issued) -> list[str]:
    """Flags with which it would start."""
    return prepare(tmp_path, issued)


@contextlib.contextmanager
def taken() -> Iterator[str]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield str(other.getsockname()[1])


def test_a_port_in_use_is_named(flags: list[str]):
    with taken() as port:
        ended = run(*flags, "--port", port)

    assert_misuse(ended, f"cannot listen on 127.0.0.1 port {port}", "Address already in use", "--operations-port")


def test_one_port_for_both_is_refused(flags: list[str]):
    with taken() as port:
        pass

    assert_misuse(run(*flags, "--port", port, "--operations-port", port), f"port {port}", "already in use")


def test_a_host_that_is_not_ours_is_named(flags: list[str]):
    assert_misuse(run(*flags, "--host", ELSEWHERE), f"cannot listen on {ELSEWHERE}")


@pytest.mark.parametrize("flag", ["--tls-cert", "--tls-key"])
def test_a_missing_file_is_named(flags: list[str], flag: str, tmp_path: Path):
    assert_misuse(run(*flags, flag, str(tmp_path / "nowhere.pem")), str(tmp_path / "nowhere.pem"))


def test_a_key_that_does_not_fit_is_named(flags: list[str], tmp_path: Path, issue):
    stranger = tmp_path / "stranger.key"
    stranger.write_bytes(issue().key.reveal())

    assert_misuse(run(*flags, "--tls-key", str(stranger)), str(stranger), "does not fit")


def test_a_file_that_is_no_pem_is_named(flags: list[str], tmp_path: Path):
    (tmp_path / "text.pem").write_text("not a pem")

    assert_misuse(run(*flags, "--tls-cert", str(tmp_path / "text.pem")), str(tmp_path / "text.pem"))


def test_a_broken_policy_is_named_with_line_and_field(flags: list[str], tmp_path: Path):
    path = tmp_path / "policies" / "broken.yaml"
    path.write_text("apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: x}\nspec: {rulez: {}}\n")

    assert_misuse(run(*flags), f"{path}:4: spec.rulez: unknown field", "did you mean rules?")


def test_a_missing_policy_is_named(flags: list[str], tmp_path: Path):
    assert_misuse(run(*flags, "--policy", str(tmp_path / "nowhere")), str(tmp_path / "nowhere"))


def test_an_unknown_kubernetes_version_is_named(flags: list[str]):
    assert_misuse(run(*flags, "--kubernetes-version", "1.12"), "1.12")


def test_neither_certificate_nor_dev_says_what_there_is():
    assert_misuse(run("--port", "0"), "--tls-cert", "--tls-key", "--dev")


def test_half_a_pair_says_so(tmp_path: Path):
    assert_misuse(run("--dev", "--tls-cert", str(tmp_path)), "--tls-cert and --tls-key go together")


def test_a_log_format_that_is_none_is_named(flags: list[str]):
    assert_misuse(run(*flags, "--log-format", "xml"), "--log-format", "'xml'")


@pytest.mark.parametrize(
    ("flag", "value"),
    [("--port", "65536"), ("--max-in-flight", "none"), ("--no-such-flag", "1")],
)
def test_a_value_out_of_range_is_misuse_without_a_stack_trace(flags: list[str], flag: str, value: str):
    ended = run(*flags, flag, value)

    assert ended.returncode == 2
    assert flag in ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_flag_has_its_variable(tmp_path: Path, issued: Issued):
    policies = [tmp_path / name for name in ("one.yaml", "two.yaml")]
    for path in policies:
        path.write_text(
            f"apiVersion: prologue.dev/v1alpha1\nkind: InjectionPolicy\nmetadata: {{name: {path.stem}}}\n"
            "spec:\n  initContainers: [{container: {name: hello, image: hello}}]\n  onConflict: Skip\n"
        )
    given = {
        "PROLOGUE_HOST": "127.0.0.1",
        "PROLOGUE_PORT": "0",
        "PROLOGUE_OPERATIONS_PORT": "0",
        "PROLOGUE_POLICY": ":".join(map(str, policies)),
        "PROLOGUE_TLS_CERT": str(tmp_path / "tls" / "tls.crt"),
        "PROLOGUE_TLS_KEY": str(tmp_path / "tls" / "tls.key"),
        "PROLOGUE_KUBERNETES_VERSION": "1.34",
        "PROLOGUE_DRAIN_SECONDS": "0.5",
        "PROLOGUE_MAX_IN_FLIGHT": "3",
        "PROLOGUE_LOG_FORMAT": "json",
    }

    with running(tmp_path, issued, given=given) as service:
        told = service.log.wait("serving")
        answer = service.review(pod())
        service.signal()
        code = service.wait()

    assert told["policies"] == [str(path) for path in policies]
    assert told["injections"] == ["one", "two"]
    assert answer["patchType"] == "JSONPatch"
    assert service.log.wait("draining")["seconds"] == 0.5
    assert code == 0


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("PROLOGUE_OPERATIONS_PORT", "taken", "cannot listen"),
        ("PROLOGUE_HOST", ELSEWHERE, ELSEWHERE),
        ("PROLOGUE_KUBERNETES_VERSION", "1.12", "1.12"),
    ],
)
def test_a_variable_at_fault_is_told_like_its_flag(flags: list[str], variable: str, value: str, says: str):
    # The flags that give the same would win.
    option = variable.removeprefix("PROLOGUE_").lower().replace("_", "-")
    rest = [part for pair in zip(flags[::2], flags[1::2], strict=True) if pair[0] != f"--{option}" for part in pair]
    with taken() as port:
        ended = run(*rest, **{variable: port if value == "taken" else value})

    assert_misuse(ended, says)


def test_dev_needs_nothing_and_trusts_its_own_authority(tmp_path: Path, issued: Issued):
    given = {"PROLOGUE_DEV": "1", "PROLOGUE_PORT": "0", "PROLOGUE_OPERATIONS_PORT": "0", "PROLOGUE_DRAIN_SECONDS": "0"}

    with running(tmp_path, issued, given=given) as service:
        authority = Path(service.log.wait("development certificate")["ca"])
        service.trust.load_verify_locations(authority)
        answer = service.review(pod(metadata={"annotations": {"prologue.dev/inject": "wait-for-database"}}))
        others = [path.name for path in authority.parent.iterdir()]
        service.signal()
        code = service.wait()

    assert answer["patchType"] == "JSONPatch"
    assert "ca.key" not in others
    assert code == 0
    assert not authority.parent.exists()
