"""Rows of text as columns, for people."""

from collections.abc import Collection, Sequence

Row = Sequence[str]


def aligned(rows: Sequence[Row], *, right: Collection[int] = (), gap: int = 2, indent: int = 0) -> list[str]:
    """Give one line a row; each column is as wide as its widest cell, those in `right` stand against the right edge."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [" " * indent + _line(row, widths, right, gap).rstrip() for row in rows]


def _line(row: Row, widths: list[int], right: Collection[int], gap: int) -> str:
    cells = (
        cell.rjust(width) if number in right else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return (" " * gap).join(cells)
