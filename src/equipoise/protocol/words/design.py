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
    "design.unanswered": Words(
        en=(
            "no primary analysis compares the arms in {endpoint}; there is {analyses}",
            "the size of the trial follows from it, and the report concludes from a comparison of all its arms only",
            "Add a primary analysis of {endpoint} by arm without `subgroup`, or name what is analyzed in the design.",
        ),
        zh=(
            "没有主要分析按组比较{endpoint}；现有{analyses}",
            "试验规模由该终点决定，报告仅据全部受试者按组的比较下结论",
            "请添加按组比较{endpoint}且不含`subgroup`的主要分析，或让设计指定所分析的终点。",
        ),
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
    "design.no_effect/margin_above": Words(
        en=(
            "the assumed hazard ratio {ratio} is not above the margin {margin}",
            "a margin up to 1 says that the event is wished for; no number of participants could show that",
            "Assume a larger ratio, or write the margin above 1.",
        ),
        zh=(
            "假设的风险比{ratio}不高于界值{margin}",
            "界值不大于1表示期望该事件发生；样本量再大也无法显示",
            "请假设更大的风险比，或将界值写为大于1。",
        ),
    ),
    "design.no_effect/beyond": Words(
        en=(
            "the assumed {measure} are {experimental} and {control}, beyond the margin {margin}",
            "no number of participants could show that it is not worse than that",
            "Assume a better one, or argue for another margin.",
        ),
        zh=(
            "假设的{measure}为{experimental}与{control}，已超出界值{margin}",
            "样本量再大也无法显示其不劣于界值",
            "请假设更好的数值，或论证另一界值。",
        ),
    ),
    "design.margin/superiority": Words(
        en=(
            "a margin of {margin} in a superiority design",
            "superiority is held against no effect, and nothing is done with the margin",
            "Write `question: non_inferiority`, or remove `margin`.",
        ),
        zh=(
            "优效性设计中给出界值{margin}",
            "优效性以无效应为对照，界值不起作用",
            "请写`question: non_inferiority`，或删除`margin`。",
        ),
    ),
    "design.margin/single": Words(
        en=(
            "a margin in a trial of one arm",
            "the arm is compared with the number under `control`, and with nothing else",
            "Write as `control` what is to be excluded, with `question: superiority` and no margin.",
        ),
        zh=(
            "单臂试验中设有界值",
            "该组仅与`control`下的数值比较",
            "请将欲排除的数值写在`control`下，用`question: superiority`且不设界值。",
        ),
    ),
    "design.endpoint/ratio_of_one": Words(
        en=(
            "a ratio of rates in a trial of one arm",
            "there is one rate only, which is compared with a number",
            "Remove `measure`.",
        ),
        zh=("单臂试验中采用率比", "仅有一个率，与给定数值比较", "请删除`measure`。"),
    ),
    "design.prior": Words(
        en=(
            "a weight of {weight} for the only component of the prior",
            "weights are divided by their sum, so that it changes nothing",
            "Remove `weight`, or add the other components.",
        ),
        zh=(
            "先验分布仅有一个成分，却给出权重{weight}",
            "权重除以其总和，故不起任何作用",
            "请删除`weight`，或添加其他成分。",
        ),
    ),
    "design.without": Words(
        en=(
            "`{name}` without `{lacking}`",
            "no number of the design changes with it",
            "Add `{lacking}`, or remove `{name}`.",
        ),
        zh=("有`{name}`而无`{lacking}`", "设计的任何数值都不因其改变", "请添加`{lacking}`，或删除`{name}`。"),
    ),
    "design.unplanned/assumed": Words(
        en=(
            "the design cannot be planned: `{needed}` is missing",
            "the size of a trial of a {kind} endpoint follows from it, and `equipoise design` refuses without",
            "Add `{needed}`.",
        ),
        zh=(
            "设计无法计算：缺少`{needed}`",
            "{kind}终点的样本量由其得出，`equipoise design`会拒绝",
            "请添加`{needed}`。",
        ),
    ),
    "design.unplanned/arms": Words(
        en=(
            "the design cannot be planned: {experimental} experimental and {control} control arms",
            "a design compares one with one, and `equipoise design` and `equipoise simulate` refuse this one",
            "Plan each comparison in a protocol of its own, and remove `design` here; the trial itself can be run.",
        ),
        zh=(
            "设计无法计算：有{experimental}个试验组与{control}个对照组",
            "一项设计仅比较一对一，`equipoise design`与`equipoise simulate`会拒绝",
            "每项比较各立方案设计，并删除此处的`design`；试验本身可以实施。",
        ),
    ),
    "design.unplanned/single": Words(
        en=(
            "the design cannot be planned: a time to an event in a trial of one arm",
            "a hazard ratio needs two arms, and `equipoise design` refuses this one",
            "Add a control arm, or plan for a binary endpoint, such as being free of the event at a day.",
        ),
        zh=(
            "设计无法计算：单臂试验采用时间-事件终点",
            "风险比须有两组，`equipoise design`会拒绝",
            "请增加对照组，或改用二分类终点设计，例如某日无事件。",
        ),
    ),
    "design.better": Words(
        en=(
            "nothing says whether a lower or a higher {endpoint} is better",
            "the design takes the side of the assumed effect for the benefit: {planned}",
            "Write `better: {key}` at the endpoint if that is meant.",
        ),
        zh=(
            "未说明{endpoint}较低还是较高为优",
            "设计将所假设效应的一侧视为获益：{planned}",
            "若确为此意，请在该终点处写`better: {key}`。",
        ),
    ),
    "design.better/worse": Words(
        en=(
            "{experimental} is assumed in the experimental arm and {control} in the control arm",
            "of {endpoint} {better} is better, so that harm would be planned for",
            "Exchange the two, or correct `better`.",
        ),
        zh=(
            "假设试验组为{experimental}、对照组为{control}",
            "{endpoint}以{better}为优，如此即按有害设计",
            "请对调二者，或更正`better`。",
        ),
    ),
    "design.better/margin": Words(
        en=(
            "the margin {margin} has the benefit on the side of {planned}",
            "of {endpoint} {better} is better",
            "Change the sign of the margin (of a ratio: take one over it), or correct `better`.",
        ),
        zh=(
            "界值{margin}将获益置于{planned}一侧",
            "而{endpoint}以{better}为优",
            "请改变界值的符号（比值则取其倒数），或更正`better`。",
        ),
    ),
    "design.better/ratio": Words(
        en=(
            "a hazard ratio of {ratio} is assumed: more events in the experimental arm",
            "the design takes more events for the benefit, which is right only where the event is wished for",
            "Write a ratio below 1, unless the event is one such as recovery.",
        ),
        zh=(
            "假设风险比为{ratio}：试验组事件更多",
            "设计将事件更多视为获益，仅当期望该事件发生时才正确",
            "请写小于1的风险比，除非事件为康复之类。",
        ),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "design.secondary": ("a secondary endpoint", "次要终点"),
    "design.exploratory": ("an exploratory endpoint", "探索性终点"),
    "design.control": ("survival in the control arm", "对照组生存"),
    "design.delay_months": ("a delay of the hazard ratio", "风险比的延迟"),
    "design.cured": ("a cured share", "治愈比例"),
    "design.method": ("a formula of the log-rank test", "对数秩检验的公式"),
    "design.event_count": ("a number of events", "事件数"),
    "design.lower": ("lower", "较低"),
    "design.higher": ("higher", "较高"),
    "design.hazard_ratio": ("a hazard ratio", "风险比"),
    "design.belief": ("a prior", "先验分布"),
    "design.relevant_hazard_ratio": ("a relevant hazard ratio", "有意义的风险比"),
    "design.rates": ("rates", "发生率"),
    "design.means": ("means", "均数"),
}
