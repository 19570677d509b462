import pytest

from webhook.core.pod import Container, Role
from webhook.shell.given_secret import gives_secret
from webhook.shell.program import program_of

SECRET = "tram-Orbit-41"  # noqa: S105  # made up


def where(**raw):
    container = Container(raw, Role.INIT, "spec.initContainers", 0)
    return sorted(gives_secret(container, program_of(container)))


@pytest.mark.parametrize(
    "script",
    [
        f"export DB_PASSWORD={SECRET}",
        f"DB_PASSWORD='{SECRET}' migrate",
        f"migrate --password {SECRET}",
        f"migrate --db.password={SECRET}",
        f"timeout 60 mysqldump -p{SECRET} shop",
        f"sshpass -p {SECRET} scp a b",
        f"curl --user=bot:{SECRET} https://x",
        f"X=$(redis-cli --pass {SECRET} get x)",
    ],
)
def test_of_a_script_it_is_the_script(script):
    assert [2] == where(command=["sh", "-c", script])
    assert [2] == where(command=["sh"], args=["-c", script])


@pytest.mark.parametrize(
    "script",
    [
        "migrate --password",
        "migrate --password $DB_PASSWORD",
        "migrate --password -v",
        "mysql -p shop",
        'mysql -p"$DB_PASSWORD"',
        "curl -u bot https://x",
        'curl -u "bot:$TOKEN" https://x',
        f"echo {SECRET}",
        "redis-cli -a",
        "if then",
    ],
)
def test_what_is_no_secret_is_not_said(script):
    assert [] == where(command=["sh", "-c", script])


def test_elements_are_counted_through_command_and_args():
    assert [2] == where(command=["migrate", "--verbose"], args=["--password=" + SECRET])
    assert [3] == where(command=["migrate"], args=["up", "--password", SECRET])


def test_without_a_command_the_args_are_read():
    assert [1] == where(args=["--password", SECRET])
    assert [] == where(args=["up"])
    assert [] == where()
