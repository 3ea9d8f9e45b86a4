"""When a name has a value, as a protocol is told: where it comes from, why that is too late, and where it is asked."""

from equipoise.words import Words

WORDS: dict[str, Words] = {}
PHRASES: dict[str, tuple[str, str]] = {
    "place.end": ("the end of the trial", "试验结束"),
    "place.decision": (
        "the decision whether visit {visit} takes place",
        "决定访视{visit}是否进行之时",
    ),
    "place.randomization": ("visit {visit}, where participants are randomized", "随机所在的访视{visit}"),
    "whence.consented": ("consent is given at visit {visit}", "知情同意在访视{visit}签署"),
    "whence.enrolled": ("participants are enrolled at the end of visit {visit}", "受试者在访视{visit}结束时入组"),
    "whence.randomized": (
        "participants are randomized at the end of visit {visit}",
        "受试者在访视{visit}结束时随机",
    ),
    "whence.cut": ("it is the date of a data cut", "它是数据截止日期"),
    "whence.item": ("it is recorded at visit {visit} (form {form})", "它在访视{visit}录入（表单{form}）"),
    "whence.picked": (
        "it is picked from `{item}`, which is first recorded at visit {visit}",
        "它取自`{item}`，后者最早在访视{visit}录入",
    ),
    "whence.needs": ("it needs `{name}`, and {whence}", "它需要`{name}`，而{whence}"),
    "why.after": ("{whence}, which is after {place}", "{whence}，晚于{place}"),
    "why.in_a_group": (
        "it stands in the repeating group {group} of form {form} and can have many values",
        "它位于表单{form}的重复组{group}，可有多个值",
    ),
    "why.at_no_visit": ("its form {form} is used at no visit", "其表单{form}未用于任何访视"),
    "why.at_several_visits": (
        "its form {form} is used at several visits ({visits}), so it can have many values",
        "其表单{form}用于多次访视（{visits}），可有多个值",
    ),
    "why.at_a_log_visit": (
        "its form {form} is used at visit {visit}, which is a log, so it can have many values",
        "其表单{form}用于日志型访视{visit}，可有多个值",
    ),
    "why.at_a_repeated_visit": (
        "its form {form} is used at visit {visit}, which is repeated, so it can have many values",
        "其表单{form}用于重复进行的访视{visit}，可有多个值",
    ),
    "why.not_in_the_row": (
        "a pick looks at the rows of form {form} one at a time, and `{name}` does not stand in them",
        "取值（pick）逐行查看表单{form}，而`{name}`不在其行中",
    ),
}
