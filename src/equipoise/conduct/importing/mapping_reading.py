"""Reading a mapping: a YAML file to clauses with the line of each, or every Finding about its text and shape."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from equipoise.conduct.importing.mapping import Mapping
from equipoise.findings import Finding, Refusal, Unreadable, Where, prose
from equipoise.protocol.anatomy import follow
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape_findings import explain_shape_error
from equipoise.protocol.yaml_reading import read_yaml

__all__ = ["MappingFile", "read_mapping"]

BYTES_MAX = 500_000  # the ledger keeps the whole text, so that what was done stays readable


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping, its text, the SHA-256 of its bytes, and the line of everything in it."""

    file: str
    mapping: Mapping
    text: str
    sha256: str
    positions: Positions

    def where(self, *path: str | int) -> Where:
        """The place of a clause."""
        return self.positions.where(*path)


def read_mapping(path: Path) -> MappingFile:
    """The mapping; raises Unreadable, or Refusal with every Finding about its shape."""
    content = _read_bytes(path)
    read = read_yaml(content, str(path), "mapping")
    positions = Positions(str(path), read.data, read.marks)
    if read.data is None:
        raise Unreadable(read.findings)
    if not isinstance(read.data, dict):
        raise Refusal(
            prose(
                "mapping.not_a_mapping",
                positions.where(),
                "this is no mapping of columns to acts",
                "it holds `columns:` and `acts:`",
                "Begin with `columns:`.",
            )
        )
    found = list(read.findings)
    try:
        mapping = Mapping.model_validate(read.data)
    except ValidationError as error:
        found += _explained(error, positions)
    if found:
        raise Refusal(sorted(found, key=lambda f: (f.where.line, f.where.path)))
    return MappingFile(str(path), mapping, content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest(), positions)


def _explained(error: ValidationError, positions: Positions) -> list[Finding]:
    found: dict[Any, Finding] = {}
    for one in error.errors(include_url=False):
        path, kind = follow(Mapping, one["loc"], positions.data)
        found.setdefault(path, explain_shape_error(one, path, kind, positions, Mapping))
    return list(found.values())


def _read_bytes(path: Path) -> bytes:
    where = Where(str(path))
    if path.is_dir():
        raise Unreadable(
            prose("mapping.folder", where, "this is a folder", "a mapping is one YAML file", "Name the file itself.")
        )
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_MAX + 1)
    except FileNotFoundError:
        raise Unreadable(
            prose(
                "mapping.not_found", where, "there is no such mapping", "nothing can be read from it", "Check the path."
            )
        ) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(
            prose(
                "mapping.not_readable", where, "the mapping cannot be read", why, "Give yourself the right to read it."
            )
        ) from None
    if len(content) > BYTES_MAX:
        why = f"a mapping has at most {BYTES_MAX // 1000} kB"
        raise Unreadable(
            prose(
                "mapping.too_large",
                where,
                "the file is too large",
                why,
                "Is this the data? The mapping comes after --map.",
            )
        )
    return content
