"""A copy's files: a folder that is whole or not there, with a manifest that says of what it is a copy.

The same entry, reader and choice give the same bytes, but for a seal that makes each copy's digest its own: nothing
here reads the clock.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise import __version__
from equipoise.conduct.folder.noting import CopyDoor, note_copy, seal_of_copy
from equipoise.findings import Where
from equipoise.reports.copies.words import refuse, say_in
from equipoise.whole import keep_private, making, put_in_place
from equipoise.wording.literals import literals_checked
from equipoise.words import trouble_of

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol
    from equipoise.words import Language

__all__ = [
    "MANIFEST",
    "CopyPage",
    "CopySection",
    "CopyTable",
    "copy_page",
    "csv_bytes",
    "csv_cell",
    "json_bytes",
    "last_entry",
    "render_page",
    "write_copy",
    "write_files",
]

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class CopyTable:
    """Heads and rows of words; a cell may hold several lines."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CopySection:
    """A heading with facts (term, said) and tables."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[CopyTable] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CopyPage:
    """One page in one language."""

    title: str
    about: str
    sections: Sequence[CopySection]
    foot: str
    banner: str = ""


def last_entry(study: Study) -> Entry:
    """The entry up to which a copy tells: the study's last one."""
    head = study.store.head(study.id)
    return next(iter(study.store.read(study.id, after=head.seq - 1, upto=head.seq)))


def copy_page(
    environment: str, protocol: Protocol, last: Entry, title: str, sections: Sequence[CopySection], language: Language
) -> CopyPage:
    """A page of a study as of entry `last`."""
    say = say_in(language)
    named, at = protocol.study, last.at[:19].replace("T", " ")
    return CopyPage(
        title=title,
        about=say("copy.about", study=named.short, version=named.version, entry=last.seq, at=at),
        sections=sections,
        foot=say("copy.foot", entry=last.seq, head=last.hash),
        banner=say("copy.rehearsal") if environment == "rehearsal" else "",
    )


def render_page(page: CopyPage, language: Language) -> bytes:
    """The page as HTML: self-contained, no script, every text escaped."""
    import jinja2
    from markupsafe import Markup

    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = Markup((folder / "page.css").read_text(encoding="utf-8"))  # noqa: S704 our own file
    return environment.get_template("page.html").render(page=page, language=language, css=css).encode()


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """RFC 4180 in UTF-8, with the mark by which spreadsheets know it. Cells hold what is stored and nothing else."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_cell(value: Any) -> str:
    """A value as a cell: text as it is, nothing as nothing, all else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def json_bytes(data: Any) -> bytes:
    """Indented JSON."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


@literals_checked
def write_copy(
    out: Path, study: Study, files: Mapping[str, bytes], about: Mapping[str, Any], last: Entry, door: CopyDoor
) -> Path:
    """Write the files and their manifest into `out`, which is new or empty, for `about["reader"]`.

    That they are taken out is on the ledger before they are there. Raises Refusal; nothing is left then.
    """
    where = Where(str(out))
    _check_free(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with making(out.parent) as beside:
            digest = write_files(beside, study, files, about, last)
            keep_private(beside)
            seen = study.seen_by(about["reader"])
            arms, whom = about.get("arms", "hidden"), about.get("participant")
            note_copy(seen, door, last.seq, last.hash, digest=digest, arms=arms, participant=whom)
            put_in_place(beside, out)
    except OSError as error:
        refuse("copy.not_written", where, reason=trouble_of(error))
    return out


def _check_free(out: Path) -> None:
    where = Where(str(out))
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        refuse("copy.taken", where)


def write_files(folder: Path, study: Study, files: Mapping[str, bytes], about: Mapping[str, Any], last: Entry) -> str:
    """The files and their manifest, in a folder that is there; the manifest's digest (SHA-256, hex)."""
    manifest = {
        "equipoise_copy": 1,
        **about,
        **seal_of_copy(study),
        "study": study.id,
        "environment": study.environment,
        "entry": last.seq,
        "head": last.hash,
        "at": last.at,
        "software": f"equipoise {__version__}",
        "files": {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()},
    }
    written = json_bytes(manifest)
    for name, raw in {**files, MANIFEST: written}.items():
        (folder / name).write_bytes(raw)
    return hashlib.sha256(written).hexdigest()
