"""Which files a protocol is made of, and where it is found; loads nothing of what they say.

`fingerprint` tells one state of the files from every other, for whoever keeps what was worked out from them.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from equipoise.findings import Unreadable, Where
from equipoise.protocol.words import unreadable

__all__ = ["files_of_forms", "find_protocol", "fingerprint", "main_file"]

# Where the protocols that come along stand, beside those of the folder in which somebody works.
SHELVES = tuple(
    home / "protocols" for home in (Path(__file__).resolve().parents[3], Path(sys.prefix) / "share" / "equipoise")
)


def find_protocol(name_or_path: str | Path) -> Path:
    """The protocol's folder or file; raises Unreadable. A bare name means one of the protocols that come along."""
    if not str(name_or_path).strip():
        unreadable("protocol.not_found/empty", Where())
    path = Path(name_or_path)
    if path.exists():
        return path
    named = [shelf for shelf in (Path("protocols").absolute(), *SHELVES) if shelf.is_dir()]
    if len(path.parts) == 1:
        for shelf in named:
            if (shelf / path / "protocol.yaml").is_file():
                return shelf / path
    known = sorted({folder.parent.name for shelf in named for folder in shelf.glob("*/protocol.yaml")})
    where = Where(str(name_or_path))
    if known:
        unreadable("protocol.not_found", where, known=known)
    unreadable("protocol.not_found/alone", where)


def main_file(path: Path) -> Path:
    """The file that says everything but the forms."""
    return path / "protocol.yaml" if path.is_dir() else path


def files_of_forms(main: Path) -> list[Path] | None:
    """The files of `forms/` in their order, misnamed ones (`.yml`) too; None where the protocol has no such folder."""
    folder = main.parent / "forms"
    if main.name != "protocol.yaml" or not folder.is_dir():
        return None
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix == ".yml" or (path.suffix == ".yaml" and not path.name.startswith("."))
    ]


def fingerprint(name_or_path: str | Path) -> dict[str, str] | None:
    """Name and SHA-256 of every file; None where there is no protocol, or a part that cannot be read as a file."""
    try:
        main = main_file(find_protocol(name_or_path))
        files = [main, *(files_of_forms(main) or ())]
        if not all(file.is_file() for file in files):  # a pipe would be emptied by looking at it
            return None
        return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    except (OSError, Unreadable):
        return None
