"""The admission application called as a server calls it, without sockets."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from tests.builders import policy_from
from webhook.policy.store import PolicyStore
from webhook.web.app import admission_app
from webhook.web.metrics import Metrics
from webhook.web.state import State

JSON = (b"content-type", b"application/json")
Header = tuple[bytes, bytes]


def state(policy: str = "", **fields: Any) -> State:
    """The state of a service with the policies of some YAML."""
    store = PolicyStore([])
    if policy:
        store.current = policy_from(policy)
    return State(store, Metrics(), **fields)


class Caller:
    """Calls the application of a state again and again in one event loop, until it is closed."""

    def __init__(self, held: State) -> None:
        self.state = held
        self.app = admission_app(held)
        self.runner = asyncio.Runner()

    def close(self) -> None:
        """End the event loop."""
        self.runner.close()

    def post(
        self, *chunks: bytes, path: str = "/mutate", method: str = "POST", headers: Iterable[Header] = (JSON,)
    ) -> "Told":
        """Send a request whose body comes in these chunks; after them the caller waits for its answer."""
        return self.runner.run(self._post(chunks, path, method, list(headers)))

    async def _post(self, chunks: tuple[bytes, ...], path: str, method: str, headers: list[Header]) -> "Told":
        coming = [
            {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
            for number, chunk in enumerate(chunks, 1)
        ]
        sent: list[Any] = []

        async def receive() -> Any:
            return coming.pop(0) if coming else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"timeout=3s",
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "state": {},
        }
        await self.app(scope, receive, send)
        return Told(sent)


class Told:
    """The messages of one answer; no messages where nobody was answered."""

    def __init__(self, messages: list[Any]) -> None:
        self.messages = messages
        self.status = messages[0]["status"] if messages else None
        self.headers = dict(messages[0]["headers"]) if messages else {}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def response(self) -> Any:
        """The `response` of the AdmissionReview."""
        return json.loads(self.body)["response"]
