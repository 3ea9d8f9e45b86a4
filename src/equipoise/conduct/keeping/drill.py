"""A drill: the backup is brought back to a place of its own and held against the study, entry by entry, byte by byte.

A backup that was never brought back is a hope (ICH E6(R3) 4.3.3(d)). Nothing of the study is touched, and what is
brought back is gone afterwards, but for a ledger that was put on a server of yours.
"""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.conduct.folder.kept import note_kept
from equipoise.conduct.folder.study import open_study
from equipoise.conduct.folder.versions import digests_told, version_of
from equipoise.conduct.keeping.backup import Backup, take_backup, take_keys
from equipoise.conduct.keeping.by_arm import TREES
from equipoise.conduct.keeping.restore import restore_study
from equipoise.conduct.keeping.words import finding, phrase
from equipoise.conduct.replay.projection import NAMES
from equipoise.findings import Finding, Where
from equipoise.ledger.address import read_address
from equipoise.wording.literals import literals_checked
from equipoise.words import Language

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["Drill", "drill_backup"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class Drill:
    """What was held against one another, and what differs. `newer`: entries that came after the backup was taken."""

    entries: int
    signatures: int
    versions: int
    projected: int
    files: int
    newer: int
    findings: tuple[Finding, ...]

    @property
    def equal(self) -> bool:
        """Whether everything was equal."""
        return not self.findings

    @literals_checked
    def lines(self, language: Language = "en") -> list[str]:
        """The same for people."""
        told = [
            phrase("drill.entries", entries=self.entries, signatures=self.signatures),
            phrase("drill.rest", versions=self.versions, projected=self.projected, files=self.files),
            phrase("drill.equal" if self.equal else "drill.differs"),
        ]
        if self.newer:
            told.append(phrase("drill.newer", newer=self.newer))
        return [one.in_(language) for one in told]


def drill_backup(study: Study, backup: Backup | None = None, *, database: str | None = None) -> Drill:
    """Bring a backup back (a fresh one by default), on `database` or in SQLite, and compare.

    For whoever may make a backup. Raises Refusal.
    """
    study.reader().come_in("backup")
    with tempfile.TemporaryDirectory(prefix="equipoise-drill-") as name:
        home = Path(name)
        backup = backup or take_backup(study, home / "backup.zip", keys=home / "keys.zip", noted=False)
        keys = backup.keys or take_keys(study, home / "keys.zip")
        restored = restore_study(backup.place, home / "study", database=database, keys=keys, remembered=False)
        again = open_study(restored.folder, checked=False)
        again.store.witness = None
        try:
            drill = _compare(study, again, backup.left_out)
        finally:
            again.store.close()
    if drill.equal:
        where = "SQLite" if database is None else read_address(database)[1]
        note_kept(study, "drill", backup.head.seq, backup.head.hash, where)
    return drill


def _compare(study: Study, again: Study, left_out: Sequence[str]) -> Drill:
    found: list[Finding] = []
    name, last = study.id, again.store.head(study.id).seq
    entries = 0
    own = (link for link in study.store.links(name) if link.seq <= last)
    for seq, (one, other) in enumerate(zip_longest(own, again.store.links(name)), start=1):
        entries += 1
        if one is None or other is None or tuple(one) != tuple(other):
            found.append(finding("drill.entry", f"{name} entry {seq}", seq=seq))
            break
    signed, kept = ([one for one in store.signatures(name) if one[0] <= last] for store in (study.store, again.store))
    if signed != kept:
        found.append(finding("drill.signatures", name))
    versions = [digest for _, digest in digests_told(again.store, name) if digest]
    for digest in versions:
        version_of(again, digest)
    newer = study.store.head(name).seq - last
    projected = 0
    if not newer:  # what is shown belongs to the last entry
        for what in NAMES:
            mine, theirs = (store.projection(name, what) for store in (study.store, again.store))
            projected += len(mine)
            if mine != theirs:
                found.append(finding("drill.projection", f"{name} {what}", what=what))
    files = 0
    for file in _files(study.folder, again.folder):
        if file.startswith(tuple(f"{name}/" for name in left_out)):
            continue
        files += 1
        one, other = study.folder / file, again.folder / file
        if not (one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)) and len(found) < _MOST:
            found.append(finding("drill.file", Where(file)))
    return Drill(entries, len(kept), len(versions), projected, files, newer, tuple(found))


def _files(*folders: Path) -> Iterator[str]:
    """Every file of the cuts and reports of either folder, by its name inside; links are not followed."""
    found = {
        file.relative_to(folder).as_posix()
        for folder in folders
        for tree in TREES
        for file in (folder / tree).rglob("*")
        if file.is_file() and not file.is_symlink() and "/." not in f"/{file.relative_to(folder).as_posix()}"
    }
    return iter(sorted(found))
