"""What may have to be said about a grade, each by a code, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NOTES", "REASONS"]

REASONS: Mapping[str, Mapping[str, str]] = {
    "not_in_version": {
        "en": "This edition of CTCAE does not grade this term from a number.",
        "zh": "此版CTCAE不能仅凭数值对该术语分级。",
    },
    "value_missing": {"en": "There is no value.", "zh": "无检测值。"},
    "value_invalid": {
        "en": "The value is negative or not a finite number.",
        "zh": "检测值为负数或不是有限数值。",
    },
    "unit_missing": {
        "en": "The value has no unit, and the limits have.",
        "zh": "检测值缺少单位，而分级界值有单位。",
    },
    "unit_unknown": {"en": "The unit is not known.", "zh": "单位无法识别。"},
    "unit_mismatch": {
        "en": "The unit does not measure what the limits are stated in.",
        "zh": "该单位与分级界值的单位不可换算。",
    },
    "limits_invalid": {
        "en": "The limits of normal are inverted or not positive, and were not used.",
        "zh": "正常值下限高于上限或不是正数，未予采用。",
    },
    "baseline_invalid": {
        "en": "The baseline is not positive, and was not used.",
        "zh": "基线值不是正数，未予采用。",
    },
    "lln_missing": {"en": "The lower limit of normal is missing.", "zh": "缺少正常值下限。"},
    "uln_missing": {"en": "The upper limit of normal is missing.", "zh": "缺少正常值上限。"},
    "baseline_missing": {
        "en": "The baseline is not known; a grade that can be told without it takes it as not abnormal.",
        "zh": "基线情况不明；无需基线即可判定的级别按基线无异常计。",
    },
    "at_least": {
        "en": "The grade is at least this; what is missing could make it higher.",
        "zh": "级别至少如此；缺失的信息可能使级别更高。",
    },
    "symptoms_assumed": {
        "en": "The grade turns on symptoms or on a need for treatment that nobody recorded.",
        "zh": "级别取决于未记录的症状或治疗需要。",
    },
    "duration_missing": {
        "en": "It is not known whether the temperature stayed at 38.0 °C or more for over an hour.",
        "zh": "体温38.0 °C及以上是否持续超过1小时不明。",
    },
    "gap": {
        "en": "The value lies in a gap between two grades as printed; it counts as the worse of the two.",
        "zh": "数值位于标准文字两个级别之间的空隙，按较重级别计。",
    },
    "ungraded": {
        "en": "The criteria refer such a value to another term: acute kidney injury or chronic kidney disease.",
        "zh": "标准规定此类数值按其他术语报告：急性肾损伤或慢性肾病。",
    },
}
NOTES: tuple[str, ...] = tuple(REASONS)
"""The codes, in the order in which they are told."""
