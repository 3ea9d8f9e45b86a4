"""Rows as lines of a terminal: columns under each other, Chinese characters counted as two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

__all__ = ["GAP", "columns", "wide"]

GAP = "  "


def columns(rows: Sequence[Sequence[str]], left: Collection[int] = ()) -> list[str]:
    """One line a row: numbers to the right, the columns named in `left` to the left."""
    widths = [max(wide(row[k]) for row in rows) for k in range(len(rows[0]))]
    return [
        GAP.join(
            cell + " " * (width - wide(cell)) if k in left else " " * (width - wide(cell)) + cell
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def wide(words: str) -> int:
    """How many columns of a terminal the words take."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)
