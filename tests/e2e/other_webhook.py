"""Somebody else's mutating webhook: a small HTTPS server in this process that changes Pods as one test wants."""

import base64
import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from certs.context import server_context
from certs.issue import Issued, issue_pair
from tests.e2e.place import Place
from tests.e2e.registration import ADMISSION, EFFECT_SECONDS, POLL_SECONDS
from tests.e2e.samples import pod

HOST = "127.0.0.1"
COLLECTION = f"{ADMISSION}/mutatingwebhookconfigurations"

Operations = list[dict[str, Any]]
Change = Callable[[dict[str, Any]], Operations]


@dataclass(slots=True)
class OtherWebhook:
    """Answers every review with what `change` makes of the Pod; remembers whom it was asked about."""

    change: Change
    asked: list[str] = field(default_factory=list)

    def answer(self, review: dict[str, Any]) -> dict[str, Any]:
        """Give the answer to one AdmissionReview."""
        request = review["request"]
        self.asked.append(request["name"])
        patch = base64.b64encode(json.dumps(self.change(request["object"])).encode()).decode()
        response = {"uid": request["uid"], "allowed": True, "patchType": "JSONPatch", "patch": patch}
        return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}


@contextmanager
def other_webhook(place: Place, name: str, change: Change) -> Iterator[OtherWebhook]:
    """Register one for the Pods of a namespace, wait until it is asked, and take it away in the end.

    Configurations are asked in the order of their names.
    """
    issued = issue_pair([HOST], now=dt.datetime.now(dt.UTC), days=1)
    webhook = OtherWebhook(change)
    with _serving(webhook, issued) as port:
        configuration = _configuration(name, place.namespace, port, issued.ca_pem)
        answer = place.server.request("POST", COLLECTION, configuration)
        assert answer.status == 201, answer.body
        try:
            _wait_until_asked(place, webhook)
            yield webhook
        finally:
            place.server.request("DELETE", f"{COLLECTION}/{name}")


@contextmanager
def _serving(webhook: OtherWebhook, issued: Issued) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.dumps(webhook.answer(json.loads(self.rfile.read(length)))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    context = server_context(issued.cert_pem, issued.key, where="the other webhook")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _configuration(name: str, namespace: str, port: int, ca_pem: bytes) -> dict[str, Any]:
    rule = {"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}
    webhook = {
        "name": "other.example.com",
        "admissionReviewVersions": ["v1"],
        "sideEffects": "None",
        "failurePolicy": "Fail",
        "timeoutSeconds": 5,
        "reinvocationPolicy": "IfNeeded",
        "clientConfig": {"url": f"https://{HOST}:{port}/", "caBundle": base64.b64encode(ca_pem).decode()},
        "rules": [rule],
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
    }
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "MutatingWebhookConfiguration",
        "metadata": {"name": name},
        "webhooks": [webhook],
    }


def _wait_until_asked(place: Place, webhook: OtherWebhook) -> None:
    deadline = time.monotonic() + EFFECT_SECONDS
    while not webhook.asked:
        assert time.monotonic() < deadline, "the API server does not ask the other webhook"
        time.sleep(POLL_SECONDS)
        answer = place.dry_run(pod(metadata={"name": "probe"}))
        assert answer.status == 201, answer.body
    webhook.asked.clear()
