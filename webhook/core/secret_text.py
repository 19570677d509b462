"""Texts that look like secrets: by the name that they are given, or by their own form.

A name says that a secret is meant (`DB_PASSWORD`, `--token`); the value must then have substance: neither a reference
to something else (`$(NAME)`, a path, an address) nor a word that stands for a value yet to come. Some forms are
unmistakable whatever their name. Nothing here ever gives a value back.
"""

import re

# The ends of names that mean a password, which people choose, and a key, which machines make.
_PASSWORD_NAME = re.compile(r"(?:PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD)$")
_KEY_NAME = re.compile(
    r"(?:SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY|ENCRYPTION_KEY|SIGNING_KEY|AUTH_KEY)$"
)
# These are decisions about passwords, not passwords.
_DECISION = re.compile(
    r"^(?:ALLOW|DISABLE|ENABLE|FORCE|GENERATE|HAS|NO|PROMPT|RANDOM|REQUIRE|SKIP|USE)_|_(?:EMPTY|RANDOM_ROOT)_"
)

_REFERENCE = re.compile(
    r"\$[({A-Za-z_]|\{\{|^<.*>$|^%.*%$|^@.*@$|^\.{0,2}/|^[A-Za-z][A-Za-z0-9+.-]*:(?:/|[a-z]+/)|^(?:vault|ref\+|op|arn|sm|awssm|gcpsm)[:+]"
)
_PLACEHOLDER = re.compile(
    r"change.?(?:me|it)|placeholder|example|dummy|redacted|replace|your[-_ ]|xxx|insert|todo|fixme|\*\*\*|\.\.\.",
    re.IGNORECASE,
)
_EMPTY_WORD = re.compile(
    r"pass(?:w(?:or)?d)?\d*|secret\d*|token\d*|test\w{0,4}|none|null|nil|true|false|yes|no|on|off|enabled|disabled|"
    r"required|optional|unset|undefined|default|admin|root|guest|user|postgres|mysql|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+",
)
_SHORTEST_PASSWORD = 6
_FEWEST_KINDS = 4

_RANDOM_RUN = re.compile(r"[A-Za-z0-9+/=]{16,}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LETTER, _DIGIT = re.compile(r"[A-Za-z]"), re.compile(r"[0-9]")

# Forms that nothing else has: cloud access keys, tokens of code hosts and of chats, keys in PEM.
_KNOWN = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"A[KS]IA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}|"
    r"glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{20,}|[sr]k_live_[A-Za-z0-9]{20,}"
    r")(?![A-Za-z0-9])"
)
_PEM = re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/=\s\\]{40}")
_URL_PASSWORD = re.compile(r"://[^\s:/@'\"]*:([^\s@/'\"]+)@")
# What the names and the known forms hold: most texts have none of it, and need no closer look.
_NAME_HINTS = ("PASS", "SECRET", "TOKEN", "KEY", "PWD")
_FORM_HINTS = ("AKIA", "ASIA", "AIza", "gh", "github_pat_", "glpat-", "xox", "k_live_")


def is_named_secret(name: str, value: str) -> bool:
    """Say whether a name means a secret and the value is one in full, by the looks of it."""
    if not value:
        return False
    upper = name.upper()
    if not _holds_any(upper, _NAME_HINTS):
        return False
    upper = upper.strip("-").replace("-", "_").replace(".", "_")
    if _PASSWORD_NAME.search(upper):
        return not _DECISION.search(upper) and is_password(value)
    return _KEY_NAME.search(upper) is not None and not _DECISION.search(upper) and _is_key(value)


def is_password(value: str) -> bool:
    """Say whether a value could be a password that somebody chose: not a reference, not a word in place of one."""
    if len(value) < _SHORTEST_PASSWORD or len(set(value)) < _FEWEST_KINDS:
        return False
    return not (_REFERENCE.search(value) or _PLACEHOLDER.search(value) or _EMPTY_WORD.fullmatch(value))


def holds_known_secret(text: str) -> bool:
    """Say whether a text holds something of a form that only secrets have, or an address with a password in it."""
    if "://" in text and "@" in text and any(is_password(match[1]) for match in _URL_PASSWORD.finditer(text)):
        return True
    if "-----BEGIN" in text and _PEM.search(text):
        return True
    return _holds_any(text, _FORM_HINTS) and any("EXAMPLE" not in match.group() for match in _KNOWN.finditer(text))


def _holds_any(text: str, parts: tuple[str, ...]) -> bool:
    # A plain loop takes half the time of a generator.
    for part in parts:  # noqa: SIM110
        if part in text:
            return True
    return False


def _is_key(value: str) -> bool:
    """Say whether a value looks made by a machine: a long run of letters and digits, or a UUID."""
    text = value.strip()
    if not is_password(text) or any(char.isspace() for char in text):
        return False
    if _UUID.fullmatch(text):
        return True
    return any(_LETTER.search(run) and _DIGIT.search(run) for run in _RANDOM_RUN.findall(text))
