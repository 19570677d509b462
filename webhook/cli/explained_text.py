"""An explanation for people: the outcome first, then for each resource how it comes about, step by step."""

from collections.abc import Iterator

from webhook.cli.explained import KINDS, Account, Explained
from webhook.cli.report_text import amounts_text, in_order, who_text
from webhook.cli.style import Pen, Style, clean
from webhook.cli.table import aligned
from webhook.core.effective import Step
from webhook.core.pod import Role
from webhook.core.quantity import ZERO, Quantity
from webhook.core.workload import workload_of

_AMOUNTS = (3, 4, 5)
_NOTE = "In use at a step: what starts then, and the sidecars started before it, which run on."


def explained_text(one: Explained, pen: Pen) -> str:
    """Give the explanation of one manifest; only the pen knows of colour."""
    return "\n".join(_lines(one, pen)) + "\n"


def _lines(one: Explained, pen: Pen) -> Iterator[str]:
    yield f"{pen(_title(one), Style.STRONG)}  {clean(one.document.file)}:{one.document.position().line}"
    outcome = (
        ("effective requests", amounts_text(one.effective.requests)),
        ("effective limits", amounts_text(one.effective.limits)),
        ("QoS class", f"{one.effective.qos}: {clean(one.qos_reason)}"),
    )
    yield from aligned(outcome, indent=2)
    accounts = [account for kind in KINDS for account in _ordered(one, kind == "requests")]
    if accounts:
        yield ""
        yield f"  {pen(_NOTE, Style.QUIET)}"
    for account in accounts:
        yield ""
        yield from _account(one, account, pen)


def _title(one: Explained) -> str:
    workload = workload_of(one.identity.api_version, one.identity.kind)
    pods = ", its Pods" if workload is not None and workload.parents else ""
    return f"{who_text(one.identity)}{pods}"


def _ordered(one: Explained, requests: bool) -> list[Account]:  # noqa: FBT001  # one caller, two kinds
    found = {account.resource: account for account in one.accounts("requests" if requests else "limits")}
    amounts = one.effective.requests if requests else one.effective.limits
    return [found[name] for name in in_order(amounts)]


def _account(one: Explained, account: Account, pen: Pen) -> Iterator[str]:
    """One row a step, then what is put in its place or on top, then the amount that counts."""
    head, *rows = aligned(
        [
            (f"{clean(account.resource)} {account.kind}", "", "", "own", "+ sidecars", "= in use", ""),
            *(_step(one, account, number, step) for number, step in enumerate(one.steps, start=1)),
            *_sums(account),
        ],
        right=_AMOUNTS,
        indent=2,
    )
    yield pen(head, Style.STRONG)
    yield from rows[:-1]
    yield pen(rows[-1], Style.STRONG)
