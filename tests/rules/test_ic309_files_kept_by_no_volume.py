import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic309_files_kept_by_no_volume import check

VOLUMES = [{"name": "data", "emptyDir": {}}]
MOUNTS = [{"name": "data", "mountPath": "/data"}]


def running(*command, mounts=MOUNTS, make=container, **fields):
    return make("write", command=list(command), volumeMounts=mounts, **fields)


def shell(text, **fields):
    return running("sh", "-c", text, **fields)


FIRES = [
    pytest.param(running("wget", "-O", "/work-dir/index.html", "http://h/"), "/work-dir/index.html", id="wget"),
    pytest.param(shell("echo hi > /usr/share/nginx/html/index.html", mounts=None), "/usr/share/nginx", id="no mounts"),
    pytest.param(shell("mkdir -p /srv/app && cp -r /seed/. /srv/app"), "/srv/app", id="copied"),
    pytest.param(shell("chown -R 1000:1000 /var/lib/app"), "/var/lib/app", id="owner of a folder"),
    pytest.param(shell("cat <<EOF > /etc/app.conf\nhost=$HOST\nEOF"), "/etc/app.conf", id="here-document"),
    pytest.param(
        shell("curl -fsSo /opt/a.tgz https://h/a.tgz && tar xzf /opt/a.tgz -C /plugins"), "/plugins", id="unpacked"
    ),
    pytest.param(shell("cat /seed/ca.pem | tee /etc/ssl/ca.pem"), "/etc/ssl/ca.pem", id="tee"),
    pytest.param(shell("sed -i s/a/b/ /etc/nginx/nginx.conf; echo done"), "/etc/nginx/nginx.conf", id="sed"),
]


@pytest.mark.parametrize(("init", "path"), FIRES)
def test_files_that_nobody_keeps_are_found(init, path):
    [finding] = check(view(pod(init=[init], volumes=VOLUMES)))

    assert "spec.initContainers[0].command" == finding.path
    assert f"writes {path}" in finding.message


NEAR_MISSES = [
    pytest.param(running("wget", "-O", "/data/index.html", "http://h/"), id="in the volume"),
    pytest.param(shell("curl -o /opt/a.tgz https://h/a.tgz && tar xzf /opt/a.tgz -C /data"), id="unpacked into it"),
    pytest.param(shell("chown -R 1000 /"), id="a folder around the volume"),
    pytest.param(shell("echo x > /tmp/x; echo y > /dev/termination-log"), id="scratch"),
    pytest.param(shell("echo 1 > /proc/sys/net/ipv4/ip_forward; echo > /x"), id="a setting of the kernel"),
    pytest.param(shell("echo 10.0.0.1 db >> /etc/hosts"), id="a file of the Pod"),
    pytest.param(shell('echo x > "$OUT/x"'), id="a variable decides"),
    pytest.param(shell("cd /data && echo x > x"), id="the working directory decides"),
    pytest.param(shell("wget http://h/x"), id="wget into the working directory"),
    pytest.param(shell("echo x > /x && ./register"), id="does more"),
    pytest.param(shell("curl -o /answer https://h/x; cat /answer"), id="looked at"),
    pytest.param(shell("curl -o/answer https://h/x; sed s/a/b/ < /answer"), id="read as input"),
    pytest.param(shell("curl -o /answer -d @/etc/x https://h/x"), id="tells somebody"),
    pytest.param(shell("until wget -O /index.html http://svc; do sleep 2; done"), id="only waits"),
    pytest.param(shell("[ -f /x ] || echo x > /x"), id="under a condition"),
    pytest.param(shell("nslookup db > /out"), id="a command that is not known"),
    pytest.param(running("nsenter", "-t", "1", "-m", "--", "touch", "/x"), id="on the node"),
    pytest.param(shell("touch /blk/x", volumeDevices=[{"name": "blk", "devicePath": "/blk"}]), id="a device"),
    pytest.param(running("touch", "/x", make=sidecar), id="sidecar"),
    pytest.param(shell("echo hello; sleep 2"), id="writes nothing"),
    pytest.param(container("write"), id="the image decides"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_files_that_may_be_kept_or_used_are_fine(init):
    assert [] == list(check(view(pod(init=[init], volumes=VOLUMES))))


def test_an_own_termination_log_is_no_file():
    init = shell("echo why > /why", terminationMessagePath="/why")

    assert [] == list(check(view(pod(init=[init]))))
