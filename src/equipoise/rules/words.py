"""What may be wrong with a rule, in both languages."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

_LENGTH_WHY, _LENGTH_WHY_ZH = "it would be counted in microseconds", "将以微秒计"
_LENGTH = "For days between two dates, write CAST(later AS INTEGER) - CAST(earlier AS INTEGER)."
_LENGTH_ZH = "两个日期之间的天数请写成 CAST(later AS INTEGER) - CAST(earlier AS INTEGER)。"
_ALIKE = "Compare like with like: codes and text in quotes, dates as DATE '2020-01-31'."
_ALIKE_ZH = "请以同类比较：代码与文本加引号，日期写成 DATE '2020-01-31'。"
_NO_CODE, _NO_CODE_ZH = "its codelist does not define it", "其代码表未定义该代码"
_UNREADABLE, _UNREADABLE_ZH = "the rule `{rule}` cannot be read", "规则“{rule}”无法读取"
_NO_NAME = ("the rule names `{name}`", "no item, variable or built-in has that name")
_NO_NAME_ZH = ("规则用到“{name}”", "没有该名称的条目、变量或内置值")
_FUNCTIONS = "Row-wise functions only: {functions}. To summarize repeated records, define a variable with `pick`."
_FUNCTIONS_ZH = "只可使用逐行函数：{functions}。汇总重复记录请用 `pick` 定义变量。"

TABLE = Table(
    "rules",
    {
        "rule.not_yet_recorded": Words(
            en=(
                "the rule names `{name}`, which cannot be used here",
                "{reason}",
                "Use what is recorded by then, move the rule to a later point, or define a variable with `pick`.",
            ),
            zh=(
                "规则用到“{name}”，此处不可使用",
                "{reason}",
                "请使用届时已记录的内容，将规则移至较后的时点，或用 `pick` 定义变量。",
            ),
        ),
        "rule.unknown_name": Words(
            en=(*_NO_NAME, "Define an item or a variable of that name, or correct the rule."),
            zh=(*_NO_NAME_ZH, "请定义该名称的条目或变量，或更正规则。"),
        ),
        "rule.unknown_name/near": Words(
            en=(*_NO_NAME, "Did you mean `{near}`?"),
            zh=(*_NO_NAME_ZH, "是否指“{near}”？"),
        ),
        "rule.unknown_code": Words(
            en=("'{code}' is not a code of {of}", _NO_CODE, "The codes are: {codes}."),
            zh=("'{code}' 不是{of}的代码", _NO_CODE_ZH, "代码为：{codes}。"),
        ),
        "rule.unknown_code/near": Words(
            en=("'{code}' is not a code of {of}", _NO_CODE, "Did you mean '{near}'? The codes are: {codes}."),
            zh=("'{code}' 不是{of}的代码", _NO_CODE_ZH, "是否指 '{near}'？代码为：{codes}。"),
        ),
        "rule.unreadable/arguments_age": Words(
            en=(
                _UNREADABLE,
                "AGE takes two dates: of birth, and of the day in question",
                "Write AGE(birth_date, visit_date).",
            ),
            zh=(_UNREADABLE_ZH, "AGE须有两个日期：出生日期和所问之日", "请写成AGE(birth_date, visit_date)。"),
        ),
        "rule.unreadable/arguments_date_diff": Words(
            en=(
                _UNREADABLE,
                "DATE_DIFF takes what is counted ({units}, in quotes) and two dates",
                "Write DATE_DIFF('month', earlier, later).",
            ),
            zh=(
                _UNREADABLE_ZH,
                "DATE_DIFF须有计数单位（{units}，加引号）和两个日期",
                "请写成DATE_DIFF('month', earlier, later)。",
            ),
        ),
        "rule.not_a_date": Words(
            en=(
                "`{part}` is {given}, and {function} counts between dates",
                "the rule `{rule}` would count from something that is no day",
                "Name a date, or write one as DATE '2020-01-31'.",
            ),
            zh=(
                "“{part}”为{given}，而{function}计算两个日期之间的间隔",
                "规则“{rule}”将以非日期的内容计数",
                "请使用日期，或写成DATE '2020-01-31'。",
            ),
        ),
        "rule.unit_of_result": Words(
            en=(
                "the rule `{rule}` gives {given}, and {declared} is declared",
                "the values would bear a unit that is not theirs",
                "Correct the rule, convert it with a factor, or declare the unit that it gives.",
            ),
            zh=(
                "规则“{rule}”得出的单位为{given}，而声明的单位为{declared}",
                "数值所带的单位与其实际单位不符",
                "请更正规则，用系数换算，或声明其实际单位。",
            ),
        ),
        "rule.units_differ": Words(
            en=(
                "the rule `{rule}` sets {one} against {other}",
                "the two sides are in different units",
                "Convert one side in the rule (say the factor), or record both in the same unit.",
            ),
            zh=(
                "规则“{rule}”以{one}对照{other}",
                "两侧单位不同",
                "请在规则中换算一侧（写明系数），或以同一单位记录两者。",
            ),
        ),
        "rule.wrong_type/length": Words(
            en=("the rule `{rule}` gives a length of time", _LENGTH_WHY, _LENGTH),
            zh=("规则“{rule}”的结果为时长", _LENGTH_WHY_ZH, _LENGTH_ZH),
        ),
        "rule.wrong_type/length_against_number": Words(
            en=("the rule `{rule}` sets a length of time against a number", _LENGTH_WHY, _LENGTH),
            zh=("规则“{rule}”以时长与数值相比", _LENGTH_WHY_ZH, _LENGTH_ZH),
        ),
        "rule.wrong_type/items": Words(
            en=("the rule `{rule}` does not fit its items", "{reason}", f"{{used}}. {_ALIKE}"),
            zh=("规则“{rule}”与其条目不符", "{reason}", f"{{used}}。{_ALIKE_ZH}"),
        ),
        "rule.wrong_type/values": Words(
            en=("the rule `{rule}` does not fit together", "{reason}", _ALIKE),
            zh=("规则“{rule}”前后不符", "{reason}", _ALIKE_ZH),
        ),
        "rule.wrong_type/truth": Words(
            en=(
                "the rule `{rule}` gives {given}",
                "here true or false is needed",
                "Compare it with something (`= ...`, `> ...`), or change the type that is asked for.",
            ),
            zh=(
                "规则“{rule}”的结果为{given}",
                "此处需要真或假",
                "请与某值比较（`= ...`、`> ...`），或更改所要求的类型。",
            ),
        ),
        "rule.wrong_type/day": Words(
            en=(
                "the rule `{rule}` gives {given}",
                "here {needed} is needed",
                "Write `CAST({rule} AS DATE)`, which takes the day, or change the type that is asked for.",
            ),
            zh=(
                "规则“{rule}”的结果为{given}",
                "此处需要{needed}",
                "请写 `CAST({rule} AS DATE)`（取其日期），或更改所要求的类型。",
            ),
        ),
        "rule.wrong_type": Words(
            en=(
                "the rule `{rule}` gives {given}",
                "here {needed} is needed",
                "Correct the rule, or change the type that is asked for.",
            ),
            zh=("规则“{rule}”的结果为{given}", "此处需要{needed}", "请更正规则，或更改所要求的类型。"),
        ),
        "rule.failed": Words(
            en=(
                "the rule `{rule}` could not be computed",
                "{reason}",
                "Correct the value that the rule stumbled over, or guard the rule with CASE WHEN.",
            ),
            zh=("规则“{rule}”无法计算", "{reason}", "请更正使规则出错的值，或用 CASE WHEN 加以防范。"),
        ),
        "rule.unreadable": Words(
            en=(
                _UNREADABLE,
                "{reason}",
                "Write it as a SQL expression, for example: age >= 18 AND sex IN ('F', 'M').",
            ),
            zh=(_UNREADABLE_ZH, "{reason}", "请写成 SQL 表达式，例如：age >= 18 AND sex IN ('F', 'M')。"),
        ),
        "rule.unreadable/named": Words(
            en=(
                _UNREADABLE,
                "it goes on with `{word}` after a complete expression",
                "Remove that word, or join it with AND, OR or an operator.",
            ),
            zh=(_UNREADABLE_ZH, "完整的表达式之后又有“{word}”", "请删去该词，或用 AND、OR 或运算符连接。"),
        ),
        "rule.unreadable/forbidden": Words(
            en=(
                _UNREADABLE,
                "{word!r} is not part of the rule language",
                "Write one expression over items of one participant.",
            ),
            zh=(_UNREADABLE_ZH, "{word!r} 不属于规则语言", "请写成关于一名受试者各条目的一个表达式。"),
        ),
        "rule.unreadable/truth": Words(
            en=(
                _UNREADABLE,
                "{word!r} hides what a missing value counts as",
                "Write COALESCE(x, FALSE) or COALESCE(x, TRUE) to say what a missing value counts as, or x IS NULL.",
            ),
            zh=(
                _UNREADABLE_ZH,
                "{word!r} 掩盖了缺失值按何处理",
                "请写 COALESCE(x, FALSE) 或 COALESCE(x, TRUE) 说明缺失值按何处理，或写 x IS NULL。",
            ),
        ),
        "rule.unreadable/fixed_point": Words(
            en=(
                _UNREADABLE,
                "numbers of rules are whole or double precision",
                "Write CAST(x AS DOUBLE), and ROUND(x, 2) to round.",
            ),
            zh=(_UNREADABLE_ZH, "规则中的数值为整数或双精度", "请写 CAST(x AS DOUBLE)，取整用 ROUND(x, 2)。"),
        ),
        "rule.unreadable/function": Words(
            en=(_UNREADABLE, "the function {function} is not part of the rule language", _FUNCTIONS),
            zh=(_UNREADABLE_ZH, "函数 {function} 不属于规则语言", _FUNCTIONS_ZH),
        ),
        "rule.unreadable/function_near": Words(
            en=(
                _UNREADABLE,
                "the function {function} is not part of the rule language",
                f"Did you mean {{near}}? {_FUNCTIONS}",
            ),
            zh=(_UNREADABLE_ZH, "函数 {function} 不属于规则语言", f"是否指 {{near}}？{_FUNCTIONS_ZH}"),
        ),
    },
    {
        "boolean": ("true or false", "真或假"),
        "number": ("a number", "数值"),
        "integer": ("a whole number", "整数"),
        "text": ("text", "文本"),
        "code": ("a code (text)", "代码（文本）"),
        "date": ("a date", "日期"),
        "datetime": ("a date and time", "日期和时间"),
        "typed": ("`{name}` is {type}", "“{name}”为{type}"),
        "column": ("`{name}`", "“{name}”"),
        "result": ("the result", "结果"),
        "engine_said": ("{said}", "引擎提示“{said}”"),
    },
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
