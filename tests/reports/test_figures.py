"""Figures carry the numbers they claim, in text that a browser can find, and break no line of Chinese in two."""

import re

import numpy as np
import pytest

from equipoise.reports.flow_figure import FlowBox, render_flow_figure
from equipoise.reports.forest_figure import ForestRow, render_forest_figure
from equipoise.reports.survival_figure import CurveGroup, axis_ticks, render_survival_figure
from equipoise.reports.svg import text_width, wrap

WORDS = {"axis_x": "Time (days)", "axis_y": "OS (%)", "at_risk": "Number at risk"}


def group(label, times, events, survival):
    times, events = np.array(times, float), np.array(events)
    steps = np.unique(times[events == 1])
    values = np.array(survival)
    return CurveGroup(label, steps, values, values - 0.05, values + 0.05, times, events, None)


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_the_numbers_at_risk_count_whoever_is_still_followed_on_the_day():
    one = group("A & B", [10, 60, 60, 90, 120], [1, 0, 1, 1, 0], [0.8, 0.6, 0.3])
    svg = render_survival_figure([one], unit="days", words=WORDS, note=["p = 0.1"], title="t")
    shown = texts(svg)
    start = shown.index("Number at risk")
    assert shown[start + 1 : start + 7] == ["A &amp; B", "5", "4", "4", "2", "1"]  # at days 0, 30, 60, 90, 120


def test_censoring_marks_stand_on_the_curve():
    one = group("A", [50, 100], [1, 0], [0.5])
    svg = render_survival_figure([one], unit="days", words=WORDS, note=[], title="t")
    marks = re.findall(r'<path d="M([\d.]+) ([\d.]+)V([\d.]+)" stroke', svg)
    assert len(marks) == 1
    assert (float(marks[0][1]) + float(marks[0][2])) / 2 == pytest.approx(18 + 340 / 2)


@pytest.mark.parametrize(
    ("longest", "unit"),
    [(0, "days"), (0, "months"), (1, "days"), (1823, "days"), (60, "months"), (400, "months"), (33, "years")],
)
def test_ticks_are_few_and_reach_past_the_last_participant(longest, unit):
    ticks = axis_ticks(longest, unit)
    assert ticks[0] == 0
    assert ticks[-1] >= longest
    assert 2 <= len(ticks) <= 11


def test_a_forest_row_without_an_estimate_is_still_listed():
    words = dict.fromkeys(("subgroup", "events", "estimate", "interaction", "left", "right", "axis"), "x")
    rows = [ForestRow("All", "3 / 9", 0.8, 0.5, 1.3, 3, "0.80"), ForestRow("Rare", "0 / 1", right="–")]
    svg = render_forest_figure(rows, words=words, title="t")
    assert {"Rare", "0 / 1", "0.80"} <= set(texts(svg))
    assert svg.count("<rect") == 1


def test_a_flow_with_three_arms_has_a_column_for_each():
    boxes = [FlowBox(f"Arm {n}: 10") for n in range(3)]
    svg = render_flow_figure(
        screened=FlowBox("Assessed: 40"), excluded=FlowBox("Not randomized: 10", ("I1 too <young>: 10",)),
        randomized=FlowBox("Randomized: 30"), stages=[("Allocation", boxes), ("Analysis", boxes)], title="Flow",
    )  # fmt: skip
    assert svg.count("Arm 2: 10") == 2
    assert "&lt;young&gt;" in svg


def test_text_is_wrapped_at_spaces_and_between_chinese_characters():
    assert wrap("one two three", text_width("one two ", 10), 10) == ["one two", "three"]
    assert wrap("受试者流程图", 30, 10) == ["受试者", "流程图"]
    assert "".join(wrap("试验组 nimotuzumab 加放疗", 60, 10)).replace(" ", "") == "试验组nimotuzumab加放疗"
