"""Writing an archive: data, ledger, trail, protocol versions, reports and the software's versions, with a manifest.

Everything stands in it as text that needs no program of ours; beside it the whole study in one file, from which the
program brings it back (EMA/INS/GCP/112288/2023 section 6.12; ICH E6(R3) 4.2.7). A folder that is whole or not there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from equipoise import __version__
from equipoise.conduct.folder.noting import note_copy, seal_of_copy
from equipoise.conduct.folder.versions import in_force
from equipoise.conduct.keeping.backup import BACKUP, LEDGER, SIGNATURES, Backup, take_backup
from equipoise.conduct.keeping.bundle import read_bundle
from equipoise.conduct.keeping.by_arm import holds_arms, open_by_arm
from equipoise.datacut import write_cut
from equipoise.findings import Where
from equipoise.ledger.eight_words import head_words
from equipoise.reports.archive.software import environment_text, pinned_text
from equipoise.reports.archive.verify_ledger import digest_of, entry_hash, entry_text
from equipoise.reports.archive.words import phrase, refuse
from equipoise.reports.copies.data_files import data_files, read_data
from equipoise.reports.copies.odm import odm_bytes
from equipoise.reports.copies.trail import trail_files
from equipoise.reports.copies.writing import write_files
from equipoise.whole import keep_private, making, put_in_place
from equipoise.words import fill, trouble_of

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.datacut import Cut
    from equipoise.datacut.unblinding import Visibility

__all__ = ["ARCHIVE", "MANIFEST", "VERIFIER", "Archive", "write_archive"]

ARCHIVE: Final = "equipoise_archive"
MANIFEST: Final = "manifest.json"
VERIFIER: Final = "verify_ledger.py"
_STUDY: Final = "study.zip"


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was written: its folder, the entry up to which it goes, and the digest of its manifest."""

    folder: Path
    entry: int
    head: str
    digest: str
    files: int

    @property
    def words(self) -> str:
        """The head in eight words."""
        return head_words(self.head)


def write_archive(study: Study, out: Path, as_: str | None = None, *, arms: Visibility | None = None) -> Archive:
    """Write the archive into `out`, which is new or empty. Raises Refusal; then nothing is left.

    For a reader of the whole study who may cut data; that the data were taken out is noted on the ledger first, so that
    the archive holds that note as well. What was made by arm is left out for whoever may not see it. The archive itself
    is noted, with its digest, when it is whole and before it is there.
    """
    where = Where(str(out))
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        refuse("archive.taken", where)
    cut = read_data(study, as_, arms=arms, door="archive")
    seen = study if as_ is None else study.seen_by(as_)
    by_arm = open_by_arm(study, seen.reader(), "archive")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with making(out.parent) as beside:
            made = beside / "archive"
            made.mkdir(mode=0o700)
            backup = take_backup(study, made / _STUDY, noted=False, by_arm=by_arm)
            _unpack(study, backup, made)
            _write_data(study, cut, made / "data")
            (made / "trail").mkdir()
            write_files(made / "trail", study, *trail_files(study, as_))
            _write_texts(study, backup, cut, made)
            digest, files = _write_manifest(study, backup, cut, made)
            keep_private(made)
            shown = cut.arms != "hidden" or (by_arm and holds_arms(study))
            arms_in = "shown" if shown else "hidden"
            note_copy(seen, "archive", backup.head.seq, backup.head.hash, digest=digest, arms=arms_in)
            put_in_place(made, out)
    except OSError as error:
        refuse("archive.not_written", where, reason=trouble_of(error))
    return Archive(out, backup.head.seq, backup.head.hash, digest, files)


def _unpack(study: Study, backup: Backup, made: Path) -> None:
    """The parts of the backup as files of their own, under names that say what they are."""
    taken = made / ".taken"
    with read_bundle(backup.place, BACKUP) as bundle:
        bundle.unpack(taken)
    (made / "ledger").mkdir()
    for name in (LEDGER, SIGNATURES):
        (taken / name).rename(made / "ledger" / name)
    (made / "protocols").mkdir()
    for place, version in enumerate(in_force(study, backup.head.seq).versions, start=1):
        kept = taken / "protocols" / version.digest
        if kept.is_dir():  # a version that was left and taken up again stands once
            kept.rename(made / "protocols" / f"{place:02d}-entry{version.seq}-{version.digest[:12]}")
    for name in ("cuts", "reports"):
        if (taken / name).is_dir():
            (taken / name).rename(made / name)
    shutil.rmtree(taken)


def _write_data(study: Study, cut: Cut, folder: Path) -> None:
    (folder / "csv").mkdir(parents=True)
    for name, raw in data_files(cut).items():
        (folder / "csv" / name).write_bytes(raw)
    write_cut(cut, folder / "parquet")
    (folder / "odm.xml").write_bytes(odm_bytes(study, cut))


def _write_texts(study: Study, backup: Backup, cut: Cut, made: Path) -> None:
    (made / "software").mkdir()
    (made / "software" / "environment.txt").write_text(environment_text(), encoding="utf-8")
    (made / "software" / "requirements.txt").write_text(pinned_text(), encoding="utf-8")
    own = Path(__file__).parent
    shutil.copyfile(own / VERIFIER, made / VERIFIER)
    with (made / "ledger" / LEDGER).open("rb") as lines:
        first = json.loads(lines.readline())
    *_, last = study.store.read(study.id, after=backup.head.seq - 1, upto=backup.head.seq)
    title, text = cut.protocol.study.short, entry_text(first)
    facts = {
        "title_en": title.en,
        "title_zh": title.zh,
        "study": study.id,
        "version": cut.protocol.study.version,
        "entry": backup.head.seq,
        "at": last.at[:19].replace("T", " "),
        "software": __version__,
        "head": backup.head.hash,
        "words": head_words(backup.head.hash),
        "cut": cut.seq,
        "arms": phrase(f"arms.{cut.arms}"),
        "first": text,
        "first_quoted": text.replace("'", "'\\''"),
        "first_hash": entry_hash(first),
    }
    told = (own / "readme.md").read_text(encoding="utf-8")
    (made / "README.md").write_text(fill(told, facts), encoding="utf-8")


def _write_manifest(study: Study, backup: Backup, cut: Cut, made: Path) -> tuple[str, int]:
    """The manifest, last of all; its digest and the number of files."""
    files: dict[str, Any] = {}
    for file in sorted(made.rglob("*")):
        if file.is_file():
            name = file.relative_to(made).as_posix()
            files[name] = {"sha256": digest_of(file), "bytes": file.stat().st_size}
    said = {
        ARCHIVE: 1,
        "study": study.id,
        "environment": study.environment,
        "entry": backup.head.seq,
        "head": backup.head.hash,
        "words": head_words(backup.head.hash),
        "cut": cut.identity(),
        "left_out": list(backup.left_out),
        "software": f"equipoise {__version__}",
        **seal_of_copy(study),
        "files": files,
    }
    raw = (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
    (made / MANIFEST).write_bytes(raw)
    return hashlib.sha256(raw).hexdigest(), len(files)
