"""Which version of Prologue this is, and for which Kubernetes it speaks."""

from webhook.core.version import PROVEN_MINORS

_DISTRIBUTION = "prologue-webhook"


def own_version() -> str | None:
    """Give our version; a source tree that was never installed has none."""
    from importlib import metadata  # noqa: PLC0415  # reads mail headers, and takes its time to learn how

    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return None


def version_text() -> str:
    """Give our version and those of Kubernetes on one line."""
    own = own_version() or "(not installed)"
    return f"prologue {own}, proven on Kubernetes 1.{PROVEN_MINORS[0]} to 1.{PROVEN_MINORS[-1]}"
