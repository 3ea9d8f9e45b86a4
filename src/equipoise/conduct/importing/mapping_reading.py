"""Reading a mapping: a YAML file to clauses with the line of each, or every Finding about its text and shape."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from equipoise.conduct.importing.mapping import Mapping
from equipoise.conduct.importing.words import refuse, unreadable
from equipoise.findings import Finding, Refusal, Unreadable, Where
from equipoise.protocol.anatomy import follow
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape_findings import explain_shape_error
from equipoise.protocol.yaml_reading import read_yaml
from equipoise.wording import Language, speaking
from equipoise.words import LANGUAGES, trouble_of

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


def read_mapping(path: Path, languages: Collection[Language] = LANGUAGES) -> MappingFile:
    """The mapping; raises Unreadable, or Refusal with every Finding about its shape.

    `languages`: those in which the protocol, and with it the mapping, is written.
    """
    content = _read_bytes(path)
    read = read_yaml(content, str(path), "mapping")
    positions = Positions(str(path), read.data, read.marks)
    if read.data is None:
        raise Unreadable(read.findings)
    if not isinstance(read.data, dict):
        refuse("mapping.not_a_mapping", positions.where())
    found = list(read.findings)
    try:
        mapping = Mapping.model_validate(read.data, context=speaking(languages))
    except ValidationError as error:
        found += _explained(error, positions, languages)
    if found:
        raise Refusal(sorted(found, key=lambda f: (f.where.line, f.where.path)))
    return MappingFile(str(path), mapping, content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest(), positions)


def _explained(error: ValidationError, positions: Positions, languages: Collection[Language]) -> list[Finding]:
    found: dict[Any, Finding] = {}
    for one in error.errors(include_url=False):
        path, kind = follow(Mapping, one["loc"], positions.data)
        found.setdefault(path, explain_shape_error(one, path, kind, positions, Mapping, languages))
    return list(found.values())


def _read_bytes(path: Path) -> bytes:
    where = Where(str(path))
    if path.is_dir():
        unreadable("mapping.folder", where)
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_MAX + 1)
    except FileNotFoundError:
        unreadable("mapping.not_found", where)
    except OSError as error:
        unreadable("mapping.not_readable", where, reason=trouble_of(error))
    if len(content) > BYTES_MAX:
        unreadable("mapping.too_large", where, most=BYTES_MAX // 1000)
    return content
