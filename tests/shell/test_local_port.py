import pytest

from webhook.core.pod import Container, Role
from webhook.shell.local_port import local_ports
from webhook.shell.program import program_of


def ports(text):
    return local_ports(program_of(Container({"command": ["sh", "-c", text]}, Role.INIT, "spec.initContainers", 0)))


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("curl http://localhost:8080/x", {8080}),
        ("wget -qO- 127.0.0.1:8080", {8080}),
        ("nc -z localhost 8080", {8080}),
        ("psql -h localhost -p 5432", {5432}),
        ("mysql --host 127.0.0.1 --port=3306", {3306}),
        ("curl http://[::1]:80 && curl http://localhost:81", {80, 81}),
        ("X=$(curl -s http://localhost:8080)", {8080}),
        ("curl http://localhost", set()),
        ("curl http://localhost.example:8080", set()),
        ("curl http://notlocalhost:8080", set()),
        ("curl http://127.0.0.11:8080", set()),
        ("echo localhost:8080", set()),
        ("for i in 1 2 3; do curl localhost:8080; done", set()),
        ("curl --retry 5 localhost:8080", set()),
        ("curl localhost:8080 || exit 0", set()),
        ("if curl localhost:8080; then go; fi", set()),
        ("! curl localhost:8080", set()),
        ("go", set()),
        ("if then localhost:8080", set()),
    ],
)
def test_ports_that_are_called_once_without_patience(text, called):
    assert called == ports(text)
