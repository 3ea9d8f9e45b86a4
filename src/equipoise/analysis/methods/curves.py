"""Kaplan-Meier curves by group, for the time to the event and for the length of follow-up."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.saying import NOT_REACHED, UNITS, span
from equipoise.analysis.pieces import Piece, only, parts_of
from equipoise.numerals import UNKNOWN, time_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["curve_pieces", "median_cells"]


def curve_pieces(selected: Selected, analysis: Analysis, estimate: Callable[..., Any], *, drawn: bool) -> list[Piece]:
    """The curve of each group with its median and the median's interval (days); `drawn`: kept for the figure."""
    import numpy as np

    found = []
    for group, rows in parts_of(selected):
        time = rows["time_days"].to_numpy().astype(np.float64)
        event = rows["event"].to_numpy().astype(np.int64)
        curve = estimate(time, event, confidence=analysis.confidence, conf_type=analysis.conf_type)
        values = {
            "group": group,
            "conf_type": analysis.conf_type,
            "median": _known(curve.median),
            "median_lower": _known(curve.median_lower),
            "median_upper": _known(curve.median_upper),
            "ci_lower": _known(curve.median_lower),
            "ci_upper": _known(curve.median_upper),
        }
        found.append(Piece(values, group or "", only(group), curve=curve if drawn else None))
    return found


def _known(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def median_cells(r: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """The median in the endpoint's unit, and its limits; each may not have been reached."""
    unit, place = r["display_unit"], language == "zh"
    low, high = (time_text(r[k], unit) for k in ("median_lower", "median_upper"))
    median = NOT_REACHED[place] if r["median"] is None else f"{time_text(r['median'], unit)} {UNITS[unit][place]}"
    if r["median"] is not None and (low, high) == (UNKNOWN, UNKNOWN):
        return median, ""
    low, high = (NOT_REACHED[place] if end == UNKNOWN else end for end in (low, high))
    return median, span(low, high, language)
