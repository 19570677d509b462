"""The application of the HTTPS port: the admission routes inside FastAPI, everything else a plain 404."""

from fastapi import FastAPI
from starlette.routing import Route

from webhook.web.admission import AdmissionRoute
from webhook.web.state import State


def admission_app(state: State) -> FastAPI:
    """Build the application of the admission port.

    No redirects, ever: the API server follows them (CVE-2020-8561), trailing slashes included. The routes take bytes
    and give bytes, outside FastAPI's validation of bodies.
    """
    app = FastAPI(title="Prologue", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    for name, mutating in (("mutate", True), ("validate", False)):
        app.router.routes.append(Route(f"/{name}", AdmissionRoute(state, mutating=mutating), name=name))
    return app
