import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic304_init_container_never_ends import check


def shell(text):
    return container("stay", command=["sh", "-c", text])


FIRES = [
    pytest.param(container("stay", command=["sleep", "infinity"]), id="sleep infinity"),
    pytest.param(container("stay", command=["sleep"], args=["365d"]), id="sleep for a year"),
    pytest.param(container("stay", command=["tail", "-f", "/dev/null"]), id="tail"),
    pytest.param(container("stay", command=["nginx", "-g", "daemon off;"]), id="nginx"),
    pytest.param(shell("while true; do date; sleep 10; done"), id="endless loop"),
    pytest.param(shell("./prepare && exec nginx -g 'daemon off;'"), id="a server at the end"),
    pytest.param(shell("echo hold; sleep 9999999"), id="a huge number"),
    pytest.param(shell("redis-server /etc/redis.conf"), id="redis"),
    pytest.param(shell("cd /www && python3 -m http.server 8000"), id="python"),
    pytest.param(shell("until false; do ./sync; sleep 60; done"), id="until false"),
    pytest.param(container("stay", command=["tini", "--", "httpd", "-DFOREGROUND"]), id="behind tini"),
    pytest.param(shell("hold() { sleep infinity; }\nhold"), id="in a function"),
]


@pytest.mark.parametrize("init", FIRES)
def test_what_never_ends_is_found(init):
    [finding] = check(view(pod(init=[init])))

    assert ("spec.initContainers[0].command", "stay") == (finding.path, finding.container)


NEAR_MISSES = [
    pytest.param(shell("sleep 30"), id="a short sleep"),
    pytest.param(shell("sleep 3600"), id="an hour"),
    pytest.param(shell('[ -n "$DEBUG" ] && sleep infinity; ./migrate'), id="only to look for faults"),
    pytest.param(shell("./migrate || sleep infinity"), id="only after a failure"),
    pytest.param(shell('if [ "$HOLD" ]; then sleep infinity; fi'), id="in an if"),
    pytest.param(shell("timeout 60 tail -f /logs/a"), id="under timeout"),
    pytest.param(container("stay", command=["timeout", "60", "sleep", "infinity"]), id="timeout before it"),
    pytest.param(shell("tail -f /logs/a & ./migrate; kill $!"), id="in the background"),
    pytest.param(shell("tail -f /logs/a | grep -m1 ready"), id="read until something comes"),
    pytest.param(shell("tail -n 5 /logs/a"), id="the last lines"),
    pytest.param(shell("nginx -t && redis-server --version"), id="only checked"),
    pytest.param(shell("nginx; ./warm-up"), id="goes to the background"),
    pytest.param(shell("while true; do ./try && break; sleep 1; done"), id="left"),
    pytest.param(shell("while true; do ./try && exit 0; sleep 1; done"), id="left by exit"),
    pytest.param(shell("exit 0; sleep infinity"), id="never reached"),
    pytest.param(shell("case $MODE in hold) sleep infinity;; esac"), id="in a case"),
    pytest.param(sidecar("stay", command=["sleep", "infinity"]), id="sidecar"),
    pytest.param(container("stay", args=["sleep", "infinity"]), id="the image decides"),
    pytest.param(shell("while true; do"), id="cannot be read"),
]


@pytest.mark.parametrize("init", NEAR_MISSES)
def test_what_ends_is_fine(init):
    assert [] == list(check(view(pod(init=[init]))))


def test_app_containers_shall_stay():
    assert [] == list(check(view(pod(container(command=["sleep", "infinity"])))))
