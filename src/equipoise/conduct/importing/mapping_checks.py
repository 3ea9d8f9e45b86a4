"""Checking a mapping against the protocol before any row is read: names, types of expressions, dates, what is left out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from equipoise.conduct.importing.dates import format_fault
from equipoise.conduct.importing.mapping import Accept, Record
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.values import read_cell
from equipoise.findings import Finding, Where, prose
from equipoise.forms.values import Unusable
from equipoise.protocol.document import Protocol
from equipoise.rules import Column, Expectation, check_rule, read_rule

__all__ = ["check_mapping", "columns_of"]

_EXPECTED: dict[str, Expectation] = {"integer": "integer", "decimal": "number", "text": "text", "code": "text", "boolean": "boolean",
                                     "date": "date", "datetime": "datetime"}  # fmt: skip


def columns_of(source: MappingFile) -> dict[str, Column]:
    """The columns of the file as expressions see them."""
    mapping = source.mapping
    return {name: Column(name, mapping.type_of(name), where="column of the file") for name in mapping.columns}


def check_mapping(source: MappingFile, protocol: Protocol) -> list[Finding]:
    """Every Finding; warnings among them stop nothing."""
    columns = columns_of(source)
    found = [*_check_columns(source), *_check_accept(source, columns), *_dates_first(source, protocol, columns)]
    if not any(finding.severity == "error" for finding in found):
        found += _unused(source)
    return found


def _check_columns(source: MappingFile) -> Iterator[Finding]:
    mapping = source.mapping
    for name, clause in mapping.dates.items():
        where = source.where("dates", name)
        if name not in mapping.columns:
            yield _unknown_column(where, name, mapping.columns)
        elif mapping.columns[name] not in ("text", "date"):
            yield prose(
                "mapping.date_type",
                where,
                f"the column `{name}` is {mapping.columns[name]} and has a date format",
                "a date is read from text as it stands, so that no digit is lost",
                f"Write `{name}: text` under `columns`.",
            )
        elif fault := format_fault(clause.format, clause.century):
            yield prose("mapping.date_format", where, f"`{clause.format}` cannot be read as a date", *fault)
    for place, name in enumerate(mapping.ignore):
        if name in mapping.columns:
            yield prose(
                "mapping.ignored_and_read",
                source.where("ignore", place),
                f"the column `{name}` is read and ignored",
                "it can only be one of the two",
                "Remove it from `columns` or from `ignore`.",
            )


def _unknown_column(where: Where, name: str, known: Any) -> Finding:
    near = difflib.get_close_matches(name, list(known), 1)
    mend = f"Did you mean `{near[0]}`?" if near else "Name it under `columns` with its type."
    return prose(
        "mapping.unknown_column", where, f"there is no column `{name}`", f"`columns` names {', '.join(known)}", mend
    )


def _check_accept(source: MappingFile, columns: dict[str, Column]) -> Iterator[Finding]:
    mapping, seen = source.mapping, set[str]()
    for place, clause in enumerate(mapping.accept):
        path: tuple[str | int, ...] = ("accept", place)
        if clause.id in seen:
            yield prose(
                "mapping.duplicate_id",
                source.where(*path, "id"),
                f"two clauses are called `{clause.id}`",
                "the ledger names the clause that accepted a value",
                "Rename one of them.",
            )
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
        mend = "Write null for missing, or a value of that type."
        yield prose(
            "mapping.becomes",
            source.where(*path, "becomes"),
            fault.what,
            f"the column `{clause.column}` is of type {kind}",
            mend,
        )


def _dates_first(source: MappingFile, protocol: Protocol, columns: dict[str, Column]) -> Iterator[Finding]:
    """The Findings about the acts; a column of text that is asked for as a date is told once, and not at every use."""
    text = {name for name in columns if source.mapping.type_of(name) == "text"}
    asked: dict[str, str] = {}
    for finding in _check_acts(source, protocol, columns):
        name = next((n for n in text if finding.what == f"the rule `{n}` gives text"), None)
        if name is None or "a date" not in finding.why:
            yield finding
        else:
            asked.setdefault(name, finding.where.path)
    for name, first in asked.items():
        mend = f"Add it to `dates` with its format, for example `{name}: {{format: iso}}`, dddyy or %d/%m/%Y."
        yield prose(
            "mapping.date_without_format",
            source.where("columns", name),
            f"the column `{name}` is text and is used as a date ({first})",
            "nothing says how its dates are written",
            mend,
        )


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
            yield prose(
                "mapping.not_recorded",
                source.where("acts", "randomized"),
                "an allocation cannot be taken from a file",
                "the protocol has arms drawn by chance, under seal",
                "Remove `randomized`, or take the file into a study whose scheme is `recorded`.",
            )
    for place, record in enumerate(acts.records):
        path = ("records", place)
        yield from rule(record.occurrence, "integer", *path, "occurrence")
        yield from rule(record.observed, "date", *path, "observed")
        yield from rule(record.when, "boolean", *path, "when")
        yield from _check_record(source, protocol, record, place, columns)


def _check_record(
    source: MappingFile, protocol: Protocol, record: Record, place: int, columns: dict[str, Column]
) -> Iterator[Finding]:
    path: tuple[str | int, ...] = ("acts", "records", place)
    form, visit = protocol.form_by_id.get(record.form), protocol.visit_by_id.get(record.visit)
    if form is None:
        yield _unknown(source.where(*path, "form"), "form", record.form, protocol.form_by_id)
    if visit is None:
        yield _unknown(source.where(*path, "visit"), "visit", record.visit, protocol.visit_by_id)
    elif form is not None and form.id not in visit.forms:
        yield prose(
            "mapping.form_not_due",
            source.where(*path, "form"),
            f"form {form.id} does not belong to visit {visit.id}",
            f"its forms are {', '.join(visit.forms) or 'none'}",
            "Choose one of these, or another visit.",
        )
    if form is None:
        return
    items = {item.id: item for item in form.items}
    for name, text in record.values.items():
        where = source.where(*path, "values", name)
        item = items.get(name)
        if item is None:
            yield _unknown(where, f"item of form {form.id}", name, items)
            continue
        codelist = protocol.codelist_by_id.get(item.codelist or "")
        codes = frozenset(code.code for code in codelist.codes) if codelist else None
        yield from check_rule(text, columns, expect=_EXPECTED[item.type], where=where, expect_codes=codes)
    derived = form.derived_items()
    for item in form.items:
        if (
            item.required
            and not item.required_when
            and not item.shown_when
            and not item.computed
            and item.id not in derived
            and item.id not in record.values
        ):
            yield prose(
                "mapping.item_left_out",
                source.where(*path, "values"),
                f"form {form.id} asks for `{item.id}` ({item.label.en}), and nothing fills it",
                "it is required",
                f"Add `{item.id}: ...`, or let the protocol say `required: false`.",
            )


def _unknown(where: Where, noun: str, name: str, known: Any) -> Finding:
    near = difflib.get_close_matches(name, list(known), 1)
    mend = f"Did you mean `{near[0]}`?" if near else "Choose one of them."
    return prose(
        "mapping.unknown_name", where, f"there is no {noun} `{name}`", f"the protocol knows {', '.join(known)}", mend
    )


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
            yield prose(
                "mapping.unused_column",
                source.where("columns", name),
                f"the column `{name}` is read and goes nowhere",
                "no expression names it",
                "Use it in `acts`, or move it to `ignore`.",
                "warning",
            )
