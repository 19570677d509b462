"""The two kinds that people write, as pydantic models: field names are what stands in the YAML.

They are read once, when policies are loaded, and compiled into frozen values; the request path never sees them.
"""

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic.alias_generators import to_camel

from webhook.policy.policy import API_VERSION
from webhook.policy.selector import LabelSelector
from webhook.policy.selector import Requirement as Demand

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Raw core/v1 objects are checked by Kubernetes' own shape when the policy is compiled, not by a model.
RawObject = dict[str, Any]
Name = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", max_length=253),
]


class Model(BaseModel):
    """Refuses fields it does not know and values of another type; a null field is an absent one, as Kubernetes reads it."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, validate_by_name=False, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:  # raw JSON
        return {name: item for name, item in value.items() if item is not None} if isinstance(value, dict) else value


class Metadata(Model):
    """Name, labels and annotations; what a cluster adds to an object it keeps is tolerated."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, strict=True)

    name: Name


class Requirement(Model):
    """One line of `matchExpressions` (apimachinery `LabelSelectorRequirement`)."""

    key: str
    operator: Literal["In", "NotIn", "Exists", "DoesNotExist"]
    values: list[str] | None = None

    @model_validator(mode="after")
    def _values_fit_operator(self) -> Self:
        wants = self.operator in ("In", "NotIn")
        if wants and not self.values:
            raise ValueError(f"{self.operator} needs values")
        if not wants and self.values:
            raise ValueError(f"{self.operator} takes no values")
        return self


class Selector(Model):
    """A label selector; an empty one matches everything."""

    match_labels: dict[str, str] | None = None
    match_expressions: list[Requirement] | None = None


def compiled(selector: Selector | None) -> LabelSelector | None:
    """Give a selector as the decision uses it."""
    if selector is None:
        return None
    labels = (Demand(key, "In", frozenset((value,))) for key, value in (selector.match_labels or {}).items())
    lines = (Demand(one.key, one.operator, frozenset(one.values or ())) for one in selector.match_expressions or ())
    return LabelSelector((*labels, *lines))


class Match(Model):
    """Which Pods a policy is for; every part that is given must match."""

    namespace_selector: Selector | None = None
    pod_selector: Selector | None = None
    conditions: list[RawObject] = []

    @field_validator("conditions")
    @classmethod
    def _no_conditions_yet(cls, conditions: list[RawObject]) -> list[RawObject]:
        if conditions:
            raise ValueError("CEL conditions are not evaluated by this version; use the selectors, or leave it empty")
        return conditions


def _read_position(value: object) -> object:
    """Read `first`, `last`, `{before: name}` or `{after: name}` as a pair of anchor and name."""
    if value in ("first", "last"):
        return (value, "")
    if isinstance(value, dict) and len(value) == 1:
        [(anchor, name)] = value.items()
        if anchor in ("before", "after") and isinstance(name, str) and name:
            return (anchor, name)
        if anchor in ("before", "after"):
            raise ValueError(f"{anchor} takes the name of an init container, as text")
    given = value if isinstance(value, str) else " and ".join(map(str, value)) if isinstance(value, dict) else ""
    raise ValueError(f"say first, last, {{before: NAME}} or {{after: NAME}}{f', not {given[:40]}' if given else ''}")


Place = Annotated[tuple[str, str], BeforeValidator(_read_position)]


class Item(Model):
    """One thing to inject: a recipe with its parameters, or a container as core/v1 has it."""

    recipe: str | None = None
    with_: RawObject | None = Field(default=None, alias="with")
    container: RawObject | None = None
    name: str | None = None
    position: Place = ("last", "")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.recipe is None) == (self.container is None):
            raise ValueError("say either recipe or container")
        if self.container is not None and self.with_ is not None:
            raise ValueError("with goes with recipe; a container carries its own fields")
        if self.container is not None and self.name is not None:
            raise ValueError("the name of a container stands inside it")
        return self


class AppContainers(Model):
    """What every app container of the Pod gets."""

    volume_mounts: list[RawObject] = []
    env: list[RawObject] = []


