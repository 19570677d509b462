"""What injections add is judged alone, and the verdict is that about the whole Pod."""

import random
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.builders import container, pod
from webhook.admission.additions import is_refused_anew
from webhook.admission.judge import judge
from webhook.core.finding import Severity
from webhook.core.patch import PatchBuilder
from webhook.core.pod import Pod, Raw
from webhook.core.shape import undecodable
from webhook.core.workload import workload_of
from webhook.policy.compiler import compile_policy
from webhook.policy.policy import Facts, Policy

ORACLE = Path(__file__).parents[1] / "oracle"
POLICIES = {minor: compile_policy([], minor=minor) for minor in (33, 35, 37)}


def pods(minor: int) -> list[Pod]:
    """The Pods of the oracle as one minor sees them."""
    seen = []
    for name in ("cases", "manifests", "wide"):
        for line in (ORACLE / f"{name}.jsonl").read_bytes().splitlines():
            manifest = orjson.loads(line)["manifest"]
            workload = workload_of(manifest.get("apiVersion", ""), manifest.get("kind", ""))
            if workload is not None and not undecodable(manifest, workload.api_version, workload.kind, minor):
                seen.append(workload.pod(manifest, minor))
    return seen


def refuses(seen: Pod, policy: Policy) -> bool:
    return any(one.severity is Severity.DENY for one in judge(seen, policy, "shop", Facts()))


def parts(seen: list[Pod]) -> dict[str, list[Raw]]:
    """Everything that could be injected, sound or not: what stands in the Pods of the oracle."""
    containers = [one.raw for it in seen for one in it.all_containers()]
    return {
        "containers": containers,
        "volumes": [one for it in seen for one in it.volumes() if one],
        "volumeMounts": [one for it in containers for one in it.get("volumeMounts") or () if one],
        "env": [one for it in containers for one in it.get("env") or () if one],
    }


def changed(old: Pod, known: dict[str, list[Raw]], dice: random.Random) -> Pod:
    """The Pod with things added as injections add them: under names and paths that were free."""
    builder = PatchBuilder(old.raw)
    volume = f"volume-{dice.randrange(1 << 40)}"
    if dice.random() < 0.5:
        builder.append(("spec", "volumes"), {**dice.choice(known["volumes"]), "name": volume})
    if dice.random() < 0.7:
        made = {**dice.choice(known["containers"]), "name": f"made-{dice.randrange(1 << 40)}"}
        builder.add(("spec", "initContainers", dice.choice((0, len(old.init_containers)))), made)
    for index, _ in enumerate(old.containers):
        if dice.random() < 0.4:
            free = {"name": dice.choice((volume, "data")), "mountPath": f"/{volume}"}
            builder.append(
                ("spec", "containers", index, "volumeMounts"), {**dice.choice(known["volumeMounts"]), **free}
            )
        if dice.random() < 0.4:
            builder.append(("spec", "containers", index, "env"), dice.choice(known["env"]))
    builder.add(("metadata", "annotations", "prologue.dev/injected"), "{}")
    return Pod(
        builder.root,
        path=old.path,
        kind=old.kind,
        minor=old.minor,
        claim_templates=old.claim_templates,
        owner=old.owner,
    )


def cases(minor: int) -> Iterator[tuple[Pod, Pod]]:
    dice = random.Random(minor)  # noqa: S311  # the same cases every time
    everything = pods(minor)
    known = parts(everything)
    for old in everything:
        if all(one.raw for one in old.containers) and not refuses(old, POLICIES[minor]):
            yield old, changed(old, known, dice)


@pytest.mark.parametrize("minor", POLICIES)
def test_the_verdict_about_additions_is_that_about_the_whole(minor: int):
    policy = POLICIES[minor]
    verdicts = [(refuses(new, policy), is_refused_anew(new, old, policy)) for old, new in cases(minor)]

    assert [] == [(whole, alone) for whole, alone in verdicts if whole is not alone]
    assert {True, False} == {whole for whole, _ in verdicts}


def test_a_rule_that_only_warns_is_not_asked_again():
    old, new = (Pod(pod(init=[container("a", env=env)])) for env in ([], [{"name": "A"}, {"name": "A"}]))

    assert [] != judge(new, POLICIES[37], "shop", Facts())
    assert not is_refused_anew(new, old, POLICIES[37])
