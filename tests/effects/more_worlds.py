"""Worlds with the keys that no example of the manual shows, as changes of the demonstration trial."""

from __future__ import annotations

__all__ = ["GIVEN", "LIVELY", "MORE"]

GIVEN = """
scenarios:
- id: base
  follows:
  - {id: given, after: baseline, form: cycle, visit: cycles, date_item: cycle_on, days: [20, 40], sets: {cycle_given: true}}
"""
"""Doses are given: without them, nothing that is said of doses could be seen to count."""

_NAMED = "label: {en: One more, zh: 又一个}"

MORE = {
    "identity": """
study: {license: CC0-1.0, citation: {en: "As in R1", zh: 见R1}}
narrative: [{id: background, assumption: true}]
sites: [{id: S02, assumption: true, source: Judgement}]
arms:
- id: A
  description: {en: With the drug, zh: 加药}
  regimen: [{kind: procedure, id: ice, text: {en: Every hour, zh: 每小时}}]
dose_rules: [{id: grade_2, note: {en: A judgement, zh: 判断}}]
consent_version: "2.1"
consent_parts: [{id: samples, label: {en: Samples, zh: 样本}}]
forms:
- id: sampling
  title: {en: Sampling, zh: 采样}
  consent_part: samples
  items: [{id: sampled_at_all, label: {en: Sampled, zh: 已采样}, type: boolean}]
""",
    "radiation": """
forms:
- id: beams
  title: {en: Radiotherapy, zh: 放疗}
  date_item: beam_on
  items:
  - {id: beam_on, label: {en: Date, zh: 日期}, type: date}
  - {id: beam_given, label: {en: Given, zh: 已照射}, type: boolean}
  - {id: beam_count, label: {en: Fractions, zh: 次数}, type: integer, hard: {min: 0, max: 99}}
visits:
- {id: cycles, forms: [cycle, beams]}
arms:
- id: A
  regimen: [{kind: radiotherapy, id: imrt, first_day: 8, technique: {en: VMAT, zh: 容积旋转调强}, given_by: {form: beams, given: beam_given, fractions: beam_count}}]
""",
    "forms": """
codelists:
- {id: sex, cdisc: C66731, codes: [{code: F, label: {en: Female, zh: 女}, cdisc: F}, {code: M, label: {en: Male, zh: 男}, cdisc: M}]}
forms:
- id: baseline
  domain: DM
  instructions: {en: Fill in at screening., zh: 筛选时填写。}
  assumption: true
  source: Judgement
  items:
  - {id: born, label: {en: Born, zh: 出生日期}, type: date, identifying: true, cdash: BRTHDAT, help: {en: As in the passport, zh: 以证件为准}}
  - {id: weight, soft: {min: 35, max: 120, assumption: true, source: Judgement}}
""",
    "variables": f"""
variables:
- {{id: sex_again, {_NAMED}, type: code, codelist: sex, rule: sex}}
baseline: [age, sex_again]
eligibility:
  criteria: [{{id: I1, note: {{en: As usual, zh: 通常}}, assumption: true, source: Judgement}}]
factors: [{{id: sex, levels: [F, M], assumption: true, source: Judgement}}]
randomization: {{concealment: {{en: By the system, zh: 由系统隐藏}}}}
""",
    "complete": "randomization: {scheme: {value: {kind: complete}}, stratify_by: ~}\nfactors: ~",
    "endpoints": """
endpoints:
- {id: os, display_unit: years, assumption: true, source: Judgement, events: [{id: death, when: age > 20}]}
- {id: toxic, assumption: true, source: Judgement}
- {id: heavy, assumption: true, source: Judgement}
sets: [{id: itt, assumption: true, source: Judgement}]
estimands: [{id: main, intercurrent: [{id: stopped, assumption: true, source: Judgement}]}]
analyses:
- {id: os_logrank, assumption: true, source: Judgement}
""",
    "curves": """
analyses:
- {id: os_km, by: sex, confidence: 0.9, conf_type: plain}
- {id: os_cox, robust: true, reference: B, confidence: 0.9}
- {id: at_200, label: {en: At 200 days, zh: 200天}, endpoint: os, set: itt, method: milestone, role: secondary, at_days: [200]}
""",
    "values": f"""
analyses:
- {{id: weight, {_NAMED}, endpoint: heavy, set: itt, method: mean, role: secondary}}
- {{id: toxicity, {_NAMED}, endpoint: toxic, set: itt, method: proportion, role: secondary}}
- {{id: progression, {_NAMED}, endpoint: ttp, set: itt, method: cumulative_incidence, role: secondary, at_days: [300]}}
estimands:
- {{id: weighing, {_NAMED}, population: itt, treatment: {{en: A against B, zh: A 对比 B}}, endpoint: heavy, summary: {{en: Weights, zh: 体重}}}}
- {{id: harming, {_NAMED}, population: itt, treatment: {{en: A against B, zh: A 对比 B}}, endpoint: toxic, summary: {{en: Shares, zh: 比例}}}}
- {{id: progressing, {_NAMED}, population: itt, treatment: {{en: A against B, zh: A 对比 B}}, endpoint: ttp, summary: {{en: Curves, zh: 曲线}}}}
""",
    "followed": f"""
scenarios: [{{id: base, items: {{seen_date: ~, progressed: {{chance: "0.2"}}}}}}]
analyses:
- {{id: progression, {_NAMED}, endpoint: ttp, set: itt, method: cumulative_incidence, role: secondary, at_days: [300]}}
""",
    "deaths": "forms: [{id: death, items: [{id: death_date, cdash: DTHDAT}]}]",
    "adverse events": "forms: [{id: safety, domain: AE}]\nvisits: [{id: events, forms: [death, safety]}]",
    "enrolled later": """
randomization: {at: planning}
visits:
- {id: screening, act: [consent]}
- {id: every_3_months, remove: true}
- {id: events, remove: true}
- {id: cycles, remove: true}
- {id: planning, label: {en: Planning, zh: 计划}, anchor: consent, day: 14, act: [enroll, randomize]}
- {id: every_3_months, label: {en: Every 3 months, zh: 每3个月}, anchor: randomization, day: 90, repeat: {every_days: 90, count: 8}, forms: [follow_up, safety]}
- {id: events, label: {en: Events, zh: 事件}, kind: log, forms: [death]}
- {id: cycles, label: {en: Cycles, zh: 周期}, kind: log, forms: [cycle]}
""",
    "computed": f"""
forms:
- id: baseline
  items:
  - {{id: age_again, {_NAMED}, type: integer, unit: years, required: false, computed: age}}
  - {{id: grown, {_NAMED}, type: boolean, required: false, computed: age > 60}}
  - {{id: sex_again, {_NAMED}, type: code, codelist: sex, required: false, computed: sex}}
  - {{id: told, {_NAMED}, type: boolean, required: false}}
  - {{id: drawn_at, {_NAMED}, type: datetime}}
variables:
- {{id: last_again, {_NAMED}, type: date, rule: last_seen}}
- {{id: drawn_again, {_NAMED}, type: datetime, rule: drawn_at}}
- {{id: times_seen, {_NAMED}, type: integer, pick: {{item: seen_date, which: count}}}}
- {{id: last_grade, {_NAMED}, type: code, codelist: grade, pick: {{item: ae_grade, which: last, where: ae_grade = '2'}}}}
""",
    "harrington": f"""
analyses:
- {{id: weighted, {_NAMED}, endpoint: os, set: itt, method: logrank, role: sensitivity, rho: 1, gamma: 1}}
- {{id: best_of, {_NAMED}, endpoint: os, set: itt, method: maxcombo, role: sensitivity, weights: [{{kind: fleming_harrington, rho: 0, gamma: 0}}, {{kind: fleming_harrington, rho: 1, gamma: 0}}]}}
""",
    "means": """
endpoints: [{id: os, role: secondary}, {id: heavy, role: primary}]
analyses: [{id: os_logrank, role: secondary}]
design: {endpoint: heavy, control: ~, hazard_ratio: ~, accrual: ~, follow_up_months: ~, dropout_per_month: ~, events: ~, participants: 400, looks: ~, spending: ~, means: {control: 60, experimental: 63, sd: 10}, note: {en: A judgement, zh: 判断}}
""",
    "rates": """
endpoints: [{id: os, role: secondary}, {id: toxic, role: primary}]
analyses: [{id: os_logrank, role: secondary}]
design: {endpoint: toxic, question: non_inferiority, alpha: 0.025, sides: 1, margin: -0.1, control: ~, hazard_ratio: ~, accrual: ~, follow_up_months: ~, dropout_per_month: ~, events: ~, participants: 900, looks: ~, spending: ~, rates: {control: 0.6, experimental: 0.6, measure: difference}}
""",
    "spending": """
design: {sides: 1, alpha: 0.025, spending: {kind: kim_demets, parameter: 2}, futility: {kind: lan_demets_pocock, under_null: 0.9}}
""",
    "late and futile": """
design: {method: lakatos, delay_months: {value: 3, assumption: true, source: R1}, sides: 1, alpha: 0.025, futility: {kind: lan_demets_pocock}}
""",
    "late and not inferior": """
design: {method: lakatos, question: non_inferiority, margin: 1.3, sides: 1, alpha: 0.025, hazard_ratio: {value: 1, assumption: true, source: Judgement}}
""",
    "late and relevant": """
design: {method: lakatos, relevant_hazard_ratio: 0.8, prior: {value: {components: [{hazard_ratio: 0.6, events: 40}]}, assumption: true, source: Judgement}}
""",
    "user spending": """
design: {spending: {kind: user, values: [0.01, 0.05]}}
""",
    "safety": """
safety_rules: [{id: too_toxic, note: {en: Two readers, zh: 两人阅读}, boundary: {value: {kind: pocock, acceptable: 0.1, probability: 0.1, participants: 30, first: 3, every: 2}, assumption: true, source: Judgement}}]
""",
    "rows": """
forms:
- id: safety
  groups:
  - id: events
    items:
    - {id: ae_kg, label: {en: Weight then, zh: 当时体重}, type: decimal, unit: kg}
    - {id: ae_surface, label: {en: Body surface then, zh: 当时体表面积}, type: decimal, unit: m2, decimals: 2}
  derivations:
  - {id: size_then, method: body_surface_area, group: events, note: {en: A judgement, zh: 判断}, assumption: true, source: Judgement, inputs: {height: height, weight: ae_kg}, gives: {body_surface: ae_surface}}
""",
    "one after another": """
scenarios:
- id: base
  outcomes:
  - {id: falling, form: follow_up, visit: every_3_months, date_item: seen_date, hazard: {per_month: [0.05]}, sets: {progressed: true}}
  - {id: dying, form: death, visit: events, date_item: death_date, after: falling}
  follows:
  - {id: given, after: baseline, form: cycle, visit: cycles, date_item: cycle_on, days: [10, 12], sets: {cycle_given: false}}
""",
    "stepped": """
arms:
- id: A
  regimen:
  - id: cisplatin
    schedule: {first_day: ~, every_days: ~, count: ~, phases: [{first_day: 1, every_days: 21, count: 1, dose: 50, days: [1, 2], times_a_day: 2}, {every_days: 7, count: 2, dose: 80}]}
    dose: ~
    given_by: {each: dose}
""",
    "better": "endpoints: [{id: toxic, better: lower}, {id: heavy, better: higher}]",
    "sites": """
forms:
- id: follow_up
  items: [{id: seen_weight, label: {en: Weight, zh: 体重}, type: decimal, unit: kg, decimals: 1}]
scenarios:
- id: base
  start: "2024-03-01"
  prevalence: 0.8
  screen_failure: 0.1
  withdrawal_per_month: 0.02
  missed_visit: 0.1
  late_entry_days: 5
  typing_error: 0.4
  outside_window: 0.1
  deviation: 0.1
  duplicate: 0.1
  wrong_stratum: 0.1
  sites: {S01: {missed_visit: 0.3, typing_error: 0.2, outside_window: 0.3, queried: 0.5, deviation: 0.3, duplicate: 0.2, wrong_stratum: 0.2}}
""",
    "reduced": """
dose_rules:
- {id: grade_2, remove: true}
- {id: frail, remove: true}
- {id: always, treatment: cisplatin, when: age > 20, recommend: reduce, to_dose: 60, reason: {en: Everybody, zh: 所有人}}
""",
    "often": """
forms: [{id: cycle, items: [{id: cycle_really, label: {en: Really, zh: 实际日期}, type: date}]}]
arms:
- id: A
  regimen: [{id: cisplatin, schedule: {every_days: 21, count: 3, days: [1-3], times_a_day: 2}, given_by: {each: dose, date: cycle_really}}]
""",
    "durations": f"""
endpoints:
- {{id: ttp, origin: ~, events: ~, censoring: ~, duration: age, event: smoker, death: censored}}
analyses:
- {{id: spell, {_NAMED}, endpoint: ttp, set: itt, method: kaplan_meier, role: secondary}}
""",
    "a biopsy": f"""
variables: [{{id: seen_there, {_NAMED}, type: date, pick: {{item: seen_date, which: last, visits: [every_3_months]}}}}]
visits:
- {{id: biopsy, label: {{en: Second biopsy, zh: 再次活检}}, anchor: randomization, day: 100, optional: true, when: weight > 60, forms: [follow_up]}}
scenarios: [{{id: base, items: {{weight: {{normal: [60, 12]}}}}}}]
""",
    "parts of dates": f"""
forms:
- id: safety
  groups:
  - id: events
    items:
    - {{id: ae_onset, impute: {{day: first, month: first, not_before: [randomized_date], not_after: [seen_last]}}}}
variables:
- {{id: seen_last, {_NAMED}, type: date, pick: {{item: seen_date, which: last}}}}
- {{id: first_event, {_NAMED}, type: date, pick: {{item: ae_onset, which: first}}}}
- {{id: troponin, {_NAMED}, type: decimal, unit: ng/L, pick: {{item: ae_marker, which: max}}}}
endpoints:
- {{id: os, events: [{{id: death, date: first_event}}]}}
- {{kind: continuous, id: marked, {_NAMED}, short: T, description: {{en: Troponin, zh: 肌钙蛋白}}, role: secondary, rule: troponin, unit: ng/L}}
analyses:
- {{id: marked, {_NAMED}, endpoint: marked, set: itt, method: mean, role: secondary}}
scenarios:
- id: base
  rows: {{events: {{value: 3}}}}
""",
    "stopped": """
endpoints:
- id: os
  censoring:
  - {id: progressed, label: {en: Progression, zh: 进展}, date: progressed_on, when: NOT old, stops: true}
scenarios: [{id: base, items: {age: {normal: [62, 10]}, progressed: {value: true}}}]
""",
    "days": """
dates: {window: asked, order: asked, acts: asked, opening: asked, consent: asked, leaving: asked, death: asked}
forms:
- {id: safety, domain: AE}
- {id: death, items: [{id: death_date, cdash: DTHDAT}]}
visits:
- {id: first_look, label: {en: First look, zh: 初次查看}, anchor: randomization, day: 100, forms: [follow_up]}
- {id: second_look, label: {en: Second look, zh: 再次查看}, anchor: randomization, day: 130, forms: [follow_up]}
- {id: events, forms: [death, safety]}
roles: [{id: investigator, acts: [screen, consent, record, correct, correct_date, enroll, randomize, withdraw, answer_query]}]
""",
    "queries": """
forms:
- id: follow_up
  checks:
  - {id: Q1, rule: NOT progressed, severity: query, message: {en: "Is it really progression?", zh: 确为进展吗？}, items: [progressed]}
  - {id: Q2, rule: seen_date > DATE '2020-06-01', severity: soft, message: {en: "So long ago?", zh: 是否过早？}, items: [seen_date]}
  items:
  - {id: passport, label: {en: Passport, zh: 护照}, type: text, identifying: true, required: false}
roles:
- {id: monitor, conflicts_with: [manager]}
scenarios: [{id: base, queried: 0.6, query_days: 9, monitoring_days: 40, items: {progressed: {value: true}}}]
""",
}

