"""What is said of a mapping before any row is read."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["MAPPINGS"]

_ITSELF, _ITSELF_ZH = "Name the file itself.", "请指定文件本身。"
_DATE_FORMAT, _DATE_FORMAT_ZH = "`{format}` cannot be read as a date", "“{format}”不能读作日期"

MAPPINGS = {
    "mapping.folder": Words(
        en=("this is a folder", "a mapping is one YAML file", _ITSELF),
        zh=("这是一个文件夹", "映射是一个 YAML 文件", _ITSELF_ZH),
    ),
    "mapping.not_found": Words(
        en=("there is no such mapping", "nothing can be read from it", "Check the path."),
        zh=("没有该映射", "无法从中读取任何内容", "请检查路径。"),
    ),
    "mapping.not_readable": Words(
        en=("the mapping cannot be read", "{reason}", "Give yourself the right to read it."),
        zh=("映射无法读取", "{reason}", "请取得读取权限。"),
    ),
    "mapping.too_large": Words(
        en=(
            "the file is too large",
            "a mapping has at most {most} kB",
            "Is this the data? The mapping comes after --map.",
        ),
        zh=("文件过大", "映射至多{most} kB", "这是否为数据文件？映射应写在 --map 之后。"),
    ),
    "mapping.not_a_mapping": Words(
        en=("this is no mapping of columns to acts", "it holds `columns:` and `acts:`", "Begin with `columns:`."),
        zh=("这不是列与操作的映射", "映射含有 `columns:` 与 `acts:`", "请以 `columns:` 开头。"),
    ),
    "mapping.date_type": Words(
        en=(
            "the column `{column}` is {type} and has a date format",
            "a date is read from text as it stands, so that no digit is lost",
            "Write `{column}: text` under `columns`.",
        ),
        zh=(
            "列“{column}”的类型为 {type}，却有日期格式",
            "日期按原文读取，以免丢失数字",
            "请在 `columns` 下写 `{column}: text`。",
        ),
    ),
    "mapping.date_format/part": Words(
        en=(_DATE_FORMAT, "{directive} is not part of a date", "Use {directives}, iso or dddyy."),
        zh=(_DATE_FORMAT_ZH, "{directive} 不是日期的组成部分", "请使用 {directives}、iso 或 dddyy。"),
    ),
    "mapping.date_format/incomplete": Words(
        en=(
            _DATE_FORMAT,
            "it does not say day, month and year, each once",
            "Write iso, dddyy, or for example %d/%m/%Y.",
        ),
        zh=(_DATE_FORMAT_ZH, "未将年、月、日各写一次", "请写 iso、dddyy，或例如 %d/%m/%Y。"),
    ),
    "mapping.date_format/century": Words(
        en=(
            _DATE_FORMAT,
            "the year has two digits, and nothing says of which century",
            "Add for example `century: 1900`.",
        ),
        zh=(_DATE_FORMAT_ZH, "年份只有两位，未说明属哪一世纪", "请添加例如 `century: 1900`。"),
    ),
    "mapping.date_format/no_century": Words(
        en=(_DATE_FORMAT, "the year has four digits, and needs no century", "Remove `century`."),
        zh=(_DATE_FORMAT_ZH, "年份为四位，无需世纪", "请删去 `century`。"),
    ),
    "mapping.ignored_and_read": Words(
        en=(
            "the column `{column}` is read and ignored",
            "it can only be one of the two",
            "Remove it from `columns` or from `ignore`.",
        ),
        zh=("列“{column}”既读取又忽略", "二者只能居其一", "请从 `columns` 或 `ignore` 中删去。"),
    ),
    "mapping.unknown_column": Words(
        en=(
            "there is no column `{column}`",
            "`columns` names {columns}",
            "Name it under `columns` with its type.",
        ),
        zh=("没有列“{column}”", "`columns` 列有{columns}", "请在 `columns` 下列出并注明类型。"),
    ),
    "mapping.unknown_column/near": Words(
        en=("there is no column `{column}`", "`columns` names {columns}", "Did you mean `{near}`?"),
        zh=("没有列“{column}”", "`columns` 列有{columns}", "是否指“{near}”？"),
    ),
    "mapping.duplicate_id": Words(
        en=(
            "two clauses are called `{clause}`",
            "the ledger names the clause that accepted a value",
            "Rename one of them.",
        ),
        zh=("两个条款同名“{clause}”", "账本以条款名称注明由何者接受该值", "请为其中之一改名。"),
    ),
    "mapping.becomes": Words(
        en=(
            "{what}",
            "the column `{column}` is of type {type}",
            "Write null for missing, or a value of that type.",
        ),
        zh=("{what}", "列“{column}”的类型为 {type}", "缺失请写 null，或写该类型的值。"),
    ),
    "mapping.date_without_format": Words(
        en=(
            "the column `{column}` is text and is used as a date ({place})",
            "nothing says how its dates are written",
            "Add it to `dates` with its format, for example `{column}: {{format: iso}}`, dddyy or %d/%m/%Y.",
        ),
        zh=(
            "列“{column}”为文本，却用作日期（{place}）",
            "未说明其日期如何书写",
            "请在 `dates` 下注明其格式，例如 `{column}: {{format: iso}}`、dddyy 或 %d/%m/%Y。",
        ),
    ),
    "mapping.unknown_check": Words(
        en=(
            "no form of the mapping asks `{check}`",
            "its questions are {known}",
            "Write the id as the Finding names it, without the number of a row.",
        ),
        zh=("映射所涉表单没有询问“{check}”", "可确认的询问有{known}", "请按提示中所示的编号书写，不带行号。"),
    ),
    "mapping.not_recorded": Words(
        en=(
            "an allocation cannot be taken from a file",
            "the protocol has arms drawn by chance, under seal",
            "Remove `randomized`, or take the file into a study whose scheme is `recorded`.",
        ),
        zh=(
            "分配不能取自文件",
            "方案规定由随机封存分配",
            "请删去 `randomized`，或将文件导入随机方法为 `recorded` 的研究。",
        ),
    ),
    "mapping.form_not_due": Words(
        en=(
            "form {form} does not belong to visit {visit}",
            "its forms are {forms}",
            "Choose one of these, or another visit.",
        ),
        zh=("表单{form}不属于访视{visit}", "该访视的表单有{forms}", "请选择其中之一，或另选访视。"),
    ),
    "mapping.item_left_out": Words(
        en=(
            "form {form} asks for `{item}` ({label}), and nothing fills it",
            "it is required",
            "Add `{item}: ...`, or let the protocol say `required: false`.",
        ),
        zh=(
            "表单{form}要求填写“{item}”（{label}），而没有内容填入",
            "该项必填",
            "请添加 `{item}: ...`，或在方案中写 `required: false`。",
        ),
    ),
    "mapping.unknown_name": Words(
        en=("there is no {noun} `{name}`", "the protocol knows {known}", "Choose one of them."),
        zh=("没有{noun}“{name}”", "方案中有{known}", "请选择其中之一。"),
    ),
    "mapping.unknown_name/near": Words(
        en=("there is no {noun} `{name}`", "the protocol knows {known}", "Did you mean `{near}`?"),
        zh=("没有{noun}“{name}”", "方案中有{known}", "是否指“{near}”？"),
    ),
    "mapping.unused_column": Words(
        en=(
            "the column `{column}` is read and goes nowhere",
            "no expression names it",
            "Use it in `acts`, or move it to `ignore`.",
        ),
        zh=("列“{column}”已读取却未使用", "没有表达式用到它", "请在 `acts` 中使用，或移至 `ignore`。"),
    ),
}
