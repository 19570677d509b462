"""`prologue explain`: what starts when, what each moment needs, and what the scheduler counts in the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import orjson
import typer
from rich.markup import escape
from rich.table import Table

from webhook.cli.engine import Identity, identity_of, policy_for
from webhook.cli.exits import Exit
from webhook.cli.files import read_manifests
from webhook.cli.options import Files, KubernetesVersion, Output, Policies
from webhook.cli.report import effective_json
from webhook.cli.talk import say, styled, write
from webhook.core.effective import Effective, Step, dominant, effective, overhead, pod_level, steps
from webhook.core.pod import Raw, Role
from webhook.core.resource_list import ResourceList, canonical
from webhook.core.shape import undecodable
from webhook.core.workload import workload_of
from webhook.manifest.document import Document, expand_list

Kind = Literal["requests", "limits"]
_APP = "(all containers)"


@dataclass(frozen=True, slots=True)
class Explained:
    """One manifest's start-up and cost."""

    document: Document
    identity: Identity
    steps: list[Step]
    effective: Effective
    overhead: ResourceList
    pod_level: dict[str, ResourceList]


def explain(
    files: Files,
    policy: Policies = None,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="Text for people, JSON for scripts.")
    ] = "text",
    kubernetes_version: KubernetesVersion = None,
    output: Output = None,
) -> int:
    """Explain what a Pod asks for: the start order, what is in use at each step, and what decides the total.

    Of a Deployment, a Job and their like the Pods are explained that they will make.

    Examples:

        prologue explain pod.yaml

        kubectl get deploy shop -o yaml | prologue explain --format json -
    """
    minor = policy_for(policy, kubernetes_version).minor
    reading = read_manifests(files)
    problems = reading.problems
    explained = []
    for document in reading.documents:
        for item in expand_list(document):
            one = _explain(item, minor, problems)
            if one is not None:
                explained.append(one)
    if not explained and not problems:
        say("prologue: nothing here has a Pod to explain")
    if form == "json":
        text = orjson.dumps([_as_json(one) for one in explained], option=orjson.OPT_INDENT_2).decode() + "\n"
    else:
        text = styled(*[part for one in explained for part in _as_text(one)], to_terminal=output is None)
    write(text, output)
    for problem in problems:
        say(f"prologue: {problem}")
    return Exit.MISUSE if problems else Exit.FINE


def _explain(document: Document, minor: int, problems: list[str]) -> Explained | None:
    manifest = document.value
    if not isinstance(manifest, dict):
        return None
    who = identity_of(manifest)
    workload = workload_of(who.api_version, who.kind)
    if workload is None:
        return None
    misfit = undecodable(manifest, who.api_version, who.kind, minor)
    if misfit is not None:
        problems.append(f"{document.file}:{document.position(misfit.path).line}: {misfit.path} {misfit.message}")
        return None
    pod = workload.pod(manifest, minor)
    level = pod_level(pod)
    lists = {} if level is None else {"requests": level.requests, "limits": level.limits}
    return Explained(document, who, steps(pod), effective(pod), overhead(pod), lists)


def _as_text(one: Explained) -> Iterator[object]:
    who = one.identity
    yield f"[bold]{escape(f'{who.kind} {who.name}')}[/]  QoS {one.effective.qos}\n"
    for kind in ("requests", "limits"):
        table = _table(one, kind)
        if table is not None:
            yield table
            yield "\n"


def _table(one: Explained, kind: Kind) -> Table | None:
    """One row a step with what is in use then, and below it what is added and what the scheduler counts."""
    result: ResourceList = getattr(one.effective, kind)
    if not result:
        return None
    names = sorted(result, key=lambda name: (name not in ("cpu", "memory"), name))
    decides = dominant(one.steps, kind)
    table = Table(box=None, pad_edge=False, title=f"  {kind} in use", title_justify="left", title_style="dim")
    for heading in ("step", "starts", "as"):
        table.add_column(heading)
    for name in names:
        table.add_column(name, justify="right")
    for number, step in enumerate(one.steps, start=1):
        cells = [_cell(step, name, kind, decides.get(name) is step) for name in names]
        table.add_row(str(number), escape(step.name or _APP), str(step.role), *cells)
    if kind in one.pod_level:
        table.add_row("", "spec.resources", "replaces", *_cells(one.pod_level[kind], names))
    if one.overhead:
        table.add_row("", "spec.overhead", "added", *_cells(one.overhead, names))
    table.add_row("", f"[bold]effective {kind}[/]", "", *[f"[bold]{text}[/]" for text in _cells(result, names)])
    return table


def _cell(step: Step, name: str, kind: Kind, decides: bool) -> str:  # one caller, a table's cell
    amount = getattr(step.in_use, kind).get(name)
    if amount is None:
        return "-"
    return f"{amount} ◀" if decides else f"{amount}  "


def _cells(amounts: ResourceList, names: list[str]) -> list[str]:
    return [f"{amounts[name]}  " if name in amounts else "-  " for name in names]


def _as_json(one: Explained) -> Raw:
    who = one.identity
    decides = {
        kind: {n: s.name or _APP for n, s in dominant(one.steps, kind).items()} for kind in ("requests", "limits")
    }
    return {
        "file": one.document.file,
        "document": one.document.index,
        "apiVersion": who.api_version,
        "kind": who.kind,
        "namespace": who.namespace,
        "name": who.name,
        "steps": [_step_json(step) for step in one.steps],
        "overhead": canonical(one.overhead),
        "decidedBy": decides,
        "effective": effective_json(one.effective),
    }


def _step_json(step: Step) -> Raw:
    return {
        "name": step.name or _APP,
        "role": "containers" if step.role is Role.APP else str(step.role),
        "requests": canonical(step.own.requests),
        "limits": canonical(step.own.limits),
        "inUse": {"requests": canonical(step.in_use.requests), "limits": canonical(step.in_use.limits)},
    }
