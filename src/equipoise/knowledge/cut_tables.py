"""The typed tables of a whole data cut: built once, and once more where an imputed day is bounded by a derived one.

A bound is a built-in, an item of the same form, or anything else with one value per participant. Those last are derived
from the tables, so that the tables which rest on them come second; a bound never rests on an imputed day with bounds of
its own (`protocol.checks.forms`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from equipoise.forms.facets import Around
from equipoise.knowledge.derivation import derive
from equipoise.knowledge.records import RecordRow
from equipoise.knowledge.tables import build_tables
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, item_named, table_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["cut_tables"]


def cut_tables(protocol: Protocol, records: Iterable[RecordRow], participants: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Tables as `build_tables` makes them, with the clocks of the sites and the bounds of imputed days.

    `participants` holds `participant`, `site` and the built-in dates.
    """
    kept = list(records)
    tables = build_tables(protocol, kept, around=_around(protocol, participants, {"site", *BUILT_INS}))
    names, waiting = _derived_bounds(protocol)
    if not names:
        return tables
    known = derive(protocol, tables, participants, sorted(names))
    again = build_tables(protocol, kept, waiting, _around(protocol, known, {*BUILT_INS, *names}))
    return {name: again.get(name, table) for name, table in tables.items()}


def _derived_bounds(protocol: Protocol) -> tuple[set[str], set[str]]:
    """Bounds that have to be derived first, and the tables that rest on them."""
    names, tables = set[str](), set[str]()
    for form, group, item in protocol.item_by_id.values():
        bounds = set(() if item.impute is None else (*item.impute.not_before, *item.impute.not_after))
        for name in bounds - BUILT_INS.keys():
            named = item_named(protocol, name)
            if named is None or named.form.id != form.id or named.group not in (None, group):
                names.add(name)
                tables.add(table_of(protocol, item.id))
    return names, tables


def _around(protocol: Protocol, known: pl.DataFrame, names: Iterable[str]) -> Callable[[str], Around]:
    zones = {site.id: site.timezone for site in protocol.sites}
    columns = [name for name in names if name in known.columns]
    rows = {row["participant"]: row for row in known.select({"participant", *columns}).iter_rows(named=True)}

    def around(participant: str) -> Around:
        row: dict[str, Any] = rows.get(participant, {})
        return Around(zones.get(row.get("site") or ""), row.get)

    return around
