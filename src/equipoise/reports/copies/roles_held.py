"""Who held which role where on a day, since when, and by whom appointed (ICH E6(R3) 4.3.8(c), 21 CFR 11.10(g)).

Rebuilt from the entries of appointment and dismissal alone; the end of the day is meant, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.conduct.acts import LABEL_OF
from equipoise.conduct.authority import rights_of, roles_of
from equipoise.conduct.folder.versions import in_force
from equipoise.reports.copies.reader import reader_of
from equipoise.reports.copies.reviews import AccessRecord, accounts_table, read_access, reviews_table
from equipoise.reports.copies.words import refuse, say_in
from equipoise.reports.copies.writing import (
    CopyPage,
    CopySection,
    CopyTable,
    copy_page,
    csv_bytes,
    json_bytes,
    last_entry,
    render_page,
    write_copy,
)
from equipoise.words import LANGUAGES

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.ledger import Entry
    from equipoise.words import Language

__all__ = ["HeldRole", "roles_ended", "roles_on", "write_roles"]

_COLUMNS = (
    "person",
    "name",
    "role",
    "site",
    "organization_en",
    "organization_zh",
    "since",
    "until",
    "appointed_by",
    "appointed_as",
    "entry",
    "rights",
)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody held: `site` None for the whole study, `since` the instant of the entry, in UTC.

    `until`: the last day (UTC), where it ends by itself; who said so last is named beside. Of which organization, as it
    was said last until then: None where nobody said.
    """

    person: str
    name: str
    role: str
    site: str | None
    since: str
    appointed_by: str
    appointed_as: str
    entry: int
    until: str | None = None
    organization_en: str | None = None
    organization_zh: str | None = None


def roles_on(entries: Iterable[Entry], day: str) -> list[HeldRole]:
    """The roles held at the end of a day, from the entries of appointment and dismissal in their order."""
    return [one for one in _appointed(entries, day) if one.until is None or one.until >= day]


def roles_ended(entries: Iterable[Entry], day: str) -> list[HeldRole]:
    """The roles that had ended by themselves by the end of a day; who was dismissed or appointed again is not here."""
    return [one for one in _appointed(entries, day) if one.until is not None and one.until < day]


def _appointed(entries: Iterable[Entry], day: str) -> list[HeldRole]:
    held: dict[tuple[str, str, str | None], HeldRole] = {}
    names: dict[str, str] = {}
    for entry in entries:
        said = entry.payload
        if entry.at[:10] > day or said is None:
            continue
        key = (said["person"], said["role"], said["site"])
        if entry.kind == "person_dismissed":
            held.pop(key, None)
            continue
        # Who was appointed once keeps the name of the first time, as at the desk.
        name = names.setdefault(said["person"], said["name"])
        before, since = held.get(key), entry.at
        if before is not None and (before.until is None or before.until >= entry.at[:10]):
            since = before.since
        of = said.get("organization"), said.get("organization_zh")
        held[key] = HeldRole(key[0], name, *key[1:], since, entry.actor, entry.role, entry.seq, said.get("until"), *of)
    return sorted(held.values(), key=lambda one: (one.site is not None, one.site or "", one.role, one.person))


def write_roles(study: Study, out: Path, day: str, as_: str | None = None) -> Path:
    """Write roles.csv, roles.json, roles.en.html and roles.zh.html into `out`. Raises Refusal for what is no day.

    Beside the roles: what had ended, the accounts of those named, every review of who may what until that day, and the
    digest of the list at its end, which the next review is to name.
    """
    reader = reader_of(study, as_, "roles")
    last = last_entry(study)
    try:
        known = date.fromisoformat(day).isoformat() == day
    except ValueError:
        known = False
    if not known:
        refuse("copy.day", day[:40], day=day[:40])
    kinds = ("person_appointed", "person_dismissed")
    entries = list(study.store.read(study.id, kinds=kinds))
    held, ended = ([one for one in found(entries, day) if reader.reads(one.site)] for found in (roles_on, roles_ended))
    rights = {
        role.id: [*role.acts, *sorted(rights_of(role) - set(role.acts))]
        for role in roles_of(in_force(study, _upto(study, day)).newest.protocol).values()
    }
    rows, over = ([{**_row(one), "rights": rights.get(one.role, [])} for one in part] for part in (held, ended))
    told = {row["person"] for row in (*rows, *over)}
    access = read_access(study, day)
    access = replace(access, accounts=[one for one in access.accounts if one.person in told])
    files = {
        f"roles.{language}.html": render_page(_page(study, rows, over, access, day, last, language), language)
        for language in LANGUAGES
    }
    data = {"on": day, "list": access.digest, "roles": rows, "ended": over, **access.rows()}
    files |= {"roles.csv": csv_bytes(_COLUMNS, rows), "roles.json": json_bytes(data)}
    about = {"what": "roles", "on": day, "list": access.digest, "reader": reader.person}
    return write_copy(out, study, files, about, last, "roles")


def _upto(study: Study, day: str) -> int:
    """The last entry that took up a version until the end of the day: rights are those of the protocol of that day."""
    told = [e.seq for e in study.store.read(study.id, kinds=("study_opened", "amended")) if e.at[:10] <= day]
    return max(told, default=1)


def _row(one: HeldRole) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COLUMNS if name != "rights"}


def _page(
    study: Study,
    rows: list[dict[str, Any]],
    ended: list[dict[str, Any]],
    access: AccessRecord,
    day: str,
    last: Entry,
    language: Language,
) -> CopyPage:
    say = say_in(language)
    sections = [
        CopySection(
            say("section.roles"), tables=[_table(study, rows, language)], note=say("roles.note", list=access.digest)
        )
    ]
    if ended:
        sections.append(CopySection(say("section.ended"), tables=[_table(study, ended, language)]))
    if access.accounts:
        sections.append(CopySection(say("section.accounts"), tables=[accounts_table(access.accounts, language)]))
    reviewed = [reviews_table(access.reviews, language)] if access.reviews else []
    note = "" if reviewed else say("roles.never_reviewed")
    sections.append(CopySection(say("section.access_reviews"), tables=reviewed, note=note))
    return copy_page(study.environment, study.protocol, last, say("roles.title", day=day), sections, language)


def _table(study: Study, rows: list[dict[str, Any]], language: Language) -> CopyTable:
    say = say_in(language)
    place = 1 if language == "zh" else 0
    labels = {role.id: role.label.in_(language) for role in roles_of(study.protocol).values()}
    told = [
        [
            f"{row['person']}\n{row['name']}",
            f"{labels[row['role']]}\n{row['role']}" if row["role"] in labels else row["role"],
            row["site"] or say("roles.whole"),
            row[f"organization_{language}"] or say("organization.unsaid"),
            row["since"][:19] + "Z",
            row["until"] or "",
            f"{row['appointed_by']}\n{row['appointed_as']}",
            str(row["entry"]),
            say("list").join(LABEL_OF[right][place] if right in LABEL_OF else right for right in row["rights"]),
        ]
        for row in rows
    ]
    asked = ("person", "role", "site", "organization", "since", "until", "appointed_by", "entry", "rights")
    return CopyTable([say(f"head.{name}") for name in asked], told)
