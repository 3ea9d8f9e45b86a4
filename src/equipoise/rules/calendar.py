"""AGE and DATE_DIFF: completed years, months, weeks and days between two dates, written out in what Polars reads.

Both count completed units, as PostgreSQL's age() and java.time do, and DATE_DIFF takes its arguments as Trino's does: a
month or a year is complete on the day of the same number, and where a month has no such day, on the first of the next.
So whoever was born on 29 February is a year older on 1 March of other years. Of a time its day counts; a difference
backwards is the same with a minus sign; an age before birth is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["CALENDAR", "UNITS_OF_DIFF", "Call", "Misused", "written_out"]

CALENDAR = frozenset({"AGE", "DATE_DIFF"})
UNITS_OF_DIFF = {"day": "d", "week": "wk", "month": "mo", "year": "a"}
"""What DATE_DIFF counts in, and the unit of what it gives."""

_CALL = re.compile(r"\b(AGE|DATE_DIFF)\s*\(", re.IGNORECASE)
_PART = re.compile(r"\s*'(\w+)'\s*")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its function, the texts of the two dates, and the unit of what it gives."""

    function: str
    dates: tuple[str, str]
    unit: str


class Misused(Exception):
    """A call with other arguments than its function takes."""

    def __init__(self, function: str) -> None:
        self.function = function
        super().__init__(function)


def written_out(text: str, become: Callable[[Call], str] | None = None) -> tuple[str, tuple[Call, ...]]:
    """The rule with every call as Polars reads it (or as `become` says), and the calls, those within others first.

    Raises Misused.
    """
    calls: list[Call] = []
    return _rewritten(text, become or _in_sql, calls), tuple(calls)


def _rewritten(text: str, become: Callable[[Call], str], calls: list[Call]) -> str:
    bare, parts, place = _blanked(text), list[str](), 0
    while (found := _CALL.search(bare, place)) is not None:
        inside, end = _arguments(text, bare, found.end(), found[1].upper())
        call = _call(found[1].upper(), inside)
        first, second = (_rewritten(one, become, calls) for one in call.dates)
        call = Call(call.function, (first, second), call.unit)
        calls.append(call)
        parts += [text[place : found.start()], f"({become(call)})"]
        place = end
    return "".join([*parts, text[place:]])


def _blanked(text: str) -> str:
    """The text with what stands in quotes made blank, every letter in its place."""
    return re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", lambda quoted: "_" * len(quoted.group()), text)


def _arguments(text: str, bare: str, start: int, function: str) -> tuple[list[str], int]:
    """The arguments of a call whose parenthesis opens before `start`, and where the call ends."""
    found, depth, begin = list[str](), 1, start
    for place in range(start, len(bare)):
        letter = bare[place]
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0 or (depth == 1 and letter == ","):
            found.append(text[begin:place])
            begin = place + 1
        if depth == 0:
            return found, begin
    raise Misused(function)


def _call(function: str, given: list[str]) -> Call:
    if function == "AGE" and len(given) == 2 and all(one.strip() for one in given):
        return Call(function, (given[0], given[1]), "a")
    if function == "DATE_DIFF" and len(given) == 3 and all(one.strip() for one in given):
        part = _PART.fullmatch(given[0])
        unit = UNITS_OF_DIFF.get(part[1].lower()) if part is not None else None
        if unit is not None:
            return Call(function, (given[1], given[2]), unit)
    raise Misused(function)


def _in_sql(call: Call) -> str:
    start, end = (f"CAST(({one}) AS DATE)" for one in call.dates)
    if call.function == "AGE":
        return f"CASE WHEN {end} < {start} THEN NULL ELSE {_counted(start, end, 'a')} END"
    return _counted(start, end, call.unit)


def _counted(start: str, end: str, unit: str) -> str:
    """Completed units from one day to the other."""
    if unit in ("d", "wk"):
        days = f"CAST({end} AS INTEGER) - CAST({start} AS INTEGER)"
        return days if unit == "d" else _weeks(days)
    whole = " - ".join(f"DATE_PART('year', {day})" for day in (end, start))
    first, last = (_within(day, unit) for day in (start, end))
    if unit == "mo":
        months = " - ".join(f"DATE_PART('month', {day})" for day in (end, start))
        whole = f"12 * ({whole}) + ({months})"
    forwards = f"CASE WHEN {last} < {first} THEN 1 ELSE 0 END"
    backwards = f"CASE WHEN {last} > {first} THEN 1 ELSE 0 END"
    return f"{whole} + CASE WHEN {end} >= {start} THEN 0 - {forwards} ELSE {backwards} END"


def _weeks(days: str) -> str:
    return f"CAST(CASE WHEN {days} < 0 THEN CEIL(({days}) / 7.0) ELSE FLOOR(({days}) / 7.0) END AS INTEGER)"


def _within(day: str, unit: str) -> str:
    """Where in its month, or in its year, a day lies."""
    number = f"DATE_PART('day', {day})"
    return number if unit == "mo" else f"(100 * DATE_PART('month', {day}) + {number})"
