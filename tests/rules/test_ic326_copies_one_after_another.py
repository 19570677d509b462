import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic326_copies_one_after_another import check


def copy(name, *command, **fields):
    return {"name": name, "image": "registry.example/shop:1", "command": list(command) or ["cp", "/a", "/b"], **fields}


def shell(name, text):
    return copy(name, "sh", "-c", text)


@pytest.mark.parametrize(
    "init",
    [
        pytest.param([copy("a"), copy("b")], id="cp and cp"),
        pytest.param([shell("a", "mkdir -p /x && cp -r /a/. /x/"), copy("b")], id="with a folder made"),
        pytest.param(
            [shell("a", "cp /a /b; chmod 644 /b; ls -l /b"), shell("b", "mv /c /d; echo done")], id="with talk"
        ),
        pytest.param([copy("a", "rsync", "-a", "/a/", "/b/"), copy("b", "install", "/a", "/b")], id="other tools"),
        pytest.param([container("x"), copy("a"), copy("b")], id="after something else"),
    ],
)
def test_the_second_of_two_copies_is_reported(init):
    [finding] = check(view(pod(init=init)))

    assert f"spec.initContainers[{len(init) - 1}]" == finding.path
    assert "'a'" in finding.message


@pytest.mark.parametrize(
    "init",
    [
        pytest.param([copy("a"), copy("b") | {"image": "registry.example/other:1"}], id="out of two images"),
        pytest.param([copy("a"), copy("b", securityContext={"runAsUser": 0})], id="as two users"),
        pytest.param([copy("a"), container("x"), copy("b")], id="with work between"),
        pytest.param([copy("a"), copy("b", restartPolicy="Always")], id="one is a sidecar"),
        pytest.param([copy("a"), shell("b", "cp /a /b && migrate")], id="one does more"),
        pytest.param([copy("a"), shell("b", "mkdir /x")], id="one copies nothing"),
        pytest.param([copy("a"), shell("b", "if then cp")], id="one cannot be read"),
        pytest.param([copy("a"), copy("b") | {"command": None}], id="one is up to its image"),
        pytest.param([sidecar(), copy("a")], id="one alone"),
        pytest.param([shell("a", "cp /a /b; $RUN"), copy("b")], id="one runs who knows what"),
    ],
)
def test_copies_that_must_stay_apart_are_fine(init):
    assert [] == list(check(view(pod(init=init))))
