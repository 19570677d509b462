"""Which version of Prologue this is, and for which Kubernetes it speaks."""

from webhook.core.version import PROVEN_MINORS

_DISTRIBUTION = "prologue-webhook"


def version_text() -> str:
    """Give one line; a source tree that was never installed has no version to name."""
    from importlib import metadata  # noqa: PLC0415  # reads mail headers, and takes its time to learn how

    try:
        own = metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        own = "(not installed)"
    return f"prologue {own}, proven on Kubernetes 1.{PROVEN_MINORS[0]} to 1.{PROVEN_MINORS[-1]}"
