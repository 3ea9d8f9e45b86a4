"""What is remarked about a body's size and its kidneys, in both languages."""

from __future__ import annotations

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "remark"]

_SIZE = "body surface, and every dose by it, follow from both", "体表面积以及据此计算的剂量均取决于身高和体重"
_MEASURE = "Measure again, or compare with the chart.", "请重新测量，或与病历核对。"
_RENAL = "renal function, and the doses by it, would be far off", "肾功能及据此决定的剂量将严重失真"
_REPORT = "Compare the unit with the report: 1 mg/dL is 88.4 umol/L.", "请与报告单位核对：1 mg/dL＝88.4 μmol/L。"

_WORDS = {
    "size/exchanged": Words(
        ("{height} cm and {weight} kg: the two look exchanged", _SIZE[0], _MEASURE[0]),
        ("身高{height} cm、体重{weight} kg：两者似乎填反", _SIZE[1], _MEASURE[1]),
    ),
    "size": Words(
        ("{weight} kg at {height} cm make a body-mass index of {index:.1f}: {slip}", _SIZE[0], _MEASURE[0]),
        ("身高{height} cm、体重{weight} kg，体重指数为{index:.1f}：{slip}", _SIZE[1], _MEASURE[1]),
    ),
    "height": Words(
        ("a height of {height} cm: {slip}", _SIZE[0], _MEASURE[0]),
        ("身高{height} cm：{slip}", _SIZE[1], _MEASURE[1]),
    ),
    "weight": Words(
        ("a weight of {weight} kg: {slip}", _SIZE[0], _MEASURE[0]),
        ("体重{weight} kg：{slip}", _SIZE[1], _MEASURE[1]),
    ),
    "creatinine_unit/high": Words(
        (
            (
                "a creatinine of {umol_l:.0f} umol/L ({mg_dl:.1f} mg/dL) is hardly survived;"
                " {mg_dl:.0f} umol/L may have been entered as mg/dL"
            ),
            _RENAL[0],
            _REPORT[0],
        ),
        (
            "肌酐{umol_l:.0f} μmol/L（{mg_dl:.1f} mg/dL）极为罕见；可能误将{mg_dl:.0f} μmol/L填作mg/dL",
            _RENAL[1],
            _REPORT[1],
        ),
    ),
    "creatinine_unit/none": Words(
        ("a creatinine of {umol_l} umol/L does not exist", _RENAL[0], _REPORT[0]),
        ("肌酐不可能为{umol_l} μmol/L", _RENAL[1], _REPORT[1]),
    ),
    "creatinine_unit/mg_dl": Words(
        (
            "a creatinine of {umol_l} umol/L looks like mg/dL: {umol_l} mg/dL are {meant:.0f} umol/L",
            _RENAL[0],
            _REPORT[0],
        ),
        ("肌酐{umol_l} μmol/L疑似以mg/dL填写：{umol_l} mg/dL＝{meant:.0f} μmol/L", _RENAL[1], _REPORT[1]),
    ),
    "creatinine_unit": Words(
        ("a creatinine of {umol_l} umol/L is very low: 25 to 1500 was expected", _RENAL[0], _REPORT[0]),
        ("肌酐{umol_l} μmol/L过低：预期在25至1500之间", _RENAL[1], _REPORT[1]),
    ),
    "age": Words(
        (
            "{formula} is not valid at {age} years",
            "it was made from adults",
            "Correct the date of birth, or measure the clearance.",
        ),
        ("{formula}不适用于{age}岁", "该公式由成人数据得出", "请更正出生日期，或实测清除率。"),
    ),
    "gfr_high": Words(
        (
            "the clearance is {gfr} mL/min, above 125",
            "a low creatinine overstates it, and with it the carboplatin dose",
            "Many centers cap it at 125 mL/min for this dose.",
        ),
        (
            "清除率为{gfr} mL/min，超过125",
            "低肌酐会高估清除率，从而高估卡铂剂量",
            "许多中心计算该剂量时以125 mL/min为上限。",
        ),
    ),
}

TABLE = RemarkTable(
    "medicine",
    _WORDS,
    {
        "meters": ("it looks like meters: {meant} cm was expected", "疑似以米填写：应为{meant} cm"),
        "millimeters": ("it looks like millimeters: {meant} cm was expected", "疑似以毫米填写：应为{meant} cm"),
        "feet": ("it looks like feet: about {meant:.0f} cm was expected", "疑似以英尺填写：约为{meant:.0f} cm"),
        "inches": ("it may be inches: {meant:.0f} cm was expected", "可能以英寸填写：应为{meant:.0f} cm"),
        "odd_height": ("between 120 and 220 cm was expected of an adult", "成人身高预期在120至220 cm之间"),
        "grams": ("it looks like grams: {meant} kg was expected", "疑似以克填写：应为{meant} kg"),
        "odd_weight": ("between 30 and 200 kg was expected of an adult", "成人体重预期在30至200 kg之间"),
        "jin_or_pounds": (
            "it is {jin} kg if it was read in jin, {pounds:.1f} kg if in pounds",
            "若单位为斤，应为{jin} kg；若为磅，应为{pounds:.1f} kg",
        ),
        "odd_index": ("between 13 and 45 was expected", "预期在13至45之间"),
    },
)
remark, phrase = TABLE.remark, TABLE.phrase
