"""Importing: a completed trial's file taken in through the desk by a mapping, every blemish told, all or nothing.

One module for each step: `mapping` and `mapping_reading` (the clauses and their lines), `mapping_checks`,
`table_reading` (rows of text), `cells` (typed, blemishes accepted), `row_acts` (what becomes of a row), `taking_in`
(through the desk), `retelling`, `refusals` and `report` (what a person reads).
"""

from equipoise.conduct.importing.report import ImportReport, render_findings
from equipoise.conduct.importing.taking_in import run_import

__all__ = ["ImportReport", "render_findings", "run_import"]
