"""What a protocol is told about the schedule: code to words."""

from equipoise.words import Words

_SCHEDULED = ("Name a scheduled visit.", "请指定计划访视。")
_ASSESSED = ("eligibility is assessed at visit {visit}", "资格在访视{visit}评估")
_EARLIER = ("Assess it at that visit or earlier.", "请在该访视或更早评估。")

WORDS: dict[str, Words] = {
    "visit.form_twice": Words(
        en=(
            "form `{form}` is named twice at this visit",
            "a form is filled in once at each visit",
            "Remove one; repeating groups hold several rows.",
        ),
        zh=("表单`{form}`在本访视列出两次", "每份表单在每次访视填写一次", "请删除其一；多行数据用重复组。"),
    ),
    "visit.order": Words(
        en=(
            "visit {visit} is on day {day}",
            "it stands after visit {before}, which is on day {day_before}",
            "Put the visits in the order in which they come.",
        ),
        zh=("访视{visit}在第{day}天", "它排在第{day_before}天的访视{before}之后", "请按先后顺序排列访视。"),
    ),
    "visit.windows_overlap": Words(
        en=(
            "the windows of successive occurrences overlap",
            "they are {apart} days apart and {wide} days wide",
            "Narrow the window.",
        ),
        zh=("相邻各次访视的窗口期重叠", "间隔{apart}天，而窗口期宽{wide}天", "请缩窄窗口期。"),
    ),
    "visit.act_twice": Words(
        en=(
            "`{act}` is marked at two visits",
            "visit {visit} has it already",
            "A participant passes it once: keep one.",
        ),
        zh=("`{act}`标在两次访视上", "访视{visit}已有该操作", "每名受试者只经历一次：请保留其一。"),
    ),
    "visit.act_order": Words(
        en=(
            "`{later}` is marked before `{earlier}`",
            "visit {visit} comes later",
            "Consent, enrollment and randomization follow one another.",
        ),
        zh=("`{later}`标在`{earlier}`之前", "访视{visit}在其后", "知情同意、入组与随机须依次进行。"),
    ),
    "visit.is_log": Words(
        en=("visit {visit} is a log", "a log has no moment at which something happens", _SCHEDULED[0]),
        zh=("访视{visit}为日志型", "日志没有发生某事的时点", _SCHEDULED[1]),
    ),
    "visit.is_log/eligibility": Words(
        en=("visit {visit} is a log", "a log has no moment at which eligibility could be assessed", _SCHEDULED[0]),
        zh=("访视{visit}为日志型", "日志没有可评估资格的时点", _SCHEDULED[1]),
    ),
    "visit.act_elsewhere": Words(
        en=(
            "randomization is at visit {visit}",
            "the visit marked `randomize` is {marked}",
            "Name the same visit in both places.",
        ),
        zh=("随机在访视{visit}进行", "标有`randomize`的访视为{marked}", "请在两处写同一访视。"),
    ),
    "visit.anchor_later": Words(
        en=(
            "visit {visit} counts its days from {anchor}",
            "that happens at visit {later}, which comes later in the list",
            "Anchor it to consent, or put it after that visit.",
        ),
        zh=(
            "访视{visit}自{anchor}起算天数",
            "该时点在访视{later}，列于其后",
            "请以知情同意（consent）为基准，或移至该访视之后。",
        ),
    ),
    "visit.before_anchor": Words(
        en=(
            "visit {visit} falls on day {day}, before its {anchor}",
            "the {anchor} happens at visit {earlier}, which comes earlier in the list",
            "Put the visit before {earlier}, or correct its day.",
        ),
        zh=(
            "访视{visit}在第{day}天，早于其基准（{anchor}）",
            "该基准发生在访视{earlier}，而{earlier}在列表中位于其前",
            "请将该访视移至{earlier}之前，或更正其天数。",
        ),
    ),
    "eligibility.too_late/enrolled": Words(
        en=(_ASSESSED[0], "participants are enrolled at visit {before}, which comes before", _EARLIER[0]),
        zh=(_ASSESSED[1], "受试者在其前的访视{before}入组", _EARLIER[1]),
    ),
    "eligibility.too_late/randomized": Words(
        en=(_ASSESSED[0], "participants are randomized at visit {before}, which comes before", _EARLIER[0]),
        zh=(_ASSESSED[1], "受试者在其前的访视{before}随机", _EARLIER[1]),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
