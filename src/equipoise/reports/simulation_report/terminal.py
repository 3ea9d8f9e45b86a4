"""Simulation results in a terminal: scenarios side by side, then each scenario's looks. Widths count Chinese characters
as two.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from equipoise.reports.simulation_report.words import say
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["terminal_lines"]

NONE = "–"


@literals_checked
def terminal_lines(data: Mapping[str, Any], language: Language = "en") -> list[str]:
    """The lines of `simulation_data`."""
    shown = list(data["scenarios"])
    head = say(language, "title", study=data["protocol"]["study"], trials=f"{data['trials']:,}", seed=data["seed"])
    lines = [head, *([] if data["finished"] else [say(language, "unfinished")]), say(language, "errors"), ""]
    measure = data["design"]["measure"]
    counted, bias = ("events", "bias") if measure == "hazard_ratio" else ("assessed", "bias_plain")
    columns = ["scenario", "power", "early", counted, "participants", "duration", measure, bias, "coverage"]
    rows = [[_head(data, key, language) for key in columns]]
    rows += [_row(one, one["label"][language]) for one in shown]
    if data["null"] is not None:
        rows.append(_row(data["null"], say(language, "null_of", label=data["null"]["label"][language])))
    if not data["finished"]:
        places = [*shown, *([data["null"]] if data["null"] else [])]
        rows = [
            [*row, cell]
            for row, cell in zip(rows, [say(language, "trials"), *(f"{p['trials']:,}" for p in places)], strict=True)
        ]
    lines += _table(rows)
    if data["type_one_error"] is not None:
        planned = data["design"]["alpha"] / data["design"]["sides"]
        error = data["type_one_error"]
        lines += [
            "",
            say(
                language,
                "type_one",
                value=_share(error["value"], 2),
                error=_share(error["error"], 2),
                planned=_share(planned, 2),
            ),
        ]
    lines += ["", say(language, "looks")]
    lines += _table(
        [
            [
                say(language, key)
                for key in (
                    "scenario",
                    "look",
                    "reached",
                    "stops_benefit",
                    "stops_futility",
                    "stops_harm",
                    "month",
                    "participants",
                )
            ],
            *(row for one in shown for row in _looks(one, language)),
        ]
    )
    noted = list(
        dict.fromkeys(
            note[language] for one in [*shown, *([data["null"]] if data["null"] else [])] for note in one["notes"]
        )
    )
    if noted:
        lines += ["", say(language, "notes"), *(f"  {note}" for note in noted)]
    return lines


def _head(data: Mapping[str, Any], key: str, language: Language) -> str:
    level = data["scenarios"][0]["estimate"]["confidence"] if data["scenarios"] else 0.95
    return say(language, key, level=f"{100 * level:g}%") if key == "coverage" else say(language, key)


def _row(one: Mapping[str, Any], label: str) -> list[str]:
    estimate = one["estimate"]
    return [
        label,
        _with_error(one["power"], _share),
        _with_error(one["stopped_early"], _share),
        _with_error(one["events"], _one),
        _with_error(one["participants"], _one),
        _with_error(one["duration"], _one),
        _with_error(estimate["hazard_ratio"] or estimate["effect"], _three),
        _with_error(estimate["bias"], _three),
        _with_error(estimate["coverage"], _share),
    ]


def _looks(one: Mapping[str, Any], language: Language) -> list[list[str]]:
    rows = []
    for look in one["looks"]:
        at = _planned(look, one, language)
        rows.append(
            [
                one["label"][language] if look["number"] == 1 else "",
                f"{look['number']} · {at}",
                *(_with_error(look[key], _share) for key in ("reached", "reject", "accept", "harm")),
                _with_error(look["month"], _one),
                _with_error(look["participants"], _one),
            ]
        )
    return rows


def _planned(look: Mapping[str, Any], one: Mapping[str, Any], language: Language) -> str:
    """When the look takes place."""
    if look["planned_events"] is None:
        return say(language, "at_end")
    word = "at_events" if one["true_effect"] is None else "at_assessed"
    return say(language, word, events=look["planned_events"])


def _with_error(measured: Mapping[str, float] | None, words: Callable[..., str]) -> str:
    """Value and error with as many digits as the error's first one needs: an error is never printed as nothing."""
    if measured is None:
        return NONE
    value, error = measured["value"], measured["error"]
    least, scale = {_share: (1, 100.0), _one: (1, 1.0), _three: (3, 1.0)}[words]
    needed = -math.floor(math.log10(scale * error)) if error > 0 else least
    digits = min(max(least, needed), least + 3)
    return f"{words(value, digits)} ({words(error, digits)})"


def _share(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f}%"


def _one(value: float, digits: int = 1) -> str:
    return f"{value:,.{digits}f}"


def _three(value: float, digits: int = 3) -> str:
    text = f"{value:.{digits}f}"
    return (text.removeprefix("-") if float(text) == 0 else text).replace("-", "−")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (width - _width(cell)) if place == 0 else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
