"""What is concluded of one comparison, in a sentence of both languages.

A result that shows nothing is never called equality, nor one below its bound at an interim a primary result (ASA
statement, Wasserstein and Lazar 2016; CONSORT 2025, items 21 and 26; CONSORT for non-inferiority, Piaggio et al. 2012).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods import GroupNames
from equipoise.estimands import planned_method
from equipoise.numerals import number, p_text
from equipoise.protocol.labels import arm_labels

if TYPE_CHECKING:
    from equipoise.analysis.conclusion.present_look import PresentLook
    from equipoise.protocol.document import Protocol

__all__ = ["ASKED", "tell"]

Both = tuple[str, str]
_DIGITS = 8
_MEASURES: Mapping[str, Both] = {
    "hazard_ratio": ("the hazard ratio", "风险比"),
    "rate_difference": ("the difference of proportions", "率差"),
    "rate_ratio": ("the ratio of proportions", "率比"),
    "mean_difference": ("the difference of means", "均数差"),
    "rate": ("the proportion", "比例"),
    "mean": ("the mean", "均数"),
}
ASKED: Mapping[str, Both] = {
    "superiority": ("superiority", "优效性"),
    "non_inferiority": ("non-inferiority", "非劣效性"),
}


def tell(told: Mapping[str, Any], protocol: Protocol, look: PresentLook) -> dict[str, str]:
    """The sentence of one comparison."""
    names = GroupNames(arm_labels(protocol))
    told = {**told, "pairs": _pairs_planned(protocol)}
    verdict = told["verdict"]
    if verdict in _PLAIN:
        words = _PLAIN[verdict]
    elif look.final:
        words = _final(told, names, look)
    else:
        words = _interim(told, names)
    return {"en": words[0], "zh": words[1]}


def _pairs_planned(protocol: Protocol) -> bool:
    """Whether an analysis of the design's endpoint compares each arm with the reference."""
    endpoint = None if protocol.design is None else protocol.design.endpoint
    return any(
        planned_method(analysis.method).compares_pairs
        for analysis in protocol.analyses
        if (analysis.endpoint, analysis.by, analysis.subgroup) == (endpoint, "arm", None)
    )


_PLAIN: Mapping[str, Both] = {
    "masked": (
        "The arms are masked, and nobody knows on which side the benefit lies: the design's question is not answered.",
        "组别已遮蔽，无法知道获益在哪一侧：不回答设计所提的问题。",
    ),
    "no_side": (
        (
            "The design does not say on which side the benefit lies, so that its question cannot be answered; "
            "state the assumed values of both arms."
        ),
        "设计未说明获益在哪一侧，因此无法回答其问题；请给出两组的假设值。",
    ),
    "not_estimated": (
        "The design's question could not be answered from these data.",
        "现有数据不足以回答设计所提的问题。",
    ),
}


def _final(told: Mapping[str, Any], names: GroupNames, look: PresentLook) -> Both:
    if told["verdict"] == "no_bound":
        return (
            "The information that the design plans is not known: there is no bound, and nothing is concluded.",
            "设计所计划的信息量未知，没有可比较的界值：不作结论。",
        )
    if told["confidence"] is not None:
        return _by_limit(told, names, look)
    return _by_test(told, names, look)


def _who(told: Mapping[str, Any], names: GroupNames) -> tuple[Both, Both]:
    return names(told["group"]), names(told["reference"])


