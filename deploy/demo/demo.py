"""What `make demo` runs: the service on its embedded defaults, reviews in by curl, verdicts and patches out.

Everything is on the loopback address and in one temporary folder; whatever happens, the service ends and the folder
goes. The exit code is 1 when an answer is not the expected one.
"""  # noqa: INP001  # a script in a folder of manifests, not a package

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PROLOGUE = [sys.executable, "-m", "webhook.cli.main"]
# Ready after about a second where nothing else runs.
READY_SECONDS = 60.0
ANSWER_SECONDS = 20.0
STOP_SECONDS = 40.0
WIDTH = 110
LONG_TEXT = 48

Json = Any  # answers and log lines are taken as they come


class DemoError(Exception):
    """The demo cannot go on; the message says what is amiss."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sample, what is asked with it, and what has to come back: the codes of a refusal or the containers added."""

    file: str
    asked: str
    codes: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


CASES = (
    Case("pod-gets-log-agent.json", "a web server (app: web), created as it is", added=("log-agent",)),
    Case("pod-asks-to-wait.json", "a Pod that asks to wait for its database", added=("wait-for-database",)),
    Case("pod-probe-on-init-container.json", "a Pod with a readiness probe on an init container", codes=("IC103",)),
    Case("cronjob-probe-on-init-container.json", "the same fault inside a CronJob", codes=("IC103",)),
)


@dataclass(frozen=True, slots=True)
class Service:
    """A running `prologue serve --dev`."""

    process: subprocess.Popen[bytes]
    url: str
    ca: str


def main() -> int:
    """Show everything and give the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with tempfile.TemporaryDirectory(prefix="prologue-demo-") as folder, running(Path(folder)) as service:
            complaints = [complaint for case in CASES for complaint in show(case, service)]
        explain()
    except DemoError as error:
        say(paint("31", f"demo: {error}"))
        return 1
    except KeyboardInterrupt:
        say("demo: interrupted; the service has ended")
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter would complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    for complaint in complaints:
        say(paint("31", f"not as expected: {complaint}"))
    say("" if complaints else paint("32", "all as expected; the service has ended and left nothing behind"))
    return 1 if complaints else 0


@contextmanager
def running(folder: Path) -> Iterator[Service]:
    """Serve on free ports for the length of the block; the service ends well (exit code 0) or the demo fails.

    Raises:
        DemoError: the service did not start, or did not end as it should.
    """
    arguments = ["serve", "--dev", "--port=0", "--operations-port=0", "--drain-seconds=0", "--log-format=json"]
    say(paint("1", "$ prologue serve --dev"))
    log = folder / "log"
    # What the service writes stays in our folder.
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603  # our own program
            [*PROLOGUE, *arguments], stderr=stream, env={**environment(), "TMPDIR": str(folder)}
        )
    try:
        yield wait_until_ready(process, log)
        process.terminate()
        if process.wait(STOP_SECONDS) != 0:
            raise DemoError(f"the service ended with exit code {process.returncode}:\n{log.read_text()}")
    except subprocess.TimeoutExpired as error:
        raise DemoError(f"the service did not end within {STOP_SECONDS:.0f} s") from error
    finally:
        process.kill()
        process.wait()


def environment() -> dict[str, str]:
    """Give the caller's environment without options of ours: the demo speaks of the defaults."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PROLOGUE_")}


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> Service:
    """Read the service's own log until it says where it listens.

    Raises:
        DemoError: it ended, or said nothing for too long.
    """
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        told = {line["event"]: line for line in events(log)}
        if "serving" in told:
            url, ca = told["serving"]["admission"], told["development certificate"]["ca"]
            say(f"  reviews at {url}, policies {', '.join(told['serving']['injections'])}\n")
            return Service(process, url, ca)
        time.sleep(0.05)
    raise DemoError(f"the service did not start:\n{log.read_text()}")


def events(log: Path) -> Iterator[Json]:
    """Give the complete lines of the log that are JSON objects with an event."""
    for line in log.read_text().split("\n")[:-1]:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and "event" in event:
            yield event


