"""One namespace, as somebody with kubectl sees it."""

import json
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.cluster.api_server import Answer, ApiServer, collection_path

MANIFESTS = Path(__file__).with_name("manifests")

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A namespace of one test."""

    server: ApiServer
    namespace: str

    def kubectl(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run kubectl in this namespace."""
        return self.server.kubectl("--namespace", self.namespace, *arguments, stdin=stdin)

    def apply(self, manifest: str | Manifest, *flags: str) -> subprocess.CompletedProcess[str]:
        """Apply a manifest by the name of its file, or one made in the test."""
        if isinstance(manifest, str):
            return self.kubectl("apply", "--filename", str(MANIFESTS / manifest), *flags)
        return self.kubectl("apply", "--filename", "-", *flags, stdin=json.dumps(manifest))

    def pod(self, name: str) -> Manifest:
        """Read a Pod back."""
        return self.read({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}})

    def read(self, manifest: Manifest) -> Manifest:
        """Read back what the server keeps under the kind and name of a manifest."""
        path = f"{collection_path(manifest, self.namespace)}/{manifest['metadata']['name']}"
        answer = self.server.request("GET", path)
        assert answer.status == 200, answer.body
        found: Manifest = answer.body
        return found

    def pods(self) -> dict[str, Manifest]:
        """Read all Pods back, by name."""
        answer = self.server.request("GET", f"/api/v1/namespaces/{self.namespace}/pods")
        assert answer.status == 200, answer.body
        head = {"apiVersion": "v1", "kind": "Pod"}
        return {item["metadata"]["name"]: {**head, **item} for item in answer.body["items"]}

    def create(self, manifest: Manifest) -> Manifest:
        """Create an object without kubectl, so without what kubectl notes on it, and give what the server made of it."""
        answer = self.server.request("POST", collection_path(manifest, self.namespace), manifest)
        assert answer.status == 201, answer.body
        made: Manifest = answer.body
        return made

    def dry_run(self, manifest: Manifest) -> Answer:
        """Have an object judged, keeping nothing."""
        return self.server.dry_run(manifest, namespace=self.namespace)


def label_namespace(place: Place, labels: dict[str, str]) -> None:
    """Give labels to a namespace that is there."""
    path = f"/api/v1/namespaces/{place.namespace}"
    patch = {"metadata": {"labels": labels}}
    answer = place.server.request("PATCH", path, patch, content_type="application/merge-patch+json")
    assert answer.status == 200, answer.body


def new_place(server: ApiServer, labels: dict[str, str]) -> Place:
    """Make a namespace that no other test uses."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    make_namespace(server, name, labels)
    return Place(server, name)


def make_namespace(server: ApiServer, name: str, labels: dict[str, str]) -> None:
    """Make a namespace with labels."""
    body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
    answer = server.request("POST", "/api/v1/namespaces", body)
    assert answer.status == 201, answer.body


def manifest_in(file: str) -> Manifest:
    """Give the one manifest of a file."""
    manifest: Manifest = yaml.safe_load((MANIFESTS / file).read_text())
    return manifest
