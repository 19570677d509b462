"""A policy for Pods leaves what makes Pods alone, and says what the Pods will get."""

import json

import pytest

from tests.e2e.objects import comparable, init_names
from tests.e2e.place import Place, manifest_in
from tests.e2e.samples import cron_job, deployment

POD = manifest_in("gets-a-log-agent.yaml")
DEPLOYMENT, CRON_JOB = deployment(POD), cron_job(POD)
WORKLOADS = pytest.mark.parametrize(
    "workload", [pytest.param(DEPLOYMENT, id="a Deployment"), pytest.param(CRON_JOB, id="a CronJob")]
)


@WORKLOADS
def test_it_is_kept_as_it_was_written(watched: Place, unwatched: Place, workload):
    watched.apply(workload)
    expected = unwatched.create(workload)

    kept = watched.read(workload)

    assert comparable(kept) == comparable(expected)


@WORKLOADS
def test_kubectl_is_told_what_its_pods_will_get(watched: Place, workload):
    applied = watched.apply(workload)

    assert applied.returncode == 0
    assert applied.stderr.startswith("Warning: IC400 log-agent: its Pods will get logging-agent (first), volume ")


def test_a_pod_of_the_template_gets_it(watched: Place):
    watched.apply(DEPLOYMENT)
    template = watched.read(DEPLOYMENT)["spec"]["template"]
    metadata = {**template["metadata"], "generateName": "shop-"}

    # As the controller of its ReplicaSet would.
    made = watched.create({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]})

    assert init_names(made) == ["logging-agent"]


def test_applying_it_again_changes_nothing_and_warns_of_nothing(watched: Place):
    watched.apply(DEPLOYMENT)

    again = watched.apply(DEPLOYMENT)

    assert again.stdout == "deployment.apps/shop unchanged\n"
    assert again.stderr == ""


def test_a_fault_in_a_changed_template_is_refused(watched: Place):
    watched.apply(DEPLOYMENT)

    template = {"spec": {"initContainers": [{"name": "nginx", "image": "registry.example/prepare:1"}]}}
    changed = watched.kubectl("patch", "deployment", "shop", "--patch", json.dumps({"spec": {"template": template}}))

    assert changed.returncode == 1
    assert "spec.template.spec.initContainers[0].name: Duplicate value" in changed.stderr
