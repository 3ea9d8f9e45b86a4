"""What is said of a foreign file: how it can be read, and its columns and rows."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["FILES"]

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
_NOTHING_TO_DO, _NOTHING_TO_DO_ZH = "Nothing to do.", "无需操作。"

FILES = {
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
    "import.too_wide": Words(
        en=(
            "the table has {columns} columns",
            "an import takes at most {most}; more is another kind of table, or another delimiter",
            "Keep the columns that the mapping names, one row a participant or a visit.",
        ),
        zh=(
            "表格有{columns}列",
            "一次导入至多{most}列；更多的列说明表格类型或分隔符不对",
            "请只保留映射所列的列，每受试者或访视一行。",
        ),
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
    "import.encoding/unknown": Words(
        en=(
            "the file is not written as the mapping says, and its bytes do not say how it is written",
            "the same bytes read differently in each encoding; on line {line} there stands {readings}",
            (
                "Write the one that reads right, for example `reads: {{encoding: {write}}}`, in {map_file}; "
                "or save the file again as UTF-8."
            ),
        ),
        zh=(
            "文件的编码与映射所述不符，而字节本身并不说明其编码",
            "同样的字节按不同编码有不同读法；第{line}行可读作{readings}",
            "请将读法正确的编码写入 {map_file}，例如 `reads: {{encoding: {write}}}`；或将文件另存为 UTF-8。",
        ),
    ),
    "import.encoding_doubt": Words(
        en=(
            "`{here}` looks odd",
            "read as {other} instead of {said} it would be `{there}`, and the bytes allow both",
            "Look which is right; if the second, write `reads: {{encoding: {other}}}` in {map_file}.",
        ),
        zh=(
            "“{here}”看来异常",
            "若按 {other} 而非 {said} 读取，则为“{there}”，字节本身两者皆可",
            "请核对何者正确；若为后者，请在 {map_file} 中写 `reads: {{encoding: {other}}}`。",
        ),
    ),
    "import.workbook": Words(
        en=(
            "this begins as a workbook does and cannot be read as one",
            "it is damaged, locked with a password, or of another kind",
            "Open it in a spreadsheet and save it again as .xlsx or as CSV.",
        ),
        zh=(
            "该文件以工作簿的形式开头，却不能按工作簿读取",
            "文件已损坏、设有密码，或属其他类型",
            "请在电子表格软件中打开，并另存为 .xlsx 或 CSV。",
        ),
    ),
    "import.workbook/large": Words(
        en=(
            "the workbook unpacks to {size:.0f} MB",
            "at most {most} MB are taken",
            "Save the one sheet with the data as a workbook of its own, or as CSV.",
        ),
        zh=("工作簿解压后为{size:.0f} MB", "至多接受{most} MB", "请将含有数据的工作表单独存为工作簿，或存为 CSV。"),
    ),
    "import.sheet": Words(
        en=(
            "the workbook has several sheets",
            "they are {sheets}, and which one is meant would be a guess",
            "Write `reads: {{sheet: {example}}}` (or another of them) in {map_file}.",
        ),
        zh=(
            "工作簿含有多个工作表",
            "工作表有{sheets}，无从确定所指为哪一个",
            "请在 {map_file} 中写 `reads: {{sheet: {example}}}`（或其他工作表）。",
        ),
    ),
    "import.sheet/unknown": Words(
        en=(
            "the workbook has no sheet `{sheet}`",
            "its sheets are {sheets}",
            "Correct `reads: {{sheet: ...}}` in {map_file}.",
        ),
        zh=("工作簿中没有工作表“{sheet}”", "其工作表有{sheets}", "请更正 {map_file} 中的 `reads: {{sheet: ...}}`。"),
    ),
    "import.error_cell": Words(
        en=(
            "cell {cell} holds the error `{text}`",
            "a formula failed there, and nobody knows what the value was",
            "Correct the formula in the workbook, or empty the cell.",
        ),
        zh=("单元格{cell}为错误值“{text}”", "该处公式出错，无从得知其值", "请更正工作簿中的公式，或清空该单元格。"),
    ),
    "import.error_cell/never": Words(
        en=(
            "cell {cell} holds a formula without its value",
            "the program that wrote the workbook left it to be computed, and nobody did",
            "Open the workbook in a spreadsheet, save it, and take that in.",
        ),
        zh=(
            "单元格{cell}中的公式没有计算结果",
            "生成该工作簿的程序未写入结果，其后也未经计算",
            "请在电子表格软件中打开并保存，再导入所保存的文件。",
        ),
    ),
    "import.no_header": Words(
        en=(
            "the first line is empty",
            "it holds the names of the columns",
            "If they stand in line {first}, write `reads: {{header: {first}}}` in {map_file}; or remove empty lines.",
        ),
        zh=(
            "首行为空",
            "首行应为各列名称",
            "若列名位于第{first}行，请在 {map_file} 中写 `reads: {{header: {first}}}`；或删去空行。",
        ),
    ),
    "import.no_header/line": Words(
        en=(
            "no row begins in line {line}, or it is empty",
            "`reads: {{header: {line}}}` in {map_file} says that the names of the columns stand there",
            "Name the line in which they stand; the first that holds something is line {first}.",
        ),
        zh=(
            "第{line}行为空，或并非一行之首",
            "{map_file} 中的 `reads: {{header: {line}}}` 指该行为列名",
            "请写明列名所在的行；首个非空行为第{first}行。",
        ),
    ),
    "import.title": Words(
        en=(
            "the names of the columns do not stand in line {said}",
            "line {line} holds {count} of the {asked} columns that {map_file} names; what is above it is a title",
            "Write `reads: {{header: {line}}}` in {map_file}, and the lines above are passed over; or delete them.",
        ),
        zh=(
            "第{said}行不是列名",
            "{map_file} 所列{asked}列中有{count}列位于第{line}行；其上为标题",
            "请在 {map_file} 中写 `reads: {{header: {line}}}`（其上各行即略过），或将其删去。",
        ),
    ),
    "import.merged": Words(
        en=(
            "the cells {cells} are merged",
            "the first of them holds the value, the others are read as empty, and whose it is would be a guess",
            "Unmerge them in the workbook, and write the value into each cell that it is meant for.",
        ),
        zh=(
            "单元格{cells}已合并",
            "仅首个单元格有值，其余读作空，无从确定该值属于哪些行或列",
            "请在工作簿中取消合并，并在应有该值的每个单元格中填写。",
        ),
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
    "import.blank_line/cells": Words(
        en=("the row holds nothing but empty cells", "it was passed over", _NOTHING_TO_DO),
        zh=("该行各单元格均为空", "已跳过", _NOTHING_TO_DO_ZH),
    ),
    "import.blank_column": Words(
        en=(
            "from column {place} on nothing has a name or a value ({count})",
            "these columns were passed over",
            _NOTHING_TO_DO,
        ),
        zh=("自第{place}列起既无列名也无内容（{count}列）", "已跳过这些列", _NOTHING_TO_DO_ZH),
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
