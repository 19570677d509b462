"""Names as Kubernetes judges them: ASCII only, lengths in bytes, whole text (Go's `$` never skips a newline).

Each `…_faults` gives one line for each error that Kubernetes gives, in its order; none for a good name. Sources:
apimachinery `pkg/util/validation/validation.go`, kubernetes `pkg/apis/core/validation`.
"""

import re
from functools import lru_cache

# RFC 1123 label, apimachinery `IsDNS1123Label`.
_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
LABEL_MAX_BYTES = 63
# RFC 1123 subdomain, `IsDNS1123Subdomain`.
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_SUBDOMAIN_MAX_BYTES = 253
# The part after the slash of a qualified name, `IsQualifiedName`.
_QUALIFIED = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
# Keys of ConfigMaps and Secrets, `IsConfigMapKey`.
_CONFIG_MAP_KEY = re.compile(r"[-._a-zA-Z0-9]+")
# Environment variables since 1.32, `IsRelaxedEnvVarName`: printable ASCII without `=`.
_ENV_NAME = re.compile(r"[ -<>-~]+")
_HTTP_HEADER = re.compile(r"[-A-Za-z0-9]+")
_PORT_NAME_MAX = 15
# The same names come again and again: of containers, volumes, Secrets. Only such short ones are remembered, so that the
# memory is bounded whatever is sent.
_REMEMBERED_NAMES = 4096


def size_in_bytes(text: str) -> int:
    """Give the length that Go sees; lone surrogates count as three bytes each."""
    return len(text.encode("utf-8", "surrogatepass"))


def is_dns_label(text: str) -> bool:
    """Say whether a text is an RFC 1123 label: 1 to 63 bytes of a-z, 0-9 and inner hyphens."""
    return len(text) <= LABEL_MAX_BYTES and _is_label(text)


@lru_cache(_REMEMBERED_NAMES)
def _is_label(text: str) -> bool:
    return _LABEL.fullmatch(text) is not None


def dns_label_faults(text: str) -> list[str]:
    """Give each fault of a text as an RFC 1123 label, in Kubernetes' order: too long, then what it may hold."""
    if is_dns_label(text):
        return []
    faults = []
    if size_in_bytes(text) > LABEL_MAX_BYTES:
        faults.append(f"must be no more than {LABEL_MAX_BYTES} bytes")
    if _LABEL.fullmatch(text) is None:
        what = "lower-case letters, digits and '-', beginning and ending with a letter or digit"
        faults.append(f"must consist of {what}" + (" (no dots)" if "." in text else ""))
    return faults


def dns_subdomain_faults(text: str) -> list[str]:
    """Give each fault of a text as an RFC 1123 subdomain: labels joined by dots, 253 bytes at most."""
    faults = []
    if size_in_bytes(text) > _SUBDOMAIN_MAX_BYTES:
        faults.append(f"must be no more than {_SUBDOMAIN_MAX_BYTES} bytes")
    if _SUBDOMAIN.fullmatch(text) is None:
        faults.append(
            "must consist of lower-case letters, digits, '-' and '.', each part beginning and ending alphanumeric"
        )
    return faults


def qualified_name_faults(text: str) -> list[str]:
    """Give each fault of a text as a qualified name: an optional DNS subdomain and a slash, then 1 to 63 characters."""
    parts = text.split("/")
    if len(parts) > 2:  # noqa: PLR2004  # a prefix and a name
        return ["must be a name, or a prefix and a name with one '/' between them"]
    faults = []
    prefix, name = parts if len(parts) > 1 else (None, parts[0])
    if prefix is not None:
        faults += (
            ["the prefix must not be empty"]
            if not prefix
            else [f"the prefix {f}" for f in dns_subdomain_faults(prefix)]
        )
    if not name:
        faults.append("the name must not be empty")
    elif size_in_bytes(name) > LABEL_MAX_BYTES:
        faults.append(f"the name must be no more than {LABEL_MAX_BYTES} bytes")
    if _QUALIFIED.fullmatch(name) is None:
        faults.append("the name must consist of letters, digits, '-', '_' and '.', beginning and ending alphanumeric")
    return faults


def port_name_faults(text: str) -> list[str]:
    """Give each fault of a text as a port name (RFC 6335, `IsValidPortName`)."""
    faults = []
    if size_in_bytes(text) > _PORT_NAME_MAX:
        faults.append(f"must be no more than {_PORT_NAME_MAX} bytes")
    if re.fullmatch(r"[-a-z0-9]+", text) is None:
        faults.append("must hold only lower-case letters, digits and '-'")
    if re.search(r"[a-z]", text) is None:
        faults.append("must hold at least one letter")
    if "--" in text:
        faults.append("must not hold two '-' in a row")
    if text and (text[0] == "-" or text[-1] == "-"):
        faults.append("must not begin or end with '-'")
    return faults


def env_name_faults(text: str) -> list[str]:
    """Give the fault of a text as the name of an environment variable, by the relaxed rule of 1.32 and later."""
    return [] if _ENV_NAME.fullmatch(text) else ["must hold only printable ASCII characters, and no '='"]


def config_map_key_faults(text: str) -> list[str]:
    """Give each fault of a text as a key of a ConfigMap or Secret."""
    faults = []
    if size_in_bytes(text) > _SUBDOMAIN_MAX_BYTES:
        faults.append(f"must be no more than {_SUBDOMAIN_MAX_BYTES} bytes")
    if _CONFIG_MAP_KEY.fullmatch(text) is None:
        faults.append("must hold only letters, digits, '-', '_' and '.'")
    if text in (".", "..") or text.startswith(".."):
        faults.append("must not be '.' or begin with '..'")
    return faults


def http_header_faults(text: str) -> list[str]:
    """Give the fault of a text as the name of an HTTP header in a probe."""
    return [] if _HTTP_HEADER.fullmatch(text) else ["must hold only letters, digits and '-'"]
