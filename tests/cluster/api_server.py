"""How a test talks to its API server: kubectl, and plain HTTPS for what kubectl hides."""

import http.client
import json
import os
import ssl
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# One answer of a server on this machine never takes longer, unless it hangs.
ANSWER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API server answered: the HTTP status and the object, which for a refusal is a Status."""

    status: int
    body: Any  # JSON as it came, or text where it is none
    warnings: tuple[str, ...] = ()

    @property
    def causes(self) -> list[tuple[str, str]]:
        """The refusal's causes as (type, path), the type without its prefix: `("Forbidden", "spec.containers[0].name")`."""
        details = (isinstance(self.body, dict) and self.body.get("details")) or {}
        return [
            (cause["reason"].removeprefix("FieldValue"), cause.get("field", "")) for cause in details.get("causes", [])
        ]


@dataclass(frozen=True, slots=True)
class ApiServer:
    """A running kube-apiserver on the loopback address, spoken to as its administrator."""

    port: int
    version: str  # of Kubernetes, such as 1.36.3
    folder: Path  # kubeconfig, tls.crt, the logs; gone when the server is
    kubectl_program: Path
    token: str = field(repr=False)

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def kubeconfig(self) -> Path:
        """A kubeconfig file of the administrator."""
        return self.folder / "kubeconfig"

    @property
    def ca_file(self) -> Path:
        """The certificate to trust, in PEM."""
        return self.folder / "tls.crt"

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        content_type: str = "application/json",
        timeout: float = ANSWER_SECONDS,
    ) -> Answer:
        """Send one request and wait at most `timeout` seconds; `body` becomes JSON.

        Raises:
            OSError: nobody listens, or the certificate is another's.
        """
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": content_type, "Accept": "application/json"}
        # http.client knows no proxies: what the environment says of them cannot lead the request astray.
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=timeout, context=ssl.create_default_context(cafile=self.ca_file)
        )
        try:
            connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
            response = connection.getresponse()
            return Answer(response.status, _read(response.read()), tuple(response.headers.get_all("Warning", [])))
        finally:
            connection.close()

    def dry_run(self, manifest: Mapping[str, Any], *, namespace: str = "default") -> Answer:
        """Ask the server to judge a new object, keeping nothing: status 201, or a refusal with its `causes`.

        Unknown fields are dropped, as with `kubectl --validate=false`, so that only the server's own rules speak.
        """
        path = collection_path(manifest, namespace)
        return self.request("POST", f"{path}?dryRun=All&fieldValidation=Ignore", manifest)

    def kubectl(
        self, *arguments: str, stdin: str | None = None, check: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run kubectl against this server, with a home folder of its own; `stdin` is for `-f -`.

        Raises:
            subprocess.CalledProcessError: `check` was asked for and kubectl failed.
        """
        return subprocess.run(
            [self.kubectl_program, *arguments],
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "KUBECONFIG": str(self.kubeconfig)},
            input=stdin or "",
            capture_output=True,
            text=True,
            check=check,
            timeout=ANSWER_SECONDS,
        )


def collection_path(manifest: Mapping[str, Any], namespace: str) -> str:
    """Give where objects of the manifest's kind are created; right for Pods and every kind that has a pod template."""
    version = manifest["apiVersion"]
    root = f"/api/{version}" if "/" not in version else f"/apis/{version}"
    return f"{root}/namespaces/{namespace}/{manifest['kind'].lower()}s"


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode(errors="replace")
