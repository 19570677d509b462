"""`prologue explain`: what starts when, what each moment needs, and what the scheduler counts in the end."""

from typing import Annotated, Literal

import typer

from webhook.cli.engine import identity_of, policy_for
from webhook.cli.exits import Exit
from webhook.cli.explained import Explained, explained_json
from webhook.cli.explained_text import explained_text
from webhook.cli.files import read_manifests
from webhook.cli.options import Files, KubernetesVersion, Output, Policies
from webhook.cli.problem import Problem, no_object
from webhook.cli.style import pen_for
from webhook.cli.talk import as_json, complain, say, write
from webhook.core.shape import undecodable
from webhook.core.workload import workload_of
from webhook.manifest.document import Document


def explain(
    files: Files,
    policy: Policies = None,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="Text for people, JSON for scripts.")
    ] = "text",
    kubernetes_version: KubernetesVersion = None,
    output: Output = None,
) -> int:
    """Show start order, effective resources, QoS, and why.

    For each resource: what is in use at each step of the start-up, and which step decides the total.

    Of a Deployment, a Job and their like the Pods are explained that they will make.

    Examples:

        prologue explain pod.yaml

        kubectl get deploy shop -o yaml | prologue explain --format json -
    """
    minor = policy_for(policy, kubernetes_version).minor
    reading = read_manifests(files)
    explained = [one for item in reading.items if (one := _explain(item, minor, reading.problems)) is not None]
    if form == "json":
        text = as_json([explained_json(one) for one in explained])
    else:
        pen = pen_for(to_terminal=output is None)
        text = "\n".join(explained_text(one, pen) for one in explained)
    write(text, output)
    if not explained and not reading.problems:
        say("prologue: nothing here has a Pod to explain")
    for problem in reading.problems:
        complain(str(problem))
    return Exit.MISUSE if reading.problems else Exit.FINE


def _explain(document: Document, minor: int, problems: list[Problem]) -> Explained | None:
    """Explain one manifest; None where there is no Pod, or none that can be read, which is then a problem."""
    manifest = document.value
    if not isinstance(manifest, dict):
        problems.append(no_object(document))
        return None
    who = identity_of(manifest)
    workload = workload_of(who.api_version, who.kind)
    if workload is None:
        return None
    misfit = undecodable(manifest, who.api_version, who.kind, minor)
    if misfit is not None:
        where = document.position(misfit.place)
        field = f"{misfit.path}: " if misfit.path else ""
        problems.append(Problem(f"{field}{misfit.message}", document.file, where.line, where.column))
        return None
    return Explained.of(document, who, workload.pod(manifest, minor))
