"""One cell: from the text that stands in the file to a typed value, by the same reading as every form.

What a form would accept from a person's hand is accepted from a file, and nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from equipoise.conduct.importing.words import finding, phrase
from equipoise.forms import Item
from equipoise.forms.values import Unusable, plain_value, read_value
from equipoise.wording import Text
from equipoise.words import Phrase

__all__ = ["in_sql", "quoted_name", "read_cell", "shown"]


@lru_cache(maxsize=8)
def _item(kind: str) -> Item:
    return Item(id="cell", label=Text(en="cell", zh="单元格"), type=kind)  # type: ignore[arg-type]


def read_cell(kind: str, raw: Any) -> tuple[Any, Any]:
    """The value as expressions compute with it, and in canonical form; raises Unusable."""
    if raw is not None and kind == "text" and not isinstance(raw, str):
        raise Unusable(finding("import.not_text", value=repr(raw)))
    canonical = read_value(_item(kind), raw)
    return plain_value(_item(kind), canonical), canonical


def shown(value: Any) -> Phrase | str:
    """A value as a person reads it in a message."""
    if isinstance(value, bool):
        return phrase("yes" if value else "no")
    return phrase("missing") if value is None or value == "" else f"`{value}`"


def quoted_name(name: str) -> str:
    """A column's name as an expression writes it."""
    plain = name.isascii() and name.isidentifier() and name.lower() not in _RESERVED
    return name if plain else '"' + name.replace('"', '""') + '"'


# Words that end or begin something else in SQL; `case` is a column of a real file.
_RESERVED = frozenset(
    """
    all and any as asc between by case cast date desc distinct else end exists false from group having in interval is
    join like limit not null on or order select table then time timestamp true union using values when where with
    """.split()  # noqa: SIM905 - a list of forty words in quotes is harder to read
)


def in_sql(kind: str, value: Any) -> str:
    """A value as an expression writes it."""
    if kind in ("integer", "decimal"):
        return str(value)
    if kind == "boolean":
        return "TRUE" if value else "FALSE"
    text = "'" + str(value).replace("'", "''") + "'"
    return f"DATE {text}" if kind == "date" else text
