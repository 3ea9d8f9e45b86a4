"""What EBV DNA says when something does not fit."""

from __future__ import annotations

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "remark"]

_OF_A_RESULT = {
    "negative_value": Words(
        (
            "the EBV DNA is {value}, below 0",
            "no concentration is negative; 0 stands for below detection",
            "Give the reported value, or 0 when not detected.",
        ),
        ("EBV DNA为{value}，小于0", "浓度不可能为负；0表示低于检测下限", "请填写报告值；未检出填0。"),
    ),
    "unit_missing": Words(
        (
            "the EBV DNA {value} has no unit",
            "copies/mL and IU/mL differ by the assay's own factor",
            "Give the unit of the laboratory report.",
        ),
        ("EBV DNA {value}没有单位", "拷贝/mL与IU/mL之间的换算系数因检测方法而异", "请填写检验报告上的单位。"),
    ),
    "factor_missing": Words(
        (
            "the result is in IU/mL and the assay's copies per IU are not given",
            "without that factor there is no value in copies/mL",
            "Ask the laboratory for the factor from its validation, or give the result in copies/mL.",
        ),
        (
            "结果以IU/mL报告，但未提供该方法每IU对应的拷贝数",
            "没有该系数无法换算为拷贝/mL",
            "请向实验室索取其验证所得系数，或以拷贝/mL填写结果。",
        ),
    ),
    "lod_missing": Words(
        (
            "the limit of detection is not given",
            "whether EBV DNA is above 0 depends on it",
            "Give the limit of detection from the laboratory's report or validation, in the unit of the result.",
        ),
        ("未提供检测下限", "EBV DNA是否大于0取决于检测下限", "请依据检验报告或方法验证填写检测下限（与结果同单位）。"),
    ),
    "limits_implausible": Words(
        (
            "the limits of detection {lod} and of quantification {loq} do not go together",
            "both are above 0, and nothing is quantified below the limit of detection",
            "Give both limits in the unit of the result.",
        ),
        (
            "检测下限{lod}与定量下限{loq}不相符",
            "二者均应大于0，且定量下限不低于检测下限",
            "请以结果的单位填写两个下限。",
        ),
    ),
    "below_lod_though_detected": Words(
        (
            "EBV DNA is called detected at {value}, below the limit of detection of {lod}",
            "such a number is detected in some runs and not in others, and it may decide on treatment",
            "Ask the laboratory whether the sample counts as detected; if not, enter not detected and 0.",
        ),
        (
            "EBV DNA判为检出，但结果{value}低于检测下限{lod}",
            "该水平时有检出、时无检出，而结果可能决定治疗",
            "请向实验室确认是否判为检出；若否，请填写未检出并填0。",
        ),
    ),
    "value_though_not_detected": Words(
        (
            "EBV DNA is called not detected with a result of {value}",
            "not detected goes with 0, or with a number below the limit of detection",
            "Correct one of the two from the laboratory report.",
        ),
        ("EBV DNA判为未检出，结果却为{value}", "未检出时结果应为0，或低于检测下限", "请依据检验报告更正其中之一。"),
    ),
    "zero_though_detected": Words(
        (
            "EBV DNA is called detected with a result of 0",
            "0 stands for below the detection of the assay",
            (
                "Correct one of the two from the laboratory report; leave the result empty where it was detected but"
                " not"
                " quantified."
            ),
        ),
        (
            "EBV DNA判为检出，结果却为0",
            "0表示低于该方法的检测下限",
            "请依据检验报告更正其中之一；检出但未定量时结果请留空。",
        ),
    ),
    "detection_not_said": Words(
        (
            "a result of {value} without a statement whether EBV DNA was detected",
            "below the limit of detection, or without it, the number alone does not tell",
            "Say whether the laboratory calls the sample detected, and give the limit of detection.",
        ),
        (
            "结果为{value}，但未说明是否检出",
            "结果低于检测下限或缺少检测下限时，仅凭数值无法判断",
            "请说明实验室是否判为检出，并填写检测下限。",
        ),
    ),
    "ct_implausible": Words(
        (
            "the cycle threshold is {ct}",
            "a signal usually crosses the threshold between cycle {low} and {high}",
            "Give the Ct from the run, or leave it empty when there was no signal.",
        ),
        ("循环阈值（Ct）为{ct}", "信号通常在第{low}至{high}循环之间达到阈值", "请填写该次检测的Ct；无信号时请留空。"),
    ),
    "ct_though_not_detected": Words(
        (
            "a cycle threshold of {ct} although EBV DNA is called not detected",
            "without a signal there is no cycle threshold",
            "Clear the Ct, or correct whether EBV DNA was detected.",
        ),
        ("EBV DNA判为未检出，却有循环阈值（Ct）{ct}", "无信号则无循环阈值", "请清除Ct，或更正是否检出。"),
    ),
    "few_copies_per_reaction": Words(
        (
            "EBV DNA is called detected with {copies} copies per reaction",
            (
                "from {least} copies per reaction on, results of different centres agreed; fewer may be chance (Le et"
                " al."
                " 2013)"
            ),
            "Ask the laboratory to repeat the sample, or confirm the result.",
        ),
        (
            "EBV DNA判为检出，但每反应仅{copies}拷贝",
            "每反应达到{least}拷贝时各中心结果方一致，更少则可能出于偶然（Le等，2013）",
            "请实验室复测该样本，或确认结果。",
        ),
    ),
    "volumes_missing": Words(
        (
            "copies per reaction are given without all three volumes (eluted DNA, DNA in the reaction, plasma)",
            "copies/mL = copies per reaction x eluted / in the reaction / plasma",
            "Give the volumes, or the concentration that the laboratory reported.",
        ),
        (
            "已填每反应拷贝数，但洗脱体积、加样体积、血浆体积不全",
            "拷贝/mL＝每反应拷贝数×洗脱体积÷加样体积÷血浆体积",
            "请补全体积，或填写实验室报告的浓度。",
        ),
    ),
    "reaction_disagrees": Words(
        (
            "the report says {value} copies/mL, the copies per reaction and the volumes {computed}",
            "both are of the same sample and should agree within {percent} percent",
            "Correct the value, the copies per reaction or a volume.",
        ),
        (
            "报告值为{value}拷贝/mL，而由每反应拷贝数及体积算得{computed}",
            "二者出自同一样本，相差不应超过{percent}%",
            "请更正结果、每反应拷贝数或体积。",
        ),
    ),
}

