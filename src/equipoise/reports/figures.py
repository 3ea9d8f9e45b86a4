"""From an analysis run to its figures: survival curves, subgroups, flow of participants.

Only arranges; drawing is done by the modules that each know one kind of figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods import method_of
from equipoise.numerals import number, p_text, percent_text, time_text
from equipoise.reports.flow_figure import FlowBox, render_flow_figure
from equipoise.reports.forest_figure import ForestRow, render_forest_figure
from equipoise.reports.survival_figure import CurveGroup, render_survival_figure
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.analysis import AnalysisRun
    from equipoise.analysis.perform import Performed

__all__ = ["flow_figure", "forest_figures", "survival_figures"]

REASONS_MAX = 5
Labels = Mapping[str, Mapping[str, str]]


@literals_checked
def survival_figures(run: AnalysisRun, arms: Labels, w: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """One figure for each planned Kaplan-Meier analysis that could be estimated: id, title, svg, note."""
    by_analysis: dict[str, list[Performed]] = {}
    for performed in run.performed:
        if performed.curve is not None:
            level = performed.result.get("level")
            by_analysis.setdefault(performed.result["analysis"] + (f".{level}" if level else ""), []).append(performed)
    return [_survival_figure(run, key, parts, arms=arms, w=w, language=language) for key, parts in by_analysis.items()]


def _survival_figure(
    run: AnalysisRun, key: str, parts: list[Performed], *, arms: Labels, w: Mapping[str, str], language: Language
) -> dict[str, Any]:
    import numpy as np

    first = parts[0].result
    unit = first["display_unit"]
    groups = [
        CurveGroup(
            label=arms.get(part.result["group"], {}).get(language) or part.result["group"] or w["all"],
            time=part.curve.time,
            survival=part.curve.survival,
            lower=part.curve.lower,
            upper=part.curve.upper,
            every_time=part.rows["time_days"].to_numpy(),
            every_event=part.rows["event"].to_numpy().astype(np.int64),
            median=part.result["median"],
        )
        for part in parts
    ]
    note = [
        f"{w['median']}{w['colon']}{group.label} {_median(part.result, w)}"
        for group, part in zip(groups, parts, strict=True)
    ]
    note += _comparison(run, first, w, language)
    words = {
        "axis_x": w[f"axis_{unit}"],
        "axis_y": w["axis_survival"].format(endpoint=first["endpoint_label"][language]),
        "at_risk": w["at_risk"],
    }
    title = f"{first['endpoint_label'][language]} · {first['set_label'][language]}"
    kind = {"log_log": "log-log", "log": "log", "plain": "plain"}[first["conf_type"]]
    svg = render_survival_figure(groups, unit=unit, words=words, note=note, title=title)
    caption = w["figure_note"].format(level=percent_text(first["confidence"]), kind=kind)
    return {"id": key, "title": title, "svg": svg, "note": caption}


def _median(result: Mapping[str, Any], w: Mapping[str, str]) -> str:
    if result["median"] is None:
        return w["median_not_reached"]
    unit = result["display_unit"]
    median, low, high = (time_text(result[key], unit) for key in ("median", "median_lower", "median_upper"))
    return f"{median} {w[unit]} ({low}–{high})"


_ROLES = ("primary", "secondary", "sensitivity")


def _comparison(run: AnalysisRun, of: Mapping[str, Any], w: Mapping[str, str], language: Language) -> list[str]:
    """Hazard ratio and log-rank p of the same endpoint and set, by the rank that the plan gives them."""
    lines = []
    same = [
        p.result
        for p in run.performed
        if p.result["endpoint"] == of["endpoint"]
        and p.result["set"] == of["set"]
        and p.result["by"] == of["by"]
        and "level" not in p.result
        and not p.result.get("not_estimated")
        and not p.result["covariates"]
    ]
    same.sort(key=lambda r: _ROLES.index(r["role"]) if r["role"] in _ROLES else len(_ROLES))
    if cox := next((r for r in same if r["method"] == "cox"), None):
        level = w["hr_ci"].format(level=percent_text(cox["confidence"]))
        lines.append(
            f"{level}{w['colon']}{number(cox['hazard_ratio'])} ({number(cox['ci_lower'])}–{number(cox['ci_upper'])})"
        )
    if test := next((r for r in same if r["method"] == "logrank" and not r.get("weights")), None):
        label = method_of("logrank").label[language == "zh"]
        lines.append(f"{label}{w['colon']}{p_text(test['p_value'], w['p'])}")
    return lines


@literals_checked
def forest_figures(run: AnalysisRun, arms: Labels, w: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """One figure for each endpoint with Cox analyses of subgroups, headed by the whole set."""
    found = []
    endpoints = dict.fromkeys(
        p.result["endpoint"] for p in run.performed if p.result.get("level") and p.result["method"] == "cox"
    )
    for endpoint in endpoints:
        mine = [
            p.result
            for p in run.performed
            if p.result["endpoint"] == endpoint and p.result["method"] in ("cox", "interaction")
        ]
        level = next(r["confidence"] for r in mine if r.get("level"))
        whole = [r for r in mine if "subgroup" not in r and not r["covariates"]][:1]
        rows = [_forest_row(r, w["all"], level, indent=False) for r in whole]
        for subgroup in dict.fromkeys(r["subgroup"] for r in mine if "subgroup" in r):
            test = next((r for r in mine if r.get("subgroup") == subgroup and r["method"] == "interaction"), {})
            parts = [r for r in mine if r.get("subgroup") == subgroup and r["method"] == "cox"]
            p = p_text(test.get("p_value")).removeprefix("p ").removeprefix("= ")
            rows.append(ForestRow(parts[0]["subgroup_label"][language], right_more=p))
            rows += [_forest_row(r, r["level_label"][language], level, indent=True) for r in parts]
        example = next((r for r in mine if r.get("group")), None)
        if example is None:
            continue
        words = {
            "subgroup": w["subgroup"],
            "events": w["events"],
            "interaction": w["interaction"],
            "estimate": w["hr_ci"].format(level=percent_text(level)),
            "axis": w["forest_axis"],
            "left": w["favors"].format(arm=arms[example["group"]][language]),
            "right": w["favors"].format(arm=arms[example["reference"]][language]),
        }
        title = f"{example['endpoint_label'][language]} · {example['set_label'][language]}"
        found.append({"title": title, "svg": render_forest_figure(rows, words=words, title=title)})
    return found


def _forest_row(result: Mapping[str, Any], label: str, level: float, *, indent: bool) -> ForestRow:
    """`level` is the confidence that stands over the column; a row with another one says its own."""
    counts = f"{result['events']} / {result['n']}"
    if result.get("not_estimated") or result.get("hazard_ratio") is None:
        return ForestRow(label, counts, right="–", indent=indent)
    words = f"{number(result['hazard_ratio'])} ({number(result['ci_lower'])}–{number(result['ci_upper'])})"
    if result["confidence"] != level:
        words += f" [{100 * result['confidence']:g}%]"
    return ForestRow(
        label,
        counts,
        result["hazard_ratio"],
        result["ci_lower"],
        result["ci_upper"],
        result["events"],
        words,
        indent=indent,
    )


def _withdrawals(arm: Mapping[str, Any], w: Mapping[str, str]) -> list[str]:
    """Each extent with its own number and, under it, the reasons that were told most often (CONSORT 2025, item 22b)."""
    lines: list[str] = []
    for extent, n in arm["withdrew"].items():
        lines.append(w[f"withdrew_{extent}"].format(n=n))
        reasons = arm["withdrew_reasons"].get(extent, {})
        often = sorted(reasons.items(), key=lambda told: (-told[1], told[0]))[:REASONS_MAX]
        lines += [f"  {reason}{w['colon']}{count}" for reason, count in often]
    return lines


@literals_checked
def flow_figure(flow: Mapping[str, Any], arms: Labels, w: Mapping[str, str], language: Language) -> str:
    """The CONSORT diagram of the run's flow."""
    excluded = None
    if flow["not_randomized"]:
        lines = []
        if flow["not_consented"]:
            lines.append(w["not_consented"].format(n=flow["not_consented"]))
        lines += [f"{r['id']} {r['text'][language]}{w['colon']}{r['n']}" for r in flow["excluded_by_criterion"]]
        if flow["withdrew_before"]:
            lines.append(w["other_withdrew"].format(n=flow["withdrew_before"]))
        if flow["not_yet_known"]:
            lines.append(w["excluded_not_known"].format(n=flow["not_yet_known"]))
        excluded = FlowBox(w["excluded"].format(n=flow["not_randomized"]), tuple(lines))
    allocation, follow_up, analysis = [], [], []
    for arm in flow["arms"]:
        label = w["all"] if arm["arm"] is None else arms[arm["arm"]][language]
        received = w["received_unknown"] if arm["received"] is None else w["received"].format(n=arm["received"])
        more = (w["allocation_in_error"].format(n=arm["in_error"]),) if arm["in_error"] else ()
        allocation.append(FlowBox(f"{label}{w['colon']}{arm['allocated']}", (received, *more)))
        stopped = _withdrawals(arm, w)
        follow_up.append(FlowBox(stopped[0] if stopped else w["withdrew_none"], tuple(stopped[1:])))
        outside = arm["allocated"] - arm["in_set"]
        lines = [w["outside_set"].format(n=outside)] if outside else []
        if unusable := sum(arm.get("not_analyzed", {}).values()):
            lines.append(w["not_analyzed"].format(n=unusable))
        analysis.append(FlowBox(w["analyzed"].format(n=arm.get("analyzed", arm["in_set"])), tuple(lines)))
    return render_flow_figure(
        screened=FlowBox(w["assessed"].format(n=flow["screened"])),
        excluded=excluded,
        randomized=FlowBox(w["randomized"].format(n=flow["randomized"])),
        stages=[
            (w["stage_allocation"], allocation),
            (w["stage_follow_up"], follow_up),
            (w["stage_analysis"], analysis),
        ],
        title=w["figure_flow"],
    )
