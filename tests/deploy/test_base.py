"""The service's own objects: they parse, they agree with each other, and the service would let them in."""

import ipaddress
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.deploy.manifests import (
    BASE,
    DEPLOY,
    OVERLAYS,
    YAML_FILES,
    container,
    documents,
    options,
    resource,
    resources,
)
from webhook.policy.folder import load_policy
from webhook.server.sockets import GRACEFUL_SECONDS

ROOT = DEPLOY.parent


def pod_spec():
    return resource("Deployment")["spec"]["template"]["spec"]


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(DEPLOY))) for path in YAML_FILES])
def test_every_yaml_file_parses_into_objects(path):
    found = documents(path)

    assert found
    assert all({"apiVersion", "kind"} <= set(one) for one in found)


@pytest.mark.parametrize(
    "folder",
    [pytest.param(path.parent, id=path.parent.name) for path in YAML_FILES if path.name == "kustomization.yaml"],
)
def test_every_folder_that_a_kustomization_names_is_there(folder):
    (kustomization,) = documents(folder / "kustomization.yaml")

    missing = [name for name in kustomization["resources"] if not (folder / name).exists()]

    assert missing == []


def test_every_file_of_the_base_is_used():
    (kustomization,) = documents(BASE / "kustomization.yaml")
    (generator,) = kustomization["configMapGenerator"]

    used = {*kustomization["resources"], *generator["files"], "kustomization.yaml"}

    assert used == {str(path.relative_to(BASE)) for path in BASE.rglob("*") if path.is_file()}


def test_no_name_gets_a_hash_so_that_changes_reach_a_running_pod():
    kustomizations = [documents(folder / "kustomization.yaml")[0] for folder in (BASE, OVERLAYS / "own-ca")]

    assert all(one["generatorOptions"]["disableNameSuffixHash"] for one in kustomizations)
    mounted = {volume["name"]: volume for volume in pod_spec()["volumes"]}
    assert mounted["policies"]["configMap"]["name"] == kustomizations[0]["configMapGenerator"][0]["name"]
    assert mounted["tls"]["secret"]["secretName"] == kustomizations[1]["secretGenerator"][0]["name"]
    assert not any("subPath" in mount for mount in container()["volumeMounts"])


def test_everything_in_a_namespace_is_in_ours():
    ours = resource("Namespace")["metadata"]["name"]

    others = {
        one["kind"]: one["metadata"].get("namespace") for one in resources() if one["metadata"].get("namespace") != ours
    }

    assert set(others) == {"Namespace", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"}


def test_our_own_check_finds_nothing_in_our_own_deployment():
    done = subprocess.run(
        [sys.executable, "-m", "webhook.cli.main", "check", str(BASE)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Deployment prologue-system/prologue" in done.stdout


def test_the_policies_that_are_installed_load():
    policy = load_policy([BASE / "policies"])

    assert [one.name for one in policy.injections] == ["wait-for-dns"]


def test_the_ports_agree_all_the_way():
    ports = {port["name"]: port["containerPort"] for port in container()["ports"]}
    (served,) = resource("Service")["spec"]["ports"]
    allowed = {port["port"] for rule in resource("NetworkPolicy")["spec"]["ingress"] for port in rule["ports"]}

    assert ports == {"https": int(options()["port"]), "operations": int(options()["operations-port"])}
    assert (served["port"], served["targetPort"]) == (443, "https")
    assert allowed == set(ports)


@pytest.mark.parametrize(
    ("probe", "path"), [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")]
)
def test_the_probes_ask_the_operations_port(probe, path):
    asked = container()[probe]["httpGet"]

    assert asked == {"path": path, "port": "operations"}


def test_it_listens_where_probes_and_the_api_server_can_reach_it():
    assert ipaddress.ip_address(options()["host"]).is_unspecified


def test_the_files_that_it_is_told_to_read_are_mounted():
    mounted = {mount["mountPath"] for mount in container()["volumeMounts"]}

    asked = {options()["policy"], *[str(Path(options()[name]).parent) for name in ("tls-cert", "tls-key")]}

    assert asked == mounted
    assert all(mount["readOnly"] for mount in container()["volumeMounts"])


def test_termination_leaves_time_to_drain_and_to_finish():
    needed = float(options()["drain-seconds"]) + GRACEFUL_SECONDS

    assert pod_spec()["terminationGracePeriodSeconds"] > needed


def test_the_service_named_prologue_does_not_set_our_own_options():
    assert pod_spec()["enableServiceLinks"] is False


def test_the_service_account_can_do_nothing():
    kinds = {one["kind"] for one in resources()}

    assert not kinds & {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}
    assert pod_spec()["automountServiceAccountToken"] is False
    assert resource("ServiceAccount")["automountServiceAccountToken"] is False


def test_the_selectors_select_our_pods():
    labels = resource("Deployment")["spec"]["template"]["metadata"]["labels"]

    selected = [
        resource("Deployment")["spec"]["selector"]["matchLabels"],
        resource("Service")["spec"]["selector"],
        resource("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        resource("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        *[one["labelSelector"]["matchLabels"] for one in pod_spec()["topologySpreadConstraints"]],
    ]

    assert all(one.items() <= labels.items() for one in selected)


def test_the_image_is_of_the_version_that_this_is():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert container()["image"] == f"prologue:{version}"
    assert f"ARG VERSION={version}\n" in (ROOT / "Dockerfile").read_text()


def test_the_image_runs_as_the_user_of_the_deployment_and_opens_its_ports():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    context = pod_spec()["securityContext"]

    assert f"USER {context['runAsUser']}:{context['runAsGroup']}" in lines
    assert f"EXPOSE {options()['port']} {options()['operations-port']}" in lines
