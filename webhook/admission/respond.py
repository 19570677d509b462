"""A decision → the AdmissionReview that answers it, as bytes.

The vocabulary is four words: untouched, allowed, patched, denied. Our own faults are not among them: they are HTTP
errors, so that the operator's failurePolicy decides.
"""

import base64

import orjson

from webhook.admission.decision import Decision
from webhook.admission.review import API_VERSION, KIND, Review
from webhook.admission.telling import audit_annotations, one_line, warnings
from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Raw

# kubectl prints every cause on a line of its own; a flood helps nobody and would cost the API server memory.
MAX_CAUSES = 100
_CAUSE_MAX_LENGTH = 400

# `status.details.causes[].reason` for each field error type (apimachinery field.ErrorType).
_REASONS = {
    ErrorType.REQUIRED: "FieldValueRequired",
    ErrorType.INVALID: "FieldValueInvalid",
    ErrorType.FORBIDDEN: "FieldValueForbidden",
    ErrorType.DUPLICATE: "FieldValueDuplicate",
    ErrorType.NOT_SUPPORTED: "FieldValueNotSupported",
    ErrorType.NOT_FOUND: "FieldValueNotFound",
    ErrorType.TOO_LONG: "FieldValueTooLong",
    ErrorType.TOO_MANY: "FieldValueTooMany",
    ErrorType.TYPE_INVALID: "FieldValueTypeInvalid",
}


def respond(decision: Decision, review: Review) -> bytes:
    """Give the body of the answer; a validating answer never carries a patch."""
    response: Raw = {"uid": review.uid, "allowed": decision.allowed}
    if not response["allowed"]:
        response["status"] = _status(decision, review)
    elif decision.operations and review.mutating:
        response["patchType"] = "JSONPatch"
        response["patch"] = base64.b64encode(orjson.dumps(decision.operations)).decode()
    if decision.findings or decision.exempted or decision.injected or decision.skipped:
        told = warnings(decision, review.kind)
        if told:
            response["warnings"] = told
        notes = audit_annotations(decision)
        if notes:
            response["auditAnnotations"] = notes
    return orjson.dumps({"apiVersion": API_VERSION, "kind": KIND, "response": response})


def _status(decision: Decision, review: Review) -> Raw:
    denied = [finding for finding in decision.findings if finding.severity is Severity.DENY]
    name = review.name or _object_name(review)
    causes = [_cause(finding) for finding in denied[:MAX_CAUSES]]
    rest = len(denied) - len(causes)
    if rest:
        causes.append({"field": "", "message": f"and {rest} more faults; prologue check shows all"})
    what = "; ".join(f"{cause['field']}: {cause['message']}" for cause in causes[:5])
    return {
        "code": 422,
        "reason": "Invalid",
        "message": one_line(f'{review.kind} "{name}" is invalid: {what}', 2000),
        "details": {
            "name": name,
            "group": review.api_version.rpartition("/")[0],
            "kind": review.kind,
            "causes": causes,
        },
    }


def _cause(finding: Finding) -> Raw:
    cause = {
        "field": one_line(finding.path, _CAUSE_MAX_LENGTH),
        "message": one_line(f"{finding.code} {finding.type}: {finding.message}", _CAUSE_MAX_LENGTH),
    }
    reason = _REASONS.get(finding.type)
    return {"reason": reason, **cause} if reason else cause


def _object_name(review: Review) -> str:
    metadata = (review.object or {}).get("metadata")
    name = (metadata.get("name") or metadata.get("generateName")) if isinstance(metadata, dict) else ""
    return name if isinstance(name, str) else ""
