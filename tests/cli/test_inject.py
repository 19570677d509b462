"""`prologue inject`: what the webhook would send back, applied; and everything else as it was."""

import base64

import jsonpatch
import orjson
import pytest

from tests.builders import container, envelope, pod, sidecar, workload
from webhook.admission.decide import decide
from webhook.admission.respond import respond
from webhook.admission.review import read_review
from webhook.manifest.reader import read_documents
from webhook.manifest.writer import dump_json, dump_yaml
from webhook.policy.compiler import compile_policy

POLICY = """\
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {{name: {name}}}
spec:
  match: {match}
  initContainers:
  - container: {{name: {name}, image: "prepare:1", resources: {{requests: {{cpu: 2}}}}}}
    position: {position}
"""
WAIT = """\
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: wait-for-database}
spec:
  initContainers:
  - recipe: wait-for
    with: {targets: ["tcp://mydb:5432", "dns://myservice"], timeout: 120s}
    position: first
  - container: {name: agent, image: "agent:1", restartPolicy: Always, volumeMounts: [{name: logs, mountPath: /logs}]}
    position: {after: wait-for-database-wait-for}
  volumes: [{name: logs, emptyDir: {}}]
  appContainers:
    volumeMounts: [{name: logs, mountPath: /var/log/shop}]
    env: [{name: LOGS, value: /var/log/shop}]
"""
PODS = [
    pytest.param(pod(), id="no init containers"),
    pytest.param({**pod(), "spec": {**pod()["spec"], "initContainers": None}}, id="null init containers"),
    pytest.param(pod(init=[container("a"), sidecar("b")]), id="init containers"),
    pytest.param(pod(metadata={"annotations": {"a": "b"}}, volumes=[], future={"field": [1.5, None]}), id="odd fields"),
]


def policy(name="prepare", position="first", match="{}"):
    return POLICY.format(name=name, position=position, match=match)


def init_names(manifest):
    return [one["name"] for one in manifest["spec"].get("initContainers") or ()]


@pytest.fixture
def inject(run, file):
    """Inject by one policy into some manifests that come as YAML."""

    def inject(policy, *manifests):
        return run("inject", "--policy", file("policy.yaml", policy), file("it.yaml", dump_yaml(manifests)))

    return inject


@pytest.mark.parametrize("it", PODS)
def test_the_pod_comes_out_as_the_api_server_would_make_it_by_the_webhooks_answer(inject, it):
    compiled = compile_policy(read_documents(WAIT.encode()))
    review = read_review(envelope(it, namespace="default"), mutating=True)
    response = orjson.loads(respond(decide(review, compiled), review))["response"]

    ran = inject(WAIT, it)

    patch = orjson.loads(base64.b64decode(response["patch"]))
    assert [jsonpatch.apply_patch(it, patch)] == ran.manifests
    assert 0 == ran.code


@pytest.mark.parametrize("it", PODS)
def test_injecting_what_was_injected_changes_nothing(run, inject, file, it):
    once = inject(WAIT, it).out

    again = run("inject", "--policy", "policy.yaml", file("once.yaml", once))

    assert (0, once, "") == (again.code, again.out, again.err)


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        pytest.param("first", ["prepare", "a", "b"], id="first"),
        pytest.param("last", ["a", "b", "prepare"], id="last"),
        pytest.param("{before: b}", ["a", "prepare", "b"], id="before a name"),
        pytest.param("{after: a}", ["a", "prepare", "b"], id="after a name"),
        pytest.param("{after: gone}", ["a", "b", "prepare"], id="after a name that is not there"),
    ],
)
def test_the_container_stands_where_the_policy_says(inject, position, expected):
    ran = inject(policy(position=position), pod(init=[container("a"), container("b")]))

    assert [expected] == [init_names(one) for one in ran.manifests]


def test_what_was_added_where_and_at_what_cost_is_told_apart_from_the_result(inject):
    ran = inject(policy(), pod())

    assert "it.yaml:1: Pod shop: IC400 prepare: added prepare (first); requests cpu 0→2\n" == ran.err
    assert 1 == len(ran.manifests)


def test_json_comes_out_as_json_and_yaml_as_yaml(run, file):
    chosen = file("policy.yaml", policy())

    as_json = run("inject", "--policy", chosen, file("it.json", dump_json([pod(), pod()])))
    as_yaml = run("inject", "--policy", chosen, file("it.yaml", dump_yaml([pod(), pod()])))

    assert as_json.out.startswith("{")
    assert as_yaml.out.startswith("apiVersion: v1\n")
    assert as_json.manifests == as_yaml.manifests
    assert [["prepare"], ["prepare"]] == [init_names(one) for one in as_json.manifests]


