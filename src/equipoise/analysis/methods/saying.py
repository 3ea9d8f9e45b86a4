"""Parts of sentences and cells that several methods share, in both languages.

A p-value above alpha is never called "no difference": it says that the data do not rule chance out, and the interval
says what they are compatible with (ASA statement, Wasserstein and Lazar 2016; CONSORT 2025, item 29).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.numerals import measured_text, number, p_text, percent_text, percentage_text, plainly

if TYPE_CHECKING:
    from equipoise.analysis.methods.method import Both
    from equipoise.wording import Language

__all__ = [
    "NOT_REACHED",
    "UNITS",
    "chance",
    "chi_square_cells",
    "estimate_cells",
    "estimated",
    "p_and_chance",
    "span",
    "with_p",
]

UNITS: Mapping[str, Both] = {"days": ("days", "天"), "months": ("months", "个月"), "years": ("years", "年")}
NOT_REACHED: Both = ("not reached", "未达到")
POINTS: Both = (" percentage points", " 个百分点")
_TO: Both = ("to", "至")


def chance(p: float, alpha: float) -> Both:
    """What a p-value says beside the planned alpha."""
    level = plainly(alpha, 12)
    if p < alpha:
        return (
            f"below the planned {level}: a difference this large would be unusual if the groups did not differ",
            f"低于预设的 {level}：若各组并无差异，则很少会出现这样大的差别",
        )
    return (
        (
            f"{'not below' if p == alpha else 'above'} the planned {level}: the data do not rule out chance, "
            "which is not evidence that the groups are alike"
        ),
        f"{'未低于' if p == alpha else '高于'}预设的 {level}：数据不能排除偶然性，但这并不证明各组相同",
    )


def p_and_chance(p: float, alpha: float | None, qualified: Both = ("", "")) -> Both:
    """A p-value, and what it says beside alpha; without one the design's own conclusion says it, or nothing may yet."""
    english, chinese = p_text(p) + qualified[0], qualified[1] + p_text(p, "P")
    if alpha is None:
        return english, chinese
    verdict = chance(p, alpha)
    english, chinese = p_text(p, beside=alpha) + qualified[0], qualified[1] + p_text(p, "P", beside=alpha)
    return f"{english}, {verdict[0]}", f"{chinese}，{verdict[1]}"


def with_p(r: Mapping[str, Any], words: Both, alpha: float | None) -> Both:
    """The sentence closed, with its p-value where there is one."""
    english, chinese = words
    if r.get("p_value") is None:
        return f"{english}.", f"{chinese}。"
    said = p_and_chance(r["p_value"], alpha)
    return f"{english}; {said[0]}.", f"{chinese}；{said[1]}。"


def estimated(r: Mapping[str, Any], what: Both, digits: int, scale: float = 1.0, unit: str = "") -> Both:
    """`what`, followed by estimate and interval."""
    value, low, high = _texts(r, digits, scale)
    level = percent_text(r["confidence"])
    exact = r.get("conf_type") == "exact"  # of none or all, where a normal one would claim to be certain
    kinds = (f"exact {level} CI", f"精确 {level} CI") if exact else (f"{level} CI", f"{level} CI")
    space = "" if what[1].endswith(("：", "，")) else " "
    none = r["ci_lower"] is None or r["ci_upper"] is None  # nothing spreads: the notes say why
    limits = (
        (f"no {level} CI", f"无 {level} CI") if none else (f"{kinds[0]} {low} to {high}", f"{kinds[1]} {low} 至 {high}")
    )
    if unit == "%" and r["quantity"] == "difference":  # a difference of percentages is no percentage
        return (
            f"{what[0]} {value} percentage points ({limits[0]})",
            f"{what[1]}{space}{value} 个百分点（{limits[1]}）",
        )
    if none:
        return f"{what[0]} {value}{unit} ({limits[0]})", f"{what[1]}{space}{value}{unit}（{limits[1]}）"
    value, low, high = value + unit, low + unit, high + unit
    return (
        f"{what[0]} {value} ({kinds[0]} {low} to {high})",
        f"{what[1]}{space}{value}（{kinds[1]} {low} 至 {high}）",
    )


def _texts(r: Mapping[str, Any], digits: int, scale: float) -> tuple[str, str, str]:
    """Estimate and limits as printed, in the sentence and in the table alike: what is not 0 does not print as 0."""
    value, low, high = (r.get(key) for key in ("estimate", "ci_lower", "ci_upper"))
    if scale == 100:  # a share
        return percentage_text(value, digits), percentage_text(low, digits), percentage_text(high, digits)
    spread = r.get("sd") if low is None or high is None else (high - low) / 2
    return (
        measured_text(value, spread, digits),
        measured_text(low, spread, digits),
        measured_text(high, spread, digits),
    )


def span(low: str, high: str, language: Language) -> str:
    """From one limit to the other; limits that are both not reached are told once."""
    if low == high == NOT_REACHED[language == "zh"]:
        return low
    return f"{low} {_TO[language == 'zh']} {high}"


def estimate_cells(
    r: Mapping[str, Any], language: Language, digits: int, scale: float = 1.0, unit: str = ""
) -> tuple[str, str]:
    """Estimate and interval as printed; `unit` follows the estimate."""
    value, low, high = _texts(r, digits, scale)
    known = r.get("ci_lower") is not None and r.get("ci_upper") is not None
    return value + unit, span(low, high, language) if known else ""


def chi_square_cells(r: Mapping[str, Any], _language: Language) -> tuple[str, str]:
    """A test has a statistic and no interval."""
    return f"χ² {number(r['chi_square'], 3)}", ""
