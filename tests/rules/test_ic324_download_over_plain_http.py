import pytest

from tests.builders import container, pod, view
from webhook.rules.practice.ic324_download_over_plain_http import check


def shell(text):
    return pod(init=[container("fetch", command=["sh", "-ec", text])])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("wget -O /work/page http://files.example/page", id="wget"),
        pytest.param("curl -o /work/page HTTP://files.example/page", id="capitals"),
        pytest.param("curl -s http://files.example/install.sh | sh", id="run"),
        pytest.param("curl -sS http://user@files.example:8080/x.tgz | tar xz", id="unpacked"),
        pytest.param("curl -o /a https://files.example/a && curl -o /b http://files.example/b", id="the second of two"),
        pytest.param("wget files.example/page.html", id="no scheme means http"),
    ],
)
def test_a_plain_download_is_reported(text):
    [finding] = check(view(shell(text)))

    assert "spec.initContainers[0].command" == finding.path
    assert "files.example" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("wget -O /work/page https://files.example/page", id="https"),
        pytest.param("curl -fs http://files.example/healthz", id="only looked at"),
        pytest.param("curl -o /work/x http://settings.shop.svc/x", id="inside the cluster"),
        pytest.param("curl -o /work/x http://localhost:8200/x", id="the same Pod"),
        pytest.param("curl -o /work/x http://192.168.3.4/x", id="private address"),
        pytest.param("curl -o /work/x http://[fd00::1]/x", id="private address of the new kind"),
        pytest.param('wget -O /work/x "http://$HOST/x"', id="unknown host"),
        pytest.param("wget --spider http://files.example/", id="spider"),
    ],
)
def test_what_is_safe_or_inside_is_left_alone(text):
    assert [] == list(check(view(shell(text))))
