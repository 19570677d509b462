import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.secret_text import holds_known_secret, is_named_secret, is_password

RANDOM = "f81d4fae7dec11d0a765"
SECRET = "tram-Orbit-41"  # noqa: S105  # made up


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD",
        "DB_PASSWORD",
        "PGPASSWORD",
        "MYSQL_PWD",
        "LDAP_BIND_PASS",
        "--db-password",
        "db.password",
        "passPhrase",
    ],
)
def test_names_that_mean_a_password(name):
    assert is_named_secret(name, SECRET)


@pytest.mark.parametrize(
    "name",
    [
        "TOKEN",
        "GITHUB_TOKEN",
        "API_KEY",
        "apiKey",
        "CLIENT_SECRET",
        "AWS_SECRET_ACCESS_KEY",
        "--signing-key",
        "PRIVATE_KEY",
    ],
)
def test_names_that_mean_a_key_want_something_that_looks_like_one(name):
    assert is_named_secret(name, RANDOM)
    assert not is_named_secret(name, SECRET)


@pytest.mark.parametrize(
    "name",
    [
        "PWD",
        "PASSWORD_FILE",
        "SECRET_NAME",
        "TOKEN_TTL",
        "KEY",
        "MONKEY",
        "COMPASS",
        "ALLOW_EMPTY_PASSWORD",
        "USE_TOKEN",
        "",
    ],
)
def test_names_that_mean_neither(name):
    assert not is_named_secret(name, SECRET)
    assert not is_named_secret(name, RANDOM)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "short",
            "aaaaaaaaaa",
            "$(NAME)",
            "${NAME}",
            "$NAME-x",
            "{{ .x.y }}",
            "<password>",
            "%PASSWORD%",
            "@PASSWORD@",
        ),
        *(
            "/run/secrets/x",
            "./secret/x",
            "file:///x/y",
            "vault:secret/x",
            "ref+vault://x",
            "op://vault/x",
            "arn:aws:x:y",
        ),
        *(
            "changeme!",
            "change-it",
            "your-password",
            "xxxxyyyy",
            "placeholder",
            "password123",
            "DB_PASSWORD",
            "disabled",
        ),
        *("postgres", "REDACTED", "required"),
    ],
)
def test_references_and_words_in_place_of_a_password_are_none(value):
    assert not is_password(value)
    assert not is_named_secret("DB_PASSWORD", value)


@pytest.mark.parametrize("value", ["hunter2!", "123456", "correct horse", "Tr0ub4dor&3", "p/q+r=stu"])
def test_what_could_be_chosen_is_a_password(value):
    assert is_password(value)


@pytest.mark.parametrize(
    "value",
    [RANDOM, "6f1c2f1e-93f0-4b52-8d8e-3f4a6c7d9e01", "c2VjcmV0IHZhbHVlIGZvciB5b3U5", f" {RANDOM}\n"],
)
def test_what_a_machine_made_is_a_key(value):
    assert is_named_secret("API_KEY", value)


@pytest.mark.parametrize(
    "value",
    ["my-release-2024-secret", "header", "Bearer " + RANDOM, "abcdefghijklmnopqrst", "12345678901234567890", "$(KEY)"],
)
def test_what_people_write_is_no_key(value):
    assert not is_named_secret("API_KEY", value)


# In pieces, so that no scanner of repositories takes them for real.
KNOWN = [
    "AKIA" + "Q7RT2M5XW3PL9ZKD",
    "ASIA" + "Q7RT2M5XW3PL9ZKD",
    "AIza" + "x" * 35,
    "ghp_" + "a1B2" * 9,
    "github_pat_" + "a1B2" * 16,
    "glpat-" + "a1B2" * 5,
    "xoxb-" + "1a2b" * 6,
    "sk_live_" + "a1B2" * 6,
    "-----BEGIN " + "PRIVATE KEY-----\n" + "MHcCAQEEIBq7" * 5,
    "-----BEGIN RSA " + "PRIVATE KEY-----\\n" + "MHcCAQEEIBq7" * 5,
    "postgres://shop:tram-Orbit-41@db/shop",
    "redis://:tram-Orbit-41@cache:6379",
]


@pytest.mark.parametrize("text", KNOWN)
def test_forms_that_only_secrets_have_are_known_anywhere(text):
    assert holds_known_secret(text)
    assert holds_known_secret(f"set -e\nrun --x '{text}' && true")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AKIA",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "XAKIA" + "Q7RT2M5XW3PL9ZKDQQ",
        "grep 'BEGIN " + "PRIVATE KEY'",
        "-----BEGIN " + "PRIVATE KEY-----\n...",
        "-----BEGIN CERTIFICATE-----\n" + "MHcCAQEEIBq7" * 5,
        "https://shop.example:8443/x@y",
        "https://user@shop.example/x",
        "postgres://shop:$(PASSWORD)@db/shop",
        "postgres://user:password@db/shop",
        "high through light",
    ],
)
def test_other_texts_hold_none(text):
    assert not holds_known_secret(text)


@given(st.text(max_size=60))
def test_any_text_is_judged_without_fail(text):
    for name in ("DB_PASSWORD", "TOKEN", text):
        assert is_named_secret(name, text) in (True, False)
    assert holds_known_secret(text) in (True, False)
