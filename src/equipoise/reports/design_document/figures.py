"""The figures of a design: power, what an interim look foretells, the calendar, and what the size rests on.

Numbers come in, drawings go out. Lines are labelled where they lie, axes say what they measure, and no color stands
alone: every line differs in its dash or its place too. Say what it shows with `say(key, **blanks)`, in either language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from equipoise.planning.appraisal import AppraisedLook, StoppingAt
from equipoise.planning.foresight import Interim, Observed
from equipoise.planning.outlook import Month
from equipoise.reports.axes import Axes, Scale, even_ticks, ratio_ticks
from equipoise.reports.design_document.numbers import count, fixed, share
from equipoise.reports.design_document.sheet import (
    EFFECT,
    FUTILE,
    SIZE,
    SOFT,
    STOP,
    TOP,
    WIDTH,
    Say,
    axes_on,
    canvas,
    spread,
)
from equipoise.reports.smoothing import smooth_through
from equipoise.reports.svg import COLORS, Drawing, text_width, wrap

__all__ = ["Bar", "calendar_figure", "foresight_figure", "power_figure", "tornado_figure"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption of the tornado: what it is, its low and high value in words, and the answers to both (None:
    none)."""

    label: str
    low_words: str
    high_words: str
    low: float | None
    high: float | None


def _percent(value: float) -> str:
    return f"{100 * value:g}"


def power_figure(
    points: Sequence[StoppingAt],
    say: Say,
    *,
    assumed: float,
    null: float,
    power: float,
    error: float,
    stated: float,
    log: bool,
    told: str,
    title: str,
    axis: str,
) -> str:
    """The probability of rejecting by each look, against the true effect."""
    drawing = canvas(title, told)
    span = Scale(min(p.effect for p in points), max(p.effect for p in points), log)
    axes = axes_on(drawing, span, Scale(0, 1))
    axes.ticks_y([k / 5 for k in range(6)], say("fig_power"), _percent)
    looks = len(points[0].rejected)
    for effect in (assumed, null):
        x = axes.x_of(effect)
        drawing.line(x, axes.top, x, axes.bottom, "#9aa3ad", 1, "2 3")
    drawing.line(axes.left, axes.y_of(stated), axes.right, axes.y_of(stated), "#9aa3ad", 1, "2 3")
    drawing.text(axes.right + 9, axes.y_of(stated) + 4.5, say("fig_stated", power=share(stated, 0)), SIZE, color=SOFT)
    for k in range(looks):
        last = k == looks - 1
        line = [(p.effect, p.rejected[k]) for p in points]
        axes.curve(line, STOP if last else SOFT, 2.4 if last else 1.7, "" if last else ("6 4", "2 3", "9 3 2 3")[k % 3])
        if last or looks <= 4:
            _label_curve(
                axes,
                line,
                say("fig_by_end") if last else say("fig_by_look", n=k + 1),
                STOP if last else SOFT,
                outside=last,
            )
    axes.dot(assumed, power, STOP)
    axes.dot(null, error, FUTILE)
    axes.frame()
    axes.ticks_x(ratio_ticks(span.low, span.high, 10) if log else even_ticks(span.low, span.high), axis)
    drawing.text(
        axes.x_of(assumed),
        axes.top - 10,
        say("fig_assumed", effect=f"{assumed:g}", power=share(power)),
        SIZE,
        "middle",
    )
    drawing.text(
        axes.x_of(null), axes.top - 10, say("fig_null", effect=f"{null:g}", error=share(error)), SIZE, "middle"
    )
    return drawing.render()


def _label_curve(axes: Axes, line: Sequence[tuple[float, float]], words: str, color: str, *, outside: bool) -> None:
    """Where the curve has half its range: outside of it for the last analysis, inside for those before, which lie
    within.
    """
    low, high = min(y for _, y in line), max(y for _, y in line)
    falls = line[0][1] > line[-1][1]
    x, y = min(line, key=lambda point: abs(point[1] - (low + 0.45 * (high - low))))
    right = falls == outside
    anchor = "start" if right else "end"
    place = min(max(axes.x_of(x) + (9 if right else -9), axes.left + 4), axes.right)
    axes.drawing.text(place, axes.y_of(y) + 2, words, SIZE, anchor, color, bold=True, halo=True)


