"""The figures of a design: boundaries, power, what an interim look foretells, the calendar, and what the size rests on.

Numbers come in, drawings go out. Lines are labelled where they lie, axes say what they measure, and no color stands alone:
every line differs in its dash or its place too. Say what it shows with `say(key, **blanks)`, in either language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from equipoise.design.appraisal import PlannedLook, StoppingAt
from equipoise.design.foresight import Interim, Observed
from equipoise.design.outlook import Month
from equipoise.reports.axes import Axes, Scale, even_ticks, ratio_ticks
from equipoise.reports.design_document.numbers import count, fixed, share
from equipoise.reports.svg import COLORS, Drawing, text_width, wrap

__all__ = ["Bar", "boundary_figure", "calendar_figure", "foresight_figure", "power_figure", "tornado_figure"]

Say = Callable[..., str]
WIDTH, LEFT, RIGHT, TOP, PLOT = 860.0, 74.0, 158.0, 42.0, 320.0
STOP, EFFECT, FUTILE, SOFT = COLORS[1], COLORS[2], COLORS[0], "#5f6b76"
_SIZE = 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption of the tornado: what it is, its low and high value in words, and the answers to both (None: none)."""

    label: str
    low_words: str
    high_words: str
    low: float | None
    high: float | None


def _axes(drawing: Drawing, x: Scale, y: Scale, right: float = RIGHT) -> Axes:
    return Axes(drawing, LEFT, TOP, WIDTH - LEFT - right, PLOT, x, y)


def _canvas(title: str, told: str) -> Drawing:
    return Drawing(WIDTH, TOP + PLOT + 56, title, told)


def _percent(value: float) -> str:
    return f"{100 * value:g}"


def boundary_figure(
    looks: Sequence[PlannedLook], drift: float, say: Say, *, by_events: bool, told: str, title: str, effect: str
) -> str:
    """The statistic against the information: where the trial stops at each look, and the path expected of it.

    `effect`: the assumed effect in words.
    """
    drawing = _canvas(title, told)
    most = looks[-1].size
    bounds = [b for look in looks for b in (look.upper, look.lower) if b is not None and math.isfinite(b)]
    low, high = min(-1.0, *bounds) - 1.1, max(3.0, drift, *bounds) + 1.1
    axes = _axes(drawing, Scale(0, most), Scale(max(low, -6), min(high, 7)))
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
    axes.ticks_x([0.0, *(look.size for look in looks)], unit, count)
    _label_looks(axes, looks, say, by_events=by_events)
    _label_end(axes, drift, say("fig_expected", effect=effect), EFFECT, _taken(axes, looks))
    _label_end(axes, 0.0, say("fig_no_effect"), SOFT, _taken(axes, looks))
    return drawing.render()


def _taken(axes: Axes, looks: Sequence[PlannedLook]) -> list[float]:
    """Heights in the right margin at which the last look's own labels stand."""
    last = looks[-1]
    return [axes.y_of(b) for b in (last.upper, last.lower) if b is not None and math.isfinite(b)]


def _label_looks(axes: Axes, looks: Sequence[PlannedLook], say: Say, *, by_events: bool) -> None:
    """Beside each bound its statistic and the effect that meets it: at the last look in the margin, else left of it."""
    for look in looks:
        last = look is looks[-1]
        x, anchor = (axes.x_of(look.size) + 9, "start") if last else (axes.x_of(look.size) - 9, "end")
        axes.drawing.text(
            axes.x_of(look.size),
            axes.top - 10,
            say("fig_look", n=look.number),
            anchor="end" if last else "middle",
            bold=True,
        )
        for bound, effect, color in ((look.upper, look.effect_upper, STOP), (look.lower, look.effect_lower, FUTILE)):
            if bound is None or not math.isfinite(bound):
                continue
            y = axes.y_of(bound)
            up = bound is look.upper
            sign = "≥" if up else "≤"
            first = f"z {sign} {fixed(bound)}"
            second = (
                say("fig_ratio_is" if by_events else "fig_effect_met", effect=fixed(effect))
                if effect is not None
                else ""
            )
            lines = [first, second] if second else [first]
            start = y - 4 - 15 * (len(lines) - 1) if up else y + 13
            for row, words in enumerate(lines):
                axes.drawing.text(
                    x,
                    start + 15 * row + (4 if last and up else 0),
                    words,
                    _SIZE,
                    anchor,
                    color,
                    bold=row == 0,
                    halo=True,
                )


def _label_end(axes: Axes, value: float, words: str, color: str, taken: list[float]) -> None:
    """A name in the right margin at the end of a line, moved away from what stands there."""
    lines = wrap(words, RIGHT - 16, _SIZE)
    y = axes.y_of(value) + 4.5 - 7.5 * (len(lines) - 1)
    height = 15 * len(lines)
    for other in taken:
        if abs(y + height / 2 - other) < 22 + height / 2:
            y = other - 28 - height if axes.y_of(value) < other else other + 34
    for row, line in enumerate(lines):
        axes.drawing.text(axes.right + 9, y + 15 * row, line, _SIZE, color=color)


