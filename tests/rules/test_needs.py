"""Rules that are asked only where a field stands that they need: asked or not, the findings are the same."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import orjson
import pytest

from webhook.core.field_names import field_names
from webhook.core.finding import Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.shape import undecodable
from webhook.core.workload import workload_of
from webhook.manifest.reader import read_documents
from webhook.policy.catalogue import examples, rules

ORACLE = Path(__file__).parents[1] / "oracle"
# In turns: the first has the most features off, the last the fewest.
MINORS = (33, 37)
CHOOSY = [rule for rule in rules().values() if rule.needs]


def manifests() -> Iterator[Raw]:
    """All manifests of the oracle, and the Bad examples."""
    for name in ("cases", "manifests", "wide"):
        for line in (ORACLE / f"{name}.jsonl").read_bytes().splitlines():
            yield orjson.loads(line)["manifest"]
    for rule in CHOOSY:
        bad = read_documents(examples(rule.text)["Bad"].encode())[-1].value
        yield from [bad] * len(MINORS)


def seen(manifest: Raw, minor: int) -> Pod | None:
    """The Pod of a manifest as one minor sees it; None where it could not be decoded."""
    workload = workload_of(manifest.get("apiVersion", ""), manifest.get("kind", ""))
    if workload is None or undecodable(manifest, workload.api_version, workload.kind, minor):
        return None
    return workload.pod(manifest, minor)


PODS = [pod for manifest, minor in zip(manifests(), cycle(MINORS), strict=False) if (pod := seen(manifest, minor))]


def without(value: Any, fields: tuple[str, ...]) -> Any:
    """The same JSON without any field of these names, wherever it stands."""
    if isinstance(value, dict):
        return {name: without(one, fields) for name, one in value.items() if name not in fields}
    return [without(one, fields) for one in value] if isinstance(value, list) else value


def bare(pod: Pod, fields: tuple[str, ...]) -> Pod:
    """The same Pod without these fields."""
    raw, owner, claims = (without(one, fields) for one in (pod.raw, pod.owner, pod.claim_templates))
    if "volumeClaimTemplates" in fields:
        claims = []
    return Pod(raw, path=pod.path, kind=pod.kind, minor=pod.minor, claim_templates=claims, owner=owner)


def findings(rule: Rule, pod: Pod) -> list[Finding]:
    """What the rule says when it is asked."""
    return list(rule.check(pod)) if rule.check else []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in CHOOSY])
def test_a_fault_hangs_on_a_field_that_the_rule_needs(rule: Rule):
    faulty = [pod for pod in PODS if findings(rule, pod)]

    assert faulty
    assert [] == [pod.raw for pod in faulty if field_names(pod).isdisjoint(rule.needs)]
    assert [] == [found for pod in faulty if (found := findings(rule, bare(pod, rule.needs)))]
