"""A file that a command writes: whole in its place, or not there at all."""

from __future__ import annotations

import secrets
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, text: str) -> None:
    """Write `text` as UTF-8 beside `path` and move it there. Raises OSError, and leaves what was there as it was."""
    if not path.parent.is_dir() or path.is_dir() or (path.exists() and not path.is_file()):
        path.write_text(text, encoding="utf-8")  # a device or a pipe is written to; a folder says itself what is wrong
        return
    beside = path.with_name(f".{path.name[:40]}-{secrets.token_hex(4)}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
