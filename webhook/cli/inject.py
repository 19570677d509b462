"""`prologue inject`: what the webhook would send back, applied to the manifests."""

from enum import StrEnum
from typing import Annotated, Any

import jsonpatch
import orjson
import typer

from webhook.admission.decision import Decision
from webhook.admission.telling import warnings
from webhook.cli.engine import ask, facts_in, identity_of, policy_for
from webhook.cli.exits import Exit
from webhook.cli.files import Reading, read_manifests
from webhook.cli.options import Files, KubernetesVersion, Output, Policies
from webhook.cli.talk import say, write
from webhook.core.errors import PrologueError
from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.manifest.document import Document, expand_list, is_list
from webhook.manifest.writer import dump_json, dump_yaml
from webhook.policy.policy import Facts, Policy


class Format(StrEnum):
    """How manifests are written."""

    YAML = "yaml"
    JSON = "json"


def inject(
    files: Files,
    policy: Policies = None,
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="Write this instead of the format that came in.")
    ] = None,
    kubernetes_version: KubernetesVersion = None,
    output: Output = None,
) -> int:
    """Write the manifests as the webhook would send them on: Pods with their injections, all else unchanged.

    Pods are injected into; a Deployment or Job stays as it is, and what its Pods will get is told on standard error. A
    Pod that would be refused is written unchanged, with the reasons on standard error and exit code 1.

    Examples:

        prologue inject --policy policies/ pod.yaml

        kubectl get pod shop -o yaml | prologue inject --policy wait.yaml -
    """
    rules = policy_for(policy, kubernetes_version)
    reading = read_manifests(files)
    items = [item for document in reading.documents for item in expand_list(document)]
    facts = facts_in(items)
    denied = False
    values: list[Any] = []
    for document in reading.documents:
        value, fine = _injected(document, rules, facts)
        values.append(value)
        denied |= not fine
    write(_dumped(values, reading, form), output)
    for problem in reading.problems:
        say(f"prologue: {problem}")
    if reading.problems:
        return Exit.MISUSE
    return Exit.FINDINGS if denied else Exit.FINE


def _injected(document: Document, policy: Policy, facts: Facts) -> tuple[Any, bool]:
    """Give a document after the injections, a List item by item, and whether nothing in it was refused."""
    if not is_list(document.value):
        return _one(document, document.value, policy, facts)
    outcomes = [_one(document, item, policy, facts) for item in document.value["items"]]
    value = {**document.value, "items": [item for item, _ in outcomes]}
    return value, all(fine for _, fine in outcomes)


def _one(document: Document, manifest: Any, policy: Policy, facts: Facts) -> tuple[Any, bool]:
    if not isinstance(manifest, dict):
        return manifest, True
    decision = ask(manifest, policy, facts, mutating=True)
    _tell(document, manifest, decision)
    if not decision.allowed or not decision.operations:
        return manifest, decision.allowed
    return _patched(manifest, decision), True


def _patched(manifest: Raw, decision: Decision) -> Raw:
    """Apply the patch as the API server would; it must lead to what the decision was made about."""
    result: Raw = jsonpatch.apply_patch(manifest, orjson.loads(orjson.dumps(decision.operations)))
    if result != decision.result:
        raise PrologueError("the patch does not lead to the Pod that was judged")
    return result


def _tell(document: Document, manifest: Raw, decision: Decision) -> None:
    who = identity_of(manifest)
    place = f"{document.file}: {who.kind} {who.name}"
    for finding in decision.findings:
        if finding.severity is Severity.DENY:
            say(f"{place}: refused: {finding.code} {finding.path}: {finding.message}")
    for line in warnings(decision, who.kind):
        say(f"{place}: {line}")


def _dumped(values: list[Any], reading: Reading, form: Format | None) -> str:
    if not values:
        return ""
    as_json = all(document.format == "json" for document in reading.documents) if form is None else form is Format.JSON
    return dump_json(*values) if as_json else dump_yaml(values)