def _by_limit(told: Mapping[str, Any], names: GroupNames, look: PresentLook) -> Both:
    """The limit that decides against the margin, or against what the only arm is compared with."""
    group, control = _who(told, names)
    shown, opposite = told["verdict"] == "shown", told["verdict"] in ("opposite", "harm")
    one_arm = told["reference"] is None
    limit_words = _limit_words(told, opposite=opposite, bound=_bound_words(told, look))
    if one_arm:
        better = ("better than", "优于") if shown else ("not shown to be better than", "未显示优于")
        if opposite:
            better = ("worse than", "劣于")
        return (
            f"The result is {better[0]} what it is compared with: {limit_words[0]}.",
            f"结果{better[1]}对照值：{limit_words[1]}。",
        )
    if shown:
        return (
            f"{group[0]} is non-inferior to {control[0]}: {limit_words[0]}.",
            f"{group[1]}非劣效于{control[1]}：{limit_words[1]}。",
        )
    if opposite:
        return (
            f"{group[0]} is worse than {control[0]} by more than the margin: {limit_words[0]}.",
            f"{group[1]}劣于{control[1]}，且超过非劣效界值：{limit_words[1]}。",
        )
    ends = ("That is not evidence that it is inferior.", "这并不证明其劣效。")
    if _all_worse(told):
        ends = (
            f"All of the interval lies where {group[0]} is worse; whether by more than the margin is open.",
            f"整个区间均位于{group[1]}较差的一侧；是否超过非劣效界值尚无定论。",
        )
    return (
        f"Non-inferiority of {group[0]} to {control[0]} was not shown: {limit_words[0]}. {ends[0]}",
        f"未显示{group[1]}非劣效于{control[1]}：{limit_words[1]}。{ends[1]}",
    )


def _all_worse(told: Mapping[str, Any]) -> bool:
    """Whether the interval excludes no effect on the side of harm (Piaggio et al. 2012, figure 1, G)."""
    none = 1.0 if told["measure"] in ("hazard_ratio", "rate_ratio") else 0.0
    best = told["ci_upper"] if told["benefit"] == "above" else told["ci_lower"]
    return best is not None and (best < none if told["benefit"] == "above" else best > none)


def _limit_words(told: Mapping[str, Any], *, opposite: bool, bound: Both) -> Both:
    """Where the deciding limit lies; of a measure that the result itself does not give, with its estimate."""
    lower = (told["benefit"] == "above") != opposite
    near, null, units = _apart(told, told["ci_lower" if lower else "ci_upper"])
    margin = told["question"] == "non_inferiority" and told["reference"] is not None
    level = f"{100 * told['confidence']:.4g}%"
    beyond = told["verdict"] == "shown" or opposite
    if lower:
        limit, lies = ("lower", "下限"), ("lies above", "高于") if beyond else ("does not lie above", "未高于")
    else:
        limit, lies = ("upper", "上限"), ("lies below", "低于") if beyond else ("does not lie below", "未低于")
    measure = _MEASURES[told["measure"]]
    p = _p_beside(told["p_one_sided"], _alpha(told))
    alpha = f"{_alpha(told):.4g}"
    english = (
        f"the {limit[0]} limit of the {level} confidence interval of {measure[0]}, {near}{units[0]}, "
        f"{lies[0]} {'the margin of ' if margin else ''}{null}{units[0]} (one-sided {p[0]} against {alpha}){bound[0]}"
    )
    chinese = (
        f"{measure[1]}的 {level} 置信区间{limit[1]}为 {near}{units[1]}，"
        f"{lies[1]}{'非劣效界值' if margin else ''} {null}{units[1]}（单侧 {p[1]}，对比 {alpha}）{bound[1]}"
    )
    if not told["stated"] and told["estimate"] is not None:
        estimate = _scaled(told, told["estimate"])
        english = f"{measure[0]} is {estimate}{units[0]}; {english}"
        chinese = f"{measure[1]}为 {estimate}{units[1]}；{chinese}"
    return english, chinese