def foresight_figure(interim: Interim, say: Say, *, log: bool, told: str, title: str) -> str:
    """Conditional and predictive power at one interim look, against the effect observed there."""
    drawing = canvas(title, told)
    ratios = [row.hazard_ratio for row in interim.curve]
    span = Scale(min(ratios), max(ratios), log)
    axes = axes_on(drawing, span, Scale(0, 1))
    axes.ticks_y([k / 5 for k in range(6)], say("fig_chance"), _percent)
    lines: list[tuple[str, str, str, Callable[[Observed], float | None]]] = [
        ("fig_if_planned", EFFECT, "7 4", lambda row: row.planned),
        ("fig_predictive", STOP, "", lambda row: row.predictive),
        ("fig_predictive_prior", COLORS[3], "9 3 2 3", lambda row: row.predictive_prior),
        ("fig_if_trend", SOFT, "2 3", lambda row: row.trend),
        ("fig_if_null", FUTILE, "6 4", lambda row: row.null),
    ]
    ends: list[tuple[float, str, str]] = []
    for key, color, dash, of in lines:
        found = [(row.hazard_ratio, value) for row in interim.curve if (value := of(row)) is not None]
        if found:
            axes.line(_finely(found), color, 2.2, dash)
            ends.append((axes.y_of(max(found)[1]), say(key), color))
    _mark_stop(axes, interim, say)
    axes.frame()
    axes.ticks_x(
        ratio_ticks(span.low, span.high, 10), say("fig_observed", n=interim.number, events=count(interim.events))
    )
    spread(axes, ends)
    return drawing.render()


