"""A backup of a study in one file, made while others write: its ledger, every version of its protocol, cuts, reports.

The ledger stands in it as lines that belong to no database, of one moment, so that it can be brought back on SQLite and
on PostgreSQL alike. Keys are not in it: whoever holds ledger and allocation key can open every allocation, and whoever
holds the entry key can sign a history of their own (21 CFR 11.10(c), ICH E6(R3) 4.3.3).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from equipoise import __version__
from equipoise.conduct.folder.checkpointing import PUBLIC_KEY_FILE
from equipoise.conduct.folder.kept import note_kept
from equipoise.conduct.folder.noting import CopyDoor, note_copy
from equipoise.conduct.folder.opening import first_hash
from equipoise.conduct.folder.verification import require_verified
from equipoise.conduct.folder.versions import digests_told, folder_of_version
from equipoise.conduct.keeping.bundle import Content, is_inside, read_bundle, write_bundle
from equipoise.conduct.keeping.by_arm import TREES, holds_arms, open_by_arm, tells_arms
from equipoise.conduct.keeping.words import refuse
from equipoise.findings import Refusal, Where
from equipoise.ledger.eight_words import head_words
from equipoise.ledger.entry import Head
from equipoise.ledger.lines import link_line, signature_line

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["BACKUP", "KEYS", "LEDGER", "SIGNATURES", "Backup", "take_backup", "take_keys", "write_backup"]

BACKUP: Final = "equipoise_backup"
KEYS: Final = "equipoise_keys"
LEDGER, SIGNATURES, STUDY_FILE = "ledger.jsonl", "signatures.jsonl", "study.yaml"
_FILES = (f"keys/{PUBLIC_KEY_FILE}",)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its file, the entry up to which it goes, and what it could not take along."""

    place: Path
    head: Head
    manifest: dict[str, Any]
    keys: Path | None = None

    @property
    def left_out(self) -> list[str]:
        """Links and other things that are no files: they lead out of the folder."""
        return list(self.manifest["left_out"])


def _name_of(study: Study, head: Head) -> str:
    """The file's own name where a folder was given: the study, the entry, and the head's first characters."""
    return f"{study.id}-entry{head.seq}-{head.hash[:8]}.zip"


def write_backup(study: Study, place: Path, *, keys: Path | None = None, noted: bool = True) -> Backup:
    """Write a backup to `place` (in it, under a name of its own, where it is a folder), and the keys to `keys`.

    For whoever reads the whole study and may sign checkpoints; the keys for whoever may unseal. What was made by arm is
    left out for whoever may not see it. That the files are taken out is on the ledger before they are there. Raises
    Refusal for all others, and as `take_backup` does.
    """
    reader = study.reader()
    reader.come_in("backup" if keys is None else "keys")
    by_arm = open_by_arm(study, reader, "backup")

    def note(door: CopyDoor) -> None:
        head, arms = study.store.head(study.id), "shown" if by_arm and holds_arms(study) else "hidden"
        note_copy(study, door, head.seq, head.hash, arms=arms)

    return take_backup(study, place, keys=keys, noted=noted, by_arm=by_arm, note=note)


def _no_note(_door: CopyDoor) -> None:
    """What a part of the program takes for itself is handed to nobody."""


def take_backup(
    study: Study,
    place: Path,
    *,
    keys: Path | None = None,
    noted: bool = True,
    by_arm: bool = True,
    note: Callable[[CopyDoor], None] = _no_note,
) -> Backup:
    """The same for a part of the program that has asked, or that keeps what the folder's owner wants kept.

    `by_arm`: with cuts and reports that show arms. `note`: enters what is handed out, before it is: the backup holds
    that note, and whoever brings it back lacks nothing that stood before it. A whole backup of this very entry whose
    keys are missing gets them. Raises Refusal where something of the study does not hold, where a file is there
    already, or it cannot be written.
    """
    require_verified(study)
    head = study.store.head(study.id)
    file = place / _name_of(study, head) if place.is_dir() else place
    stands = keys is not None and not keys.exists() and _is_of(study, file, head)
    for one in (file, keys):
        if one is not None and (one.exists() or one.is_symlink()) and not (stands and one == file):
            refuse("backup.exists", Where(str(one)))
    if keys is not None and keys.absolute() == file.absolute():
        refuse("backup.keys_inside", Where(str(keys)))
    if not stands:
        note("backup")
    if keys is not None:
        note("keys")
    taken = _Taken(study, by_arm)
    said: dict[str, Any] = {
        BACKUP: 1,
        "study": study.id,
        "environment": study.environment,
        "opening": first_hash(study.store, study.id),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": f"equipoise {__version__}",
    }
    if stands:  # whoever was killed between the backup and its keys goes on there
        with read_bundle(file, BACKUP) as bundle:
            backup = Backup(file, head, bundle.manifest, keys)
    else:
        manifest = write_bundle(file, lambda: said | taken.said(), taken.members())
        backup = Backup(file, taken.head, manifest, keys)
    if keys is not None:
        take_keys(study, keys)
    if noted:
        note_kept(study, "backup", backup.head.seq, backup.head.hash, str(file.absolute()))
    return backup


