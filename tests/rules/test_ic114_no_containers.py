import pytest

from tests.builders import pod, workload
from webhook.core.workload import WORKLOADS
from webhook.rules.kubernetes.ic114_no_containers import check


def found(manifest):
    seen = WORKLOADS[manifest["apiVersion"], manifest["kind"]].pod(manifest, 36)
    return [(str(one.type), one.path) for one in check(seen)]


@pytest.mark.parametrize("containers", [pytest.param([], id="empty"), pytest.param(None, id="null")])
def test_a_pod_needs_a_regular_container(containers):
    manifest = pod(init=[{"name": "migrate", "image": "shop:1"}])
    manifest["spec"]["containers"] = containers

    assert [("Required", "spec.containers")] == found(manifest)


def test_a_null_container_is_one():
    manifest = pod()
    manifest["spec"]["containers"] = [None]

    assert [] == found(manifest)


def test_without_a_template_there_is_no_container():
    manifest = workload("Deployment", pod())
    del manifest["spec"]["template"]

    assert [("Required", "spec.template.spec.containers")] == found(manifest)


def test_of_a_replication_controller_the_template_itself_is_asked_for():
    manifest = workload("ReplicationController", pod())
    manifest["spec"]["template"] = None

    assert [("Required", "spec.template")] == found(manifest)


def test_nothing_is_said_of_a_template_that_kubernetes_does_not_look_into():
    manifest = workload("Deployment", pod())
    manifest["spec"] = {"selector": {"matchLabels": {"app": "a b"}}}

    assert [] == found(manifest)
