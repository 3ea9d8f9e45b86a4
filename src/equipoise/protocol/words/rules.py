"""What a protocol is told about rules that need one another. What is said of one rule stands in the room of rules."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "rule.circle": Words(
        en=(
            "`{name}` needs itself: {circle}",
            "none of them could ever get a value",
            "Break the circle: compute one of them from recorded items.",
        ),
        zh=("`{name}`依赖自身：{circle}", "其中任何一个都无法得到取值", "请打破循环：使其中之一由录入的条目计算。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