def power_figure(
    points: Sequence[StoppingAt], say: Say, *, assumed: float, null: float, power: float, error: float,
    stated: float, log: bool, told: str, title: str, axis: str,
) -> str:  # fmt: skip
    """The probability of rejecting by each look, against the true effect."""
    drawing = _canvas(title, told)
    span = Scale(min(p.effect for p in points), max(p.effect for p in points), log)
    axes = _axes(drawing, span, Scale(0, 1))
    axes.ticks_y([k / 5 for k in range(6)], say("fig_power"), _percent)
    looks = len(points[0].rejected)
    for effect in (assumed, null):
        x = axes.x_of(effect)
        drawing.line(x, axes.top, x, axes.bottom, "#9aa3ad", 1, "2 3")
    drawing.line(axes.left, axes.y_of(stated), axes.right, axes.y_of(stated), "#9aa3ad", 1, "2 3")
    drawing.text(axes.right + 9, axes.y_of(stated) + 4.5, say("fig_stated", power=share(stated, 0)), _SIZE, color=SOFT)
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
        _SIZE,
        "middle",
    )
    drawing.text(
        axes.x_of(null), axes.top - 10, say("fig_null", effect=f"{null:g}", error=share(error)), _SIZE, "middle"
    )
    return drawing.render()


def _label_curve(axes: Axes, line: Sequence[tuple[float, float]], words: str, color: str, *, outside: bool) -> None:
    """Where the curve has half its range: outside of it for the last analysis, inside for those before, which lie within."""
    low, high = min(y for _, y in line), max(y for _, y in line)
    falls = line[0][1] > line[-1][1]
    x, y = min(line, key=lambda point: abs(point[1] - (low + 0.45 * (high - low))))
    right = falls == outside
    anchor = "start" if right else "end"
    place = min(max(axes.x_of(x) + (9 if right else -9), axes.left + 4), axes.right)
    axes.drawing.text(place, axes.y_of(y) + 2, words, _SIZE, anchor, color, bold=True, halo=True)


def foresight_figure(interim: Interim, say: Say, *, log: bool, told: str, title: str) -> str:
    """Conditional and predictive power at one interim look, against the effect observed there."""
    drawing = _canvas(title, told)
    ratios = [row.hazard_ratio for row in interim.curve]
    span = Scale(min(ratios), max(ratios), log)
    axes = _axes(drawing, span, Scale(0, 1))
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
            axes.curve(found, color, 2.2, dash)
            ends.append((axes.y_of(max(found)[1]), say(key), color))
    _mark_stop(axes, interim, say)
    axes.frame()
    axes.ticks_x(
        ratio_ticks(span.low, span.high, 10), say("fig_observed", n=interim.number, events=count(interim.events))
    )
    _spread(axes, ends)
    return drawing.render()


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
        axes.drawing.text(edge, axes.top - 10, say(words), _SIZE, "middle", color)


def _spread(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Names in the right margin beside the ends of lines, moved apart where they would touch, and within the plot."""
    placed = [(y, wrap(words, RIGHT - 16, _SIZE), color) for y, words, color in sorted(ends)]
    tops: list[float] = []
    below = axes.bottom + 8.0
    for y, lines, _ in reversed(placed):
        height = 15.0 * len(lines)
        top = min(y - height / 2, below - height)
        tops.append(top)
        below = top - 5
    for top, (_, lines, color) in zip(reversed(tops), placed, strict=True):
        for row, line in enumerate(lines):
            axes.drawing.text(axes.right + 9, top + 12 + 15 * row, line, _SIZE, color=color, bold=True)


def calendar_figure(
    months: Sequence[Month], looks: Sequence[PlannedLook], accrual_end: float, say: Say, *, told: str, title: str
) -> str:
    """Participants and events expected by each month; the looks where they are expected."""
    drawing = _canvas(title, told)
    last = max(months[-1].month, looks[-1].month or 0.0)
    most = max(months[-1].participants, *(m.events_null for m in months))
    axes = _axes(drawing, Scale(0, last), Scale(0, most * 1.04))
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
        half = text_width(words, _SIZE) / 2
        # Looks that are near one another are named on two lines.
        y = axes.top - 10 if x - half > free else axes.top - 26
        free = max(free, x + half)
        drawing.text(min(x, WIDTH - half - 4), y, words, _SIZE, "middle")
    axes.frame()
    step = next(s for s in (1, 2, 3, 6, 12, 24, 36, 60, 120, 240) if last / s <= 10)
    axes.ticks_x([float(k * step) for k in range(int(last // step) + 1)], say("fig_month"))
    _spread(axes, ends)
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
    drawing.text(centre, axes.top - 12, say("fig_as_planned", power=share(middle)), _SIZE, "middle", bold=True)
    drawing.line(axes.left, axes.bottom, axes.right, axes.bottom)
    axes.ticks_x(ticks, say("fig_tornado_axis"), _percent)
    return drawing.render()
