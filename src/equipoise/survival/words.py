"""What the estimators of survival refuse about their arguments, and how they say it."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "refuse"]

TABLE = Table(
    "survival",
    {
        # Arrays.
        "survival.no_rows": Words(
            en=("there are no rows", "nothing can be estimated from nobody", "Wait for data."),
            zh=("没有数据行", "没有受试者则无从估计", "请等待数据。"),
        ),
        "survival.not_numbers": Words(
            en=(
                "{name} holds something that is not a number",
                "it cannot be computed with",
                "Give numbers, none missing.",
            ),
            zh=("{name}中有非数值", "无法用于计算", "请给出数值，不得缺失。"),
        ),
        "survival.not_numbers/levels": Words(
            en=(
                "{name} holds something that is not a number",
                "it cannot be computed with",
                "Make a column of 0 and 1 for each level but one.",
            ),
            zh=("{name}中有非数值", "无法用于计算", "除一个水平外，请为每个水平设一列0与1。"),
        ),
        "survival.shape": Words(
            en=("{name} has {dimensions} dimensions", "one value per row is needed", "Give a vector."),
            zh=("{name}有{dimensions}个维度", "每行须有一个值", "请给出向量。"),
        ),
        "survival.length": Words(
            en=(
                "{name} has the shape {shape} beside {rows} times",
                "each row needs one value of each",
                "Give arrays of one length.",
            ),
            zh=("{name}的形状为{shape}，而时间有{rows}个", "每行每项均须有一个值", "请给出等长的数组。"),
        ),
        "survival.value/event": Words(
            en=("{value} is not an event mark", "{count} such rows", "Use 1 for an event and 0 for a censoring."),
            zh=("{value}不是事件标记", "此类行共{count}行", "事件用1，删失用0。"),
        ),
        "survival.value/start": Words(
            en=("{value} is not before the end", "{count} such rows", "Leave out rows without time at risk."),
            zh=("{value}不早于结束", "此类行共{count}行", "去除没有风险时间的行。"),
        ),
        "survival.value/level": Words(
            en=("{value} is missing", "{count} such rows", "Leave such rows out, or give them a level."),
            zh=("{value}为缺失", "此类行共{count}行", "去除此类行，或为其给出水平。"),
        ),
        "survival.value/covariate": Words(
            en=("{value} is not finite", "{count} such rows", "Leave out rows with missing values."),
            zh=("{value}不是有限值", "此类行共{count}行", "去除有缺失值的行。"),
        ),
        "survival.value/time": Words(
            en=("{value} is not finite", "{count} such rows", "Leave out rows without a time."),
            zh=("{value}不是有限值", "此类行共{count}行", "去除没有时间的行。"),
        ),
        "survival.value/status": Words(
            en=(
                "{value} is no kind of end",
                "{count} such rows",
                "Use 0 for censored, and 1, 2, ... for the kinds of event.",
            ),
            zh=("{value}不是结束的类别", "此类行共{count}行", "删失用0，各类事件用1、2……。"),
        ),
        "survival.value/weight": Words(
            en=("{value} is not positive", "{count} such rows", "Leave out rows without weight."),
            zh=("{value}不为正", "此类行共{count}行", "去除没有权重的行。"),
        ),
        "survival.value/negative": Words(
            en=("{value} is negative", "{count} such rows", "Correct the dates that it came from."),
            zh=("{value}为负", "此类行共{count}行", "更正其所依据的日期。"),
        ),
        "survival.levels": Words(
            en=("{name} mixes kinds of values", "they cannot be ordered", "Use one kind, none missing."),
            zh=("{name}混有不同类型的值", "无法排序", "请用同一类型，不得缺失。"),
        ),
        "survival.no_covariates": Words(
            en=("there are no covariates", "a model needs at least one", "Give a matrix of shape (n, p)."),
            zh=("没有协变量", "模型至少须有一个", "请给出形状为(n, p)的矩阵。"),
        ),
        # Choices.
        "survival.confidence": Words(
            en=("{confidence} is not a level of confidence", "it must lie between 0 and 1", "Use for example 0.95."),
            zh=("{confidence}不是置信水平", "须在0与1之间", "例如0.95。"),
        ),
        "survival.conf_type": Words(
            en=("there is no scale {given!r} for limits", "it is not implemented", "Use one of: {known}."),
            zh=("没有名为{given!r}的置信限尺度", "未实现", "请用以下之一：{known}。"),
        ),
        "survival.ties": Words(
            en=("there is no method {given!r} for ties", "it is not implemented", "Use efron or breslow."),
            zh=("没有名为{given!r}的结点处理方法", "未实现", "请用efron或breslow。"),
        ),
        "survival.transform": Words(
            en=("there is no transform {given!r}", "it is not implemented", "Use km, identity, log or rank."),
            zh=("没有名为{given!r}的变换", "未实现", "请用km、identity、log或rank。"),
        ),
        "survival.sides": Words(
            en=("a test has 1 or 2 sides, not {sides}", "it is not implemented", "Use 1 or 2."),
            zh=("检验为单侧或双侧，而非{sides}", "未实现", "请用1或2。"),
        ),
        "survival.day": Words(
            en=("{day} is not a day after the start", "it must be a number from 0 on", "Give for example 365."),
            zh=("{day}不是起点之后的时间", "须为不小于0的数", "例如365。"),
        ),
        "survival.unlike": Words(
            en=(
                "{first} is compared with {second}",
                "they are not estimates of the same thing",
                "Take two estimates of one kind.",
            ),
            zh=("将{first}与{second}相比较", "二者并非同一量的估计", "请取同类的两个估计。"),
        ),
        "survival.unlike/time": Words(
            en=(
                "an estimate until {first} is compared with one until {second}",
                "groups can only be compared at one time",
                "Estimate both until the same time.",
            ),
            zh=("将至{first}的估计与至{second}的估计相比较", "各组只能在同一时间比较", "请将二者估计至同一时间。"),
        ),
        "survival.unlike/confidence": Words(
            en=(
                "limits at a confidence of {first} meet a confidence of {second}",
                "the limits of a difference come from those of its two sides",
                "Estimate both, and their difference, at one level.",
            ),
            zh=(
                "置信水平{first}的限与置信水平{second}并用",
                "差值的置信限由两侧的置信限得出",
                "请以同一水平估计二者及其差值。",
            ),
        ),
        "survival.tau": Words(
            en=("tau is {tau}", "the mean is taken from 0 until tau", "Give a positive time."),
            zh=("tau为{tau}", "均值取自0至tau", "请给出正的时间。"),
        ),
        "survival.weights": Words(
            en=("rho {rho} and gamma {gamma} are no weights", "both must be 0 or more", "Use 0 or 1."),
            zh=("rho {rho}与gamma {gamma}不是权重", "两者均须不小于0", "请用0或1。"),
        ),
        "survival.weights/one": Words(
            en=(
                "a modest weight has either a delay or a level of survival",
                "one of them says where it stops rising",
                "Give one of the two.",
            ),
            zh=("modest权重或有延迟，或有生存水平", "由其一说明权重在何处不再上升", "二者请给其一。"),
        ),
        "survival.weights/delay": Words(
            en=("a delay of {delay} is not possible", "it is a time after randomization", "Give 0 or more."),
            zh=("延迟{delay}不可能", "其为随机后的时间", "请给出不小于0的值。"),
        ),
        "survival.weights/level": Words(
            en=("{level} is no level of survival", "it lies above 0 and at most at 1", "Use for example 0.5."),
            zh=("{level}不是生存水平", "须大于0且不超过1", "例如0.5。"),
        ),
        "survival.weights/cap": Words(
            en=("weights begin at 1 and cannot stay below {cap}", "survival begins at 1", "Give 1 or more."),
            zh=("权重自1起，不能保持低于{cap}", "生存率自1起", "请给出不小于1的值。"),
        ),
        "survival.weights/until": Words(
            en=("{until} is no time after randomization", "deaths before it are left out", "Give 0 or more."),
            zh=("{until}不是随机后的时间", "此前的死亡不计入", "请给出不小于0的值。"),
        ),
        "survival.weights/many": Words(
            en=("there are {count} weights", "a combination has 1 to {most}", "Name the few that matter."),
            zh=("有{count}个权重", "组合应有1至{most}个", "仅列出要紧的几个。"),
        ),
        # Too little to compare.
        "survival.one_group": Words(
            en=("everybody is in one group", "there is nothing to compare", "Wait for data."),
            zh=("所有人均在同一组", "没有可比较者", "请等待数据。"),
        ),
        "survival.two_groups": Words(
            en=(
                "there are {groups} groups",
                "a signed test compares two",
                "Leave the others out, or use the log-rank test.",
            ),
            zh=("有{groups}个组", "有方向的检验仅比较两组", "去除其余各组，或用对数秩检验。"),
        ),
        "survival.two_groups/one": Words(
            en=("there are {groups} groups", "a signed test compares two", "Wait for data."),
            zh=("有{groups}个组", "有方向的检验须比较两组", "请等待数据。"),
        ),
        "survival.no_events": Words(
            en=("nobody has had the event", "there is nothing to compare", "Wait for events."),
            zh=("尚无人发生事件", "没有可比较者", "请等待事件。"),
        ),
        "survival.no_events/hazard": Words(
            en=("nobody has had the event", "a hazard cannot be estimated", "Wait for events."),
            zh=("尚无人发生事件", "无法估计风险率", "请等待事件。"),
        ),
        "survival.no_overlap": Words(
            en=(
                "no death happened while the groups were at risk together",
                "their difference has no variance",
                "Wait for events, or compare fewer groups.",
            ),
            zh=("各组同时处于风险中时未发生死亡", "其差异没有方差", "请等待事件，或减少所比较的组。"),
        ),
        "survival.no_overlap/part": Words(
            en=(
                "{groups} of the groups had nobody at risk together with others at a death that some survived",
                "the difference of all groups at once has no variance there",
                "Wait for events, or compare fewer groups.",
            ),
            zh=(
                "有{groups}个组未曾在有人存活的死亡时点与其他组同处风险中",
                "全部各组之差在此没有方差",
                "请等待事件，或减少所比较的组。",
            ),
        ),
        "survival.no_overlap/at_once": Words(
            en=(
                "everybody at risk in the groups died at the same time",
                "whom of them it struck first cannot be seen, so their difference has no variance",
                "See whether the times are right; otherwise wait for others.",
            ),
            zh=(
                "各组中处于风险者均在同一时间死亡",
                "无从看出孰先孰后，故其差异没有方差",
                "请核对时间是否正确；否则请等待其他受试者的数据。",
            ),
        ),
        "survival.no_overlap/weighted": Words(
            en=(
                "the weight {weight} is 0 at every death at which the groups can be compared",
                "nothing is left to compare",
                "Wait for later events, or weigh them otherwise.",
            ),
            zh=("在各组可比较的每次死亡处，权重{weight}均为0", "没有可比较者", "请等待更晚的事件，或改用其他权重。"),
        ),
        "survival.beyond/day": Words(
            en=(
                "nobody was observed until day {day}",
                "the last observation is at {last}",
                "Ask for an earlier day, or wait for data.",
            ),
            zh=("无人观察至第{day}天", "最后一次观察在{last}", "请选择更早的时间，或等待数据。"),
        ),
        "survival.beyond": Words(
            en=(
                "nobody was observed until tau, {tau}",
                "the last observation is at {last}",
                "Choose an earlier tau, or wait for data.",
            ),
            zh=("无人观察至tau，即{tau}", "最后一次观察在{last}", "请选择更早的tau，或等待数据。"),
        ),
        "survival.milestone": Words(
            en=(
                "survival at {day} is {estimate} in one group",
                "the log-log scale has no value there",
                "Compare at another time.",
            ),
            zh=("某一组在{day}的生存率为{estimate}", "log-log尺度在此无值", "请在其他时间比较。"),
        ),
        # Models.
        "survival.constant": Words(
            en=("column {column} has the same value everywhere", "it explains nothing", "Leave it out."),
            zh=("第{column}列处处取值相同", "不能解释任何事", "请去除。"),
        ),
        "survival.constant/at_risk": Words(
            en=(
                "column {column} does not vary among those at risk",
                "it cannot explain who has the event",
                "Leave it out, or do not stratify by it.",
            ),
            zh=("第{column}列在处于风险者中没有变化", "不能解释谁发生事件", "请去除，或不以其分层。"),
        ),
        "survival.singular": Words(
            en=(
                "columns {columns} say the same",
                "some combination of them is constant, so their hazard ratios cannot be told apart",
                "Leave one out.",
            ),
            zh=("第{columns}列所述相同", "其某一组合为常数，故其风险比无法区分", "请去除其一。"),
        ),
        "survival.unbounded": Words(
            en=(
                "the hazard ratio of column {column} has no finite estimate",
                "its events are all on one side",
                "Wait for events, combine levels, or leave it out.",
            ),
            zh=("第{column}列的风险比没有有限的估计", "其事件均在一侧", "请等待事件，合并水平，或将其去除。"),
        ),
        "survival.unbounded/apart": Words(
            en=(
                "the hazard ratio of column {column} has no finite estimate",
                "at each event those who had it stand at one end of those then at risk, by it alone or with others",
                "Wait for events, combine levels, or leave it out.",
            ),
            zh=(
                "第{column}列的风险比没有有限的估计",
                "每次事件中，发生者均位于当时处于风险者的一端（由其单独或与其他列共同决定）",
                "请等待事件，合并水平，或将其去除。",
            ),
        ),
        "survival.not_converged": Words(
            en=(
                "the model did not converge in {steps} steps",
                "its likelihood has no clear maximum",
                "Use fewer covariates, or wait for events.",
            ),
            zh=("模型在{steps}步内未收敛", "其似然没有明确的最大值", "请减少协变量，或等待事件。"),
        ),
        "survival.one_cluster": Words(
            en=(
                "everybody is in one cluster",
                "how much clusters differ cannot be seen",
                "Leave `cluster` out.",
            ),
            zh=("所有人均在同一群组", "无从看出群组间的差异", "请去除`cluster`。"),
        ),
        "survival.one_time": Words(
            en=("all events are at one time", "a change over time cannot be seen", "Wait for events."),
            zh=("所有事件在同一时间", "无从看出随时间的变化", "请等待事件。"),
        ),
        "survival.few_events": Words(
            en=(
                "there are too few events at different times",
                "a change over time cannot be seen",
                "Wait for events.",
            ),
            zh=("不同时间的事件过少", "无从看出随时间的变化", "请等待事件。"),
        ),
        "survival.log_time": Words(
            en=("a time is 0", "it has no logarithm", "Use another transform."),
            zh=("有时间为0", "其没有对数", "请用其他变换。"),
        ),
    },
)
refuse = TABLE.refuse
