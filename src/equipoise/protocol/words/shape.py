"""What a protocol is told about the shape of what stands in it: keys, languages, kinds of values: code to words."""

from equipoise.words import Words

__all__ = ["PHRASES", "WORDS"]

_BOTH_WHY = ("whatever a person reads stands in both languages", "供人阅读的文字须中英文齐备")
_ONE_OF_THESE = ("{near}Write one of these.", "{near}请写其中之一。")
_ALONE = (
    "A trial that is written in one language says so at the top: `languages: [{own}]`.",
    "仅以一种语言书写的试验应在文件开头写明：`languages: [{own}]`。",
)
_GIVEN = ("`{name}` is {given}", "`{name}`为{given}")

WORDS: dict[str, Words] = {
    "shape.unknown_key": Words(
        en=(
            "the key `{name}` is not known here",
            "a misspelled key would silently change nothing",
            "{near}The keys are: {keys}.",
        ),
        zh=("此处没有键`{name}`", "写错的键不会生效，也不会有任何提示", "{near}可用的键：{keys}。"),
    ),
    "shape.missing_language": Words(
        en=("the {language} text is missing", _BOTH_WHY[0], f"Add `{{name}}: ...`. {_ALONE[0]}"),
        zh=("缺少{language}文本", _BOTH_WHY[1], f"请补充`{{name}}: ...`。{_ALONE[1]}"),
    ),
    "shape.missing_language/alone": Words(
        en=("the text is missing", "the protocol is written in {language}", "Write the text plainly."),
        zh=("缺少文本", "方案以{language}书写", "请直接书写文本。"),
    ),
    "shape.not_both_languages": Words(
        en=(
            f"{_GIVEN[0]}; the {{language}} text is missing",
            _BOTH_WHY[0],
            f"Write `{{name}}: {{{{en: {{en}}, zh: {{zh}}}}}}`. {_ALONE[0]}",
        ),
        zh=(
            f"{_GIVEN[1]}；缺少{{language}}文本",
            _BOTH_WHY[1],
            f"请写作`{{name}}: {{{{en: {{en}}, zh: {{zh}}}}}}`。{_ALONE[1]}",
        ),
    ),
    "shape.not_both_languages/none": Words(
        en=(_GIVEN[0], _BOTH_WHY[0], "Write `{name}: {{en: ..., zh: ...}}`."),
        zh=(_GIVEN[1], _BOTH_WHY[1], "请写作`{name}: {{en: ..., zh: ...}}`。"),
    ),
    "shape.missing": Words(
        en=("`{name}` is missing", "it is required here", "Add `{name}: ...`."),
        zh=("缺少`{name}`", "此处必填", "请补充`{name}: ...`。"),
    ),
    "shape.missing/text": Words(
        en=("`{name}` is missing", "it is required here", "Add `{name}: ...` with `{{en: ..., zh: ...}}`."),
        zh=("缺少`{name}`", "此处必填", "请补充`{name}: ...`，写作`{{en: ..., zh: ...}}`。"),
    ),
    "shape.missing/keys": Words(
        en=("`{name}` is missing", "it is required here", "Add `{name}: ...` with {keys}."),
        zh=("缺少`{name}`", "此处必填", "请补充`{name}: ...`，含{keys}。"),
    ),
    "shape.missing/kind": Words(
        en=("`kind` is missing", "it says which kind of clause this is: {kinds}", "Add `kind: ...`."),
        zh=("缺少`kind`", "它说明条款的种类：{kinds}", "请补充`kind: ...`。"),
    ),
    "shape.empty": Words(
        en=("`{name}` is empty", "text is needed here", "Write it, or remove the key when it is optional."),
        zh=("`{name}`为空", "此处须为文本", "请填写；若为可选项，可删除该键。"),
    ),
    "shape.text_needed": Words(
        en=(
            _GIVEN[0],
            "text is needed here, and YAML reads this as something else",
            'Put it in quotes: `{name}: "{plain}"`.',
        ),
        zh=(_GIVEN[1], "此处须为文本，而YAML把它读作其他类型", '请加引号：`{name}: "{plain}"`。'),
    ),
    "shape.text_needed/line": Words(
        en=(_GIVEN[0], "one text is needed here", "Write one line of text."),
        zh=(_GIVEN[1], "此处须为一段文本", "请写成一行文本。"),
    ),
    "shape.identifier": Words(
        en=(
            "`{given}` is not a name that rules can use",
            "names are letters, digits and _, starting with a letter, at most 64 in all",
            "Write for example `{example}`.",
        ),
        zh=(
            "`{given}`不能用作规则中的名称",
            "名称由字母、数字和_组成，以字母开头，至多64个字符",
            "例如写作`{example}`。",
        ),
    ),
    "shape.too_long": Words(
        en=("`{name}` has {count} characters", "at most {most} are allowed", "Shorten it."),
        zh=("`{name}`有{count}个字符", "至多{most}个", "请缩短。"),
    ),
    "shape.unknown_choice": Words(
        en=(_GIVEN[0], "it is one of {choices}", _ONE_OF_THESE[0]),
        zh=(_GIVEN[1], "须为以下之一：{choices}", _ONE_OF_THESE[1]),
    ),
    "shape.unknown_choice/kind": Words(
        en=("the kind `{given}` is not known here", "the kinds are {choices}", _ONE_OF_THESE[0]),
        zh=("此处没有种类`{given}`", "种类包括{choices}", _ONE_OF_THESE[1]),
    ),
    "shape.list_needed": Words(
        en=(_GIVEN[0], "a list is needed here", "Write `[{element}]`."),
        zh=(_GIVEN[1], "此处须为列表", "请写作`[{element}]`。"),
    ),
    "shape.list_needed/lines": Words(
        en=(_GIVEN[0], "a list is needed here", "Write each element on a line of its own, beginning with `- `."),
        zh=(_GIVEN[1], "此处须为列表", "每个元素各占一行，以`- `开头。"),
    ),
    "shape.mapping_needed": Words(
        en=(_GIVEN[0], "a mapping is needed here", "Its keys are: {keys}."),
        zh=(_GIVEN[1], "此处须为映射", "可用的键：{keys}。"),
    ),
    "shape.mapping_needed/lines": Words(
        en=(_GIVEN[0], "a mapping is needed here", "Write `name: value` lines."),
        zh=(_GIVEN[1], "此处须为映射", "请按`name: value`逐行书写。"),
    ),
    "shape.number_needed": Words(
        en=(_GIVEN[0], "a number is needed here", "Write for example 4.5, without quotes."),
        zh=(_GIVEN[1], "此处须为数字", "例如写作4.5，不加引号。"),
    ),
    "shape.number_needed/whole": Words(
        en=(_GIVEN[0], "a whole number is needed here", "Write for example 4, without quotes."),
        zh=(_GIVEN[1], "此处须为整数", "例如写作4，不加引号。"),
    ),
    "shape.truth_needed": Words(
        en=(_GIVEN[0], "true or false is needed here", "Write true or false."),
        zh=(_GIVEN[1], "此处须为true或false", "请写true或false。"),
    ),
    "shape.out_of_bounds": Words(
        en=(_GIVEN[0], "it must be {bound}", "Correct the number."),
        zh=(_GIVEN[1], "须{bound}", "请更正该数字。"),
    ),
    "shape.too_few": Words(
        en=("`{name}` is empty", "at least {least} is needed", "Add one."),
        zh=("`{name}`为空", "至少须有{least}个", "请添加。"),
    ),
    "shape.too_few/many": Words(
        en=("`{name}` has too many elements", "at most {most} are allowed", "Remove the others."),
        zh=("`{name}`的元素过多", "至多{most}个", "请删除多余的元素。"),
    ),
    "shape.assumption_without_source": Words(
        en=(
            "an assumption without a source",
            "a reader must be able to see where the value comes from, or who judged it",
            "Add `source: ...`.",
        ),
        zh=("假设未注明来源", "读者须能看到该值取自何处或由谁判断", "请补充`source: ...`。"),
    ),
    "shape.not_consistent": Words(
        en=("`{name}` is not consistent", "{said}", "Correct it."),
        zh=("`{name}`前后矛盾", "{said}", "请更正。"),
    ),
    "shape.not_consistent/clause": Words(
        en=("the clause is not consistent", "{said}", "Correct it."),
        zh=("该条款前后矛盾", "{said}", "请更正。"),
    ),
    "shape.shape": Words(
        en=(_GIVEN[0], "something else belongs here ({kind})", "Correct it."),
        zh=(_GIVEN[1], "此处应为其他内容（{kind}）", "请更正。"),
    ),
}

PHRASES: dict[str, tuple[str, str]] = {
    "language.en": ("English", "英文"),
    "language.zh": ("Chinese", "中文"),
    "given.empty": ("empty", "空"),
    "given.truth": ("the truth value {value}", "真假值{value}"),
    "given.number": ("the number {value}", "数字{value}"),
    "given.text": ("the text {value}", "文本{value}"),
    "given.list": ("a list", "列表"),
    "given.mapping": ("a mapping", "映射"),
    "bound.greater_than": ("above {limit}", "大于{limit}"),
    "bound.greater_than_equal": ("at least {limit}", "不小于{limit}"),
    "bound.less_than": ("below {limit}", "小于{limit}"),
    "bound.less_than_equal": ("at most {limit}", "不大于{limit}"),
}
