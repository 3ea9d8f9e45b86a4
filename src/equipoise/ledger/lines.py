"""A ledger as lines of JSON, whatever database it is kept in: what a backup and an archive hold.

One line an entry, in order, with everything that its hashes are made of. The payload stands as the text of its
canonical bytes, so that whoever reads the line can hash it without knowing any canonical form: ``payload_hash =
SHA256(0x00 || salt || payload)``. Refuses to know whether the chain holds: that is `verify`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from equipoise.findings import Where
from equipoise.ledger.chain import Link
from equipoise.ledger.words import unreadable

__all__ = ["link_line", "read_links", "read_signature_lines", "signature_line"]

_HASH = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("kind", "act", "actor", "role", "at")
_OPTIONAL = ("site", "participant")
_HASHES = ("payload_hash", "prev_hash", "hash")


def link_line(study: str, link: Link) -> bytes:
    """One entry as a line: the fields of `Link`, the salt in hexadecimal, the payload as text; null where erased."""
    said: dict[str, Any] = {"study": study, **link._asdict()}
    said["salt"] = None if link.salt is None else bytes(link.salt).hex()
    said["payload"] = None if link.payload is None else bytes(link.payload).decode()
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def signature_line(seq: int, signature: bytes) -> bytes:
    """One signature as a line: of which entry, in hexadecimal."""
    return json.dumps({"seq": seq, "signature": signature.hex()}).encode() + b"\n"


def read_links(lines: Iterable[bytes], study: str, name: str) -> Iterator[Link]:
    """The entries again. Raises Unreadable at the first line that is none, or is of another study."""
    for number, line in enumerate(lines, start=1):
        said = _read(line, name, number)
        link = _link(said) if said.get("study") == study else None
        if link is None:
            unreadable("ledger.no_line", Where(name, number), study=study)
        yield link


def read_signature_lines(lines: Iterable[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """Number and signature again. Raises Unreadable at the first line that is none."""
    for number, line in enumerate(lines, start=1):
        said = _read(line, name, number)
        seq, signature = said.get("seq"), said.get("signature")
        if type(seq) is not int or not isinstance(signature, str) or not re.fullmatch("[0-9a-f]{128}", signature):
            unreadable("ledger.no_line/signature", Where(name, number))
        yield seq, bytes.fromhex(signature)


def _read(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        unreadable("ledger.no_line/json", Where(name, number))
    return said


def _link(said: dict[str, Any]) -> Link | None:
    fits = (
        set(said) == {"study", *Link._fields}
        and type(said["seq"]) is int
        and all(isinstance(said[one], str) for one in _TEXTS)
        and all(said[one] is None or isinstance(said[one], str) for one in (*_OPTIONAL, "salt", "payload"))
        and all(isinstance(said[one], str) and _HASH.fullmatch(said[one]) for one in _HASHES)
    )
    if not fits:
        return None
    try:
        salt = None if said["salt"] is None else bytes.fromhex(said["salt"])
        payload = None if said["payload"] is None else said["payload"].encode()
    except ValueError:
        return None
    return Link(**{one: said[one] for one in Link._fields[:-2]}, salt=salt, payload=payload)
