"""The application of the HTTPS port: the admission routes inside FastAPI, everything else a plain 404."""

from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from webhook.web.admission import AdmissionRoute
from webhook.web.state import State


class AdmissionApp(FastAPI):
    """FastAPI, but reviews go straight to their route, past the middleware and the search for a route.

    These take as long as reading a review does, and nothing of theirs is of use here: a route answers its own faults.
    """

    straight: dict[str, AdmissionRoute]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request; `scope`, `receive` and `send` are ASGI's."""
        route = self.straight.get(scope["path"]) if scope["type"] == "http" else None
        await (super().__call__ if route is None else route)(scope, receive, send)


def admission_app(state: State) -> FastAPI:
    """Build the application of the admission port.

    No redirects, ever: the API server follows them (CVE-2020-8561), trailing slashes included. The routes take bytes
    and give bytes, outside FastAPI's validation of bodies.
    """
    app = AdmissionApp(title="Prologue", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.straight = {}
    for name, mutating in (("mutate", True), ("validate", False)):
        route = AdmissionRoute(state, mutating=mutating)
        app.router.routes.append(Route(f"/{name}", route, name=name))
        app.straight[f"/{name}"] = route
    return app
