"""What a result says, in one or two sentences of both languages.

A p-value above alpha is never called "no difference": it says that the data do not rule chance out, and the interval
says what they are compatible with (ASA statement, Wasserstein and Lazar 2016; CONSORT 2025, item 29).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from equipoise.units import days_to_months, days_to_years

__all__ = ["number", "p_text", "render_interpretation", "time_text"]

_UNIT = {"days": ("days", "天"), "months": ("months", "个月"), "years": ("years", "年")}


def number(value: float | None, digits: int = 2) -> str:
    """Fixed decimals with a real minus sign; an en dash for what is not known."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    return f"{value:.{digits}f}".replace("-", "−")


def p_text(p: float | None, letter: str = "p") -> str:
    """P-value as journals print it: "p = 0.34", three decimals below 0.1, and "p < 0.001"."""
    if p is None or not math.isfinite(p):
        return f"{letter} = –"
    if p < 0.001:
        return f"{letter} < 0.001"
    return f"{letter} = {p:.3f}" if p < 0.0995 else f"{letter} = {p:.2f}"


def time_text(days: float | None, unit: str) -> str:
    """Days in the display unit, without its name; an en dash when not reached."""
    if days is None or not math.isfinite(days):
        return "–"
    if unit == "months":
        return f"{days_to_months(days):.1f}"
    if unit == "years":
        return f"{days_to_years(days):.2f}"
    return f"{days:.0f}"


def render_interpretation(
    result: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], alpha: float
) -> dict[str, str]:
    """English and Chinese sentences of one result. `names`: arm or level to its label in both languages."""
    make = _SENTENCES.get(str(result["method"]))
    if make is None or result.get("not_estimated"):
        return {
            "en": "This could not be estimated; the notes say why.",
            "zh": "未能估计，原因见备注。",
        }
    english, chinese = make(result, _Names(names), alpha)
    if result.get("p_value") is not None and result["role"] != "primary":
        english += " Not adjusted for the other analyses."
        chinese += "未针对其他分析作多重性校正。"
    return {"en": english, "zh": chinese}


class _Names:
    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        self._names = names

    def __call__(self, key: str | None) -> tuple[str, str]:
        if key is None:
            return "all participants", "全部受试者"
        label = self._names.get(key, {"en": key, "zh": key})
        return label["en"], label["zh"]


def _percent(confidence: float) -> str:
    return f"{100 * confidence:g}%"


def _chance(p: float, alpha: float) -> tuple[str, str]:
    if p < alpha:
        return (
            f"below the planned {alpha:g}: a difference this large would be unusual if the groups did not differ",
            f"低于预设的 {alpha:g}：若各组并无差异，则很少会出现这样大的差别",
        )
    return (
        f"above the planned {alpha:g}: the data do not rule out chance, which is not evidence that the groups are alike",
        f"高于预设的 {alpha:g}：数据不能排除偶然性，但这并不证明各组相同",
    )


def _logrank(r: Mapping[str, Any], _names: _Names, alpha: float) -> tuple[str, str]:
    kind = ("Stratified log-rank test", "分层对数秩检验") if r["strata"] else ("Log-rank test", "对数秩检验")
    if weights := r.get("weights"):
        kind = f"{kind[0]}, {weights[0]['en']}", f"{kind[1]}，{weights[0]['zh']}"
    verdict = _chance(r["p_value"], alpha)
    head = f"chi-square {number(r['chi_square'], 3)}", f"卡方 {number(r['chi_square'], 3)}"
    freedom = "1 degree of freedom" if r["degrees_of_freedom"] == 1 else f"{r['degrees_of_freedom']} degrees of freedom"
    return (
        f"{kind[0]}: {head[0]} on {freedom}, {p_text(r['p_value'])}, {verdict[0]}.",
        f"{kind[1]}：{head[1]}，自由度 {r['degrees_of_freedom']}，{p_text(r['p_value'], 'P')}，{verdict[1]}。",
    )


def _combination(r: Mapping[str, Any], names: _Names, alpha: float) -> tuple[str, str]:
    better = names(r["groups"][1 if r["greatest_z"] > 0 else 0])
    verdict, z, best = _chance(r["p_value"], alpha), number(abs(r["greatest_z"]), 3), r["best"]
    count = len(r["weights"])
    return (
        (
            f"The greatest of {count} weighted log-rank statistics is {z}, in favor of {better[0]} ({best['en']}), "
            f"{p_text(r['p_value'])} allowing for the choice among them, {verdict[0]}. It tells whether survival differs at some "
            "time, and not by how much."
        ),
        (
            f"{count}个加权对数秩统计量中最大者为{z}，有利于{better[1]}（{best['zh']}），计入多个统计量的选择后"
            f"{p_text(r['p_value'], 'P')}，{verdict[1]}。该检验仅说明生存在某些时段是否不同，不说明差别大小。"
        ),
    )