class InjectionSpec(Model):
    """What is injected, where, and when."""

    match: Match = Match()
    request: Literal["Always", "Annotation"] = "Always"
    init_containers: list[Item] = []
    volumes: list[RawObject] = []
    app_containers: AppContainers = AppContainers()
    resources: Literal["Declared", "WithinPod"] = "Declared"
    on_conflict: Literal["Deny", "Skip", "Rename"] = "Deny"

    @field_validator("resources")
    @classmethod
    def _only_declared_yet(cls, resources: str) -> str:
        if resources != "Declared":
            raise ValueError("this version injects resources as they are declared; WithinPod is not there yet")
        return resources

    @model_validator(mode="after")
    def _something_to_inject(self) -> Self:
        app = self.app_containers
        if not (self.init_containers or self.volumes or app.volume_mounts or app.env):
            raise ValueError("nothing to inject: give initContainers, volumes or appContainers")
        return self


class InjectionPolicyModel(Model):
    """`kind: InjectionPolicy`, as a file or as a custom resource."""

    api_version: Literal["prologue.dev/v1alpha1"]
    kind: Literal["InjectionPolicy"]
    metadata: Metadata
    spec: InjectionSpec


class Exemption(Model):
    """Namespaces in which some rules are silent, why, and until when; only administrators write policies."""

    namespaces: list[str] = Field(min_length=1)
    rules: list[str] = Field(min_length=1)
    reason: str = Field(min_length=1)
    until: str = ""

    @field_validator("rules")
    @classmethod
    def _never_kubernetes_own(cls, rules: list[str]) -> list[str]:
        for rule in rules:
            if rule.startswith("IC1") or "IC1".startswith(rule):
                raise ValueError(f"{rule}: Kubernetes' own rules (IC1xx) cannot be exempted, the API server holds them")
        return rules

    @field_validator("until")
    @classmethod
    def _a_day(cls, until: str) -> str:
        # ISO 8601 has other spellings, 20270131 among them; days are compared as text, so there is only this one.
        if not _DAY.fullmatch(until):
            raise ValueError(f"{until!r} is no day; write it as 2027-01-31")
        try:
            dt.date.fromisoformat(until)
        except ValueError as error:
            raise ValueError(f"{until!r} is on no calendar; write a day as 2027-01-31") from error
        return until


class RuleSpec(Model):
    """Severities by code, family, prefix or tier, for everybody or where `match` says; exemptions.

    The keys of `rules` are codes (IC301), families and other prefixes (IC3, IC30), or tiers: `recommended` means the
    rules of that tier, `strict` those and its own. The longest prefix that fits a code wins, then the nearest tier; where
    several policies speak alike, the strictest. `IC1: Ignore` leaves Kubernetes' own rules to the API server.

    Pods choose their labels. So a policy with a podSelector only makes rules stricter than they are without it, unless
    `allowSelfSelection` lets whoever writes a Pod choose the milder rules too.
    """

    kubernetes_version: str | None = None
    match: Match = Match()
    allow_self_selection: bool = False
    rules: dict[str, Literal["Deny", "Warn", "Audit", "Ignore"]] = {}
    exempt: list[Exemption] = []

    @property
    def is_general(self) -> bool:
        """Whether it holds for everybody."""
        return self.match.namespace_selector is None and self.match.pod_selector is None


class RulePolicyModel(Model):
    """`kind: RulePolicy`."""

    api_version: Literal["prologue.dev/v1alpha1"]
    kind: Literal["RulePolicy"]
    metadata: Metadata
    spec: RuleSpec


AnyPolicy = InjectionPolicyModel | RulePolicyModel

MODELS: dict[str, type[AnyPolicy]] = {"InjectionPolicy": InjectionPolicyModel, "RulePolicy": RulePolicyModel}


def model_of(api_version: object, kind: object) -> type[AnyPolicy] | None:
    """Give the model of a kind, None where it is no policy of ours."""
    return MODELS.get(str(kind)) if api_version == API_VERSION else None