def _by_test(told: Mapping[str, Any], names: GroupNames, look: PresentLook) -> Both:
    """Superiority, by the planned test."""
    group, control = _who(told, names)
    two = told["sides"] == 2 or told["group"] is None
    key = "p_two_sided" if two else "p_one_sided"
    p, p_zh = _p_beside(told[key], (2 if two else 1) * _alpha(told))
    side = ("two-sided", "双侧") if two else ("one-sided", "单侧")
    alpha = f"{(2 if two else 1) * _alpha(told):.4g}"
    verdict = told["verdict"]
    below = verdict in ("shown", "opposite", "differ")
    bound = _bound_words(told, look)
    what = ("the planned", "预设的") if len(look.fractions) == 1 else ("the final bound of", "最终界值")
    judged = (
        f"{side[0]} {p} is {'below' if below else 'not below'} {what[0]} {alpha}{bound[0]}",
        f"{side[1]} {p_zh}，{'低于' if below else '未低于'}{what[1]} {alpha}{bound[1]}",
    )
    unusual = (
        "a difference this large would be unusual if the groups did not differ",
        "若各组并无差异，则很少会出现这样大的差别",
    )
    if verdict == "differ":
        return (
            f"The arms differ: {judged[0]}; {unusual[0]}. {_which(told)[0]}",
            f"各组不同：{judged[1]}；{unusual[1]}。{_which(told)[1]}",
        )
    if verdict == "shown":
        return (
            f"{group[0]} is superior to {control[0]}: {judged[0]}; {unusual[0]}.",
            f"{group[1]}优效于{control[1]}：{judged[1]}；{unusual[1]}。",
        )
    if verdict == "harm":
        z, low = _z_beside(told["z"], told["lower_bound_z"])
        return (
            f"{group[0]} did worse than {control[0]}: z = {z} crossed the boundary for harm, {low}.",
            f"{group[1]}差于{control[1]}：z = {z}，越过有害性界值 {low}。",
        )
    if verdict == "opposite":
        return (
            f"{group[0]} did worse than {control[0]}: {judged[0]}; {unusual[0]}.",
            f"{group[1]}差于{control[1]}：{judged[1]}；{unusual[1]}。",
        )
    chance = (
        "the data do not rule out chance, which is not evidence that the groups are alike",
        "数据不能排除偶然性，但这并不证明各组相同",
    )
    if told["group"] is None:
        return (
            f"That the arms differ was not shown: {judged[0]}; {chance[0]}.",
            f"未显示各组不同：{judged[1]}；{chance[1]}。",
        )
    if told["z"] is not None and told["z"] < 0 and told["sides"] == 1:
        chance = (
            "the estimate lies on the other side, of which this design asks nothing; that is not evidence of no harm",
            "估计值位于相反一侧，本设计对该侧不作检验；这并不证明无害",
        )
    return (
        f"Superiority of {group[0]} over {control[0]} was not shown: {judged[0]}; {chance[0]}.",
        f"未显示{group[1]}优效于{control[1]}：{judged[1]}；{chance[1]}。",
    )


def _which(told: Mapping[str, Any]) -> Both:
    if told["pairs"]:
        return "The comparisons tell which of them.", "具体差异见各项比较。"
    return (
        "No planned analysis compares them one by one, so that it stays open which.",
        "计划中没有逐一比较各组的分析，差异在哪一组尚不明确。",
    )


def _bound_words(told: Mapping[str, Any], look: PresentLook) -> Both:
    """The statistic beside the last bound of a design with several looks."""
    if len(look.fractions) == 1 or told["z"] is None or told["bound_z"] is None:
        return "", ""
    z, bound = _z_beside(told["z"], told["bound_z"])
    return f", z = {z} against the final boundary {bound}", f"，z = {z}，最终界值 {bound}"


