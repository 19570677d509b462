"""What a label selector selects, on the raw dict (apimachinery `pkg/labels`: Requirement.Matches).

What is wrong with the spelling of one is in `label_faults`.
"""

from webhook.core.pod import Raw


def is_empty(selector: Raw) -> bool:
    """Say whether a selector demands nothing, so that it would select everything."""
    return not selector.get("matchLabels") and not selector.get("matchExpressions")


def selects(selector: Raw, labels: Raw) -> bool:
    """Say whether labels meet every demand of a selector without faults; no demand is met by all."""
    return all(
        key in labels and (labels[key] or "") == (value or "")
        for key, value in (selector.get("matchLabels") or {}).items()
    ) and all(_meets(one, labels) for one in selector.get("matchExpressions") or ())


def _meets(expression: Raw, labels: Raw) -> bool:
    key = expression["key"]
    match expression["operator"]:
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case operator:
            among = key in labels and (labels[key] or "") in [value or "" for value in expression["values"]]
            return among is (operator == "In")
