"""Why a value that was entered does not fit its item, and how that is said."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase"]

TABLE = Table(
    "forms",
    {
        "value.not_an_integer": Words(
            en=(
                "{value} is not a whole number",
                "a whole number is asked for",
                "Enter digits only, without unit or point.",
            ),
            zh=("{value}不是整数", "此处应填整数", "请只填数字，不带单位和小数点。"),
        ),
        "value.not_an_integer/truth": Words(
            en=("{value} is a truth value", "a whole number is asked for", "Enter digits only."),
            zh=("{value}是逻辑值", "此处应填整数", "请只填数字。"),
        ),
        "value.not_an_integer/long": Words(
            en=(
                "{value} has more digits than are kept",
                "a whole number has at most {most}",
                "Look at the source again; a number that is a name belongs into a text.",
            ),
            zh=(
                "{value}的位数超出可保存的范围",
                "整数最多{most}位",
                "请核对原始资料；编号应记入文本项。",
            ),
        ),
        "value.not_a_number": Words(
            en=(
                "{value} is not a number",
                "a number is asked for",
                "Enter digits with a point, for example 4.2, without the unit.",
            ),
            zh=("{value}不是数值", "此处应填数值", "请填写数字和小数点，例如4.2，不带单位。"),
        ),
        "value.not_a_number/long": Words(
            en=(
                "{value} has more digits than are kept",
                "a number has at most {most} before and {most} after the point",
                "Round it as the instructions of the form say.",
            ),
            zh=("{value}的位数超出可保存的范围", "小数点前后各最多{most}位", "请按病例报告表说明取舍。"),
        ),
        "value.decimals": Words(
            en=(
                "{value} has {digits} digits after the point",
                "this item takes at most {most}",
                "Round it as the instructions of the form say.",
            ),
            zh=("{value}有{digits}位小数", "该项最多保留{most}位小数", "请按表单填写说明修约。"),
        ),
        "value.decimals/unit": Words(
            en=(
                "{value} has {digits} digits after the point",
                "this item takes at most {most}, in {unit}",
                "Round it as the instructions of the form say, or convert it if the source states another unit.",
            ),
            zh=(
                "{value}有{digits}位小数",
                "该项以{unit}计，最多保留{most}位小数",
                "请按表单填写说明修约；若源数据使用其他单位，请换算。",
            ),
        ),
        "value.not_true_or_false": Words(
            en=(
                "{value} is neither yes nor no",
                "a yes or a no is asked for",
                "Enter yes (true, {yes}) or no (false, {no}).",
            ),
            zh=("{value}既不是“是”也不是“否”", "此处应填是或否", "请填写{yes}（true、yes）或{no}（false、no）。"),
        ),
        "value.not_a_date": Words(
            en=("{value} is not a date", "a date is written year-month-day", "Enter it as in 2024-06-30."),
            zh=("{value}不是日期", "日期应按年-月-日填写", "请按2024-06-30的格式填写。"),
        ),
        "value.impossible_date": Words(
            en=("{value} is not in the calendar", "there is no such day", "Correct day, month or year."),
            zh=("{value}不在日历中", "没有这一天", "请更正日、月或年。"),
        ),
        "value.impossible_date/early": Words(
            en=("{value} is too early", "nobody in a trial was alive before {earliest}", "Correct the year."),
            zh=("{value}过早", "受试者不可能生活在{earliest}年以前", "请更正年份。"),
        ),
        "value.not_a_datetime": Words(
            en=(
                "{value} is not a date with a time",
                "date and time are written as in 2024-06-30T14:05",
                "Enter date and time.",
            ),
            zh=("{value}不是带时间的日期", "日期和时间应写作2024-06-30T14:05", "请填写日期和时间。"),
        ),
        "value.not_a_datetime/digits": Words(
            en=("{value} has too many digits of a second", "at most {most} are kept", "Leave off the rest."),
            zh=("{value}的秒数位数过多", "最多保存{most}位小数", "请略去其余各位。"),
        ),
        "value.not_a_partial_date": Words(
            en=(
                "{value} is neither a date nor a part of one",
                "what is known is written year-month-day, with UN for what is not",
                "Enter it as in 2024-06-30, 2024-06-UN, 2024-06 or 2024.",
            ),
            zh=(
                "{value}既不是日期，也不是日期的一部分",
                "已知部分应按年-月-日填写，未知部分写UN",
                "请按2024-06-30、2024-06-UN、2024-06或2024的格式填写。",
            ),
        ),
        "value.too_little_known": Words(
            en=(
                "{value} says too little",
                "this item needs at least {least}",
                "Look at the source again, and ask whoever may know more.",
            ),
            zh=("{value}信息不足", "该项至少须填写{least}", "请再次核对源数据，并向可能知情者询问。"),
        ),
        "value.unknown_qualifier": Words(
            en=(
                "{value} is not a number with a qualifier of this item",
                "its qualifiers are {qualifiers}",
                "Enter a number alone or with one of them, for example 4.2.",
            ),
            zh=(
                "{value}不是该项可用的带限定符数值",
                "该项的限定符为{qualifiers}",
                "请只填数值，或加上其中一个限定符，例如4.2。",
            ),
        ),
        "value.not_a_qualified_number": Words(
            en=(
                "{value} holds no number that can be read",
                "a number is asked for, alone or with one of {qualifiers}",
                "Enter digits with a point, for example 4.2, without the unit.",
            ),
            zh=(
                "{value}中没有可读取的数值",
                "此处应填数值，可单独填写或加上{qualifiers}之一",
                "请填写数字和小数点，例如4.2，不带单位。",
            ),
        ),
        "value.skipped_time": Words(
            en=(
                "{value} is a time that the clock in {timezone} never showed",
                "it was set forward then; {first} or {second} may be meant",
                "Enter the one that is meant, with its offset.",
            ),
            zh=(
                "{value}是{timezone}时钟从未显示过的时间",
                "当时时钟拨快；可能是{first}或{second}",
                "请填写实际所指的时间，并带上时差。",
            ),
        ),
        "value.repeated_time": Words(
            en=(
                "{value} is a time that the clock in {timezone} showed twice",
                "it was set back then; {first} or {second} may be meant",
                "Enter the one that is meant, with its offset.",
            ),
            zh=(
                "{value}是{timezone}时钟出现过两次的时间",
                "当时时钟拨慢；可能是{first}或{second}",
                "请填写实际所指的时间，并带上时差。",
            ),
        ),
        "value.too_long": Words(
            en=("the text has {length} characters", "at most {most} are kept", "Shorten it."),
            zh=("文本有{length}个字符", "最多保存{most}个字符", "请缩短。"),
        ),
        "value.not_text": Words(
            en=("{value} holds control characters", "they are not text", "Remove them."),
            zh=("{value}含有控制字符", "控制字符不是文本", "请删除。"),
        ),
        "value.not_text/several": Words(
            en=("{value} is a list or a mapping", "one text is asked for", "Write it in quotes if it is the text."),
            zh=("{value}是列表或映射", "此处应填一段文本", "若文本即如此，请加引号。"),
        ),
        "value.unknown_code": Words(
            en=("{value} is not a code of {codelist}", "its codes are {codes}", "Choose one of them."),
            zh=("{value}不是代码表{codelist}中的代码", "可用代码为{codes}", "请从中选择。"),
        ),
        "value.unknown_code/near": Words(
            en=("{value} is not a code of {codelist}", "its codes are {codes}", "Did you mean {near}?"),
            zh=("{value}不是代码表{codelist}中的代码", "可用代码为{codes}", "是否应为{near}？"),
        ),
        "value.out_of_range": Words(
            en=(
                "{value} is {beyond} {limit}",
                "this item cannot have such a value",
                "Look at the source again and enter what it says, in the unit asked for.",
            ),
            zh=("{value}{beyond}{limit}", "该项不可能有此数值", "请核对源数据，并以要求的单位如实填写。"),
        ),
        "value.unusual": Words(
            en=(
                "{value} is {beyond} {limit}",
                "such a value is unusual",
                "Look at the source again; if it says so, confirm the value and give the reason.",
            ),
            zh=("{value}{beyond}{limit}", "此数值不常见", "请核对源数据；若确实如此，请确认该数值并说明理由。"),
        ),
    },
    {
        "least.year": ("the year", "年"),
        "least.month": ("year and month", "年和月"),
        "least.day": ("the whole date", "完整日期"),
        "below": ("below", "低于"),
        "above": ("above", "高于"),
        "more": ("{codes} and {count} more", "{codes}等（另有{count}个）"),
    },
)
finding, phrase = TABLE.finding, TABLE.phrase
