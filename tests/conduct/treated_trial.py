"""A small trial in which a drug is given by body surface and radiotherapy in fractions, with rules that change the doses."""

from __future__ import annotations

from typing import Any

from equipoise.conduct.acts import Randomize, RecordForm
from tests.conduct.small_trial import DAY, Trial, open_trial

TREATED = """\
forms:
- id: body
  title: {en: Body, zh: 体格}
  date_item: body_on
  items:
  - {id: body_on, label: {en: Date, zh: 日期}, type: date}
  - {id: surface, label: {en: Body surface area, zh: 体表面积}, type: decimal, unit: m2, decimals: 2}
- id: blood
  title: {en: Blood, zh: 血液}
  date_item: blood_on
  items:
  - {id: blood_on, label: {en: Date, zh: 日期}, type: date}
  - {id: anc, label: {en: Neutrophils, zh: 中性粒细胞}, type: decimal, unit: 10*9/L, decimals: 2, required: false}
  - {id: platelet_count, label: {en: Platelets, zh: 血小板}, type: decimal, unit: 10*9/L, decimals: 0, required: false}
- id: toxicity
  title: {en: Toxicity, zh: 毒性}
  date_item: toxic_on
  items:
  - {id: toxic_on, label: {en: Date, zh: 日期}, type: date}
  - {id: grade, label: {en: Grade, zh: 级别}, type: integer, hard: {min: 1, max: 5}}
- id: drug
  title: {en: Drug, zh: 药物}
  date_item: drug_on
  items:
  - {id: drug_on, label: {en: Date, zh: 日期}, type: date}
  - {id: drug_given, label: {en: Given, zh: 已给药}, type: boolean}
  - {id: drug_mg, label: {en: Dose, zh: 剂量}, type: decimal, unit: mg, decimals: 0, shown_when: drug_given, required_when: drug_given}
  - {id: drug_why, label: {en: Why it differs, zh: 不同的原因}, type: text, required: false}
  - {id: told, label: {en: Advised, zh: 建议}, type: code, codelist: advice, required: false}
  - {id: told_percent, label: {en: Advised percent, zh: 建议百分比}, type: integer, unit: "%", required: false}
  - {id: told_mg, label: {en: Advised dose, zh: 建议剂量}, type: decimal, unit: mg, decimals: 0, required: false}
  - {id: told_days, label: {en: Advised delay, zh: 建议延迟}, type: integer, unit: d, required: false}
  - {id: told_why, label: {en: Rules, zh: 规则}, type: text, required: false}
  - {id: told_open, label: {en: Rules not known, zh: 未知规则}, type: text, required: false}
  advice:
  - treatment: drug
    gives: {recommendation: told, percent: told_percent, dose: told_mg, days: told_days, reasons: told_why, not_known: told_open}
  checks:
  - id: as_advised
    rule: NOT (told IN ('omit', 'stop', 'delay') AND drug_given)
    severity: soft
    message: {en: "The rules advise not to give it today. Say why it was given.", zh: 规则建议今日不给药，请说明给药原因。}
- id: beam
  title: {en: Radiotherapy, zh: 放疗}
  date_item: beam_on
  items:
  - {id: beam_on, label: {en: Date, zh: 日期}, type: date}
  - {id: beam_gy, label: {en: Dose, zh: 剂量}, type: decimal, unit: Gy, decimals: 2}
codelists:
- id: advice
  codes:
  - {code: give, label: {en: Give, zh: 给药}}
  - {code: reduce, label: {en: Reduce, zh: 减量}}
  - {code: delay, label: {en: Delay, zh: 延迟}}
  - {code: omit, label: {en: Omit, zh: 停用}}
  - {code: stop, label: {en: Stop, zh: 停止治疗}}
visits:
- {id: screening, forms: [baseline, checkup, body]}
- {id: course, label: {en: Course, zh: 疗程}, kind: log, forms: [blood, toxicity, drug, beam]}
variables:
- {id: last_anc, label: {en: Last neutrophils, zh: 末次中性粒细胞}, type: decimal, unit: 10*9/L, pick: {item: anc}}
- {id: last_platelets, label: {en: Last platelets, zh: 末次血小板}, type: decimal, unit: 10*9/L, pick: {item: platelet_count}}
- {id: severe, label: {en: Any grade 4, zh: 任何4级}, type: boolean, pick: {item: grade, which: any, where: grade >= 4}}
arms:
- id: A
  regimen:
  - kind: drug
    id: drug
    label: {en: The drug, zh: 该药}
    dose: 100
    unit: mg/m2
    route: intravenous
    schedule: {first_day: 1, every_days: 21, count: 3}
    scaled_by: surface
    given_by: {form: drug, given: drug_given, dose: drug_mg}
  - kind: radiotherapy
    id: rays
    label: {en: Radiotherapy, zh: 放疗}
    dose_gy: 20
    fractions: 10
    fractions_per_week: 5
    days: 12
    given_by: {form: beam, dose: beam_gy}
- id: B
  regimen:
  - {kind: procedure, id: watching, label: {en: Watching, zh: 观察}}
dose_rules:
- {id: anc_low, treatment: drug, when: last_anc < 1.5, recommend: delay, days: 7, reason: {en: "Neutrophils below 1.5", zh: 中性粒细胞低于1.5}}
- {id: anc_very_low, treatment: drug, when: last_anc < 0.5, recommend: omit, reason: {en: "Neutrophils below 0.5", zh: 中性粒细胞低于0.5}}
- {id: platelets_low, treatment: drug, when: last_platelets < 100, recommend: reduce, to_percent: 75, reason: {en: "Platelets below 100", zh: 血小板低于100}}
- {id: platelets_lower, treatment: drug, when: last_platelets < 75, recommend: reduce, to_dose: 50, reason: {en: "Platelets below 75", zh: 血小板低于75}}
- {id: grade_4, treatment: drug, when: severe, recommend: stop, reason: {en: "A toxicity of grade 4", zh: 出现4级毒性}}
sets:
- {id: itt, label: {en: Intention to treat, zh: 意向性治疗}, rule: randomized}
safety_rules:
- id: grade_4_rate
  label: {en: Grade 4 toxicity, zh: 4级毒性}
  event: severe
  set: itt
  arms: [A]
  boundary: {kind: beta_binomial, acceptable: 0.1, prior: [0.2, 1.8], certainty: 0.9, participants: 20, first: 3}
  action: {en: The committee decides whether the trial goes on., zh: 由委员会决定试验是否继续。}
"""


def open_treated(*changes: str | dict[str, Any], **more: Any) -> Trial:
    """The study, opened."""
    return open_trial(TREATED, *changes, **more)


def blood(name: str, day: str, times: int = 1, **values: Any) -> RecordForm:
    return RecordForm(name, "course", "blood", {"blood_on": day, **values}, occurrence=times)


def drug(name: str, day: str, times: int = 1, given: bool = True, mg: str | None = "180", **more: Any) -> RecordForm:
    values = {"drug_on": day, "drug_given": given, "drug_mg": mg if given else None}
    return RecordForm(name, "course", "drug", values, occurrence=times, **more)


def in_arm(trial: Trial, arm: str, surface: str = "1.80") -> str:
    """A participant who was allocated to the arm, with a body surface."""
    known = len(trial.store.projection(trial.study, "participants"))
    for place in range(known, known + 40):
        name = f"P{place}"
        receipt = trial.do(Randomize(trial.enrolled(name), DAY))
        if receipt.arm == arm:
            trial.do(RecordForm(name, "screening", "body", {"body_on": DAY, "surface": surface}))
            return name
    raise AssertionError(f"nobody in arm {arm}")
