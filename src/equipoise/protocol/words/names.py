"""What a protocol is told about names: code to words, and the nouns for what a name may stand for."""

from equipoise.words import Words

_CHOOSE = ("Choose another name.", "请另取名称。")

WORDS: dict[str, Words] = {
    "name.unknown": Words(
        en=("`{name}` is not {a_noun}", "no {noun} has that name", "{near}The names are: {names}."),
        zh=("`{name}`不是{a_noun}", "没有该名称的{noun}", "{near}可用名称：{names}。"),
    ),
    "name.unknown/none": Words(
        en=("`{name}` is not {a_noun}", "no {noun} has that name", "No {noun} is defined yet."),
        zh=("`{name}`不是{a_noun}", "没有该名称的{noun}", "尚未定义任何{noun}。"),
    ),
    "name.duplicate": Words(
        en=(
            "`{name}` is defined twice",
            "as a {noun} it already stands at {first}",
            "Rename or remove one of the two.",
        ),
        zh=("`{name}`定义了两次", "作为{noun}，已见于{first}", "请将其中之一改名或删除。"),
    ),
    "name.built_in": Words(
        en=("`{name}` is the name of something built in", "rules know {built_ins} already", _CHOOSE[0]),
        zh=("`{name}`是系统内置名称", "规则已使用{built_ins}", _CHOOSE[1]),
    ),
    "name.reserved": Words(
        en=(
            "`{name}` is the name of a column in every table of records",
            "the tables keep {columns} for themselves",
            _CHOOSE[0],
        ),
        zh=("`{name}`是每张记录表都有的列名", "{columns}由记录表保留", _CHOOSE[1]),
    ),
    "name.reserved/sql": Words(
        en=(
            "`{name}` is a word of SQL",
            "a rule could not name it",
            "Choose another name, for example `{name}_value`.",
        ),
        zh=("`{name}`是SQL保留字", "规则无法引用该名称", "请另取名称，例如`{name}_value`。"),
    ),
    "name.case": Words(
        en=(
            "`{name}` differs from `{other}` only in case",
            "people will mistake one for the other",
            "Choose names that differ in more.",
        ),
        zh=("`{name}`与`{other}`仅大小写不同", "容易混淆", "请取差别更明显的名称。"),
    ),
}

# What a name may stand for, without its article: `Inspection.refer` and the check that names stand once ask for these.
_NOUNS = {
    "analysis": "分析",
    "analysis set": "分析集",
    "arm": "试验组",
    "censoring": "删失规则",
    "check of the form": "该表单的核查",
    "code of the codelist": "该代码表的代码",
    "codelist": "代码表",
    "criterion": "入排标准",
    "date item, variable or built-in": "日期型条目、变量或内置名称",
    "derivation": "派生",
    "dose rule": "剂量规则",
    "endpoint": "终点",
    "estimand": "估计目标",
    "event source": "事件来源",
    "factor": "分层因素",
    "form": "表单",
    "group": "重复组",
    "group of the form": "该表单的重复组",
    "group of this form": "本表单的重复组",
    "intercurrent event": "伴发事件",
    "item": "条目",
    "item of this form": "本表单的条目",
    "item or variable": "条目或变量",
    "item, variable or built-in": "条目、变量或内置名称",
    "medical rule": "医学规则",
    "name in rules": "规则所用名称",
    "outcome": "结局",
    "part of the consent": "知情同意的部分",
    "role": "角色",
    "safety rule": "安全性规则",
    "scenario": "情景",
    "section of the narrative": "叙述章节",
    "set": "分析集",
    "single item of this form": "本表单的单值条目",
    "site": "中心",
    "treatment": "治疗",
    "treatment of the arm": "该试验组的治疗",
    "form of the visit": "本访视的表单",
    "visit": "访视",
}
# Those that name what they belong to.
_NOUNS_OF = {
    "field of": ("field of `{port}`", "`{port}`的字段"),
    "input of": ("input of `{method}`", "`{method}`的输入"),
    "item of form": ("item of form {form}", "表单{form}的条目"),
    "item of group": ("item of group {group}", "重复组{group}的条目"),
    "option of": ("option of `{method}`", "`{method}`的选项"),
    "output of": ("output of `{method}`", "`{method}`的输出"),
    "table of rows of": ("table of rows of `{method}`", "`{method}`的行表"),
    "value of": ("value of {of}", "{of}的取值"),
}

PHRASES: dict[str, tuple[str, str]] = {
    "near": ("Did you mean `{name}`? ", "是否指`{name}`？"),
    **{f"noun.{noun}": (noun, chinese) for noun, chinese in _NOUNS.items()},
    **{f"noun.{noun}": words for noun, words in _NOUNS_OF.items()},
}
