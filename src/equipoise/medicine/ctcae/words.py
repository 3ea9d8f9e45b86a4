"""What may have to be said about a grade, each by a code, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["NOTES", "REASONS", "TABLE"]

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

_WORDS = {
    "not_in_version": Words(
        (
            "{term} is not graded from a number by this edition of CTCAE",
            "the editions differ in which terms have limits",
            "Grade it as an adverse event.",
        ),
        ("此版CTCAE不能仅凭数值对“{term}”分级", "不同版本设有数值界限的术语不同", "请按不良事件人工分级。"),
    ),
    "value_invalid": Words(
        (
            "the result {value} {unit} is not possible",
            "no laboratory measures less than nothing",
            "Correct the result.",
        ),
        ("结果{value} {unit}不可能出现", "实验室结果不会小于零", "请更正该结果。"),
    ),
    "unit_missing": Words(
        (
            "the result {value} has no unit",
            "the limits of {term} are stated in units, and another unit is another grade",
            "Give the unit that stands in the report.",
        ),
        ("结果{value}缺少单位", "“{term}”的界值带有单位，单位不同则级别不同", "请填写报告单上的单位。"),
    ),
    "unit_unknown": Words(
        (
            "the unit {unit} is not known",
            "{term} cannot be graded without it",
            "Write it as in the report, for example g/L or 10*9/L.",
        ),
        ("单位{unit}无法识别", "因此无法对“{term}”分级", "请按报告单填写，例如g/L或10*9/L。"),
    ),
    "unit_mismatch": Words(
        (
            "the unit {unit} does not fit {term}",
            "it measures something else than the limits are stated in",
            "Correct the unit, or the test that was chosen.",
        ),
        ("单位{unit}与“{term}”不符", "该单位与分级界值的单位不可换算", "请更正单位或所选检查项目。"),
    ),
    "limits_invalid": Words(
        (
            "the limits of normal are inverted or not positive",
            "the lower limit lies below the upper one; {term} was judged without them",
            "Exchange or correct the two limits.",
        ),
        ("正常值范围上下限颠倒或不是正数", "下限应低于上限；判定“{term}”时未采用该范围", "请对调或更正两个界限。"),
    ),
    "baseline_invalid": Words(
        (
            "the baseline is not positive",
            "nothing can be a multiple of it; {term} was judged without it",
            "Correct the baseline result.",
        ),
        ("基线值不是正数", "无法以其倍数判定；判定“{term}”时未采用该值", "请更正基线结果。"),
    ),
    "lln_missing": Words(
        (
            "the lower limit of normal is missing",
            "whether {term} has begun, or how severe it is, depends on it",
            "Enter the laboratory's range for this result.",
        ),
        ("缺少正常值下限", "“{term}”是否出现及其级别取决于该界限", "请录入该结果的实验室正常值范围。"),
    ),
    "uln_missing": Words(
        (
            "the upper limit of normal is missing",
            "whether {term} has begun, or how severe it is, depends on it",
            "Enter the laboratory's range for this result.",
        ),
        ("缺少正常值上限", "“{term}”是否出现及其级别取决于该界限", "请录入该结果的实验室正常值范围。"),
    ),
    "baseline_missing": Words(
        (
            "there is no baseline result with its limits of normal",
            "{term} is graded by multiples of the baseline when that was abnormal; it was taken as not abnormal",
            "Record the result before treatment, or confirm that there is none.",
        ),
        (
            "缺少基线结果及其正常值范围",
            "基线异常时“{term}”按基线倍数分级；现按基线无异常处理",
            "请补录治疗前结果，或确认没有该结果。",
        ),
    ),
    "at_least": Words(
        (
            "{term} has at least the grade shown",
            "what is missing could make it higher",
            "Supply what is missing, or confirm the grade.",
        ),
        ("“{term}”至少为所示级别", "缺失的信息可能使级别更高", "请补充缺失信息，或确认该级别。"),
    ),
    "symptoms_assumed": Words(
        (
            "the grade of {term} at {value} {unit} turns on symptoms or a need for treatment, and neither was recorded",
            "two grades share these values",
            "Record whether there were symptoms or treatment was needed, or confirm the grade.",
        ),
        (
            "{value} {unit}时“{term}”的级别取决于症状或治疗需要，但两者均未记录",
            "两个级别的数值范围相同",
            "请记录有无症状或是否需要治疗，或确认该级别。",
        ),
    ),
    "gap": Words(
        (
            "{value} {unit} lies in a gap between two grades of {term} as printed",
            "CTCAE names whole numbers only; the worse of the two was taken",
            "Confirm the grade, or correct the result.",
        ),
        (
            "{value} {unit}位于“{term}”标准文字两个级别之间的空隙",
            "CTCAE仅列出整数；现取较重的级别",
            "请确认该级别，或更正结果。",
        ),
    ),
    "ungraded": Words(
        (
            "{value} {unit} has no grade under {term}",
            "CTCAE refers it to acute kidney injury or chronic kidney disease",
            "Report one of these as an adverse event.",
        ),
        (
            "{value} {unit}在“{term}”下无级别",
            "CTCAE规定按急性肾损伤或慢性肾病报告",
            "请将其中之一作为不良事件报告。",
        ),
    ),
    "duration_missing": Words(
        (
            "{value} {unit} is febrile neutropenia only when it lasts for over an hour, and that is not recorded",
            "one temperature counts above 38.3 °C, a lasting one from 38.0 °C",
            "Record whether the temperature lasted.",
        ),
        (
            "体温{value} {unit}仅在持续超过1小时时才属发热性中性粒细胞减少，但持续情况未记录",
            "单次体温须高于38.3 °C，持续体温自38.0 °C起算",
            "请记录体温是否持续。",
        ),
    ),
    "grade_not_possible": Words(
        ("{term} has no grade {value} in CTCAE", "its grades are {listed}", "Choose one of these, or another term."),
        ("CTCAE中“{term}”无{value}级", "其级别为{listed}", "请选择其中之一，或改用其他术语。"),
    ),
    "weight_baseline_missing": Words(
        (
            "there is no weight from before treatment",
            "weight loss is graded in percent of it",
            "Record the weight at the baseline visit.",
        ),
        ("缺少治疗前体重", "体重下降按其百分比分级", "请补录基线访视的体重。"),
    ),
}
TABLE = RemarkTable("medicine.ctcae", _WORDS, hard=("value_invalid",))
"""The same notes as remarks to a site."""