@pytest.mark.parametrize("form", [pytest.param("json", id="JSON"), pytest.param("yaml", id="YAML")])
def test_the_format_can_be_chosen(run, file, form):
    name = file("it.yaml" if form == "json" else "it.json", (dump_yaml if form == "json" else dump_json)([pod()]))

    ran = run("inject", "--format", form, name)

    assert (form == "json") is ran.out.startswith("{")
    assert [pod()] == ran.manifests


def test_files_of_both_formats_come_out_as_yaml(run, file):
    ran = run("inject", file("it.json", dump_json([pod()])), file("it.yaml", dump_yaml([pod()])))

    assert ran.out.startswith("apiVersion: v1\n")
    assert [pod(), pod()] == ran.manifests


def test_several_documents_stay_several_in_their_order(inject):
    others = [{"apiVersion": "v1", "kind": kind, "metadata": {"name": "x"}} for kind in ("Service", "Secret")]

    ran = inject(policy(), others[0], pod(), others[1])

    assert ["Service", "Pod", "Secret"] == [one["kind"] for one in ran.manifests]
    assert others == [ran.manifests[0], ran.manifests[2]]


def test_a_list_stays_a_list_and_its_pods_are_injected_into(inject):
    other = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}}
    inner = {"apiVersion": "v1", "kind": "List", "items": [pod()]}
    it = {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": [other, pod(), inner]}

    [ran] = inject(policy(), it).manifests

    assert ("List", {"resourceVersion": ""}) == (ran["kind"], ran["metadata"])
    assert other == ran["items"][0]
    assert ["prepare"] == init_names(ran["items"][1])
    assert ["prepare"] == init_names(ran["items"][2]["items"][0])


def test_a_list_in_which_nothing_changes_comes_out_as_it_was(run, file):
    it = {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "x"}, "spec": None}]}

    ran = run("inject", file("it.yaml", dump_yaml([it])))

    assert [it] == ran.manifests


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("0755", 493, id="octal"),
        pytest.param("yes", True, id="yes"),
        pytest.param('"yes"', "yes", id="yes in quotes"),
        pytest.param('"0755"', "0755", id="octal in quotes"),
        pytest.param("1.36", 1.36, id="a fraction"),
        pytest.param("'1.36'", "1.36", id="a fraction in quotes"),
        pytest.param("2027-01-31", "2027-01-31", id="a day is text"),
        pytest.param("~", None, id="null"),
        pytest.param("'~'", "~", id="a tilde in quotes"),
        pytest.param("|\n    two\n    lines", "two\nlines\n", id="a block of text"),
    ],
)
@pytest.mark.parametrize("form", [pytest.param("yaml", id="as YAML"), pytest.param("json", id="as JSON")])
def test_without_a_policy_a_manifest_is_only_said_again_as_kubernetes_reads_it(run, file, written, read, form):
    name = file("it.yaml", f"apiVersion: v1\nkind: ConfigMap\ndata:\n  key: {written}\n")

    ran = run("inject", "--format", form, name)

    [manifest] = ran.manifests
    assert (0, "") == (ran.code, ran.err)
    assert (type(read), read) == (type(manifest["data"]["key"]), manifest["data"]["key"])


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind) for kind in ("Deployment", "Job", "CronJob")])
def test_a_template_stays_as_it_is_and_what_its_pods_will_get_is_told(inject, kind):
    it = workload(kind, pod(restartPolicy="Always" if kind == "Deployment" else "Never"))

    ran = inject(policy(), it)

    assert [it] == ran.manifests
    assert f"it.yaml:1: {kind} shop: IC400 prepare: its Pods will get prepare (first)" in ran.err
    assert 0 == ran.code


def test_a_pod_that_is_refused_comes_out_unchanged_with_the_reasons_told(inject):
    bad = pod(init=[{"name": "x"}])

    ran = inject(policy(), bad, pod())

    assert (1, bad) == (ran.code, ran.manifests[0])
    assert "it.yaml:1: Pod shop: refused: IC106 spec.initContainers[0].image: " in ran.err
    assert ["prepare"] == init_names(ran.manifests[1])


def test_a_conflict_refuses_the_pod_unless_the_policy_says_otherwise(inject):
    taken = pod(init=[container("prepare")])

    strict = inject(policy(), taken)
    lenient = inject(policy() + "  onConflict: Skip\n", taken)

    assert (1, [taken]) == (strict.code, strict.manifests)
    assert "refused: IC401 spec.initContainers: policy prepare: a container 'prepare' is already there" in strict.err
    assert (0, [taken]) == (lenient.code, lenient.manifests)
    assert "IC403 prepare: not injected: a container 'prepare' is already there" in lenient.err