LIVELY: dict[str, str] = {
    r"DateRules.*": "days",
    r"(Binary|Continuous)Endpoint.*": "values",
    r"TimeToEvent.*\.death": "deaths",
    r"TimeToEvent.*\.censoring|EventSource.*\.(date|when)": "followed",
    r"Form\.domain": "adverse events",
    r"Visit\[kind=log\]\.anchor": "sites",
    r"Visit.*\.act": "enrolled later",
    r"Variable\[type=(date|datetime|code|integer)\]\.(rule|pick)": "computed",
    r"Variable\[type=code\].*": "variables",
    r"Item\[type=(integer|boolean|code)\]\.computed|Item\[type=boolean\]\.required": "computed",
    r"Analysis\[method=milestone\].*": "curves",
    r"TimeToEvent.*\.(duration|event)": "durations",
    r"DrugSchedule\.(days|times_a_day)": "often",
    r"DosePhase.*|DrugSchedule\.phases": "stepped",
    r"GivenBy\.date": "often",
    r"GivenBy.*": "one after another",
    r"DoseRule.*": "reduced",
    r"Pick\.visits": "a biopsy",
    r"(Scenario|SiteHabits)\.typing_error": "sites",
    r"Radiotherapy.*\.first_day": "radiation",
    r"Censoring.*": "stopped",
    r"Impute.*|Item\[type=(partial_date|qualified_number)\].*": "parts of dates",
    r"Check.*|Role\.conflicts_with|Scenario\.quer.*|Item\[type=text\]\.identifying|Estimand\.endpoint": "queries",
    r"Visit\[kind=scheduled\]\.(when|optional)": "a biopsy",
    r"EventSource.*": "values",
}
"""Where a place is looked for first: in the world that was made for it."""
