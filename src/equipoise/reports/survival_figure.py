"""The survival figure: curves with confidence bands, censoring marks, medians and the numbers at risk.

Follows what journals and readers ask of it (Pocock et al. 2002, Lancet 359:1686; Morris et al. 2019, BMJ Open
9:e030215): direct labels, an axis from 0 to 100 %, and the number still at risk under every tick.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.reports.svg import COLORS, Drawing, text_width
from equipoise.units import DAYS_PER_MONTH, DAYS_PER_YEAR

if TYPE_CHECKING:
    import numpy as np

__all__ = ["CurveGroup", "axis_ticks", "render_survival_figure"]

_DAYS = {"days": 1.0, "months": DAYS_PER_MONTH, "years": DAYS_PER_YEAR}
_STEPS = {"days": (30, 60, 90, 180, 365, 730), "months": (1, 2, 3, 6, 12, 24, 36, 60), "years": (1, 2, 5, 10)}
WIDTH, LEFT, RIGHT, TOP, PLOT = 860.0, 74.0, 150.0, 18.0, 340.0


@dataclass(frozen=True)
class CurveGroup:
    """One curve: label, times of the steps (days), survival and limits after each, everybody's time and event."""

    label: str
    time: np.ndarray[Any, Any]
    survival: np.ndarray[Any, Any]
    lower: np.ndarray[Any, Any]
    upper: np.ndarray[Any, Any]
    every_time: np.ndarray[Any, Any]
    every_event: np.ndarray[Any, Any]
    median: float | None


