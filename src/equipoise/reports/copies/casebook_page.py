"""One participant's casebook as a page in one language: standing, every record, queries, deviations, entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from equipoise.conduct.state.query import DEVIATIONS
from equipoise.protocol.scope import timezone_of
from equipoise.reports.copies.telling import WITHHELD, days_late, site_time
from equipoise.reports.copies.values import form_label, item_label, value_text, visit_label
from equipoise.reports.copies.words import Say, phrase, say_in
from equipoise.reports.copies.writing import CopyPage, CopySection, CopyTable, copy_page

if TYPE_CHECKING:
    from equipoise.ledger import Entry
    from equipoise.reports.copies.casebook import Casebook
    from equipoise.reports.copies.history import KeptValue, Leaf
    from equipoise.words import Language

__all__ = ["casebook_page"]


def casebook_page(book: Casebook, language: Language) -> CopyPage:
    """The page."""
    say = say_in(language)
    sections = [
        _standing(book, say),
        *_records(book, language, say),
        _queries(book, language, say),
        _deviations(book, language, say),
        _acts(book, language, say),
    ]
    title = say("casebook.title", participant=book.person.id)
    return copy_page(book.environment, book.protocol, book.last, title, sections, language)


def _standing(book: Casebook, say: Say) -> CopySection:
    person, none = book.person, say("value.none")
    consents = "\n".join(say("casebook.consent", date=day, version=version) for day, version in person.consents)
    parts = [
        say("casebook.part_agreed" if agrees else "casebook.part_refused", part=part, date=day)
        for part, said in person.parts.items()
        for day, agrees in said
    ]
    moves = "\n".join(say("casebook.move", date=one.date, before=one.of, after=one.to) for one in person.moves)
    leaving = "\n".join(
        say("casebook.left", date=one.date, extent=phrase(f"extent.{one.extent}"), reason=one.reason)
        for one in person.withdrawals
    )
    facts = [
        (say("fact.site"), person.site),
        (say("fact.status"), say(f"status.{person.status}")),
        (say("fact.screened"), person.screened),
        (say("fact.consents"), "\n".join([consents, *parts]).strip() or none),
        (say("fact.enrolled"), person.enrolled or none),
        (say("fact.randomized"), person.randomized or none),
        (say("fact.arm"), book.arm or say("casebook.arm_withheld")),
        (say("fact.left"), leaving or none),
    ]
    facts += [(say("fact.moves"), moves)] if moves else []
    return CopySection(say("section.standing"), facts)


def _records(book: Casebook, language: Language, say: Say) -> list[CopySection]:
    """One section for each visit, one table for each record."""
    by_visit: dict[tuple[str, int], list[Leaf]] = {}
    for page in book.pages:
        by_visit.setdefault(page.key[:2], []).append(page)
    if not by_visit:
        return [CopySection(say("section.records"), note=say("casebook.no_records"))]
    return [
        CopySection(
            visit_label(book.protocol, visit, occurrence, language),
            tables=[_record(book, page, language, say) for page in pages],
        )
        for (visit, occurrence), pages in by_visit.items()
    ]


def _record(book: Casebook, page: Leaf, language: Language, say: Say) -> CopyTable:
    entry = page.entry
    at_site, _ = site_time(entry.at, timezone_of(book.protocol, entry.site))
    delay = days_late(page.observed, at_site)
    role = _role(book, entry, entry.role, language, say)
    facts = {"actor": entry.actor, "role": role, "at": at_site, "utc": entry.at[:19] + "Z", "entry": entry.seq}
    notes = [say("record.drafted" if page.draft else "record.entered", **facts)]
    if page.observed is not None:
        notes.insert(0, say("record.observed", day=page.observed))
    if delay:
        notes.append(say("record.delay", days=delay))
    if page.ended is not None:
        key = f"record.{page.ended_as}"
        facts = {"actor": page.ended.actor, "at": page.ended.at[:19] + "Z", "entry": page.ended.seq}
        notes.append(say(key, **facts, reason=page.ended_reason) if page.ended_reason else say(key, **facts))
    notes += [
        say("record.check", check=check["check"], reason=check["reason"])
        for check in page.checks
        if check.get("reason")
    ]
    rows = []
    for cell in page.cells.values():
        group, row, item = cell.place
        label = item_label(book.protocol, item, language)
        if group is not None:
            label = say("record.row", label=label, group=group, row=row)
        rows.append([label, _value(book, cell, language), _past(book, cell, language, say)])
    heads = [say("head.item"), say("head.value"), say("head.history")]
    return CopyTable(heads, rows, form_label(book.protocol, page.key[2], language), say("separator").join(notes))


def _role(book: Casebook, entry: Entry, role: str, language: Language, say: Say) -> str:
    """In which role, and of which organization they were then."""
    of = book.telling.organization(entry)[f"organization_{language}"]
    return say("role.of", role=role, organization=of) if of else role


def _value(book: Casebook, cell: KeptValue, language: Language) -> str:
    item = cell.place[2]
    shown = book.shown(item, cell.value)
    return (
        phrase("value.withheld").in_(language)
        if shown is WITHHELD
        else value_text(book.protocol, item, shown, language)
    )


def _past(book: Casebook, cell: KeptValue, language: Language, say: Say) -> str:
    """Every correction: old, new, who, in which role, when, and why."""
    item, told = cell.place[2], []
    if (made := cell.steps[0].made) is not None and cell.steps[0].what == "recorded":
        told.append(say("record.by_rule", rule=made.rule, protocol=made.protocol, digest=made.digest))
    for step in cell.steps[1:] if cell.steps[0].what in ("recorded", "drafted") else cell.steps:
        at_site, _ = site_time(step.entry.at, timezone_of(book.protocol, step.entry.site))
        role = _role(book, step.entry, step.role, language, say) if step.made is None else step.role
        by = {"actor": step.actor, "role": role, "at": at_site, "reason": step.reason}
        if step.what == "erased":
            told.append(say("record.value_erased", **by, entry=step.entry.seq))
            continue
        old, new = (
            say("value.withheld")
            if book.shown(item, one) is WITHHELD
            else value_text(book.protocol, item, one, language)
            for one in (step.old, step.new)
        )
        told.append(
            say(
                "record.corrected",
                old=old,
                new=new,
                **by,
                entry=step.entry.seq,
            )
        )
    return "\n".join(told)


def _queries(book: Casebook, language: Language, say: Say) -> CopySection:
    rows = []
    for row in book.queries:
        steps = [
            say(
                "query.step",
                what=phrase(f"query.{step['what'].removeprefix('query_')}"),
                by=say("query.system") if step["system"] else step["by"],
                at=step["at"][:19] + "Z",
                text=_said(step["text"], language),
            )
            for step in row["steps"]
        ]
        place = [visit_label(book.protocol, row["visit"], row["occurrence"] or 1, language)] if row["visit"] else []
        place += [form_label(book.protocol, row["form"], language)] if row["form"] else []
        place += [item_label(book.protocol, item, language) for item in row["items"]]
        rows.append([row["query"], say("separator").join(place), say(f"query.is_{row['status']}"), "\n".join(steps)])
    if not rows:
        return CopySection(say("section.queries"), note=say("casebook.no_queries"))
    heads = [say("head.query"), say("head.place"), say("head.status"), say("head.steps")]
    return CopySection(say("section.queries"), tables=[CopyTable(heads, rows)])


def _said(text: Mapping[str, str], language: Language) -> str:
    """What was said, in the language if it was said in it, else as it was written."""
    return text.get(language) or text.get("said") or next(iter(text.values()), "")


def _deviations(book: Casebook, language: Language, say: Say) -> CopySection:
    """What people reported, and what the system noticed by itself and no correction mended."""
    rows = [
        [
            (row["payload"] or {}).get("date", ""),
            (row["payload"] or {}).get("category", ""),
            row[f"words_{language}"],
            row["actor"],
            str(row["entry"]),
        ]
        for row in book.rows
        if row["kind"] == "deviation_reported"
    ]
    rows += [
        [
            row["steps"][0]["at"][:10],
            row["check"],
            _said(row["steps"][0]["text"], language),
            say("query.system"),
            row["query"],
        ]
        for row in book.queries
        if row["check"] in DEVIATIONS and not (row["status"] == "closed" and row["steps"][-1]["system"])
    ]
    if not rows:
        return CopySection(say("section.deviations"), note=say("casebook.no_deviations"))
    heads = [say("head.date"), say("head.category"), say("head.words"), say("head.by"), say("head.entry")]
    return CopySection(say("section.deviations"), tables=[CopyTable(heads, rows)])


def _acts(book: Casebook, language: Language, say: Say) -> CopySection:
    """Every entry about the participant, with its hash and the signature that covers it."""
    rows = []
    for row in book.rows:
        delay = "" if row["delay_days"] is None else str(row["delay_days"])
        signed = book.signed.get(row["entry"])
        vouched = say("act.unsigned") if signed is None else say("act.signed", entry=signed)
        rows.append(
            [
                str(row["entry"]),
                f"{row['at_utc'][:19]}Z\n{row['at_site']}",
                "\n".join((row["actor"], row["role"], row[f"organization_{language}"] or say("organization.unsaid"))),
                row[f"words_{language}"],
                row["observed"] or "",
                delay,
                f"{row['hash'][:16]}\n{vouched}",
            ]
        )
    heads = [say(f"head.{name}") for name in ("entry", "when", "who", "words", "observed", "delay", "signature")]
    return CopySection(say("section.acts"), tables=[CopyTable(heads, rows)], note=say("casebook.acts_note"))
