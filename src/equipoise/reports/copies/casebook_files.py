"""A casebook's files: a page in each language, every value's steps and every entry as tables, and all of it as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.protocol.scope import timezone_of
from equipoise.reports.copies.casebook import Casebook, read_casebook
from equipoise.reports.copies.casebook_page import casebook_page
from equipoise.reports.copies.history import KeptValue, Leaf, ValueStep
from equipoise.reports.copies.telling import COLUMNS, days_late, site_time
from equipoise.reports.copies.values import item_label
from equipoise.reports.copies.writing import csv_bytes, json_bytes, render_page, write_copy
from equipoise.words import LANGUAGES

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["VALUE_COLUMNS", "write_casebook"]

VALUE_COLUMNS = (
    "participant",
    "site",
    "visit",
    "occurrence",
    "form",
    "group",
    "row",
    "item",
    "label_en",
    "label_zh",
    "unit",
    "step",
    "what",
    "old",
    "new",
    "stands",
    "actor",
    "role",
    "organization_en",
    "organization_zh",
    "at_utc",
    "at_site",
    "zone",
    "observed",
    "delay_days",
    "reason",
    "entry",
    "act",
)
"""The columns of values.csv: one line for every step of every value."""
_QUERY_COLUMNS = ("query", "visit", "occurrence", "form", "group", "row", "items", "check", "status", "steps")


def write_casebook(study: Study, participant: str, out: Path, as_: str | None = None) -> Path:
    """Write casebook.en.html, casebook.zh.html, casebook.json, values.csv, entries.csv and queries.csv into `out`."""
    book = read_casebook(study, participant, as_)
    values = list(_value_rows(book))
    queries = [_query_data(row) for row in book.queries]
    entries = [{**row, "signed_by_entry": book.signed.get(row["entry"])} for row in book.rows]
    files = {
        f"casebook.{language}.html": render_page(casebook_page(book, language), language) for language in LANGUAGES
    }
    files |= {
        "casebook.json": json_bytes(_data(book, values, entries, queries)),
        "values.csv": csv_bytes(VALUE_COLUMNS, values),
        "entries.csv": csv_bytes((*COLUMNS, "signed_by_entry"), entries),
        "queries.csv": csv_bytes(_QUERY_COLUMNS, queries),
    }
    arms = "hidden" if book.arm is None else "shown"
    about = {"what": "casebook", "participant": book.person.id, "reader": book.reader.person, "arms": arms}
    return write_copy(out, study, files, about, book.last, "casebook")


def _query_data(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _QUERY_COLUMNS}


def _data(
    book: Casebook, values: Sequence[Mapping[str, Any]], entries: Sequence[Any], queries: Sequence[Any]
) -> dict[str, Any]:
    person = book.person
    return {
        "participant": person.id,
        "site": person.site,
        "as_of_entry": book.last.seq,
        "head": book.last.hash,
        "at": book.last.at,
        "status": person.status,
        "arm": book.arm,
        "screened": person.screened,
        "consents": [{"date": day, "version": version} for day, version in person.consents],
        "consent_parts": {
            part: [{"date": day, "agrees": agrees} for day, agrees in said] for part, said in person.parts.items()
        },
        "enrolled": person.enrolled,
        "randomized": person.randomized,
        "withdrawals": [{"date": one.date, "extent": one.extent, "reason": one.reason} for one in person.withdrawals],
        "centers": [{"date": one.date, "from": one.of, "to": one.to} for one in person.moves],
        "values": list(values),
        "queries": list(queries),
        "entries": list(entries),
    }


def _value_rows(book: Casebook) -> Sequence[dict[str, Any]]:
    rows = []
    for page in book.pages:
        visit, occurrence, form = page.key
        for cell in page.cells.values():
            group, row, item = cell.place
            known = book.protocol.item_by_id.get(item)
            for number, step in enumerate(_steps(page, cell), start=1):
                at_site, zone = site_time(step.entry.at, timezone_of(book.protocol, step.entry.site))
                rows.append(
                    {
                        "participant": book.person.id,
                        "site": step.entry.site,
                        "visit": visit,
                        "occurrence": occurrence,
                        "form": form,
                        "group": group,
                        "row": row,
                        "item": item,
                        "label_en": item_label(book.protocol, item, "en"),
                        "label_zh": item_label(book.protocol, item, "zh"),
                        "unit": known[2].unit if known is not None else None,
                        "step": number,
                        "what": step.what,
                        "old": book.shown(item, step.old),
                        "new": book.shown(item, step.new),
                        "stands": page.ended is None and not page.draft and step is cell.steps[-1],
                        "actor": step.actor,
                        "role": step.role,
                        **book.telling.organization(step.entry),
                        "at_utc": step.entry.at,
                        "at_site": at_site,
                        "zone": zone,
                        "observed": page.observed,
                        "delay_days": days_late(page.observed, at_site),
                        "reason": step.reason,
                        "entry": step.entry.seq,
                        "act": step.entry.act,
                    }
                )
    return rows


def _steps(page: Leaf, cell: KeptValue) -> list[ValueStep]:
    """The steps of a value; that its record was struck out is one of them."""
    if page.ended is None or page.ended_as != "struck":
        return cell.steps
    return [*cell.steps, ValueStep("struck", page.ended, cell.value, None, page.ended_reason)]
