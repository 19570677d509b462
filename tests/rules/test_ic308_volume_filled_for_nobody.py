import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic308_volume_filled_for_nobody import check

MOUNTS = [{"name": "work", "mountPath": "/work"}]
EMPTY = [{"name": "work", "emptyDir": {}}]


def shell(text, **fields):
    return container("fill", command=["sh", "-ec", text], volumeMounts=MOUNTS, **fields)


FIRES = [
    pytest.param(shell("echo open > /work/index.html"), id="redirection"),
    pytest.param(shell("mkdir -p /work/conf && cp -r /defaults/. /work/conf/"), id="copy"),
    pytest.param(shell("wget -qO /work/page https://shop.example/page; ls -l /work"), id="wget, then a look"),
    pytest.param(shell("curl -fsSL https://shop.example/x.tgz | tar xz -C /work"), id="unpacked from a pipe"),
    pytest.param(
        container("fill", command=["git", "clone", "https://x/y", "/work/src"], volumeMounts=MOUNTS), id="git"
    ),
    pytest.param(shell('cp agent.jar "/work/$NAME.jar"; chmod -R go+r /work'), id="variable in the name"),
    pytest.param(shell("cat > /work/app.conf <<EOF\nport = $PORT\nEOF"), id="here-document"),
]


@pytest.mark.parametrize("filler", FIRES)
def test_a_volume_that_nobody_else_mounts_is_found(filler):
    manifest = pod(init=[container("other"), filler], volumes=EMPTY)

    [finding] = check(view(manifest))

    assert "spec.initContainers[1].volumeMounts[0]" == finding.path
    assert finding.container == "fill"


NEAR_MISSES = [
    pytest.param(shell("pg_dump > /work/dump; upload /work/dump"), id="read again"),
    pytest.param(shell("curl -o /work/a.tgz https://x/a && tar xf /work/a.tgz -C /opt"), id="unpacked again"),
    pytest.param(shell("cd /work && wget https://shop.example/x"), id="working there"),
    pytest.param(shell("echo x > /work/x; for f in /work/*; do load $f; done"), id="walked over"),
    pytest.param(shell("python3 - <<EOF\nopen('/work/x')\nEOF\ncp a /work/x"), id="program in a here-document"),
    pytest.param(shell("cp a /work/x; load", env=[{"name": "HOME", "value": "/work"}]), id="named by a variable"),
    pytest.param(shell("cp a /work/x", workingDir="/work/sub"), id="working directory"),
    pytest.param(container("fill", volumeMounts=MOUNTS), id="the image decides"),
    pytest.param(shell("migrate --work-dir /work"), id="a program with a folder to work in"),
    pytest.param(shell("mkdir -p /work/x"), id="nothing is filled"),
    pytest.param(shell("sh -c 'load /work' > /work/out"), id="a shell in a shell"),
    pytest.param(shell("load < /work/x > /work/out"), id="read by redirection"),
    pytest.param(shell("X=$(cat /work/x); echo $X > /work/y"), id="read by substitution"),
    pytest.param(shell("if then > /work/x"), id="cannot be read"),
]


@pytest.mark.parametrize("filler", NEAR_MISSES)
def test_room_to_work_in_is_no_fault(filler):
    assert [] == list(check(view(pod(init=[filler], volumes=EMPTY))))


@pytest.mark.parametrize("place", ["/tmp", "/var/run", "/home/app/.cache", "/dev/shm"])  # noqa: S108
def test_places_of_scratch_are_left_alone(place):
    filler = container("fill", command=["cp", "a", place], volumeMounts=[{"name": "work", "mountPath": place}])

    assert [] == list(check(view(pod(init=[filler], volumes=EMPTY))))


FILLER = shell("echo open > /work/index.html")


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(container(volumeMounts=MOUNTS), init=[FILLER], volumes=EMPTY), id="by the app"),
        pytest.param(pod(init=[FILLER, sidecar(volumeMounts=MOUNTS)], volumes=EMPTY), id="by a sidecar"),
        pytest.param(pod(init=[FILLER, container("next", volumeMounts=MOUNTS)], volumes=EMPTY), id="by the next one"),
        pytest.param(
            pod(init=[FILLER], ephemeralContainers=[container("dbg", volumeMounts=MOUNTS)], volumes=EMPTY), id="dbg"
        ),
        pytest.param(
            pod(init=[FILLER], volumes=[{"name": "work", "hostPath": {"path": "/srv"}}]), id="a folder that stays"
        ),
        pytest.param(pod(init=[FILLER | {"restartPolicy": "Always"}], volumes=EMPTY), id="a sidecar's own"),
        pytest.param(pod(FILLER, init=[container("i")], volumes=EMPTY), id="an app's own"),
        pytest.param(pod(init=[FILLER], volumes=None), id="no volume"),
    ],
)
def test_a_volume_that_is_used_or_stays_is_fine(manifest):
    assert [] == list(check(view(manifest)))


def test_only_the_first_three_of_a_container_are_looked_at():
    mounts = [{"name": f"v{i}", "mountPath": f"/v{i}"} for i in range(5)]
    filler = container("fill", command=["tee", *(f"/v{i}/x" for i in range(5))], volumeMounts=mounts)
    volumes = [{"name": f"v{i}", "emptyDir": {}} for i in range(5)]

    paths = [finding.path for finding in check(view(pod(init=[filler], volumes=volumes)))]

    assert [f"spec.initContainers[0].volumeMounts[{i}]" for i in range(3)] == paths
