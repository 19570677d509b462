import pytest

from tests.builders import container, pod, sidecar, view
from webhook.core.workload import workload_of
from webhook.rules.practice.ic301_wait_loop_without_deadline import check


def shell(text, *flags):
    return container("wait", command=["sh", *flags, "-c", text])


FIRES = [
    pytest.param("until nslookup myservice; do echo waiting for myservice; sleep 2; done;", id="a name"),
    pytest.param('until nc -zv "$DB_HOST" "$DB_PORT"; do\n  sleep 2\ndone\necho ready', id="a port, over lines"),
    pytest.param("while ! curl -fs http://api/healthz; do sleep 5; done", id="while with a negation"),
    pytest.param(
        'while [ "$(curl -so /dev/null -w "%{http_code}" http://api)" -ne 200 ]; do sleep 2; done', id="status code"
    ),
    pytest.param("while true; do pg_isready -h db && break; sleep 1; done", id="endless, left when it comes"),
    pytest.param("while :; do if nc -z db 5432; then break; fi; echo not yet; sleep 1; done", id="left from an if"),
    pytest.param("for ((;;)); do nc -z db 5432 && break; sleep 1; done", id="endless for"),
    pytest.param(
        'wait_for() { until nc -z "$1" "$2"; do sleep 1; done; }\nwait_for db 5432\nwait_for mq 5672', id="function"
    ),
    pytest.param("until [ -f /shared/ready ]; do sleep 1; done; ./start-prepared", id="a file"),
    pytest.param("for host in db mq; do until nc -z $host 1; do sleep 1; done; done", id="within a for"),
    pytest.param('until timeout 3 sh -c "nc -z db 5432"; do sleep 2; done', id="a limit for one try only"),
    pytest.param(
        'STATUS=none; while [ "$STATUS" != up ]; do sleep 5; STATUS=$(curl -s http://api/status); done', id="answer"
    ),
]


@pytest.mark.parametrize("text", FIRES)
def test_a_wait_that_never_gives_up_is_found(text):
    [finding] = check(view(pod(init=[container("first"), shell(text)])))

    assert ("Practice", "spec.initContainers[1].command") == (str(finding.type), finding.path)
    assert "wait" == finding.container


NEAR_MISSES = [
    pytest.param("for i in $(seq 60); do nc -z db 5432 && exit 0; sleep 2; done; exit 1", id="counted in a for"),
    pytest.param(
        "n=0; until nc -z db 5432; do n=$((n+1)); [ $n -lt 60 ] || exit 1; sleep 2; done", id="counted by hand"
    ),
    pytest.param("until nc -z db 1; do ((i++)); [[ $i -gt 30 ]] && break; sleep 1; done", id="counted in bash"),
    pytest.param("i=0; while [ $i -lt 30 ] && ! nc -z db 1; do i=`expr $i + 1`; sleep 1; done", id="expr"),
    pytest.param(
        'end=$(( $(date +%s) + 300 ))\nuntil nc -z db 1; do\n  [ "$(date +%s)" -lt "$end" ] || exit 1\n  sleep 2\ndone',
        id="by the clock",
    ),
    pytest.param("until nc -z db 1; do [ $SECONDS -lt 60 ] || exit 1; sleep 1; done", id="the shell's clock"),
    pytest.param('timeout 300 sh -c "until nc -z db 5432; do sleep 2; done"', id="under timeout"),
    pytest.param("( sleep 300; kill $$ ) & until nc -z db 1; do sleep 2; done", id="ended from beside"),
    pytest.param("while read -r host; do ping -c 1 $host; sleep 1; done < /hosts", id="over the lines of a file"),
    pytest.param("while [ $# -gt 0 ]; do echo $1; shift; sleep 1; done", id="over the arguments"),
    pytest.param("(while true; do echo .; sleep 10; done) &\n./migrate", id="progress in the background"),
    pytest.param(
        "die() { echo late; exit 1; }\nuntil nc -z db 1; do give_up && die; sleep 1; done", id="leaves by call"
    ),
    pytest.param("hosts='a b'; while [ -n \"$hosts\" ]; do hosts=${hosts#? }; sleep 1; done", id="gets shorter"),
    pytest.param("until nc -z db 1; do for i in $((n+=1)); do echo $i; done; sleep 1; done", id="counted within"),
    pytest.param("until ./migrate; do echo again; done", id="does not wait"),
    pytest.param("while true; do date; sleep 60; done", id="ends never: another rule"),
    pytest.param("echo 'until nc -z db; do sleep 1; done'", id="only says so"),
    pytest.param("until nc -z db; do sleep 1;", id="cannot be read"),
    pytest.param("sleep 10; ./migrate", id="one sleep"),
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_wait_that_ends_is_fine(text):
    assert [] == list(check(view(pod(init=[shell(text)]))))


LOOP = "until nc -z db 5432; do sleep 2; done"


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(init=[sidecar("wait", command=["sh", "-c", LOOP])]), id="sidecar"),
        pytest.param(pod(container("wait", command=["sh", "-c", LOOP])), id="app container"),
        pytest.param(pod(init=[shell(LOOP)], activeDeadlineSeconds=600), id="deadline of the Pod"),
        pytest.param(
            pod(init=[container("wait", command=["timeout", "60", "sh", "-c", LOOP])]), id="timeout before it"
        ),
        pytest.param(pod(init=[container("wait", args=["-c", LOOP])]), id="the image decides"),
        pytest.param(pod(init=[None, container("wait", command=["sh"], args=None)]), id="nulls"),
    ],
)
def test_where_a_loop_belongs_or_has_a_deadline_nothing_is_said(manifest):
    assert [] == list(check(view(manifest)))


def test_the_deadline_of_a_job_is_one_too():
    template = {"spec": {"initContainers": [shell(LOOP)], "containers": [container()], "restartPolicy": "Never"}}
    job = {"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": template}}
    late = {**job, "spec": {**job["spec"], "activeDeadlineSeconds": 900}}

    found = [len(list(check(workload_of("batch/v1", "Job").pod(one, 36)))) for one in (job, late)]

    assert [1, 0] == found


def test_a_script_in_args_is_pointed_at_there():
    [finding] = check(view(pod(init=[container("wait", command=["/bin/bash"], args=["-ec", LOOP])])))

    assert "spec.initContainers[0].args" == finding.path
