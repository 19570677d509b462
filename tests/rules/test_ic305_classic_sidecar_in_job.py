import pytest

from tests.builders import container, pod, sidecar, view, workload
from webhook.core.workload import workload_of
from webhook.rules.practice.ic305_classic_sidecar_in_job import check


def helper(image="registry.example/helper:1", **fields):
    return {"name": "helper", "image": image, **fields}


def script(text):
    return helper(command=["sh", "-c", text])


def look(manifest):
    return workload_of(manifest["apiVersion"], manifest["kind"]).pod(manifest, 36)


FIRES = [
    pytest.param(helper("gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14", args=["shop:europe:main"]), id="sql proxy"),
    pytest.param(
        helper("gcr.io/cloudsql-docker/gce-proxy:1.33", command=["/cloud_sql_proxy", "-x"]), id="old sql proxy"
    ),
    pytest.param(helper("docker.io/istio/proxyv2:1.24.0", args=["proxy", "sidecar"]), id="mesh proxy"),
    pytest.param(helper("cr.l5d.io/linkerd/proxy:edge"), id="linkerd"),
    pytest.param(helper("hashicorp/vault:1.18", args=["agent", "-config=/c.hcl"]), id="vault agent"),
    pytest.param(helper("fluent/fluent-bit@sha256:" + "a" * 64), id="log agent pinned by digest"),
    pytest.param(script("tail -n+1 -F /logs/app.log"), id="tail in a shell"),
    pytest.param(helper(command=["tail", "-f", "/logs/app.log"]), id="tail"),
    pytest.param(script("while true; do gsutil rsync /out gs://shop; sleep 30; done"), id="endless loop"),
    pytest.param(script("trap : TERM; sleep infinity & wait"), id="sleep in the background"),
    pytest.param(script("render > /etc/envoy.yaml && exec true; exec envoy -c /etc/envoy.yaml"), id="envoy at the end"),
]


@pytest.mark.parametrize("kind", ["Job", "CronJob"])
@pytest.mark.parametrize("side", FIRES)
def test_a_helper_that_never_ends_is_found(kind, side):
    manifest = workload(kind, pod(container("report"), side))

    [finding] = check(look(manifest))

    assert finding.path.endswith("template.spec.containers[1]")
    assert finding.container == "helper"


NEAR_MISSES = [
    pytest.param([container("a"), script("while [ ! -f /done ]; do sleep 1; done")], id="loop until the work is done"),
    pytest.param(
        [container("a"), script("while true; do [ -f /d ] && exit 0; sleep 1; done")], id="loop with a way out"
    ),
    pytest.param([container("a"), helper("fluent/fluent-bit:3", args=["--dry-run"])], id="agent that only checks"),
    pytest.param(
        [container("a"), helper("docker.elastic.co/beats/filebeat:8", args=["-e", "--once"])], id="agent once"
    ),
    pytest.param([container("a"), helper("hashicorp/vault:1", args=["kv", "get", "x"])], id="vault that is no agent"),
    pytest.param([container("a"), script("timeout 60 tail -f /log")], id="tail with a deadline"),
    pytest.param([container("a"), script("tail -f /log & upload; kill $!")], id="tail in the background"),
    pytest.param([script("sleep infinity")], id="alone"),
    pytest.param(
        [script("sleep infinity"), container("b", command=["tail", "-f", "/x"])], id="nothing but endless ones"
    ),
    pytest.param(
        [
            container("a", command=["sh", "-c", "report; curl -X POST localhost:15020/quitquitquit"]),
            helper("docker.io/istio/proxyv2:1.24.0"),
        ],
        id="proxy that is told to end",
    ),
    pytest.param([container("a"), script("if then")], id="script that cannot be read"),
    pytest.param([container("a"), container("b")], id="two that may end"),
]


@pytest.mark.parametrize("containers", NEAR_MISSES)
def test_what_may_end_is_left_alone(containers):
    assert [] == list(check(look(workload("Job", pod(*containers)))))


@pytest.mark.parametrize("kind", ["Deployment", "Pod"])
def test_only_jobs_complete(kind):
    manifest = pod(container(), script("sleep infinity"))

    found = check(view(manifest) if kind == "Pod" else look(workload(kind, manifest)))

    assert [] == list(found)


def test_the_pod_of_a_job_is_judged_too():
    owners = [{"apiVersion": "batch/v1", "kind": "Job", "name": "x", "uid": "u"}]
    manifest = pod(container(), script("sleep infinity"), metadata={"ownerReferences": owners})

    assert ["spec.containers[1]"] == [finding.path for finding in check(view(manifest))]


def test_a_native_sidecar_ends_with_the_work():
    manifest = workload("Job", pod(container(), init=[sidecar(command=["sleep", "infinity"])]))

    assert [] == list(check(look(manifest)))


def test_a_shared_process_namespace_lets_the_work_end_its_helper():
    manifest = workload("Job", pod(container(), script("sleep infinity"), shareProcessNamespace=True))

    assert [] == list(check(look(manifest)))


def test_restart_rules_may_end_it():
    rules = [{"action": "Restart", "exitCodes": {"operator": "In", "values": [1]}}]
    side = script("sleep infinity") | {"restartPolicy": "Never", "restartPolicyRules": rules}

    assert [] == list(check(look(workload("Job", pod(container(), side)))))
