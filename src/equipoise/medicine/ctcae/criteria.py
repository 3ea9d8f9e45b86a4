"""The limits between grades, as data: which number, relative to what, under which condition, begins which grade.

A grade is the highest whose limit is passed, so that each limit stands alone. Limits are kept in the units in which the
criteria state them: 1.2 mg/dL and 0.5 mmol/L of magnesium are not quite the same, and a report is judged in its own.
Source: CTCAE v5.0 (NCI, 27 November 2017) and v6.0, as transcribed in pharmaverse/admiral (Apache-2.0), to whose
criteria `tests/reference/test_ctcae_criteria.py` holds this table; differences are listed in `docs/discrepancies.md`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

from equipoise import units
from equipoise.findings import Refusal
from equipoise.medicine.tables import read_table
from equipoise.wording.literals import literals_checked

__all__ = [
    "VERSIONS",
    "Interval",
    "Limit",
    "Version",
    "conversion_of",
    "intervals_of",
    "limits_in",
    "limits_of",
    "measured",
]

Version = Literal["5.0", "6.0"]
VERSIONS: tuple[Version, ...] = ("5.0", "6.0")


_PURE = ("1", "ratio", "{INR}", "{ratio}", "[pH]", "pH")
"""How a number without a unit may be written: a ratio, an INR, a pH. A percentage is something else."""

# What `units` calls an analyte that here has a narrower name.
_KNOWN_AS = {"calcium_corrected": "calcium", "calcium_ionized": "calcium", "glucose_fasting": "glucose"}


@literals_checked
@dataclass(frozen=True, slots=True)
class Limit:
    """Beyond `limit * of + plus` (`of` is LLN, ULN or baseline; nothing for an absolute limit) the grade begins.

    `when` is the condition on the person: of the baseline, of symptoms, of anticoagulation. `also` is what the value
    must be besides: beyond a limit of normal. `skip`: without a baseline the limit is left out instead of making the
    grade unknown.
    """

    grade: int
    bound: Literal["<", "<=", ">", ">="]
    limit: float
    of: Literal["absolute", "lln", "uln", "baseline"]
    plus: float
    unit: str
    when: Literal[
        "", "baseline_high", "baseline_not_high", "baseline_low", "baseline_not_low", "symptoms", "anticoagulation"
    ]
    also: Literal["", "above_uln", "below_lln"]
    skip: bool


@literals_checked
@dataclass(frozen=True, slots=True)
class Interval:
    """Values strictly between `above` and `below`
    that the criteria do not name (gap) or refer to another term (ungraded).
    """

    unit: str
    above: float
    below: float
    kind: Literal["gap", "ungraded"]


@cache
def _all_limits() -> dict[tuple[str, str], tuple[Limit, ...]]:
    found: dict[tuple[str, str], list[Limit]] = {}
    for row in read_table("ctcae/limits.csv"):
        limit = Limit(
            int(row["grade"]),
            row["bound"],  # type: ignore[arg-type]
            float(row["limit"]),
            row["of"],  # type: ignore[arg-type]
            float(row["plus"] or 0),
            row["unit"],
            row["when"],  # type: ignore[arg-type]
            row["also"],  # type: ignore[arg-type]
            row["missing"] == "skip",
        )
        for version in row["versions"].split():
            found.setdefault((row["term"], version), []).append(limit)
    return {key: tuple(limits) for key, limits in found.items()}


@cache
def _all_intervals() -> dict[tuple[str, str], tuple[Interval, ...]]:
    found: dict[tuple[str, str], list[Interval]] = {}
    for row in read_table("ctcae/intervals.csv"):
        above = float(row["above"]) if row["above"] else -math.inf
        interval = Interval(row["unit"], above, float(row["below"]), row["kind"])  # type: ignore[arg-type]
        for version in row["versions"].split():
            found.setdefault((row["term"], version), []).append(interval)
    return {key: tuple(intervals) for key, intervals in found.items()}


@literals_checked
def measured(term: str, version: Version) -> bool:
    """Whether that edition lets a number decide the term's grade."""
    return (term, version) in _all_limits()


@literals_checked
def limits_of(term: str, version: Version) -> tuple[Limit, ...]:
    """All limits of the term, in all its units; none for a term of judgement."""
    return _all_limits().get((term, version), ())


@cache
def limits_in(term: str, version: Version, unit: str) -> tuple[Limit, ...]:
    """The term's limits that apply to values in that unit (one of the table's)."""
    return tuple(one for one in limits_of(term, version) if one.unit in ("", unit))


@literals_checked
def intervals_of(term: str, version: Version, unit: str) -> tuple[Interval, ...]:
    """The intervals of values, in that unit, about which something must be said."""
    return tuple(one for one in _all_intervals().get((term, version), ()) if one.unit == unit)


@cache
def conversion_of(
    term: str, version: Version, unit: str | None, analyte: str | None
) -> tuple[str, float, float] | Literal["unit_missing", "unit_unknown", "unit_mismatch"]:
    """The table's unit in which a value of that unit is judged, with factor and offset; or why it cannot be judged.

    Where every limit is a multiple of a limit of normal or of the baseline, any unit does and none is needed.
    """
    limits = limits_of(term, version)
    stated = tuple(dict.fromkeys(one.unit for one in limits if one.unit))
    if not stated:
        pure = all(one.of != "absolute" for one in limits) or unit is None or unit in _PURE
        return ("", 1.0, 0.0) if pure else "unit_mismatch"
    if unit is None or not unit.strip():
        return "unit_missing"
    if not units.known_unit(unit):
        return "unit_unknown"
    same = [one for one in stated if units.same_quantity(unit, one)]
    for target in same or stated:
        try:
            factor, offset = units.conversion(unit, target, _KNOWN_AS.get(analyte or "", analyte))
        except Refusal:
            continue
        return target, float(factor), float(offset)
    return "unit_mismatch"
