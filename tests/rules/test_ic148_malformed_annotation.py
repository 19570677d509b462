import pytest

from tests.builders import container, pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.kubernetes.ic148_malformed_annotation import check

COST = "controller.kubernetes.io/pod-deletion-cost"
MIRROR = "kubernetes.io/config.mirror"
TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations"
PLACE = "metadata.annotations"
# What a key `k` leaves of 256 KiB.
ALL_BUT_ONE = 256 * 1024 - 1


def found(annotations, minor=36, **spec):
    manifest = pod(metadata={"annotations": annotations}, **spec)
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("key", "count"),
    [
        pytest.param("two words", 1, id="a space"),
        pytest.param("a/b/c", 1, id="two slashes"),
        pytest.param("example.com/", 2, id="no name"),
        pytest.param("a" * 64, 1, id="a name of 64"),
        pytest.param("a" * 400, 1, id="a key longer than any"),
        pytest.param("Example.COM/Key", 0, id="capitals do not matter"),
        pytest.param("a." * 126 + "a/" + "b" * 63, 0, id="the longest key"),
    ],
)
def test_a_malformed_key_is_invalid_at_all_annotations(key, count):
    assert [("Invalid", PLACE)] * count == found({key: "x"})


@pytest.mark.parametrize(
    ("annotations", "is_too_long"),
    [
        pytest.param({"k": "x" * ALL_BUT_ONE}, False, id="256 KiB"),
        pytest.param({"k": "x" * ALL_BUT_ONE + "x"}, True, id="a byte more"),
        pytest.param({"k": "ä" * (ALL_BUT_ONE // 2 + 1)}, True, id="a byte more, not a character"),
        pytest.param(
            {"pod.beta.kubernetes.io/init-containers": "x" * ALL_BUT_ONE, "k": None}, False, id="dropped ones"
        ),
    ],
)
def test_all_annotations_together_are_at_most_256_kib(annotations, is_too_long):
    assert [("TooLong", PLACE)] * is_too_long == found(annotations)


@pytest.mark.parametrize("cost", ["cheap", None, "", "+1", "01", "-", "1.0", str(1 << 31), "-9" + "0" * 5000])
def test_a_deletion_cost_that_is_no_int32_is_invalid_at_its_key(cost):
    assert [("Invalid", f"{PLACE}[{COST}]")] == found({COST: cost})


@pytest.mark.parametrize("cost", ["0", "-0", "-01", "2147483647", "-2147483648"])
def test_a_deletion_cost_that_go_reads_is_fine(cost):
    assert [] == found({COST: cost})


def test_a_mirror_pod_needs_a_node():
    assert [("Invalid", f"{PLACE}[{MIRROR}]")] == found({MIRROR: None})
    assert [] == found({MIRROR: "hash"}, nodeName="node-1")


def test_tolerations_that_are_no_json_are_invalid_at_all_annotations():
    assert [("Invalid", PLACE)] == found({TOLERATIONS: "[{]"})


def test_a_faulty_toleration_is_reported_below_its_key():
    findings = found({TOLERATIONS: '[{"key": "a"}, {"operator": "Equal"}]'})

    assert [("Invalid", f"{PLACE}.{TOLERATIONS}[1].operator")] == findings


def test_an_empty_annotation_of_tolerations_says_nothing():
    assert [] == found({TOLERATIONS: ""})


def test_a_template_leaves_metadata_out_of_the_path_and_a_stateful_set_says_it_twice():
    manifest = workload("StatefulSet", pod(metadata={"annotations": {"two words": "", COST: "x"}}))
    place = "spec.template.annotations"

    findings = [one.path for one in check(workload_of("apps/v1", "StatefulSet").pod(manifest, 34))]

    assert [place, f"{place}[{COST}]"] * 2 == findings


def test_behind_a_misspelled_selector_nothing_is_looked_at():
    manifest = workload("Deployment", pod(metadata={"annotations": {"two words": ""}}))
    manifest["spec"]["selector"] = {"matchLabels": {"no label": ""}}

    assert [] == list(check(workload_of("apps/v1", "Deployment").pod(manifest, 36)))


def test_up_to_1_33_an_app_armor_profile_makes_a_key_of_the_name_of_its_container():
    context = {"appArmorProfile": {"type": "Unconfined"}}
    manifest = pod(container("two words", securityContext=context))

    assert [PLACE] == [one.path for one in check(view(manifest, 33))]
    assert [] == list(check(view(manifest, 34)))