def _cox(r: Mapping[str, Any], names: _Names, _alpha: float) -> tuple[str, str]:
    hr, low, high = (number(r[k]) for k in ("hazard_ratio", "ci_lower", "ci_upper"))
    level = _percent(r["confidence"])
    group, reference = names(r.get("group")), names(r.get("reference"))
    crosses = r["ci_lower"] <= 1 <= r["ci_upper"]
    if crosses:
        meaning = (
            f"the interval contains 1, so the data are compatible with a hazard from {low} to {high} times as high",
            f"区间包含 1，数据与风险为 {low} 至 {high} 倍均相容",
        )
    else:
        lower = r["hazard_ratio"] < 1
        meaning = (
            f"the hazard is estimated to be {'lower' if lower else 'higher'} throughout the interval",
            f"整个区间内估计的风险均{'较低' if lower else '较高'}",
        )
    short = r["role"] == "subgroup"
    caveat = (
        ("", "")
        if short
        else (
            " It is one number for the whole follow-up only if hazards are proportional.",
            "仅在比例风险成立时，该数值才能概括整个随访期。",
        )
    )
    return (
        (
            f"Hazard ratio of {group[0]} against {reference[0]}: {hr} ({level} CI {low} to {high}), "
            f"{p_text(r['p_value'])}; {meaning[0]}.{caveat[0]}"
        ),
        (
            f"{group[1]}相对于{reference[1]}的风险比为 {hr}（{level} CI {low} 至 {high}），{p_text(r['p_value'], 'P')}；"
            f"{meaning[1]}。{caveat[1]}"
        ),
    )


def _kaplan_meier(r: Mapping[str, Any], names: _Names, _alpha: float) -> tuple[str, str]:
    unit = r["display_unit"]
    median, low, high = (time_text(r[k], unit) for k in ("median", "median_lower", "median_upper"))
    who, words, level = names(r.get("group")), _UNIT[unit], _percent(r["confidence"])
    counts = f"{r['events']} of {r['n']}", f"{r['n']} 例中 {r['events']} 例发生事件"
    if r["median"] is None:
        return (
            f"{who[0]}: {counts[0]} had the event; the median was not reached.",
            f"{who[1]}：{counts[1]}；未达到中位数。",
        )
    return (
        f"{who[0]}: {counts[0]} had the event; median {median} {words[0]} ({level} CI {low} to {high}).",
        f"{who[1]}：{counts[1]}；中位数 {median} {words[1]}（{level} CI {low} 至 {high}）。",
    )


def _follow_up(r: Mapping[str, Any], names: _Names, _alpha: float) -> tuple[str, str]:
    unit = r["display_unit"]
    median = time_text(r["median"], unit)
    who, words = names(r.get("group")), _UNIT[unit]
    if r["median"] is None:
        return (
            f"{who[0]}: median follow-up was not reached (reverse Kaplan-Meier).",
            f"{who[1]}：中位随访时间未达到（反向 Kaplan-Meier 法）。",
        )
    return (
        f"{who[0]}: median follow-up {median} {words[0]} (reverse Kaplan-Meier).",
        f"{who[1]}：中位随访时间 {median} {words[1]}（反向 Kaplan-Meier 法）。",
    )


def _estimate(
    r: Mapping[str, Any], what: tuple[str, str], digits: int, scale: float = 1.0, unit: str = ""
) -> tuple[str, str]:
    value, low, high = (
        number(None if r[k] is None else scale * r[k], digits) for k in ("estimate", "ci_lower", "ci_upper")
    )
    level = _percent(r["confidence"])
    space = "" if what[1].endswith(("：", "，")) else " "
    if unit == "%" and r["quantity"] == "difference":  # a difference of percentages is no percentage
        return (
            f"{what[0]} {value} percentage points ({level} CI {low} to {high})",
            f"{what[1]}{space}{value} 个百分点（{level} CI {low} 至 {high}）",
        )
    if r["ci_lower"] is None or r["ci_upper"] is None:  # nobody had the event: nothing spreads
        return f"{what[0]} {value}{unit} (no {level} CI)", f"{what[1]}{space}{value}{unit}（无 {level} CI）"
    value, low, high = value + unit, low + unit, high + unit
    return f"{what[0]} {value} ({level} CI {low} to {high})", f"{what[1]}{space}{value}（{level} CI {low} 至 {high}）"


