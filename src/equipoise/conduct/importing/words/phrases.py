"""Parts of sentences that are facts: how a cell is mended, what a row is asked for, how rows are counted."""

from __future__ import annotations

__all__ = ["PHRASES"]

PHRASES = {
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
    "dates.format_or_formats": (
        "it says either one `format`, or several as `formats`",
        "`format`（一种格式）与 `formats`（多种格式）须择一",
    ),
    "record.empty": (
        "it fills in nothing: give it `values` or `groups`",
        "未填写任何内容：请给出 `values` 或 `groups`",
    ),
    "record.numbered": (
        "occurrences are either counted (`numbered`) or given by `occurrence`",
        "次数或由程序计数（`numbered`），或由 `occurrence` 给出，须择一",
    ),
    "missing": ("missing", "缺失"),
    "value_rows": ("{value} ({count} rows)", "{value}（{count}行）"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "cell": ("{column} is {value}", "{column}为{value}"),
    "about": ("{item}: {what}", "{item}：{what}"),
    "row": ("the row", "该行"),
    "form": ("form", "表单"),
    "visit": ("visit", "访视"),
    "group_of": ("group of form {form}", "表单{form}的重复组"),
    "item_of": ("item of form {form}", "表单{form}的条目"),
    "reading": ("`{text}` ({encoding})", "“{text}”（{encoding}）"),
    "written": ("the dates of this column are written as {format}", "该列日期的书写格式为{format}"),
    "dddyy": (
        "{written} (day of the year and two-digit year run together)",
        "{written}（年内日序与两位年份连写）",
    ),
    "from_century": ("{written}, years from {century} on", "{written}，年份自{century}年起算"),
    # How a cell is mended: what keeps its value comes first, giving it up comes last.
    "correct_or_accept": (
        "Correct it in the file. Only to do without it, accept it as missing under `accept` in {map_file}: {clause}",
        "请在文件中更正。仅在放弃该值时，才在 {map_file} 的 `accept` 下按缺失接受：{clause}",
    ),
    "correct_or_keep": (
        "Correct it in the file; if it is right, keep it and confirm it under `accept` in {map_file}: {clause}",
        "请在文件中更正；若无误，请在 {map_file} 的 `accept` 下保留并确认：{clause}",
    ),
    "correct_or_drop": (
        (
            "Correct it in the file. Only to do without it (`{text}` is lost), accept it under `accept` in {map_file}: "
            "{clause}"
        ),
        "请在文件中更正。仅在放弃该值时（将丢失“{text}”），才在 {map_file} 的 `accept` 下接受：{clause}",
    ),
    "keep_or_drop": (
        (
            "{keep} in {map_file}; or correct it in the file. "
            "Only to do without it (`{text}` is lost), accept it under `accept`: {clause}"
        ),
        "{keep}（写入 {map_file}）；或在文件中更正。仅在放弃该值时（将丢失“{text}”），才在 `accept` 下接受：{clause}",
    ),
    "keep.becomes": ("Under `accept`, write {clause}", "请在 `accept` 下写 {clause}"),
    "keep.unit": (
        "If {unit} is the unit of the item, write under `accept` {clause}",
        "若{unit}即该条目的单位，请在 `accept` 下写 {clause}",
    ),
    "keep.thousands": (
        "Under `accept`, write {one} or {other}, whichever `{text}` means,",
        "请视“{text}”的含义，在 `accept` 下写 {one} 或 {other}",
    ),
    "keep.decimal": ("Write `reads: {{decimal: {sign}}}`", "请写 `reads: {{decimal: {sign}}}`"),
    "keep.type": (
        "Write `columns: {{{column}: {type}}}`, because `{text}` is no whole number,",
        "“{text}”不是整数，请写 `columns: {{{column}: {type}}}`",
    ),
    "keep.missing": ("If `{text}` stands for no value, write {reads}", "若“{text}”表示无值，请写 {reads}"),
    "keep.undetected": (
        "If the item has the qualifier ND for `{text}`, write under `accept` {clause}",
        "若该条目以ND表示“{text}”，请在 `accept` 下写 {clause}",
    ),
    "keep.qualified": (
        (
            "Write `columns: {{{column}: qualified_number}}`, which keeps `{text}` as it stands (its item is a "
            "qualified_number in the protocol too),"
        ),
        "请写 `columns: {{{column}: qualified_number}}`，可原样保留“{text}”（方案中该条目亦须为 qualified_number）",
    ),
    "keep.partial": (
        (
            "Write `columns: {{{column}: partial_date}}`, which keeps what is known of `{text}` (its item is a "
            "partial_date in the protocol too),"
        ),
        "请写 `columns: {{{column}: partial_date}}`，可保留“{text}”中已知的部分（方案中该条目亦须为 partial_date）",
    ),
    "keep.moment": (
        (
            "Write `columns: {{{column}: datetime}}`, which keeps the time of `{text}` (and `CAST(... AS DATE)` around "
            "it where a day is asked for),"
        ),
        "请写 `columns: {{{column}: datetime}}`，可保留“{text}”中的时刻（要求日期处写 `CAST(... AS DATE)`）",
    ),
    "keep.round": (
        (
            "Write `{item}: {rule}` under `acts` in {map_file}, which keeps it as exactly as {item} takes it, or let "
            "{item} take more `decimals` in the protocol"
        ),
        (
            "请在 {map_file} 的 `acts` 下写 `{item}: {rule}`（保留至{item}所容许的小数位数），"
            "或在方案中增加{item}的 `decimals`"
        ),
    ),
    "round_or_drop": (
        (
            "{keep}; or correct it in the file. Only to do without it (`{text}` is lost), accept it under `accept`: "
            "{clause}"
        ),
        "{keep}；或在文件中更正。仅在放弃该值时（将丢失“{text}”），才在 `accept` 下接受：{clause}",
    ),
    "round_or_correct": ("{keep}; or correct it in the file.", "{keep}；或在文件中更正。"),
    "keep.truth": ("Write {reads}", "请写 {reads}"),
    "keep.either_truth": ("Write {first} or {second}, whichever it means,", "请视其含义写 {first} 或 {second}"),
    "keep.format": ("Write {clause}", "请写 {clause}"),
    "keep.day_or_month": (
        "Nothing in the column tells day from month: write {clause} or {other}, whichever the source means,",
        "该列无从区分日与月：请视来源写 {clause} 或 {other}",
    ),
    "different": (
        (
            "If it is the same person, correct the number in the file; if it is another one, say so under "
            "`different` in {map_file}: {clause}"
        ),
        "若为同一人，请在文件中更正编号；若为另一人，请在 {map_file} 的 `different` 下说明：{clause}",
    ),
    "confirm": (
        (
            "Look at the source again; if it says so, confirm it under `confirm` in {map_file} "
            "(with `when` for some rows only): {clause}"
        ),
        "请核对源数据；若确实如此，请在 {map_file} 的 `confirm` 下确认（仅限部分行时加 `when`）：{clause}",
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
    "whether_row": ("whether there is a row of {group}", "是否有{group}的一行"),
    "occurrence": ("the occurrence", "次数"),
    "observed": ("the date of observation", "观察日期"),
    # What is doubtful about a mapping that was suggested.
    "suggest.head": (
        "A mapping to begin with, guessed from {file} and the protocol. Nothing in it is known to be right.",
        "由 {file} 和方案推测出的映射初稿。其中任何内容都未经确认。",
    ),
    "suggest.look": (
        "Look at each line that ends in `# ?`; then take the file in with --dry-run, which tells what is left.",
        "请逐一核对以 `# ?` 结尾的行；再以 --dry-run 试导入，其余问题会逐行提示。",
    ),
    "suggest.ignored": ("nothing is taken from {columns}; is it right?", "未从{columns}取用内容，是否正确？"),
    "suggest.misfit": (
        "not all of it is {type}: {values}; the dry run says how to take each",
        "并非都是{type}：{values}；试运行时会逐一说明如何取用",
    ),
    "suggest.encoding": (
        "the bytes do not say it; the file also reads as {encodings}",
        "字节本身不说明编码；文件可按{encodings}读取",
    ),
    "suggest.header": (
        "the names of the columns seem to stand in line {line}, below a title",
        "列名似位于标题之下的第{line}行",
    ),
    "suggest.sheets": ("the sheets are {sheets}", "工作表有{sheets}"),
    "suggest.day_or_month": (
        "nothing tells day from month; it may be {other}",
        "无从区分日与月；也可能是{other}",
    ),
    "suggest.century": ("of which century are the years?", "年份属于哪个世纪？"),
    "suggest.several": (
        "participants have several rows, which fill their records together",
        "受试者各有多行，这些行共同填写其记录",
    ),
    "suggest.number": (
        "is it the participant's number, as the trial writes it?",
        "这是否为受试者编号，且写法与试验一致？",
    ),
    "suggest.site": ("no column names the site; the sites are {sites}", "没有列说明中心；中心有{sites}"),
    "suggest.no_day": ("no column holds this date", "没有列含有该日期"),
    "suggest.other_day": (
        "no column is called so; {column} is the nearest date",
        "没有如此命名的列；最接近的日期列为{column}",
    ),
    "suggest.no_arm": (
        "no column seems to hold the arm; the arms are {arms}",
        "似无列记录组别；组别有{arms}",
    ),
    "suggest.codes": (
        "the file has {values}, the protocol {codes}; name each value",
        "文件中有{values}，方案中有{codes}；请逐一对应",
    ),
    "suggest.truth": ("which of {values} means yes?", "{values}中哪个表示“是”？"),
    "suggest.visits": (
        "the form belongs to {visits}; say with `when` which rows are which",
        "该表单属于{visits}；请以 `when` 说明各行属于哪一访视",
    ),
    "suggest.no_column": ("no column seems to hold it: {label}", "似无列含有该项：{label}"),
    "suggest.name": ("is {column} the same as {label}?", "{column}是否即{label}？"),
    "suggest.unit": ("is it in {unit}?", "单位是否为{unit}？"),
    # How many rows say the same.
    "rows": ("{where}, {count} rows: {what}", "{where}，{count}行：{what}"),
    "what_first": ("{what}; {rest}", "{what}；{rest}"),
    "because": ("{why}. {mend}", "{why}。{mend}"),
    "for_line": ("For line {line}: {mend}", "以第{line}行为例：{mend}"),
    "line": ("line {line}", "第{line}行"),
    "line_says": ("line {line}: {what}", "第{line}行：{what}"),
    "rows_more": ("and {count} rows more", "另有{count}行"),
}
