"""`prologue check --format json`: the stable interface, key by key."""

import orjson
import pytest

from tests.builders import container, pod, sidecar, workload
from webhook.core.finding import ErrorType
from webhook.core.workload import WORKLOADS
from webhook.manifest.writer import dump_json, dump_yaml

TWO_FAULTS = """\
# a comment
apiVersion: v1
kind: Pod
metadata:
  name: shop
  namespace: web
spec:
  initContainers:
  - name: migrate
    image: migrate:1
    livenessProbe: {tcpSocket: {port: 80}}
  - name: seed
  containers:
  - {name: app, image: "app:1", resources: {requests: {cpu: 1500m}}}
"""
KINDS = [pytest.param(kind, id=kind) for _, kind in WORKLOADS]
RESULT = {
    "file": str,
    "document": int,
    "apiVersion": str,
    "kind": str,
    "namespace": str,
    "name": str,
    "findings": list,
    "effective": (dict, type(None)),
}
FINDING = {
    "code": str,
    "severity": str,
    "type": str,
    "path": str,
    "container": str,
    "message": str,
    "line": int,
    "column": int,
}


def manifest(kind, **fields):
    """A manifest of a kind that is right but for what is given; the Pods of a Job must end."""
    ends = {"restartPolicy": "Never"} if kind in ("Job", "CronJob") else {}
    it = pod(**fields, **ends)
    return it if kind == "Pod" else workload(kind, it)


def has_exactly(value, shape):
    return list(value) == list(shape) and all(isinstance(value[key], shape[key]) for key in shape)


def test_the_answer_has_exactly_the_keys_and_types_that_are_promised(run, file):
    config_map = dump_yaml([{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}])

    report = run("check", "--format", "json", file("pod.yaml", f"{TWO_FAULTS}---\n{config_map}")).json

    assert ["schema", "results", "summary"] == list(report)
    assert 1 == report["schema"]
    assert {"documents": 2, "deny": 2, "warn": 0} == report["summary"]
    assert all(has_exactly(result, RESULT) for result in report["results"])
    findings = [finding for result in report["results"] for finding in result["findings"]]
    assert 2 == len(findings)
    assert all(has_exactly(finding, FINDING) for finding in findings)
    assert {one["type"] for one in findings} <= {str(one) for one in ErrorType}
    effective = report["results"][0]["effective"]
    assert has_exactly(effective, {"requests": dict, "limits": dict, "qos": str})


def test_a_finding_is_told_with_its_place_in_object_and_file(run, file):
    [result] = run("check", "--format", "json", file("pod.yaml", TWO_FAULTS)).json["results"]

    assert ("pod.yaml", 0, "v1", "Pod", "web", "shop") == tuple(result.values())[:6]
    probe = next(one for one in result["findings"] if one["code"] == "IC103")
    assert probe["message"]
    assert {
        "code": "IC103",
        "severity": "deny",
        "type": "Forbidden",
        "path": "spec.initContainers[0].livenessProbe",
        "container": "migrate",
        "line": 11,
        "column": 5,
    } == {key: probe[key] for key in probe if key != "message"}


def test_a_missing_field_is_placed_at_its_parent(run, file):
    [result] = run("check", "--format", "json", file("pod.yaml", TWO_FAULTS)).json["results"]

    image = next(one for one in result["findings"] if one["code"] == "IC106")
    assert ("spec.initContainers[1].image", "Required") == (image["path"], image["type"])
    assert (12, 5) == (image["line"], image["column"])


