"""`prologue check`: what Kubernetes and good practice would say of manifests, before anything is applied."""

from collections.abc import Sequence
from typing import Annotated

import typer

from webhook.cli.checking import Checker, namespaces_in
from webhook.cli.effort import Numbered, cores, work_through
from webhook.cli.engine import DEFAULT_NAMESPACE, Engine, policy_for, utc_today
from webhook.cli.exits import Exit
from webhook.cli.listing import list_sources
from webhook.cli.merge import merged
from webhook.cli.options import Files, Ignore, Jobs, KubernetesVersion, Namespace, Output, Policies, Select
from webhook.cli.report import count
from webhook.cli.reports import Format, reports_of, write_reports
from webhook.cli.result import Outcome
from webhook.cli.selection import Selection
from webhook.cli.source import Source
from webhook.cli.style import clean
from webhook.cli.talk import complain, say
from webhook.core.finding import Severity
from webhook.policy.policy import Facts, Policy


def check(
    files: Files,
    policy: Policies = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="Text for people, the others for programs.")
    ] = Format.TEXT,
    select: Select = None,
    ignore: Ignore = None,
    warn_as_error: Annotated[
        bool, typer.Option("--warn-as-error", help="Treat what is at warn as if it were at deny, in all reports.")
    ] = False,
    kubernetes_version: KubernetesVersion = None,
    namespace: Namespace = DEFAULT_NAMESPACE,
    output: Output = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report", metavar="FORMAT=FILE", help="Write another report to a file: sarif=out.sarif. May repeat."
        ),
    ] = None,
    jobs: Jobs = None,
) -> int:
    """Say what the API server would refuse, before it does.

    Each finding has a code, a field, a line; each Pod that is fine, what it costs. A file of more than 64 MiB is not read.

    Rules beyond the default ones speak when they are asked for: --select recommended, or --select strict for all.

    Exit code 0: nothing found, or nothing but audit. 1: findings, warnings too. 2: a file, policy or option cannot be
    used. 3: our fault.

    Examples:

        prologue check pod.yaml

        helm template shop | prologue check --format json -

        prologue check --kubernetes-version 1.34 --ignore IC3 manifests/

        prologue check --select recommended --warn-as-error manifests/

        prologue check --report sarif=a.sarif --report junit=a.xml manifests/
    """
    reports = reports_of(form, output, report)
    selection = Selection.of(select, ignore)
    rules = policy_for(policy, kubernetes_version, selection.asked)
    listed = list_sources(files)
    sources = [(number, source) for number, source in enumerate(listed) if isinstance(source, Source)]
    jobs = jobs or cores()
    engine = Engine(rules, _facts(rules, sources, jobs), namespace)
    for_people = any(one.form is Format.TEXT for one in reports)
    checker = Checker(engine, selection, strict=warn_as_error, with_excerpts=for_people)
    outcome, warnings = merged(listed, work_through(sources, checker, jobs=jobs))
    write_reports(reports, outcome)
    _tell([*warnings, *(one for one in engine.asides if one not in warnings)], outcome)
    return _end(outcome)


def _facts(policy: Policy, sources: Numbered, jobs: int) -> Facts:
    """Give the day, and the labels of the Namespaces among the manifests if the policy asks for any."""
    namespaces: dict[str, dict[str, str]] = {}
    if policy.injections or policy.regimes is not None:
        for _, found in work_through(sources, namespaces_in, jobs=jobs):
            namespaces.update(found)
    return Facts(namespaces=namespaces, today=utc_today().isoformat())


def _tell(warnings: Sequence[str], outcome: Outcome) -> None:
    for warning in warnings:
        say(f"warning: {clean(warning)}")
    for problem in outcome.problems:
        complain(str(problem))


def _end(outcome: Outcome) -> Exit:
    if outcome.problems:
        return Exit.MISUSE
    found = any(count(outcome.results, severity) for severity in (Severity.DENY, Severity.WARN))
    return Exit.FINDINGS if found else Exit.FINE
