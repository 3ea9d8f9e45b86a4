"""What is told of an act that cannot be read."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "act.unknown": Words(
        en=("there is no act `{act}`", "the acts are {acts}", "Choose one of them."),
        zh=("没有操作“{act}”", "可用操作为{acts}", "请从中选择。"),
    ),
    "act.unknown/near": Words(
        en=("there is no act `{act}`", "the acts are {acts}", "Did you mean {near}?"),
        zh=("没有操作“{act}”", "可用操作为{acts}", "是否指{near}？"),
    ),
    "act.unknown_field": Words(
        en=("`{act}` has no `{field}`", "it takes {fields}", "Correct or remove it."),
        zh=("“{act}”没有字段“{field}”", "可用字段为{fields}", "请更正或删除。"),
    ),
    "act.missing_field": Words(
        en=("`{act}` needs `{field}`", "it takes {fields}", "Give it."),
        zh=("“{act}”缺少字段“{field}”", "可用字段为{fields}", "请补充。"),
    ),
    "act.field_type": Words(
        en=(
            "`{field}` is {value!r}",
            "{asked} is asked for",
            "Correct it (in YAML, quote dates and numbers that are names).",
        ),
        zh=("“{field}”的值为{value!r}", "此处须为{asked}", "请更正（在YAML中，日期和作名称用的数字须加引号）。"),
    ),
}
