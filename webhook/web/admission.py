"""The two admission routes: bytes in, bytes out; one object with one method, so that the hot path is easy to see."""

import asyncio
import time
from typing import Any

from webhook.admission.decide import decide
from webhook.admission.decision import Decision
from webhook.admission.respond import respond
from webhook.admission.review import Review, read_review
from webhook.core.errors import ReviewError
from webhook.web.body import ClientGoneError, Receive, read_body
from webhook.web.log import Logger, frames, logger, short
from webhook.web.reply import Send, reply, reply_text
from webhook.web.state import State

# Larger reviews are decided in a thread: 1 MiB takes about 30 ms, in which others would wait.
_INLINE_MAX_BYTES = 256 * 1024
_FAULT = 500


class AdmissionRoute:
    """`POST /mutate` or `POST /validate` as an ASGI application.

    A request that is no review gets the HTTP status that says so, our own fault a 500, too much at once a 503 with
    Retry-After: in all three the API server applies the webhook's failurePolicy.
    """

    def __init__(self, state: State, *, mutating: bool) -> None:
        self._state = state
        self._mutating = mutating
        self._name = "mutate" if mutating else "validate"
        self._log: Logger = logger().bind(route=self._name)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request."""
        state = self._state
        if state.in_flight >= state.max_in_flight:
            await self._refuse(send, ReviewError(503, "too many reviews at once; try again"))
            return
        state.in_flight += 1
        try:
            body = await self._read(scope, receive)
            answer = await self._decide(body)
            await reply(send, 200, answer, close=state.draining)
        except ReviewError as error:
            await self._refuse(send, error)
        except ClientGoneError:
            state.metrics.refused(499)
        finally:
            state.in_flight -= 1

    async def _read(self, scope: Any, receive: Receive) -> bytes:
        if scope["method"] != "POST":
            raise ReviewError(405, f"/{self._name} takes POST of an AdmissionReview")
        headers = dict(scope["headers"])
        media = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if media != b"application/json":
            given = media.decode("latin-1")[:60]
            raise ReviewError(415, f"expected Content-Type application/json, not {given!r}")
        return await read_body(receive, headers)

    async def _decide(self, body: bytes) -> bytes:
        if len(body) <= _INLINE_MAX_BYTES:
            return self._answer(body)
        return await asyncio.to_thread(self._answer, body)

    def _answer(self, body: bytes) -> bytes:
        started = time.perf_counter()
        review = read_review(body, mutating=self._mutating)
        state = self._state
        try:
            decision = decide(review, state.store.current, state.facts)
            answer = respond(decision, review)
        except Exception as error:
            # Whatever goes wrong here is our fault: the operator's failurePolicy decides, never a denial.
            self._tell_fault(review, error)
            raise ReviewError(_FAULT, f"internal error while reviewing {short(review.uid)}; see the log") from error
        seconds = time.perf_counter() - started
        state.metrics.reviewed(self._name, decision, seconds)
        self._tell(review, decision, seconds)
        return answer

    def _tell(self, review: Review, decision: Decision, seconds: float) -> None:
        self._log.info(
            "review",
            uid=short(review.uid),
            operation=short(review.operation),
            kind=short(review.kind),
            namespace=short(review.namespace),
            name=short(review.name),
            dry_run=review.dry_run,
            outcome=decision.outcome,
            codes=sorted({finding.code for finding in decision.findings}),
            injected=[one.reference for one in decision.injected],
            skipped=[one.policy for one in decision.skipped],
            ms=round(seconds * 1000, 3),
            **_rarely(decision),
        )

    def _tell_fault(self, review: Review, error: Exception) -> None:
        self._log.error(
            "fault",
            uid=short(review.uid),
            kind=short(review.kind),
            namespace=short(review.namespace),
            error=type(error).__name__,
            frames=frames(error),
        )

    async def _refuse(self, send: Send, error: ReviewError) -> None:
        self._state.metrics.refused(error.status)
        if error.status != _FAULT:
            self._log.warning("refused", status=error.status, reason=str(error))
        extra = {405: (b"allow", b"POST"), 503: (b"retry-after", b"1")}.get(error.status)
        # What is left of a body that was not read would be taken for the next request.
        close = self._state.draining or error.status in (408, 413, 415, 503)
        await reply_text(send, error.status, f"prologue: {error}\n", extra=extra, close=close)


def _rarely(decision: Decision) -> dict[str, list[str]]:
    """Give what only some lines have: codes that are exempt, RulePolicies left out as the namespace's labels are unknown."""
    told = {
        "exempted": sorted({finding.code for finding in decision.exempted}),
        "unasked": [one.policy for one in decision.unasked],
    }
    return {name: texts for name, texts in told.items() if texts}
