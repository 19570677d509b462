"""The second, plain port: is it alive, should it get reviews, what are its figures."""

from typing import Literal

from fastapi import FastAPI, Response
from pydantic import BaseModel

from webhook.web.metrics import CONTENT_TYPE
from webhook.web.state import State


class Check(BaseModel):
    """One thing that readiness looks at; a problem here need not make the service unready."""

    name: Literal["started", "draining", "policy", "certificate"]
    ok: bool
    detail: str = ""


class Readiness(BaseModel):
    """Whether reviews should come here, and what was looked at."""

    ready: bool
    policy: str
    checks: list[Check]


def operations_app(state: State) -> FastAPI:
    """Build the application of the operations port."""
    app = FastAPI(title="Prologue operations", docs_url=None, redoc_url=None, redirect_slashes=False)

    @app.get("/healthz", summary="The process answers")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="Reviews should come here", responses={503: {"model": Readiness}})
    async def readyz(response: Response) -> Readiness:
        answer = readiness(state)
        response.status_code = 200 if answer.ready else 503
        return answer

    @app.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    async def metrics() -> Response:
        return Response(state.metrics.text(), media_type=CONTENT_TYPE)

    return app


def readiness(state: State) -> Readiness:
    """Look at everything that matters; broken files are told but do not stop a service that has good ones in memory."""
    broken = "; ".join(state.store.problems)
    checks = [
        Check(name="started", ok=state.started),
        Check(name="draining", ok=not state.draining, detail="finishing what is in flight" if state.draining else ""),
        Check(name="policy", ok=not broken, detail=f"the last good policy serves: {broken}" if broken else ""),
        Check(name="certificate", ok=not state.certificate_problem, detail=state.certificate_problem),
    ]
    return Readiness(ready=state.ready, policy=state.store.current.digest, checks=checks)
