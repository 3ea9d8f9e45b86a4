"""Bringing a study back from a backup: into a new folder, on either database, verified before it stands there.

Refuses a place that holds anything, and a backup that is not what its manifest, its chain and its signatures say. What
this account saw and the backup does not hold is told by its numbers; nobody goes on without saying why
(`accept_restored`). Killed at any moment it leaves no folder.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from equipoise.conduct.entries.in_place import kept_in
from equipoise.conduct.folder.opening import signer_of
from equipoise.conduct.folder.study import LEDGER_FILE, open_study, read_study_file
from equipoise.conduct.folder.verification import StudyVerification, verify_study
from equipoise.conduct.folder.versions import earlier_folder
from equipoise.conduct.keeping.backup import BACKUP, KEYS, LEDGER, SIGNATURES, STUDY_FILE
from equipoise.conduct.keeping.bundle import read_bundle
from equipoise.conduct.keeping.words import finding, phrase, refuse, unreadable, warning
from equipoise.conduct.replay.projection import projections
from equipoise.conduct.replay.replaying import replay
from equipoise.findings import Finding, Refusal, Where
from equipoise.ledger import open_store
from equipoise.ledger.address import read_address
from equipoise.ledger.lines import read_links, read_signature_lines
from equipoise.ledger.verify import verify_chain
from equipoise.ledger.witness import Seen
from equipoise.whole import keep_private, making, put_in_place, write_whole
from equipoise.words import trouble_of

if TYPE_CHECKING:
    from equipoise.ledger import Store

__all__ = ["Restored", "lost_told", "restore_study"]

_PARTS: Final = frozenset({LEDGER, SIGNATURES, STUDY_FILE})
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HOMES: Final = ("protocols/", "cuts/", "reports/", "keys/")


@dataclass(frozen=True, slots=True)
class Restored:
    """A study that was brought back: its folder, what verifying it found, and what this account saw beyond it.

    `lost`: the highest head that was seen and is not in the backup (None: nothing is known to be lost).
    """

    folder: Path
    verification: StudyVerification
    keys: bool
    lost: Seen | None


def restore_study(
    backup: Path,
    folder: Path,
    *,
    database: str | None = None,
    keys: Path | None = None,
    anchors: Sequence[Path] = (),
    public_key: Path | None = None,
    remembered: bool = True,
) -> Restored:
    """Bring a study back into `folder`, which is new or empty, with its ledger in SQLite there or at `database`.

    `keys`: the file of keys that was written beside the backup. `anchors`, `public_key`: see `verify_study`.
    `remembered`: whether what this account saw of the study counts (not in a drill). Raises Refusal; then the folder is
    not there.
    """
    where = Where(str(folder))
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        refuse("restore.taken", where)
    if database is not None:
        read_address(database)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with making(folder.parent) as beside:
            beside.chmod(0o700)
            with _named(beside / "study" / "taken", backup):
                data = _lay_out(backup, beside / "study", keys)
            keep_private(beside)
            # On a server nothing can be taken back: so it is all verified in a file first.
            with _named(beside / "study", folder):
                _fill(beside / "study", data, str(beside / "study" / LEDGER_FILE))
                verification = _verified(beside / "study", backup, anchors, public_key)
            verification = replace(verification, findings=_renamed(verification.findings, beside / "study", folder))
            if database is not None:
                _move_to_server(beside / "study", data, database)
            keep_private(beside)
            put_in_place(beside / "study", folder)
    except OSError as error:
        refuse("restore.not_written", where, reason=trouble_of(error))
    return Restored(folder, verification, keys is not None, _lost(folder) if remembered else None)


def lost_told(restored: Restored) -> list[Finding]:
    """A warning where this account saw more than came back: by the numbers of what is not there."""
    if (seen := restored.lost) is None:
        return []
    last = restored.verification.chain.head.seq
    facts = {"first": last + 1, "last": seen.head.seq, "place": seen.place, "at": seen.at[:16].replace("T", " ")}
    return [warning("restore.older", Where(str(restored.folder)), **facts)]


@contextmanager
def _named(made: Path, meant: Path) -> Iterator[None]:
    """What is refused of something in the making is told of what was meant."""
    try:
        yield
    except Refusal as refusal:
        raise type(refusal)(_renamed(refusal.findings, made, meant)) from None


def _renamed(findings: Sequence[Finding], made: Path, meant: Path) -> tuple[Finding, ...]:
    return tuple(
        replace(one, where=replace(one.where, file=one.where.file.replace(str(made), str(meant)))) for one in findings
    )


def _lay_out(backup: Path, folder: Path, keys: Path | None) -> dict[str, Any]:
    """The files of the backup as a study folder has them; returns what study.yaml says."""
    import yaml

    folder.mkdir()
    taken = folder / "taken"
    with read_bundle(backup, BACKUP) as bundle:
        manifest = bundle.manifest
        names = set(bundle.names)
        stray = [n for n in names if n not in _PARTS and not n.startswith(_HOMES)]
        if not names >= _PARTS or stray or any(n.startswith("keys/") and not n.endswith(".pub") for n in names):
            unreadable("backup.unreadable", Where(str(backup)), reason=phrase("no_study"))
        bundle.unpack(taken)
    data = read_study_file(taken)
    digests = [str(one["digest"]) for one in _versions(manifest, backup)]
    for digest in dict.fromkeys(digests):
        place = folder / "protocol" if digest == digests[-1] else earlier_folder(folder, digest)
        if not (taken / "protocols" / digest).is_dir():
            unreadable("backup.unreadable", Where(str(backup)), reason=phrase("no_study"))
        place.parent.mkdir(exist_ok=True)
        (taken / "protocols" / digest).rename(place)
    for name in ("cuts", "reports", "keys"):
        if (taken / name).is_dir():
            (taken / name).rename(folder / name)
        (folder / name).mkdir(exist_ok=True)
    for name in (LEDGER, SIGNATURES):
        (taken / name).rename(folder / name)
    shutil.rmtree(taken)
    if keys is not None:
        _lay_keys(keys, folder, manifest)
    kept = {name: said for name, said in data.items() if name not in ("ledger", "database")}
    place_of = {"ledger": LEDGER_FILE}
    data = {**kept, "study": manifest.get("study"), "protocol_digest": digests[-1], **place_of}
    write_whole(folder / STUDY_FILE, yaml.safe_dump(data, sort_keys=False, allow_unicode=True), mode=0o600)
    return data


def _versions(manifest: Mapping[str, Any], backup: Path) -> list[Mapping[str, Any]]:
    told = manifest.get("versions")
    if not isinstance(told, list) or not told or not isinstance(manifest.get("study"), str):
        unreadable("backup.unreadable", Where(str(backup)), reason=phrase("no_study"))
    if not all(isinstance(one, dict) and _DIGEST.fullmatch(str(one.get("digest"))) for one in told):
        unreadable("backup.unreadable", Where(str(backup)), reason=phrase("no_study"))
    return list(told)


def _lay_keys(keys: Path, folder: Path, manifest: Mapping[str, Any]) -> None:
    with read_bundle(keys, KEYS) as bundle:
        if any(not name.startswith("keys/") or name.count("/") != 1 for name in bundle.names):
            unreadable("backup.unreadable", Where(str(keys)), reason=phrase("no_keys"))
        if bundle.manifest.get("opening") != manifest.get("opening"):
            refuse("restore.other_keys", Where(str(keys)), study=str(bundle.manifest.get("study"))[:60])
        shutil.rmtree(folder / "keys")
        bundle.unpack(folder)


def _fill(folder: Path, data: Mapping[str, Any], where: str) -> None:
    """Take the ledger in, and write beside it what a replay of it says."""
    study = str(data["study"])
    with _store(folder, data, where) as store, (folder / LEDGER).open("rb") as lines:
        signed = list(read_signature_lines((folder / SIGNATURES).read_bytes().splitlines(), SIGNATURES))
        store.take_in(study, read_links(lines, study, LEDGER), signed)
    for name in (LEDGER, SIGNATURES):
        (folder / name).unlink()


def _project(store: Store, study: str) -> None:
    store.rebuild(study, projections(replay(study, store.read(study), kept_in(store, study))))


@contextmanager
def _store(folder: Path, data: Mapping[str, Any], where: str) -> Iterator[Store]:
    repeatable = data["environment"] == "rehearsal"
    store = open_store(where, repeatable=repeatable, signer=signer_of(folder, data))
    try:
        yield store
    finally:
        store.close()


def _verified(folder: Path, backup: Path, anchors: Sequence[Path], public_key: Path | None) -> StudyVerification:
    """The study in its folder, held to everything. Raises Refusal with all that does not hold."""
    study = open_study(folder, checked=False)
    study.store.witness = None
    try:
        chain = verify_chain(study.store, study.id)
        if wrong := [one for one in chain.findings if one.severity == "error"]:
            raise Refusal([_of(backup), *wrong])
        try:
            _project(study.store, study.id)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            refuse("restore.not_whole", Where(str(backup)))
        verification = verify_study(study, anchors=anchors, public_key=public_key)
        if wrong := [one for one in verification.findings if one.severity == "error"]:
            raise Refusal([_of(backup), *wrong])
    finally:
        study.store.close()
    return verification


def _of(backup: Path) -> Finding:
    return finding("restore.not_whole", Where(str(backup)))


def _move_to_server(folder: Path, data: dict[str, Any], database: str) -> None:
    """The verified ledger on a server, where no study of this name may be."""
    import yaml

    study = str(data["study"])
    with _store(folder, data, str(folder / LEDGER_FILE)) as made, _store(folder, data, database) as store:
        store.take_in(study, made.links(study), made.signatures(study))
        _project(store, study)
    for end in ("", "-wal", "-shm"):
        (folder / f"{LEDGER_FILE}{end}").unlink(missing_ok=True)
    del data["ledger"]
    data["database"] = database
    write_whole(folder / STUDY_FILE, yaml.safe_dump(data, sort_keys=False, allow_unicode=True), mode=0o600)


def _lost(folder: Path) -> Seen | None:
    """The study is opened, and so seen; what was seen of it before and is not here."""
    study = open_study(folder, older=True)
    try:
        witness = study.store.witness
        seen = None if witness is None else witness.anywhere()
        return seen if seen is not None and seen.head.seq > study.store.head(study.id).seq else None
    finally:
        study.store.close()
