"""What the command line says itself, in both languages: complaints, what commands print, and what `--help` tells."""

from equipoise.cli.words.findings import FINDINGS
from equipoise.cli.words.lines import LINES
from equipoise.cli.words.options import OPTIONS
from equipoise.cli.words.unblinding import UNBLINDING
from equipoise.findings import Table

__all__ = ["TABLE", "finding", "refuse", "unreadable"]

TABLE = Table("cli", FINDINGS, {**LINES, **OPTIONS, **UNBLINDING})
finding, refuse, unreadable = TABLE.finding, TABLE.refuse, TABLE.unreadable
