"""What is under deploy/ goes into a real cluster: nothing is refused, nothing drifts, and it passes restricted Pod Security."""

import base64
import copy
import json
import shutil
import subprocess
import sys

import pytest

from tests.cluster.api_server import ApiServer
from tests.deploy.manifests import BASE, DEPLOY, WEBHOOK_KINDS, resource, resources

NAMESPACE = "prologue-system"


@pytest.fixture(scope="module")
def applied(api_server: ApiServer):
    """The output of the first `kubectl apply -k deploy/base`; nothing of it stays but a namespace that is going."""
    try:
        yield api_server.kubectl("apply", "-k", str(BASE))
    finally:
        # Configurations first: they point to a service that does not run here.
        names = [f"{kind.lower()}/prologue" for kind in WEBHOOK_KINDS]
        api_server.kubectl("delete", "--ignore-not-found", *names, check=True)
        api_server.kubectl("delete", "-k", str(BASE), "--ignore-not-found", "--wait=false", check=True)


def pod_of_the_deployment():
    template = resource("Deployment")["spec"]["template"]
    metadata = {**template["metadata"], "name": "prologue"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": copy.deepcopy(template["spec"])}


def test_all_of_the_base_is_accepted_without_a_warning(applied):
    assert applied.returncode == 0, applied.stderr
    assert applied.stderr == ""
    assert applied.stdout.count(" created\n") == len(resources()) + len(["the ConfigMap of the policies"])


def versions(api_server):
    """What the server counts up with every change of an object."""
    found = api_server.kubectl("get", "-k", str(BASE), "-o=json", check=True)
    return {one["kind"]: one["metadata"]["resourceVersion"] for one in json.loads(found.stdout)["items"]}


def test_applying_the_base_again_changes_nothing(api_server: ApiServer, applied):
    before = versions(api_server)

    again = api_server.kubectl("apply", "-k", str(BASE), check=True)

    assert len(before) == applied.stdout.count("\n")
    assert versions(api_server) == before
    # kubectl calls the budget configured whenever it is applied: its selector is always sent whole.
    assert [line for line in again.stdout.splitlines() if not line.endswith(" unchanged")] == [
        "poddisruptionbudget.policy/prologue configured"
    ]


def test_the_base_holds_no_field_that_the_server_does_not_know(api_server: ApiServer, applied):
    done = api_server.kubectl("apply", "-k", str(BASE), "--server-side", "--dry-run=server", "--validate=strict")

    assert done.returncode == 0, done.stderr


def test_the_service_passes_restricted_pod_security(api_server: ApiServer, applied):
    answer = api_server.dry_run(pod_of_the_deployment(), namespace=NAMESPACE)

    assert answer.status == 201, answer.body
    assert answer.warnings == ()


def test_a_service_with_privileges_would_be_refused_there(api_server: ApiServer, applied):
    pod = pod_of_the_deployment()
    pod["spec"]["containers"][0]["securityContext"]["allowPrivilegeEscalation"] = True

    answer = api_server.dry_run(pod, namespace=NAMESPACE)

    assert answer.status == 403
    assert 'violates PodSecurity "restricted' in answer.body["message"]


@pytest.mark.parametrize(
    ("overlay", "selects"),
    [
        pytest.param("opt-in", {"operator": "In", "values": ["enabled"]}, id="opt-in first"),
        pytest.param("own-ca", {"operator": "NotIn", "values": ["disabled"]}, id="then all namespaces"),
    ],
)
def test_an_overlay_brings_the_certificate_and_its_authority(
    api_server: ApiServer, applied, tmp_path, overlay, selects
):
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns("certs"))
    certs = tmp_path / "deploy" / "overlays" / "own-ca" / "certs"
    issue = ["certs", "issue", "--service", f"prologue.{NAMESPACE}", "--dir", str(certs)]
    subprocess.run([sys.executable, "-m", "webhook.cli.main", *issue], check=True, capture_output=True)

    done = api_server.kubectl("apply", "-k", str(tmp_path / "deploy" / "overlays" / overlay))

    assert done.returncode == 0, done.stderr
    secret = json.loads(api_server.kubectl("get", "secret", "prologue-tls", "-n", NAMESPACE, "-o=json").stdout)
    assert secret["type"] == "kubernetes.io/tls"
    assert sorted(secret["data"]) == ["ca.crt", "tls.crt", "tls.key"]
    for kind in WEBHOOK_KINDS:
        (webhook,) = json.loads(api_server.kubectl("get", kind, "prologue", "-o=json").stdout)["webhooks"]
        assert base64.b64decode(webhook["clientConfig"]["caBundle"]) == (certs / "ca.crt").read_bytes()
        assert webhook["namespaceSelector"]["matchExpressions"][1] == {"key": "prologue.dev/admission", **selects}


def test_applying_the_base_again_keeps_an_authority_that_others_put_in(api_server: ApiServer, applied):
    api_server.kubectl("apply", "-k", str(BASE), check=True)
    bundle = base64.b64encode(api_server.ca_file.read_bytes()).decode()
    patch = json.dumps([{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": bundle}])
    api_server.kubectl("patch", WEBHOOK_KINDS[0], "prologue", "--type=json", "-p", patch, check=True)

    api_server.kubectl("apply", "-k", str(BASE), check=True)

    (webhook,) = json.loads(api_server.kubectl("get", WEBHOOK_KINDS[0], "prologue", "-o=json").stdout)["webhooks"]
    assert webhook["clientConfig"].get("caBundle") == bundle
