import pytest

from webhook.core.pod import Container, Role
from webhook.shell.download import Download, downloads
from webhook.shell.program import program_of


def urls(text):
    program = program_of(Container({"command": ["sh", "-c", text]}, Role.INIT, "spec.initContainers", 0))
    return [one.url for one in downloads(program)]


@pytest.mark.parametrize(
    "text",
    [
        "curl -o f https://x.example/f",
        "curl -fsSLO https://x.example/f",
        "curl --output=f --request GET https://x.example/f",
        "curl https://x.example/f > f",
        "curl https://x.example/f 1>> f",
        "curl https://x.example/f | tar xz",
        "curl https://x.example/f | sudo bash",
        "wget https://x.example/f",
        "wget -qO f https://x.example/f",
        "wget -O - https://x.example/f | gunzip > f",
        "X=$(wget https://x.example/f)",
    ],
)
def test_a_file_that_is_kept_or_run_is_a_download(text):
    assert ["https://x.example/f"] == urls(text)


@pytest.mark.parametrize(
    "text",
    [
        "curl https://x.example/f",
        "curl -o /dev/null https://x.example/f",
        "curl -sI https://x.example/f -o head",
        "curl -X PUT https://x.example/f -o answer",
        "curl --data x https://x.example/f > answer",
        "curl https://x.example/f 2> errors",
        "curl https://x.example/f | jq .",
        "curl https://x.example/f | while read x; do echo; done",
        "wget --spider https://x.example/f",
        "wget -qO- https://x.example/f",
        "wget --post-data=x https://x.example/f",
        "wget $URL",
        "wget readme",
        "git clone https://x.example/f",
        "echo https://x.example/f > f",
    ],
)
def test_what_is_only_looked_at_or_sent_is_none(text):
    assert [] == urls(text)


def test_without_a_scheme_wget_means_http():
    assert ["http://x.example/f.tgz"] == urls("wget -O /tmp/f.tgz x.example/f.tgz")


@pytest.mark.parametrize(
    ("url", "host", "is_outside"),
    [
        ("https://files.example/x", "files.example", True),
        ("https://user@files.example:8443/x", "files.example", True),
        ("https://8.8.4.4/x", "8.8.4.4", True),
        ("http://[2606:4700::1]/x", "2606:4700::1", True),
        ("http://[fd00::1]:80/x", "fd00::1", False),
        ("http://10.1.2.3/x", "10.1.2.3", False),
        ("http://127.0.0.1/x", "127.0.0.1", False),
        ("http://settings/x", "settings", False),
        ("http://settings.shop.svc/x", "settings.shop.svc", False),
        ("http://settings.shop.svc.cluster.local./x", "settings.shop.svc.cluster.local.", False),
        ("http://metadata.google.internal/x", "metadata.google.internal", False),
        ("http://$HOST/x", "", False),
        ("$URL", "", False),
        ("", "", False),
    ],
)
def test_whether_a_host_stands_outside(url, host, is_outside):
    one = Download(url, "curl")

    assert (host, is_outside) == (one.host, one.is_from_outside)


@pytest.mark.parametrize(
    ("url", "is_plain"), [("http://x", True), ("HTTP://x", True), ("https://x", False), ("x", False)]
)
def test_plain_is_http_alone(url, is_plain):
    assert is_plain == Download(url, "curl").is_plain
