"""Which findings follow from which: by what they are about, never by chance."""

import pytest

from tests.builders import container, pod, workload
from webhook.admission.decide import decide
from webhook.admission.review import Review
from webhook.cli.cascade import causes
from webhook.cli.engine import Identity, identity_of
from webhook.core.finding import ErrorType, Finding
from webhook.policy.compiler import compile_policy

POLICY = compile_policy([])


def tied(manifest, *, without=()):
    """Follower and cause as `code path`, for each finding that has one; a single finding's code for the rest."""
    who = identity_of(manifest)
    review = Review("1", "CREATE", who.api_version, who.kind, "default", who.name, object=manifest, mutating=True)
    findings = [one for one in decide(review, POLICY).findings if one.code not in without]
    names = [f"{one.code} {one.path.removeprefix('spec.')}" for one in findings]
    found = causes(findings, manifest, who, POLICY.minor)
    return {name: names[cause] for name, cause in zip(names, found, strict=True) if cause is not None}


def mount(name, path="/data"):
    return {"name": name, "mountPath": path}


def test_mounts_of_a_bad_volume_follow_from_it():
    it = pod(container(volumeMounts=[mount("B_")]), init=[container("a", volumeMounts=[mount("B_")])])
    it["spec"]["volumes"] = [{"name": "B_", "emptyDir": {}}]

    assert tied(it) == {
        "IC108 containers[0].volumeMounts[0].name": "IC144 volumes[0].name",
        "IC108 initContainers[0].volumeMounts[0].name": "IC144 volumes[0].name",
    }


def test_a_device_of_a_bad_volume_follows_from_it():
    device = {"name": "B_", "devicePath": "/dev/x"}
    it = pod(container(volumeDevices=[device]), volumes=[{"name": "B_", "persistentVolumeClaim": {"claimName": "c"}}])

    assert tied(it) == {"IC129 containers[0].volumeDevices[0].name": "IC144 volumes[0].name"}


def test_a_mount_of_another_volume_does_not_follow():
    it = pod(container(volumeMounts=[mount("gone")]), volumes=[{"name": "B_", "emptyDir": {}}])

    assert {} == tied(it)


def test_mounts_of_one_missing_volume_follow_from_the_first():
    it = pod(container(volumeMounts=[mount("gone"), mount("lost", "/b"), mount("gone", "/c")]))

    assert tied(it) == {
        "IC108 containers[0].volumeMounts[2].name": "IC108 containers[0].volumeMounts[0].name",
    }


def test_where_the_cause_is_left_out_its_followers_follow_from_the_first():
    it = pod(container(volumeMounts=[mount("B_"), mount("B_", "/b")]), volumes=[{"name": "B_", "emptyDir": {}}])

    assert tied(it, without=["IC144"]) == {
        "IC108 containers[0].volumeMounts[1].name": "IC108 containers[0].volumeMounts[0].name",
    }


def test_the_volumes_of_a_stateful_set_are_counted_behind_its_claims():
    it = workload("StatefulSet", pod(container(volumeMounts=[mount("B_"), mount("disk", "/disk")])))
    it["spec"]["template"]["spec"]["volumes"] = [{"name": "B_", "emptyDir": {}}]
    it["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "disk"}, "spec": {"accessModes": ["ReadWriteOnce"]}}]

    assert ["IC144 template.spec.volumes[1].name"] == [cause for name, cause in tied(it).items() if "IC108" in name]


def test_containers_of_one_name_follow_from_the_first_of_them():
    names = ("a", "b", "a", "b", "a")

    assert tied(pod(init=[container(name) for name in names])) == {
        "IC102 initContainers[4].name": "IC102 initContainers[2].name",
    }


def test_a_misspelt_restart_policy_brings_the_probes_of_its_own_container():
    probe = {"exec": {"command": ["true"]}}
    it = pod(init=[container("a", livenessProbe=probe), container("b", restartPolicy="always", livenessProbe=probe)])

    assert tied(it) == {"IC103 initContainers[1].livenessProbe": "IC105 initContainers[1].restartPolicy"}


@pytest.mark.parametrize("volumes", [None, [], [None], [{"emptyDir": {}}], [{"name": "", "emptyDir": {}}]])
def test_no_shape_of_volumes_confuses(volumes):
    mounts = [mount(""), mount("x"), mount("", "/c")]

    found = tied(pod(container(volumeMounts=mounts), volumes=volumes))

    assert all(name.startswith("IC108") for name in found)


@pytest.mark.parametrize("path", ["spec", "spec.volumes", "spec.volumes[x]", "spec.volumes[9].name", ""])
def test_no_path_of_a_finding_confuses(path):
    findings = [Finding("IC144", ErrorType.INVALID, path, ""), Finding("IC108", ErrorType.NOT_FOUND, path, "")]

    assert [None, None] == causes(findings, pod(volumes=[{}]), Identity("v1", "Pod", "", ""), POLICY.minor)


def test_a_kind_that_we_do_not_know_has_no_volumes():
    findings = [Finding("IC144", ErrorType.INVALID, "spec.volumes[0]", "")] * 2

    assert [None, None] == causes(findings, pod(volumes=[{"name": "a"}]), Identity("v1", "Pid", "", ""), POLICY.minor)
