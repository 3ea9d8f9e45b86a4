"""Estimands, analysis sets and analyses

An estimand has the five attributes of ICH E9(R1): population, treatment, variable (an endpoint), intercurrent events with their strategies, and a
summary. An analysis answers it with a method on an analysis set.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
estimands:
- id: second
  label: {en: If nobody had changed treatment, zh: 假设无人更换治疗}
  population: itt
  treatment: {en: A against B, zh: A 组对比 B 组}
  endpoint: ttp
  intercurrent:
  - id: switch
    event: {en: Another treatment is begun, zh: 开始其他治疗}
    strategy: hypothetical
    handling: {en: Follow-up is censored there., zh: 在该时点删失。}
    done_by: left
  summary: {en: Hazard ratio, zh: 风险比}
  assumption: true
  source: Judgement
analyses:
- {id: ttp_cox, label: {en: Cox model, zh: Cox 模型}, endpoint: ttp, estimand: second, set: itt, method: cox, role: secondary}
""")
def test_an_estimand_has_five_attributes():
    """Strategies: treatment_policy, hypothetical, composite, while_on_treatment, principal_stratum. `done_by` names what carries one out: for a composite an event of the endpoint, for a hypothetical one a censoring that stops follow-up, while on treatment either such a censoring or a competing event, for a principal stratum what the rule of the population names, and for an endpoint with a rule what that rule names."""


@warned("""
estimands:
- id: main
  intercurrent: [{id: stopped, strategy: hypothetical}]
""", "estimand.not_done", "estimands.main.intercurrent.stopped.strategy")  # fmt: skip
def test_a_strategy_that_nothing_carries_out_is_told():
    """A strategy changes numbers only where the endpoint does something: the words alone do not. Treatment policy needs nothing, since everything counts."""


@refused("""
endpoints:
- {id: os, censoring: [{id: gone, label: {en: Gone, zh: 离开}, date: withdrawn_date, when: withdrawn, stops: true}]}
estimands:
- id: main
  intercurrent: [{id: stopped, strategy: composite, done_by: gone}]
""", "estimand.done_by", "estimands.main.intercurrent.stopped.done_by")  # fmt: skip
def test_what_carries_a_strategy_out_can_do_it():
    """Censoring takes somebody out of what follows; a composite counts the event as a failure."""


@refused("""
estimands:
- id: main
  intercurrent: [{id: stopped, done_by: death}]
""", "estimand.nothing_to_do", "estimands.main.intercurrent.stopped.done_by")  # fmt: skip
def test_under_treatment_policy_nothing_is_done():
    """Whatever happens afterwards counts as it comes."""


@warned("""
estimands:
- {id: main, summary: {en: Odds ratio, zh: 比值比}}
""", "estimand.summary", "estimands.main.summary")  # fmt: skip
def test_a_summary_that_no_analysis_gives_is_told():
    """Recognized in either language: hazard ratio, odds ratio, risk ratio, difference of proportions or means, restricted mean, cumulative incidence, median; adjusted, stratified, imputed, and models of repeated measures."""


@warned("""
estimands:
- id: second
  label: {en: In those who are young, zh: 年轻者中的效应}
  population: itt
  treatment: {en: A against B, zh: A 组对比 B 组}
  endpoint: os
  summary: {en: Survival, zh: 生存}
""", "estimand.unanswered", "estimands.second")  # fmt: skip
def test_an_estimand_that_no_analysis_answers_is_told():
    """What is to be estimated is then said and never done."""


@refused("""
estimands:
- {id: main, population: everybody}
""", "name.unknown", "estimands.main.population")  # fmt: skip
def test_the_population_is_an_analysis_set():
    """Whom the estimand is about must be decidable for each participant: that is what a set's rule does."""


@accepted("""
sets:
- {id: treated, label: {en: Began treatment, zh: 开始治疗者}, rule: randomized AND NOT withdrawn}
""")
def test_an_analysis_set_is_those_of_whom_a_rule_is_true():
    """Those of whom the rule is not yet known are not counted in. In the report's flow of participants a set called
    `treated`, `safety` or `as_treated` says who received treatment; without one, the recorded doses (`given_by`) do."""