def _is_of(study: Study, file: Path, head: Head) -> bool:
    """Whether a whole backup of this study as it stands now lies there."""
    if not file.is_file() or file.is_symlink():
        return False
    try:
        with read_bundle(file, BACKUP) as bundle:
            made = bundle.manifest
    except Refusal:
        return False
    return (made.get("opening"), made.get("head")) == (first_hash(study.store, study.id), head.hash)


def take_keys(study: Study, place: Path) -> Path:
    """The keys in a file of their own, mode 0600: it belongs where the backup is not."""
    members = [(f"keys/{file.name}", file) for file in sorted(study.key_folder.iterdir()) if file.is_file()]
    said = {KEYS: 1, "study": study.id, "opening": first_hash(study.store, study.id)}
    write_bundle(place, lambda: said, members)
    return place


class _Taken:
    """What is taken, in the order in which it is: the ledger first, so that whatever comes later is at least as new."""

    def __init__(self, study: Study, by_arm: bool = True) -> None:
        self.study, self.by_arm = study, by_arm
        self.head = Head()
        self.left_out: list[str] = []

    def members(self) -> Iterator[tuple[str, Content]]:
        study = self.study
        yield LEDGER, self._links
        # Read after the ledger: of what came meanwhile there is no entry here.
        signed = sorted(one for one in study.store.signatures(study.id) if one[0] <= self.head.seq)
        yield SIGNATURES, b"".join(signature_line(*one) for one in signed)
        yield STUDY_FILE, study.folder / STUDY_FILE
        for digest in dict.fromkeys(digest for _, digest in self.versions()):
            folder = folder_of_version(study.folder, digest)
            yield from ((f"protocols/{digest}/{name}", file) for name, file in self._tree(folder))
        for name in _FILES:
            if (file := study.folder / name).is_file():
                yield name, file
        for tree in TREES:
            if (study.folder / tree).is_dir():
                yield from ((f"{tree}/{name}", file) for name, file in self._tree(study.folder / tree))

    def versions(self) -> list[tuple[int, str]]:
        """Entry and digest of every version until the last entry that was taken."""
        study = self.study
        told = digests_told(study.store, study.id, self.head.seq)
        return [(seq, digest or study.protocol_digest) for seq, digest in told]

    def _links(self) -> Iterator[bytes]:
        # One statement of the database, and so one moment, whoever writes meanwhile.
        for link in self.study.store.links(self.study.id):
            self.head = Head(link.seq, link.hash)
            yield link_line(self.study.id, link)

    def said(self) -> dict[str, Any]:
        """What is known once everything was taken."""
        versions = [{"entry": seq, "digest": digest} for seq, digest in self.versions()]
        return {
            "entry": self.head.seq,
            "head": self.head.hash,
            "words": head_words(self.head.hash),
            "versions": versions,
            "left_out": self.left_out,
        }

    def _tree(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """Files by their names inside; a dot begins what is being made at this moment. No link is followed."""
        for home, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if not self.by_arm and Path(home).parent == self.study.folder and Path(home).name in TREES:
                told = [name for name in folders if tells_arms(Path(home) / name)]
                folders[:] = [name for name in folders if name not in told]
                self.left_out += [f"{Path(home).name}/{name}" for name in told]
            for name in sorted([*files, *(one for one in folders if (Path(home) / one).is_symlink())]):
                file = Path(home) / name
                inside = file.relative_to(folder).as_posix()
                if file.is_symlink() or not file.is_file() or not is_inside(inside):
                    self.left_out.append(file.relative_to(self.study.folder).as_posix())
                elif not name.startswith("."):
                    yield inside, file
