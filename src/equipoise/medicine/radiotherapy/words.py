"""What is remarked about a course of radiotherapy, in both languages."""

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "remark"]

_COMPARE = "Compare with the treatment record.", "请与治疗记录核对。"
_WORDS = {
    "ends_before_start": Words(
        (
            "the last fraction ({end}) is before the first ({start})",
            "no course ends before it begins",
            "Correct one of the two days.",
        ),
        ("末次照射日（{end}）早于首次照射日（{start}）", "疗程不可能在开始前结束", "请更正其中一个日期。"),
    ),
    "centigray": Words(
        ("{dose} Gy looks like cGy: {gray} Gy was expected", "1 Gy is 100 cGy", _COMPARE[0]),
        ("{dose} Gy疑似以cGy填写：应为{gray} Gy", "1 Gy＝100 cGy", _COMPARE[1]),
    ),
    "dose_per_fraction": Words(
        ("{each} Gy a fraction: {planned} was prescribed", "dose, fractions or both may be wrong", _COMPARE[0]),
        ("单次剂量{each} Gy：处方为{planned} Gy", "总剂量或分割次数可能有误", _COMPARE[1]),
    ),
    "above_prescription": Words(
        (
            "{dose} Gy in {fractions} fractions is more than the {planned} Gy in {count} prescribed",
            "the protocol prescribes no more",
            _COMPARE[0],
        ),
        ("{fractions}次共{dose} Gy，超过处方{count}次{planned} Gy", "方案未规定更高剂量", _COMPARE[1]),
    ),
    "too_fast": Words(
        (
            "{fractions} fractions in {days} days are more than two on each",
            "days or the number of fractions are wrong",
            _COMPARE[0],
        ),
        ("{days}天内{fractions}次照射，平均每天超过两次", "日期或分割次数有误", _COMPARE[1]),
    ),
    "start_not_worked": Words(
        (
            "the first fraction, on {day}, falls on a day without treatment",
            "weekends and public holidays are not planned",
            _COMPARE[0],
        ),
        ("首次照射日{day}不是治疗日", "周末和法定节假日不安排照射", _COMPARE[1]),
    ),
    "calendar_ends": Words(
        (
            "the public holidays from {first} to {last} are not all known",
            "the planned overall time may be too short by some days",
            "The protocol can name them under `holidays`.",
        ),
        ("{first}至{last}的法定节假日安排尚不完全掌握", "计划总治疗时间可能少算数天", "可在方案的holidays中补充。"),
    ),
    "holiday_unreadable": Words(
        (
            "the protocol names {texts} as holidays or working days",
            "they are no dates",
            "Write them as 2027-02-06 or 2027-02-06/2027-02-12.",
        ),
        ("方案所列节假日或工作日{texts}不是日期", "无法识别", "请写作2027-02-06或2027-02-06/2027-02-12。"),
    ),
    "gap": Words(
        (
            "two fractions on {day}, {hours} hours apart",
            "at least {least} hours are needed for normal tissue to repair",
            _COMPARE[0],
        ),
        ("{day}两次照射仅间隔{hours}小时", "正常组织修复至少需要{least}小时", _COMPARE[1]),
    ),
    "gap_missing": Words(
        (
            "two fractions on {day}, and not how far apart",
            "at least {least} hours are needed for normal tissue to repair",
            "Enter the hours between them.",
        ),
        ("{day}两次照射，未记录间隔时间", "正常组织修复至少需要{least}小时", "请填写两次照射的间隔小时数。"),
    ),
    "many_a_day": Words(
        ("{fractions} fractions on {day}", "more than two a day are not given", _COMPARE[0]),
        ("{day}共{fractions}次照射", "每日不超过两次", _COMPARE[1]),
    ),
    "date_missing": Words(
        ("a fraction without a date", "overall time and missed days cannot be worked out", "Enter the day."),
        ("有一次照射缺少日期", "无法计算总治疗时间及漏照天数", "请填写日期。"),
    ),
    "out_of_order": Words(
        (
            "{day} stands after {before}",
            "fractions are recorded in the order of their days",
            "Correct the date, or move the row.",
        ),
        ("{day}排在{before}之后", "照射按日期先后记录", "请更正日期或调整行序。"),
    ),
    "missed_and_given": Words(
        ("a reason why {day} was missed, and a fraction given on it", "one of the two is wrong", _COMPARE[0]),
        ("{day}既填写漏照原因又记录了照射", "两者必有一误", _COMPARE[1]),
    ),
    "missed_without_reason": Words(
        (
            "no fraction on {days}, {count} planned days, and no reason",
            "later nobody can tell toxicity from a machine that stood still",
            "Add a row with the reason for each.",
        ),
        ("{days}共{count}个计划治疗日无照射且未说明原因", "日后无法区分毒性反应与设备故障", "请逐日补充原因。"),
    ),
}
TABLE = RemarkTable(
    "medicine.radiotherapy",
    _WORDS,
    {"and_more": ("{days} ...", "{days}等")},
    hard=("ends_before_start", "centigray"),
)
remark, phrase = TABLE.remark, TABLE.phrase
