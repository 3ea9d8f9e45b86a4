"""The protocol in force at an entry: the one place that is asked by desk, cut, analysis and verification alike.

Every version that a study ever followed is kept in its folder under its digest, and the ledger says which were in force
until an entry. So a cut at an entry is the same for ever: a later version never reaches backwards.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Protocol as Shape

from equipoise.conduct.folder.words import refuse
from equipoise.conduct.state.versions import MARK_LENGTH, InForce, Version, together
from equipoise.findings import Where
from equipoise.protocol.copies import read_promised
from equipoise.protocol.document import Protocol

if TYPE_CHECKING:
    from equipoise.ledger import Store

__all__ = ["digests_told", "earlier_folder", "folder_of_version", "in_force", "kept_version", "version_of"]

_TELLING = ("study_opened", "amended")


class Following(Shape):
    """What is asked of a study: the version that it follows, its ledger, and any version by its digest."""

    @property
    def protocol(self) -> Protocol: ...
    @property
    def protocol_digest(self) -> str: ...
    @property
    def store(self) -> Store: ...
    def kept(self, digest: str, /) -> Protocol:
        """A version by its digest."""


def in_force(study: Following, upto: int | None = None) -> InForce:
    """The versions in force until entry `upto` (the head when it is not named).

    Raises Refusal when the folder does not hold one of them as the ledger says it was.
    """
    said = digests_told(study.store, study.protocol.study.id, upto)
    if len(said) <= 1 and not (said and study.protocol_digest):
        # A study without a folder of its own (in memory) has the one protocol that it was opened with.
        only = Version(said[0][0] if said else 1, study.protocol.study.version, study.protocol_digest, study.protocol)
        return together([only])
    versions = []
    for seq, told in said:
        digest = told or study.protocol_digest
        protocol = version_of(study, digest)
        versions.append(Version(seq, protocol.study.version, digest, protocol))
    return together(versions)


def version_of(study: Following, digest: str) -> Protocol:
    """A version by its digest, the one that is followed or one that is kept. Raises Refusal when it is not here."""
    return study.protocol if digest == study.protocol_digest else study.kept(digest)


def digests_told(store: Store, study: str, upto: int | None = None) -> list[tuple[int, str]]:
    """Entry and digest of every version that the ledger says was taken up; an empty one where none was told."""
    payloads = ((entry.seq, entry.payload or {}) for entry in store.read(study, upto=upto, kinds=_TELLING))
    return [(seq, str(said.get("digest") or said.get("protocol_digest") or "")) for seq, said in payloads]


def earlier_folder(folder: Path, digest: str) -> Path:
    """Where a version lies that is no longer the newest."""
    return folder / "earlier" / f"protocol-{digest[:12]}"


def kept_version(folder: Path, digest: str) -> Protocol:
    """A version from the study's folder, by its digest. Raises Refusal when it is missing or was changed."""
    return _kept(str(folder), digest)


def folder_of_version(folder: Path, digest: str) -> Path:
    """Where a version lies in the study's folder. Raises Refusal when it is missing or was changed."""
    return _found(folder, digest)[0]


@lru_cache(maxsize=32)
def _kept(folder: str, digest: str) -> Protocol:
    return _found(Path(folder), digest)[1]


def _found(folder: Path, digest: str) -> tuple[Path, Protocol]:
    there = earlier_folder(folder, digest)
    for place in (there, folder / "protocol", *sorted(there.parent.glob("protocol-*"))):
        known = read_promised(place, digest) if (place / "protocol.yaml").is_file() else None
        if known is not None:
            return place, known
    refuse("study.version_not_kept", Where(str(there)), digest=digest[:MARK_LENGTH])
