"""`prologue check`: what Kubernetes and good practice would say of manifests, before anything is applied."""

from enum import StrEnum
from typing import Annotated

import typer

from webhook.cli.engine import ask, facts_in, identity_of, is_selected, policy_for
from webhook.cli.exits import Exit
from webhook.cli.files import Reading, read_manifests
from webhook.cli.options import Files, Ignore, KubernetesVersion, Output, Policies, Select
from webhook.cli.report import Result, as_json
from webhook.cli.report_text import as_text
from webhook.cli.talk import say, write
from webhook.manifest.document import Document, expand_list
from webhook.policy.policy import Facts, Policy


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
    output: Output = None,
) -> int:
    """Check manifests: what the API server would refuse, and what it costs.

    Exit code 0: nothing found. 1: findings. 2: a file, policy or option cannot be used. 3: our fault.

    Examples:

        prologue check pod.yaml

        helm template shop | prologue check --format json -

        prologue check --kubernetes-version 1.34 --ignore IC3 manifests/
    """
    rules = policy_for(policy, kubernetes_version)
    reading = read_manifests(files)
    results = [one for one in check_all(reading, rules) if one is not None]
    chosen = [_chosen(result, select, ignore) for result in results]
    text = as_json(chosen) if form is Format.JSON else as_text(chosen, to_terminal=output is None)
    write(text, output)
    for problem in reading.problems:
        say(f"prologue: {problem}")
    if reading.problems:
        return Exit.MISUSE
    return Exit.FINDINGS if any(result.findings for result in chosen) else Exit.FINE


def check_all(reading: Reading, policy: Policy) -> list[Result | None]:
    """Ask of every document, those inside Lists too; duplicate keys are told, as the last one counts."""
    documents = [item for document in reading.documents for item in expand_list(document)]
    for document in reading.documents:
        for warning in document.warnings:
            say(f"warning: {warning}")
    facts = facts_in(documents)
    return [_check(document, policy, facts, reading) for document in documents]


def _check(document: Document, policy: Policy, facts: Facts, reading: Reading) -> Result | None:
    manifest = document.value
    if not isinstance(manifest, dict):
        where = f"{document.file}:{document.start.line}"
        reading.problems.append(f"{where}: a manifest is an object with apiVersion and kind, this is not")
        return None
    decision = ask(manifest, policy, facts, mutating=True)
    return Result(document, identity_of(manifest), decision.findings, decision.before)


def _chosen(result: Result, select: list[str] | None, ignore: list[str] | None) -> Result:
    if not select and not ignore:
        return result
    findings = tuple(finding for finding in result.findings if is_selected(finding, select, ignore))
    return Result(result.document, result.identity, findings, result.effective)
