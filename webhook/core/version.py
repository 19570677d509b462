"""Which minor versions of Kubernetes 1.x we speak for, and how sure we are."""

from webhook.core.errors import MisuseError

# Proven against real API servers of these minors.
PROVEN_MINORS = (33, 34, 35, 36)
# Rests on reading of API types and KEPs, no server could be asked.
READ_MINORS = (37,)
DEFAULT_MINOR = PROVEN_MINORS[-1]


def parse_minor(text: str) -> int:
    """Read `1.36` (also `v1.36`, `1.36.3`) as 36.

    Raises:
        MisuseError: no such version is known here; the message lists those that are.
    """
    known = PROVEN_MINORS + READ_MINORS
    parts = text.strip().removeprefix("v").split(".")
    if len(parts) in (2, 3) and parts[0] == "1" and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 4:
        minor = int(parts[1])
        if minor in known:
            return minor
    raise MisuseError(
        f"Kubernetes version {text!r} is not known here; say one of {', '.join(f'1.{minor}' for minor in known)}"
    )
