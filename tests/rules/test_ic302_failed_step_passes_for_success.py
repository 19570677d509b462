import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic302_failed_step_passes_for_success import check

MOUNTS = [{"name": "data", "mountPath": "/data/"}, {"name": "config", "mountPath": "/etc/app"}]


def shell(text, *flags):
    return container("prepare", command=["sh", *(flags or ("-c",)), text], volumeMounts=MOUNTS)


FIRES = [
    pytest.param("./manage.py migrate; echo done", "manage.py", id="before an echo"),
    pytest.param("python seed.py\nsleep 5\n", "python", id="before a sleep"),
    pytest.param("sysctl -w vm.max_map_count=524288\nsysctl -w fs.file-max=131072", "sysctl", id="two settings"),
    pytest.param("chown -R 999:999 /data; chmod -R 750 /data", "chown", id="owner and mode of a volume"),
    pytest.param(
        "mkdir -p /data\ncp /tpl/app.json /data/app.json\ncp /tpl/log.json /data/log.json\nchown -R 1 /data",
        "cp",
        id="files of a template",
    ),
    pytest.param("curl -fsS https://h/schema.sql | psql -h db; echo loaded", "psql", id="end of a pipe"),
    pytest.param("apt-get update; apt-get install -y git; exit 0", "apt-get", id="success said aloud"),
    pytest.param("mkdir -p /data/a && cp -r /seed /data/a; date", "cp", id="within a chain"),
    pytest.param(
        "wget -O /data/a.tgz http://h/a.tgz; tar xzf /data/a.tgz -C /data; rm -f /data/a.tgz", "wget", id="cleaned up"
    ),
    pytest.param("{ ./migrate; ./seed; }; true", "migrate", id="in braces"),
    pytest.param("sudo -u app ./migrate; printf 'ok\\n'", "migrate", id="as somebody else"),
    pytest.param(
        "curl -fo /data/a.json http://h/a.json; curl -fo /data/b.json http://h/b.json", "curl", id="downloads"
    ),
    pytest.param("cp -r /app/. /data; ls -la /data", "cp", id="shown at the end"),
    pytest.param("cp /a /data; ./notify || true", "cp", id="an end that does not matter"),
]


@pytest.mark.parametrize(("text", "step"), FIRES)
def test_a_step_whose_failure_is_lost_is_found_and_named(text, step):
    [finding] = check(view(pod(init=[shell(text)])))

    assert ("spec.initContainers[0].command", "prepare") == (finding.path, finding.container)
    assert f"goes on when {step} fails" in finding.message


NEAR_MISSES = [
    pytest.param("set -e\n./migrate\necho done", id="set -e"),
    pytest.param("set -euo pipefail; ./migrate; echo done", id="set with more"),
    pytest.param("set -o errexit\n./migrate\necho done", id="set -o errexit"),
    pytest.param("./migrate && echo done", id="joined"),
    pytest.param("./migrate || exit 1; echo done", id="leaves"),
    pytest.param("./warm-up || true; echo done", id="does not matter"),
    pytest.param("./migrate; rc=$?; echo ended with $rc; exit $rc", id="status kept"),
    pytest.param("if ! ./migrate; then echo failed; exit 1; fi; echo done", id="asked in an if"),
    pytest.param("echo starting; sleep 3; ./migrate", id="last step counts"),
    pytest.param("wget -O /data/a.tgz http://h/a.tgz; tar xzf /data/a.tgz -C /data", id="needed by the next"),
    pytest.param("wget -P /data http://h/a.tgz; tar xzf /data/*.tgz -C /data", id="needed, by a pattern"),
    pytest.param("cp /bin/tool /data/tool; chmod +x /data/tool", id="mode of the copy"),
    pytest.param("apk add --no-cache openssl; openssl req -x509 -out /data/tls.crt", id="installed, then used"),
    pytest.param("git clone https://h/r.git /data/r; ./build", id="the end is not known"),
    pytest.param("touch /data/acme.json; chmod 600 /data/acme.json", id="touch"),
    pytest.param("nslookup db; nc -z db 5432; echo looked", id="only looks"),
    pytest.param("rm -rf /data/lost+found; kubectl delete pod old; echo clean", id="only cleans up"),
    pytest.param("iptables -t nat -D PREROUTING 1; iptables-save; exit 1", id="fails anyway"),
    pytest.param("chown 1 /data 2>/dev/null; echo tried", id="complaints thrown away"),
    pytest.param("mkdir /data/x; ln -s /data/x /y; useradd app; echo made", id="may be there already"),
    pytest.param("trap 'exit 1' ERR; ./migrate; echo done", id="trap"),
    pytest.param("./agent & sleep 5; echo started", id="in the background"),
    pytest.param("migrate() { ./m || exit 1; }; migrate; echo done", id="a function looks after itself"),
    pytest.param("cp /a /data/a; [ -f /data/a ] || exit 1; echo ok", id="looked at afterwards"),
    pytest.param("./migrate; until nc -z db 1; do sleep 1; done", id="ends in a loop"),
    pytest.param("$STEP; echo done", id="a variable decides"),
    pytest.param("./migrate", id="alone"),
    pytest.param("./migrate; curl -fo /data/x http://h/x", id="may be needed, nobody knows"),
    pytest.param("cp /a /data; ./index; chmod 1 /data", id="something unknown between"),
    pytest.param("true; until nc -z db 1; do sleep 1; done; echo up", id="a loop is no step"),
    pytest.param("./migrate; echo 'done", id="cannot be read"),
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_script_whose_failure_shows_is_fine(text):
    assert [] == list(check(view(pod(init=[shell(text)]))))


@pytest.mark.parametrize("flags", [("-ec",), ("-e", "-c"), ("-euxo", "pipefail", "-c"), ("-o", "errexit", "-c")])
def test_a_shell_started_with_errexit_is_fine(flags):
    assert [] == list(check(view(pod(init=[shell("./migrate; echo done", *flags)]))))


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(init=[sidecar(command=["sh", "-c", "./a; echo b"])]), id="sidecar"),
        pytest.param(pod(container(command=["sh", "-c", "./a; echo b"])), id="app container"),
        pytest.param(pod(init=[container(command=["./migrate"], args=["up"])]), id="no shell"),
        pytest.param(pod(init=[container(command=["sh", "/scripts/prepare.sh"])]), id="a script file"),
        pytest.param(pod(init=[container()]), id="the image decides"),
    ],
)
def test_only_scripts_of_plain_init_containers_are_judged(manifest):
    assert [] == list(check(view(manifest)))
