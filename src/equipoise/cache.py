"""What was worked out before, kept in the user's cache folder under everything that it follows from.

Never stale: the name of what is kept says all that it follows from, the files of this software included, and what is
found is believed only when it says the same name. Never trusted: a folder that is somebody else's, or that others may
write in, is done without, as is one that cannot be read or written; what is kept is JSON, and is read as such.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from equipoise.whole import write_whole

__all__ = ["Cache", "cache_folder", "software_digest"]

MOST = 400  # of one subject: beyond it the oldest go, so that no folder grows without end
_ROOT = Path(__file__).parent
_OTHERS_MAY_WRITE = 0o022


def cache_folder(subject: str) -> Path:
    """XDG_CACHE_HOME/equipoise/`subject`, by the XDG base directory specification ~/.cache when it is not set."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(home) if home and Path(home).is_absolute() else Path.home() / ".cache"
    return base / "equipoise" / subject


@lru_cache(maxsize=1)
def software_digest() -> str:
    """Of Python and every file of this software, by size and times: nothing outlives the code that it came from.

    The file system gives a file that was written a new time of change, whatever its owner says of it (`ctime`).
    """
    found = hashlib.sha256(sys.version.encode())
    for file, known in _files(str(_ROOT)):
        found.update(f"{file}\0{known.st_size}\0{known.st_mtime_ns}\0{known.st_ctime_ns}\0".encode())
    return found.hexdigest()


def _files(folder: str) -> Iterable[tuple[str, os.stat_result]]:
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda one: one.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif entry.name.endswith((".py", ".csv", ".yaml", ".json")):
                yield entry.path, entry.stat()


class Cache:
    """What is kept on one subject. `folder` None: nothing is kept, and nothing found."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def find(self, asked: Mapping[str, Any]) -> Any:
        """What was kept under this name by this software; None where nothing was."""
        named = _named(asked)
        place = self._place(named)
        if place is None or not _ours(place.parent):
            return None
        try:
            data = json.loads(place.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return data["found"] if isinstance(data, dict) and data.get("asked") == named and "found" in data else None

    def keep(self, asked: Mapping[str, Any], found: Any) -> None:
        """Keep it, where that is possible."""
        named = _named(asked)
        place = self._place(named)
        if place is None:
            return
        with contextlib.suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _ours(place.parent):
                return
            write_whole(place, json.dumps({"asked": named, "found": found}, ensure_ascii=False), mode=0o600)
            _make_room(place.parent)

    def _place(self, named: Mapping[str, Any]) -> Path | None:
        if self.folder is None:
            return None
        text = json.dumps(named, sort_keys=True, ensure_ascii=False)
        return self.folder / f"{hashlib.sha256(text.encode()).hexdigest()}.json"


def _named(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {**asked, "software": software_digest()}


def _ours(folder: Path) -> bool:
    """Whether the folder is this user's alone to write in."""
    if os.name != "posix":
        return folder.is_dir()
    try:
        known = folder.stat()
    except OSError:
        return False
    return stat.S_ISDIR(known.st_mode) and known.st_uid == os.geteuid() and not known.st_mode & _OTHERS_MAY_WRITE


def _make_room(folder: Path) -> None:
    """Let the oldest go."""
    kept = [entry for entry in os.scandir(folder) if entry.name.endswith(".json")]
    if len(kept) > MOST:
        for entry in sorted(kept, key=lambda one: one.stat().st_mtime_ns)[: len(kept) - MOST]:
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()
