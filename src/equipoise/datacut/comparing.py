"""Is a data cut what the ledger holds? Each stored value against the value in a fresh cut, cell by cell.

The ledger's side is a replay by the declarations of the kinds of entries, and each text is read here anew: whatever the
cut's own way of gathering and typing loses or changes is a Finding at its place. Looks at no arm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from equipoise.conduct.entries.in_place import kept_in
from equipoise.conduct.replay.replaying import replay
from equipoise.datacut.freeze import Cut, freeze
from equipoise.datacut.words import finding, phrase
from equipoise.findings import Finding
from equipoise.protocol.scope import timezone_of
from equipoise.wording.literals import literals_checked
from equipoise.words import Language

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.state import ParticipantState
    from equipoise.forms import Item
    from equipoise.protocol.document import Protocol

__all__ = ["CutComparison", "compare_with_cut"]

_MOST = 20
"""So many differences are told one by one; the rest are counted."""

Cells = Mapping[tuple[str, str, int, int], Mapping[str, Any]]  # participant, visit, occurrence, row (0: none)


@dataclass(frozen=True, slots=True)
class CutComparison:
    """How many stored values were looked for in a fresh cut, and which of them it does not show as they are."""

    values: int
    findings: tuple[Finding, ...]

    @literals_checked
    def line(self, language: Language = "en") -> str:
        """The same in one line."""
        return phrase("cut_differs" if self.findings else "cut_right", count=self.values).in_(language)


def compare_with_cut(study: Study) -> CutComparison:
    """Every value on the ledger against the same cell of a cut made now. Raises Refusal when no cut can be made."""
    cut = freeze(study, arms="hidden", door="verify")
    store, name = study.store, study.protocol.study.id
    state = replay(name, store.read(name, upto=cut.seq), kept_in(store, name))
    tables = {name: _cells(cut, name) for name in cut.tables}
    found, count = list[Finding](), 0
    for person in state.participants.values():
        for where, item, stored, cells in _stored(cut.protocol, person, tables):
            count += 1
            if item is None or not _shows(item, stored, cells, timezone_of(cut.protocol, person.site)):
                shown = phrase("nothing") if item is None or cells.get(item.id) is None else str(cells[item.id])
                found.append(finding("cut.differs", where, stored=str(stored), shown=shown))
    more = len(found) - _MOST
    if more > 0:
        found[_MOST:] = [finding("cut.differs/more", study.protocol.study.id, more=more, most=_MOST)]
    return CutComparison(count, tuple(found))


def _cells(cut: Cut, table: str) -> Cells:
    rows = cut.tables[table].iter_rows(named=True)
    return {(row["participant"], row["visit"], row["occurrence"], row["row"] or 0): row for row in rows}


def _stored(
    protocol: Protocol, person: ParticipantState, tables: Mapping[str, Cells]
) -> Iterator[tuple[str, Item | None, Any, Mapping[str, Any]]]:
    """Where each stored value stands, its item (None: the protocol has none), the value, and its row in the cut."""
    for record in person.records.values():
        rows: list[tuple[str, int, Mapping[str, Any]]] = [(record.form, 0, record.values)]
        for group, members in record.groups.items():
            rows += [(f"{record.form}.{group}", place, row) for place, row in enumerate(members, start=1)]
        for table, place, values in rows:
            cells = tables.get(table, {}).get((person.id, record.visit, record.occurrence, place), {})
            mark = f"[{place}]" if place else ""
            for name, stored in values.items():
                known = protocol.item_by_id.get(name)
                if stored is not None:
                    where = f"{person.id} {table}{mark} at {record.visit} ({record.occurrence}) {name}"
                    yield where, None if known is None else known[2], stored, cells


def _shows(item: Item, stored: Any, cells: Mapping[str, Any], timezone: str | None) -> bool:
    """Whether a row of the cut says what was stored."""
    try:
        return _READ[item.type](item.id, stored, cells, timezone)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return False


def _same(name: str, stored: Any, cells: Mapping[str, Any], _zone: str | None) -> bool:
    return bool(cells[name] == stored and isinstance(cells[name], bool) == isinstance(stored, bool))


def _number(name: str, stored: Any, cells: Mapping[str, Any], _zone: str | None) -> bool:
    return bool(cells[name] == float(stored))


def _day(name: str, stored: Any, cells: Mapping[str, Any], _zone: str | None) -> bool:
    year, month, day = (int(part) for part in stored.split("-"))
    return bool(cells[name] == date(year, month, day))


def _moment(name: str, stored: Any, cells: Mapping[str, Any], zone: str | None) -> bool:
    """The local time as it stands, and the instant that it is."""
    said, there = datetime.fromisoformat(stored), ZoneInfo(zone or "UTC")
    instant = (said if said.tzinfo else said.replace(tzinfo=there)).astimezone(UTC)
    local = instant.astimezone(there) if said.tzinfo else said
    # An item may bear the name of the facet: then nothing but the local time stands there.
    utc = cells.get(f"{name}_utc", instant.replace(tzinfo=None))
    return bool(cells[name] == local.replace(tzinfo=None, fold=0)) and utc == instant.replace(tzinfo=None)


def _partial(name: str, stored: Any, cells: Mapping[str, Any], zone: str | None) -> bool:
    """The known part as it stands, and a day that does not contradict it."""
    day, whole = cells[name], len(stored) == 10 and "--" not in stored
    if cells[f"{name}_known"] != stored:
        return False
    return _day(name, stored, cells, zone) if whole else day is None or str(day).startswith(stored[:4])


def _qualified(name: str, stored: Any, cells: Mapping[str, Any], _zone: str | None) -> bool:
    """The qualifier and the number as they stand."""
    qualifier, number = cells[f"{name}_qualifier"] or "", cells[f"{name}_number"]
    rest = stored.removeprefix(qualifier)
    if not stored.startswith(qualifier) or (number is None) != (not rest):
        return False
    return number is None or (float(rest) == number and bool(qualifier or cells[name] == number))


_READ: Mapping[str, Callable[[str, Any, Mapping[str, Any], str | None], bool]] = {
    "integer": _same,
    "text": _same,
    "code": _same,
    "boolean": _same,
    "decimal": _number,
    "date": _day,
    "datetime": _moment,
    "partial_date": _partial,
    "qualified_number": _qualified,
}
