"""Label selectors match as Kubernetes' own do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import policy_from
from webhook.policy.selector import LabelSelector, Requirement

LABELS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"))
SELECTOR = """\
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {{name: a}}
spec:
  match: {{podSelector: {selector}}}
  initContainers: [{{container: {{name: a, image: b}}}}]
"""


@pytest.mark.parametrize(
    ("selector", "labels", "matches"),
    [
        pytest.param("{}", {}, True, id="an empty one matches everything"),
        pytest.param("{matchLabels: {}}", {"a": "x"}, True, id="no labels asked"),
        pytest.param("{matchLabels: {a: x}}", {"a": "x", "b": "w"}, True, id="the label is there"),
        pytest.param("{matchLabels: {a: x}}", {"a": "y"}, False, id="another value"),
        pytest.param("{matchLabels: {a: x}}", {}, False, id="the label is absent"),
        pytest.param("{matchLabels: {a: x, b: w}}", {"a": "x"}, False, id="one of two labels"),
        pytest.param("{matchLabels: {a: ''}}", {}, False, id="an empty value is not absence"),
        pytest.param("{matchExpressions: [{key: a, operator: In, values: [x, w]}]}", {"a": "w"}, True, id="In"),
        pytest.param("{matchExpressions: [{key: a, operator: In, values: [x]}]}", {}, False, id="In, absent"),
        pytest.param("{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}", {"a": "y"}, True, id="NotIn"),
        pytest.param("{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}", {}, True, id="NotIn, absent"),
        pytest.param(
            "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}", {"a": "x"}, False, id="NotIn, there"
        ),
        pytest.param("{matchExpressions: [{key: a, operator: Exists}]}", {"a": ""}, True, id="Exists"),
        pytest.param("{matchExpressions: [{key: a, operator: Exists, values: []}]}", {}, False, id="Exists, absent"),
        pytest.param("{matchExpressions: [{key: a, operator: DoesNotExist}]}", {}, True, id="DoesNotExist"),
        pytest.param(
            "{matchExpressions: [{key: a, operator: DoesNotExist}]}", {"a": ""}, False, id="DoesNotExist, there"
        ),
        pytest.param(
            "{matchLabels: {a: x}, matchExpressions: [{key: b, operator: Exists}]}", {"a": "x"}, False, id="both asked"
        ),
    ],
)
def test_a_selector_matches(selector, labels, matches):
    [injection] = policy_from(SELECTOR.format(selector=selector)).injections

    assert matches is injection.pod_selector.matches(labels)


@given(LABELS, st.sampled_from("abc"), st.sets(st.sampled_from("xyz"), min_size=1))
def test_not_in_is_the_opposite_of_in(labels, key, values):
    inside, outside = (Requirement(key, operator, frozenset(values)) for operator in ("In", "NotIn"))

    assert inside.matches(labels) is not outside.matches(labels)


@given(LABELS, st.sampled_from("abc"))
def test_does_not_exist_is_the_opposite_of_exists(labels, key):
    there, gone = (Requirement(key, operator, frozenset()) for operator in ("Exists", "DoesNotExist"))

    assert there.matches(labels) is not gone.matches(labels)


@given(LABELS)
def test_every_labels_match_themselves(labels):
    asked = LabelSelector(tuple(Requirement(key, "In", frozenset({value})) for key, value in labels.items()))

    assert asked.matches(labels)
    assert asked.keys == frozenset(labels)
