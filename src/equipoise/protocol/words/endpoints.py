"""What a protocol is told about endpoints, analyses and the baseline table: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "endpoint.names_arm": Words(
        en=(
            "endpoint {endpoint} names `arm`",
            "what is measured would differ between the arms, and so would the result without any effect",
            "Measure the same in every arm; the comparison is the analysis's task.",
        ),
        zh=(
            "终点{endpoint}使用了`arm`",
            "各组的测量内容将不同，即使没有疗效，结果也会不同",
            "请在各组测量相同内容；组间比较由分析完成。",
        ),
    ),
    "analysis.after_randomization": Words(
        en=(
            "`{name}` is known only after randomization: {whence}",
            "the arms may have changed it, so that the comparison within it is no longer a randomized one",
            "Use what was recorded before randomization.",
        ),
        zh=(
            "`{name}`在随机后才可知：{whence}",
            "它可能受分组影响，在其中的比较不再是随机比较",
            "请使用随机前记录的内容。",
        ),
    ),
    "set.after_randomization": Words(
        en=(
            "set {set}, on which the primary analysis {analysis} rests, names `{name}`: {whence}",
            "the arms may have changed who is in it, so that those compared are no longer those randomized",
            "Let the primary analysis rest on what was known at randomization.",
        ),
        zh=(
            "主要分析{analysis}所用的分析集{set}使用了`{name}`：{whence}",
            "入集者可能受分组影响，所比较者不再是随机分组者",
            "主要分析请基于随机时已知的内容。",
        ),
    ),
    "rule.not_yet_recorded/endpoint": Words(
        en=(
            "`{name}` cannot be named here",
            "{because}",
            "Define a variable with `pick`, or use what is recorded by then.",
        ),
        zh=("此处不能引用`{name}`", "{because}", "请用`pick`定义一个变量，或引用届时已记录的内容。"),
    ),
    "rule.wrong_type/endpoint": Words(
        en=("`{name}` is of type {type}", "{asked} is needed here", "Name another item or variable."),
        zh=("`{name}`的类型为{type}", "此处需要{asked}", "请改用其他条目或变量。"),
    ),
    "endpoint.no_primary": Words(
        en=(
            "no endpoint is primary",
            "the design and the conclusion rest on one",
            "Give one endpoint `role: primary`.",
        ),
        zh=("没有主要终点", "试验设计与结论均以主要终点为依据", "请将一个终点标为`role: primary`。"),
    ),
    "endpoint.several_primary": Words(
        en=(
            "{count} endpoints are primary: {endpoints}",
            "the chance of a false positive grows with each, unless alpha is shared",
            "Say in the narrative how alpha is shared, or make one primary.",
        ),
        zh=(
            "有{count}个主要终点：{endpoints}",
            "若不分配α，每增加一个终点，假阳性的概率都会增大",
            "请在叙述部分说明α如何分配，或只保留一个主要终点。",
        ),
    ),
    "endpoint.constant": Words(
        en=(
            "the rule `{rule}` names nothing",
            "the endpoint would have the same value in everybody, whatever the treatment does",
            "Name the item or the variable that the endpoint is about.",
        ),
        zh=("规则“{rule}”未引用任何条目", "无论治疗如何，该终点在所有人中取值相同", "请引用该终点所涉及的条目或变量。"),
    ),
    "endpoint.unit": Words(
        en=(
            "the endpoint has no unit, and its rule `{rule}` gives {unit}",
            "means and their differences would be reported without it",
            "Write `unit: {unit}`.",
        ),
        zh=(
            "该终点没有单位，而其规则“{rule}”的结果以{unit}计",
            "均数及其差值在报告中会没有单位",
            "请写`unit: {unit}`。",
        ),
    ),
    "endpoint.no_event": Words(
        en=(
            "every event source is competing",
            "the endpoint itself could never occur",
            "Mark at least one source `kind: event`.",
        ),
        zh=("所有事件来源均为竞争事件", "该终点本身永远不会发生", "请至少将一个来源标为`kind: event`。"),
    ),
    "endpoint.death": Words(
        en=(
            "death competes with {endpoint}",
            "no event source is competing, so that a death would be left out",
            "Mark the source of deaths `kind: competing`, or correct `death`.",
        ),
        zh=(
            "死亡与{endpoint}竞争",
            "没有竞争事件来源，死亡会被遗漏",
            "请将死亡来源标为`kind: competing`，或更正`death`。",
        ),
    ),
    "endpoint.death/source": Words(
        en=(
            "death is said to be `{death}` for {endpoint}",
            "no event source of `kind: {death}` rests on the date of death ({item})",
            "Name the source of deaths, or correct `death`.",
        ),
        zh=(
            "{endpoint}中死亡被定义为`{death}`",
            "没有`kind: {death}`的事件来源以死亡日期（{item}）为依据",
            "请列出死亡的来源，或更正`death`。",
        ),
    ),
    "endpoint.death/censored": Words(
        en=(
            "death is said to censor {endpoint}",
            "its event source {event} is the date of death ({item})",
            "Remove the source, or correct `death`.",
        ),
        zh=(
            "{endpoint}中死亡被定义为删失",
            "其事件来源{event}就是死亡日期（{item}）",
            "请删除该来源，或更正`death`。",
        ),
    ),
    "analysis.estimand": Words(
        en=(
            "the analysis is about endpoint {endpoint}",
            "estimand {estimand} is about {other}",
            "Name the estimand of this endpoint.",
        ),
        zh=("该分析针对终点{endpoint}", "估计目标{estimand}针对{other}", "请改用该终点的估计目标。"),
    ),
    "analysis.method": Words(
        en=("method {method} on a {kind} endpoint", "it is made for {made_for}", "Choose another method or endpoint."),
        zh=("对{kind}使用方法{method}", "该方法适用于{made_for}", "请另选方法或终点。"),
    ),
    "analysis.option_unused": Words(
        en=(
            "`{option}` with method {method}",
            "the method does not use it, so that the plan would promise what is not done; it is used by: {users}",
            "Remove it, or choose a method that uses it.",
        ),
        zh=(
            "方法{method}带有选项`{option}`",
            "该方法不使用此选项，方案会承诺并未执行的内容；使用它的方法有：{users}",
            "请删除该选项，或改用会使用它的方法。",
        ),
    ),
    "analysis.option_unused/kind": Words(
        en=(
            "`{option}` with method {method}",
            "the method does not use it, so that the plan would promise what is not done; no method for {kind} does",
            "Remove it, and say in the estimand what the analysis does without it.",
        ),
        zh=(
            "方法{method}带有选项`{option}`",
            "该方法不使用此选项，方案会承诺并未执行的内容；没有适用于{kind}的方法使用它",
            "请删除该选项，并在估计目标中写明分析实际所做的内容。",
        ),
    ),
    "analysis.option/at_days": Words(
        en=(
            "method {method} without a day",
            "it says how things stand at a time, and the plan names the time",
            "Add `{lacking}: [...]`.",
        ),
        zh=("方法{method}未指定时点", "该方法说明某一时点的情况，时点须由方案指定", "请加上`{lacking}: [...]`。"),
    ),
    "analysis.option/same_day": Words(
        en=(
            "day {day} stands more than once in `at_days`",
            "its results would bear one name",
            "Name each day once.",
        ),
        zh=("第{day}天在`at_days`中出现多次", "其结果会同名", "每个时点请只写一次。"),
    ),
    "analysis.option/tau_days": Words(
        en=(
            "a restricted mean without its limit (method {method})",
            "it will be chosen from the data, which a plan should not leave open",
            "Add `{lacking}`.",
        ),
        zh=("限制性平均未指定上限（方法{method}）", "上限将由数据决定，而方案不应留此余地", "请加上`{lacking}`。"),
    ),
    "analysis.option/weights": Words(
        en=(
            "a combination without weights (method {method})",
            "it is the greatest of several weighted log-rank tests, and the plan names them",
            "Add `{lacking}: [{{kind: fleming_harrington}}, {{kind: fleming_harrington, gamma: 1}}]`.",
        ),
        zh=(
            "组合检验未指定权重（方法{method}）",
            "它取多个加权对数秩检验中的最大者，权重须由方案指定",
            "请加上`{lacking}: [{{kind: fleming_harrington}}, {{kind: fleming_harrington, gamma: 1}}]`。",
        ),
    ),
    "analysis.option/one_weight": Words(
        en=(
            "{count} weights for one log-rank test",
            "the choice among them would have to be allowed for",
            "Keep one, or use `method: maxcombo`.",
        ),
        zh=("一个对数秩检验有{count}个权重", "从中选择须作校正", "请只保留一个，或使用`method: maxcombo`。"),
    ),
    "analysis.option/weighed_twice": Words(
        en=(
            "weights beside rho or gamma",
            "one of the two says how deaths are weighed",
            "Write rho and gamma into the weight.",
        ),
        zh=("同时给出了weights与rho或gamma", "死亡的加权方式只应由其中之一规定", "请将rho与gamma写入权重。"),
    ),
    "analysis.by": Words(
        en=("method {method} without groups", "it compares groups", "Leave `by` out to compare the arms."),
        zh=("方法{method}没有分组", "该方法用于组间比较", "如需比较各试验组，请省略`by`。"),
    ),
    "analysis.groups": Words(
        en=(
            "{method} with weights in {count} groups of set {set}: {groups}",
            "it tells two groups apart, and will not be estimated for more",
            "Give it a set of two (`arm IN ('A', 'B')`), or compare all by `logrank` with `rho` and `gamma`.",
        ),
        zh=(
            "{method}附带权重，而分析集{set}中有{count}组：{groups}",
            "该检验只能比较两组，多于两组将无法估计",
            "请使用只含两组的分析集，例如`arm IN ('A', 'B')`；或以`logrank`的`rho`与`gamma`代替`weights`比较各组。",
        ),
    ),
    "analysis.groups/one": Words(
        en=(
            "{method} in set {set}, in which only {groups} can be",
            "it compares groups, and will not be estimated in one",
            "Use a set in which there are two groups, or describe the one, for example by `kaplan_meier`.",
        ),
        zh=(
            "{method}所用的分析集{set}中只可能有{groups}一组",
            "该方法用于组间比较，只有一组时无法估计",
            "请使用包含两组的分析集；或仅描述该组，例如采用`kaplan_meier`。",
        ),
    ),
    "analysis.groups/single": Words(
        en=(
            "method {method}, and {by} has one value: {group}",
            "it compares groups, and there will never be two",
            "Describe the one, for example by `kaplan_meier`, `proportion` or `mean`; or group by what differs.",
        ),
        zh=(
            "方法{method}，而{by}只有一个值：{group}",
            "该方法用于组间比较，而此处永远不会有两组",
            "仅描述该组，例如采用`kaplan_meier`、`proportion`或`mean`；或按受试者间有差别者分组。",
        ),
    ),
    "analysis.covariate": Words(
        en=(
            "covariate {covariate} has one value: {only}",
            "nobody differs in it, and no model tells what comes of it",
            "Remove it.",
        ),
        zh=("协变量{covariate}只有一个值：{only}", "受试者间并无差别，模型无从估计其作用", "请删除。"),
    ),
    "analysis.no_primary": Words(
        en=(
            "no analysis is primary",
            "the trial's question has no planned answer",
            "Give one analysis `role: primary`.",
        ),
        zh=("没有主要分析", "试验问题没有预先计划的答案", "请将一项分析标为`role: primary`。"),
    ),
    "analysis.primary": Words(
        en=(
            "a primary analysis of the {role} endpoint {endpoint}",
            "the primary analysis answers the primary endpoint",
            "Change one of the two roles.",
        ),
        zh=("主要分析针对{role}终点{endpoint}", "主要分析应回答主要终点", "请更改其中一方的角色。"),
    ),
    "analysis.primary/method": Words(
        en=("{method} as primary analysis", "it compares nothing", "Choose a comparison."),
        zh=("以{method}作为主要分析", "该方法不作比较", "请选择一种比较方法。"),
    ),
    "name.duplicate/baseline": Words(
        en=("`{name}` is listed twice", "once is enough", "Remove one."),
        zh=("`{name}`列出两次", "一次即可", "请删除其中一个。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "asked.date": ("a date", "日期"),
    "asked.days": ("a number of days", "天数"),
    "asked.class": ("a classification", "分类变量"),
    "asked.covariate": ("a number or a classification", "数值或分类变量"),
    "asked.shown": ("a value that a table can show", "表格可显示的值"),
    "role.secondary": ("secondary", "次要"),
    "role.exploratory": ("exploratory", "探索性"),
}
