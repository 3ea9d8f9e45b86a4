"""The audit trail as files: every entry in plain words, in UTC and in the time of its site, with its delay.

As many lines as the ledger has entries that the reader may read, in the ledger's order; the manifest counts both
(ICH E6(R3) 4.2.3, EMA/INS/GCP/112288/2023 section 6.2: readable, searchable, to be taken out as a whole).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.in_place import in_place, kept_in
from equipoise.conduct.folder.reviewing import TrailReview, trail_reviews
from equipoise.conduct.folder.versions import in_force
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.ledger import UNSET
from equipoise.reports.copies.reader import CopyReader, participant_for, reader_of
from equipoise.reports.copies.reviews import TRAIL_REVIEWS, trail_reviews_table
from equipoise.reports.copies.telling import COLUMNS, Telling
from equipoise.reports.copies.words import Say, refuse, say_in
from equipoise.reports.copies.writing import (
    CopyPage,
    CopySection,
    CopyTable,
    copy_page,
    csv_bytes,
    last_entry,
    render_page,
    write_copy,
)
from equipoise.words import LANGUAGES, nearest

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol
    from equipoise.words import Language

__all__ = ["trail_files", "write_trail"]

_HEADS = ("entry", "when", "who", "about", "words", "change", "observed", "delay")


def write_trail(
    study: Study,
    out: Path,
    as_: str | None = None,
    *,
    participant: str | None = None,
    first_day: str | None = None,
    last_day: str | None = None,
    kinds: Collection[str] = (),
) -> Path:
    """Write trail.csv, trail.jsonl, reviews.csv, trail.en.html and trail.zh.html into `out`.

    `first_day`, `last_day`: days in UTC, both included. Raises Refusal for what is not there, or not theirs to read.
    """
    files, about, last = trail_files(
        study, as_, participant=participant, first_day=first_day, last_day=last_day, kinds=kinds
    )
    return write_copy(out, study, files, about, last, "trail")


def trail_files(
    study: Study,
    as_: str | None = None,
    *,
    participant: str | None = None,
    first_day: str | None = None,
    last_day: str | None = None,
    kinds: Collection[str] = (),
) -> tuple[dict[str, bytes], dict[str, Any], Entry]:
    """The same files by name, what is said about them, and the entry up to which they tell."""
    reader = reader_of(study, as_, "trail")
    if participant is not None:
        participant_for(reader, study, participant)
    for day in (first_day, last_day):
        _check_day(day)
    _check_kinds(kinds)
    protocol, last = in_force(study).united, last_entry(study)
    rows = _rows(study, protocol, reader, participant, (first_day or "", last_day or "9999"), kinds)
    sites = _sites_now(study)
    place = sites.get(participant) if participant is not None else None
    reviews = [
        one
        for one in trail_reviews(study.store, study.id, sites)
        if reader.reads(one.site)
        and (
            participant is None
            or one.participant == participant
            or (one.participant is None and one.site in (None, place))
        )
    ]
    chosen = {"participant": participant, "from": first_day, "to": last_day, "kinds": sorted(kinds)}
    lines = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    files = {"trail.csv": csv_bytes(COLUMNS, rows), "trail.jsonl": lines.encode()}
    files["reviews.csv"] = csv_bytes(TRAIL_REVIEWS, [asdict(one) for one in reviews])
    for language in LANGUAGES:
        page = _page(study, protocol, rows, reviews, last, language)
        files[f"trail.{language}.html"] = render_page(page, language)
    about = {"what": "trail", "reader": reader.person, **chosen, "lines": len(rows), "entries": last.seq}
    return files, about, last


def _check_day(day: str | None) -> None:
    try:
        if day is not None and date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        refuse("copy.day", str(day)[:40], day=str(day)[:40])


def _check_kinds(kinds: Collection[str]) -> None:
    for kind in kinds:
        if kind not in KIND_OF:
            near = nearest(kind, KIND_OF) or ", ".join(sorted(KIND_OF))
            refuse("copy.kind", kind[:40], kind=kind[:40], known=near)


def _rows(
    study: Study,
    protocol: Protocol,
    reader: CopyReader,
    participant: str | None,
    days: tuple[str, str],
    kinds: Collection[str],
) -> list[dict[str, Any]]:
    telling = Telling(protocol, reader)
    sites = _sites_now(study)
    rows = []
    read = study.store.read(study.id, participant=UNSET if participant is None else participant, kinds=kinds or None)
    for entry in in_place(read, kept_in(study.store, study.id)):
        who = entry.participant
        site = sites.get(who, entry.site) if who is not None else _about_site(entry)
        if not (days[0] <= entry.at[:10] <= days[1]) or not reader.reads(site):
            continue
        rows.append(telling.row(entry, site=site))
    return rows


def _sites_now(study: Study) -> dict[str, str | None]:
    """Each participant's center now: whoever moved is read of by the new one alone."""
    return {who: said["site"] for who, said in study.store.projection(study.id, "participants").items()}


def _about_site(entry: Entry) -> str | None:
    """The site that an entry about the study concerns; None where it concerns everybody."""
    said = entry.payload or {}
    return entry.site or (said.get("site") if isinstance(said.get("site"), str) else None)


def _page(
    study: Study,
    protocol: Protocol,
    rows: list[dict[str, Any]],
    reviews: list[TrailReview],
    last: Entry,
    language: Language,
) -> CopyPage:
    say = say_in(language)
    told = []
    for row in rows:
        about = [str(row[name]) for name in ("participant", "site", "visit", "form", "item") if row[name]]
        changed = say("trail.change", old=_plain(row["old"], say), new=_plain(row["new"], say)) if row["item"] else ""
        told.append(
            [
                str(row["entry"]),
                f"{row['at_utc'][:19]}Z\n{row['at_site']} {row['zone']}",
                "\n".join((row["actor"], row["role"], row[f"organization_{language}"] or say("organization.unsaid"))),
                "\n".join(about),
                row[f"words_{language}"],
                "\n".join(part for part in (changed, row["reason"]) if part),
                row["observed"] or "",
                "" if row["delay_days"] is None else str(row["delay_days"]),
            ]
        )
    table = CopyTable([say(f"head.{name}") for name in _HEADS], told)
    reviewed = [trail_reviews_table(reviews, language)] if reviews else []
    sections = [
        CopySection(say("section.trail"), tables=[table], note=say("trail.note", shown=len(rows))),
        CopySection(say("section.trail_reviews"), tables=reviewed, note="" if reviews else say("trail.never_reviewed")),
    ]
    return copy_page(study.environment, protocol, last, say("trail.title"), sections, language)


def _plain(value: Any, say: Say) -> str:
    return say("value.none") if value is None else str(value)
