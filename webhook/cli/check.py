"""`prologue check`: what Kubernetes and good practice would say of manifests, before anything is applied."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from webhook.cli.engine import DEFAULT_NAMESPACE, Engine, facts_in, identity_of, policy_for, utc_today
from webhook.cli.exits import Exit
from webhook.cli.files import Reading, no_object, read_manifests
from webhook.cli.options import Files, Ignore, KubernetesVersion, Namespace, Output, Policies, Select
from webhook.cli.report import Result, report
from webhook.cli.report_text import as_text
from webhook.cli.selection import Selection
from webhook.cli.style import clean, pen_for
from webhook.cli.talk import as_json, complain, say, write


class Format(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"


def check(
    files: Files,
    policy: Policies = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="Text for people, JSON for scripts.")] = Format.TEXT,
    select: Select = None,
    ignore: Ignore = None,
    kubernetes_version: KubernetesVersion = None,
    namespace: Namespace = DEFAULT_NAMESPACE,
    output: Output = None,
) -> int:
    """Say what the API server would refuse, before it does.

    Each finding has a code, a field, a line; each Pod that is fine, what it costs.

    Exit code 0: nothing found. 1: findings. 2: a file, policy or option cannot be used. 3: our fault.

    Examples:

        prologue check pod.yaml

        helm template shop | prologue check --format json -

        prologue check --kubernetes-version 1.34 --ignore IC3 manifests/
    """
    selection = Selection.of(select, ignore)
    rules = policy_for(policy, kubernetes_version, selection.asked)
    reading = read_manifests(files)
    engine = Engine(rules, facts_in(reading.items, today=utc_today()), namespace)
    results = list(check_all(reading, engine, selection))
    text = as_json(report(results)) if form is Format.JSON else as_text(results, pen_for(to_terminal=output is None))
    write(text, output)
    for warning in reading.warnings:
        say(f"warning: {clean(warning)}")
    for problem in reading.problems:
        complain(problem)
    if reading.problems:
        return Exit.MISUSE
    return Exit.FINDINGS if any(result.findings for result in results) else Exit.FINE


def check_all(reading: Reading, engine: Engine, selection: Selection) -> Iterator[Result]:
    """Ask of every document, those inside lists too; what is no object becomes a problem of the reading."""
    for document in reading.items:
        manifest = document.value
        if not isinstance(manifest, dict):
            reading.problems.append(no_object(document))
            continue
        decision = engine.ask(manifest)
        findings = tuple(finding for finding in decision.findings if selection.takes(finding))
        yield Result(document, identity_of(manifest), findings, decision.before)
