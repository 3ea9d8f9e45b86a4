"""What a protocol is told about forms, their items, limits and checks: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "form.unused": Words(
        en=(
            "form `{form}` is used at no visit",
            "nobody will ever be asked to fill it in",
            "Name it at a visit, or remove it.",
        ),
        zh=("没有访视使用表单`{form}`", "不会有人被要求填写该表单", "请在访视中引用该表单，或将其删除。"),
    ),
    "codelist.unused": Words(
        en=(
            "codelist `{codelist}` is used by no item and no variable",
            "it may be a leftover or a misspelling",
            "Use it or remove it.",
        ),
        zh=("没有条目或变量使用代码表`{codelist}`", "可能是遗留内容或拼写错误", "请使用该代码表，或将其删除。"),
    ),
    "item.not_a_date": Words(
        en=(
            "`{item}` is not a date",
            "its type is {type}",
            "Name the item that says when the observation was made.",
        ),
        zh=("`{item}`不是日期", "其类型为{type}", "请引用记录观察日期的条目。"),
    ),
    "item.decimals": Words(
        en=(
            "an item of type {type} has decimals",
            "only decimal numbers have decimals",
            "Remove it, or use `type: decimal`.",
        ),
        zh=("类型为{type}的条目设有小数位数", "只有decimal类型的数字才有小数", "请删除，或改为`type: decimal`。"),
    ),
    "item.cdash": Words(
        en=(
            "an item of type {type} bears the CDASH name {cdash}",
            "it is the name of a date, by which births and deaths are found",
            "Correct `cdash`, or the type.",
        ),
        zh=(
            "类型为{type}的条目使用CDASH名称{cdash}",
            "该名称属于日期，系统据此识别出生与死亡日期",
            "请更正`cdash`或类型。",
        ),
    ),
    "unit.without_number": Words(
        en=(
            "an item of type {type} has the unit {unit}",
            "only numbers have units",
            "Remove the unit, or correct the type.",
        ),
        zh=("类型为{type}的条目设有单位{unit}", "只有数字才有单位", "请删除单位，或更正类型。"),
    ),
    "unit.without_number/variable": Words(
        en=(
            "a variable of type {type} has the unit {unit}",
            "only numbers have units",
            "Remove the unit, or correct the type.",
        ),
        zh=("类型为{type}的变量设有单位{unit}", "只有数字才有单位", "请删除单位，或更正类型。"),
    ),
    "unit.mismatch/limits": Words(
        en=(
            "the range is in {unit}",
            "the item is recorded in {item_unit}, and nothing is converted silently",
            "Give the limits in {item_unit}.",
        ),
        zh=("范围的单位为{unit}", "该条目以{item_unit}记录，系统不会自行换算", "请以{item_unit}给出限值。"),
    ),
    "unit.mismatch/limits_of_another_quantity": Words(
        en=(
            "the range is in {unit}",
            "the item is recorded in {item_unit}, which is another quantity",
            "Give the limits in {item_unit}.",
        ),
        zh=("范围的单位为{unit}", "该条目以{item_unit}记录，属于不同的物理量", "请以{item_unit}给出限值。"),
    ),
    "unit.mismatch/limits_alone": Words(
        en=(
            "the range is in {unit}",
            "the item itself has no unit",
            "Give the limits in the unit of the item, and name it there.",
        ),
        zh=("范围的单位为{unit}", "该条目本身没有单位", "请为该条目注明单位，并以该单位给出限值。"),
    ),
    "range.empty": Words(
        en=(
            "lower limit {low} is above upper limit {high}",
            "no value satisfies both",
            "Swap them, or remove one.",
        ),
        zh=("下限{low}高于上限{high}", "没有任何值能同时满足两者", "请互换，或删除其中之一。"),
    ),
    "range.empty/rows": Words(
        en=(
            "at most {most} rows, at least {least}",
            "no number of rows satisfies both",
            "Swap them, or remove one.",
        ),
        zh=("行数至多{most}，至少{least}", "没有任何行数能同时满足两者", "请互换，或删除其中之一。"),
    ),
    "impute.nothing": Words(
        en=(
            "`impute` of {item} says for no missing part what stands in for it",
            "nothing would be imputed",
            "Give `day`, `month` or both (first, middle, last), or leave `impute` out.",
        ),
        zh=(
            "{item}的`impute`没有说明任何缺失部分如何填补",
            "不会进行任何填补",
            "请给出`day`、`month`或两者（first、middle、last），或删去`impute`。",
        ),
    ),
    "impute.not_a_date": Words(
        en=("{name} bounds an imputed day and is of type {type}", "a bound is a day", "Name a date."),
        zh=("{name}用作填补日期的界限，其类型为{type}", "界限应为日期", "请使用日期。"),
    ),
    "impute.circle": Words(
        en=(
            "{name} bounds an imputed day and rests on {others}",
            "a bound cannot rest on a day that is bounded itself: neither would be known first",
            "Name a date without bounds of its own.",
        ),
        zh=(
            "{name}用作填补日期的界限，而它取决于{others}",
            "界限不能取决于自身也有界限的日期：两者都无法先行确定",
            "请使用自身没有界限的日期。",
        ),
    ),
    "item.computed_type": Words(
        en=(
            "an item of type {type} is computed",
            "a rule gives a plain {plain}: no part is missing and nothing is qualified",
            "Make the item of type {plain}.",
        ),
        zh=(
            "{type}类型的条目由规则计算",
            "规则给出的是普通的{plain}：没有缺失部分，也没有限定符",
            "请将条目类型改为{plain}。",
        ),
    ),
    "range.type": Words(
        en=(
            "an item of type {type} has a range",
            "only numbers and dates lie between limits",
            "Remove it; a codelist limits codes, a check limits text.",
        ),
        zh=("类型为{type}的条目设有范围", "只有数字与日期才有限值", "请删除；代码由代码表限定，文本由核查限定。"),
    ),
    "range.type/text": Words(
        en=('the limit is the text "{limit}"', "the item is {kind}", "Write the number without quotes."),
        zh=("限值是文本“{limit}”", "该条目为{kind}", "请写数字，不加引号。"),
    ),
    "range.type/whole": Words(
        en=("the limit is {limit!r}", "the item is a whole number", "Use a whole number."),
        zh=("限值为{limit!r}", "该条目为整数", "请使用整数。"),
    ),
    "range.open": Words(
        en=(
            "a range without limits",
            "it excludes nothing",
            "Give `min`, `max` or both, or remove it.",
        ),
        zh=("范围没有限值", "不排除任何值", "请给出`min`、`max`或两者，或删除该范围。"),
    ),
    "range.soft_outside_hard/low": Words(
        en=(
            "the soft lower limit is below the hard one",
            "such values are refused before anybody could confirm them",
            "Raise the soft limit, or lower the hard one.",
        ),
        zh=("软性下限低于硬性下限", "此类值在确认之前即被拒绝", "请提高软性下限，或降低硬性下限。"),
    ),
    "range.soft_outside_hard/high": Words(
        en=(
            "the soft upper limit is above the hard one",
            "such values are refused before anybody could confirm them",
            "Lower the soft limit, or raise the hard one.",
        ),
        zh=("软性上限高于硬性上限", "此类值在确认之前即被拒绝", "请降低软性上限，或提高硬性上限。"),
    ),
    "date.impossible/limit": Words(
        en=(
            "`{limit}` is not a date",
            "the calendar has no such day, or it is not written YYYY-MM-DD",
            "Write a day that exists, for example 2024-02-29.",
        ),
        zh=("`{limit}`不是日期", "日历中没有这一天，或未写作YYYY-MM-DD", "请填写实际存在的日期，例如2024-02-29。"),
    ),
    "rule.circle/item": Words(
        en=(
            "`{item}` decides about itself",
            "it must be answered before it is known whether it is asked",
            "Name the question that it depends on.",
        ),
        zh=("`{item}`由自身决定", "须先作答才能得知是否需要询问", "请引用其所依赖的问题。"),
    ),
    "check.two_groups": Words(
        en=(
            "the rule names items of the groups {groups}",
            "a check looks at one row at a time, and rows of two groups do not belong together",
            "Write one check for each group.",
        ),
        zh=(
            "规则引用了重复组{groups}的条目",
            "核查每次只针对一行，不同组的行不能合在一起",
            "请为每个组分别编写核查。",
        ),
    ),
    "check.tells_the_arm": Words(
        en=(
            "check `{check}` opens a query and rests on the arm",
            "its text never names the arm, but whoever reads it may conclude it from being asked",
            "Make it a soft check, or a rule that does not rest on the arm.",
        ),
        zh=(
            "核查`{check}`会发出质疑，且其结果依赖于组别",
            "质疑文本虽不写明组别，读者仍可能由此推断",
            "请改为软性核查，或改用不依赖于组别的规则。",
        ),
    ),
}
WORDS |= {
    "form.no_page": Words(
        en=(
            "form `{form}` can never be recorded",
            "no answers meet all of this together: {demands}",
            "Take back one of them.",
        ),
        zh=("表单`{form}`无法完成填写", "没有任何答案能同时满足：{demands}", "请取消其中之一。"),
    ),
    "form.no_answer": Words(
        en=(
            "the answer {answer} to `{item}` can never be recorded",
            "with it, no answers meet all of this together: {demands}",
            "Take back one of them, or the answer.",
        ),
        zh=(
            "`{item}`的答案{answer}永远无法记录",
            "选择该答案时，没有任何答案能同时满足：{demands}",
            "请取消其中之一，或删除该答案。",
        ),
    ),
    "form.no_answer/any": Words(
        en=(
            "no answer to `{item}` can ever be recorded",
            "with one, no answers meet all of this together: {demands}",
            "Take back one of them, or the question.",
        ),
        zh=(
            "`{item}`的任何答案都无法记录",
            "填写该项时，没有任何答案能同时满足：{demands}",
            "请取消其中之一，或删除该问题。",
        ),
    ),
    "form.no_state": Words(
        en=(
            "when {rule}, the form can never be recorded",
            "`{item}` is required there, and no answers meet all of this together: {demands}",
            "Take back one of them, or narrow `required_when`.",
        ),
        zh=(
            "当{rule}时，该表单永远无法记录",
            "此时`{item}`必填，而没有任何答案能同时满足：{demands}",
            "请取消其中之一，或缩小`required_when`的范围。",
        ),
    ),
    "check.soft_in_vain": Words(
        en=(
            "nobody can ever confirm the soft check `{check}`",
            "wherever it fails, this refuses the record: {demands}",
            "Remove it, or make the other soft.",
        ),
        zh=(
            "软性核查`{check}`永远无法确认",
            "凡其不成立之处，记录均被拒绝：{demands}",
            "请删除该核查，或将后者改为软性。",
        ),
    ),
    "check.remark_in_vain": Words(
        en=(
            "what makes `{item}` false is refused and offered for confirmation at once",
            "the medical rule asks to confirm `{remark}` with a reason, and this refuses the record: {demands}",
            "Remove the hard check, or let the medical rule refuse (its options say how).",
        ),
        zh=(
            "使`{item}`为假的同一问题既被拒绝又可说明理由确认",
            "医学规则允许说明理由确认`{remark}`，而记录被拒绝：{demands}",
            "请删除该硬性核查，或让医学规则直接拒绝（见其选项）。",
        ),
    ),
    "item.required_filled_in": Words(
        en=(
            "`{key}` asks for an answer to `{item}`, which nobody gives",
            "the item is computed, derived or advised; where what fills it in cannot be worked out, it stays empty",
            "Remove `{key}`.",
        ),
        zh=(
            "`{key}`要求填写`{item}`，而无人填写该条目",
            "该条目由计算、推导或建议得出；无法得出时保持为空",
            "请删去`{key}`。",
        ),
    ),
    "item.required_and_empty": Words(
        en=(
            "`{item}` cannot be left empty where `{other}` is {answer}",
            "the medical rule takes an empty answer there, and this asks for one: {demands}",
            "Give the item `required_when`, so that it may be empty there.",
        ),
        zh=(
            "`{other}`为{answer}时`{item}`无法留空",
            "此时医学规则接受空值，而以下要求必须填写：{demands}",
            "请为该条目设置`required_when`，使其此时可留空。",
        ),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "demand.shown": ("`{item}` is asked only when {rule}", "仅当{rule}时才询问`{item}`"),
    "demand.required": ("`{item}` is required", "`{item}`为必填项"),
    "demand.required_when": ("`{item}` is required when {rule}", "当{rule}时`{item}`必填"),
    "demand.check": ("the hard check `{check}`", "硬性核查`{check}`"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "kind.whole_number": ("a whole number", "整数"),
    "kind.number": ("a number", "数字"),
    "place.form": ("visit {visit}, where form {form} is first filled in", "首次填写表单{form}的访视{visit}"),
    "place.form_unused": ("form {form}, which is used at no visit", "表单{form}（未用于任何访视）"),
}
