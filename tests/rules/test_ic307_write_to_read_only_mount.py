import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic307_write_to_read_only_mount import check

VOLUMES = [
    {"name": "data", "emptyDir": {}},
    {"name": "config", "configMap": {"name": "c"}},
    {"name": "keys", "secret": {"secretName": "k"}},
    {"name": "claim", "persistentVolumeClaim": {"claimName": "c", "readOnly": True}},
    {"name": "all", "projected": {"sources": []}},
]
MOUNTS = [
    {"name": "data", "mountPath": "/data/", "readOnly": True},
    {"name": "data", "mountPath": "/data/cache"},
    {"name": "data", "mountPath": "/work"},
    {"name": "config", "mountPath": "/etc/app"},
    {"name": "keys", "mountPath": "/keys"},
    {"name": "claim", "mountPath": "/claim"},
    {"name": "all", "mountPath": "/all"},
]


def running(*command, make=container):
    return make("write", command=list(command), volumeMounts=MOUNTS)


def shell(text):
    return running("sh", "-c", text)


FIRES = [
    pytest.param(running("wget", "-O", "/data/index.html", "http://h/"), "/data/index.html", id="wget"),
    pytest.param(running("curl", "-fsSo", "/data/x", "http://h/x"), "/data/x", id="curl"),
    pytest.param(shell("echo hi > /data/./a"), "/data/a", id="redirection"),
    pytest.param(shell("sed -i s/HOST/db/ /etc/app/app.conf"), "/etc/app/app.conf", id="sed in a configMap"),
    pytest.param(shell("set -e; chmod 600 /keys/id_rsa; ssh h"), "/keys/id_rsa", id="mode of a secret"),
    pytest.param(shell("chown -R 1000:1000 /all"), "/all", id="owner of a projected volume"),
    pytest.param(shell("cp -r /seed/. /claim/"), "/claim", id="a claim that is read-only"),
    pytest.param(shell("cd /tmp && tar xzf a.tgz -C /data"), "/data", id="unpacked by tar"),
    pytest.param(running("unzip", "/work/a.zip", "-d", "/data/a"), "/data/a", id="unpacked by unzip"),
    pytest.param(shell("for f in a b; do touch /data/$f /data/mark; done"), "/data/mark", id="in a loop"),
    pytest.param(shell("mkdir /data/new"), "/data/new", id="a folder"),
    pytest.param(shell("cp -t /data /a /b"), "/data", id="target before the sources"),
    pytest.param(shell("git clone https://h/r /data/r"), "/data/r", id="git"),
    pytest.param(shell("date | tee -a /data/log"), "/data/log", id="tee"),
]


@pytest.mark.parametrize(("init", "path"), FIRES)
def test_a_write_that_must_fail_is_found(init, path):
    [finding] = check(view(pod(init=[init], volumes=VOLUMES)))

    assert "spec.initContainers[0].command" == finding.path
    assert f"writes to {path}, which is read-only" in finding.message


NEAR_MISSES = [
    pytest.param(shell("cp /data/a /work/a"), id="only read there"),
    pytest.param(shell("echo x > /data/cache/a"), id="a writable mount below"),
    pytest.param(shell("echo x > /database"), id="a name that only begins so"),
    pytest.param(shell("mkdir -p /data/there"), id="may be there already"),
    pytest.param(shell("touch /data/probe 2>/dev/null; echo"), id="complaints thrown away"),
    pytest.param(shell("touch /data/probe || echo read-only"), id="ready for it"),
    pytest.param(shell("if touch /data/probe; then echo rw; fi"), id="asked in an if"),
    pytest.param(shell("[ -w /data ] && echo x > /data/x"), id="looked at before"),
    pytest.param(shell('[ -w /data ] || exit 0; echo "$X" > "$DIR/x"'), id="a variable decides"),
    pytest.param(shell("sed s/a/b/ /etc/app/app.conf > /work/app.conf"), id="written elsewhere"),
    pytest.param(shell("tar czf /work/a.tgz -C /data ."), id="packed from there"),
    pytest.param(shell("ln -s /data/a /work/a; cp -n /a /data/a"), id="link, and only if missing"),
    pytest.param(running("chroot", "/host", "sh", "-c", "echo x > /data/x"), id="in another root"),
    pytest.param(shell("save() { echo x > /data/x; }"), id="never called"),
    pytest.param(shell("exit 0; echo x > /data/x"), id="never reached"),
    pytest.param(shell("wget -qO- http://h/ 2>&1"), id="to the output"),
    pytest.param(container("write", volumeMounts=MOUNTS), id="the image decides"),
    pytest.param(shell("git -C /data status; chmod --reference=/a /data; sed s/x/y/ /data/a"), id="reads only"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_a_write_that_may_succeed_is_fine(init):
    assert [] == list(check(view(pod(init=[init], volumes=VOLUMES))))


def test_sidecars_and_app_containers_are_judged_too():
    manifest = pod(running("touch", "/keys/x"), init=[running("touch", "/data/x", make=sidecar)], volumes=VOLUMES)

    paths = [finding.path for finding in check(view(manifest))]

    assert ["spec.initContainers[0].command", "spec.containers[0].command"] == paths


def test_a_mount_of_nothing_known_can_be_written():
    manifest = pod(
        init=[container(command=["touch", "/x/y"], volumeMounts=[{"name": "gone", "mountPath": "/x"}, None])]
    )

    assert [] == list(check(view(manifest)))
