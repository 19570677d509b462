"""Compare our verdict with a live kube-apiserver's on random manifests: `python -m tests.differential.run --help`."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator

from tests.cluster.api_server import ApiServer
from tests.cluster.binaries import KUBERNETES, find_or_build
from tests.cluster.control_plane import running
from tests.differential.compare import Comparison, compare
from tests.differential.generate import Generator
from webhook.core.version import parse_minor
from webhook.policy.compiler import compile_policy

SHOWN = 5


def comparisons(server: ApiServer, count: int, seed: int) -> Iterator[Comparison]:
    """Ask the server and ourselves about so many manifests."""
    policy = compile_policy([], minor=parse_minor(server.version.removeprefix("v")))
    for manifest in Generator(seed).manifests(count):
        yield compare(manifest, server, policy)


def summary(found: list[Comparison]) -> str:
    """Give the agreement per kind and in all, how many were valid, and the codes that were reached."""
    total, agreed, valid = Counter[str](), Counter[str](), 0
    codes: set[str] = set()
    for one in found:
        kind = str(one.manifest.get("kind"))
        total[kind] += 1
        agreed[kind] += one.agrees
        valid += one.is_valid
        codes |= one.codes
    lines = [f"{kind:<24}{agreed[kind]:>7} of {total[kind]:>6} agree" for kind in sorted(total)]
    count = total.total()
    lines.append(f"{'all':<24}{agreed.total():>7} of {count:>6} agree ({100 * agreed.total() / count:.2f} %)")
    lines.append(f"{valid} valid ({100 * valid / count:.0f} %), {len(codes)} rules reached")
    return "\n".join(lines)


def difference(one: Comparison) -> str:
    """Say in what two verdicts differ, with the manifest."""
    too_much, missing = one.ours - one.server, one.server - one.ours
    return f"too much: {dict(too_much)}\nmissing:  {dict(missing)}\n{json.dumps(one.manifest)}"


def main() -> int:
    """Run from the command line; exit code 1 where the two do not agree on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kubernetes", default=KUBERNETES, help="a version to find or build, such as 1.35.4")
    wanted = parser.parse_args()
    found: list[Comparison] = []
    started = time.monotonic()
    with running(find_or_build(wanted.kubernetes)) as server:
        for one in comparisons(server, wanted.number, wanted.seed):
            found.append(one)
            if len(found) % 500 == 0:
                print(
                    f"{len(found)} of {wanted.number}, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True
                )
    print(f"kube-apiserver {wanted.kubernetes}, seed {wanted.seed}")
    print(summary(found))
    different = [one for one in found if not one.agrees]
    for one in different[:SHOWN]:
        print(f"\n{difference(one)}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