def _interim(told: Mapping[str, Any], names: GroupNames) -> Both:
    group, control = _who(told, names)
    asked = ASKED[told["question"]]
    if told["verdict"] == "no_bound":
        return (
            "At this interim the design has no boundary to hold this against: nothing is concluded.",
            "在此期中时点，设计没有可比较的界值：不作结论。",
        )
    everyone = told["group"] is None and told["reference"] is None and told["z"] is None
    bound, bound_p = told["bound_z"], told["bound_p"]
    if everyone:
        p, p_zh = _p_beside(told["p_two_sided"], 2 * bound_p)
        crossed = told["verdict"] == "crossed"
        return (
            (
                f"Interim, not final: {p} against {_small(2 * bound_p)} at this information: "
                f"{'' if crossed else 'not '}crossed."
            ),
            f"期中结果，非最终：{p_zh}，此信息量处的界值为 {_small(2 * bound_p)}：{'已' if crossed else '未'}越过。",
        )
    z, at = _z_beside(told["z"], bound)
    about = (
        (f" of {group[0]} against {control[0]}", f"（{group[1]}对比{control[1]}）") if told["reference"] else ("", "")
    )
    p, p_zh = _p_beside(told["p_one_sided"], bound_p)
    said = (
        (
            f"Interim, not final: z = {z} against the boundary {at} for {asked[0]}{about[0]} at this information "
            f"(one-sided {p} against {_small(bound_p)}): "
        ),
        (
            f"期中结果，非最终：z = {z}，此信息量处{asked[1]}{about[1]}的界值为 {at}"
            f"（单侧 {p_zh}，对比 {_small(bound_p)}）："
        ),
    )
    ends = _INTERIM_ENDS[told["verdict"]]
    english, chinese = said[0] + ends[0], said[1] + ends[1]
    lower = told["lower_bound_z"]
    if lower is not None:
        low = told["verdict"] in ("futility", "harm")
        kind = ("harm", "有害性") if told["lower_bound_is"] == "harm" else ("futility", "无效性")
        english += f" The boundary for {kind[0]}, {number(lower)}, was {'' if low else 'not '}crossed."
        chinese += f"{kind[1]}界值 {number(lower)} {'已' if low else '未'}越过。"
        if low:
            binds = told["binding"]
            english += " It is binding: the trial stops." if binds else " It is not binding."
            chinese += "该界值具约束力：试验停止。" if binds else "该界值不具约束力。"
    return english, chinese


_INTERIM_ENDS: Mapping[str, Both] = {
    "crossed": ("crossed; the design stops here for benefit.", "已越过；按设计可因获益而停止。"),
    "crossed_opposite": ("crossed on the side of harm; the design stops here.", "在有害一侧越过；按设计停止。"),
    "not_crossed": ("not crossed.", "未越过。"),
    "futility": ("not crossed.", "未越过。"),
    "harm": ("not crossed.", "未越过。"),
}


def _alpha(told: Mapping[str, Any]) -> float:
    """Of one side: what the bound leaves, or what is planned."""
    return float(told["alpha"] / told["sides"] if told["bound_p"] is None else told["bound_p"])


def _p_beside(p: float, level: float) -> Both:
    return p_text(p, beside=level), p_text(p, "P", beside=level)


def _z_beside(z: float, bound: float | None) -> Both:
    """A statistic and its boundary, told apart."""
    if bound is None:
        return number(z), "∞"
    digits = 2
    while digits < _DIGITS and z != bound and number(z, digits) == number(bound, digits):
        digits += 1
    return number(z, digits), number(bound, digits)


def _small(p: float) -> str:
    """A bound as printed: never 0."""
    return f"{p:.4f}" if p >= 0.00095 else f"{p:.1g}"


def _scale(told: Mapping[str, Any]) -> tuple[float, int]:
    """Of proportions percentages with one decimal; of everything else two decimals."""
    return (100.0, 1) if told["measure"] in ("rate_difference", "rate") else (1.0, 2)


def _scaled(told: Mapping[str, Any], value: float) -> str:
    scale, digits = _scale(told)
    return number(scale * value, digits)


def _apart(told: Mapping[str, Any], limit: float) -> tuple[str, str, Both]:
    """Limit and null with so many digits that they are told apart, and their unit."""
    scale, digits = _scale(told)
    units = {"rate_difference": (" percentage points", " 个百分点"), "rate": ("%", "%")}.get(told["measure"], ("", ""))
    near, null = scale * limit, scale * told["null"]
    same = math.isclose(near, null, rel_tol=1e-9)
    while digits < _DIGITS and not same and number(near, digits) == number(null, digits):
        digits += 1
    plain = f"{null:.10g}".replace("-", "−")
    return number(near, digits), plain, units
