import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic323_download_without_checksum import check


def shell(text):
    return pod(init=[container("fetch", command=["sh", "-ec", text])])


FIRES = [
    pytest.param(shell("curl -fsSLo /work/tool https://files.example/tool"), id="curl -o"),
    pytest.param(shell("curl -LO https://files.example/tool"), id="curl -O"),
    pytest.param(shell("curl -sL https://files.example/tool.tgz | tar xz -C /work"), id="unpacked"),
    pytest.param(shell("curl -s https://files.example/install.sh | bash -s -- -y"), id="run"),
    pytest.param(shell("wget https://files.example/tool-$VERSION.zip"), id="wget"),
    pytest.param(shell("wget -qO- https://files.example/tool > /work/tool"), id="redirected"),
    pytest.param(shell("wget -q files.example/tool.zip -O /work/tool.zip"), id="no scheme"),
    pytest.param(shell("timeout 60 curl --output /work/tool https://files.example:8443/tool"), id="behind timeout"),
    pytest.param(shell("curl -o /x https://8.8.4.4/tool"), id="public address"),
    pytest.param(
        pod(init=[container("fetch", command=["wget", "-O", "/x", "https://files.example/x"])]), id="no shell"
    ),
    pytest.param(pod(init=[sidecar("fetch", command=["wget", "https://files.example/x"])]), id="sidecar"),
]


@pytest.mark.parametrize("manifest", FIRES)
def test_an_unchecked_download_is_reported(manifest):
    [finding] = check(view(manifest))

    assert ("spec.initContainers[0].command", "fetch") == (finding.path, finding.container)


NEAR_MISSES = [
    pytest.param(shell("wget https://files.example/t; echo '9f86 t' | sha256sum -c"), id="checksum"),
    pytest.param(
        shell("curl -o t https://files.example/t; curl -o s https://files.example/t.sig; gpg --verify s t"), id="gpg"
    ),
    pytest.param(shell("curl -fs https://files.example/healthz"), id="only looked at"),
    pytest.param(shell("curl -so /dev/null -w '%{http_code}' https://files.example/"), id="thrown away"),
    pytest.param(shell("curl -s https://files.example/list | grep ready"), id="searched"),
    pytest.param(shell("wget -q --spider https://files.example/"), id="spider"),
    pytest.param(shell("curl -X POST -d @/body https://files.example/register -o /answer"), id="something sent"),
    pytest.param(shell("curl --request DELETE -o /answer https://files.example/lock"), id="another method"),
    pytest.param(shell("curl -o /work/settings http://settings/app.json"), id="a service by its short name"),
    pytest.param(
        shell("curl -o /work/s http://settings.shop.svc.cluster.local:80/app.json"), id="a service by its name"
    ),
    pytest.param(shell("curl -o /work/id http://169.254.169.254/latest/meta-data/instance-id"), id="the cloud's own"),
    pytest.param(shell("curl -o /work/x http://10.0.0.7:8000/x"), id="private address"),
    pytest.param(shell('curl -o /work/x "$URL"'), id="unknown address"),
    pytest.param(shell('curl -o /work/x "https://$HOST/x"'), id="unknown host"),
    pytest.param(shell("curl 2> /errors https://files.example/x"), id="errors kept"),
    pytest.param(shell("echo wget https://files.example/x"), id="only said"),
    pytest.param(shell("if then wget https://files.example/x"), id="cannot be read"),
    pytest.param(shell("curl | sh; wget"), id="no address"),
    pytest.param(pod(init=[container("fetch", args=["wget", "https://files.example/x"])]), id="the image decides"),
    pytest.param(pod(container(command=["wget", "https://files.example/x"])), id="a main container"),
]


@pytest.mark.parametrize("manifest", NEAR_MISSES)
def test_what_is_checked_or_no_file_from_outside_is_left_alone(manifest):
    assert [] == list(check(view(manifest)))


def test_a_script_among_the_args_is_found_there():
    manifest = pod(init=[container(command=["sh", "-c"], args=["curl -O https://files.example/x"])])

    assert ["spec.initContainers[0].args"] == [finding.path for finding in check(view(manifest))]