def test_policies_come_from_files_and_folders_in_the_order_of_their_names(run, file):
    file("folder/b.yaml", policy("b-second", position="last"))
    file("folder/c.json", dump_json([one.value for one in read_documents(policy("c-third", position="last").encode())]))

    options = ("--policy", "folder", "--policy", file("a.yaml", policy("a-first", position="last")))
    ran = run("inject", *options, file("it.yaml", dump_yaml([pod()])))

    assert [["a-first", "b-second", "c-third"]] == [init_names(one) for one in ran.manifests]


NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "web", "labels": {"team": "shop"}}}


def test_a_namespace_is_known_by_its_name(inject):
    by_name = policy(match="{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}}")

    ran = inject(by_name, pod(metadata={"namespace": "web"}), pod(metadata={"namespace": "other"}))

    assert [["prepare"], []] == [init_names(one) for one in ran.manifests]
    assert 1 == len(ran.err.splitlines())


def test_a_pod_that_names_no_namespace_goes_to_default_or_where_it_is_told(run, file):
    by_name = file("p.yaml", policy(match="{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}}"))
    it = file("it.yaml", dump_yaml([pod()]))

    assert [] == init_names(run("inject", "--policy", by_name, it).manifests[0])
    assert ["prepare"] == init_names(run("inject", "--policy", by_name, "-n", "web", it).manifests[0])


@pytest.mark.parametrize("it_comes", [pytest.param(at, id=f"the Namespace comes {at}") for at in ("first", "last")])
def test_the_labels_of_a_namespace_are_known_when_its_manifest_is_among_the_files(inject, it_comes):
    by_label = policy(match="{namespaceSelector: {matchLabels: {team: shop}}}")
    manifests = [NAMESPACE, pod(metadata={"namespace": "web"})]

    ran = inject(by_label, *(manifests if it_comes == "first" else reversed(manifests)))

    assert ["prepare"] == init_names(next(one for one in ran.manifests if one["kind"] == "Pod"))


def test_a_namespace_whose_labels_are_not_known_skips_the_policy_and_says_so(inject):
    by_label = policy(match="{namespaceSelector: {matchLabels: {team: shop}}}")

    ran = inject(by_label, pod(metadata={"namespace": "web"}))

    assert [pod(metadata={"namespace": "web"})] == ran.manifests
    assert (
        "it.yaml:1: Pod web/shop: IC403 prepare: not injected: the labels of namespace 'web' are not known here\n"
        == (ran.err)
    )
    assert 0 == ran.code


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"labels": {"team": "shop"}}, id="no name"),
        pytest.param({"name": "web", "labels": ["team"]}, id="labels that are no mapping"),
        pytest.param("web", id="metadata that is text"),
    ],
)
def test_a_namespace_of_an_odd_shape_is_known_by_nothing(inject, metadata):
    by_label = policy(match="{namespaceSelector: {matchLabels: {team: shop}}}")

    ran = inject(by_label, {**NAMESPACE, "metadata": metadata}, pod(metadata={"namespace": "web"}))

    assert "the labels of namespace 'web' are not known here" in ran.err


def test_a_finding_that_only_warns_does_not_keep_a_pod_from_its_injection(inject):
    ran = inject(policy(), pod(metadata={"labels": {"night": "yes"}}))

    assert ["prepare"] == init_names(ran.manifests[0])
    assert "IC399 metadata.labels[night]: will wake someone" in ran.err
    assert 0 == ran.code


def test_a_key_that_stands_twice_is_told(run, file):
    ran = run("inject", file("it.yaml", "kind: ConfigMap\nkind: Secret\n"))

    assert [{"kind": "Secret"}] == ran.manifests
    assert ran.err.startswith("warning: it.yaml:2:1: ")


def test_a_patch_that_leads_elsewhere_than_what_was_judged_is_our_fault(inject, monkeypatch):
    monkeypatch.setattr(jsonpatch, "apply_patch", lambda manifest, _: manifest)

    ran = inject(policy(), pod())

    assert (3, "") == (ran.code, ran.out)
    assert "the patch does not lead to the Pod that was judged" in ran.err


def test_where_anything_cannot_be_read_nothing_is_written(run, file, tmp_path):
    pods = dump_yaml([pod()]) + "---\na: [\n"

    ran = run("inject", "--output", "pods.yaml", file("pods.yaml", pods))

    assert (2, "", pods) == (ran.code, ran.out, (tmp_path / "pods.yaml").read_text())
    assert ran.err.endswith("prologue: nothing was written\n")


def test_a_file_can_be_written_over(run, file, tmp_path):
    name = file("pod.yaml", dump_yaml([pod()]))

    ran = run("inject", "--policy", file("policy.yaml", policy()), "--output", name, name)

    [document] = read_documents((tmp_path / name).read_bytes())
    assert (0, "", ["prepare"]) == (ran.code, ran.out, init_names(document.value))


def test_nothing_comes_out_of_nothing(run):
    ran = run("inject", "-", stdin="---\n# only a comment\n")

    assert (0, "", "") == (ran.code, ran.out, ran.err)
