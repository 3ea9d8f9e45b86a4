"""The guideline's tables, read from the CSV files beside this module: overall response at a time point, and the best of
all.

A cell names one response, several with `|`, or `any`; the first row that fits decides. Eisenhauer 2009, Eur J Cancer
45:228, tables 1 to 3.
"""

from __future__ import annotations

from functools import cache

from equipoise.medicine.recist.lesions import CODES
from equipoise.medicine.tables import read_table

__all__ = ["BEST_FIRST", "best_of_pair", "overall_response"]

BEST_FIRST = ("CR", "PR", "SD", "non_CR_non_PD", "PD", "NE")
"""The order of best overall responses."""
_TARGETS = ("CR", "PR", "SD", "PD", "NE", "none")
_NONTARGETS = ("CR", "non_CR_non_PD", "PD", "NE", "none")
_NEW = ("no", "yes")


def _fits(cell: str, value: str) -> bool:
    return cell == "any" or value in cell.split("|")


@cache
def _timepoints() -> dict[tuple[str, str, str], str | None]:
    """Every combination that can be, with its answer: a table that leaves one open is no table."""
    rows = read_table("recist/timepoint.csv")
    return {
        (target, nontarget, new): next(
            row["overall"] or None
            for row in rows
            if _fits(row["targets"], target) and _fits(row["nontargets"], nontarget) and _fits(row["new"], new)
        )
        for target in _TARGETS
        for nontarget in _NONTARGETS
        for new in _NEW
    }


def overall_response(target: str, nontarget: str, *, new: bool) -> str | None:
    """The overall response at one time point; None when there is no disease to follow. `none`:
    no such lesions at baseline.
    """
    return _timepoints()[target, nontarget, "yes" if new else "no"]


@cache
def best_of_pair(first: str, second: str, *, confirmation: bool, long_enough: bool, reread: bool = False) -> str:
    """What a response and the one after it are worth. `long_enough`: the disease was held for the minimum of SD."""
    assert first in CODES
    row = next(
        row
        for row in read_table("recist/best.csv")
        if row["confirmation"] == ("yes" if confirmation else "no")
        and row["first"] == first
        and _fits(row["second"], second)
    )
    if reread and row["reread"]:
        return row["reread"]
    return row["best"] if long_enough else row["if_short"]
