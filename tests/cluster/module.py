"""The Go modules of our own from which Kubernetes and etcd are built."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.go import Go
from tests.cluster.left_out import LeftOutError
from tests.cluster.progress import Progress

# go.mod and go.sum as resolved once: with the sums at hand no checksum database is asked and nothing is chosen anew.
FROZEN = Path(__file__).with_name("modules")
FILES = ("go.mod", "go.sum")


@dataclass(frozen=True, slots=True)
class Program:
    """One program that a module builds: what it is called, where its main package is, and the linker's -X values."""

    name: str
    package: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A module at one version and the programs to build from it."""

    name: str
    path: str
    version: str
    programs: tuple[Program, ...]

    @property
    def frozen(self) -> Path:
        """Where the resolved files lie if this version is one that we ship."""
        return FROZEN / f"{self.name}-{self.version}"

    def build(self, go: Go, *, into: Path, work: Path, log: Path, progress: Progress) -> None:
        """Build all programs into the folder `into`, using the folder `work` for the module itself.

        Raises:
            LeftOutError: a module cannot be fetched or a program cannot be built.
        """
        work.mkdir()
        if self.frozen.is_dir():
            for file in FILES:
                shutil.copy(self.frozen / file, work / file)
        else:
            self.resolve(go, folder=work, log=log, progress=progress)
        for program in self.programs:
            flags = " ".join(("-s", "-w", *(f"-X {value}" for value in program.values)))
            options = ["-v", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", flags]
            arguments = ["build", *options, "-o", str(into / program.name), program.package]
            go.run(program.name, *arguments, folder=work, log=log, progress=progress)

    def resolve(self, go: Go, *, folder: Path, log: Path, progress: Progress) -> None:
        """Write go.mod and go.sum into `folder`, the versions chosen as the module itself chooses them.

        Raises:
            LeftOutError: the module or one of its dependencies cannot be fetched.
        """
        progress.say(f"{self.name} {self.version}: resolving its modules")
        told = go.answer("mod", "download", "-json", f"{self.path}@v{self.version}", folder=folder)
        theirs = Path(json.loads(told)["GoMod"]).read_text()
        (folder / "go.mod").write_text(self._go_mod(theirs))
        go.run(f"{self.name}'s modules", "mod", "tidy", folder=folder, log=log, progress=progress)

    def _go_mod(self, theirs: str) -> str:
        language = re.search(r"^go \S+$", theirs, re.MULTILINE)
        if language is None:
            raise LeftOutError(f"the go.mod of {self.path} names no version of Go")
        lines = ["module cluster", language[0], f"require {self.path} v{self.version}"]
        lines += [f"replace {staged} => {staged} v0.{self.version.partition('.')[2]}" for staged in _staged(theirs)]
        lines += [f"tool {program.package}" for program in self.programs]
        return "\n".join(lines) + "\n"


def _staged(go_mod: str) -> list[str]:
    """Name the modules that Kubernetes keeps in its own tree: by folder or as v0.0.0, which only its own build finds."""
    return sorted(set(re.findall(r"(k8s\.io/[a-z0-9-]+) (?:=> \./staging|v0\.0\.0(?:\s|$))", go_mod)))


def kubernetes(version: str) -> Module:
    """Give the module of kube-apiserver and kubectl at `version`, such as 1.36.3."""
    major, minor, _ = version.split(".")
    place = "k8s.io/component-base/version"
    values = (f"{place}.gitVersion=v{version}", f"{place}.gitMajor={major}", f"{place}.gitMinor={minor}")
    programs = [Program(name, f"k8s.io/kubernetes/cmd/{name}", values) for name in ("kube-apiserver", "kubectl")]
    return Module("kubernetes", "k8s.io/kubernetes", version, tuple(programs))


def etcd(version: str) -> Module:
    """Give the module of etcd's server at `version`, such as 3.6.8."""
    package = "go.etcd.io/etcd/server/v3"
    return Module("etcd", package, version, (Program("etcd", package),))
