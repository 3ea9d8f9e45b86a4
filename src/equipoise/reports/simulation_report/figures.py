"""Figures of simulation results: power against the effect, operating characteristics across scenarios, the calendar of
looks.

Data in, SVG out; bars are two Monte Carlo standard errors. No color stands alone: every mark is labelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equipoise.reports.axes import Axes, Scale, even_ticks, ratio_ticks
from equipoise.reports.simulation_report.words import say
from equipoise.reports.svg import COLORS, Drawing, wrap
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["simulation_figures"]

WIDTH, TOP = 860.0, 42.0
MARK, LINE, SOFT = COLORS[0], COLORS[1], "#5f6b76"
_SIZE = 13


@literals_checked
def simulation_figures(
    data: Mapping[str, Any], language: Language, analytic: Sequence[tuple[float, float]] = ()
) -> dict[str, str]:
    """File name to SVG. `analytic`: (hazard ratio, computed power), to be drawn beside the simulated points."""
    found = {}
    if data["power_curve"] is not None:
        found["power.svg"] = _power(data, language, analytic)
    if data["scenarios"]:
        found["scenarios.svg"] = _scenarios(data, language)
        if any(look["month"] is not None for one in data["scenarios"] for look in one["looks"]):
            found["calendar.svg"] = _calendar(data, language)
    return found


def _power(data: Mapping[str, Any], language: Language, analytic: Sequence[tuple[float, float]]) -> str:
    measure = data["design"]["measure"]
    by_ratio = measure == "hazard_ratio"
    key = "hazard_ratio" if by_ratio else "effect"
    points = [(p[key], p["power"]) for p in data["power_curve"]["points"] if p["power"] is not None]
    effects = [effect for effect, _ in points]
    low, high = min(effects), max(effects)
    name = say(language, f"fig_{measure}")
    told = say(language, "fig_power_told", measure=name, low=f"{low:.3g}", high=f"{high:.3g}")
    drawing = Drawing(WIDTH, TOP + 376, say(language, "fig_power_title", measure=name), told)
    room = 0.03 * (high - low)
    across = Scale(low * 0.97, high * 1.03, log=True) if by_ratio else Scale(low - room, high + room)
    axes = Axes(drawing, 74, TOP, WIDTH - 74 - 40, 320, across, Scale(0, 1))
    axes.ticks_y([k / 5 for k in range(6)], say(language, "fig_power_y"), lambda v: f"{100 * v:g}")
    within = sorted((r, p) for r, p in analytic if axes.x.low <= r <= axes.x.high)
    if len(within) > 1:
        axes.curve(within, LINE)
    for level in (data["design"]["power"], data["design"]["alpha"] / data["design"]["sides"]):
        drawing.line(axes.left, axes.y_of(level), axes.right, axes.y_of(level), "#9aa3ad", 1, "2 3")
        drawing.text(axes.left + 6, axes.y_of(level) - 5, f"{100 * level:.3g}%", _SIZE, color=SOFT)
    for effect, power in points:
        x = axes.x_of(effect)
        reach = 2 * power["error"]
        drawing.line(
            x, axes.y_of(min(1.0, power["value"] + reach)), x, axes.y_of(max(0.0, power["value"] - reach)), MARK, 2
        )
        axes.dot(effect, power["value"], MARK)
    axes.frame()
    ticks = ratio_ticks(axes.x.low, axes.x.high) if by_ratio else even_ticks(axes.x.low, axes.x.high, 8)
    axes.ticks_x(ticks, say(language, f"axis_{measure}"))
    _legend(drawing, axes, language, computed=len(within) > 1)
    return drawing.render()


def _legend(drawing: Drawing, axes: Axes, language: Language, *, computed: bool) -> None:
    x, y = axes.right - 150, axes.top + 16
    drawing.dot(x, y - 4, 4.5, MARK)
    drawing.text(x + 26, y, say(language, "fig_simulated"), _SIZE)
    if computed:
        drawing.line(x - 14, y + 16, x + 14, y + 16, LINE, 2.2)
        drawing.text(x + 26, y + 20, say(language, "fig_analytic"), _SIZE)


_MEASURES = (
    ("power", "power", 100.0),
    ("events", "events", 1.0),
    ("approached", "approached", 1.0),
    ("duration", "duration", 1.0),
)


def _scenarios(data: Mapping[str, Any], language: Language) -> str:
    """A row for each scenario, a column for each measure; dots with their Monte Carlo errors."""
    shown = _shown(data, language)
    row, left, gap = 46.0, 230.0, 26.0
    height = row * len(shown)
    counted = "events" if data["design"]["measure"] == "hazard_ratio" else "assessed"
    told = say(language, "fig_scenarios_told", counted=say(language, f"counted_{counted}"))
    drawing = Drawing(WIDTH, TOP + height + 40, say(language, "fig_scenarios_title"), told)
    width = (WIDTH - left - 20 - gap * (len(_MEASURES) - 1)) / len(_MEASURES)
    for place, (label, _) in enumerate(shown):
        _name(drawing, label, left - 16, TOP + row * (place + 0.5))
    for column, (key, word, unit) in enumerate(_MEASURES):
        values = [one[key]["value"] * unit for _, one in shown if one[key] is not None]
        if not values:  # without a calendar there are no months
            continue
        word = counted if key == "events" else word  # noqa: PLW2901
        low, high = (0.0, 100.0) if key == "power" else (min(values) * 0.94, max(values) * 1.06)
        axes = Axes(drawing, left + column * (width + gap), TOP, width, height, Scale(low, high), Scale(0, 1))
        drawing.text(
            axes.left + width / 2,
            TOP - 14,
            say(language, word) + (" (%)" if key == "power" else ""),
            14,
            "middle",
            bold=True,
        )
        for tick in even_ticks(low, high, 4):
            x = axes.x_of(tick)
            drawing.line(x, TOP, x, axes.bottom, "#e6e6e6")
            drawing.text(x, axes.bottom + 18, f"{tick:g}", 12, "middle", SOFT)
        for place, (_, one) in enumerate(shown):
            if one[key] is None:
                continue
            y = TOP + row * (place + 0.5)
            value, reach = one[key]["value"] * unit, 2 * one[key]["error"] * unit
            drawing.line(axes.x_of(value - reach), y, axes.x_of(value + reach), y, MARK, 2)
            axes.dot(value, 1 - (place + 0.5) / len(shown), MARK)
            beyond = axes.x.share(value) > 0.7
            drawing.text(
                axes.x_of(value) + (-10 if beyond else 10), y - 7, f"{value:.1f}", 12, "end" if beyond else "start"
            )
        drawing.line(axes.left, axes.bottom, axes.right, axes.bottom, "#333")
    return drawing.render()


def _calendar(data: Mapping[str, Any], language: Language) -> str:
    """When looks take place in each scenario, and how many trials end there."""
    shown = [(label, one) for label, one in _shown(data, language) if one["looks"][-1]["month"] is not None]
    row, left = (52.0 if all(len(one["looks"]) < 3 for _, one in shown) else 74.0), 230.0
    height = row * len(shown)
    months = [look["month"]["value"] for _, one in shown for look in one["looks"] if look["month"] is not None]
    drawing = Drawing(WIDTH, TOP + height + 74, say(language, "fig_calendar_title"), say(language, "fig_calendar_told"))
    axes = Axes(drawing, left, TOP, WIDTH - left - 60, height, Scale(0, max(months) * 1.08), Scale(0, 1))
    for tick in even_ticks(0, axes.x.high, 10):
        drawing.line(axes.x_of(tick), TOP, axes.x_of(tick), axes.bottom, "#e6e6e6")
    for place, (label, one) in enumerate(shown):
        y = TOP + row * (place + 0.55)
        _name(drawing, label, left - 16, y)
        there = [look for look in one["looks"] if look["month"] is not None]
        drawing.line(axes.left, y, axes.x_of(there[-1]["month"]["value"]), y, LINE, 1.4)
        for look in there:
            last = look["number"] == len(one["looks"])
            ends = look["reached"]["value"] if last else sum(look[k]["value"] for k in ("reject", "accept", "harm"))
            x = axes.x_of(look["month"]["value"])
            drawing.dot(x, y, 4 + 9 * ends**0.5, MARK if not last else LINE)
            stops = say(language, "fig_stops", share=f"{100 * ends:.0f}%")
            words = f"{look['number']}: {look['month']['value']:.1f} · {stops}"
            # Many looks are named above and below in turn, so that their names do not meet.
            below = len(there) > 2 and look["number"] % 2 == 0
            drawing.text(x, y + (25 if below else -17), words, 12, "middle")
    axes.frame()
    axes.ticks_x(even_ticks(0, axes.x.high, 10), say(language, "fig_calendar_axis"))
    drawing.text(axes.left, axes.bottom + 64, say(language, "fig_size"), 12, color=SOFT)
    return drawing.render()


def _shown(data: Mapping[str, Any], language: Language) -> list[tuple[str, Mapping[str, Any]]]:
    shown = [(one["label"][language], one) for one in data["scenarios"]]
    if data["null"] is not None:
        shown.append((say(language, "null_of", label=data["null"]["label"][language]), data["null"]))
    return shown


def _name(drawing: Drawing, label: str, right: float, y: float) -> None:
    lines = wrap(label, right - 8, _SIZE)
    for k, words in enumerate(lines):
        drawing.text(right, y + 4.5 + 15 * k - 7.5 * (len(lines) - 1), words, _SIZE, "end")
