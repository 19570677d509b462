"""Names as Kubernetes judges them: ASCII only, lengths in bytes, whole text (Go's `$` never skips a newline)."""

import re

# RFC 1123 label, apimachinery `validation.IsDNS1123Label`.
_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
LABEL_MAX_BYTES = 63


def is_dns_label(text: str) -> bool:
    """Say whether a text is an RFC 1123 label: 1 to 63 bytes of a-z, 0-9 and inner hyphens."""
    return len(text) <= LABEL_MAX_BYTES and _LABEL.fullmatch(text) is not None


def dns_label_faults(text: str) -> list[str]:
    """Give each fault of a text as an RFC 1123 label, in Kubernetes' order: too long, then what it may hold."""
    if is_dns_label(text):
        return []
    faults = []
    if len(text.encode("utf-8", "surrogatepass")) > LABEL_MAX_BYTES:
        faults.append(f"must be no more than {LABEL_MAX_BYTES} bytes")
    if _LABEL.fullmatch(text) is None:
        what = "lower-case letters, digits and '-', beginning and ending with a letter or digit"
        faults.append(f"must consist of {what}" + (" (no dots)" if "." in text else ""))
    return faults
