"""What is said of the rows of a foreign file and of what becomes of them."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["ROWS"]

ROWS = {
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
    "import.no_value/leave_out": Words(
        en=(
            "{said}, so that nobody knows whose row this is",
            "the participant's number is needed and the file has no value",
            "Complete the row in the file, or leave such rows out under `leave_out` in {map_file}: {clause}",
        ),
        zh=(
            "{said}，无从得知该行属于何人",
            "需要受试者编号，而文件中没有值",
            "请在文件中补全该行，或在 {map_file} 的 `leave_out` 下略去此类行：{clause}",
        ),
    ),
    "import.neither": Words(
        en=(
            "{said}, and {what} cannot be told",
            "`{rule}` is neither true nor false where a cell is empty",
            "Say in {map_file} what an empty cell means: `COALESCE({rule}, FALSE)` takes it as no.",
        ),
        zh=(
            "{said}，无法判断{what}",
            "单元格为空时，“{rule}”既不成立也不不成立",
            "请在 {map_file} 中说明空单元格的含义：`COALESCE({rule}, FALSE)` 按否处理。",
        ),
    ),
    "import.rows_disagree": Words(
        en=(
            "{what} is {value} here and {first} on line {line}",
            "rows of one participant fill one record together, and each item of it has one value",
            (
                "Correct one of the rows; or say in {map_file} with `when` which rows are asked, "
                "or with `occurrence` or `numbered: true` that they are records of their own."
            ),
        ),
        zh=(
            "{what}在此为{value}，在第{line}行为{first}",
            "同一受试者的多行共同填写一份记录，其中每个条目只有一个值",
            (
                "请更正其中一行；或在 {map_file} 中以 `when` 说明取用哪些行，"
                "或以 `occurrence` 或 `numbered: true` 说明它们各为一份记录。"
            ),
        ),
    ),
    "import.unknown_visit": Words(
        en=(
            "`{visit}` is no visit with form {form}",
            "form {form} is due at {visits}",
            "Let `visit` give one of these (CASE ... WHEN ... THEN ... END), or say with `when` which rows are meant.",
        ),
        zh=(
            "“{visit}”不是含有表单{form}的访视",
            "表单{form}见于访视{visits}",
            "请让 `visit` 给出其中之一（CASE ... WHEN ... THEN ... END），或以 `when` 将该行归入其他记录。",
        ),
    ),
    "import.same_row": Words(
        en=(
            "the row says the same as line {line} in every cell",
            "it was taken in all the same, because rows of one participant belong together",
            "Look whether it was copied by mistake.",
        ),
        zh=("该行各单元格均与第{line}行相同", "同一受试者的各行合并处理，故仍予导入", "请核对是否误为复制。"),
    ),
    "import.future": Words(
        en=(
            "{what} would be {day}, which is in the future",
            "today is {today}, and nothing that is recorded lies ahead",
            "Correct the date in the file, or its format (and century) under `dates`.",
        ),
        zh=(
            "{what}将为{day}，晚于今日",
            "今日为{today}，所记录的事不可能尚未发生",
            "请更正文件中的日期，或 `dates` 下的格式（及世纪）。",
        ),
    ),
    "import.total": Words(
        en=(
            "{value} is taken as a participant's number",
            "it is a word for a sum of others, and such a row is nobody",
            "If nobody has this number, leave the row out under `leave_out` in {map_file}: {clause}",
        ),
        zh=(
            "{value}被当作受试者编号",
            "该词表示合计，此类行并非受试者",
            "若无人使用该编号，请在 {map_file} 的 `leave_out` 下略去该行：{clause}",
        ),
    ),
    "import.future/item": Words(
        en=(
            "{what} is {day}, which is in the future",
            "today is {today}; a day that is recorded has usually come",
            "Look whether it is a planned day; else correct the date, or its format (and century) under `dates`.",
        ),
        zh=(
            "{what}为{day}，晚于今日",
            "今日为{today}；所记录的日期通常已经过去",
            "请核对是否为计划日期；否则请更正该日期，或 `dates` 下的格式（及世纪）。",
        ),
    ),
    "import.negative_time": Words(
        en=(
            "{what} is {value} {unit}",
            "a time below nothing; an analysis of times leaves such a person out",
            "Look whether two dates were changed about; correct it in the file, or accept it as missing.",
        ),
        zh=(
            "{what}为{value} {unit}",
            "时间为负；时间的分析将不纳入该受试者",
            "请核对两个日期是否颠倒；请在文件中更正，或按缺失接受。",
        ),
    ),
    "import.long_time": Words(
        en=("{what} is {value} {unit}", "nobody lives so long", "Look at the unit, and whether it stands for missing."),
        zh=("{what}为{value} {unit}", "无人能活如此之久", "请核对单位，以及该值是否表示缺失。"),
    ),
    "import.lumped": Words(
        en=(
            "{column} holds {values}, and all of them give {result} as {what}",
            "`{rule}` does not name them; one of them may mean something else",
            "Name each value in {map_file}, for example {example}, and what nobody named is told.",
        ),
        zh=(
            "{column}含有{values}，而{what}均得{result}",
            "“{rule}”未列出这些值；其中或有另有含义者",
            "请在 {map_file} 中逐一列出，例如 {example}；未列出的值会予以提示。",
        ),
    ),
    "import.left_out": Words(
        en=("nothing is taken from the row", "{why}", "Left out by {where}."),
        zh=("未从该行取用任何内容", "{why}", "依据 {where} 略去。"),
    ),
    "import.confirmed": Words(
        en=("the question {check} about {item} is confirmed", "{why}", "Confirmed by {where}."),
        zh=("关于{item}的询问{check}已予确认", "{why}", "依据 {where} 确认。"),
    ),
    "import.confirm_unused": Words(
        en=(
            "`{clause}` confirms nothing",
            "no row was asked {check}",
            "Remove the clause, or look whether it says what you mean.",
        ),
        zh=("“{clause}”未确认任何内容", "没有任何行被询问{check}", "请删去该条款，或检查其是否符合本意。"),
    ),
    "import.participant_twice": Words(
        en=(
            "participant {participant} stands on line {line} already",
            "each row is one participant, unless the mapping says otherwise",
            (
                "If they are rows of one person (visits, events), write `rows: several` under `acts` in {map_file}; "
                "else remove one of the rows, or let `participant` tell them apart."
            ),
        ),
        zh=(
            "受试者{participant}已在第{line}行",
            "映射未另行说明时，每行为一名受试者",
            (
                "若为同一人的多行（访视、事件），请在 {map_file} 的 `acts` 下写 `rows: several`；"
                "否则请删去其中一行，或让 `participant` 区分两者。"
            ),
        ),
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
