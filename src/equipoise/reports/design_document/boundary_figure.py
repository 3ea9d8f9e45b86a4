"""The figure of the boundaries: the statistic against the information, where the trial stops, and the path expected of
it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from equipoise.planning.appraisal import AppraisedLook
from equipoise.reports.axes import Axes, Scale, even_ticks
from equipoise.reports.design_document.numbers import count, fixed
from equipoise.reports.design_document.sheet import EFFECT, FUTILE, RIGHT, SIZE, SOFT, STOP, Say, axes_on, canvas
from equipoise.reports.svg import wrap

__all__ = ["boundary_figure"]

_WIDE, _NARROW = 150.0, 40.0
"""Pixels between looks that a label of two lines needs, and that a number needs."""


def boundary_figure(
    looks: Sequence[AppraisedLook], drift: float, say: Say, *, by_events: bool, told: str, title: str, effect: str
) -> str:
    """The statistic against the information: where the trial stops at each look, and the path expected of it.

    `effect`: the assumed effect in words.
    """
    drawing = canvas(title, told)
    most = looks[-1].size
    bounds = [b for look in looks for b in (look.upper, look.lower) if b is not None and math.isfinite(b)]
    low, high = min(-1.0, *bounds) - 1.1, max(3.0, drift, *bounds) + 1.1
    axes = axes_on(drawing, Scale(0, most), Scale(max(low, -6), min(high, 7)))
    axes.ticks_y(even_ticks(axes.y.low, axes.y.high, 9), say("fig_z"))
    path = [(most * t, drift * math.sqrt(t)) for t in [(i / 60) ** 2 for i in range(61)]]
    axes.area([*((x, y + 1.96) for x, y in path), *((x, y - 1.96) for x, y in reversed(path))], EFFECT, 0.09)
    axes.line(path, EFFECT, 2, "7 4")
    axes.line([(0, 0), (most, 0)], SOFT, 1.4, "2 3")
    for pick, color in (("upper", STOP), ("lower", FUTILE)):
        there = [(look.size, b) for look in looks if (b := getattr(look, pick)) is not None and math.isfinite(b)]
        if len(there) > 1:
            axes.line(there, color, 1.6)
    for look in looks:
        x = axes.x_of(look.size)
        drawing.line(x, axes.top, x, axes.y_of(min(look.upper, axes.y.high)), STOP, 5)
        drawing.line(x, axes.y_of(min(look.upper, axes.y.high)), x, axes.bottom, "#cfd5db", 1)
        if look.lower is not None and look.lower > axes.y.low:
            drawing.line(x, axes.y_of(look.lower), x, axes.bottom, FUTILE, 5)
            axes.dot(look.size, look.lower, FUTILE)
        if look.upper < axes.y.high:
            axes.dot(look.size, look.upper, STOP)
    axes.frame()
    unit = say("fig_events" if by_events else "fig_participants")
    step = max(1, math.ceil(len(looks) * _NARROW / axes.width))
    axes.ticks_x([0.0, *(look.size for look in looks[::-1][::step])], unit, count)
    _label_looks(axes, looks, say, by_events=by_events)
    _label_end(axes, drift, say("fig_expected", effect=effect), EFFECT, _taken(axes, looks))
    _label_end(axes, 0.0, say("fig_no_effect"), SOFT, _taken(axes, looks))
    return drawing.render()


def _taken(axes: Axes, looks: Sequence[AppraisedLook]) -> list[float]:
    """Heights in the right margin at which the last look's own labels stand."""
    last = looks[-1]
    return [axes.y_of(b) for b in (last.upper, last.lower) if b is not None and math.isfinite(b)]


def _label_looks(axes: Axes, looks: Sequence[AppraisedLook], say: Say, *, by_events: bool) -> None:
    """Beside each bound its statistic and the effect that meets it; where looks are close, the statistic alone, or not
    every one.
    """
    gap = min((axes.x_of(b.size) - axes.x_of(a.size) for a, b in pairwise(looks)), default=math.inf)
    every = 1 if gap > _NARROW else math.ceil(_NARROW / gap)
    for look in looks:
        last = look is looks[-1]
        if not last and (len(looks) - look.number) % every:
            continue
        name = say("fig_look", n=look.number) if gap > _WIDE else str(look.number)
        axes.drawing.text(
            axes.x_of(look.size), axes.top - 10, name, anchor="end" if last and gap > _WIDE else "middle", bold=True
        )
        bounds = ((look.upper, look.effect_upper, STOP, True), (look.lower, look.effect_lower, FUTILE, False))
        for bound, effect, color, up in bounds:
            if bound is None or not axes.y.low + 0.5 < bound < axes.y.high - 0.5:
                continue
            if last or gap > _WIDE:
                words = [f"z {'≥' if up else '≤'} {fixed(bound)}"]
                words += (
                    [say("fig_ratio_is" if by_events else "fig_effect_met", effect=fixed(effect))] if effect else []
                )
                _label_bound(axes, look.size, bound, words, color, up=up, last=last)
            else:
                # Right of the bar, on the side from which the next bound goes away.
                y = axes.y_of(bound) + (-5 if up else 15)
                axes.drawing.text(axes.x_of(look.size) + 6, y, fixed(bound), 12, "start", color, bold=True, halo=True)


def _label_bound(axes: Axes, size: float, bound: float, lines: list[str], color: str, *, up: bool, last: bool) -> None:
    """Lines in the right margin at the last look, else left of the bound; above an upper one, below a lower one."""
    x, anchor = (axes.x_of(size) + 9, "start") if last else (axes.x_of(size) - 9, "end")
    start = axes.y_of(bound) + ((-4 - 15 * (len(lines) - 1) + (4 if last else 0)) if up else 13)
    for row, words in enumerate(lines):
        axes.drawing.text(x, start + 15 * row, words, SIZE, anchor, color, bold=row == 0, halo=True)


def _label_end(axes: Axes, value: float, words: str, color: str, taken: list[float]) -> None:
    """A name in the right margin at the end of a line, moved away from what stands there."""
    lines = wrap(words, RIGHT - 16, SIZE)
    y = axes.y_of(value) + 4.5 - 7.5 * (len(lines) - 1)
    height = 15 * len(lines)
    for other in taken:
        if abs(y + height / 2 - other) < 22 + height / 2:
            y = other - 28 - height if axes.y_of(value) < other else other + 34
    for row, line in enumerate(lines):
        axes.drawing.text(axes.right + 9, y + 15 * row, line, SIZE, color=color)
