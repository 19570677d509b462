"""Words that several texts for people share."""

from collections.abc import Iterable, Mapping

from webhook.cli.engine import Identity
from webhook.cli.style import clean


def who_text(who: Identity) -> str:
    """Name a manifest as kubectl does: its kind, then namespace and name."""
    name = f"{who.namespace}/{who.name}" if who.namespace else who.name
    return clean(f"{who.kind} {name or '(no name)'}".lstrip())


def amounts_text(amounts: Mapping[str, object]) -> str:
    """Give amounts on one line, cpu and memory first."""
    return ", ".join(f"{clean(name)} {amounts[name]}" for name in in_order(amounts)) or "none"


def in_order(amounts: Iterable[str]) -> list[str]:
    """Give the names of resources as people look for them: cpu, memory, then the rest by name."""
    return sorted(amounts, key=lambda name: (name not in ("cpu", "memory"), name))


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: 1 document, 2 documents."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
