"""Which column may fill which item: by name, by label in either language, by CDASH name; and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from equipoise.conduct.importing.suggesting.looking import FileColumn
from equipoise.forms import Item

__all__ = ["Match", "best_named", "fits", "likeness", "match_items"]

SURE = 0.95
_LEAST = 0.72
# Other names under which files know what every trial records.
_ALSO = {
    "age": ("aetat", "年龄"),
    "sex": ("gender", "性别"),
    "weight": ("bodyweight", "wt", "体重"),
    "height": ("bodyheight", "ht", "stature", "身高"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """An item and the column that may fill it; `likeness` from 0 to 1."""

    item: Item
    column: FileColumn
    likeness: float

    @property
    def sure(self) -> bool:
        """Whether the names agree, so that nobody needs to look twice."""
        return self.likeness >= SURE


def match_items(items: Iterable[Item], columns: Sequence[FileColumn]) -> dict[str, Match]:
    """The likeliest column of each item; a column goes to the item that is most like it."""
    pairs = [Match(item, column, _like(item, column)) for item in items for column in columns]
    found: dict[str, Match] = {}
    taken = set[str]()
    for match in sorted(pairs, key=lambda match: -match.likeness):
        if match.likeness < _LEAST or match.item.id in found or match.column.name in taken:
            continue
        # A column of the item's own name is the item's, whatever it holds: the import tells which cells do not fit.
        if match.sure or fits(match.item, match.column):
            found[match.item.id] = match
            taken.add(match.column.name)
    return found


def best_named(names: Sequence[str], columns: Sequence[FileColumn], types: Sequence[str] = ()) -> FileColumn | None:
    """The column whose name is one of these or most like one of them."""
    usable = [column for column in columns if not types or column.type in types]
    scored = [(max(likeness(name, column.name) for name in names), column) for column in usable]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _LEAST else None


def likeness(one: str, other: str) -> float:
    """How alike two names are, whatever stands between their words."""
    a, b = _bare(one), _bare(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    words = set(_words(one)) & set(_words(other))
    shared = (
        0.8
        if words and (words == set(_words(one)) or words == set(_words(other))) and len(min(a, b, key=len)) > 2
        else 0.0
    )
    ratio = SequenceMatcher(None, a, b).ratio()
    return max(shared, ratio if ratio >= 0.8 else 0.0)


def _like(item: Item, column: FileColumn) -> float:
    names = [item.id, item.label.en, item.label.zh, item.cdash or "", *_ALSO.get(item.id, ())]
    return max(likeness(name, column.name) for name in names if name)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _words(text: str) -> list[str]:
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    return [word for word in re.split(r"[\W_]+", spaced.lower()) if word]


_TAKES = {
    "integer": ("integer",),
    "decimal": ("integer", "decimal"),
    "boolean": ("integer", "boolean", "text"),
    "date": ("date",),
    "datetime": ("datetime",),
    "partial_date": ("partial_date", "date"),
    "qualified_number": ("qualified_number", "integer", "decimal"),
}


def fits(item: Item, column: FileColumn) -> bool:
    """Whether a column of this type can fill the item at all; text and codes come from anything."""
    return not column.texts or item.type not in _TAKES or column.type in _TAKES[item.type]
