"""What the kubelet does to start a container, as far as our recipes' containers need it: no image, no namespaces."""

import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# A script that hangs shall fail its test, not stop the run.
PATIENCE = 30.0

FACTS = {"metadata.uid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}


def expand(text: str, variables: Mapping[str, str]) -> str:
    """Expand `$(NAME)` and `$$` as the kubelet does: once, from left to right, unknown names left as they are."""
    out, at = "", 0
    while at < len(text):
        end = text.find(")", at)
        if text.startswith("$$", at):
            out, at = out + "$", at + 2
        elif text.startswith("$(", at) and end > 0:
            out, at = out + variables.get(text[at + 2 : end], text[at : end + 1]), end + 1
        else:
            out, at = out + text[at], at + 1
    return out


def environment(container: dict[str, Any], facts: Mapping[str, str]) -> dict[str, str]:
    """Give the environment, each entry expanded with those before it; `facts` is the downward API."""
    env: dict[str, str] = {}
    for entry in container.get("env", ()):
        source = entry.get("valueFrom")
        if source is None:
            env[entry["name"]] = expand(entry["value"], env)
        else:
            (reference,) = source.values()
            env[entry["name"]] = facts[reference.get("fieldPath") or reference["resource"]]
    return env


@dataclass
class Ran:
    """A container that has ended."""

    code: int
    out: str
    err: str
    seconds: float
    termination_message: str

    @property
    def all_text(self) -> str:
        """Everything that it said, wherever."""
        return self.out + self.err + self.termination_message


@dataclass
class Running:
    """A container that was started."""

    process: subprocess.Popen[bytes]
    log: Path
    started: float = field(default_factory=time.monotonic)

    def out(self) -> str:
        """Give what it has said so far on standard output."""
        return (self.log / "stdout").read_text()

    def wait(self) -> Ran:
        """Wait for its end."""
        code = self.process.wait(PATIENCE)
        seconds = time.monotonic() - self.started
        message = self.log / "message"
        return Ran(code, self.out(), (self.log / "stderr").read_text(), seconds, message.read_text())

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        while not condition():
            assert time.monotonic() - self.started < PATIENCE, self.out()
            time.sleep(0.02)


@dataclass
class Kubelet:
    """Starts containers with the programs of one folder, their volume in another."""

    programs: Path
    volume: Path
    logs: Path
    starts: int = 0

    def start(self, container: dict[str, Any], facts: Mapping[str, str] | None = None) -> Running:
        """Start a container just as its spec says, but for where the volume and the termination log are."""
        env = environment(container, FACTS | dict(facts or {}))
        command = [expand(word, env) for word in (*container["command"], *container.get("args", ()))]
        if "PROLOGUE_DIR" in env:
            assert env["PROLOGUE_DIR"] == container["volumeMounts"][0]["mountPath"]
            env["PROLOGUE_DIR"] = str(self.volume)
        self.starts += 1
        log = self.logs / str(self.starts)
        log.mkdir()
        (log / "message").touch()
        env |= {"PATH": str(self.programs), "PROLOGUE_TERMINATION_LOG": str(log / "message")}
        with (log / "stdout").open("wb") as out, (log / "stderr").open("wb") as err:
            process = subprocess.Popen(
                command,
                executable=self.programs / command[0],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        return Running(process, log)

    def run(self, container: dict[str, Any], facts: Mapping[str, str] | None = None) -> Ran:
        """Start a container and wait for its end."""
        return self.start(container, facts).wait()

    def add_program(self, name: str, text: str) -> None:
        """Put a shell script in front of what the image brings."""
        program = self.programs / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!{self.programs}/sh\n{text}")
        program.chmod(0o755)

    def files(self) -> dict[str, bytes]:
        """Give every file and link below the volume, hidden ones too."""
        return {
            str(path.relative_to(self.volume)): path.read_bytes()
            for path in sorted(self.volume.rglob("*"))
            if not path.is_dir()
        }