def _rmst(r: Mapping[str, Any], names: _Names, alpha: float) -> tuple[str, str]:
    group = names(r.get("group"))
    until = f"{r['tau_days']:g}"
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        english, chinese = _estimate(r, (
            f"Difference in restricted mean time until day {until}, {group[0]} minus {reference[0]} (days):",
            f"至第 {until} 天的限制性平均时间差（天），{group[1]}减{reference[1]}：",
        ), 1)  # fmt: skip
        verdict = _chance(r["p_value"], alpha)
        return (
            f"{english}; {p_text(r['p_value'])}, {verdict[0]}.",
            f"{chinese}；{p_text(r['p_value'], 'P')}，{verdict[1]}。",
        )
    english, chinese = _estimate(r, (
        f"{group[0]}: restricted mean time until day {until} (days)", f"{group[1]}：至第 {until} 天的限制性平均时间（天）"
    ), 1)  # fmt: skip
    return f"{english}.", f"{chinese}。"


def _milestone(r: Mapping[str, Any], names: _Names, alpha: float) -> tuple[str, str]:
    group, day = names(r.get("group")), f"{r['at_days']:g}"
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        what = (
            f"Difference at day {day}, {group[0]} minus {reference[0]}:",
            f"第 {day} 天的差值，{group[1]}减{reference[1]}：",
        )
    else:
        what = f"{group[0]}: without the event at day {day}", f"{group[1]}：第 {day} 天未发生事件的比例"
        if r["method"] == "cumulative_incidence":
            what = (
                f"{group[0]}: with the event by day {day}, competing events counted as such",
                f"{group[1]}：至第 {day} 天的累积发生率（考虑竞争事件）",
            )
    english, chinese = _estimate(r, what, 1, 100, "%")
    return _with_p(r, english, chinese, alpha)


def _proportion(r: Mapping[str, Any], names: _Names, alpha: float) -> tuple[str, str]:
    group = names(r.get("group"))
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        what = f"Difference, {group[0]} minus {reference[0]}:", f"差值，{group[1]}减{reference[1]}："
    else:
        what = f"{group[0]}: {r['events']} of {r['n']},", f"{group[1]}：{r['n']} 例中 {r['events']} 例，"
    english, chinese = _estimate(r, what, 1, 100, "%")
    return _with_p(r, english, chinese, alpha)


def _mean(r: Mapping[str, Any], names: _Names, alpha: float) -> tuple[str, str]:
    group = names(r.get("group"))
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        what = f"Difference of means, {group[0]} minus {reference[0]}:", f"均数差，{group[1]}减{reference[1]}："
        english, chinese = _estimate(r, what, 2)
        return _with_p(r, english, chinese, alpha)
    return (
        f"{group[0]}: mean {number(r['estimate'])} (SD {number(r['sd'])}), n = {r['n']}.",
        f"{group[1]}：均数 {number(r['estimate'])}（标准差 {number(r['sd'])}），n = {r['n']}。",
    )


def _with_p(r: Mapping[str, Any], english: str, chinese: str, alpha: float) -> tuple[str, str]:
    if r.get("p_value") is None:
        return f"{english}.", f"{chinese}。"
    verdict = _chance(r["p_value"], alpha)
    p, p_zh = p_text(r["p_value"]), p_text(r["p_value"], "P")
    return f"{english}; {p}, {verdict[0]}.", f"{chinese}；{p_zh}，{verdict[1]}。"


def _proportional(r: Mapping[str, Any], _names: _Names, alpha: float) -> tuple[str, str]:
    p, p_zh = p_text(r["p_value"]), p_text(r["p_value"], "P")
    if r["p_value"] < alpha:
        return (
            f"Test of proportional hazards: {p}. The hazard ratio changes over time; read one hazard ratio as an average.",
            f"比例风险检验：{p_zh}。风险比随时间变化，单一风险比只能视为平均值。",
        )
    return (
        f"Test of proportional hazards: {p}. No departure was detected, which does not prove proportionality.",
        f"比例风险检验：{p_zh}。未发现偏离，但这并不证明比例风险成立。",
    )


def _interaction(r: Mapping[str, Any], _names: _Names, alpha: float) -> tuple[str, str]:
    p, p_zh = p_text(r["p_value"]), p_text(r["p_value"], "P")
    if r["p_value"] < alpha:
        verdict = "the difference between the groups may vary with the subgroup", "组间差异可能随亚组而异"
    else:
        verdict = (
            "no variation was shown, which is not evidence that the difference is the same in every subgroup",
            "未显示组间差异随亚组而异，但这并不证明各亚组的差异相同",
        )
    return (
        f"Test of interaction with the subgroup: chi-square {number(r['chi_square'], 2)}, {p}, {verdict[0]}.",
        f"与亚组的交互作用检验：卡方 {number(r['chi_square'], 2)}，{p_zh}，{verdict[1]}。",
    )


_SENTENCES = {
    "logrank": _logrank,
    "maxcombo": _combination,
    "cox": _cox,
    "kaplan_meier": _kaplan_meier,
    "reverse_kaplan_meier": _follow_up,
    "rmst": _rmst,
    "milestone": _milestone,
    "cumulative_incidence": _milestone,
    "proportion": _proportion,
    "mean": _mean,
    "proportional_hazards": _proportional,
    "interaction": _interaction,
}
