"""What a protocol is told about estimands that nothing carries out: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "estimand.unanswered": Words(
        en=(
            "no analysis answers estimand {estimand}",
            "what is to be estimated is said, and then nobody estimates it",
            "Name it in an analysis: `estimand: {estimand}`, or remove it.",
        ),
        zh=(
            "没有分析对应估计目标{estimand}",
            "规定了要估计什么，却没有任何分析去估计",
            "请在某个分析中写明`estimand: {estimand}`，或删去该估计目标。",
        ),
    ),
    "estimand.summary": Words(
        en=(
            "the summary measure is {measure}",
            "no analysis of this estimand gives it ({methods})",
            "Plan an analysis that does, or say what the analyses give.",
        ),
        zh=(
            "汇总指标为{measure}",
            "该估计目标的分析（{methods}）均不给出该指标",
            "请增加能给出该指标的分析，或改写为现有分析所给出的指标。",
        ),
    ),
    "estimand.not_done": Words(
        en=(
            "the strategy is {strategy}, and nothing is named that carries it out",
            "the words alone change no number",
            "Name {wanted} under `done_by`.",
        ),
        zh=("策略为{strategy}，但未指明由什么实现", "仅有文字不会改变任何数字", "请在`done_by`下写明{wanted}。"),
    ),
    "estimand.done_by": Words(
        en=(
            "{named} cannot carry out the strategy {strategy}",
            "{wanted} is needed for it",
            "Name such a one, or mend the endpoint so that there is one.",
        ),
        zh=("{named}无法实现策略“{strategy}”", "此处需要{wanted}", "请改写为相应的名称，或先在终点中加以定义。"),
    ),
    "estimand.nothing_to_do": Words(
        en=(
            "{named} would change what counts",
            "under treatment policy the event changes nothing",
            "Remove `done_by`, or choose the strategy that is meant.",
        ),
        zh=("{named}会改变计入的内容", "疗法策略下该事件不改变任何内容", "请删去`done_by`，或选择实际所指的策略。"),
    ),
}

PHRASES: dict[str, tuple[str, str]] = {
    "strategy.hypothetical": ("hypothetical", "假想策略"),
    "strategy.composite": ("composite", "复合变量策略"),
    "strategy.while_on_treatment": ("while on treatment", "在治策略"),
    "strategy.principal_stratum": ("principal stratum", "主层策略"),
    "wanted.event": ("an event of the endpoint that is not competing", "该终点的一个非竞争事件"),
    "wanted.censoring": ("a censoring of the endpoint with `stops: true`", "该终点中带有`stops: true`的删失"),
    "wanted.end": (
        "a censoring with `stops: true` or a competing event of the endpoint",
        "该终点中带有`stops: true`的删失或竞争事件",
    ),
    "wanted.rule": ("an item or variable that the endpoint's rule names", "终点规则中引用的条目或变量"),
    "wanted.set": ("an item or variable that the rule of the population names", "人群规则中引用的条目或变量"),
    "measure.restricted_mean": ("a restricted mean", "限制性平均时间"),
    "measure.hazard_ratio": ("a hazard ratio", "风险比"),
    "measure.odds_ratio": ("an odds ratio", "比值比"),
    "measure.risk_ratio": ("a risk ratio", "相对危险度"),
    "measure.risk_difference": ("a difference of proportions", "率差"),
    "measure.mean_difference": ("a difference of means", "均数之差"),
    "measure.incidence": ("a cumulative incidence", "累积发生率"),
    "measure.median": ("a median", "中位数"),
    "measure.adjusted": ("adjusted for covariates", "经协变量校正"),
    "measure.stratified": ("stratified", "分层"),
    "measure.imputed": ("based on imputed values", "基于填补值"),
    "measure.repeated": ("from a model of repeated measures", "重复测量模型的结果"),
}
