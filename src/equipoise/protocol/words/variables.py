"""What a protocol is told about variables and what they pick: code to words."""

from equipoise.words import Words

_NARROW = ("Pick first, last, count or any, or narrow with `where`.", "请选first、last、count或any，或以`where`限定。")
_SILENTLY = (", and nothing is converted silently", "，系统不作隐式换算")
_WRITE_UNIT = ("Write `unit: {others}`.", "请写`unit: {others}`。")

WORDS: dict[str, Words] = {
    "variable.type": Words(
        en=("the variable is of type {type}", "the pick gives {given}", "Write `type: {given}`."),
        zh=("变量的类型为{type}", "取值（pick）得到{given}", "请写`type: {given}`。"),
    ),
    "variable.type/codelist": Words(
        en=(
            "a variable of type {type} names a codelist",
            "only codes are taken from a codelist",
            "Write `type: code`, or remove the codelist.",
        ),
        zh=("{type}类型的变量指定了代码表", "只有代码取自代码表", "请写`type: code`，或删除代码表。"),
    ),
    "pick.not_there": Words(
        en=(
            "`{item}` is not recorded at visit {visit}",
            "its form {form} is not used there",
            "Name a visit that uses the form.",
        ),
        zh=("`{item}`不在访视{visit}录入", "该访视不使用其表单{form}", "请指定使用该表单的访视。"),
    ),
    "pick.which/number": Words(
        en=(
            "the {which} of `{item}` is asked for",
            "it is of type {type}, not a number",
            "Pick first, last, count or any.",
        ),
        zh=("要求取`{item}`的{which}", "其类型为{type}，不是数字", "请选first、last、count或any。"),
    ),
    "pick.which/order": Words(
        en=("the {which} of `{item}` is asked for", "it is of type {type}, which has no order", _NARROW[0]),
        zh=("要求取`{item}`的{which}", "其类型为{type}，没有大小顺序", _NARROW[1]),
    ),
    "rule.unknown_code/pick": Words(
        en=(
            "`{item}` can be '{code}'",
            "codelist {codelist} does not define it",
            "Use the codelist of the item.",
        ),
        zh=("`{item}`可取'{code}'", "代码表{codelist}未定义该代码", "请使用该条目的代码表。"),
    ),
    "unit.mismatch/pick": Words(
        en=("the variable is in {unit}", "`{item}` is in {others}" + _SILENTLY[0], _WRITE_UNIT[0]),
        zh=("变量的单位为{unit}", "`{item}`的单位为{others}" + _SILENTLY[1], _WRITE_UNIT[1]),
    ),
    "unit.mismatch/variable_without": Words(
        en=("the variable has no unit", "`{item}` is in {others}" + _SILENTLY[0], _WRITE_UNIT[0]),
        zh=("变量没有单位", "`{item}`的单位为{others}" + _SILENTLY[1], _WRITE_UNIT[1]),
    ),
    "unit.mismatch/item_without": Words(
        en=(
            "the variable is in {unit}",
            "`{item}` has no unit" + _SILENTLY[0],
            "Remove the unit, or give it to the item.",
        ),
        zh=("变量的单位为{unit}", "`{item}`没有单位" + _SILENTLY[1], "请删除该单位，或将其赋予条目。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
