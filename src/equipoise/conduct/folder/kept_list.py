"""The file in which a study keeps a randomization list from elsewhere, with the keys, and its digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["LIST_FILE", "digest_of", "digest_of_kept"]

LIST_FILE = "list.csv"


def digest_of(content: bytes) -> str:
    """SHA-256 of a file, as 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def digest_of_kept(keys: Path) -> str | None:
    """Of the list that lies with the keys; None where none is kept, or whoever looks may not read it."""
    try:
        return digest_of((keys / LIST_FILE).read_bytes())
    except OSError:
        return None
