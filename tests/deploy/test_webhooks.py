"""Which requests the API server brings to the service, and what becomes of them when it does not answer."""

import pytest

from tests.deploy.manifests import WEBHOOK_KINDS, resource, webhook
from webhook.core.workload import WORKLOADS
from webhook.policy.store import PolicyStore
from webhook.web.app import admission_app
from webhook.web.metrics import Metrics
from webhook.web.state import State

MUTATING, VALIDATING = WEBHOOK_KINDS
both = pytest.mark.parametrize("kind", WEBHOOK_KINDS)


def plural(api_version: str, kind: str) -> tuple[str, str]:
    """Every kind that has a pod template forms its plural with an s."""
    return api_version.rpartition("/")[0], f"{kind.lower()}s"


def named(kind: str) -> list[tuple[str, str]]:
    rules = webhook(kind)["rules"]
    return [(group, name) for rule in rules for group in rule["apiGroups"] for name in rule["resources"]]


@both
def test_the_rules_name_exactly_the_kinds_that_have_a_pod(kind):
    found = named(kind)

    assert sorted(found) == sorted(plural(*key) for key in WORKLOADS)


@both
def test_no_rule_has_a_wildcard_or_a_subresource(kind):
    rules = webhook(kind)["rules"]

    words = {word for rule in rules for field in ("apiGroups", "apiVersions", "resources") for word in rule[field]}

    assert not any("*" in word or "/" in word for word in words)
    assert {rule["scope"] for rule in rules} == {"Namespaced"}
    assert all(rule["apiVersions"] == ["v1"] for rule in rules)


def test_what_is_injected_is_asked_for_at_creation_only():
    rules = webhook(MUTATING)["rules"]

    assert all(rule["operations"] == ["CREATE"] for rule in rules)


def test_updates_are_judged_of_templates_and_never_of_pods():
    operations = {name: rule["operations"] for rule in webhook(VALIDATING)["rules"] for name in rule["resources"]}

    assert operations.pop("pods") == ["CREATE"]
    assert all(listed == ["CREATE", "UPDATE"] for listed in operations.values())


def test_the_paths_are_routes_of_the_service():
    app = admission_app(State(PolicyStore([]), Metrics()))
    routes = {route.path for route in app.routes}

    paths = {kind: webhook(kind)["clientConfig"]["service"]["path"] for kind in WEBHOOK_KINDS}

    assert paths == {MUTATING: "/mutate", VALIDATING: "/validate"}
    assert set(paths.values()) <= routes


@both
def test_the_calls_go_to_the_service_of_the_base(kind):
    service = resource("Service")

    called = webhook(kind)["clientConfig"]["service"]

    assert (called["name"], called["namespace"]) == (service["metadata"]["name"], service["metadata"]["namespace"])
    assert called["port"] in [port["port"] for port in service["spec"]["ports"]]


@both
def test_the_own_namespace_and_those_of_the_system_are_left_alone(kind):
    first, second = webhook(kind)["namespaceSelector"]["matchExpressions"]

    assert (first["key"], first["operator"]) == ("kubernetes.io/metadata.name", "NotIn")
    assert {resource("Namespace")["metadata"]["name"], "kube-system", "kube-node-lease"} <= set(first["values"])
    assert second == {"key": "prologue.dev/admission", "operator": "NotIn", "values": ["disabled"]}


@both
def test_a_service_that_is_away_stops_nobody_and_holds_nobody_up(kind):
    found = webhook(kind)

    assert found["failurePolicy"] == "Ignore"
    assert found["timeoutSeconds"] == 3
    assert found["sideEffects"] == "None"
    assert found["admissionReviewVersions"] == ["v1"]
    assert found["matchPolicy"] == "Equivalent"
    assert found["name"].endswith(".prologue.dev")


def test_a_later_injection_of_others_brings_the_pod_back_to_us():
    assert webhook(MUTATING)["reinvocationPolicy"] == "IfNeeded"


@both
def test_applying_the_base_again_leaves_the_authority_of_an_overlay(kind):
    assert "caBundle" not in webhook(kind)["clientConfig"]
