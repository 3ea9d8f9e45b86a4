"""What a protocol is told about rules that rest on an arm which nobody at the desk may know: code to words."""

from equipoise.words import Words

_WHY = (
    "the trial is not open (blinding: {blinding}), so that no rule at the desk may know the arm",
    "本试验非开放（blinding: {blinding}），录入时任何规则均不得知道分组",
)
_MEND = (
    "Ask it in every arm (with a placebo or a sham), or say `blinding: open`.",
    "请在各组均设置（配安慰剂或模拟操作），或写 `blinding: open`。",
)


def _words(what: tuple[str, str]) -> Words:
    return Words((what[0], _WHY[0], _MEND[0]), (what[1], _WHY[1], _MEND[1]))


WORDS: dict[str, Words] = {
    "blinding.rests_on_arm/when": _words(
        (
            "{what} depends on the arm, by {name}: nothing of it could ever be recorded",
            "{what}取决于分组（{name}）：其任何内容均无法录入",
        )
    ),
    "blinding.rests_on_arm/shown_when": _words(
        (
            "{what} is shown depending on the arm, by {name}: every answer would be refused",
            "{what}按分组显示（{name}）：任何答案均会被拒绝",
        )
    ),
    "blinding.rests_on_arm/required_when": _words(
        (
            "{what} is required depending on the arm, by {name}: it would be required of nobody",
            "{what}按分组决定是否必填（{name}）：对任何人均不会必填",
        )
    ),
    "blinding.rests_on_arm/computed": _words(
        (
            "{what} is computed from the arm, by {name}: it would always be empty",
            "{what}由分组计算（{name}）：将始终为空",
        )
    ),
    "blinding.rests_on_arm/check": _words(
        ("{what} rests on the arm, by {name}: it would never be asked", "{what}依赖分组（{name}）：永远不会执行")
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "what.visit": ("visit {visit}", "访视{visit}"),
    "what.item": ("item {item}", "项目{item}"),
    "what.check": ("check {check}", "核查{check}"),
}
