"""Which version of Prologue this is, and for which Kubernetes it speaks."""

from importlib import metadata

from webhook.core.version import PROVEN_MINORS

_DISTRIBUTION = "prologue-webhook"


def version_text() -> str:
    """Give one line; a source tree that was never installed has no version to name."""
    try:
        own = metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        own = "(not installed)"
    return f"prologue {own}, proven on Kubernetes 1.{PROVEN_MINORS[0]} to 1.{PROVEN_MINORS[-1]}"
