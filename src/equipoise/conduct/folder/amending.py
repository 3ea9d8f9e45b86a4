"""Taking up an amendment in a study folder: the new version lies beside the old until the ledger says so.

The ledger decides which version is in force. Whoever is interrupted in between leaves a folder that the next to open it
finishes, or leaves alone when the ledger never took the amendment up. Earlier versions stay in `earlier/`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from equipoise.conduct.acts import Amend
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.versions import earlier_folder
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.replay.receipt import Receipt
from equipoise.findings import Refusal
from equipoise.ledger import Store
from equipoise.protocol.files import find_protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import load_protocol
from equipoise.whole import write_whole

__all__ = ["copy_protocol", "is_unsettled", "settle", "take_up"]

NEXT = "protocol-next"


def copy_protocol(source: Path, target: Path) -> None:
    """The protocol's own files, and nothing else that lies in its folder."""
    target.mkdir()
    if source.is_file():
        shutil.copyfile(source, target / "protocol.yaml")
        return
    shutil.copyfile(source / "protocol.yaml", target / "protocol.yaml")
    if (source / "forms").is_dir():
        (target / "forms").mkdir()
        for form in sorted((source / "forms").glob("*.yaml")):
            shutil.copyfile(form, target / "forms" / form.name)


def take_up(
    folder: Path,
    desk: Desk,
    protocol_path: str | Path,
    *,
    as_: str,
    summary: str,
    at_once: str = "",
    act_id: str | None = None,
) -> Receipt:
    """Amend through the desk and exchange the folder's copy. Raises Refusal; the folder is then as it was."""
    source = find_protocol(protocol_path)
    protocol = load_protocol(source)
    beside = folder / NEXT
    shutil.rmtree(beside, ignore_errors=True)
    try:
        copy_protocol(source, beside)
        digest = protocol_digest(load_protocol(beside))
        receipt = desk.perform(Amend(protocol, digest, summary, at_once), as_=as_, act_id=act_id)
    except (Refusal, OSError):
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _exchange(folder, desk.store, desk.study)
    return receipt


def is_unsettled(folder: Path) -> bool:
    """Whether an amendment was begun here and not finished."""
    return (folder / NEXT).is_dir() or not (folder / "protocol").is_dir()


def settle(folder: Path, data: Mapping[str, Any], store: Store) -> dict[str, Any]:
    """Finish an amendment that the ledger took up; returns what study.yaml says then."""
    import yaml

    with suppress(FileNotFoundError):  # somebody else is finishing it at this moment
        _exchange(folder, store, str(data["study"]))
    return dict(yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8")))


def _digest_of(folder: Path) -> str | None:
    """The digest of a copy, or None when there is no whole one."""
    try:
        return protocol_digest(load_protocol(folder)) if folder.is_dir() else None
    except Refusal:
        return None


def _exchange(folder: Path, store: Store, study: str) -> None:
    """Put the version that is in force where the study looks for it. Every step may be the last before a power cut."""
    import yaml

    in_force = load_study(store, study).digest
    beside, current, file = folder / NEXT, folder / "protocol", folder / "study.yaml"
    if _digest_of(beside) != in_force:
        return
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    if data["protocol_digest"] != in_force:
        # The file names the version first: until the folders have changed places, opening comes back to finish.
        text = yaml.safe_dump({**data, "protocol_digest": in_force}, sort_keys=False, allow_unicode=True)
        write_whole(file, text, mode=file.stat().st_mode & 0o777, durable=True)
    before = _digest_of(current)
    if before == in_force:
        shutil.rmtree(beside)
        return
    if current.is_dir():
        kept = earlier_folder(folder, before or "damaged")
        kept.parent.mkdir(exist_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        current.rename(kept)
    beside.rename(current)