@accepted("""
analyses:
- {id: os_strata, label: {en: Stratified, zh: 分层检验}, endpoint: os, estimand: main, set: itt, method: logrank, role: secondary, strata: [sex, site]}
- {id: os_adjusted, label: {en: Adjusted, zh: 校正后}, endpoint: os, set: itt, method: cox, role: sensitivity, covariates: [age, sex], ties: efron}
- {id: os_rmst, label: {en: Restricted mean, zh: 限制性平均生存时间}, endpoint: os, set: itt, method: rmst, role: secondary, tau_days: 1095}
- {id: os_3y, label: {en: At 3 years, zh: 3年生存率}, endpoint: os, set: itt, method: milestone, role: secondary, at_days: [1096]}
- {id: os_women, label: {en: By sex, zh: 按性别}, endpoint: os, set: itt, method: cox, role: subgroup, subgroup: sex}
- {id: toxicity, label: {en: Toxicity, zh: 毒性}, endpoint: toxic, set: itt, method: proportion, role: secondary}
- {id: ttp_incidence, label: {en: Incidence, zh: 累积发生率}, endpoint: ttp, set: itt, method: cumulative_incidence, role: secondary, at_days: [1096]}
""")
def test_an_analysis_is_an_endpoint_a_set_and_a_method():
    """Arms are compared unless `by` names another grouping; `subgroup` repeats the comparison within each level."""


@accepted("""
analyses:
- {id: os_late, label: {en: Late differences, zh: 晚期差异}, endpoint: os, set: itt, method: logrank, role: sensitivity, weights: [{kind: fleming_harrington, gamma: 1}]}
- {id: os_modest, label: {en: Modest weights, zh: 适度加权}, endpoint: os, set: itt, method: logrank, role: sensitivity, weights: [{kind: modest, delay_days: 120}]}
- id: os_max
  label: {en: The greatest of three, zh: 三者之最大}
  endpoint: os
  set: itt
  method: maxcombo
  role: sensitivity
  weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}, {kind: modest, level: 0.5, cap: 2}]
""")
def test_a_logrank_test_may_weigh_deaths_and_a_combination_takes_the_greatest_of_several():
    """For hazards that are not proportional. `modest` are the weights of Magirr and Burman; `early_zero` begins at `delay_days`."""


@refused("""
analyses:
- {id: os_logrank, weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}]}
""", "analysis.option", "analyses.os_logrank.weights")  # fmt: skip
def test_several_weights_are_a_combination():
    """One log-rank test has one set of weights. The greatest of several has a distribution of its own, which
    `maxcombo` knows."""


@refused("""
analyses:
- {id: os_km, endpoint: toxic}
""", "analysis.method", "analyses.os_km.method")  # fmt: skip
def test_a_method_fits_its_endpoint():
    """Each method says which kinds of endpoint it takes: a Kaplan-Meier curve needs times to an event, a proportion
    needs a rule."""


@refused("""
analyses:
- {id: os_logrank, method: milestone}
""", "analysis.option", "analyses.os_logrank")  # fmt: skip
def test_a_milestone_has_a_day():
    """Survival at which day? `at_days` says it, counted from the origin of the endpoint."""


@refused("""
analyses:
- {id: os_logrank, covariates: [age]}
""", "analysis.option_unused", "analyses.os_logrank.covariates")  # fmt: skip
def test_an_option_that_the_method_does_not_use_is_refused():
    """What is written is promised. Each option says which methods use it."""


@refused("""
analyses:
- {id: os_cox, strata: [weight]}
""", "rule.wrong_type", "analyses.os_cox.strata[1]")  # fmt: skip
def test_strata_are_classes():
    """A stratum gathers participants with the same level. Every weight would be a stratum of its own; a variable
    puts weights into classes."""


@refused("""
analyses:
- {id: os_cox, reference: C, by: arm}
""", "name.unknown", "analyses.os_cox.reference")  # fmt: skip
def test_the_reference_is_one_of_the_groups():
    """Ratios and differences are told against it."""


@refused("""
estimands:
- {id: other, label: {en: Other, zh: 其他}, population: itt, treatment: {en: A, zh: 甲}, endpoint: ttp, summary: {en: Ratio, zh: 比值}}
analyses:
- {id: os_logrank, estimand: other}
""", "analysis.estimand", "analyses.os_logrank.estimand")  # fmt: skip
def test_an_analysis_and_its_estimand_are_about_the_same_endpoint():
    """An analysis answers an estimand, so both name the same variable."""


@warned("""
analyses:
- {id: os_logrank, role: secondary}
""", "analysis.no_primary", "analyses")  # fmt: skip
def test_a_plan_without_a_primary_analysis_is_told():
    """The report would not know which result comes first, and the design not which one it was planned for."""


@refused("""
baseline: [age, sex, seen_date]
""", "rule.not_yet_recorded", "baseline[3]")  # fmt: skip
def test_the_baseline_table_shows_what_was_known_at_randomization():
    """What is recorded at later visits may already be an effect of treatment."""
