"""An explanation for people: the outcome first, then for each resource how it comes about, step by step."""

from collections.abc import Iterator

from webhook.cli.explained import KINDS, Account, Explained, Kind
from webhook.cli.style import Pen, Style, clean
from webhook.cli.table import Row, aligned
from webhook.cli.words import amounts_text, in_order, who_text
from webhook.core.effective import Requirements, Step
from webhook.core.pod import Role
from webhook.core.quantity import ZERO, Quantity
from webhook.core.resource_list import ResourceList
from webhook.core.workload import workload_of

_AMOUNTS = (2, 3, 4)
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
    accounts = [account for kind in KINDS for account in _ordered(one, kind)]
    if accounts:
        yield ""
        yield f"  {pen(_NOTE, Style.QUIET)}"
    for account in accounts:
        yield ""
        yield from _account(one, account, pen)


def _title(one: Explained) -> str:
    workload = workload_of(one.identity.api_version, one.identity.kind)
    of = "Pods of " if workload is not None and workload.parents else ""
    return f"{of}{who_text(one.identity)}"


def _ordered(one: Explained, kind: Kind) -> list[Account]:
    found = {account.resource: account for account in one.accounts(kind)}
    return [found[name] for name in in_order(getattr(one.effective, kind))]


def _account(one: Explained, account: Account, pen: Pen) -> Iterator[str]:
    """One row a step, then what is put in its place or on top, then the amount that counts."""
    rows: list[Row] = [(f"{clean(account.resource)} {account.kind}", "", "own", "+ sidecars", "= in use", "")]
    rows += [_step(one, account, number, step) for number, step in enumerate(one.steps, start=1)]
    rows += _sums(account)
    head, *body, last = aligned(rows, right=_AMOUNTS, indent=2)
    yield pen(head, Style.STRONG)
    yield from body
    yield pen(last, Style.STRONG)


def _step(one: Explained, account: Account, number: int, step: Step) -> Row:
    own, in_use = _amount(step.own, account), _amount(step.in_use, account)
    before = (in_use or ZERO) - (own or ZERO)
    role = "containers" if step.role is Role.APP else str(step.role)
    # Where spec.resources counts instead, the busiest moment decides nothing.
    notes = ["◀ decides" if account.level is None else "◀ most"] if account.decides is step else []
    notes += [_parts(one, account)] if step.role is Role.APP and len(one.app_needs) > 1 and own is not None else []
    amounts = (_cell(own), _cell(before or None), _cell(in_use))
    return (f"{number}  {clean(one.title(step))}", role, *amounts, "  ".join(notes))


def _parts(one: Explained, account: Account) -> str:
    """Say what the app containers need one by one, where they are several."""
    parts = (f"{clean(name)} {_cell(_amount(need, account))}" for name, need in one.app_needs)
    return f"({', '.join(parts)})"


def _sums(account: Account) -> Iterator[Row]:
    if account.level is not None:
        yield ("   spec.resources", "counts instead", "", "", str(account.level), "")
    if account.overhead:
        yield ("   spec.overhead", "comes on top", "", "", f"+ {account.overhead}", "")
    what = "the scheduler counts" if account.kind == "requests" else ""
    yield ("   effective", what, "", "", str(account.result), "")


def _amount(part: Requirements, account: Account) -> Quantity | None:
    amounts: ResourceList = getattr(part, account.kind)
    return amounts.get(account.resource)


def _cell(amount: Quantity | None) -> str:
    """A resource that nobody names is not the same as 0 of it, which somebody wrote."""
    return "-" if amount is None else str(amount)
