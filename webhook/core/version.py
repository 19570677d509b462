"""Which minor versions of Kubernetes 1.x we speak for, and how sure we are."""

from webhook.core.errors import MisuseError

# Proven against real API servers of these minors.
PROVEN_MINORS = (33, 34, 35, 36)
# Rests on reading of API types and KEPs, no server could be asked.
READ_MINORS = (37,)
DEFAULT_MINOR = PROVEN_MINORS[-1]
# Major, minor, patch.
_MAX_PARTS = 3


def parse_minor(text: str) -> int:
    """Read `1.36` (also `v1.36`, `1.36.3`) as 36.

    Raises:
        MisuseError: no such version is known here; the message lists those that are.
    """
    known = {f"1.{minor}": minor for minor in PROVEN_MINORS + READ_MINORS}
    parts = text.strip().removeprefix("v").split(".")
    minor = known.get(".".join(parts[:2])) if len(parts) <= _MAX_PARTS else None
    if minor is not None:
        return minor
    raise MisuseError(f"Kubernetes version {text[:40]!r} is not known here; say one of {', '.join(known)}")
