import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic110_malformed_restart_rule import check

GOOD = {"action": "Restart", "exitCodes": {"operator": "In", "values": [42]}}
INIT, APP = "spec.initContainers[0]", "spec.containers[0]"


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("rule", "errors"),
    [
        pytest.param(GOOD, [], id="good"),
        pytest.param({**GOOD, "action": "RestartAllContainers"}, [], id="all containers"),
        pytest.param({**GOOD, "action": "restart"}, [("NotSupported", "action")], id="action in lower case"),
        pytest.param({"action": "Restart"}, [("Required", "exitCodes")], id="no exit codes"),
        pytest.param(
            {"action": "Restart", "exitCodes": {}}, [("NotSupported", "exitCodes.operator")], id="no operator"
        ),
        pytest.param({**GOOD, "exitCodes": {"operator": "NotIn", "values": [-1, 1, 1]}}, [], id="any values go"),
        pytest.param(
            {**GOOD, "exitCodes": {"operator": "In", "values": [1] * 256}},
            [("TooMany", "exitCodes.values")],
            id="256 values",
        ),
        pytest.param(None, [("NotSupported", "action"), ("Required", "exitCodes")], id="null"),
    ],
)
def test_what_is_wrong_within_a_rule_is_found_one_by_one(rule, errors):
    manifest = pod(container(restartPolicy="Never", restartPolicyRules=[rule]))

    errors = [(type_, f"{APP}.restartPolicyRules[0].{field}") for type_, field in errors]

    assert errors == found(manifest)


def test_rules_need_a_policy_and_of_an_init_container_nothing_more_is_said():
    rules = [{"action": "x"}]
    manifest = pod(container(restartPolicyRules=rules), init=[container("migrate", restartPolicyRules=rules)])

    assert [
        ("Required", f"{APP}.restartPolicy"),
        ("NotSupported", f"{APP}.restartPolicyRules[0].action"),
        ("Required", f"{APP}.restartPolicyRules[0].exitCodes"),
        ("Required", f"{INIT}.restartPolicy"),
    ] == found(manifest)


@pytest.mark.parametrize(
    ("minor", "type_"), [pytest.param(35, "TooLong", id="1.35"), pytest.param(36, "TooMany", id="1.36")]
)
def test_more_than_20_rules_or_255_exit_codes_are_too_many(minor, type_):
    codes = {"action": "Restart", "exitCodes": {"operator": "In", "values": [1] * 256}}
    manifest = pod(container(restartPolicy="Never", restartPolicyRules=[GOOD] * 20 + [codes]))

    assert [
        (type_, f"{APP}.restartPolicyRules"),
        (type_, f"{APP}.restartPolicyRules[20].exitCodes.values"),
    ] == found(manifest, minor)


@pytest.mark.parametrize(
    ("minor", "errors"),
    [
        pytest.param(33, [], id="1.33 knows no rules"),
        pytest.param(34, [], id="1.34 removes them"),
        pytest.param(35, [("Forbidden", f"{INIT}.restartPolicyRules")], id="1.35 takes none on sidecars"),
        pytest.param(36, [("NotSupported", f"{INIT}.restartPolicyRules[0].action")], id="1.36 reads them"),
    ],
)
def test_rules_of_a_sidecar_are_taken_since_1_36(minor, errors):
    manifest = pod(init=[sidecar(restartPolicyRules=[{**GOOD, "action": "Stop"}])])

    assert errors == found(manifest, minor)


def test_restarting_all_containers_is_an_action_since_1_36():
    rule = {**GOOD, "action": "RestartAllContainers"}
    manifest = pod(container(restartPolicy="Never", restartPolicyRules=[rule]))

    assert [("NotSupported", f"{APP}.restartPolicyRules[0].action")] == found(manifest, 35)
    assert [] == found(manifest, 36)


def test_ephemeral_containers_are_left_to_another_rule():
    manifest = pod(ephemeralContainers=[container("debug", restartPolicyRules=[{}])])

    assert [] == found(manifest)
