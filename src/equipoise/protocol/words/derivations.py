"""What a protocol is told about derivations: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "derivation.group": Words(
        en=(
            "`{method}` is made for each row of {group}",
            "it looks at whole records, and rows of two records do not belong together",
            "Leave `group` out, or choose a rule for single values.",
        ),
        zh=(
            "`{method}`被要求按{group}逐行推导",
            "该规则针对整条记录，不同记录的行不能合在一起",
            "请删除`group`，或选择针对单个值的规则。",
        ),
    ),
    "derivation.version": Words(
        en=(
            "`{method}` is asked for without a version",
            "its versions differ: {versions}",
            "Name the version that this trial uses.",
        ),
        zh=("`{method}`未指定版本", "各版本之间有差异：{versions}", "请指定本试验采用的版本。"),
    ),
    "derivation.version/unknown": Words(
        en=("`{method}` has no version {version}", "its versions are {versions}", "Name one of them."),
        zh=("`{method}`没有版本{version}", "其版本为{versions}", "请指定其中之一。"),
    ),
    "derivation.version/none": Words(
        en=("`{method}` has no version {version}", "it has no versions", "Leave `version` out."),
        zh=("`{method}`没有版本{version}", "该规则不分版本", "请删除`version`。"),
    ),
    "derivation.many": Words(
        en=(
            "`{item}` has no single value here",
            "it stands in the repeating group {group} and can have many values",
            "Name a single item, or make the derivation for each row (`group`).",
        ),
        zh=(
            "`{item}`在此处没有唯一值",
            "该条目位于重复组{group}，可有多个值",
            "请引用单值条目，或逐行推导（`group`）。",
        ),
    ),
    "derivation.option": Words(
        en=("`{option}` is {value!r}", "{fault}", "It says {meaning}."),
        zh=("`{option}`为{value!r}", "{fault}", "其含义：{meaning}。"),
    ),
    "derivation.lacks": Words(
        en=("`{method}` lacks {names}", "{meanings}", "Name them under `{key}`."),
        zh=("`{method}`缺少{names}", "{meanings}", "请在`{key}`中指定。"),
    ),
    "derivation.lacks/options": Words(
        en=("`{method}` lacks the options {names}", "{meanings}", "Give them under `options`."),
        zh=("`{method}`缺少选项{names}", "{meanings}", "请在`options`中给出。"),
    ),
    "derivation.twice": Words(
        en=(
            "`{item}` is filled in twice",
            "{other} fills it in as well",
            "Keep one of the two, or give the other an item of its own.",
        ),
        zh=("`{item}`被重复填写", "{other}也填写该条目", "请保留其中之一，或为另一个指定单独的条目。"),
    ),
    "derivation.type": Words(
        en=("`{item}` is of type {type}", "`{port}` gives {gives}", "Declare the item with `type: {gives}`."),
        zh=("`{item}`的类型为{type}", "`{port}`给出的是{gives}", "请将该条目声明为`type: {gives}`。"),
    ),
    "derivation.type/input": Words(
        en=("`{name}` is of type {type}", "`{port}` takes {takes}: {meaning}", "Name another item."),
        zh=("`{name}`的类型为{type}", "`{port}`须为{takes}：{meaning}", "请引用其他条目。"),
    ),
    "derivation.codes": Words(
        en=(
            "`{item}` cannot hold {strange}",
            "`{port}` gives {codes}",
            "Add the codes to the codelist {codelist}.",
        ),
        zh=("`{item}`无法保存{strange}", "`{port}`给出的代码为{codes}", "请将这些代码加入代码表{codelist}。"),
    ),
    "derivation.codes/input": Words(
        en=("`{name}` may be {strange}", "`{port}` takes {codes}", "Give the codelist the codes of the rule."),
        zh=("`{name}`可能为{strange}", "`{port}`接受的代码为{codes}", "请使代码表与规则的代码一致。"),
    ),
    "unit.mismatch/without": Words(
        en=("`{name}` has no unit", "`{port}` is in {asked}", "Give the item its unit."),
        zh=("`{name}`没有单位", "`{port}`的单位为{asked}", "请为该条目注明单位。"),
    ),
    "unit.mismatch/pure": Words(
        en=("`{name}` is in {unit}", "`{port}` is a pure number", "Name another item."),
        zh=("`{name}`的单位为{unit}", "`{port}`为纯数字", "请引用其他条目。"),
    ),
    "unit.mismatch/quantity": Words(
        en=(
            "`{name}` is in {unit}",
            "`{port}` is in {asked}: {fault}",
            "Give the item a unit of the same quantity.",
        ),
        zh=("`{name}`的单位为{unit}", "`{port}`的单位为{asked}：{fault}", "请为该条目选用同一物理量的单位。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "meaning": ("{name}: {meaning}", "{name}：{meaning}"),
    "filled.rule": ("a rule of its own", "该条目自身的规则"),
    "filled.derivation": ("derivation {derivation}", "推导{derivation}"),
    "option.integer": ("a whole number is asked for", "须为整数"),
    "option.decimal": ("a number is asked for", "须为数字"),
    "option.boolean": ("true or false is asked for", "须为true或false"),
    "option.text": ("a text is asked for", "须为文本"),
    "option.texts": ("a list of texts is asked for", "须为文本列表"),
    "option.codes": ("it is one of {codes}", "须为以下之一：{codes}"),
    "option.above": ("more than {limit} is asked for", "须大于{limit}"),
    "option.up_to": ("at most {limit} is asked for", "不得大于{limit}"),
    "option.pattern": ("{strange} cannot be read as that", "{strange}无法按此解读"),
}
