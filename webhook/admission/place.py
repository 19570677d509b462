"""Where among the init containers something goes: looked up by name at the moment, never assumed."""

from webhook.policy.policy import Anchor, Position


def index_for(position: Position, names: list[str], ours: list[str]) -> tuple[int, str]:
    """Give the index to insert at, and a note where the neighbour is not there.

    `names` are the init containers as they stand, `ours` those that the same policy placed just before: what a policy
    puts first or before a name keeps the order in which the policy lists it.
    """
    match position.anchor:
        case Anchor.LAST:
            return len(names), ""
        case Anchor.BEFORE | Anchor.AFTER if position.name not in names:
            fallback = Anchor.FIRST if position.anchor is Anchor.BEFORE else Anchor.LAST
            index, _ = index_for(Position(fallback), names, ours)
            return index, f"no init container {position.name}, so it is {fallback}"
        case Anchor.BEFORE:
            return names.index(position.name), ""
        case Anchor.AFTER:
            return _past(names, names.index(position.name) + 1, ours), ""
        case _:
            return _past(names, 0, ours), ""


def _past(names: list[str], index: int, ours: list[str]) -> int:
    while index < len(names) and names[index] in ours:
        index += 1
    return index
