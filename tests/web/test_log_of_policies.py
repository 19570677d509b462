"""What a log line says of policies, where there is something to say."""

from tests.builders import envelope, pod
from tests.web.asgi import state

CURIOUS = pod(metadata={"annotations": {"prologue.dev/inject": "nobody"}})
POLICY = """
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {{name: production}}
spec: {spec}
"""


def line_of(call, log_lines, spec, **request):
    call(state(POLICY.format(spec=spec))).post(envelope(CURIOUS, **request))
    [line] = [line for line in log_lines() if line["event"] == "review"]
    return line


def test_codes_at_audit_stand_among_the_others(call, log_lines):
    line = line_of(call, log_lines, "{rules: {IC402: Audit}}")

    assert ("allowed", ["IC402"]) == (line["outcome"], line["codes"])
    assert not {"exempted", "unasked"} & set(line)


def test_what_an_exemption_silences_stands_apart(call, log_lines):
    line = line_of(call, log_lines, "{exempt: [{namespaces: [shop], rules: [IC4], reason: moving out}]}")

    assert ("allowed", [], ["IC402"]) == (line["outcome"], line["codes"], line["exempted"])


def test_policies_that_could_not_be_asked_are_named(call, log_lines):
    spec = "{match: {namespaceSelector: {matchLabels: {env: production}}}, rules: {IC402: Deny}}"

    line = line_of(call, log_lines, spec, namespace="shop\n" + "x" * 9999)

    assert ("warned", ["production"]) == (line["outcome"], line["unasked"])