def show(case: Case, service: Service) -> list[str]:
    """Ask one thing, print what comes back, and give what of it is not as expected."""
    say(paint("1", f"■ {case.asked}"))
    response = post(SAMPLES / case.file, service)["response"]
    patch = json.loads(base64.b64decode(response["patch"])) if "patch" in response else []
    status = response.get("status", {})
    causes = status.get("details", {}).get("causes", [])
    if response["allowed"]:
        say(f"  {paint('32', 'allowed')}, {len(patch)} patch operations")
    else:
        say(f"  {paint('31', 'denied')}: {status['code']} {status['reason']}")
    for cause in causes:
        say(f"  {cause['field']}\n      {cause['message']}")
    for warning in response.get("warnings", []):
        say(f"  {paint('33', 'Warning')}: {warning}")
    for operation in patch:
        say(pretty(operation))
    say("")
    return complaints_of(case, response, patch, causes)


def complaints_of(case: Case, response: Json, patch: Json, causes: Json) -> list[str]:
    """Compare an answer with what the case expects."""
    codes = tuple(cause["message"].split()[0] for cause in causes)
    names = containers_in(patch)
    checks = (
        ("allowed", not case.codes, response["allowed"]),
        ("codes", case.codes, codes),
        ("init containers added", case.added, names),
    )
    return [f"{case.file}: {what} {got}, not {due}" for what, due, got in checks if due != got]


def containers_in(patch: Json) -> tuple[str, ...]:
    """Give the names of the init containers that a patch adds, alone or as a new list."""
    values = [one["value"] for one in patch if one["path"].startswith("/spec/initContainers")]
    return tuple(item["name"] for value in values for item in (value if isinstance(value, list) else [value]))


def post(review: Path, service: Service) -> Json:
    """Send a review to /mutate with curl, or without it where there is none.

    Raises:
        DemoError: no answer came, or none with status 200.
    """
    url = f"{service.url}/mutate"
    curl = shutil.which("curl")
    if curl is None:
        say("  (curl is not installed: asked with Python instead)")
        return post_with_python(review, url, service.ca)
    arguments = ["--cacert", service.ca, "--header", "Content-Type: application/json", "--data-binary", f"@{review}"]
    say(f"  $ curl --cacert ca.crt -H 'Content-Type: application/json' --data-binary @{review.name} {url}")
    quiet = ["--silent", "--show-error", "--fail", "--noproxy", "*", "--max-time", str(ANSWER_SECONDS)]
    done = subprocess.run([curl, *quiet, *arguments, url], capture_output=True, check=False)  # noqa: S603  # as shown
    if done.returncode:
        raise DemoError(f"curl failed: {done.stderr.decode(errors='replace').strip()}")
    return json.loads(done.stdout)


def post_with_python(review: Path, url: str, ca: str) -> Json:
    """Send a review with the standard library.

    Raises:
        DemoError: no answer came, or none with status 200.
    """
    import http.client  # noqa: PLC0415  # only where curl is missing
    import ssl  # noqa: PLC0415

    context = ssl.create_default_context(cafile=ca)
    place, _, path = url.removeprefix("https://").partition("/")
    connection = http.client.HTTPSConnection(place, timeout=ANSWER_SECONDS, context=context)
    try:
        connection.request("POST", f"/{path}", review.read_bytes(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise DemoError(f"{url} answered {answer.status}: {answer.read().decode(errors='replace')}")
        return json.loads(answer.read())
    except OSError as error:
        raise DemoError(f"{url}: {error}") from error
    finally:
        connection.close()


def explain() -> None:
    """Show the arithmetic of a Pod with the command that is made for it.

    Raises:
        DemoError: the command failed.
    """
    manifest = SAMPLES / "shop.yaml"
    say(paint("1", f"$ prologue explain {manifest.name}"))
    command = [*PROLOGUE, "explain", str(manifest)]
    done = subprocess.run(command, env=environment(), check=False)  # noqa: S603  # our own program
    if done.returncode:
        raise DemoError(f"prologue explain ended with exit code {done.returncode}")
    say("")


def pretty(operation: Json) -> str:
    """Write one patch operation as JSON, folded to the width, long texts cut."""
    text = json.dumps(shortened(operation), ensure_ascii=False)
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def shortened(value: Json) -> Json:
    """Cut the long texts in a value, the scripts of recipes above all."""
    if isinstance(value, dict):
        return {name: shortened(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shortened(item) for item in value]
    if isinstance(value, str) and len(value) > LONG_TEXT:
        return f"{value[:LONG_TEXT]}… ({len(value)} characters)"
    return value


def paint(colour: str, text: str) -> str:
    """Colour a text where somebody looks at it."""
    wanted = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return f"\x1b[{colour}m{text}\x1b[0m" if wanted else text


def say(text: str) -> None:
    """Print a line at once, so that the order holds beside what other programs print."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
