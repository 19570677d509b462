"""An AdmissionReview as it arrives, read once; what is no such thing is refused with the HTTP status that says so."""

from typing import Any, NamedTuple

import orjson

from webhook.admission.depth import MAX_DEPTH, is_too_deep
from webhook.core.errors import ReviewError
from webhook.core.pod import Raw

API_VERSION = "admission.k8s.io/v1"
KIND = "AdmissionReview"


class Review(NamedTuple):
    """What the API server asks: one request about one object (k8s.io/api admission/v1 `AdmissionRequest`).

    `mutating` says that we may answer with a patch. `object` is None on DELETE.
    """

    uid: str
    operation: str
    api_version: str
    kind: str
    namespace: str = ""
    name: str = ""
    subresource: str = ""
    object: Raw | None = None
    old_object: Raw | None = None
    dry_run: bool = False
    mutating: bool = True


def read_review(body: bytes, *, mutating: bool) -> Review:
    """Read the body of a request.

    Raises:
        ReviewError: the body is no JSON, too deep, or no AdmissionReview of version v1 with a request in it.
    """
    try:
        envelope = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ReviewError(400, f"the body is not JSON: {error}") from error
    if is_too_deep(envelope):
        raise ReviewError(400, f"the body is nested more than {MAX_DEPTH} levels deep")
    if not isinstance(envelope, dict) or envelope.get("kind") != KIND:
        raise ReviewError(400, f"the body is no {KIND}")
    if envelope.get("apiVersion") != API_VERSION:
        given = str(envelope.get("apiVersion"))[:60]
        raise ReviewError(400, f"expected apiVersion {API_VERSION}, not {given!r}; say admissionReviewVersions: [v1]")
    request = envelope.get("request")
    if not isinstance(request, dict):
        raise ReviewError(400, "the AdmissionReview has no request")
    return _read_request(request, mutating=mutating)


def _read_request(request: Raw, *, mutating: bool) -> Review:
    kind = _object(request, "kind") or {}
    it = _object(request, "object")
    group, version = _text(kind, "group"), _text(kind, "version")
    api_version = f"{group}/{version}" if group else version
    if not api_version and it is not None:
        api_version = _text(it, "apiVersion")
    uid = _text(request, "uid")
    if not uid:
        raise ReviewError(400, "request.uid is missing; the answer must repeat it")
    return Review(
        uid=uid,
        operation=_text(request, "operation"),
        api_version=api_version,
        kind=_text(kind, "kind") or (_text(it, "kind") if it is not None else ""),
        namespace=_text(request, "namespace"),
        name=_text(request, "name"),
        subresource=_text(request, "subResource"),
        object=it,
        old_object=_object(request, "oldObject"),
        dry_run=request.get("dryRun") is True,
        mutating=mutating,
    )


def _object(holder: Raw, field: str) -> Raw | None:
    value = holder.get(field)
    if value is not None and not isinstance(value, dict):
        raise ReviewError(400, f"request.{field} must be an object")
    return value


def _text(holder: dict[str, Any], field: str) -> str:
    value = holder.get(field)
    if value is not None and not isinstance(value, str):
        raise ReviewError(400, f"{field} must be text")
    return value or ""
