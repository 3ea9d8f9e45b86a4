"""Checkpoints and backups that are made by themselves, every so many entries, in a place that the study's folder names.

What is to be kept stands in `settings.yaml` of the folder, which belongs to this machine and to no backup:
`checkpoints: {to: PATH, every: 100}`, `backups: {to: PATH, every: 500}`. It runs after an act stands and can undo none:
what cannot be kept is a warning, again at every act until it can. Of a ledger that does not hold nothing is signed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from equipoise.conduct.folder.checkpointing import take_study_checkpoint
from equipoise.conduct.folder.kept import SETTINGS, last_kept
from equipoise.conduct.folder.verification import require_verified
from equipoise.conduct.keeping.backup import take_backup
from equipoise.conduct.keeping.words import phrase, warning
from equipoise.findings import Finding, Refusal, Where
from equipoise.words import Phrase

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["keep_by_itself"]


def _checkpoint(study: Study, place: Path) -> None:
    require_verified(study)
    head = study.store.head(study.id)
    take_study_checkpoint(study, place / f"{study.id}-checkpoint-{head.seq}.json")


def _backup(study: Study, place: Path) -> None:
    take_backup(study, place)


_KEPT: Final[dict[str, tuple[str, Callable[[Study, Path], None]]]] = {
    "checkpoints": ("checkpoint", _checkpoint),
    "backups": ("backup", _backup),
}


def keep_by_itself(study: Study) -> list[Finding]:
    """Make what is due; warnings for what could not be made, and for settings that say nothing that can be done."""
    where = Where(str(study.folder / SETTINGS))
    try:
        asked = _read(study.folder / SETTINGS)
    except (OSError, ValueError, TypeError):
        return [warning("keeping.settings", where)]
    found: list[Finding] = []
    last, notes = study.store.head(study.id).seq, last_kept(study.folder)
    for name, said in asked.items():
        if name not in _KEPT or not _fits(said):
            found.append(warning("keeping.settings/key", where, key=str(name)[:40], known=list(_KEPT)))
            continue
        what, make = _KEPT[name]
        since = last - (notes[what].seq if what in notes else 0)
        place = Path(said["to"]).expanduser()
        if since < said["every"]:
            continue
        if not place.is_dir():
            found.append(warning("keeping.not_kept", Where(str(place)), what=phrase(what), why=phrase("no_folder")))
            continue
        try:
            make(study, place)
        except Refusal as refusal:
            first = refusal.findings[0]
            why = Phrase(first.say("en").what, first.say("zh").what)
            found.append(warning("keeping.not_kept", Where(str(place)), what=phrase(what), why=why))
    return found


def _read(file: Path) -> dict[str, Any]:
    """What the settings say; nothing where there are none. Raises OSError, ValueError or TypeError for nonsense."""
    import yaml

    if not file.exists():
        return {}
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError from error
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise TypeError(type(said).__name__)
    return dict(said)


def _fits(said: object) -> bool:
    return (
        isinstance(said, dict)
        and set(said) == {"to", "every"}
        and isinstance(said["to"], str)
        and type(said["every"]) is int
        and said["every"] >= 1
    )
