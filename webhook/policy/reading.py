"""Policy documents → what they say, as frozen values; every fault of every document is found before anything is refused.

Imported only where there are documents: building the models takes time, and `prologue check` mostly has none.
"""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping

from pydantic import ValidationError

from webhook.core.errors import MisuseError, PolicyError
from webhook.core.field_path import FieldPath
from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.core.rule import Tier
from webhook.core.version import parse_minor
from webhook.manifest.document import Document
from webhook.policy.catalogue import rules
from webhook.policy.injection import compile_injection
from webhook.policy.models import MODELS, AnyPolicy, RulePolicyModel, RuleSpec, compiled, model_of
from webhook.policy.policy import API_VERSION, Exempt, Injection, RuleChoice, RuleMatch, Said
from webhook.policy.problem import did_you_mean, field_names, problem, validation_problems

_ROOT = FieldPath()
_KIND = FieldPath(("kind",))
_NAME = FieldPath(("metadata", "name"))
_VERSION = FieldPath(("spec", "kubernetesVersion"))
_SELF = FieldPath(("spec", "allowSelfSelection"))
_RULES = FieldPath(("spec", "rules"))
_EXEMPT = FieldPath(("spec", "exempt"))


def read_policies(documents: Iterable[Document]) -> Said:
    """Read every document.

    Raises:
        PolicyError: some document is no policy, or not a right one; it lists all that was found.
    """
    problems: list[str] = []
    digests: dict[tuple[str, str], str] = {}
    choices: dict[str, RuleChoice] = {}
    injections: dict[str, Injection] = {}
    for document in documents:
        model = _model(document, problems)
        if model is None:
            continue
        name = model.metadata.name
        if (model.kind, name) in digests:
            problems.append(problem(document, _NAME, f"another {model.kind} is called {name!r}; names are unique"))
        digests[model.kind, name] = hashlib.sha256(model.model_dump_json().encode()).hexdigest()
        if isinstance(model, RulePolicyModel):
            problems += _rule_problems(document, model, choices)
            choices[name] = _choice(model)
        elif (injection := compile_injection(document, model, problems)) is not None:
            injections[name] = injection
    if problems:
        raise PolicyError(problems)
    ordered = tuple(injections[name] for name in sorted(injections))
    return Said(tuple(choices.values()), ordered, tuple(sorted(digests.values())))


def _model(document: Document, problems: list[str]) -> AnyPolicy | None:
    value = document.value
    if not isinstance(value, dict):
        problems.append(problem(document, _ROOT, "a policy is a mapping with apiVersion, kind, metadata and spec"))
        return None
    model = model_of(value.get("apiVersion"), value.get("kind"))
    if model is None:
        problems.append(problem(document, _KIND, _no_policy(value)))
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems += validation_problems(document, error, _ROOT, functools.partial(field_names, model))
        return None


def _no_policy(value: Raw) -> str:
    kind = str(value.get("kind"))[:60]
    given = f"{str(value.get('apiVersion'))[:60]} {kind} is no policy"
    return f"{given}; expected {API_VERSION} {' or '.join(MODELS)}{did_you_mean(kind, MODELS)}"


def _rule_problems(document: Document, model: RulePolicyModel, before: Mapping[str, RuleChoice]) -> Iterator[str]:
    """Find versions and codes that nobody knows, and severities that contradict another RulePolicy."""
    spec = model.spec
    if spec.kubernetes_version is not None:
        try:
            parse_minor(spec.kubernetes_version)
        except MisuseError as error:
            yield problem(document, _VERSION, str(error))
    for prefix in spec.rules:
        if fault := _word_fault(prefix):
            yield problem(document, _RULES.child(prefix), fault)
    yield from _exempt_faults(document, spec)
    if spec.is_general:
        yield from _contradictions(document, spec.rules, before)
    yield from _misplaced(document, spec)


def _exempt_faults(document: Document, spec: RuleSpec) -> Iterator[str]:
    for index, exempt in enumerate(spec.exempt):
        for number, prefix in enumerate(exempt.rules):
            if not _is_code(prefix):
                path = _EXEMPT.index(index).child("rules").index(number)
                yield problem(document, path, _unknown_code(prefix))


def _word_fault(word: str) -> str:
    """Say what is wrong with a key of `rules`; nothing where it is a tier, a code or a prefix."""
    if word == Tier.DEFAULT:
        return "the rules of the default tier speak by themselves; name codes or families to change what they lead to"
    return "" if word in list(Tier) or _is_code(word) else _unknown_code(word)


def _misplaced(document: Document, spec: RuleSpec) -> Iterator[str]:
    """Find what belongs into a RulePolicy that holds for everybody, or only into one that Pods choose themselves."""
    selector = spec.match.pod_selector
    if spec.allow_self_selection and selector is None:
        yield problem(
            document, _SELF, "goes with a podSelector: only by their labels do Pods choose a policy themselves"
        )
    if spec.is_general:
        return
    if spec.kubernetes_version is not None:
        yield problem(document, _VERSION, "goes into a RulePolicy without match: all Pods are judged for one version")
    if spec.exempt:
        yield problem(document, _EXEMPT, "goes into a RulePolicy without match: exemptions name their own namespaces")


def _contradictions(document: Document, said: Mapping[str, str], before: Mapping[str, RuleChoice]) -> Iterator[str]:
    """Find what two RulePolicies for everybody say differently: neither is nearer, so nobody could tell which was meant."""
    general = {name: other for name, other in before.items() if other.match is None}
    for prefix, severity in said.items():
        for name, other in general.items():
            theirs = other.severities.get(prefix)
            if theirs is not None and theirs != severity.lower():
                message = f"RulePolicy {name!r} says {theirs.capitalize()}; say it once"
                yield problem(document, _RULES.child(prefix), message)


def _is_code(prefix: str) -> bool:
    return prefix != "" and any(code.startswith(prefix) for code in rules())


def _unknown_code(prefix: str) -> str:
    near = prefix.upper() if _is_code(prefix.upper()) else ""
    hint = f"did you mean {near}?" if near else "`prologue rules` lists them"
    return f"no rule has the code or prefix {prefix!r}; {hint}"


def _choice(model: RulePolicyModel) -> RuleChoice:
    spec, name = model.spec, model.metadata.name
    try:
        minor = parse_minor(spec.kubernetes_version) if spec.kubernetes_version else None
    except MisuseError:
        minor = None  # told as a problem already
    return RuleChoice(
        name=name,
        minor=minor,
        severities={prefix: Severity(severity.lower()) for prefix, severity in spec.rules.items()},
        exemptions=tuple(
            Exempt(frozenset(one.namespaces), tuple(one.rules), one.reason, one.until, name) for one in spec.exempt
        ),
        match=_match(spec),
    )


def _match(spec: RuleSpec) -> RuleMatch | None:
    if spec.is_general:
        return None
    pod_selector = compiled(spec.match.pod_selector)
    # An empty selector takes every Pod, so that none chooses.
    chosen_by_pods = pod_selector is not None and bool(pod_selector.requirements)
    return RuleMatch(
        namespace_selector=compiled(spec.match.namespace_selector),
        pod_selector=pod_selector,
        only_raises=chosen_by_pods and not spec.allow_self_selection,
    )