_OF_A_SERIES = {
    "assay_changed": Words(
        (
            "{what} differs from the sample of {day}",
            (
                "results of two laboratories or assays are not interchangeable: agreement with an index laboratory was"
                " 0.59 to 0.70 (intraclass correlation) before, and 0.83 to 0.96 after harmonization (Le et al., Clin"
                " Cancer Res 2013; 19: 2208)"
            ),
            "Have both samples measured by the same assay, or confirm that the series goes on with another.",
        ),
        (
            "{what}与{day}的样本不同",
            (
                "不同实验室或方法的结果不可互换：统一校准品前与参照实验室的组内相关系数为0.59至0.70，"
                "统一后为0.83至0.96（Le等，Clin Cancer Res 2013; 19: 2208）"
            ),
            "请用同一方法重测两份样本，或确认此后改用其他方法。",
        ),
    ),
    "baseline_negative": Words(
        (
            "EBV DNA was below {threshold} before treatment",
            "for this participant no later result can show clearance",
            "Confirm that the sample was sound.",
        ),
        ("治疗前EBV DNA低于{threshold}", "对该受试者而言，以后的结果不能说明清除", "请确认样本可靠。"),
    ),
    "appeared": Words(
        (
            "EBV DNA is detectable although it was not before treatment",
            "it may be a sign of disease, of another assay or of a contaminated sample",
            "Repeat the sample by the assay of the first one.",
        ),
        ("治疗前未检出EBV DNA，现可检出", "可能提示疾病，也可能因方法不同或样本污染所致", "请用首次的方法复测。"),
    ),
    "baseline_missing": Words(
        (
            "no known EBV DNA before treatment",
            "without it nobody can say whether EBV DNA cleared",
            "Record the sample before treatment when there is one; stored plasma may still be measured.",
        ),
        ("缺少治疗前已知的EBV DNA结果", "没有基线无法判断是否清除", "若有治疗前样本请予补录；留存血浆仍可检测。"),
    ),
    "reappeared": Words(
        (
            "EBV DNA is back after it had cleared on {day}",
            "a rebound may go before a recurrence that imaging does not show yet",
            "Repeat the sample, and look for recurrence as the protocol says.",
        ),
        ("EBV DNA曾于{day}清除，现再度检出", "反弹可早于影像学复发", "请复测，并按方案排查复发。"),
    ),
}

TABLE = RemarkTable(
    "medicine.ebv_dna",
    _OF_A_RESULT | _OF_A_SERIES,
    {
        "laboratory": ("laboratory", "实验室"),
        "assay": ("assay", "检测方法"),
        "target": ("target", "靶序列"),
        "unit": ("unit", "单位"),
        "detection": ("detection", "检测下限"),
        "threshold": ("{least} copies/mL", "{least}拷贝/mL"),
    },
    hard=("negative_value",),
)
remark, phrase = TABLE.remark, TABLE.phrase
