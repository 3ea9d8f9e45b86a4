"""From an analysis run to its figures: survival curves, subgroups, flow of participants.

Only arranges; drawing is done by the modules that each know one kind of figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods import method_of
from equipoise.numerals import UNKNOWN, p_text, percent_text, ratio_text, time_text
from equipoise.reports.flow_figure import FlowBox, render_flow_figure
from equipoise.reports.forest_figure import ForestRow, render_forest_figure
from equipoise.reports.headline import comparisons, rank
from equipoise.reports.survival_figure import CurveGroup, render_survival_figure
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.analysis import AnalysisRun
    from equipoise.analysis.perform import Performed

__all__ = ["flow_figure", "forest_figures", "survival_figures"]

REASONS_MAX = 5
# Why a member of the set is not part of the primary analysis; any other reason is for want of a usable time.
_WHY_NOT = {
    "no_value": "not_analyzed_value",
    "ungrouped": "not_analyzed_group",
    "erased": "not_analyzed_erased",
    "other": "not_analyzed_other",
}
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
    note += _comparison(run, first, arms, w, language)
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
    if UNKNOWN in (low, high):
        low, high = (w["median_not_reached"] if end == UNKNOWN else end for end in (low, high))
        return f"{median} {w[unit]} ({w['span'].format(low=low, high=high)})"
    return f"{median} {w[unit]} ({low}–{high})"


def _comparison(
    run: AnalysisRun, of: Mapping[str, Any], arms: Labels, w: Mapping[str, str], language: Language
) -> list[str]:
    """Every hazard ratio and the log-rank p of the same endpoint and set, by the rank that the plan gives them."""
    lines = []
    results = [p.result for p in run.performed if "level" not in p.result and not p.result.get("not_estimated")]
    ratios = comparisons(results, of)
    if ratios:
        level = w["hr_ci"].format(level=percent_text(ratios[0]["confidence"]))
        several = len(ratios) > 1
        if several:
            reference = ratios[0]["reference"]
            lines.append(w["versus"].format(what=level, arm=arms.get(reference, {}).get(language, reference)))
        for one in ratios:
            who = f"  {arms.get(one['group'], {}).get(language, one['group'])}" if several else level
            limits = f"{ratio_text(one['ci_lower'])}–{ratio_text(one['ci_upper'])}"
            lines.append(f"{who}{w['colon']}{ratio_text(one['hazard_ratio'])} ({limits})")
    same = sorted(
        (r for r in results if all(r[key] == of[key] for key in ("endpoint", "set", "by")) and not r["covariates"]),
        key=rank,
    )
    if test := next((r for r in same if r["method"] == "logrank" and not r.get("weights")), None):
        label = method_of("logrank").label[language == "zh"]
        lines.append(f"{label}{w['colon']}{p_text(test['p_value'], w['p'])}")
    return lines


@literals_checked
def forest_figures(run: AnalysisRun, arms: Labels, w: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """One figure for each endpoint with Cox analyses of subgroups and each comparison, headed by the whole set."""
    found = []
    pairs = dict.fromkeys(
        (p.result["endpoint"], p.result.get("group"), p.result.get("reference"))
        for p in run.performed
        if p.result.get("level") and p.result["method"] == "cox" and p.result.get("group")
    )
    several = len({pair[1:] for pair in pairs}) > 1
    for endpoint, group, reference in pairs:
        mine = [
            p.result
            for p in run.performed
            if p.result["endpoint"] == endpoint
            and (
                p.result["method"] == "interaction"
                or (p.result["method"] == "cox" and p.result.get("group") in (None, group))
            )
        ]
        level = next(r["confidence"] for r in mine if r.get("level"))
        whole = [r for r in mine if "subgroup" not in r and r.get("group") and not r["covariates"]][:1]
        rows = [_forest_row(r, w["all"], level, indent=False) for r in whole]
        for subgroup in dict.fromkeys(r["subgroup"] for r in mine if "subgroup" in r):
            test = next((r for r in mine if r.get("subgroup") == subgroup and r["method"] == "interaction"), {})
            parts = [r for r in mine if r.get("subgroup") == subgroup and r["method"] == "cox"]
            p = p_text(test.get("p_value")).removeprefix("p ").removeprefix("= ")
            rows.append(ForestRow(parts[0]["subgroup_label"][language], right_more=p))
            rows += [_forest_row(r, r["level_label"][language], level, indent=True) for r in parts]
        example = next(r for r in mine if r.get("group") == group)
        names = {arm: arms.get(str(arm), {}).get(language, str(arm)) for arm in (group, reference)}
        words = {
            "subgroup": w["subgroup"],
            "events": w["events"],
            "interaction": w["interaction"],
            "estimate": w["hr_ci"].format(level=percent_text(level)),
            "axis": w["forest_axis"],
            "left": w["favors"].format(arm=names[group]),
            "right": w["favors"].format(arm=names[reference]),
        }
        title = f"{example['endpoint_label'][language]} · {example['set_label'][language]}"
        if several:
            title += f" · {w['against'].format(a=names[group], b=names[reference])}"
        found.append({"title": title, "svg": render_forest_figure(rows, words=words, title=title)})
    return found


def _forest_row(result: Mapping[str, Any], label: str, level: float, *, indent: bool) -> ForestRow:
    """`level` is the confidence that stands over the column; a row with another one says its own."""
    counted = result.get("compared", result)
    counts = f"{counted['events']} / {counted['n']}"
    if result.get("not_estimated") or result.get("hazard_ratio") is None:
        return ForestRow(label, counts, right="–", indent=indent)
    words = f"{ratio_text(result['hazard_ratio'])} ({ratio_text(result['ci_lower'])}–{ratio_text(result['ci_upper'])})"
    if result["confidence"] != level:
        words += f" [{percent_text(result['confidence'])}]"
    return ForestRow(
        label,
        counts,
        result["hazard_ratio"],
        result["ci_lower"],
        result["ci_upper"],
        counted["events"],
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
    """The CONSORT diagram of the run's flow; in a trial of one arm nobody is randomized or allocated."""
    if sum(not arm.startswith("masked_") for arm in arms) == 1:
        w = {
            **w,
            "randomized": w["randomized_one"],
            "excluded": w["excluded_one"],
            "allocation_in_error": w["allocation_in_error_one"],
            "received": w["received_one"],
            "received_unknown": w["received_unknown_one"],
            "stage_allocation": w["stage_allocation_one"],
        }
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
    known = {arm for arm in arms if not arm.startswith("masked_")}
    for arm in flow["arms"]:
        label = w["all"] if arm["arm"] is None else arms[arm["arm"]][language]
        said = "received" if arm["arm"] in known else "received_any"
        received = w["received_unknown"] if arm["received"] is None else w[said].format(n=arm["received"])
        more = (w["allocation_in_error"].format(n=arm["in_error"]),) if arm["in_error"] else ()
        allocation.append(FlowBox(f"{label}{w['colon']}{arm['allocated']}", (received, *more)))
        stopped = _withdrawals(arm, w)
        follow_up.append(FlowBox(stopped[0] if stopped else w["withdrew_none"], tuple(stopped[1:])))
        outside = arm["allocated"] - arm["in_set"]
        lines = [w["outside_set"].format(n=outside)] if outside else []
        told: Counter[str] = Counter()
        for why, n in arm["not_analyzed"].items():
            told[_WHY_NOT.get(why, "not_analyzed")] += n
        lines += [w[why].format(n=n) for why, n in told.items()]
        analysis.append(FlowBox(w["analyzed"].format(n=arm["analyzed"]), tuple(lines)))
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
