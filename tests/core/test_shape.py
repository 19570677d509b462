"""Which manifests the API server can decode, and where the first value stands that it cannot."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.shape import undecodable
from webhook.core.shape_types import structs
from webhook.core.version import PROVEN_MINORS, READ_MINORS
from webhook.core.workload import WORKLOADS

ORACLE = Path(__file__).parent.parent / "oracle"
MINORS = PROVEN_MINORS + READ_MINORS
KINDS = [pytest.param(*key, id=key[1]) for key in WORKLOADS]

GOOD = {
    "string": "x",
    "bool": True,
    "int32": 7,
    "int64": 2**40,
    "IntOrString": "http",
    "Quantity": "128Mi",
    "Time": "2026-01-31T12:00:00Z",
}
WRONG = {
    "string": [7, True],
    "bool": ["true", 0],
    "int32": ["80", 80.0, 2**31],
    "int64": ["80", 80.0, 2**63],
    "IntOrString": [8e1, True],
    "Quantity": ["1KB", False],
    "Time": ["yesterday", 1767225600],
}


@dataclass(frozen=True)
class Node:
    """One value of a filled manifest: where it hangs, and what the API says of it."""

    holder: Any
    key: str | int
    type: str
    path: str

    def wrong_values(self) -> list[Any]:
        """Give values that its type refuses."""
        if self.type.startswith("[]"):
            return [{}, "x"]
        return WRONG.get(self.type, [[], "x"])


class Filled:
    """A manifest in which every field that this minor knows is set, every list and map with one entry."""

    def __init__(self, kind: str, minor: int = 37) -> None:
        self.structs = structs(minor)
        self.nodes: list[Node] = []
        self.manifest: dict[str, Any] = {}
        self._fill(self.manifest, kind, "")

    def _fill(self, holder: dict[str, Any], struct: str, path: str) -> None:
        for name, type_ in self.structs[struct].items():
            self._hang(holder, name, type_, f"{path}.{name}" if path else name)

    def _hang(self, holder: Any, key: str | int, type_: str, path: str) -> None:
        value: Any = GOOD.get(type_, {})
        if type_.startswith("[]"):
            value = [None]
            self._hang(value, 0, type_.removeprefix("[]"), f"{path}[0]")
        elif type_.startswith("map[string]"):
            value = {}
            self._hang(value, "a/b", type_.removeprefix("map[string]"), f"{path}[a/b]")
        elif type_ in self.structs:
            self._fill(value, type_, path)
        holder[key] = value
        self.nodes.append(Node(holder, key, type_, path))


FILLED = {key: Filled(key[1]) for key in WORKLOADS}
POD = FILLED["v1", "Pod"]


def pod(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec}


def path_of(manifest: Any, minor: int = 36) -> str | None:
    misfit = undecodable(manifest, "v1", "Pod", minor)
    return None if misfit is None else misfit.path


def own_nodes(api_version: str, kind: str) -> list[Node]:
    """Give the nodes that are not part of a pod spec, which those of Pod stand for."""
    inner = WORKLOADS[api_version, kind].spec_path + "."
    filled = FILLED[api_version, kind]
    return [node for node in filled.nodes if kind == "Pod" or not node.path.startswith(inner)]


def with_each(node: Node, values: list[Any]) -> Iterator[Any]:
    """Put each value in the place of the node in turn, and the old one back."""
    before = node.holder[node.key]
    for value in values:
        node.holder[node.key] = value
        yield value
    node.holder[node.key] = before


@pytest.mark.parametrize("name", ["cases", "manifests", "wide"])
def test_kubernetes_decodes_the_same_manifests(name):
    disagreements = []
    for line in (ORACLE / f"{name}.jsonl").read_text().splitlines():
        case = json.loads(line)
        manifest = case["manifest"]
        for version, verdict in case["verdict"].items():
            misfit = undecodable(manifest, manifest["apiVersion"], manifest["kind"], int(version.removeprefix("1.")))
            if (misfit is not None) != verdict.get("undecodable", False):
                disagreements.append((line[:80], version, misfit))

    assert disagreements == []


@pytest.mark.parametrize(("api_version", "kind"), KINDS)
@pytest.mark.parametrize("minor", MINORS)
def test_a_manifest_with_every_field_set_decodes(api_version, kind, minor):
    assert undecodable(FILLED[api_version, kind].manifest, api_version, kind, minor) is None


@pytest.mark.parametrize(("api_version", "kind"), KINDS)
def test_every_value_of_a_wrong_type_is_found_where_it_stands(api_version, kind):
    manifest = FILLED[api_version, kind].manifest
    missed = []
    for node in own_nodes(api_version, kind):
        for value in with_each(node, node.wrong_values()):
            misfit = undecodable(manifest, api_version, kind, 37)
            if misfit is None or misfit.path != node.path:
                missed.append((node.path, value, misfit))

    assert missed == []


@pytest.mark.parametrize(("api_version", "kind"), KINDS)
@pytest.mark.parametrize("share", range(10), ids="every tenth value from {}".format)
def test_null_decodes_wherever_it_stands(api_version, kind, share):
    nulled = Filled(kind)
    for node in nulled.nodes[share::10]:
        node.holder[node.key] = None

    assert undecodable(nulled.manifest, api_version, kind, 37) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(node=st.sampled_from([node for node in POD.nodes if node.type in POD.structs]), name=st.text(), value=JSON)
def test_an_unknown_field_changes_nothing_wherever_it_stands(node, name, value):
    at = node.holder[node.key]
    known = dict(at)

    try:
        at.update({f"{name}?": value, "": value, "Name": value})

        assert undecodable(POD.manifest, "v1", "Pod", 37) is None
    finally:
        at.clear()
        at.update(known)


@given(manifest=JSON, minor=st.sampled_from(MINORS), key=st.sampled_from(list(WORKLOADS)))
def test_any_json_gets_an_answer(manifest, minor, key):
    misfit = undecodable(manifest, *key, minor)

    assert misfit is not None or isinstance(manifest, dict)


def test_the_first_misfit_in_the_order_of_the_manifest_is_given():
    manifest = pod(hostNetwork="yes", containers=[{"name": 1}, {"name": 2}], priority="high")

    assert path_of(manifest) == "spec.hostNetwork"


def test_a_misfit_says_what_it_must_be_and_what_it_is():
    misfit = undecodable(pod(initContainers=[{"ports": "80"}]), "v1", "Pod")

    assert misfit is not None
    assert misfit.path == "spec.initContainers[0].ports"
    assert misfit.pointer == "/spec/initContainers/0/ports"
    assert misfit.message == "must be a list, is text"
    assert (misfit.expected, misfit.got) == ("a list", "text")


@pytest.mark.parametrize("manifest", [None, [], "x", 1, True], ids=["null", "list", "text", "number", "boolean"])
def test_a_manifest_that_is_no_object_does_not_decode(manifest):
    assert path_of(manifest) == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("metadata", []), ("spec", "x"), ("status", 1), ("kind", 1), ("apiVersion", {})],
)
def test_a_top_field_of_a_wrong_type_does_not_decode(field, value):
    assert path_of({field: value}) == field


def test_a_kind_without_a_pod_template_is_not_judged():
    assert undecodable({"spec": "x"}, "v1", "Service") is None
    assert undecodable({"spec": "x"}, "extensions/v1beta1", "Deployment") is None


def test_the_name_of_a_field_is_case_sensitive():
    assert path_of(pod(Containers="x", initcontainers=5)) is None


def test_a_null_element_of_a_list_is_a_zero_object():
    assert path_of(pod(containers=[None, {"ports": [None], "args": [None]}])) is None


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ({"nodeSelector": {"disk": True}}, "spec.nodeSelector[disk]"),
        ({"overhead": {"cpu": "1_0"}}, "spec.overhead[cpu]"),
        ({"containers": [{"env": [{"value": 1}]}]}, "spec.containers[0].env[0].value"),
        ({"containers": [{"resources": {"limits": {"a/b": []}}}]}, "spec.containers[0].resources.limits[a/b]"),
        ({"containers": [{"args": ["a", 1]}]}, "spec.containers[0].args[1]"),
        ({"ephemeralContainers": [{"name": 1}]}, "spec.ephemeralContainers[0].name"),
        ({"volumes": [{"emptyDir": {"sizeLimit": True}}]}, "spec.volumes[0].emptyDir.sizeLimit"),
        ({"volumes": [{"secret": {"defaultMode": "0644"}}]}, "spec.volumes[0].secret.defaultMode"),
    ],
)
def test_the_path_is_spelled_as_kubernetes_spells_it(spec, path):
    assert path_of(pod(**spec)) == path


INT32 = [
    ("Pod", {"spec": {"priority": 0}}),
    ("Pod", {"spec": {"containers": [{"ports": [{"containerPort": 0}]}]}}),
    ("Pod", {"spec": {"containers": [{"ports": [{"hostPort": 0}]}]}}),
    ("Pod", {"spec": {"containers": [{"livenessProbe": {"successThreshold": 0}}]}}),
    ("Pod", {"spec": {"containers": [{"livenessProbe": {"grpc": {"port": 0}}}]}}),
    ("Pod", {"spec": {"containers": [{"livenessProbe": {"httpGet": {"port": 0}}}]}}),
    ("Pod", {"spec": {"containers": [{"restartPolicyRules": [{"exitCodes": {"values": [0]}}]}]}}),
    ("Pod", {"spec": {"volumes": [{"configMap": {"defaultMode": 0, "items": [{"mode": 0}]}}]}}),
    ("Pod", {"spec": {"topologySpreadConstraints": [{"maxSkew": 0, "minDomains": 0}]}}),
    ("Job", {"spec": {"ttlSecondsAfterFinished": 0}}),
    ("Job", {"spec": {"backoffLimit": 0}}),
    ("CronJob", {"spec": {"successfulJobsHistoryLimit": 0}}),
    ("Deployment", {"spec": {"progressDeadlineSeconds": 0}}),
    ("StatefulSet", {"spec": {"updateStrategy": {"rollingUpdate": {"partition": 0}}}}),
]
INT64 = [
    ("Pod", {"spec": {"terminationGracePeriodSeconds": 0}}),
    ("Pod", {"spec": {"activeDeadlineSeconds": 0}}),
    ("Pod", {"spec": {"tolerations": [{"tolerationSeconds": 0}]}}),
    ("Pod", {"spec": {"securityContext": {"runAsUser": 0, "fsGroup": 0, "supplementalGroups": [0]}}}),
    ("Pod", {"spec": {"containers": [{"securityContext": {"runAsGroup": 0}}]}}),
    ("Pod", {"spec": {"containers": [{"livenessProbe": {"terminationGracePeriodSeconds": 0}}]}}),
    ("Pod", {"spec": {"containers": [{"lifecycle": {"preStop": {"sleep": {"seconds": 0}}}}]}}),
    ("Pod", {"spec": {"volumes": [{"projected": {"sources": [{"serviceAccountToken": {"expirationSeconds": 0}}]}}]}}),
    ("Pod", {"metadata": {"generation": 0, "deletionGracePeriodSeconds": 0}}),
    ("Job", {"spec": {"activeDeadlineSeconds": 0}}),
    ("CronJob", {"spec": {"startingDeadlineSeconds": 0}}),
]
API_VERSION = {kind: api_version for api_version, kind in WORKLOADS}


def decodes_with(kind: str, manifest: dict[str, Any], number: int) -> bool:
    text = json.dumps(manifest).replace(": 0", f": {number}").replace("[0]", f"[{number}]")
    return undecodable(json.loads(text), API_VERSION[kind], kind) is None


@pytest.mark.parametrize(("kind", "manifest"), INT32)
def test_a_number_of_32_bits_ends_where_go_ends_it(kind, manifest):
    assert decodes_with(kind, manifest, 2**31 - 1)
    assert decodes_with(kind, manifest, -(2**31))
    assert not decodes_with(kind, manifest, 2**31)
    assert not decodes_with(kind, manifest, -(2**31) - 1)


@pytest.mark.parametrize(("kind", "manifest"), INT64)
def test_a_number_of_64_bits_ends_where_go_ends_it(kind, manifest):
    assert decodes_with(kind, manifest, 2**63 - 1)
    assert decodes_with(kind, manifest, -(2**63))
    assert not decodes_with(kind, manifest, 2**63)
    assert not decodes_with(kind, manifest, -(2**63) - 1)


@pytest.mark.parametrize(
    ("spec", "minors"),
    [
        pytest.param({"containers": [{"lifecycle": {"stopSignal": 5}}]}, {33, 34, 35, 36, 37}, id="stop signal"),
        pytest.param({"hostnameOverride": 5}, {34, 35, 36, 37}, id="hostname override"),
        pytest.param({"initContainers": [{"restartPolicyRules": 5}]}, {34, 35, 36, 37}, id="restart policy rules"),
        pytest.param(
            {"containers": [{"env": [{"valueFrom": {"fileKeyRef": 5}}]}]}, {34, 35, 36, 37}, id="file key reference"
        ),
        pytest.param({"workloadRef": 5}, {35}, id="workload reference"),
        pytest.param({"schedulingGroup": 5}, {36, 37}, id="scheduling group"),
        pytest.param({"evictionResponders": 5}, {37}, id="eviction responders"),
        pytest.param({"containers": [{"volumeMounts": [{"bindMountOptions": 5}]}]}, {37}, id="bind mount options"),
    ],
)
def test_a_field_is_judged_by_the_minors_that_know_it(spec, minors):
    assert {minor for minor in MINORS if path_of(pod(**spec), minor)} == minors


def test_an_unknown_minor_is_taken_for_the_nearest_one():
    assert path_of(pod(hostnameOverride=5), 20) is None
    assert path_of(pod(evictionResponders=5), 99) == "spec.evictionResponders"


def test_the_fields_of_an_owner_of_managed_fields_may_be_anything():
    manifest = pod() | {"metadata": {"managedFields": [{"fieldsV1": [1], "time": "2026-01-31T12:00:00Z"}]}}

    assert path_of(manifest) is None


def test_an_unknown_field_of_any_depth_is_not_walked():
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    assert path_of(pod(unknown=deep) | {"metadata": {"managedFields": [{"fieldsV1": deep}]}}) is None


def test_the_last_of_many_containers_is_found():
    containers: list[Any] = [{"name": "c", "image": "x"}] * 100_000

    assert path_of(pod(containers=containers)) is None
    assert path_of(pod(containers=[*containers, "x"])) == "spec.containers[100000]"
