import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic311_secret_in_plain_text import check

# Made up, and in pieces, so that no scanner of repositories takes them for real.
CLOUD_KEY = "AKIA" + "Q7RT2M5XW3PL9ZKD"
CODE_TOKEN = "ghp_" + "a1B2" * 9
PRIVATE_KEY = "-----BEGIN EC " + "PRIVATE KEY-----\n" + "MHcCAQEEIBq7" * 5 + "\n-----END EC " + "PRIVATE KEY-----"
RANDOM = "f81d4fae7dec11d0a765"


def env(name, value):
    return container("load", env=[{"name": "MODE", "value": "x"}, {"name": name, "value": value}])


def shell(text):
    return container("load", command=["sh", "-c", text])


ENV = "env[1].value"
FIRES = [
    pytest.param(env("DB_PASSWORD", "tram-Orbit-41"), ENV, id="password"),
    pytest.param(env("PGPASSWORD", "hunter2!"), ENV, id="password without a gap"),
    pytest.param(env("GITHUB_TOKEN", CODE_TOKEN), ENV, id="token"),
    pytest.param(env("SETTINGS", CLOUD_KEY), ENV, id="cloud key whatever the name"),
    pytest.param(env("STRIPE_API_KEY", RANDOM), ENV, id="api key"),
    pytest.param(env("API_KEY", "6f1c2f1e-93f0-4b52-8d8e-3f4a6c7d9e01"), ENV, id="uuid as a key"),
    pytest.param(env("TLS", PRIVATE_KEY), ENV, id="private key"),
    pytest.param(env("DATABASE_URL", "postgres://shop:tram-Orbit-41@db:5432/shop"), ENV, id="address with a password"),
    pytest.param(shell("PGPASSWORD=tram-Orbit-41 psql -h db -f /init.sql"), "command[2]", id="variable of a command"),
    pytest.param(shell("export DB_PASSWORD='tram-Orbit-41'\nmigrate up"), "command[2]", id="exported variable"),
    pytest.param(shell("mysql -h db -uroot -ptram-Orbit-41 < /x.sql"), "command[2]", id="short flag of mysql"),
    pytest.param(shell("curl -fsS -u bot:tram-Orbit-41 https://x/y -o /z"), "command[2]", id="user and password"),
    pytest.param(shell("redis-cli -a tram-Orbit-41 ping"), "command[2]", id="flag of redis"),
    pytest.param(shell(f"aws configure set x {CLOUD_KEY}"), "command[2]", id="cloud key in a script"),
    pytest.param(
        container("load", command=["migrate"], args=["--user=x", "--db-password=tram-Orbit-41"]), "args[1]", id="flag"
    ),
    pytest.param(
        container("load", command=["sh", "-c"], args=["X=$(A) PGPASSWORD=tram-Orbit-41 psql"], env=[{"name": "A"}]),
        "args[0]",
        id="script among the args, with a reference",
    ),
    pytest.param(container("load", args=["--password", "tram-Orbit-41"]), "args[1]", id="flag of an image's program"),
]


@pytest.mark.parametrize(("one", "where"), FIRES)
def test_a_secret_in_plain_text_is_found_and_never_said(one, where):
    [finding] = check(view(pod(init=[one])))

    assert f"spec.initContainers[0].{where}" == finding.path
    for secret in ("tram", "hunter2", "AKIA", "ghp_", RANDOM, "MHcC", "6f1c"):
        assert secret not in finding.message


NEAR_MISSES = [
    pytest.param(env("DB_PASSWORD", "$(FROM_ELSEWHERE)"), id="reference to a variable"),
    pytest.param(env("DB_PASSWORD", "${DB_PASSWORD}"), id="hole of a template"),
    pytest.param(env("DB_PASSWORD", "changeme"), id="placeholder"),
    pytest.param(env("DB_PASSWORD", "<your-password>"), id="placeholder in brackets"),
    pytest.param(env("DB_PASSWORD", ""), id="empty"),
    pytest.param(env("DB_PASSWORD", "xxxxxxxxxx"), id="one letter again and again"),
    pytest.param(env("DB_PASSWORD_FILE", "/run/secrets/password"), id="file"),
    pytest.param(env("DB_PASSWORD", "/run/secrets/password"), id="path"),
    pytest.param(env("DB_PASSWORD", "vault:secret/data/shop#password"), id="reference to a vault"),
    pytest.param(env("API_TOKEN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x"), id="reference to a cloud"),
    pytest.param(env("TLS_SECRET", "shop-tls-2024-certificate"), id="name of a Secret"),
    pytest.param(env("ALLOW_EMPTY_PASSWORD", "certainly"), id="decision"),
    pytest.param(env("REQUIRE_TOKEN", "a1b2c3d4e5f6a7b8c9d0"), id="decision about tokens"),
    pytest.param(env("TOKEN_TTL", "a1b2c3d4e5f6a7b8c9d0"), id="about a token"),
    pytest.param(env("CSRF_TOKEN", "header"), id="token that is a word"),
    pytest.param(env("SECRET_KEY", "database-password"), id="key within a Secret"),
    pytest.param(env("CHECKSUM", "9f86d081884c7d659a2feaa0c55ad015"), id="checksum"),
    pytest.param(env("AWS_KEY", "AKIA" + "IOSFODNN7EXAMPLE"), id="the key of the manuals"),
    pytest.param(env("DATABASE_URL", "postgres://shop:$(DB_PASSWORD)@db/shop"), id="address with a reference"),
    pytest.param(env("PROXY", "http://proxy.shop.example:3128"), id="address with a port"),
    pytest.param(shell("mysql -h db -p$MYSQL_PASSWORD < /x.sql"), id="variable after the flag"),
    pytest.param(shell('PGPASSWORD="$DB_PASSWORD" psql'), id="variable to variable"),
    pytest.param(shell("psql --password; cp -pr /a /b; mkdir -p /some/folder"), id="flags alike"),
    pytest.param(shell("grep -q 'BEGIN " + "PRIVATE KEY' /tls/key.pem"), id="search for a key"),
    pytest.param(shell("docker login --password-stdin < /run/p"), id="password by standard input"),
    pytest.param(shell("if then PASSWORD=tram-Orbit-41"), id="cannot be read"),
    pytest.param(container("load", command=["sh", "/run.sh"]), id="a script of the image"),
    pytest.param(container("load", args=["--password-file", "/run/p", "--token=$(TOKEN)"]), id="flags with references"),
]


@pytest.mark.parametrize("one", NEAR_MISSES)
def test_what_is_no_secret_is_left_alone(one):
    assert [] == list(check(view(pod(init=[one]))))


def test_sidecars_are_judged_and_main_containers_are_not():
    entry = [{"name": "DB_PASSWORD", "value": "tram-Orbit-41"}]
    manifest = pod(container(env=entry), init=[sidecar(env=entry)])

    assert ["spec.initContainers[0].env[0].value"] == [finding.path for finding in check(view(manifest))]


def test_a_secret_from_elsewhere_and_null_entries_are_fine():
    source = {"secretKeyRef": {"name": "db", "key": "password"}}
    one = container(env=[None, {"name": "PASSWORD", "valueFrom": source}], command=["sh", None], args=[None])

    assert [] == list(check(view(pod(init=[one]))))
