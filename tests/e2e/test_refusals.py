"""What is wrong is refused at apply time: with a code, at the very place where Kubernetes sees it, read in kubectl."""

import pytest

from tests.e2e.place import Place
from tests.e2e.samples import PROBE, cron_job, deployment, init, pod

MOUNT = {"name": "data", "mountPath": "/data"}
DATA = {"name": "data", "emptyDir": {}}


KINDS = pytest.mark.parametrize(
    ("made", "kind", "path"),
    [
        pytest.param(lambda it: it, "Pod", "spec", id="as a Pod"),
        pytest.param(deployment, "Deployment", "spec.template.spec", id="in a Deployment"),
        pytest.param(cron_job, "CronJob", "spec.jobTemplate.spec.template.spec", id="in a CronJob"),
    ],
)


@KINDS
def test_kubectl_says_what_is_wrong_and_where(watched: Place, made, kind, path):
    applied = watched.apply(made(pod(init(readinessProbe=PROBE))))

    assert applied.returncode == 1
    assert applied.stdout == ""
    assert applied.stderr == (
        f'The {kind} "shop" is invalid: {path}.initContainers[0].readinessProbe: '
        "IC103 Forbidden: may not be set for init containers without restartPolicy: Always\n"
    )


def test_kubectl_gives_each_of_five_faults_a_line(watched: Place):
    faulty = init(
        image="",
        livenessProbe=PROBE,
        lifecycle={"preStop": PROBE},
        resources={"requests": {"cpu": "2"}, "limits": {"cpu": "1"}},
        volumeMounts=[MOUNT],
    )

    applied = watched.apply(pod(faulty))

    first, *lines = applied.stderr.splitlines()
    assert first == 'The Pod "shop" is invalid: '
    assert [tuple(line.split()[1:3]) for line in lines] == [
        ("spec.initContainers[0].livenessProbe:", "IC103"),
        ("spec.initContainers[0].lifecycle:", "IC104"),
        ("spec.initContainers[0].image:", "IC106"),
        ("spec.initContainers[0].resources.requests:", "IC107"),
        ("spec.initContainers[0].volumeMounts[0].name:", "IC108"),
    ]


def test_nothing_of_what_is_refused_is_kept(watched: Place):
    watched.apply(pod(init(readinessProbe=PROBE)))

    assert watched.pods() == {}


def test_the_other_objects_of_the_same_command_are_kept(watched: Place):
    good = pod(init(), metadata={"name": "good"})
    both = {"apiVersion": "v1", "kind": "List", "items": [pod(init(lifecycle={"preStop": PROBE})), good]}

    applied = watched.apply(both)

    assert applied.returncode == 1
    assert applied.stdout == "pod/good created\n"
    assert "IC104" in applied.stderr


def test_an_unknown_policy_is_refused_where_the_administrator_says_so(watched: Place):
    unknown = {"annotations": {"prologue.dev/inject": "wait-for-nobody"}}

    applied = watched.apply(pod(metadata=unknown))

    assert applied.returncode == 1
    assert "metadata.annotations[prologue.dev/inject]: IC402 " in applied.stderr


RULES = pytest.mark.parametrize(
    ("code", "faulty"),
    [
        pytest.param("IC101", pod(init(name="Migrate_Schema")), id="IC101 malformed container name"),
        pytest.param("IC102", pod(init(name="app")), id="IC102 duplicate container name"),
        pytest.param("IC103", pod(init(startupProbe=PROBE)), id="IC103 probe on init container"),
        pytest.param("IC104", pod(init(lifecycle={"postStart": PROBE})), id="IC104 lifecycle on init container"),
        pytest.param("IC105", pod(init(restartPolicy="Sometimes")), id="IC105 unsupported restart policy"),
        pytest.param("IC106", pod(init(image="")), id="IC106 missing image"),
        pytest.param(
            "IC107",
            pod(init(resources={"requests": {"memory": "1Gi"}, "limits": {"memory": "512Mi"}})),
            id="IC107 request above limit",
        ),
        pytest.param("IC108", pod(init(volumeMounts=[MOUNT])), id="IC108 mount of missing volume"),
        pytest.param("IC109", pod(init(volumeMounts=[MOUNT, MOUNT]), volumes=[DATA]), id="IC109 duplicate mount path"),
    ],
)


@KINDS
@RULES
def test_we_refuse_what_kubernetes_refuses_for_the_same_causes(
    watched: Place, unwatched: Place, made, kind, path, code, faulty
):
    ours = watched.dry_run(made(faulty))
    theirs = unwatched.dry_run(made(faulty))

    assert (ours.status, theirs.status) == (422, 422)
    assert sorted(ours.causes) == sorted(theirs.causes)
    assert {cause["message"].split()[0] for cause in ours.body["details"]["causes"]} == {code}
    assert all(where.startswith(path) for _, where in ours.causes)
