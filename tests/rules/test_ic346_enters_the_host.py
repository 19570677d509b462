import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic346_enters_the_host import check


def shell(text):
    return container("tune", command=["sh", "-ec", text])


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(
            container("tune", command=["nsenter", "-t", "1", "-m", "-u", "--", "swapoff", "-a"]), id="no shell"
        ),
        pytest.param(
            container("tune", command=["/usr/bin/nsenter"], args=["--target=1", "--mount"]), id="among the args"
        ),
        pytest.param(
            shell("nsenter --target 1 --mount -- sysctl -w fs.inotify.max_user_watches=524288"), id="in a script"
        ),
        pytest.param(shell("sudo nsenter -m -t1 reboot"), id="behind sudo"),
        pytest.param(shell("nsenter --mount=/host/proc/1/ns/mnt -- systemctl restart containerd"), id="by a file"),
        pytest.param(
            container("tune", command=["nsenter", "-t", "1", "-m", "sh", "-c", "if then"]), id="a shell over there"
        ),
        pytest.param(sidecar("tune", command=["nsenter", "-at", "1", "-t", "1"]), id="sidecar"),
    ],
)
def test_a_way_into_the_node_is_reported(one):
    [finding] = check(view(pod(init=[one])))

    assert finding.path.startswith("spec.initContainers[0].command")
    assert finding.container == "tune"


def test_every_kind_of_container_is_judged():
    one = container(command=["nsenter", "-t", "1", "bash"])

    assert ["spec.containers[0].command"] == [finding.path for finding in check(view(pod(one)))]


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(shell("nsenter -t $PID -n ip addr"), id="an unknown process"),
        pytest.param(shell("nsenter --net=/var/run/netns/blue ip addr"), id="a network of a name"),
        pytest.param(shell("nsenter -t 12 -n ss"), id="another process"),
        pytest.param(shell("echo 'nsenter -t 1'"), id="only said"),
        pytest.param(shell("if then nsenter -t 1"), id="cannot be read"),
        pytest.param(container(args=["nsenter", "-t", "1"]), id="the image decides"),
        pytest.param(container(command=["timeout", "-t", "1", "true"]), id="a flag alike"),
    ],
)
def test_what_stays_in_its_place_is_fine(one):
    assert [] == list(check(view(pod(init=[one]))))