def _finely(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A curve through shares that were found at a few ratios: on the probit scale, where it is nearly straight in the
    logarithm.
    """
    ordered = sorted(points)
    x = np.log([ratio for ratio, _ in ordered])
    y = ndtri(np.clip([share_ for _, share_ in ordered], 1e-9, 1 - 1e-9))
    finely = np.linspace(x[0], x[-1], 81)
    return list(zip(np.exp(finely).tolist(), ndtr(smooth_through(x, y, finely)).tolist(), strict=True))


def _mark_stop(axes: Axes, interim: Interim, say: Say) -> None:
    """The effects at which the trial would stop instead, shaded."""
    for decision, words, color in (
        ("reject", "fig_stops", STOP),
        ("accept", "fig_futile", FUTILE),
        ("harm", "fig_harm", FUTILE),
    ):
        found = [row.hazard_ratio for row in interim.rows if row.decision == decision]
        if not found:
            continue
        left = min(found) <= axes.x.low * (1 + 1e-9)
        edge = axes.x_of(max(found) if left else min(found))
        x, width = (axes.left, edge - axes.left) if left else (edge, axes.right - edge)
        axes.drawing.area(
            [(x, axes.top), (x + width, axes.top), (x + width, axes.bottom), (x, axes.bottom)], color, 0.08
        )
        axes.drawing.line(edge, axes.top, edge, axes.bottom, color, 1, "2 3")
        axes.drawing.text(edge, axes.top - 10, say(words), SIZE, "middle", color)


def calendar_figure(
    months: Sequence[Month], looks: Sequence[AppraisedLook], accrual_end: float, say: Say, *, told: str, title: str
) -> str:
    """Participants and events expected by each month; the looks where they are expected."""
    drawing = canvas(title, told)
    last = max(months[-1].month, looks[-1].month or 0.0)
    most = max(months[-1].participants, *(m.events_null for m in months))
    axes = axes_on(drawing, Scale(0, last), Scale(0, most * 1.04))
    axes.ticks_y(even_ticks(0, axes.y.high), say("fig_people"))
    lines: list[tuple[str, str, str, Callable[[Month], float]]] = [
        ("fig_joined", STOP, "7 4", lambda m: m.participants),
        ("fig_events_null", SOFT, "2 3", lambda m: m.events_null),
        ("fig_events_assumed", FUTILE, "", lambda m: m.events),
    ]
    ends = []
    for key, color, dash, of in lines:
        axes.line([(m.month, of(m)) for m in months], color, 2.3, dash)
        ends.append((axes.y_of(of(months[-1])), say(key), color))
    end = axes.x_of(accrual_end)
    drawing.line(end, axes.bottom - 8, end, axes.bottom, STOP, 1.5)
    drawing.text(end, axes.bottom - 13, say("fig_accrual_ends"), 12, "middle", STOP)
    free = -math.inf
    for look in looks:
        if look.month is None:
            continue
        x = axes.x_of(look.month)
        drawing.line(x, axes.top, x, axes.bottom, "#9aa3ad", 1, "2 3")
        axes.dot(look.month, look.size, FUTILE)
        words = say("fig_look_at", n=look.number, month=fixed(look.month, 1), events=count(look.size))
        half = text_width(words, SIZE) / 2
        # Looks that are near one another are named on two lines.
        y = axes.top - 10 if x - half > free else axes.top - 26
        free = max(free, x + half)
        drawing.text(min(x, WIDTH - half - 4), y, words, SIZE, "middle")
    axes.frame()
    step = next(s for s in (1, 2, 3, 6, 12, 24, 36, 60, 120, 240) if last / s <= 10)
    axes.ticks_x([float(k * step) for k in range(int(last // step) + 1)], say("fig_month"))
    spread(axes, ends)
    return drawing.render()


def tornado_figure(bars: Sequence[Bar], middle: float, say: Say, *, told: str, title: str) -> str:
    """The power of the planned trial when each assumption is smaller or larger, the most important first."""
    row, left, right = 46.0, 250.0, 40.0
    height = TOP + row * len(bars)
    drawing = Drawing(WIDTH, height + 56, title, told)
    found = [v for bar in bars for v in (bar.low, bar.high) if v is not None] + [middle]
    low, high = max(0.0, min(found) - 0.06), min(1.0, max(found) + 0.06)
    axes = Axes(drawing, left, TOP, WIDTH - left - right, row * len(bars), Scale(low, high), Scale(0, 1))
    ticks = even_ticks(low, high)
    for tick in ticks:
        drawing.line(axes.x_of(tick), axes.top, axes.x_of(tick), axes.bottom, "#e6e6e6")
    centre = axes.x_of(middle)
    for place, bar in enumerate(bars):
        y = TOP + row * (place + 0.5)
        lines = wrap(bar.label, left - 26, 14)
        for k, words in enumerate(lines):
            drawing.text(left - 14, y + 4.5 + 15 * k - 7.5 * (len(lines) - 1), words, 14, "end")
        for value, words, color in ((bar.low, bar.low_words, COLORS[4]), (bar.high, bar.high_words, STOP)):
            if value is None:
                continue
            x = axes.x_of(value)
            drawing.box(min(x, centre), y - 11, max(abs(x - centre), 0.5), 22, color, color)
            up = x >= centre
            # The bar's own end tells the value; where it is long enough the words stand in it, otherwise beside it.
            told_at = f"{words}"
            if abs(x - centre) > text_width(told_at, 12) + 12:
                drawing.text(
                    x + (-6 if up else 6),
                    y + 4,
                    told_at,
                    12,
                    "end" if up else "start",
                    "#fff" if color == STOP else "#111",
                )
            else:
                drawing.text(x + (6 if up else -6), y + 4, told_at, 12, "start" if up else "end")
    drawing.line(centre, axes.top - 4, centre, axes.bottom, "#333", 1.5)
    drawing.text(centre, axes.top - 12, say("fig_as_planned", power=share(middle)), SIZE, "middle", bold=True)
    drawing.line(axes.left, axes.bottom, axes.right, axes.bottom)
    axes.ticks_x(ticks, say("fig_tornado_axis"), _percent)
    return drawing.render()
