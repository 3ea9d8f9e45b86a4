"""Tables of medicine, which are data: CSV files beside the modules that read them. Knows nothing of what they say."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, by the names of its first line; `name` counts from this room: `recist/best.csv`."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
