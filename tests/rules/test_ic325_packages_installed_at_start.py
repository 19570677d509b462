import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic325_packages_installed_at_start import check


def shell(text):
    return pod(init=[container("prepare", command=["sh", "-ec", text])])


@pytest.mark.parametrize(
    ("text", "installer"),
    [
        ("apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y curl", "apt-get"),
        ("apk add --no-cache jq", "apk"),
        ("sudo yum -y install jq", "yum"),
        ("microdnf install tar", "microdnf"),
        ("pip install --target /work alembic", "pip"),
        ("python3 -m pip install -r /requirements.txt", "python3"),
        ("cd /app && npm ci", "npm"),
        ("X=$(gem install bundler)", "gem"),
    ],
)
def test_packages_that_are_installed_at_every_start_are_reported(text, installer):
    [finding] = check(view(shell(text)))

    assert "spec.initContainers[0].command" == finding.path
    assert f"with {installer} " in finding.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("apt-get update", id="only a list"),
        pytest.param("pip install --no-index --find-links /wheels shop", id="from the image"),
        pytest.param("npm ci --offline", id="from a cache"),
        pytest.param("pip list; apk info", id="only looked"),
        pytest.param("install -m 0644 /a /b; make install", id="install of another kind"),
        pytest.param("echo apt-get install curl", id="only said"),
        pytest.param("npm run build", id="a script"),
        pytest.param("if then apk add jq", id="cannot be read"),
    ],
)
def test_what_installs_nothing_from_afar_is_left_alone(text):
    assert [] == list(check(view(shell(text))))


def test_sidecars_are_judged_and_main_containers_are_not():
    manifest = pod(container(command=["apk", "add", "jq"]), init=[sidecar(command=["apk", "add", "jq"])])

    assert ["spec.initContainers[0].command"] == [finding.path for finding in check(view(manifest))]
