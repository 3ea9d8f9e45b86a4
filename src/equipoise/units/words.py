"""What has no unit, cannot be converted, or is no day, in both languages."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "refuse"]

_TWO_PATIENTS = (
    "88 umol/L and 88 mg/dL of creatinine are two different patients, and nobody can tell them apart afterwards"
)

TABLE = Table(
    "units",
    {
        "units.day_zero": Words(
            en=(
                "there is no study day 0",
                "the reference date is day 1 and the day before it is day -1",
                "Use 1 or -1.",
            ),
            zh=("没有第0研究日", "参考日期为第1日，其前一日为第-1日", "请使用1或-1。"),
        ),
        "units.before_birth": Words(
            en=(
                "{day} is before the birth date {birth}",
                "nobody has a negative age",
                "Correct one of the two dates.",
            ),
            zh=("{day}早于出生日期{birth}", "年龄不能为负", "请更正其中一个日期。"),
        ),
        "units.missing": Words(
            en=(
                "the value has no unit",
                _TWO_PATIENTS,
                "Give the unit that stands in the report.",
            ),
            zh=(
                "该值没有单位",
                "肌酐88 umol/L与88 mg/dL是两名不同的患者，事后无从分辨",
                "请给出报告单上的单位。",
            ),
        ),
        "units.unknown": Words(
            en=(
                "the unit {unit!r} is not known",
                "a value without a known unit has no meaning",
                "Use a unit of the registry in UCUM's spelling, for example mg/dL, 10*9/L or d.",
            ),
            zh=(
                "单位{unit!r}未知",
                "单位不明的值没有意义",
                "请使用单位表中的单位，按 UCUM 写法，例如 mg/dL、10*9/L 或 d。",
            ),
        ),
        "units.not_finite": Words(
            en=("{value} is not a finite number", "it cannot be converted", "Record it as missing."),
            zh=("{value}不是有限数值", "无法换算", "请记为缺失。"),
        ),
        "units.assay": Words(
            en=(
                "{asked} needs the factor of the assay",
                "how many copies make one international unit differs between assays",
                "Give copies_per_iu from the laboratory's validation, or keep the unit of the report.",
            ),
            zh=(
                "{asked}需要该检测方法的系数",
                "每国际单位相当于多少拷贝因检测方法而异",
                "请给出实验室验证所得的 copies_per_iu，或保留报告单上的单位。",
            ),
        ),
        "units.quantity": Words(
            en=("{asked} is not possible", "one measures {one}, the other {other}", "Correct one of the two units."),
            zh=("无法将{asked}", "前者度量{one}，后者度量{other}", "请更正其中一个单位。"),
        ),
        "units.analyte": Words(
            en=(
                "{asked} needs to know what is measured ({analyte})",
                "the factor depends on the molar mass, and for equivalents on the charge",
                "Name one of: {able}.",
            ),
            zh=(
                "{asked}需要知道所测物质（{analyte}）",
                "系数取决于摩尔质量，当量还取决于电荷",
                "请指定其中之一：{able}。",
            ),
        ),
    },
    {
        "to": ("{one} to {other}", "{one}换算为{other}"),
        "no_analyte": ("no analyte given", "未指定"),
        # What the units measure, by its name in the registry.
        "mass": ("mass", "质量"),
        "length": ("length", "长度"),
        "area": ("area", "面积"),
        "volume": ("volume", "体积"),
        "time": ("time", "时间"),
        "mass concentration": ("mass concentration", "质量浓度"),
        "substance concentration": ("substance concentration", "物质的量浓度"),
        "equivalent concentration": ("equivalent concentration", "当量浓度"),
        "number concentration": ("number concentration", "数目浓度"),
        "catalytic concentration": ("catalytic concentration", "催化活性浓度"),
        "arbitrary concentration": ("arbitrary concentration", "任意单位浓度"),
        "copy concentration": ("copy concentration", "拷贝数浓度"),
        "flow": ("flow", "流量"),
        "flow by body surface": ("flow by body surface", "按体表面积的流量"),
        "body mass index": ("body mass index", "体重指数"),
        "dose by body surface": ("dose by body surface", "按体表面积的剂量"),
        "dose by body mass": ("dose by body mass", "按体重的剂量"),
        "area under the curve": ("area under the curve", "曲线下面积"),
        "absorbed dose": ("absorbed dose", "吸收剂量"),
        "biologically effective dose": ("biologically effective dose", "生物有效剂量"),
        "fraction": ("fraction", "分数"),
        "frequency": ("frequency", "频率"),
        "excretion": ("excretion", "排泄量"),
        "mass ratio": ("mass ratio", "质量比"),
        "pressure": ("pressure", "压力"),
        "temperature": ("temperature", "温度"),
        "loudness": ("loudness", "响度"),
        "electric potential": ("electric potential", "电位"),
        "mass rate": ("mass rate", "质量速率"),
    },
)
phrase, refuse = TABLE.phrase, TABLE.refuse
