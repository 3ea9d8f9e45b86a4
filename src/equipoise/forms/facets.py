"""What rules and data cuts see of a recorded value: itself, and the facets that one number or day cannot hold.

`onset` of type partial_date is a day; `onset_known` is what is known of it and `onset_imputed` which part was imputed.
A qualified number has its `_qualifier` and its `_number` as reported, a time at a site its instant (`_utc`). Facets are
worked out from what the ledger keeps, wherever somebody asks: nothing of them is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from equipoise.forms.clock import in_utc, local_time
from equipoise.forms.partial_dates import imputed_day, imputed_part, read_partial
from equipoise.forms.qualified_numbers import counted, read_qualified

if TYPE_CHECKING:
    from equipoise.forms.spec import Item
    from equipoise.variables import ValueType

__all__ = ["FACETS", "NOWHERE", "Around", "Facet", "facets", "rule_type", "rule_value"]


@dataclass(frozen=True, slots=True)
class Around:
    """What a value's meaning rests on beside itself: the time zone of the site, days that bound imputed ones."""

    timezone: str | None = None
    day_of: Callable[[str], Any] = lambda _name: None


NOWHERE = Around()


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that an item's value tells, by the name that a rule gives it. `key` is empty for the value itself."""

    name: str
    key: str
    type: str
    unit: str | None = None
    codes: frozenset[str] | None = None
    meaning: Mapping[str, str] | None = None


FACETS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "partial_date": (("known", "text"), ("imputed", "code")),
    "qualified_number": (("qualifier", "code"), ("number", "decimal")),
    "datetime": (("utc", "datetime"),),
}
"""The facets of each type of item beside its value, and their own types."""

_RULE_TYPES = {"partial_date": "date", "qualified_number": "decimal"}


def rule_type(type_: str) -> ValueType:
    """The type that an item's value has for rules: a partial date is a date, a qualified number a decimal."""
    return cast("ValueType", _RULE_TYPES.get(type_, type_))


def facets(item: Item) -> tuple[Facet, ...]:
    """The facets of an item's value beside the value itself."""
    found = []
    for key, type_ in FACETS.get(item.type, ()):
        codes = {"qualifier": frozenset(item.qualifiers), "imputed": frozenset("DM")}.get(key)
        found.append(Facet(f"{item.id}_{key}", key, type_, item.unit if key == "number" else None, codes))
    return tuple(found)


def rule_value(item: Item, stored: Any, around: Around = NOWHERE, key: str = "") -> Any:
    """A canonical value, or a facet of it, as rules compute with it; None where there is none, or none can be read."""
    if stored is None:
        return None
    try:
        return _READERS.get(item.type, _as_it_is)(item, stored, around, key)
    except (TypeError, ValueError, OverflowError):
        return None


def _as_it_is(_item: Item, stored: Any, _around: Around, _key: str) -> Any:
    return stored


def _integer(_item: Item, stored: Any, _around: Around, _key: str) -> int:
    return int(stored)


def _decimal(_item: Item, stored: Any, _around: Around, _key: str) -> float:
    return float(stored)


def _date(_item: Item, stored: Any, _around: Around, _key: str) -> date:
    return date.fromisoformat(stored)


def _datetime(_item: Item, stored: Any, around: Around, key: str) -> datetime | None:
    moment = datetime.fromisoformat(stored)
    return in_utc(moment, around.timezone) if key == "utc" else local_time(moment, around.timezone)


def _partial_date(item: Item, stored: Any, around: Around, key: str) -> Any:
    partial = read_partial(stored)
    if partial is None:
        return None
    if key == "known":
        return partial.known
    how = item.impute
    before: tuple[date, ...] = ()
    after: tuple[date, ...] = ()
    if how is not None and partial.missing is not None:
        before, after = (_days(names, around) for names in (how.not_before, how.not_after))
    day = imputed_day(partial, how, before, after)
    return imputed_part(partial, day) if key == "imputed" else day


def _days(names: tuple[str, ...], around: Around) -> tuple[date, ...]:
    found = (around.day_of(name) for name in names)
    return tuple(one.date() if isinstance(one, datetime) else one for one in found if isinstance(one, date))


def _qualified_number(item: Item, stored: Any, _around: Around, key: str) -> Any:
    value = read_qualified(stored, item.qualifiers)
    if value is None:
        return None
    if key == "qualifier":
        return value.qualifier
    if key == "number":
        return None if value.number is None else float(value.number)
    return counted(value, item.qualifiers)


_READERS: Mapping[str, Callable[[Item, Any, Around, str], Any]] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "partial_date": _partial_date,
    "qualified_number": _qualified_number,
}
