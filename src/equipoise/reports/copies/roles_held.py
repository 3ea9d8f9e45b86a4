"""Who held which role where on a day, since when, and by whom appointed (ICH E6(R3) 4.3.8(c), 21 CFR 11.10(g)).

Rebuilt from the entries of appointment and dismissal alone; the end of the day is meant, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.conduct.acts import LABEL_OF
from equipoise.conduct.authority import roles_of
from equipoise.conduct.folder.versions import in_force
from equipoise.reports.copies.reader import reader_of
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

__all__ = ["HeldRole", "roles_on", "write_roles"]

_COLUMNS = ("person", "name", "role", "site", "since", "appointed_by", "appointed_as", "entry", "rights")


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody held: `site` None for the whole study, `since` the instant of the entry, in UTC."""

    person: str
    name: str
    role: str
    site: str | None
    since: str
    appointed_by: str
    appointed_as: str
    entry: int


def roles_on(entries: Iterable[Entry], day: str) -> list[HeldRole]:
    """The roles held at the end of a day, from the entries of appointment and dismissal in their order."""
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
        held.setdefault(key, HeldRole(key[0], name, *key[1:], entry.at, entry.actor, entry.role, entry.seq))
    return sorted(held.values(), key=lambda one: (one.site is not None, one.site or "", one.role, one.person))


def write_roles(study: Study, out: Path, day: str, as_: str | None = None) -> Path:
    """Write roles.csv, roles.json, roles.en.html and roles.zh.html into `out`. Raises Refusal for what is no day."""
    reader = reader_of(study, as_, "roles")
    last = last_entry(study)
    try:
        known = date.fromisoformat(day).isoformat() == day
    except ValueError:
        known = False
    if not known:
        refuse("copy.day", day[:40], day=day[:40])
    kinds = ("person_appointed", "person_dismissed")
    held = [one for one in roles_on(study.store.read(study.id, kinds=kinds), day) if reader.reads(one.site)]
    rights = {
        role.id: list(role.acts) for role in roles_of(in_force(study, _upto(study, day)).newest.protocol).values()
    }
    rows = [{**_row(one), "rights": rights.get(one.role, [])} for one in held]
    files = {
        f"roles.{language}.html": render_page(_page(study, rows, day, last, language), language)
        for language in LANGUAGES
    }
    files |= {"roles.csv": csv_bytes(_COLUMNS, rows), "roles.json": json_bytes({"on": day, "roles": rows})}
    return write_copy(out, study, files, {"what": "roles", "on": day, "reader": reader.person}, last)


def _upto(study: Study, day: str) -> int:
    """The last entry that took up a version until the end of the day: rights are those of the protocol of that day."""
    told = [e.seq for e in study.store.read(study.id, kinds=("study_opened", "amended")) if e.at[:10] <= day]
    return max(told, default=1)


def _row(one: HeldRole) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COLUMNS if name != "rights"}


def _page(study: Study, rows: list[dict[str, Any]], day: str, last: Entry, language: Language) -> CopyPage:
    say = say_in(language)
    place = 1 if language == "zh" else 0
    labels = {role.id: role.label.in_(language) for role in roles_of(study.protocol).values()}
    told = [
        [
            f"{row['person']}\n{row['name']}",
            f"{labels[row['role']]}\n{row['role']}" if row["role"] in labels else row["role"],
            row["site"] or say("roles.whole"),
            row["since"][:19] + "Z",
            f"{row['appointed_by']}\n{row['appointed_as']}",
            str(row["entry"]),
            say("list").join(LABEL_OF[right][place] if right in LABEL_OF else right for right in row["rights"]),
        ]
        for row in rows
    ]
    heads = [say(f"head.{name}") for name in ("person", "role", "site", "since", "appointed_by", "entry", "rights")]
    return copy_page(
        study.environment,
        study.protocol,
        last,
        say("roles.title", day=day),
        [CopySection(say("section.roles"), tables=[CopyTable(heads, told)], note=say("roles.note"))],
        language,
    )
