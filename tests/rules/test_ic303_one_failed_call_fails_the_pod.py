import pytest

from tests.builders import container, pod, sidecar, view
from webhook.core.workload import workload_of
from webhook.rules.practice.ic303_one_failed_call_fails_the_pod import check


def never(*init, **fields):
    return pod(init=list(init), restartPolicy="Never", **fields)


def shell(text, flag="-ec"):
    return container("fetch", command=["sh", flag, text])


FIRES = [
    pytest.param(container("fetch", command=["curl", "-fo", "/d/x", "https://h/x"]), "curl", id="curl"),
    pytest.param(container("fetch", command=["wget"], args=["-O", "/d/x", "http://h/x"]), "wget", id="wget"),
    pytest.param(shell("rm -rf /src/*; git clone --depth 1 https://h/r.git /src"), "git", id="git"),
    pytest.param(shell("git -C /src pull git@h:r.git main"), "git", id="git over ssh"),
    pytest.param(shell("nc -z db 5432", "-c"), "nc", id="one look at a port"),
    pytest.param(shell("nslookup db && echo there", "-c"), "nslookup", id="one look at a name"),
    pytest.param(shell("set -eu\nTOKEN=$(curl -fs https://h/token)\necho ok", "-c"), "curl", id="in an assignment"),
    pytest.param(shell("curl -fsS https://h/x | tar xz -C /d; wget -qO /d/y http://h/y"), "wget", id="after a pipe"),
]


@pytest.mark.parametrize(("init", "program"), FIRES)
def test_one_try_in_a_pod_that_has_only_one_is_found(init, program):
    [finding] = check(view(never(init)))

    assert "spec.initContainers[0].command" == finding.path
    assert finding.message.startswith(f"{program} has one try, and with it the whole Pod fails")


NEAR_MISSES = [
    pytest.param(shell("curl --retry 5 --retry-connrefused -fo /d/x https://h/x"), id="curl tries again"),
    pytest.param(shell("wget --tries=10 --retry-connrefused -O /d/x http://h/x"), id="wget tries again"),
    pytest.param(shell("until git clone https://h/r.git /src; do sleep 5; done"), id="loop"),
    pytest.param(shell("for i in 1 2 3; do curl -fo /d/x http://h/x && exit 0; sleep 5; done; exit 1"), id="counted"),
    pytest.param(shell("curl -f http://h/x || curl -f http://mirror/x"), id="alternative"),
    pytest.param(shell("if curl -fs http://h/flag; then echo on; fi"), id="asked in an if"),
    pytest.param(shell("curl -f http://h/x; echo done", "-c"), id="its failure does not count"),
    pytest.param(shell("retry curl -f http://h/x"), id="somebody else tries again"),
    pytest.param(shell("curl -f http://localhost:8080/x http://127.0.0.1/y"), id="the Pod itself"),
    pytest.param(shell("git init /src && git -C /src config user.name x"), id="git at home"),
    pytest.param(shell("git clone /mirror/r.git /src"), id="git from a folder"),
    pytest.param(shell("pip install -r req.txt; aws s3 cp s3://b/k /d"), id="tries again by itself"),
    pytest.param(shell("cp -r /a /d; ./report"), id="no network"),
    pytest.param(shell("curl --version; nc -l 9000 &"), id="calls nobody"),
    pytest.param(container("fetch"), id="the image decides"),
    pytest.param(shell("git --version; git"), id="git does nothing"),
    pytest.param(shell("[ -f /d/x ] && curl -fo /d/x http://h/x", "-c"), id="only after a question"),
    pytest.param(sidecar("fetch", command=["curl", "-f", "http://h/x"]), id="sidecar"),
    pytest.param(container("fetch", command=["curl", "http://h/x"], restartPolicy="OnFailure"), id="restarted itself"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_whoever_tries_again_or_calls_nobody_is_fine(init):
    assert [] == list(check(view(never(init))))


CALL = container("fetch", command=["curl", "-fo", "/d/x", "https://h/x"])


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(init=[CALL]), id="restarted always"),
        pytest.param(pod(init=[CALL], restartPolicy="OnFailure"), id="restarted on failure"),
        pytest.param(never(CALL, metadata={"ownerReferences": [{"kind": "Job"}]}), id="its Job makes another"),
    ],
)
def test_a_pod_that_is_tried_again_is_fine(manifest):
    assert [] == list(check(view(manifest)))


def job(**spec):
    template = {"spec": {"initContainers": [CALL], "containers": [container()], "restartPolicy": "Never"}}
    manifest = {"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": template, **spec}}
    return workload_of("batch/v1", "Job").pod(manifest, 36)


def test_a_job_fails_for_good_only_without_further_tries():
    found = [len(list(check(job(**spec)))) for spec in ({}, {"backoffLimit": 3}, {"backoffLimit": 0})]

    assert [0, 0, 1] == found


def test_a_job_with_a_failure_policy_decides_by_itself():
    assert [] == list(check(job(backoffLimit=0, podFailurePolicy={"rules": []})))


def test_the_message_speaks_of_the_job():
    [finding] = check(job(backoffLimit=0))

    assert "the whole Job fails" in finding.message
    assert "spec.template.spec.initContainers[0].command" == finding.path
