"""The minimal protocol with at least one of every clause in it, and no Finding."""

from __future__ import annotations

__all__ = ["RICH"]

RICH = """\
study:
  phase: III
  sponsor: {en: A university, zh: 某大学}
  registrations: {ClinicalTrials.gov: NCT00000000}
  sources: {R1: A report of 2020}
  amendments:
  - {version: "1.0", date: "2024-01-15", summary: {en: First version, zh: 第一版}}
dictionaries: {toxicity: CTCAE v5.0, staging: AJCC/UICC 8th edition, response: RECIST 1.1, coding: MedDRA 26.0}
narrative:
- {id: background, text: {en: Why the question matters., zh: 研究问题的意义。}, source: R1}
arms:
- id: A
  regimen:
  - {kind: drug, id: cisplatin, label: {en: Cisplatin, zh: 顺铂}, dose: 100, unit: mg/m2, route: intravenous, schedule: {first_day: 1, every_days: 21, count: 3}, scaled_by: body_area, given_by: {form: cycle, given: cycle_given, dose: cycle_mg}}
  - {kind: radiotherapy, id: imrt, label: {en: IMRT, zh: 调强放疗}, dose_gy: {value: 70, assumption: true, source: R1}, fractions: 35, fractions_per_week: 5, days: 47}
  - {kind: procedure, id: ice, label: {en: Ice chips, zh: 含冰}}
dose_rules:
- {id: grade_2, treatment: cisplatin, when: worst_grade_2, recommend: reduce, to_percent: 75, reason: {en: Any toxicity of grade 2, zh: 出现2级毒性}, assumption: true, source: Judgement}
- {id: frail, treatment: cisplatin, when: severe, recommend: stop, reason: {en: Grade 2 at 65 or older, zh: 65岁及以上出现2级毒性}}
codelists:
- id: advice
  codes:
  - {code: give, label: {en: Give, zh: 给药}}
  - {code: reduce, label: {en: Reduce, zh: 减量}}
  - {code: delay, label: {en: Delay, zh: 延迟}}
  - {code: omit, label: {en: Omit, zh: 停用}}
  - {code: stop, label: {en: Stop, zh: 终止}}
- id: grade
  source: CTCAE v5.0
  codes:
  - {code: "1", label: {en: Grade 1, zh: 1级}}
  - {code: "2", label: {en: Grade 2, zh: 2级}}
forms:
- id: baseline
  items:
  - {id: height, label: {en: Height, zh: 身高}, type: decimal, unit: m, hard: {min: 0.5, max: 2.5}, soft: {min: 1.4, max: 2.1, unit: m}}
  - {id: bmi, label: {en: BMI, zh: 体重指数}, type: decimal, required: false, computed: weight / (height * height)}
  - {id: smoker, label: {en: Smoker, zh: 吸烟}, type: boolean}
  - {id: pack_years, label: {en: Pack-years, zh: 包年}, type: decimal, shown_when: smoker, required_when: smoker}
  checks:
  - {id: C1, rule: weight > 20, severity: hard, message: {en: "Is the weight in kg?", zh: 体重单位是否为公斤？}, items: [weight]}
- id: safety
  title: {en: Adverse events, zh: 不良事件}
  date_item: ae_seen
  items:
  - {id: ae_seen, label: {en: Date, zh: 日期}, type: date}
  groups:
  - id: events
    label: {en: Events, zh: 事件}
    max_rows: 9
    items:
    - {id: ae_term, label: {en: Term, zh: 术语}, type: text}
    - {id: ae_grade, label: {en: Grade, zh: 分级}, type: code, codelist: grade}
    - {id: ae_onset, label: {en: Onset, zh: 发生日期}, type: partial_date, required: false, impute: {day: first, month: first, not_before: [randomized_date]}}
    - {id: ae_marker, label: {en: Troponin, zh: 肌钙蛋白}, type: qualified_number, unit: ng/L, required: false, qualifiers: {"<": half, ND: 0}}
- id: cycle
  title: {en: Cycle of cisplatin, zh: 顺铂周期}
  date_item: cycle_on
  items:
  - {id: cycle_on, label: {en: Date, zh: 日期}, type: date}
  - {id: cycle_given, label: {en: Given, zh: 已给药}, type: boolean}
  - {id: cycle_mg, label: {en: Dose given, zh: 给药剂量}, type: decimal, unit: mg, shown_when: cycle_given, required_when: cycle_given}
  - {id: advised, label: {en: Advised, zh: 建议}, type: code, codelist: advice, required: false}
  advice:
  - {treatment: cisplatin, gives: {recommendation: advised}}
visits:
- {id: every_3_months, forms: [follow_up, safety]}
- {id: cycles, label: {en: Cycles, zh: 周期}, kind: log, forms: [cycle]}
variables:
- {id: worst_grade_2, label: {en: Any grade 2, zh: 任何2级}, type: boolean, pick: {item: ae_grade, which: any, where: ae_grade = '2'}}
- {id: body_area, label: {en: Body surface area, zh: 体表面积}, type: decimal, unit: m2, rule: SQRT(height * weight / 36.0)}
- {id: old, label: {en: 65 or older, zh: 65岁及以上}, type: boolean, rule: age >= 65, note: {en: A judgement, zh: 判断}, assumption: true, source: Judgement}
- {id: severe, label: {en: Any grade 2 at 65 or older, zh: 65岁及以上出现2级}, type: boolean, rule: worst_grade_2 AND old}
- {id: progressed_on, label: {en: Progression, zh: 进展日期}, type: date, pick: {item: seen_date, which: first, where: progressed}}
endpoints:
- kind: time_to_event
  id: ttp
  label: {en: Time to progression, zh: 至进展时间}
  short: TTP
  description: {en: Randomization to progression, zh: 从随机分组到进展的时间}
  role: secondary
  origin: randomized_date
  events:
  - {id: progression, label: {en: Progression, zh: 进展}, date: progressed_on}
  - {id: death, label: {en: Death, zh: 死亡}, date: died_on, kind: competing}
  censoring:
  - {id: seen, label: {en: Last seen, zh: 最后就诊}, date: last_seen}
  - {id: left, label: {en: Left follow-up or withdrew consent, zh: 退出随访或撤回知情同意}, date: withdrawn_date, when: withdrawn, stops: true}
  death: competing
- {kind: binary, id: toxic, label: {en: Grade 2, zh: 2级毒性}, short: G2, description: {en: Any grade 2, zh: 任何2级}, role: secondary, rule: worst_grade_2}
- {kind: continuous, id: heavy, label: {en: Weight, zh: 体重}, short: kg, description: {en: Weight, zh: 体重}, role: exploratory, rule: weight, unit: kg}
estimands:
- id: main
  intercurrent:
  - {id: stopped, event: {en: Treatment stopped, zh: 停止治疗}, strategy: treatment_policy, handling: {en: Followed on, zh: 继续随访}}
analyses:
- {id: os_cox, label: {en: Cox model, zh: Cox 模型}, endpoint: os, estimand: main, set: itt, method: cox, role: sensitivity, strata: [sex], covariates: [age]}
- {id: os_old, label: {en: By age, zh: 按年龄}, endpoint: os, set: itt, method: logrank, role: subgroup, subgroup: old}
design:
  endpoint: os
  question: superiority
  alpha: 0.05
  sides: 2
  power: 0.8
  control: {value: {survival: 0.6, at_months: 36}, assumption: true, source: R1}
  hazard_ratio: {value: 0.7, assumption: true, source: Judgement}
  accrual: {months: [6, 18], per_month: [5, 10]}
  follow_up_months: 24
  dropout_per_month: 0.002
  participants: 210
  events: 120
  looks: [{information: 0.5}, {information: 1}]
  spending: {kind: lan_demets_obrien_fleming}
safety_rules:
- id: too_toxic
  label: {en: Toxicity at 65 or older, zh: 65岁及以上毒性}
  event: severe
  set: itt
  arms: [A]
  boundary: {value: {kind: pocock, acceptable: 0.1, probability: 0.1, participants: 30, first: 3}, assumption: true, source: Judgement}
  action: {en: The committee decides whether the trial goes on., zh: 由委员会决定试验是否继续。}
scenarios:
- id: base
  label: {en: As assumed, zh: 如假设}
  accrual: {months: [24], per_month: [9]}
  follow_up_months: 24
  site_shares: {S01: 2, S02: 1}
  sites: {S01: {query_days: 4}}
  latents: {vigor: {choice_by: [{choice: {high: 1, low: 2}}]}}
  items:
    age: {normal: [55, 10]}
    sex: {value: {choice: {F: 1, M: 2}}, assumption: true, source: Judgement}
    smoker: true
    seen_date: {days_after: [0, 7], from: randomized_date}
  outcomes:
  - {id: dying, form: death, visit: events, date_item: death_date, hazard: {per_month: [0.02, 0.01], cuts_months: [12]}, hazard_ratio: {A: 0.7}, ends: true}
  follows:
  - {id: seen, after: baseline, when: smoker AND vigor = 'low', form: death, visit: events, date_item: death_date, days: [90, 120]}
"""
