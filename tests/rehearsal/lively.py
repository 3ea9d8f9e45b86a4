"""A small trial whose scenario uses everything that a scenario can say: the participants of it are as alive as they
get.
"""

from __future__ import annotations

from equipoise.protocol.document import Protocol
from tests.spec.minimal import minimal_protocol

__all__ = ["LIVELY", "lively"]

LIVELY = """
roles:
- id: investigator
  acts: [screen, consent, record, correct, enroll, randomize, withdraw, report_deviation, answer_query,
      record_true_stratum]
- {id: monitor, label: {en: Monitor, zh: 监查员}, acts: [raise_query, close_query], own_site_only: false,
    conflicts_with: [investigator]}
sites:
- {id: S03, name: {en: Third hospital, zh: 第三医院}, country: CN, timezone: Asia/Shanghai}
codelists:
- {id: grade, codes: [{code: "1", label: {en: One, zh: 一}}, {code: "2", label: {en: Two, zh: 二}},
    {code: "3", label: {en: Three, zh: 三}}]}
- {id: outcome, codes: [{code: open, label: {en: Not resolved, zh: 未愈}},
    {code: resolved, label: {en: Resolved, zh: 痊愈}}]}
- {id: why, codes: [{code: lost, label: {en: Lost, zh: 失访}},
    {code: consent, label: {en: Consent withdrawn, zh: 撤回同意}}]}
forms:
- id: follow_up
  items:
  - {id: neutrophils, label: {en: Neutrophils, zh: 中性粒细胞}, type: decimal, unit: 10*9/L, decimals: 2,
      hard: {min: 0, max: 60}}
  - {id: heavy, label: {en: Weight now, zh: 当前体重}, type: decimal, unit: kg, decimals: 1, hard: {min: 20, max: 250}}
  - {id: judged, label: {en: Growing, zh: 增大}, type: boolean}
  checks:
  - {id: growth, rule: judged = progressed, severity: query,
      message: {en: "Growth and progression disagree.", zh: 增大与进展不一致。}, items: [judged]}
- id: lesions
  title: {en: Lesions, zh: 病灶}
  date_item: lesions_date
  items: [{id: lesions_date, label: {en: Date, zh: 日期}, type: date}]
  groups:
  - id: targets
    label: {en: Targets, zh: 靶病灶}
    max_rows: 5
    items:
    - {id: lesion, label: {en: Lesion, zh: 病灶}, type: text}
    - {id: organ, label: {en: Organ, zh: 器官}, type: text}
    - {id: diameter, label: {en: Diameter, zh: 直径}, type: decimal, unit: mm, decimals: 1, hard: {min: 0, max: 300}}
- id: adverse_event
  title: {en: Adverse event, zh: 不良事件}
  date_item: ae_start
  items:
  - {id: ae_start, label: {en: Began, zh: 开始}, type: date}
  - {id: ae_grade, label: {en: Grade, zh: 级别}, type: code, codelist: grade}
  - {id: ae_serious, label: {en: Serious, zh: 严重}, type: boolean}
  - {id: ae_end, label: {en: Ended, zh: 结束}, type: date, required: false}
  - {id: ae_outcome, label: {en: Outcome, zh: 转归}, type: code, codelist: outcome}
- id: serious
  title: {en: Serious adverse event, zh: 严重不良事件}
  date_item: sae_date
  items:
  - {id: sae_date, label: {en: Reported, zh: 报告日期}, type: date}
  - {id: sae_grade, label: {en: Grade, zh: 级别}, type: code, codelist: grade}
- id: leaving
  title: {en: End of participation, zh: 退出}
  date_item: left_on
  items:
  - {id: left_on, label: {en: Date, zh: 日期}, type: date}
  - {id: left_why, label: {en: Reason, zh: 原因}, type: code, codelist: why}
visits:
- {id: screening, forms: [baseline, lesions]}
- {id: every_3_months, day: 30, repeat: {every_days: 30, count: 10}, window: {before: 5, after: 5},
    forms: [follow_up, lesions]}
- {id: dose, label: {en: Dose, zh: 给药}, anchor: randomization, day: 33, repeat: {every_days: 21, count: 3},
    window: {after: 14}, forms: [follow_up]}
- {id: events, forms: [death, adverse_event, serious, leaving]}
scenarios:
- id: lively
  label: {en: Lively, zh: 生动}
  start: "2021-01-04"
  accrual: {value: {months: [6], per_month: [12]}}
  follow_up_months: {value: 9}
  withdrawal_per_month: {value: 0.02}
  missed_visit: {value: 0.05}
  late_entry_days: {value: 6}
  typing_error: {value: 0.08}
  outside_window: {value: 0.08}
  monitoring_days: {value: 60}
  queried: {value: 0.04}
  query_days: {value: 8}
  deviation: {value: 0.1}
  duplicate: {value: 0.1}
  wrong_stratum: {value: 0.2}
  sites: {S02: {value: {late_entry_days: 25, typing_error: 0.2}}}
  latents:
    burden: {value: {normal: [0, 1]}}
    marrow: {value: {normal: {mean: -0.6 * burden, sd: 0.8}}}
  rows: {targets: {value: {choice: {"1": 1, "2": 2, "3": 1}}}}
  same_rows: {targets: [lesion, organ]}
  visit_days: {dose: {value: {rule: "33 + 21 * (occurrence - 1) + CASE WHEN neutrophils < 1.5 THEN 7 ELSE 0 END"}}}
  items:
    age: {value: {normal: {mean: 56 + 5 * burden, sd: 7}, min: 19, max: 95}}
    weight: {value: {normal: [66, 9]}}
    lesion: {value: {rule: "CONCAT('T', CAST(row AS VARCHAR))"}}
    organ: {value: {choice: {neck: 1, lung: 1, liver: 1}}}
    diameter: {value: {lognormal: {mean: "CASE WHEN previous IS NULL THEN 3.3 + 0.3 * burden
        ELSE LN(previous + 0.5) - 0.08 + 0.06 * burden END", sd: 0.05}}}
    neutrophils: {value: {lognormal: {mean: "0.9 + 0.3 * marrow - CASE WHEN arm = 'A' THEN 0.3 ELSE 0 END", sd: 0.3}}}
    heavy: {value: {normal: {mean: "COALESCE(previous, weight) - 0.4 - 0.2 * burden", sd: 0.5}, min: 30}}
    progressed: {value: {chance: 1 / (1 + EXP(4 - burden))}}
    judged: {value: {choice_by: [{when: progressed, choice: {"true": 8, "false": 2}},
        {choice: {"false": 97, "true": 3}}]}}
    left_why: {value: {rule: "CASE WHEN leaving = 'consent' THEN 'consent' ELSE 'lost' END"}}
  outcomes:
  - id: death
    form: death
    visit: events
    date_item: death_date
    ends: true
    hazard: {value: {per_month: [0.03]}}
    hazard_ratio: {value: {A: 0.5}}
    modifiers: [{value: {when: burden > 0.5, ratios: [2]}}]
  - id: toxicity
    form: adverse_event
    visit: events
    date_item: ae_start
    times: 4
    hazard: {value: {cuts_months: [3], per_month: [0.5, 0.05]}}
    hazard_ratio: {value: {A: 1.6}}
    modifiers: [{value: {when: marrow < -0.5, ratios: [1.5]}}]
    sets:
      ae_grade: {choice_by: [{when: marrow < -0.5, choice: {"2": 1, "3": 1}}, {choice: {"1": 2, "2": 1}}]}
      ae_serious: {rule: ae_grade = '3'}
      ae_end: {days_after: [5, 40], from: ae_start}
      ae_outcome: {rule: "CASE WHEN ae_end IS NULL THEN 'open' ELSE 'resolved' END"}
  follows:
  - {id: report, after: adverse_event, when: ae_serious, form: serious, visit: events, date_item: sae_date,
      days: [0, 2], sets: {sae_grade: {rule: ae_grade}}}
"""


def lively(*changes: str) -> Protocol:
    """The trial, with changes."""
    return minimal_protocol(LIVELY, *changes)
