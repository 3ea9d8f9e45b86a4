"""What an import says of a foreign file and of its mapping, in both languages."""

from __future__ import annotations

from equipoise.conduct.importing.words.cells import CELLS
from equipoise.conduct.importing.words.files import FILES
from equipoise.conduct.importing.words.mappings import MAPPINGS
from equipoise.conduct.importing.words.phrases import PHRASES
from equipoise.conduct.importing.words.rows import ROWS
from equipoise.findings import Table

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable", "warning"]

TABLE = Table("conduct.importing", {**FILES, **CELLS, **ROWS, **MAPPINGS}, PHRASES)
finding, warning, refuse = TABLE.finding, TABLE.warning, TABLE.refuse
unreadable, phrase = TABLE.unreadable, TABLE.phrase
