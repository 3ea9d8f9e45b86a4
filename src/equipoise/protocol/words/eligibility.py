"""What a protocol is told about eligibility: code to words, and how limits that exclude one another are said."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "eligibility.constant": Words(
        en=(
            "the rule of {criterion} names nothing",
            "it says the same of everybody",
            "Name the item that the criterion is about.",
        ),
        zh=("{criterion}的规则未引用任何条目", "其结果对所有人相同", "请引用该标准所涉及的条目。"),
    ),
    "eligibility.contradiction": Words(
        en=("{contradiction}", "nobody could qualify", "Swap the limits, or remove one."),
        zh=("{contradiction}", "任何人都无法符合", "请互换限值，或删除其中之一。"),
    ),
    "eligibility.contradiction/together": Words(
        en=("{contradiction} together with {other}", "nobody could qualify", "Swap the limits, or remove one."),
        zh=("{contradiction}（结合{other}）", "任何人都无法符合", "请互换限值，或删除其中之一。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "eligibility.hard_range": ("the item's hard range", "该条目的硬性范围"),
    "place.eligibility": ("visit {visit}, where eligibility is assessed", "评估资格的访视{visit}"),
    "contradiction.sets": ("`{name}` must be {values} and also {others}", "`{name}`须为{values}，同时又须为{others}"),
    "contradiction.interval": (
        "`{name}` must be {values} and also {interval}",
        "`{name}`须为{values}，同时又须{interval}",
    ),
    "contradiction.excluded": (
        "`{name}` must be {values} and must not be {value}",
        "`{name}`须为{values}，又不得为{value}",
    ),
    "contradiction.limits": (
        "lower limit {low} is above upper limit {high} for `{name}`",
        "`{name}`的下限{low}高于上限{high}",
    ),
    "contradiction.point": ("`{name}` must lie above and below {value}", "`{name}`须同时大于和小于{value}"),
    "interval.above": ("above {limit}", "大于{limit}"),
    "interval.at_least": ("at least {limit}", "不小于{limit}"),
    "interval.below": ("below {limit}", "小于{limit}"),
    "interval.at_most": ("at most {limit}", "不大于{limit}"),
    "interval.both": ("{low} and {high}", "{low}且{high}"),
}
