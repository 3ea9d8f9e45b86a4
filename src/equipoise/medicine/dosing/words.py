"""What is remarked about a dose, in both languages."""

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "remark"]

_COMPARE = "Compare with the order and the infusion record.", "请与医嘱及输注记录核对。"
_WORDS = {
    "cycle_days": Words(
        (
            "the protocol plans doses on days {days} of a cycle of {every} days",
            "the cycle is shorter than its doses; it is taken as long enough for them",
            "Correct cycle_days or every_days in the protocol.",
        ),
        (
            "方案在{every}天的周期内计划第{days}天给药",
            "周期短于给药日，现按足够长度计算",
            "请更正方案中的cycle_days或every_days。",
        ),
    ),
    "dose_missing": Words(
        (
            "a dose was given, but not how much",
            "neither the cumulative dose nor its intensity can be worked out",
            "Enter the dose.",
        ),
        ("已给药但未记录剂量", "无法计算累积剂量及剂量强度", "请填写剂量。"),
    ),
    "dose_not_given": Words(
        ("{dose} mg are recorded for a dose that was not given", "one of the two is wrong", _COMPARE[0]),
        ("未给药却记录了剂量{dose} mg", "两者必有一误", _COMPARE[1]),
    ),
    "day_missing": Words(
        ("a dose was given, but not when", "delay and intensity cannot be worked out", "Enter the day."),
        ("已给药但未记录日期", "无法计算延迟天数及剂量强度", "请填写日期。"),
    ),
    "size_missing": Words(
        (
            "the dose in {unit} cannot be worked out",
            "the size of the body on that day is not known: {size}",
            "Enter it.",
        ),
        ("无法计算以{unit}计的剂量", "缺少当日数据：{size}", "请补充。"),
    ),
    "body_surface": Words(
        (
            "a body surface of {surface} m2: between 1.0 and 2.8 was expected of an adult",
            "every dose by it would be wrong",
            "Check height (cm) and weight (kg).",
        ),
        ("体表面积{surface} m2：成人预期在1.0至2.8之间", "据此计算的剂量都会出错", "请核对身高（cm）与体重（kg）。"),
    ),
    "per_unit": Words(
        (
            "{dose} mg is the planned dose per {size}, not for this body: about {expected} mg was expected",
            "the dose that was given to the patient is asked for",
            _COMPARE[0],
        ),
        (
            "{dose} mg是按{size}的计划剂量而非本例总量：预期约{expected} mg",
            "此处应填写患者实际接受的总剂量",
            _COMPARE[1],
        ),
    ),
    "above_maximum": Words(
        ("{dose} {unit} is above the maximum of {maximum} {unit}", "the protocol allows no more", _COMPARE[0]),
        ("{dose} {unit}超过最大剂量{maximum} {unit}", "方案不允许超过该剂量", _COMPARE[1]),
    ),
    "above_plan": Words(
        (
            "{percent} % of the planned dose: about {expected} {unit} was expected",
            "more was given than the protocol plans",
            _COMPARE[0],
        ),
        ("为计划剂量的{percent}%：预期约{expected} {unit}", "实际剂量高于方案计划", _COMPARE[1]),
    ),
    "cumulative_maximum": Words(
        (
            "{cumulative} {unit} in all is above the maximum of {maximum} {unit}",
            "the protocol allows no more in all",
            _COMPARE[0],
        ),
        ("累积剂量{cumulative} {unit}超过最大值{maximum} {unit}", "方案不允许超过该累积剂量", _COMPARE[1]),
    ),
    "reason_missing": Words(
        ("{status}, and no reason is given", "later nobody can tell toxicity from a holiday", "Enter the reason."),
        ("{status}，但未说明原因", "日后无法区分毒性反应与其他原因", "请填写原因。"),
    ),
    "out_of_order": Words(
        (
            "{day} is not after the dose before, of {before}",
            "doses are counted in the order of their days",
            "Correct one of the two days.",
        ),
        ("{day}不晚于上一次给药日{before}", "给药按日期先后计数", "请更正其中一个日期。"),
    ),
    "too_early": Words(
        (
            "{days} days before {planned}, the day planned",
            "the interval protects from cumulative toxicity",
            _COMPARE[0],
        ),
        ("较计划日{planned}提前{days}天", "给药间隔用于避免毒性叠加", _COMPARE[1]),
    ),
    "skipped": Words(
        (
            "{days} days after {planned}, the day planned: longer than a whole interval",
            "a dose may have been omitted without a record",
            "Record the omitted dose, with its reason, or confirm the delay.",
        ),
        (
            "较计划日{planned}晚{days}天，超过一个给药间隔",
            "可能有一次剂量被省略而未记录",
            "请补录被省略的剂量及原因，或确认确为延迟。",
        ),
    ),
    "beyond_plan": Words(
        (
            "dose {number} of {doses} planned",
            "the protocol plans no more",
            "Correct the number of the dose, or confirm.",
        ),
        ("第{number}次给药，而计划共{doses}次", "方案未计划更多剂量", "请更正给药次序，或确认。"),
    ),
    "number_twice": Words(
        ("dose {number} is already recorded", "each planned dose is recorded once", "Correct the number of the dose."),
        ("第{number}次剂量已有记录", "每次计划剂量只记录一次", "请更正给药次序。"),
    ),
}
TABLE = RemarkTable(
    "medicine.dosing",
    _WORDS,
    {
        "size_body_surface": ("body surface", "体表面积"),
        "size_weight": ("weight", "体重"),
        "size_gfr": ("clearance", "清除率"),
        "status_omitted": ("the dose was omitted", "该次剂量被省略"),
        "status_reduced": ("the dose was reduced", "剂量减少"),
        "status_delayed": ("the dose was delayed", "给药延迟"),
        "status_delayed_reduced": ("the dose was delayed and reduced", "给药延迟且剂量减少"),
    },
)
remark, phrase = TABLE.remark, TABLE.phrase