def axis_ticks(longest: float, unit: str) -> list[float]:
    """Ticks in the unit, from 0 until past `longest` (in the unit), at most nine."""
    for step in _STEPS[unit]:
        if longest / step <= 9:
            break
    else:
        step = _STEPS[unit][-1] * max(1, round(longest / 8 / _STEPS[unit][-1]))
    # Nobody may have been followed for a day yet; an axis has a length all the same.
    count = max(1, int(longest // step) + (1 if longest % step else 0))
    return [float(step * place) for place in range(count + 1)]


def render_survival_figure(
    groups: Sequence[CurveGroup], *, unit: str, words: dict[str, str], note: Sequence[str], title: str
) -> str:
    """SVG of the figure. `words`: axis_x, axis_y, at_risk. `note`: lines printed in the emptier corner of the plot."""
    scale = _DAYS[unit]
    longest = max(float(g.every_time.max()) for g in groups) / scale
    ticks = axis_ticks(longest, unit)
    plot_width, bottom = WIDTH - LEFT - RIGHT, TOP + PLOT
    height = bottom + 76 + 40 * len(groups)
    drawing = Drawing(WIDTH, height, title, "; ".join([g.label for g in groups] + list(note)))

    def x_of(days: float) -> float:
        return LEFT + plot_width * (days / scale) / ticks[-1]

    def y_of(share: float) -> float:
        return bottom - PLOT * share

    for percent in range(0, 101, 20):
        y = y_of(percent / 100)
        if percent:
            drawing.line(LEFT, y, LEFT + plot_width, y, "#e6e6e6")
        drawing.line(LEFT - 5, y, LEFT, y)
        drawing.text(LEFT - 9, y + 4.5, f"{percent}", anchor="end")
    if any(g.median is not None for g in groups):
        drawing.line(LEFT, y_of(0.5), LEFT + plot_width, y_of(0.5), "#999", 1, "2 3")
    for group, color in zip(groups, COLORS, strict=False):
        _band(drawing, group, color, x_of, y_of)
    for place, (group, color) in enumerate(zip(groups, COLORS, strict=False)):
        _line(drawing, group, x_of, y_of, color=color, dash="" if place else "7 3")
        if group.median is not None:
            drawing.line(x_of(group.median), y_of(0.5), x_of(group.median), bottom, color, 1, "2 3")
    drawing.line(LEFT, TOP, LEFT, bottom)
    drawing.line(LEFT, bottom, LEFT + plot_width, bottom)
    for tick in ticks:
        x = LEFT + plot_width * tick / ticks[-1]
        drawing.line(x, bottom, x, bottom + 5)
        drawing.text(x, bottom + 19, f"{tick:g}", anchor="middle")
    drawing.text(LEFT + plot_width / 2, bottom + 40, words["axis_x"], 14, "middle")
    drawing.text(20, TOP + PLOT / 2, words["axis_y"], 14, "middle", turn=-90)
    _labels(drawing, groups, plot_width, y_of)
    _note(drawing, groups, note, plot_width, y_of)
    _at_risk(drawing, groups, ticks, scale=scale, plot_width=plot_width, top=bottom + 62, title=words["at_risk"])
    return drawing.render()


def _steps(group: CurveGroup, values: np.ndarray[Any, Any], x_of: Any, y_of: Any) -> list[tuple[float, float]]:
    """Corners of a step curve; a step narrower than a tenth of a pixel is not drawn twice."""
    points = [(x_of(0), y_of(1))]
    height = y_of(1)
    for time, value in zip(group.time.tolist(), values.tolist(), strict=True):
        if math.isnan(value):  # limits are undefined once nobody is left
            continue
        x, y = x_of(time), y_of(value)
        if y == height:
            continue
        if abs(x - points[-1][0]) < 0.05:
            points[-1] = (points[-1][0], y)
        else:
            points += [(x, height), (x, y)]
        height = y
    last = x_of(float(group.every_time.max()))
    return [*points, (last, height)]


def _band(drawing: Drawing, group: CurveGroup, color: str, x_of: Any, y_of: Any) -> None:
    upper, lower = (_steps(group, values, x_of, y_of) for values in (group.upper, group.lower))
    drawing.area([*upper, *reversed(lower)], color, 0.13)


def _line(drawing: Drawing, group: CurveGroup, x_of: Any, y_of: Any, *, color: str, dash: str) -> None:
    import numpy as np

    drawing.path(_steps(group, group.survival, x_of, y_of), color, 2.2, dash)
    censored = np.unique(group.every_time[group.every_event == 0])
    place = np.searchsorted(group.time, censored, side="right") - 1
    marks: dict[tuple[float, float], None] = {}
    for time, at in zip(censored.tolist(), place.tolist(), strict=True):
        share = float(group.survival[at]) if at >= 0 else 1.0
        marks[round(x_of(time), 1), round(y_of(share), 1)] = None
    drawing.ticks(list(marks), color)


def _labels(drawing: Drawing, groups: Sequence[CurveGroup], plot_width: float, y_of: Any) -> None:
    """Names beside the ends of the curves, moved apart where they would touch."""
    from equipoise.reports.svg import wrap

    ends = sorted((y_of(float(g.survival[-1]) if len(g.survival) else 1.0), place) for place, g in enumerate(groups))
    lines = {place: wrap(groups[place].label, RIGHT - 14, 13) for _, place in ends}
    tops: dict[int, float] = {}
    below = TOP + PLOT - 4
    for y, place in reversed(ends):
        height = 15 * len(lines[place])
        tops[place] = min(y - height / 2, below - height)
        below = tops[place] - 3
    for place, top in tops.items():
        for row, words in enumerate(lines[place]):
            color = COLORS[place % len(COLORS)]
            drawing.text(LEFT + plot_width + 8, top + 12 + 15 * row, words, 13, color=color, bold=True)


def _note(drawing: Drawing, groups: Sequence[CurveGroup], note: Sequence[str], plot_width: float, y_of: Any) -> None:
    if not note:
        return
    import numpy as np

    width = max(text_width(line, 13) for line in note) + 20
    height = 19 * len(note) + 12
    # Upper right unless a curve passes through it: then lower left, which high curves leave empty.
    start = (1 - width / plot_width) * max(float(g.every_time.max()) for g in groups)
    highest = max(
        float(g.upper[max(0, int(np.searchsorted(g.time, start)) - 1)]) if len(g.time) else 1.0 for g in groups
    )
    right = y_of(highest) > TOP + height + 8
    x = LEFT + plot_width - width if right else LEFT + 10
    y = TOP + 4 if right else TOP + PLOT - height - 8
    drawing.box(x, y, width, height, "#ffffff", "#ffffff")
    for row, line in enumerate(note):
        drawing.text(x + 10, y + 19 * (row + 1), line)


def _at_risk(
    drawing: Drawing,
    groups: Sequence[CurveGroup],
    ticks: Sequence[float],
    *,
    scale: float,
    plot_width: float,
    top: float,
    title: str,
) -> None:
    import numpy as np

    drawing.text(LEFT - 60, top + 4, title, 13, bold=True)
    for place, group in enumerate(groups):
        y = top + 23 + 38 * place
        drawing.text(LEFT - 60, y, group.label, 13, color=COLORS[place % len(COLORS)], bold=True)
        ordered = np.sort(group.every_time)
        for tick in ticks:
            left = len(ordered) - int(np.searchsorted(ordered, tick * scale, side="left"))
            drawing.text(LEFT + plot_width * tick / ticks[-1], y + 17, f"{left}", 13, "middle")
