"""The highest head that was seen of each study, kept for whoever works here and apart from the ledger and its folder.

It notices what no ledger can say of itself: that an older copy lies in its place, or that its last entries are gone.
A study is known by the hash of its first entry, which no two share; within it, each place (folder or database) keeps a
file of its own, so that a copy may be read beside the original, and nobody goes on in both. Lines are only added, so
two that write at once lose nothing. A witness that cannot be kept stops no work: who asks is told that there is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from equipoise.ledger.entry import Head
from equipoise.whole import write_whole

__all__ = ["STATE", "Seen", "Witness", "state_folder"]

STATE: Final = "EQUIPOISE_STATE"
"""The environment variable that names another folder than the account's own."""
_TAIL_BYTES: Final = 2048
_BYTES_MAX: Final = 256 * 1024


def state_folder() -> Path:
    """Where this account keeps what programs must remember (XDG Base Directory 0.8: `XDG_STATE_HOME`)."""
    if named := os.environ.get(STATE):
        return Path(named)
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "equipoise"
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path("~/.local/state").expanduser()) / "equipoise"


@dataclass(frozen=True, slots=True)
class Seen:
    """A head that was seen: when, and where the ledger lay."""

    head: Head
    at: str
    place: str


class Witness:
    """What was seen of the study that begins with `opening`, whose ledger lies at `place`."""

    def __init__(self, opening: str, place: str, home: Path | None = None) -> None:
        self.place = place
        self._home = (state_folder() if home is None else home) / "heads" / opening[:32]
        self._file = self._home / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.jsonl"

    @property
    def kept(self) -> bool:
        """Whether there is anything that was kept."""
        return self._file.is_file()

    def here(self) -> Seen | None:
        """The highest head seen at this place."""
        return max(_told(self._file), key=_number, default=None)

    def anywhere(self) -> Seen | None:
        """The highest head seen at any place."""
        with suppress(OSError):
            files = sorted(self._home.glob("*.jsonl"))
            return max((seen for file in files for seen in _told(file)), key=_number, default=None)
        return None

    def saw(self, head: Head) -> None:
        """Remember a head; cheap enough for every act."""
        seen = Seen(head, datetime.now(UTC).isoformat(), self.place)
        with suppress(OSError):
            if not self._file.is_file():
                self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            elif self._file.stat().st_size > _BYTES_MAX and (highest := self.here()) is not None:
                # A line that another adds in this moment is lost with the long file: the next act tells it again.
                kept = max(highest, seen, key=_number)
                write_whole(self._file, _line(kept), mode=0o600)
                return
            _add(self._file, _line(seen))

    def accept(self, head: Head) -> None:
        """From here on this head counts, whatever was seen before, here and elsewhere."""
        seen = Seen(head, datetime.now(UTC).isoformat(), self.place)
        with suppress(OSError):
            for file in self._home.glob("*.jsonl"):
                file.unlink(missing_ok=True)
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._file, _line(seen), mode=0o600)


def _line(seen: Seen) -> str:
    said = {"seq": seen.head.seq, "hash": seen.head.hash, "at": seen.at, "place": seen.place}
    return json.dumps(said, ensure_ascii=False) + "\n"


def _add(file: Path, line: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def _number(seen: Seen) -> int:
    return seen.head.seq


def _told(file: Path) -> Iterator[Seen]:
    """What the last lines say: heads only grow, so the highest is among them."""
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, file.stat().st_size - _TAIL_BYTES))
            lines = opened.read().split(b"\n")
    except OSError:
        return
    for line in lines:
        with suppress(ValueError, KeyError, TypeError):  # the first may be half a line
            said = json.loads(line)
            yield Seen(Head(int(said["seq"]), str(said["hash"])), str(said["at"]), str(said["place"]))
