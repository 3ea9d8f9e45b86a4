"""What a protocol is told about the distributions of a scenario: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "scenario.derived": Words(
        en=(
            "`{item}` is to be drawn",
            "it follows from other items by a rule, so that nobody enters it",
            "Leave it out; describe the items that it rests on.",
        ),
        zh=("`{item}`被设为随机抽取", "该条目由规则从其他条目得出，无人填写", "请删除，并描述其所依据的条目。"),
    ),
    "rule.unknown_code/drawn": Words(
        en=(
            "'{code}' is not a code of `{item}`",
            "its codelist does not define it",
            "The codes are: {codes}.",
        ),
        zh=("'{code}'不是`{item}`的代码", "其代码表未定义该代码", "可用代码：{codes}。"),
    ),
    "scenario.missing": Words(
        en=(
            "`{item}` is to be left empty sometimes",
            "it is required, so that the record would be refused",
            "Make it `required: false`, or remove `missing`.",
        ),
        zh=("`{item}`有时将留空", "该条目为必填，记录将被拒绝", "请设为`required: false`，或删除`missing`。"),
    ),
    "scenario.type/numbers": Words(
        en=(
            "numbers are drawn for `{item}`",
            "it is of type {type}",
            "Use choice, value, days_after or rule.",
        ),
        zh=("为`{item}`抽取的是数字", "该条目的类型为{type}", "请使用choice、value、days_after或rule。"),
    ),
    "scenario.type/date": Words(
        en=("a date is drawn for `{item}`", "it is of type {type}", "Use another distribution."),
        zh=("为`{item}`抽取的是日期", "该条目的类型为{type}", "请使用其他分布。"),
    ),
    "scenario.type/truth": Words(
        en=("true or false is drawn for `{item}`", "it is of type {type}", "Use choice_by or rule."),
        zh=("为`{item}`抽取的是true或false", "该条目的类型为{type}", "请使用choice_by或rule。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
