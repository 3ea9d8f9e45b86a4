"""Checking a mapping against the protocol before any row is read: names, types, dates, and what is left out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from equipoise.conduct.importing.dates import format_fault
from equipoise.conduct.importing.mapping import Accept, Confirm, DateFormat, LeaveOut, MappedRecord
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.retelling import part_of
from equipoise.conduct.importing.values import read_cell
from equipoise.conduct.importing.words import finding, phrase, warning
from equipoise.findings import Finding, Where
from equipoise.forms import Form, Item
from equipoise.forms.values import Unusable
from equipoise.protocol.document import Protocol
from equipoise.rules import Column, Expectation, check_rule, names_of
from equipoise.words import Phrase, nearest

__all__ = ["check_mapping", "columns_of"]

# What an expression may give for an item of each type; the first is told where it gives none of them.
_EXPECTED: dict[str, tuple[Expectation, ...]] = {
    "integer": ("integer",),
    "decimal": ("number",),
    "text": ("text",),
    "code": ("text",),
    "boolean": ("boolean",),
    "date": ("date",),
    "datetime": ("datetime",),
    "partial_date": ("text", "date"),
    "qualified_number": ("text", "number"),
}


def columns_of(source: MappingFile) -> dict[str, Column]:
    """The columns of the file as expressions see them."""
    mapping = source.mapping
    return {name: Column(name, mapping.type_of(name), where="column of the file") for name in mapping.columns}


def check_mapping(source: MappingFile, protocol: Protocol) -> list[Finding]:
    """Every Finding; warnings among them stop nothing."""
    columns = columns_of(source)
    found = [*_check_columns(source), *_check_accept(source, columns), *_check_clauses(source, columns)]
    found += [*_dates_first(source, protocol, columns), *_check_confirm(source, protocol)]
    if not any(one.severity == "error" for one in found):
        found += _unused(source, protocol.visit_by_id)
    return found


def _check_columns(source: MappingFile) -> Iterator[Finding]:
    mapping = source.mapping
    for name, clause in mapping.dates.items():
        where = source.where("dates", name)
        if name not in mapping.columns:
            yield _unknown_column(where, name, mapping.columns)
        elif mapping.columns[name] not in ("text", "date", "datetime", "partial_date"):
            yield finding("mapping.date_type", where, column=name, type=mapping.columns[name])
        else:
            yield from _check_formats(clause, where)
    for place, name in enumerate(mapping.ignore):
        if name in mapping.columns:
            yield finding("mapping.ignored_and_read", source.where("ignore", place), column=name)


def _check_formats(clause: DateFormat, where: Where) -> Iterator[Finding]:
    """Each format by itself; the century belongs to those with two digits of the year."""
    two_digits = [form for form in clause.all_formats if form == "dddyy" or "%y" in form]
    for form in clause.all_formats:
        century = clause.century if form in two_digits or not two_digits else None
        if fault := format_fault(form, century):
            key, facts = fault
            yield finding(f"mapping.date_format/{key}", where, format=form, **facts)
            return


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


def _check_clauses(source: MappingFile, columns: dict[str, Column]) -> Iterator[Finding]:
    """The rules of `leave_out` and `confirm`, and every id once among all clauses."""
    mapping = source.mapping
    seen = {clause.id for clause in mapping.accept}
    for key in ("leave_out", "confirm", "different"):
        for place, clause in enumerate(getattr(mapping, key)):
            if clause.id in seen:
                yield finding("mapping.duplicate_id", source.where(key, place, "id"), clause=clause.id)
            seen.add(clause.id)
            if (when := getattr(clause, "when", None)) is not None:
                yield from check_rule(when, columns, expect="boolean", where=source.where(key, place, "when"))


def _check_confirm(source: MappingFile, protocol: Protocol) -> Iterator[Finding]:
    """A question that no form of the mapping can ask: it is named after a check, an item or a derivation."""
    forms = [form for record in source.mapping.acts.records if (form := protocol.form_by_id.get(record.form))]
    known = [check.id for form in forms for check in form.checks if check.severity == "soft"]
    known += [f"{item.id}.range" for form in forms for _, item in form.all_items() if item.soft]
    derived = [derivation.id for form in forms for derivation in form.derivations]
    for place, clause in enumerate(source.mapping.confirm):
        if clause.check not in known and clause.check.partition(".")[0] not in derived:
            facts = {"check": clause.check, "known": [*known, *(f"{name}. ..." for name in derived)]}
            yield finding("mapping.unknown_check", source.where("confirm", place, "check"), **facts)


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
    yield from _check_left_out(source, protocol)


def _check_record(
    source: MappingFile, protocol: Protocol, record: MappedRecord, place: int, columns: dict[str, Column]
) -> Iterator[Finding]:
    path: tuple[str | int, ...] = ("acts", "records", place)
    form = protocol.form_by_id.get(record.form)
    if form is None:
        yield _unknown(source.where(*path, "form"), phrase("form"), record.form, protocol.form_by_id)
    yield from _check_visit(source, protocol, record, path, columns)
    if form is None:
        return
    items = {item.id: item for item in form.items}
    for name, text in record.values.items():
        where = source.where(*path, "values", name)
        yield from _check_value(protocol, form, items, name, text, where, columns)
    groups = {group.id: {item.id: item for item in group.items} for group in form.groups}
    for group, rows in record.groups.items():
        if group not in groups:
            noun = phrase("group_of", form=form.id)
            yield _unknown(source.where(*path, "groups", group), noun, group, groups)
            continue
        for number, row in enumerate(rows):
            here = (*path, "groups", group, number)
            if row.when is not None:
                yield from check_rule(row.when, columns, expect="boolean", where=source.where(*here, "when"))
            for name, text in row.values.items():
                where = source.where(*here, "values", name)
                yield from _check_value(protocol, form, groups[group], name, text, where, columns)
            for item in _left_out(form, groups[group].values(), row.values):
                facts = {"form": form.id, "item": item.id, "label": item.label}
                yield finding("mapping.item_left_out", source.where(*here, "values"), **facts)


def _check_visit(
    source: MappingFile,
    protocol: Protocol,
    record: MappedRecord,
    path: tuple[str | int, ...],
    columns: dict[str, Column],
) -> Iterator[Finding]:
    """A visit by its id, or an expression that gives one: of those at which the form is due."""
    visit, form = protocol.visit_by_id.get(record.visit), protocol.form_by_id.get(record.form)
    where = source.where(*path, "visit")
    if visit is not None:
        if form is not None and form.id not in visit.forms:
            due = {"form": form.id, "visit": visit.id, "forms": visit.forms}
            yield finding("mapping.form_not_due", source.where(*path, "form"), **due)
    elif record.visit.isidentifier() and record.visit not in columns:
        yield _unknown(where, phrase("visit"), record.visit, protocol.visit_by_id)
    else:
        due_at = frozenset(one.id for one in protocol.visits if record.form in one.forms)
        yield from check_rule(record.visit, columns, expect="text", where=where, expect_codes=due_at)


def _check_value(
    protocol: Protocol,
    form: Form,
    items: dict[str, Item],
    name: str,
    text: str,
    where: Where,
    columns: dict[str, Column],
) -> Iterator[Finding]:
    item = items.get(name)
    if item is None:
        yield _unknown(where, phrase("item_of", form=form.id), name, items)
        return
    codelist = protocol.codelist_by_id.get(item.codelist or "")
    codes = frozenset(code.code for code in codelist.codes) if codelist else None
    found = [list(check_rule(text, columns, expect=e, where=where, expect_codes=codes)) for e in _EXPECTED[item.type]]
    if all(found):
        yield from found[0]


def _check_left_out(source: MappingFile, protocol: Protocol) -> Iterator[Finding]:
    """Required items that no clause fills: several clauses may fill one form together."""
    records = source.mapping.acts.records
    for place, record in enumerate(records):
        form = protocol.form_by_id.get(record.form)
        if form is None:
            continue
        together = {name for other in records if other.form == record.form for name in other.values}
        for item in _left_out(form, form.items, together):
            here = source.where("acts", "records", place, "values")
            yield finding("mapping.item_left_out", here, form=form.id, item=item.id, label=item.label)


def _left_out(form: Form, items: Iterable[Item], filled: Container[str]) -> Iterator[Item]:
    derived = form.derived_items()
    for item in items:
        asked = item.required and not (item.required_when or item.shown_when or item.computed)
        if asked and item.id not in derived and item.id not in filled:
            yield item


def _unknown(where: Where, noun: Phrase, name: str, known: Any) -> Finding:
    facts = {"noun": noun, "name": name, "known": list(known)}
    if near := nearest(name, known):
        return finding("mapping.unknown_name/near", where, near=near, **facts)
    return finding("mapping.unknown_name", where, **facts)


def _unused(source: MappingFile, visits: Container[str]) -> Iterator[Finding]:
    """Columns that are read and go nowhere: somebody meant to take them in."""
    mapping = source.mapping
    texts = mapping.acts.expressions()
    clauses: tuple[Accept | LeaveOut | Confirm, ...] = (*mapping.accept, *mapping.leave_out, *mapping.confirm)
    texts += [clause.when for clause in clauses if clause.when]
    used = {name for text in texts if text not in visits for name in names_of(text)}
    for name in source.mapping.columns:
        if name not in used:
            yield warning("mapping.unused_column", source.where("columns", name), column=name)
