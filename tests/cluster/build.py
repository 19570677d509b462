"""Finds or builds kube-apiserver, etcd and kubectl by hand: `python tests/cluster/build.py --help`."""

import argparse
import re
import sys
import tempfile
from pathlib import Path

# Run as a script, only this folder would be searched.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cluster import module
from tests.cluster.binaries import ETCD, KUBERNETES, find, find_or_build
from tests.cluster.go import find_go
from tests.cluster.left_out import LeftOutError
from tests.cluster.progress import Progress

DESCRIPTION = """Print the folder that holds kube-apiserver, etcd and kubectl, building them first where they are nowhere.

They are looked for in the folder KUBEBUILDER_ASSETS, on the PATH, and in the cache, which is $PROLOGUE_CACHE, else
~/.cache/prologue; a build takes some minutes, uses the Go modules' own caches, and leaves about 200 MB in the cache.
Other minors work the same way: --kubernetes 1.35.4.
"""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; give the exit code: 0 found or built, 1 neither."""
    parser = argparse.ArgumentParser(description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--kubernetes", default=KUBERNETES, type=_version, metavar="VERSION", help=f"default {KUBERNETES}"
    )
    parser.add_argument("--find", action="store_true", help="never build: say whether the programs are there")
    parser.add_argument("--freeze", action="store_true", help="resolve the modules anew, write them beside this script")
    options = parser.parse_args(arguments)
    progress = Progress()
    try:
        if options.freeze:
            return _freeze(options.kubernetes, progress)
        found = (
            find(options.kubernetes, progress=progress)
            if options.find
            else find_or_build(options.kubernetes, progress=progress)
        )
    except LeftOutError as error:
        progress.say(f"LEFT OUT: {error}")
        return 1
    if found is None:
        progress.say(f"Kubernetes {options.kubernetes} is not here yet: leave --find away to build it")
        return 1
    sys.stdout.write(f"{found.kube_apiserver.parent}\n")
    return 0


def _freeze(kubernetes: str, progress: Progress) -> int:
    go = find_go(progress)
    for source in (module.etcd(ETCD), module.kubernetes(kubernetes)):
        with tempfile.TemporaryDirectory() as folder:
            source.resolve(go, folder=Path(folder), log=Path(folder) / "log", progress=progress)
            source.frozen.mkdir(parents=True, exist_ok=True)
            for file in module.FILES:
                (source.frozen / file).write_text((Path(folder) / file).read_text())
    return 0


def _version(text: str) -> str:
    if not re.fullmatch(r"v?1\.\d+\.\d+", text):
        raise argparse.ArgumentTypeError(f"{text} is no version of Kubernetes such as {KUBERNETES}")
    return text.removeprefix("v")


if __name__ == "__main__":
    sys.exit(main())
