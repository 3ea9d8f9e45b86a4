"""How clauses may contradict themselves, whatever their room: most of those rooms are one module with few words."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "phrase"]

_COMMON: dict[str, tuple[str, str]] = {
    "assumption.source": (
        "an assumption needs a source: say where it comes from, or who judged it",
        "假设须注明来源：说明取自何处或由谁判断",
    ),
    "text.another_language": (
        "the protocol has `languages: [{own}]`, and this text is in the other language: write it plainly in the former",
        "方案写明`languages: [{own}]`，而该文本为另一种语言：请以前者直接书写",
    ),
    "languages.twice": ("a language stands in the list twice: name each once", "列表中有重复的语言：每种语言只写一次"),
}

# forms, visits, variables, arms
_CONDUCT: dict[str, tuple[str, str]] = {
    "item.codelist": (
        "an item of type code names its codelist, and no other type does",
        "code类型的条目须指定代码表，其他类型不得指定",
    ),
    "item.qualifiers": (
        "an item of type qualified_number says in `qualifiers` what each qualifier counts as, and no other type does",
        "qualified_number类型的条目须在`qualifiers`中说明各限定符如何计数，其他类型不得说明",
    ),
    "item.qualifiers.word": (
        "{qualifier} stands alone and has no limit to count as: give a number, or nothing",
        "{qualifier}单独出现，没有可计的界值：请给出数值或nothing",
    ),
    "item.impute": (
        "only a partial date says `impute` and `at_least`",
        "只有partial_date类型的条目才有`impute`和`at_least`",
    ),
    "form.empty": ("a form asks at least one question", "表单至少须有一个条目"),
    "visit.no_day": (
        "a scheduled visit needs an anchor and a day; a place for forms at any time is `kind: log`",
        "计划访视须有基准（anchor）和日（day）；可随时填写的表单放在`kind: log`中",
    ),
    "visit.log": (
        "a log has no day, no window, no forms of the past, no repetition and no act, and is neither due nor optional",
        "日志（log）没有日期、窗口、既往表单（past_forms）、重复和操作，也不分必做与可选",
    ),
    "visit.century": (
        "its last occurrence is on day {last}, and no trial lasts beyond day {most}: correct `count` or `every_days`",
        "末次发生在第{last}天，而任何试验都不会超过第{most}天：请更正`count`或`every_days`",
    ),
    "schedule.century": (
        "the last dose is on day {last}, and no trial lasts beyond day {most}: correct `count` or `every_days`",
        "末次给药在第{last}天，而任何试验都不会超过第{most}天：请更正`count`或`every_days`",
    ),
    "variable.one_origin": (
        "a variable is either picked from an item or computed by a rule: give exactly one of the two",
        "变量或取自条目（pick），或由规则（rule）计算：二者只能择一",
    ),
    "variable.codelist": ("a coded variable names its codelist", "code类型的变量须指定代码表"),
    "schedule.one_way": (
        "give every_days and count, or `phases` that each have their own (first_day, days and times_a_day too)",
        "给出every_days与count，或给出phases，二者择一；使用phases时，first_day、days与times_a_day也写在各阶段内",
    ),
    "schedule.incomplete": (
        "a schedule has every_days and count, or `phases`",
        "给药安排须有every_days与count，或phases",
    ),
    "schedule.days_order": (
        "the days of a cycle increase, and none comes twice: [1, 8] or [1-5, 8]",
        "周期内的给药日须递增且不重复：如[1, 8]或[1-5, 8]",
    ),
    "schedule.days_outside": (
        "day {day} lies outside a cycle of {every} days: lengthen every_days, or correct the day",
        "第{day}天超出{every}天的周期：请加长every_days或更正该日",
    ),
    "schedule.phases_order": (
        "phase {number} begins before the last dose of the one before it: give it a later first_day, or leave that out",
        "第{number}阶段开始于前一阶段末次给药之前：请推迟其first_day，或省略first_day",
    ),
    "drug.dose": (
        "say every dose once: `dose` for the phases without one of their own, and no `dose` where each phase has one",
        "每次剂量只说明一次：dose用于自身未给剂量的阶段；各阶段均有剂量时不写dose",
    ),
    "dose_rule.reduce": (
        "`reduce` says to what: give to_percent or to_dose, one of the two, and only there",
        "`reduce`须说明减至多少：to_percent或to_dose择一，且仅用于此",
    ),
    "dose_rule.delay": (
        "`delay` says for how long: give days, and only there",
        "`delay`须说明推迟多久：给出days，且仅用于此",
    ),
}

# endpoints and estimands
_QUESTION: dict[str, tuple[str, str]] = {
    "time_to_event.one_way": (
        "give either origin, events and censoring, or duration and event",
        "给出origin、events与censoring，或给出duration与event，二者择一",
    ),
    "weight.fleming_harrington": (
        "rho and gamma belong to `kind: fleming_harrington`",
        "rho与gamma仅用于`kind: fleming_harrington`",
    ),
    "weight.modest": ("level and cap belong to `kind: modest`", "level与cap仅用于`kind: modest`"),
    "weight.delay": (
        "delay_days belongs to `kind: modest` and `kind: early_zero`",
        "delay_days仅用于`kind: modest`和`kind: early_zero`",
    ),
    "weight.early_zero": ("give `delay_days`: when deaths begin to count", "请给出`delay_days`：死亡自何时起计入"),
    "weight.delay_or_level": (
        "give either `delay_days` or `level`: where the weight stops rising",
        "`delay_days`或`level`择一：权重在何处不再上升",
    ),
}

_DESIGN: dict[str, tuple[str, str]] = {
    "hazard.one_way": (
        "give one of: median_months; survival with at_months; per_month (with cuts_months between the pieces)",
        "以下择一：median_months；survival与at_months；per_month（各段之间以cuts_months分隔）",
    ),
    "hazard.pieces": ("piecewise hazards need one cut fewer than pieces", "分段风险率的分割点须比段数少一个"),
    "hazard.order": ("the cuts between the pieces increase", "各段的分割点须递增"),
    "accrual.rates": ("accrual needs one rate per period", "每个入组时段须有一个入组速度"),
    "accrual.positive": (
        "accrual periods are positive and somebody must be recruited",
        "入组时段须为正，且须有受试者入组",
    ),
    "prior.firmness": (
        "give either the `sd` of the log hazard ratio or the `events` that the belief is worth",
        "给出对数风险比的`sd`，或该先验相当的事件数`events`，二者择一",
    ),
    "rates.shares": ("rates lie between 0 and 1; write 0.3 for 30%", "率介于0与1之间；30%写作0.3"),
    "means.spread": ("a standard deviation is positive", "标准差须为正"),
    "design.alpha": ("alpha lies between 0 and 0.5", "alpha介于0与0.5之间"),
    "design.alpha_least": (
        "alpha is at least {least}: no trial can promise less, and boundaries in such tails are made of rounding",
        "alpha至少为{least}：任何试验都无法保证更小的错误概率，如此极端的界值也只是舍入误差",
    ),
    "design.power_most": (
        "power is at most 1 - {least}: no trial can promise more",
        "检验效能至多为1减{least}：任何试验都无法保证更高",
    ),
    "design.power": ("power lies between alpha and 1", "检验效能介于alpha与1之间"),
    "design.hazard_ratio": ("a hazard ratio is positive", "风险比须为正"),
    "design.cured": ("a cured share lies between 0 and 1", "治愈比例介于0与1之间"),
    "design.relevant_hazard_ratio": (
        "a clinically relevant hazard ratio lies between 0 and 1",
        "有临床意义的风险比介于0与1之间",
    ),
    "design.margin": ("a non-inferiority design states its margin", "非劣效设计须给出界值"),
    "design.looks": (
        "looks increase, and the last is at information 1; leave `looks` out when there is only one",
        "各次分析的信息量递增，末次为1；仅有一次分析时省略`looks`",
    ),
    "safety.first": (
        "the first look comes after more participants than there are to be: lower `first`",
        "首次观察所需人数多于计划人数：请减小`first`",
    ),
}

_SCENARIO: dict[str, tuple[str, str]] = {
    "modifier.pieces": (
        "ratios that change over time need one cut fewer than ratios",
        "随时间变化的比值，其分割点须比比值少一个",
    ),
    "modifier.cuts": ("cuts are positive and increase", "分割点须为正且递增"),
    "follow.days": (
        "the second number of days is below the first",
        "第二个天数小于第一个",
    ),
    "spread.pair": (
        "two numbers are needed: the mean and the standard deviation",
        "需要两个数：均数与标准差",
    ),
    "spread.sd": ("a standard deviation is finite and not negative", "标准差须有限且不为负"),
    "distribution.one_kind": ("give exactly one of {kinds}", "以下须且只能给出一项：{kinds}"),
    "distribution.days_after": (
        "days_after needs `from`: the date it counts from",
        "days_after须有`from`：自哪一日期起算",
    ),
    "distribution.bounds": (
        "min and max bound a normal or lognormal value; elsewhere say it in the rule",
        "min与max仅限定normal或lognormal的取值；其他情况写入规则",
    ),
    "distribution.weights": (
        "choice weights are not negative and not all zero",
        "各选项的权重不为负，且不全为零",
    ),
}

_ARGUMENTS = {
    "argument.unknown": Words(
        en=("{parameter} is {given}", "{function} knows {allowed}", "Give one of them."),
        zh=("{parameter}为{given}", "{function}只认{allowed}", "请给出其中之一。"),
    ),
    "argument.number": Words(
        en=("{parameter} is {given}", "{function} calculates with a number", "Give one that is finite."),
        zh=("{parameter}为{given}", "{function}须以数值计算", "请给出有限的数值。"),
    ),
    "argument.numbers": Words(
        en=("{parameter} is {given}", "{function} calculates with several numbers", "Give a list of numbers."),
        zh=("{parameter}为{given}", "{function}须以一列数值计算", "请给出一列数值。"),
    ),
    "argument.together": Words(
        en=("{given}", "{function} cannot calculate with these together", "Correct those that cannot be meant."),
        zh=("{given}", "{function}无法以此计算", "请更正其中不合理者。"),
    ),
}

TABLE = Table("wording", _ARGUMENTS, {**_COMMON, **_CONDUCT, **_QUESTION, **_DESIGN, **_SCENARIO})
phrase = TABLE.phrase
