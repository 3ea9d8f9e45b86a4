"""Is an archive whole, and does it hold what it says? Files, chain, signature, tables against tables, anchors.

An archive is made by somebody else: nothing in it is run, and no name in it leads out of its folder.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipoise.conduct.folder.checkpointing import read_public_key
from equipoise.conduct.keeping.backup import LEDGER, SIGNATURES
from equipoise.conduct.keeping.bundle import is_inside
from equipoise.findings import Finding, Refusal, Where
from equipoise.ledger import Head, MemoryStore
from equipoise.ledger.checkpoint import read_checkpoint
from equipoise.ledger.lines import read_links, read_signature_lines
from equipoise.ledger.signing import KEY_BYTES, Signer
from equipoise.ledger.verify import verify_chain
from equipoise.reports.archive.verify_ledger import digest_of
from equipoise.reports.archive.words import finding, phrase, refuse, unreadable
from equipoise.reports.archive.writing import ARCHIVE, MANIFEST, VERIFIER
from equipoise.reports.copies.data_files import table_rows
from equipoise.reports.copies.writing import csv_cell
from equipoise.wording.literals import literals_checked
from equipoise.words import Language, trouble_of

__all__ = ["ArchiveCheck", "check_archive"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """What was checked, and what does not hold."""

    files: int
    head: Head
    cells: int
    anchors: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(one.severity == "warning" for one in self.findings)

    @literals_checked
    def lines(self, language: Language = "en") -> list[str]:
        """The same for people."""
        told = [
            phrase("check.files", files=self.files),
            phrase("check.chain", entries=self.head.seq, head=self.head.hash),
            phrase("check.cells", cells=self.cells),
            phrase("check.anchors", count=self.anchors) if self.anchors else phrase("check.no_anchors"),
            phrase("check.whole" if self.whole else "check.broken"),
        ]
        return [one.in_(language) for one in told]


def check_archive(folder: Path, anchors: Sequence[Path] = (), public_key: Path | None = None) -> ArchiveCheck:
    """Check an archive. Raises Unreadable for a folder that is none, or whose parts cannot be read at all."""
    said = _manifest(folder)
    found = list(_files(folder, said["files"]))
    try:
        head, broken = _chain(folder, said, anchors, public_key)
        cells, differing = _tables(folder)
    except OSError as error:
        unreadable("archive.unreadable", Where(str(folder)), reason=trouble_of(error))
    found += broken
    found += differing
    own = Path(__file__).parent / VERIFIER
    if (folder / VERIFIER).is_file() and digest_of(own) != digest_of(folder / VERIFIER):
        # Another version of the program wrote it, or somebody wants it to say that all is well.
        found.append(finding("archive.other_verifier", Where(str(folder / VERIFIER)), "warning"))
    return ArchiveCheck(len(said["files"]), head, cells, len(anchors), tuple(found))


def _manifest(folder: Path) -> dict[str, Any]:
    where = Where(str(folder))
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
    except OSError as error:
        unreadable("archive.unreadable", where, reason=trouble_of(error))
    except (ValueError, RecursionError):
        said = None
    files = said.get("files") if isinstance(said, dict) and said.get(ARCHIVE) == 1 else None
    if (
        not isinstance(files, dict)
        or not all(isinstance(one, dict) and "sha256" in one for one in files.values())
        or not isinstance(said.get("study"), str)
    ):
        unreadable("archive.unreadable", where, reason=phrase("no_manifest"))
    for name in files:
        if not is_inside(name):
            refuse("archive.outside", where, name=name[:80])
    return dict(said)


def _files(folder: Path, files: dict[str, dict[str, Any]]) -> Iterator[Finding]:
    """What is missing, what was changed, and what stands there that no manifest names."""
    found = (file for file in folder.rglob("*") if not file.is_dir() or file.is_symlink())
    there = {file.relative_to(folder).as_posix() for file in found}
    for name in sorted({*files, *there} - {MANIFEST}):
        place = folder.joinpath(*name.split("/"))
        where = Where(str(place))
        if name not in files:
            yield finding("archive.stray", where)
        elif name not in there or place.is_symlink() or not place.is_file():
            yield finding("archive.missing", where)
        elif digest_of(place) != files[name]["sha256"]:
            yield finding("archive.differs", where)


def _chain(
    folder: Path, said: dict[str, Any], anchors: Sequence[Path], public_key: Path | None
) -> tuple[Head, list[Finding]]:
    study, home = str(said["study"]), folder / "ledger"
    store = MemoryStore()
    with (home / LEDGER).open("rb") as lines:
        signed = list(read_signature_lines((home / SIGNATURES).read_bytes().splitlines(), str(home / SIGNATURES)))
        try:
            head = store.take_in(study, read_links(lines, study, str(home / LEDGER)), signed)
        except Refusal as refusal:
            return Head(), list(refusal.findings)
    first = next(iter(store.read(study, upto=1)), None)
    key = str((first.payload or {}).get("signed_by") or "") if first is not None else ""
    if len(key) == 2 * KEY_BYTES and not set(key) - set("0123456789abcdef"):
        store.signer = Signer(bytes.fromhex(key), lambda: b"")
    kept = [read_checkpoint(file) for file in anchors]
    chain = verify_chain(
        store, study, anchors=kept, public_key=read_public_key(public_key) if public_key is not None else None
    )
    found = list(chain.findings)
    if (head.seq, head.hash) != (said.get("entry"), said.get("head")):
        found.append(finding("archive.other_head", Where(str(folder / MANIFEST)), seq=head.seq))
    return head, found


def _tables(folder: Path) -> tuple[int, list[Finding]]:
    """Every cell of the tables of text against the same cell in Parquet."""
    import polars as pl

    cells, found = 0, list[Finding]()
    for file in sorted((folder / "data" / "parquet").glob("*.parquet")):
        text = folder / "data" / "csv" / f"{file.stem}.csv"
        try:
            frame = pl.read_parquet(file)
            rows = list(csv.reader(io.StringIO(text.read_bytes().decode("utf-8-sig"), newline="")))
        except (OSError, ValueError, pl.exceptions.PolarsError):
            found.append(finding("archive.table", Where(str(text))))
            continue
        wanted = [list(frame.columns), *([csv_cell(row[name]) for name in frame.columns] for row in table_rows(frame))]
        cells += frame.height * frame.width
        if rows != wanted and len(found) < _MOST:
            found.append(finding("archive.table", Where(str(text))))
    return cells, found
