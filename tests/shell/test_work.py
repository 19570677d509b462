import pytest

from webhook.core.pod import Container, Role
from webhook.shell.program import program_of
from webhook.shell.work import Work, installs_packages, kinds_of_work, only_copies


def program(text):
    return program_of(Container({"command": ["sh", "-c", text]}, Role.INIT, "spec.initContainers", 0))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("curl https://x; git pull", {Work.FETCH}),
        ("cp a b; mv b c", {Work.COPY}),
        ("chown -R 1 /a", {Work.OWNERSHIP}),
        ("apt-get install -y x", {Work.PACKAGES}),
        ("sysctl -w a=1", {Work.KERNEL}),
        ("iptables -L", {Work.FIREWALL}),
        ("psql -c x", {Work.DATABASE}),
        ("kubectl get x", {Work.CLUSTER}),
        ("openssl rand 1", {Work.CERTIFICATES}),
        ("until ready; do sleep 1; done", {Work.WAIT}),
        ("until kubectl get x; do sleep 1; done", {Work.WAIT, Work.CLUSTER}),
        ("for i in 1 2; do sleep 1; done", set()),
        ("until ready; do date; done", set()),
        ("mkdir a; ls", set()),
        ("if then cp", set()),
    ],
)
def test_kinds_of_work(text, kinds):
    assert kinds == kinds_of_work(program(text))


@pytest.mark.parametrize(
    ("text", "installer"),
    [
        ("apk add x", "apk"),
        ("yum -y install x", "yum"),
        ("python3.12 -m pip install x", "python3.12"),
        ("yarn add x", "yarn"),
        ("pip install --no-index x", ""),
        ("python -m build", ""),
        ("apk info", ""),
        ("go build", ""),
    ],
)
def test_who_installs_packages(text, installer):
    assert installer == installs_packages(program(text))


@pytest.mark.parametrize(
    ("text", "copies"),
    [
        ("cp a b", True),
        ("mkdir -p b && cp -r a b && chmod -R 755 b && echo done", True),
        ("X=1; mv a $X", True),
        ("mkdir b", False),
        ("cp a b; run", False),
        ("cp a $(find_it)", False),
        ("", False),
    ],
)
def test_what_only_copies(text, copies):
    assert copies == only_copies(program(text))
