"""Policy documents → one frozen `Policy`; every fault of every document is found before anything is refused."""

import functools
import hashlib
from collections.abc import Iterable, Mapping

import orjson
from pydantic import ValidationError

from webhook.core.errors import MisuseError, PolicyError
from webhook.core.field_path import FieldPath
from webhook.core.finding import Severity
from webhook.core.version import DEFAULT_MINOR, parse_minor
from webhook.manifest.document import Document
from webhook.policy.catalogue import rules
from webhook.policy.injection import compile_injection
from webhook.policy.models import API_VERSION, MODELS, InjectionPolicyModel, RulePolicyModel
from webhook.policy.policy import ActiveRule, Exempt, Injection, Policy
from webhook.policy.problem import field_names, problem, validation_problems

Model = InjectionPolicyModel | RulePolicyModel


def compile_policy(documents: Iterable[Document], *, minor: int | None = None) -> Policy:
    """Make one policy of many documents; `minor` overrides the Kubernetes version that a RulePolicy names.

    Raises:
        PolicyError: some document is no policy, or not a right one; it lists all that was found.
    """
    problems: list[str] = []
    injections: dict[str, Injection] = {}
    rule_policies: list[RulePolicyModel] = []
    for document in documents:
        model = _read(document, problems)
        if isinstance(model, RulePolicyModel):
            problems += _rule_problems(document, model)
            rule_policies.append(model)
        elif model is not None:
            found, faults = compile_injection(document, model)
            problems += faults
            if model.metadata.name in injections:
                path = FieldPath(("metadata", "name"))
                problems.append(problem(document, path, f"a policy {model.metadata.name!r} was already given"))
            elif found is not None:
                injections[model.metadata.name] = found
    if problems:
        raise PolicyError(problems)
    return _assemble(rule_policies, injections, minor)


def _read(document: Document, problems: list[str]) -> Model | None:
    value = document.value
    if not isinstance(value, dict):
        problems.append(
            problem(document, FieldPath(), "a policy is a mapping with apiVersion, kind, metadata and spec")
        )
        return None
    model = MODELS.get(str(value.get("kind"))) if value.get("apiVersion") == API_VERSION else None
    if model is None:
        given = f"{value.get('apiVersion')} {value.get('kind')}"
        problems.append(
            problem(
                document, FieldPath(("kind",)), f"{given} is no policy; expected {API_VERSION} {' or '.join(MODELS)}"
            )
        )
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems += validation_problems(document, error, FieldPath(), functools.partial(field_names, model))
        return None


def _rule_problems(document: Document, model: RulePolicyModel) -> list[str]:
    lines = []
    if model.spec.kubernetes_version is not None:
        try:
            parse_minor(model.spec.kubernetes_version)
        except MisuseError as error:
            lines.append(problem(document, FieldPath(("spec", "kubernetesVersion")), str(error)))
    for prefix in model.spec.rules:
        if not any(code.startswith(prefix) for code in rules()):
            path = FieldPath(("spec", "rules")).child(prefix)
            lines.append(problem(document, path, "no rule has this code or prefix; `prologue rules` lists them"))
    return lines


def _assemble(models: list[RulePolicyModel], injections: dict[str, Injection], minor: int | None) -> Policy:
    said = {prefix: severity for model in models for prefix, severity in model.spec.rules.items()}
    versions = [parse_minor(one.spec.kubernetes_version) for one in models if one.spec.kubernetes_version]
    severities = {code: _severity(code, rule.default_severity, said) for code, rule in rules().items()}
    active = tuple(
        ActiveRule(rule, severities[code])
        for code, rule in rules().items()
        if rule.check is not None and severities[code] is not Severity.IGNORE
    )
    exempt = tuple(
        Exempt(frozenset(one.namespaces), tuple(one.rules), one.reason, one.until or "")
        for model in models
        for one in model.spec.exempt
    )
    chosen = minor or (max(versions) if versions else DEFAULT_MINOR)
    ordered = tuple(injections[name] for name in sorted(injections))
    digest = _digest([*(one.reference for one in ordered), *(model.model_dump_json() for model in models), str(chosen)])
    return Policy(chosen, active, ordered, exempt, digest, severities)


def _severity(code: str, default: Severity, said: Mapping[str, str]) -> Severity:
    """The longest prefix that fits the code decides; explicit beats default."""
    fitting = [prefix for prefix in said if code.startswith(prefix)]
    return Severity(said[max(fitting, key=len)].lower()) if fitting else default


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:12]