def test_the_effective_resources_are_canonical_and_come_with_the_qos_class(run, file):
    [result] = run("check", "--format", "json", file("pod.yaml", TWO_FAULTS)).json["results"]

    assert {"requests": {"cpu": "1500m"}, "limits": {}, "qos": "Burstable"} == result["effective"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dump", [pytest.param(dump_yaml, id="YAML"), pytest.param(dump_json, id="JSON")])
def test_each_of_the_nine_kinds_is_judged_at_its_own_path(run, file, kind, dump):
    it = manifest(kind, init=[container("migrate", livenessProbe={"exec": {"command": ["true"]}})])

    ran = run("check", "--format", "json", file("it.yaml", dump([it])))

    [result] = ran.json["results"]
    [finding] = result["findings"]
    assert (1, kind, "IC103") == (ran.code, result["kind"], finding["code"])
    assert finding["path"].endswith("spec.initContainers[0].livenessProbe")
    assert result["effective"] is not None


def test_results_stand_in_the_order_of_files_and_documents(run, file):
    first = file("b.yaml", dump_yaml([pod(metadata={"name": "one"}), pod(metadata={"name": "two"})]))
    second = file("a.json", dump_json([pod(metadata={"name": "three"}), pod(metadata={"name": "four"})]))

    results = run("check", "--format", "json", first, second).json["results"]

    expected = [("b.yaml", 0, "one"), ("b.yaml", 1, "two"), ("a.json", 0, "three"), ("a.json", 1, "four")]
    assert expected == [(one["file"], one["document"], one["name"]) for one in results]


def test_documents_that_hold_nothing_are_not_counted(run, file):
    yaml = f"---\n# nothing\n---\n{dump_yaml([pod(metadata={'name': 'one'})])}---\n---\n{dump_yaml([pod()])}"

    report = run("check", "--format", "json", file("pods.yaml", yaml)).json

    assert [0, 1] == [one["document"] for one in report["results"]]
    assert 2 == report["summary"]["documents"]


def test_a_list_becomes_one_result_an_item_all_with_the_lists_number(run, file):
    items = [pod(metadata={"name": "one"}), pod(init=[{"name": "x"}], metadata={"name": "two"})]
    yaml = f"{dump_yaml([pod()])}---\n{dump_yaml([{'apiVersion': 'v1', 'kind': 'List', 'items': items}])}"

    results = run("check", "--format", "json", file("list.yaml", yaml)).json["results"]

    assert [(0, "shop"), (1, "one"), (1, "two")] == [(one["document"], one["name"]) for one in results]
    [finding] = results[2]["findings"]
    assert "spec.initContainers[0].image" == finding["path"]
    line = yaml.splitlines()[finding["line"] - 1]
    assert "name: x" == line[finding["column"] - 1 :]


def test_the_items_of_a_typed_list_are_of_its_type(run, file):
    item = {key: value for key, value in pod().items() if key in ("metadata", "spec")}
    it = {"apiVersion": "v1", "kind": "PodList", "items": [item]}

    [result] = run("check", "--format", "json", file("pods.json", orjson.dumps(it))).json["results"]

    assert ("v1", "Pod") == (result["apiVersion"], result["kind"])
    assert result["effective"] is not None


def test_a_kind_without_a_pod_template_passes_and_is_counted(run, file):
    it = {"apiVersion": "example.com/v1", "kind": "Deployment", "spec": {"template": {"spec": {"initContainers": 3}}}}

    ran = run("check", "--format", "json", file("it.yaml", dump_yaml([it])))

    [result] = ran.json["results"]
    assert (0, [], None) == (ran.code, result["findings"], result["effective"])
    assert {"documents": 1, "deny": 0, "warn": 0} == ran.json["summary"]


def test_what_the_api_server_cannot_decode_is_one_finding_of_its_own_type(run, file):
    it = pod(init=[container("a", command="sh -c true"), {"name": "B_"}])

    [result] = run("check", "--format", "json", file("it.yaml", dump_yaml([it]))).json["results"]

    [finding] = result["findings"]
    assert ("IC100", "deny", "Undecodable") == (finding["code"], finding["severity"], finding["type"])
    assert "spec.initContainers[0].command" == finding["path"]
    assert result["effective"] is None


def test_a_manifest_may_be_of_any_shape(run, file):
    it = {"apiVersion": ["v1"], "kind": 7, "metadata": "x"}

    ran = run("check", "--format", "json", file("it.yaml", dump_yaml([it])))

    [result] = ran.json["results"]
    assert (0, "", "", "", "") == (ran.code, *(result[key] for key in ("apiVersion", "kind", "namespace", "name")))


def test_a_name_that_is_generated_is_told_as_far_as_it_is_known(run, file):
    it = {**pod(), "metadata": {"generateName": "shop-"}}

    [result] = run("check", "--format", "json", file("it.yaml", dump_yaml([it]))).json["results"]

    assert "shop-" == result["name"]


def test_the_sidecars_count_in_what_a_pod_costs(run, file):
    side = sidecar(resources={"requests": {"cpu": "250m", "memory": "64Mi"}})
    it = pod(container(resources={"requests": {"cpu": 1}}), init=[side])

    [result] = run("check", "--format", "json", file("it.yaml", dump_yaml([it]))).json["results"]

    assert {"cpu": "1250m", "memory": "64Mi"} == result["effective"]["requests"]


def test_ten_thousand_documents_are_answered(run, file):
    one = dump_yaml([pod(init=[container("migrate")])])

    report = run("check", "--format", "json", file("many.yaml", "---\n".join([one] * 10_000))).json

    assert {"documents": 10_000, "deny": 0, "warn": 0} == report["summary"]
    assert list(range(10_000)) == [result["document"] for result in report["results"]]
