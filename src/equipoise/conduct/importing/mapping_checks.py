"""Checking a mapping against the protocol before any row is read: names, types, dates, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from equipoise.conduct.importing.dates import format_fault
from equipoise.conduct.importing.mapping import Accept, MappedRecord
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.retelling import part_of
from equipoise.conduct.importing.values import read_cell
from equipoise.conduct.importing.words import finding, phrase, warning
from equipoise.findings import Finding, Where
from equipoise.forms.values import Unusable
from equipoise.protocol.document import Protocol
from equipoise.rules import Column, Expectation, check_rule, read_rule
from equipoise.words import Phrase, nearest

__all__ = ["check_mapping", "columns_of"]

_EXPECTED: dict[str, Expectation] = {
    "integer": "integer",
    "decimal": "number",
    "text": "text",
    "code": "text",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
}


def columns_of(source: MappingFile) -> dict[str, Column]:
    """The columns of the file as expressions see them."""
    mapping = source.mapping
    return {name: Column(name, mapping.type_of(name), where="column of the file") for name in mapping.columns}


def check_mapping(source: MappingFile, protocol: Protocol) -> list[Finding]:
    """Every Finding; warnings among them stop nothing."""
    columns = columns_of(source)
    found = [*_check_columns(source), *_check_accept(source, columns), *_dates_first(source, protocol, columns)]
    if not any(one.severity == "error" for one in found):
        found += _unused(source)
    return found


def _check_columns(source: MappingFile) -> Iterator[Finding]:
    mapping = source.mapping
    for name, clause in mapping.dates.items():
        where = source.where("dates", name)
        if name not in mapping.columns:
            yield _unknown_column(where, name, mapping.columns)
        elif mapping.columns[name] not in ("text", "date"):
            yield finding("mapping.date_type", where, column=name, type=mapping.columns[name])
        elif fault := format_fault(clause.format, clause.century):
            key, facts = fault
            yield finding(f"mapping.date_format/{key}", where, format=clause.format, **facts)
    for place, name in enumerate(mapping.ignore):
        if name in mapping.columns:
            yield finding("mapping.ignored_and_read", source.where("ignore", place), column=name)


def _unknown_column(where: Where, name: str, known: Any) -> Finding:
    if near := nearest(name, known):
        return finding("mapping.unknown_column/near", where, column=name, columns=list(known), near=near)
    return finding("mapping.unknown_column", where, column=name, columns=list(known))


def _check_accept(source: MappingFile, columns: dict[str, Column]) -> Iterator[Finding]:
    mapping, seen = source.mapping, set[str]()
    for place, clause in enumerate(mapping.accept):
        path: tuple[str | int, ...] = ("accept", place)
        if clause.id in seen:
            yield finding("mapping.duplicate_id", source.where(*path, "id"), clause=clause.id)
        seen.add(clause.id)
        if clause.column not in mapping.columns:
            yield _unknown_column(source.where(*path, "column"), clause.column, mapping.columns)
            continue
        if clause.when is not None:
            yield from check_rule(clause.when, columns, expect="boolean", where=source.where(*path, "when"))
        if clause.replaces and clause.becomes is not None:
            yield from _check_becomes(source, path, clause)


def _check_becomes(source: MappingFile, path: tuple[str | int, ...], clause: Accept) -> Iterator[Finding]:
    kind = source.mapping.type_of(clause.column)
    try:
        read_cell(kind, clause.becomes)
    except Unusable as fault:
        where, what = source.where(*path, "becomes"), part_of(fault.found, "what")
        yield finding("mapping.becomes", where, what=what, column=clause.column, type=kind)


def _dates_first(source: MappingFile, protocol: Protocol, columns: dict[str, Column]) -> Iterator[Finding]:
    """The Findings about the acts; a column of text that is asked for as a date is told once, and not at every use."""
    text = {name for name in columns if source.mapping.type_of(name) == "text"}
    asked: dict[str, str] = {}
    for found in _check_acts(source, protocol, columns):
        name = found.facts.get("rule")
        wants_date = found.code == "rule.wrong_type" and str(found.facts.get("needed", "")).startswith("a date")
        if name in text and wants_date:
            asked.setdefault(str(name), found.where.path)
        else:
            yield found
    for name, first in asked.items():
        yield finding("mapping.date_without_format", source.where("columns", name), column=name, place=first)


def _check_acts(source: MappingFile, protocol: Protocol, columns: dict[str, Column]) -> Iterator[Finding]:
    acts = source.mapping.acts

    def rule(
        text: str | None, expect: Expectation, *path: str | int, codes: frozenset[str] | None = None
    ) -> Iterator[Finding]:
        if text is not None:
            yield from check_rule(text, columns, expect=expect, where=source.where("acts", *path), expect_codes=codes)

    yield from rule(acts.participant, "text", "participant")
    yield from rule(acts.site, "text", "site")
    for name in ("screened", "consented", "enrolled"):
        yield from rule(getattr(acts, name), "date", name)
    if acts.randomized is not None:
        arms = frozenset(arm.id for arm in protocol.arms)
        yield from rule(acts.randomized.date, "date", "randomized", "date")
        yield from rule(acts.randomized.arm, "text", "randomized", "arm", codes=arms)
        yield from rule(acts.randomized.when, "boolean", "randomized", "when")
        if protocol.randomization.scheme.value.kind != "recorded":
            yield finding("mapping.not_recorded", source.where("acts", "randomized"))
    for place, record in enumerate(acts.records):
        path = ("records", place)
        yield from rule(record.occurrence, "integer", *path, "occurrence")
        yield from rule(record.observed, "date", *path, "observed")
        yield from rule(record.when, "boolean", *path, "when")
        yield from _check_record(source, protocol, record, place, columns)


def _check_record(
    source: MappingFile, protocol: Protocol, record: MappedRecord, place: int, columns: dict[str, Column]
) -> Iterator[Finding]:
    path: tuple[str | int, ...] = ("acts", "records", place)
    form, visit = protocol.form_by_id.get(record.form), protocol.visit_by_id.get(record.visit)
    if form is None:
        yield _unknown(source.where(*path, "form"), phrase("form"), record.form, protocol.form_by_id)
    if visit is None:
        yield _unknown(source.where(*path, "visit"), phrase("visit"), record.visit, protocol.visit_by_id)
    elif form is not None and form.id not in visit.forms:
        due = {"form": form.id, "visit": visit.id, "forms": visit.forms}
        yield finding("mapping.form_not_due", source.where(*path, "form"), **due)
    if form is None:
        return
    items = {item.id: item for item in form.items}
    for name, text in record.values.items():
        where = source.where(*path, "values", name)
        item = items.get(name)
        if item is None:
            yield _unknown(where, phrase("item_of", form=form.id), name, items)
            continue
        codelist = protocol.codelist_by_id.get(item.codelist or "")
        codes = frozenset(code.code for code in codelist.codes) if codelist else None
        yield from check_rule(text, columns, expect=_EXPECTED[item.type], where=where, expect_codes=codes)
    derived = form.derived_items()
    for item in form.items:
        asked = item.required and not (item.required_when or item.shown_when or item.computed)
        if asked and item.id not in derived and item.id not in record.values:
            here = source.where(*path, "values")
            yield finding("mapping.item_left_out", here, form=form.id, item=item.id, label=item.label)


def _unknown(where: Where, noun: Phrase, name: str, known: Any) -> Finding:
    facts = {"noun": noun, "name": name, "known": list(known)}
    if near := nearest(name, known):
        return finding("mapping.unknown_name/near", where, near=near, **facts)
    return finding("mapping.unknown_name", where, **facts)


def _unused(source: MappingFile) -> Iterator[Finding]:
    """Columns that are read and go nowhere: somebody meant to take them in."""
    acts = source.mapping.acts
    texts = [acts.participant, acts.site, acts.screened, acts.consented, acts.enrolled]
    if acts.randomized is not None:
        texts += [acts.randomized.date, acts.randomized.arm, acts.randomized.when]
    for record in acts.records:
        texts += [record.occurrence, record.observed, record.when, *record.values.values()]
    texts += [clause.when for clause in source.mapping.accept]
    used = {name for text in texts if text for name in read_rule(text).names}
    for name in source.mapping.columns:
        if name not in used:
            yield warning("mapping.unused_column", source.where("columns", name), column=name)
