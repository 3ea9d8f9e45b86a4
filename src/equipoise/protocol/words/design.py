"""What a protocol is told about the design: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "design.endpoint": Words(
        en=(
            "the design rests on {endpoint}, {role}",
            "the size of a trial follows from its primary endpoint",
            "Name the primary endpoint.",
        ),
        zh=("设计所依据的{endpoint}是{role}", "试验规模由主要终点决定", "请指定主要终点。"),
    ),
    "design.endpoint/hazard": Words(
        en=(
            "{assumed} for {endpoint}",
            "it is a {kind} endpoint, which has no hazard",
            "Remove it, or plan for a time-to-event endpoint.",
        ),
        zh=("为{endpoint}给出了{assumed}", "该终点类型为{kind}，没有风险率", "请删除，或改为按时间-事件终点设计。"),
    ),
    "design.endpoint/measure": Words(
        en=(
            "{assumed} for {endpoint}",
            "it is a {kind} endpoint, which has no {assumed}",
            "Remove them, or plan for a {belongs} endpoint.",
        ),
        zh=(
            "为{endpoint}给出了{assumed}",
            "该终点类型为{kind}，没有{assumed}",
            "请删除，或改为按{belongs}类型的终点设计。",
        ),
    ),
    "design.events": Words(
        en=(
            "{events} events among {participants} participants",
            "nobody has the event twice",
            "Correct one of the two.",
        ),
        zh=("{participants}名受试者中有{events}个事件", "每人至多发生一次事件", "请更正其中之一。"),
    ),
    "design.margin": Words(
        en=(
            "the margin is {margin}",
            "it is a hazard ratio, and a ratio is positive",
            "Write for example `margin: 1.3`.",
        ),
        zh=("界值为{margin}", "该界值为风险比，比值须为正数", "请改写，例如`margin: 1.3`。"),
    ),
    "design.margin/ratio": Words(
        en=("the margin is {margin}", "a ratio of rates is positive", "Write for example `margin: 0.9`."),
        zh=("界值为{margin}", "率比须为正数", "请改写，例如`margin: 0.9`。"),
    ),
    "design.margin/difference": Words(
        en=(
            "the margin is {margin}",
            "a difference of rates lies between -1 and 1",
            "Write for example `margin: -0.1`.",
        ),
        zh=("界值为{margin}", "率差介于-1与1之间", "请改写，例如`margin: -0.1`。"),
    ),
    "design.no_effect": Words(
        en=(
            "the assumed hazard ratio is 1",
            "no number of participants could show a difference that is not there",
            "Assume a ratio other than 1.",
        ),
        zh=("假设的风险比为1", "差异并不存在，样本量再大也无法显示", "请假设不等于1的风险比。"),
    ),
    "design.no_effect/margin": Words(
        en=(
            "the assumed hazard ratio {ratio} is not below the margin {margin}",
            "no number of participants could show that it is better than that",
            "Assume a smaller ratio, or argue for another margin.",
        ),
        zh=(
            "假设的风险比{ratio}不低于界值{margin}",
            "样本量再大也无法显示其优于界值",
            "请假设更小的风险比，或论证另一界值。",
        ),
    ),
    "design.no_effect/same": Words(
        en=(
            "the assumed {measure} are {experimental} and {control}",
            "no number of participants could show a difference that is not there",
            "Assume different ones, or state a margin.",
        ),
        zh=(
            "假设的{measure}为{experimental}与{control}",
            "差异并不存在，样本量再大也无法显示",
            "请假设不同的数值，或给出界值。",
        ),
    ),
    "design.no_events": Words(
        en=(
            "the hazard is 0 in every period",
            "nobody would ever have the event",
            "Give a hazard above 0 in at least one period.",
        ),
        zh=("各时段的风险率均为0", "不会有任何人发生事件", "请至少在一个时段给出大于0的风险率。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "design.secondary": ("a secondary endpoint", "次要终点"),
    "design.exploratory": ("an exploratory endpoint", "探索性终点"),
    "design.hazard_ratio": ("a hazard ratio", "风险比"),
    "design.prior": ("a prior", "先验分布"),
    "design.relevant_hazard_ratio": ("a relevant hazard ratio", "有意义的风险比"),
    "design.rates": ("rates", "发生率"),
    "design.means": ("means", "均数"),
}
