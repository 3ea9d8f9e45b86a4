"""What an import says of a foreign file and of its mapping, in both languages."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable", "warning"]

_ITSELF, _ITSELF_ZH = "Name the file itself.", "请指定文件本身。"
_DATA, _DATA_ZH = "Name the file that holds the data.", "请指定含有数据的文件。"
_EXPORT, _EXPORT_ZH = "Export the file again.", "请重新导出文件。"
_GUESS, _GUESS_ZH = "which of them is meant would be a guess", "无从确定所指为哪一个"
_QUOTE = 'Look for a quote (") that is opened or closed too much; within quotes a quote is written twice.'
_QUOTE_ZH = '请查找多余的开引号或闭引号（"）；引号内的引号须写两次。'
_QUOTE_END, _QUOTE_END_ZH = "cells in quotes end with the closing quote", "带引号的单元格应以闭引号结束"
_NOT_TEXT = "it is not text; the file was damaged or is of another kind"
_NOT_TEXT_ZH = "这不是文本；文件已损坏或属其他类型"
_IF_RIGHT = "If that is right, write `reads: {{encoding: {write}}}` in {map_file}; or save the file again as UTF-8."
_IF_RIGHT_ZH = "若确实如此，请在 {map_file} 中写 `reads: {{encoding: {write}}}`；或将文件另存为 UTF-8。"
_CORRECT, _CORRECT_ZH = "Correct it in the file.", "请在文件中更正。"
_NOTHING_TO_DO, _NOTHING_TO_DO_ZH = "Nothing to do.", "无需操作。"

_FILES = {
    "import.folder": Words(
        en=("this is a folder", "one CSV file is taken in at a time", _ITSELF),
        zh=("这是一个文件夹", "每次导入一个 CSV 文件", _ITSELF_ZH),
    ),
    "import.not_a_file": Words(
        en=(
            "this is not an ordinary file",
            "its bytes could not be named again later",
            "Save the data as a CSV file.",
        ),
        zh=("这不是普通文件", "其内容日后无法再次指明", "请将数据存为 CSV 文件。"),
    ),
    "import.too_large": Words(
        en=(
            "the file has {size:.0f} MB",
            "an import takes at most {most} MB, because all of it is kept or nothing",
            "Divide it, for example by site, and import the parts.",
        ),
        zh=(
            "文件为{size:.0f} MB",
            "一次导入至多{most} MB，因为要么全部保留，要么全不保留",
            "请将其拆分，例如按中心，再分别导入。",
        ),
    ),
    "import.not_found": Words(
        en=("there is no such file", "nothing can be read from it", "Check the path."),
        zh=("没有该文件", "无法从中读取任何内容", "请检查路径。"),
    ),
    "import.not_readable": Words(
        en=("the file cannot be read", "{reason}", "Give yourself the right to read it."),
        zh=("文件无法读取", "{reason}", "请取得读取权限。"),
    ),
    "import.nul": Words(
        en=("the file holds a NUL byte here", _NOT_TEXT, _EXPORT),
        zh=("文件此处含有 NUL 字节", _NOT_TEXT_ZH, _EXPORT_ZH),
    ),
    "import.nul/decoded": Words(
        en=("the file holds a NUL here", _NOT_TEXT, _EXPORT),
        zh=("文件此处含有 NUL", _NOT_TEXT_ZH, _EXPORT_ZH),
    ),
    "import.empty": Words(
        en=("the file is empty", "it has not even a header", _DATA),
        zh=("文件为空", "连表头也没有", _DATA_ZH),
    ),
    "import.encoding": Words(
        en=("the file looks like {likely}", "{map_file} says `encoding: {said}`", _IF_RIGHT),
        zh=("文件的编码似为{likely}", "{map_file} 写的是 `encoding: {said}`", _IF_RIGHT_ZH),
    ),
    "import.encoding/unsaid": Words(
        en=(
            "the file looks like {likely}",
            "without another word of the mapping a file is read as UTF-8",
            _IF_RIGHT,
        ),
        zh=("文件的编码似为{likely}", "映射未另行说明时按 UTF-8 读取", _IF_RIGHT_ZH),
    ),
    "import.no_header": Words(
        en=("the first line is empty", "it holds the names of the columns", "Remove the empty line."),
        zh=("首行为空", "首行应为各列名称", "请删去空行。"),
    ),
    "import.quote/open": Words(
        en=(
            "a quote is opened in the row that begins here and never closed",
            "the rest of the file would be one cell",
            _QUOTE,
        ),
        zh=("自此开始的行中有引号打开后未关闭", "文件其余部分将成为一个单元格", _QUOTE_ZH),
    ),
    "import.quote": Words(
        en=(
            "a quote in the row that begins here is closed before the cell ends",
            _QUOTE_END,
            _QUOTE,
        ),
        zh=("自此开始的行中有引号在单元格结束前关闭", _QUOTE_END_ZH, _QUOTE_ZH),
    ),
    "import.quote/lines": Words(
        en=(
            "a quote in the row that begins here (and goes on to line {until}) is closed before the cell ends",
            _QUOTE_END,
            _QUOTE,
        ),
        zh=("自此开始的行（延续至第{until}行）中有引号在单元格结束前关闭", _QUOTE_END_ZH, _QUOTE_ZH),
    ),
    "import.no_rows": Words(
        en=("the file holds a header and no rows", "there is nothing to take in", _DATA),
        zh=("文件只有表头，没有数据行", "没有可导入的内容", _DATA_ZH),
    ),
    "import.delimiter": Words(
        en=(
            "the header is a single cell",
            "it looks as if {likely!r} parts the cells, and {said!r} is expected",
            "If that is right, write `reads: {{delimiter: {write}}}` in {map_file}.",
        ),
        zh=(
            "表头只有一个单元格",
            "分隔符似为{likely!r}，而预期为{said!r}",
            "若确实如此，请在 {map_file} 中写 `reads: {{delimiter: {write}}}`。",
        ),
    ),
    "import.nameless_column": Words(
        en=("column {place} has no name", "its values could not be asked for", "Name it in the header of the file."),
        zh=("第{place}列没有名称", "无法取用其值", "请在文件表头中为其命名。"),
    ),
    "import.duplicate_column": Words(
        en=(
            "`{column}` is the name of columns {first} and {place}",
            _GUESS,
            "Give each column its own name in the file.",
        ),
        zh=("“{column}”是第{first}列和第{place}列的名称", _GUESS_ZH, "请在文件中为每列各取名称。"),
    ),
    "import.missing_column": Words(
        en=(
            "the file has no column `{column}`",
            "{map_file} asks for it",
            "Name the right file, or correct `columns` in {map_file}.",
        ),
        zh=("文件中没有列“{column}”", "{map_file} 要求该列", "请指定正确的文件，或更正 {map_file} 中的 `columns`。"),
    ),
    "import.missing_column/near": Words(
        en=(
            "the file has no column `{column}`",
            "{map_file} asks for it",
            "Did you mean `{near}`? Correct the name under `columns` in {map_file}.",
        ),
        zh=(
            "文件中没有列“{column}”",
            "{map_file} 要求该列",
            "是否指“{near}”？请更正 {map_file} 中 `columns` 下的名称。",
        ),
    ),
    "import.extra_column": Words(
        en=(
            "nothing is taken from the column `{column}`",
            "{map_file} does not name it",
            "Name it under `columns`, or write `ignore: [{column}]`.",
        ),
        zh=(
            "未从列“{column}”取用任何内容",
            "{map_file} 未列出该列",
            "请在 `columns` 下列出，或写 `ignore: [{column}]`。",
        ),
    ),
    "import.blank_line": Words(
        en=("the line is empty", "it was passed over", _NOTHING_TO_DO),
        zh=("该行为空", "已跳过", _NOTHING_TO_DO_ZH),
    ),
    "import.ragged_row": Words(
        en=(
            "the row has {cells} cells and the header {columns}",
            "whose value is missing or too much would be a guess",
            "Correct the row; a cell that holds the delimiter itself stands in quotes.",
        ),
        zh=(
            "该行有{cells}个单元格，表头有{columns}个",
            "无从确定缺少或多出的是哪一列的值",
            "请更正该行；含有分隔符的单元格应加引号。",
        ),
    ),
}

_CELLS = {
    "import.accept_unused": Words(
        en=(
            "`{clause}` meets no row",
            "the file has no such blemish",
            "Remove the clause, or look whether it says what you mean.",
        ),
        zh=("“{clause}”未遇到任何行", "文件中没有此类瑕疵", "请删去该条款，或检查其是否符合本意。"),
    ),
    "import.accepted/date": Words(
        en=("{original} is {becomes}", "{why}", "Accepted by {where}."),
        zh=("{original}即{becomes}", "{why}", "依据 {where} 接受。"),
    ),
    "import.accepted": Words(
        en=("{original} is taken as {becomes}", "{why}", "Accepted by {where}."),
        zh=("{original}按{becomes}处理", "{why}", "依据 {where} 接受。"),
    ),
    "import.accepted/kept": Words(
        en=("{original} is kept", "{why}", "Accepted by {where}."),
        zh=("{original}予以保留", "{why}", "依据 {where} 接受。"),
    ),
    "import.accepted_twice": Words(
        en=(
            "`{first}` and `{second}` both accept {original}",
            _GUESS,
            "Let one of the two leave this row out ({place}; {other}).",
        ),
        zh=("“{first}”与“{second}”均接受{original}", _GUESS_ZH, "请让其中之一不涉及该行（{place}；{other}）。"),
    ),
    "import.missing_marker": Words(
        en=("`{text}` stands for missing", "{map_file} says `missing`", _NOTHING_TO_DO),
        zh=("“{text}”表示缺失", "{map_file} 写有 `missing`", _NOTHING_TO_DO_ZH),
    ),
    "import.not_text": Words(
        en=("{value} is not text", "text is asked for", "Put it in quotes."),
        zh=("{value}不是文本", "此处应为文本", "请加引号。"),
    ),
    "import.not_a_date": Words(
        en=("`{text}` is not a day written as {format}", "no such day, or another format", _CORRECT),
        zh=("“{text}”不是按{format}书写的日期", "没有该日期，或格式不同", _CORRECT_ZH),
    ),
    "import.not_a_date/ambiguous": Words(
        en=(
            "`{text}` can be read in more than one way",
            "{format} runs numbers together, so each needs all its digits",
            _CORRECT,
        ),
        zh=("“{text}”有不止一种读法", "{format}将数字连写，各部分须写足位数", _CORRECT_ZH),
    ),
    "import.not_a_date/dddyy": Words(
        en=(
            "`{text}` is not a day written as dddyy",
            "dddyy is one to three digits of the day in the year, then two of the year",
            _CORRECT,
        ),
        zh=("“{text}”不是按 dddyy 书写的日期", "dddyy 为一至三位年内日序，后接两位年份", _CORRECT_ZH),
    ),
    "import.impossible_date": Words(
        en=("`{text}` would be day {number} of {year}", "{year} has {days} days", _CORRECT),
        zh=("“{text}”应为{year}年第{number}天", "{year}年有{days}天", _CORRECT_ZH),
    ),
    # What the forms or the desk found, told again at the row of the file.
    "import.retold": Words(en=("{what}", "{why}", "{mend}"), zh=("{what}", "{why}", "{mend}")),
}

_ROWS = {
    "import.no_value": Words(
        en=(
            "{said}, and nothing becomes of it as {what}",
            "{what} is needed and the file has no value",
            "Complete the row in the file.",
        ),
        zh=("{said}，无法得出{what}", "需要{what}，而文件中没有值", "请在文件中补全该行。"),
    ),
    "import.no_value/expression": Words(
        en=(
            "{said}, and nothing becomes of it as {what}",
            "`{rule}` gives nothing for it",
            "Complete the expression in {map_file}",
        ),
        zh=("{said}，无法得出{what}", "“{rule}”对其没有结果", "请补全 {map_file} 中的表达式。"),
    ),
    "import.no_value/accept": Words(
        en=(
            "{said}, and nothing becomes of it as {what}",
            "`{rule}` gives nothing for it",
            "Complete the expression in {map_file}, or accept the value under `accept`: {clause}",
        ),
        zh=(
            "{said}，无法得出{what}",
            "“{rule}”对其没有结果",
            "请补全 {map_file} 中的表达式，或在 `accept` 下接受该值：{clause}",
        ),
    ),
    "import.participant_twice": Words(
        en=(
            "participant {participant} stands on line {line} already",
            "each row is one participant",
            "Remove one of the rows, or let `participant` tell them apart.",
        ),
        zh=("受试者{participant}已在第{line}行", "每行为一名受试者", "请删去其中一行，或让 `participant` 区分两者。"),
    ),
    "import.unknown_site": Words(
        en=(
            "there is no site {site}",
            "the protocol names {sites}",
            "Correct the row or the expression, or add the site to the protocol before the study is made.",
        ),
        zh=(
            "没有中心{site}",
            "方案中的中心有{sites}",
            "请更正该行或表达式，或在建立研究之前将该中心加入方案。",
        ),
    ),
}

_DATE_FORMAT, _DATE_FORMAT_ZH = "`{format}` cannot be read as a date", "“{format}”不能读作日期"
_MAPPINGS = {
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

_PHRASES = {
    # How a clause may contradict itself.
    "accept.one_condition": (
        "it says either `when` a rule holds, or how the cell is `written`",
        "`when`（规则成立时）与 `written`（单元格原文）须择一",
    ),
    "accept.written": (
        "`written` needs `becomes`: the value that it is taken as, or null for missing",
        "`written` 须有 `becomes`：所取的值，缺失写 null",
    ),
    "acts.site_and_screened": (
        "`site` and `screened` go together: a participant is screened at a site",
        "`site` 与 `screened` 须同时给出：受试者在某中心筛选",
    ),
    "missing": ("missing", "缺失"),
    "cell": ("{column} is {value}", "{column}为{value}"),
    "about": ("{item}: {what}", "{item}：{what}"),
    "row": ("the row", "该行"),
    "form": ("form", "表单"),
    "visit": ("visit", "访视"),
    "item_of": ("item of form {form}", "表单{form}的条目"),
    "latin": ("Windows-1252 or Latin-1", "Windows-1252 或 Latin-1"),
    "written": ("the dates of this column are written as {format}", "该列日期的书写格式为{format}"),
    "dddyy": (
        "{written} (day of the year and two-digit year run together)",
        "{written}（年内日序与两位年份连写）",
    ),
    "from_century": ("{written}, years from {century} on", "{written}，年份自{century}年起算"),
    "correct_or_accept": (
        "Correct it in the file, or accept it under `accept` in {map_file}: {clause}",
        "请在文件中更正，或在 {map_file} 的 `accept` 下接受：{clause}",
    ),
    "correct_format_or_accept": (
        "Correct it in the file or its format under `dates`, or accept it under `accept` in {map_file}: {clause}",
        "请在文件中更正或更正 `dates` 下的格式，或在 {map_file} 的 `accept` 下接受：{clause}",
    ),
    "say_format": (
        'Say under `dates` in {map_file} how the column is written, for example `{column}: {{format: "%d/%m/%Y"}}`.',
        '请在 {map_file} 的 `dates` 下说明该列的书写格式，例如 `{column}: {{format: "%d/%m/%Y"}}`。',
    ),
    # What a row is asked for.
    "number": ("the participant's number", "受试者编号"),
    "site": ("the site", "中心"),
    "screened": ("the date of screening", "筛选日期"),
    "consented": ("the date of consent", "知情同意日期"),
    "enrolled": ("the date of enrollment", "入组日期"),
    "whether_allocated": ("whether there was an allocation", "是否有分配"),
    "arm": ("the arm", "组别"),
    "allocated": ("the date of allocation", "分配日期"),
    "whether_form": ("whether there is a form {form}", "是否有表单{form}"),
    "occurrence": ("the occurrence", "次数"),
    "observed": ("the date of observation", "观察日期"),
    # How many rows say the same.
    "rows": ("{where}, {count} rows: {what}", "{where}，{count}行：{what}"),
    "what_first": ("{what}; {rest}", "{what}；{rest}"),
    "because": ("{why}. {mend}", "{why}。{mend}"),
    "for_line": ("For line {line}: {mend}", "以第{line}行为例：{mend}"),
    "line": ("line {line}", "第{line}行"),
    "line_says": ("line {line}: {what}", "第{line}行：{what}"),
    "rows_more": ("and {count} rows more", "另有{count}行"),
}

TABLE = Table("conduct.importing", {**_FILES, **_CELLS, **_ROWS, **_MAPPINGS}, _PHRASES)
finding, warning, refuse = TABLE.finding, TABLE.warning, TABLE.refuse
unreadable, phrase = TABLE.unreadable, TABLE.phrase
