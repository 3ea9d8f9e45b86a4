"""The report's tables: baseline characteristics and results, from plain results to printed cells.

Rounds for readers; the full digits are in results.json. Computes nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from equipoise.analysis.baseline import EVERYBODY
from equipoise.analysis.methods import method_of
from equipoise.numerals import measured_text, p_text, percent_text, percentage_text
from equipoise.reports.words import note_words
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["baseline_table", "counts_events", "named_unit", "result_row", "unbroken"]


@literals_checked
def baseline_table(
    baseline: Mapping[str, Any], arms: Mapping[str, Mapping[str, str]], w: Mapping[str, str], language: Language
) -> dict[str, Any]:
    """groups: [{label, n}], rows: [{label, cells, head, indent}]."""
    groups = list(baseline["groups"])
    if len(groups) == 2:  # one arm (or hidden arms): a column for all would say the same twice
        groups = groups[:1]
    heads = [{"label": w["all"] if g == EVERYBODY else arms[g][language], "n": baseline["groups"][g]} for g in groups]
    rows: list[dict[str, Any]] = []
    for row in baseline["rows"]:
        label = row["label"][language]
        label = label[:1].upper() + label[1:]
        named = named_unit(row["unit"], label, language) if row["unit"] else ""
        # A label that ends with its unit, "Age (completed years)", is not followed by it once more.
        told = not named or label.rstrip(")）").endswith(named)
        unit = "" if told else f"{w['bracket_open']}{named}{w['bracket_close']}"
        cells = [row["groups"][g] for g in groups]
        what = f"{w['comma']}{w['n_percent']}" if row["kind"] == "category" else unit
        rows.append({"label": label + what, "cells": [""] * len(groups), "head": True, "indent": False})
        if row["kind"] == "number":
            rows.append(_line(w["mean_sd"], [_mean(c) for c in cells]))
            rows.append(_line(w["median_iqr"], [_median(c) for c in cells]))
        else:
            for place, level in enumerate(row["levels"]):
                rows.append(_line(level["label"][language], [_count(c["levels"][place]) for c in cells]))
        if any(c["missing"] for c in cells):
            rows.append(_line(w["missing"], [str(c["missing"]) for c in cells]))
    return {"groups": heads, "rows": rows}


_ANNOTATED = {"copies": "拷贝"}


@literals_checked
def named_unit(unit: str, label: str, language: Language) -> str:
    """The unit as people write it: UCUM's annotations, as in {copies}/mL, lose their braces."""
    if language == "en":
        return re.sub(r"\{([^{}]*)\}", r"\1", unit)
    unit = re.sub(r"\{([^{}]*)\}", lambda found: _ANNOTATED.get(found[1], found[1]), unit)
    years = "岁" if "龄" in label else "年"
    return {"years": years, "a": years, "months": "月", "mo": "月", "days": "天", "d": "天"}.get(unit, unit)


def _line(label: str, cells: list[str]) -> dict[str, Any]:
    return {"label": label, "cells": cells, "head": False, "indent": True}


def _mean(cell: Mapping[str, Any]) -> str:
    mean, sd = cell.get("mean"), cell.get("sd")
    return f"{measured_text(mean, sd)} ({measured_text(sd, sd)})"


def _median(cell: Mapping[str, Any]) -> str:
    if cell.get("median") is None:
        return "–"
    return f"{_short(cell['median'])} ({_short(cell['q1'])}–{_short(cell['q3'])})"


def _short(value: float) -> str:
    """Whole above a hundred, else at most one decimal, below ten two; never with an exponent."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    if 0 < abs(value) < 1:  # three significant digits
        digits = 2 - math.floor(math.log10(abs(value)))
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def _count(level: Mapping[str, Any]) -> str:
    percent = level["percent"]
    return f"{level['n']} ({percentage_text(None if percent is None else percent / 100)})"


@literals_checked
def result_row(
    result: Mapping[str, Any],
    arms: Mapping[str, Mapping[str, str]],
    names: Mapping[str, str],
    w: Mapping[str, str],
    language: Language,
    level: float | None = None,
) -> dict[str, Any]:
    """One line of the table of results. `names`: factor or item to its label, for the strata.

    `level` is the confidence that stands over the column; an interval of another one says its own.
    """
    label = result["label"][language]
    known = method_of(result["method"])
    estimate, interval = (w["not_estimated"], "") if result.get("not_estimated") else known.cells(result, language)
    if interval and level is not None and result["confidence"] != level:
        interval += f"{w['bracket_open']}{percent_text(result['confidence'])}{w['bracket_close']}"
    method = known.label[language == "zh"]
    said = method.split()[0].casefold() in label.casefold()
    margin = _against_margin(result)
    notes = [note_words(finding, language) for finding in result["findings"]]
    return {
        "id": result["id"],
        "label": label if said else f"{label}{w['bracket_open']}{method}{w['bracket_close']}",
        "about": _about(result, arms, w, language),
        # The forest plot beside it speaks for a subgroup's ratio; a sentence for each would claim too much.
        "words": "" if "level" in result and "hazard_ratio" in result else unbroken(result["interpretation"][language]),
        "strata": ", ".join(names.get(name, name) for name in result["strata"]),
        "estimate": estimate,
        "interval": interval,
        "p": _p(result["p_value"] if margin is None else margin) if "p_value" in result else "",
        "events": _events(result),
        "notes": notes if margin is None else [w["p_margin"], *notes],
    }


def _p(p: float | None) -> str:
    return p_text(p).removeprefix("p ").removeprefix("= ").replace(" ", "\u00a0")


def _against_margin(result: Mapping[str, Any]) -> float | None:
    """The p-value of the margin where the result answers that question; the one of equality would answer another."""
    told = result.get("conclusions") or []
    if len(told) != 1 or told[0]["question"] != "non_inferiority":
        return None
    p: float | None = told[0]["p_one_sided"]
    return p


def _about(
    result: Mapping[str, Any], arms: Mapping[str, Mapping[str, str]], w: Mapping[str, str], language: Language
) -> str:
    """Whom a line is about: a level of a subgroup, an arm, or one arm compared with another."""
    level = ""
    if "level_label" in result:
        level = f"{result['subgroup_label'][language]}{w['colon']}{result['level_label'][language]}"
    keys = (str(result.get("group")), str(result.get("reference")))
    names = [arms[key][language] for key in keys if key in arms]
    if len(names) == 2:
        template = w["minus"] if result.get("quantity") == "difference" else w["against"]
        names = [template.format(a=names[0], b=names[1])]
    return " · ".join(part for part in (level, *names[:1]) if part)


def _events(result: Mapping[str, Any]) -> str:
    """Events and participants; of the length of follow-up participants alone, for there an event is no death."""
    counted = result.get("compared", result)
    if not counts_events(result):
        return f"n\u00a0=\u00a0{counted['n']}"
    return f"{counted['events']}\u00a0/\u00a0{counted['n']}"


def counts_events(result: Mapping[str, Any]) -> bool:
    """Whether a result has events to be told; a mean has none."""
    return "events" in result and method_of(result["method"]).counts_events


def unbroken(words: str) -> str:
    """A p-value and a statistic stay on one line with their sign."""
    return re.sub(r"\b([pPz]) ([=<]) (?=[\d–−])", "\\1\u00a0\\2\u00a0", words)
