"""The forest plot of subgroups: hazard ratios with intervals on a logarithmic axis, and tests of interaction.

The square's area follows the number of events. A subgroup whose interval crosses 1 is not thereby different from one
whose interval does not: only the test of interaction speaks of that (Wang et al. 2007, NEJM 357:2189).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equipoise.reports.svg import Drawing

__all__ = ["ForestRow", "render_forest_figure"]

WIDTH, ROW = 860.0, 26.0
AXIS_LEFT, AXIS_RIGHT = 330.0, 600.0


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A line: a heading (no numbers), or an estimate with its limits; `right` is printed at the end of the line."""

    label: str
    events: str = ""
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    weight: int = 0
    right: str = ""
    right_more: str = ""
    indent: bool = False


def render_forest_figure(rows: Sequence[ForestRow], *, words: dict[str, str], title: str) -> str:
    """SVG. `words`: subgroup, events, estimate, interaction, left, right (what each side of 1 favors), axis."""
    known = [r for r in rows if r.estimate and r.lower and r.upper]
    low = min((r.lower for r in known if r.lower), default=0.5)
    high = max((r.upper for r in known if r.upper), default=2.0)
    low, high = max(min(low, 0.5), 0.05), min(max(high, 2.0), 20)
    height = 46 + ROW * len(rows) + 66
    drawing = Drawing(WIDTH, height, title, words["axis"])
    bottom = 46 + ROW * len(rows)

    def x_of(ratio: float) -> float:
        share = (math.log(ratio) - math.log(low)) / (math.log(high) - math.log(low))
        return AXIS_LEFT + (AXIS_RIGHT - AXIS_LEFT) * min(1.0, max(0.0, share))

    drawing.text(8, 22, words["subgroup"], bold=True)
    drawing.text(AXIS_LEFT - 22, 22, words["events"], anchor="end", bold=True)
    drawing.text(AXIS_RIGHT + 22, 22, words["estimate"], bold=True)
    drawing.text(WIDTH - 4, 22, words["interaction"], anchor="end", bold=True)
    drawing.line(4, 32, WIDTH - 4, 32)
    heaviest = max((r.weight for r in known), default=1) or 1
    drawing.line(x_of(1), 34, x_of(1), bottom, "#555")
    for place, row in enumerate(rows):
        y = 52 + ROW * place
        drawing.text(24 if row.indent else 8, y + 4.5, row.label, bold=not row.indent)
        drawing.text(AXIS_LEFT - 22, y + 4.5, row.events, anchor="end")
        drawing.text(AXIS_RIGHT + 22, y + 4.5, row.right)
        drawing.text(WIDTH - 4, y + 4.5, row.right_more, anchor="end")
        if row.estimate is None or row.lower is None or row.upper is None:
            continue
        drawing.line(x_of(row.lower), y, x_of(row.upper), y, "#0072B2", 1.6)
        for limit, cut_off in ((row.lower, row.lower < low), (row.upper, row.upper > high)):
            x = x_of(limit)
            if cut_off:
                tip = -6 if limit == row.lower else 6
                drawing.area([(x + tip, y), (x, y - 4), (x, y + 4)], "#0072B2", 1)
            else:
                drawing.line(x, y - 4, x, y + 4, "#0072B2", 1.6)
        half = 3 + 4.5 * math.sqrt(row.weight / heaviest)
        x = x_of(row.estimate)
        drawing.box(x - half, y - half, 2 * half, 2 * half, "#0072B2", "#0072B2")
    drawing.line(AXIS_LEFT, bottom, AXIS_RIGHT, bottom)
    for tick in (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0):
        if low * 0.999 <= tick <= high * 1.001:
            drawing.line(x_of(tick), bottom, x_of(tick), bottom + 5)
            drawing.text(x_of(tick), bottom + 19, f"{tick:g}", 12, "middle")
    drawing.text((AXIS_LEFT + AXIS_RIGHT) / 2, bottom + 38, words["axis"], 12, "middle")
    drawing.text(x_of(1) - 12, bottom + 58, f"← {words['left']}", 12, "end")
    drawing.text(x_of(1) + 12, bottom + 58, f"{words['right']} →", 12)
    return drawing.render()
