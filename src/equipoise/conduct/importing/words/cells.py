"""What is said of a cell of a foreign file: why it cannot be read, and what it was taken as."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["CELLS"]

_GUESS, _GUESS_ZH = "which of them is meant would be a guess", "无从确定所指为哪一个"
_CORRECT, _CORRECT_ZH = "Correct it in the file.", "请在文件中更正。"
_NOTHING_TO_DO, _NOTHING_TO_DO_ZH = "Nothing to do.", "无需操作。"

CELLS = {
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
    "import.not_a_date/several": Words(
        en=(
            "`{text}` can be read in more than one way",
            "the formats of its column give {readings}",
            "Leave one of the formats out, or correct the cell.",
        ),
        zh=("“{text}”有不止一种读法", "按该列的各格式可读作{readings}", "请删去其中一种格式，或更正该单元格。"),
    ),
    "import.not_a_date/none": Words(
        en=("`{text}` is not a day", "the column is written as {formats}", _CORRECT),
        zh=("“{text}”不是日期", "该列的书写格式为{formats}", _CORRECT_ZH),
    ),
    "import.not_a_date/time": Words(
        en=(
            "`{text}` has a time of day",
            "its column is read as days, and the time would be lost",
            "Make the column one of type datetime; `CAST(... AS DATE)` gives the day.",
        ),
        zh=(
            "“{text}”带有时间",
            "该列按日期读取，时间将会丢失",
            "请将该列类型设为 datetime；`CAST(... AS DATE)` 可取其日期。",
        ),
    ),
    "import.not_a_date/serial": Words(
        en=(
            "`{text}` is not a day written as {format}",
            "a spreadsheet counts days from the start of its calendar, and this is none of its numbers",
            _CORRECT,
        ),
        zh=("“{text}”不是按{format}书写的日期", "电子表格以序列数计日，而此数不在其中", _CORRECT_ZH),
    ),
    "import.not_a_partial_date": Words(
        en=("`{text}` says nothing of a day", "a year, a year and a month, or a whole date is asked for", _CORRECT),
        zh=("“{text}”未说明日期", "此处应为年、年月或完整日期", _CORRECT_ZH),
    ),
    "import.not_a_qualified_number": Words(
        en=("`{text}` is no number with a sign", "a number, or a number after <, <=, > or >= is asked for", _CORRECT),
        zh=("“{text}”不是带符号的数值", "此处应为数值，或在 <、<=、>、>= 之后的数值", _CORRECT_ZH),
    ),
    "import.not_a_number/signs": Words(
        en=("`{text}` is not a number", "it has more than one decimal sign", _CORRECT),
        zh=("“{text}”不是数值", "含有不止一个小数点", _CORRECT_ZH),
    ),
    "import.not_a_number/thousands": Words(
        en=(
            "`{text}` can be read in more than one way",
            "the comma may part decimals or thousands",
            _CORRECT,
        ),
        zh=("“{text}”有不止一种读法", "逗号可能是小数点，也可能是千位分隔符", _CORRECT_ZH),
    ),
    "import.not_a_number/point": Words(
        en=(
            "`{text}` has a point, and decimals are written with a comma here",
            "the point may part decimals or thousands",
            _CORRECT,
        ),
        zh=("“{text}”含有点号，而此处小数点写作逗号", "点号可能是小数点，也可能是千位分隔符", _CORRECT_ZH),
    ),
    "import.read_as/one_zero": Words(
        en=("`{text}` is read as {value}", "1 is yes and 0 is no; cells of this column: {count}", _NOTHING_TO_DO),
        zh=("“{text}”读作{value}", "1为是，0为否；该列有{count}个单元格如此", _NOTHING_TO_DO_ZH),
    ),
    "import.read_as/whole": Words(
        en=(
            "`{text}` is read as {value}",
            "a whole number with nothing after its decimal sign; cells of this column: {count}",
            _NOTHING_TO_DO,
        ),
        zh=("“{text}”读作{value}", "整数的小数部分为零；该列有{count}个单元格如此", _NOTHING_TO_DO_ZH),
    ),
    "import.read_as/exponent": Words(
        en=(
            "`{text}` is read as {value}",
            "a power of ten; cells of this column: {count}",
            "Look whether digits were lost before the file was written.",
        ),
        zh=("“{text}”读作{value}", "以10的幂书写；该列有{count}个单元格如此", "请核对写入文件前是否已丢失数位。"),
    ),
    "import.read_as/digits": Words(
        en=(
            "`{text}` is read as {value}",
            "15 digits after the point are kept, and a computation leaves more; cells of this column: {count}",
            _NOTHING_TO_DO,
        ),
        zh=("“{text}”读作{value}", "小数点后保留15位，计算所得常更长；该列有{count}个单元格如此", _NOTHING_TO_DO_ZH),
    ),
    "import.read_as/full_width": Words(
        en=(
            "`{text}` is read as {value}",
            "signs of another width or script mean the same as plain ones; cells of this column: {count}",
            _NOTHING_TO_DO,
        ),
        zh=("“{text}”读作{value}", "全角或其他文字的字符与普通字符同义；该列有{count}个单元格如此", _NOTHING_TO_DO_ZH),
    ),
    "import.impossible_date": Words(
        en=("`{text}` would be day {number} of {year}", "{year} has {days} days", _CORRECT),
        zh=("“{text}”应为{year}年第{number}天", "{year}年有{days}天", _CORRECT_ZH),
    ),
    # What the forms or the desk found, told again at the row of the file.
    "import.retold": Words(en=("{what}", "{why}", "{mend}"), zh=("{what}", "{why}", "{mend}")),
}
