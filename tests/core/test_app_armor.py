from tests.builders import container, pod, view
from webhook.core.app_armor import PREFIX, makes_annotations, reconciled

UNCONFINED = {"appArmorProfile": {"type": "Unconfined"}}
BY_NAME = {"appArmorProfile": {"type": "Localhost", "localhostProfile": "deny-write"}}


def test_up_to_1_33_profiles_become_annotations():
    manifest = pod(container("a", securityContext=BY_NAME), container("b"), securityContext=UNCONFINED)

    added = reconciled(view(manifest, 33)).added

    assert {f"{PREFIX}a": "localhost/deny-write", f"{PREFIX}b": "unconfined"} == added


def test_what_is_annotated_already_is_left_alone():
    annotations = {f"{PREFIX}a": None}
    manifest = pod(container("a", securityContext=UNCONFINED), metadata={"annotations": annotations})

    assert {} == reconciled(view(manifest, 33)).added


def test_a_profile_that_says_nothing_becomes_no_annotation():
    nameless, typeless = {"appArmorProfile": {"type": "Localhost"}}, {"appArmorProfile": {}}
    manifest = pod(container("a", securityContext=nameless), container("b", securityContext=typeless))

    outcome = reconciled(view(manifest, 33))

    assert {} == outcome.added
    assert ["a", "b"] == [judged.name for judged, _ in outcome.judged]


def test_a_copied_annotation_leaves_nothing_to_compare():
    annotations = {f"{PREFIX}a": "localhost/deny-write"}
    manifest = pod(container("a"), metadata={"annotations": annotations}, securityContext=UNCONFINED)

    assert [] == reconciled(view(manifest)).judged


def test_annotations_are_made_where_there_is_a_profile_in_a_pod_up_to_1_33():
    manifest = pod(init=[container("a", securityContext=UNCONFINED)])

    assert makes_annotations(view(manifest, 33))
    assert not makes_annotations(view(manifest, 34))
    assert not makes_annotations(view(pod(), 33))
