"""What a protocol is told about arms, their regimens, factors and randomization: code to words."""

from equipoise.words import Words

_ONCE = ("once is enough", "一次即可")
_REMOVE_ONE = ("Remove one.", "请删除其一。")

WORDS: dict[str, Words] = {
    "arm.dose": Words(
        en=("the dose is {dose}", "a dose is positive", "Correct it."),
        zh=("剂量为{dose}", "剂量须为正", "请更正。"),
    ),
    "arm.dose/course": Words(
        en=("{gray} Gy in {fractions} fractions", "dose and fractions are positive", "Correct them."),
        zh=("{gray} Gy分{fractions}次", "剂量与次数须为正", "请更正。"),
    ),
    "arm.dose/fraction": Words(
        en=(
            "{gray} Gy per fraction",
            "no usual course has such fractions",
            "Look at dose and fractions again.",
        ),
        zh=("单次剂量{gray} Gy", "常规疗程不用此单次剂量", "请核对剂量与次数。"),
    ),
    "arm.dose/schedule": Words(
        en=("{weekly} fractions per week", "that is no schedule", "Usually 5."),
        zh=("每周{weekly}次", "不成其为放疗计划", "通常为5次。"),
    ),
    "arm.days": Words(
        en=(
            "{fractions} fractions in {days} days",
            "at {weekly} a week they take at least {needed} days",
            "Correct the days, the fractions, or the fractions per week.",
        ),
        zh=("{days}天内{fractions}次", "每周{weekly}次至少需{needed}天", "请更正天数、次数或每周次数。"),
    ),
    "arm.no_control": Words(
        en=("no arm is the control", "comparisons are made against it", "Give one arm `role: control`."),
        zh=("没有对照组", "比较须以对照组为参照", "请为其中一组写`role: control`。"),
    ),
    "randomization.arm_without_share": Words(
        en=(
            "arm `{arm}` has no share in the ratio",
            "nobody would be allocated to it",
            "Add `{arm}` to randomization.ratio, or remove the arm.",
        ),
        zh=(
            "随机比例中没有试验组`{arm}`",
            "不会有受试者分配到该组",
            "请将`{arm}`加入randomization.ratio，或删除该组。",
        ),
    ),
    "randomization.recorded_open": Words(
        en=(
            "the trial is double-blind, and its allocations are recorded as they were told",
            "whoever may read the ledger reads the arms",
            "Let the desk allocate, or record the arms only after the trial was unblinded.",
        ),
        zh=(
            "本试验为双盲，而分配结果按所告知者录入",
            "能读取账本者即能看到组别",
            "请由系统分配，或在揭盲之后再录入组别。",
        ),
    ),
    "randomization.many_strata": Words(
        en=(
            "{strata} strata for {participants} participants",
            "most blocks would stay unfilled, and the arms unbalanced",
            "Use fewer factors, or minimization.",
        ),
        zh=("{participants}名受试者分为{strata}层", "多数区组将填不满，各组不均衡", "请减少分层因素，或改用最小化法。"),
    ),
    "factor.unused": Words(
        en=(
            "factor `{factor}` stratifies nothing",
            "randomization.stratify_by does not name it",
            "Name it there, or remove it.",
        ),
        zh=("分层因素`{factor}`未用于分层", "randomization.stratify_by未列出", "请在该处列出，或删除。"),
    ),
    "factor.type": Words(
        en=(
            "`{factor}` is of type {type}",
            "strata are made of codes, truth values, whole numbers or text",
            "Define a variable that puts it into classes.",
        ),
        zh=("`{factor}`的类型为{type}", "分层依据代码、真假值、整数或文本", "请定义将其归类的变量。"),
    ),
    "factor.levels": Words(
        en=(
            "factor `{factor}` has no levels",
            "`{factor}` is of type {type}, whose values are not listed anywhere",
            "List `levels: [...]`.",
        ),
        zh=("分层因素`{factor}`没有水平", "`{factor}`的类型为{type}，其取值未在任何处列出", "请列出`levels: [...]`。"),
    ),
    "factor.one_level": Words(
        en=("factor `{factor}` has one level", "it divides nobody", "List its other levels, or remove it."),
        zh=("分层因素`{factor}`只有一个水平", "起不到分层作用", "请列出其他水平，或删除。"),
    ),
    "rule.not_yet_recorded/factor": Words(
        en=(
            "factor `{factor}` cannot be used for randomization",
            "{why}",
            "Use what is recorded by then, or define a variable with `pick`.",
        ),
        zh=("分层因素`{factor}`不能用于随机", "{why}", "请使用届时已录入的数据，或以`pick`定义变量。"),
    ),
    "rule.unknown_code/level": Words(
        en=(
            "'{level}' is not a value of `{factor}`",
            "nobody could be in that stratum",
            "The values are: {values}.",
        ),
        zh=("'{level}'不是`{factor}`的取值", "该层不会有受试者", "可取的值：{values}。"),
    ),
    "name.duplicate/factor": Words(
        en=("factor `{factor}` is named twice", _ONCE[0], _REMOVE_ONE[0]),
        zh=("分层因素`{factor}`列出两次", _ONCE[1], _REMOVE_ONE[1]),
    ),
    "name.duplicate/level": Words(
        en=("level '{level}' is listed twice", _ONCE[0], _REMOVE_ONE[0]),
        zh=("水平'{level}'列出两次", _ONCE[1], _REMOVE_ONE[1]),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
