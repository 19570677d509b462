import pytest

from tests.builders import container, pod, sidecar, view
from webhook.core.pod import Pod
from webhook.rules.practice.ic331_ownership_changed_by_hand import check

VOLUMES = [{"name": "data", "persistentVolumeClaim": {"claimName": "shop"}}]


def own(*command, place="/data", **fields):
    return container("own", command=list(command), volumeMounts=[{"name": "data", "mountPath": place}], **fields)


def shell(text, **fields):
    return own("sh", "-ec", text, **fields)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(own("chown", "-R", "1000:1000", "/data"), id="chown -R"),
        pytest.param(shell("mkdir -p /data/db; chown -R 999 /data/db"), id="below the mount"),
        pytest.param(shell("chown app:app /data/"), id="the mount itself"),
        pytest.param(shell("chgrp --recursive app /data/db && chmod -R g+w /data"), id="the group"),
        pytest.param(shell("chown -R 1 /data", securityContext={"runAsUser": 0}), id="root written out"),
        pytest.param(shell("busybox chown -R 1 /data", place="/data/"), id="busybox"),
    ],
)
def test_a_change_of_owner_is_reported(one):
    [finding] = check(view(pod(init=[one], volumes=VOLUMES)))

    assert ("spec.initContainers[0].command", "own") == (finding.path, finding.container)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(shell("chown -R 1000 /opt/app"), id="no volume"),
        pytest.param(shell("chown 1000 /data/one-file"), id="one file"),
        pytest.param(shell("chown -R 999 /data && chmod 700 /data"), id="for the owner alone"),
        pytest.param(shell("chmod -R g+rwX /data"), id="only a mode"),
        pytest.param(shell("chown -R 1 /database"), id="a name alike"),
        pytest.param(shell("chown -R 1 $DIR"), id="unknown folder"),
        pytest.param(shell("chroot /host chown -R 1 /data"), id="another file system"),
        pytest.param(shell("chown -R 1 /data", securityContext={"runAsUser": 1000}), id="by nobody special"),
        pytest.param(shell("chown -R 1 /", place="/"), id="everything"),
        pytest.param(shell("if then chown -R 1 /data"), id="cannot be read"),
        pytest.param(container(command=["chown", "-R", "1", "/data"]), id="not mounted"),
        pytest.param(
            sidecar(command=["chown", "1", "/data"], volumeMounts=[{"name": "data", "mountPath": "/data"}]),
            id="sidecar",
        ),
    ],
)
def test_what_fsgroup_would_not_do_is_left_alone(one):
    assert [] == list(check(view(pod(init=[one], volumes=VOLUMES))))


@pytest.mark.parametrize(
    ("source", "count"),
    [("emptyDir", 1), ("ephemeral", 1), ("hostPath", 0), ("nfs", 0), ("csi", 0), ("configMap", 0)],
)
def test_only_volumes_that_take_an_fsgroup_count(source, count):
    manifest = pod(init=[own("chown", "-R", "1", "/data")], volumes=[{"name": "data", source: {}}])

    assert count == len(list(check(view(manifest))))


def test_a_claim_template_counts():
    claims = [{"metadata": {"name": "data"}}]
    manifest = pod(init=[own("chown", "-R", "1", "/data")])

    assert 1 == len(list(check(Pod(manifest, kind="StatefulSet", claim_templates=claims))))


def test_a_user_of_the_pod_who_is_not_root_changes_nothing():
    manifest = pod(init=[own("chown", "-R", "1", "/data")], volumes=VOLUMES, securityContext={"runAsUser": 7})

    assert [] == list(check(view(manifest)))


def test_without_init_containers_there_is_nobody():
    assert [] == list(check(view(pod(volumes=VOLUMES))))
