"""Small trials of one drug each, as their protocols say it: stepped up, in phases, several times a day, shared forms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from equipoise.conduct.acts import RecordForm
from equipoise.conduct.doses.advising import as_of
from equipoise.conduct.doses.course import DrugCourse, RadiotherapyCourse, follow_doses
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.state.built_ins import built_ins
from equipoise.knowledge.participant import Knowledge
from equipoise.reports.dose_sheet import dose_data, dose_lines
from tests.conduct.small_trial import Trial
from tests.conduct.treated_trial import in_arm, open_treated

DRUG = "kind: drug, route: oral, given_by: {form: pill, dose: pill_amount}"
SEMAGLUTIDE = (
    "{id: semaglutide, label: {en: Semaglutide, zh: 司美格鲁肽}, unit: mg, schedule: {phases: ["
    + ", ".join(f"{{every_days: 7, count: 4, dose: {dose}}}" for dose in (0.25, 0.5, 1, 1.7, 2.4))
    + f"]}}, {DRUG}}}"
)
LEVAMISOLE = (
    "{id: levamisole, label: {en: Levamisole, zh: 左旋咪唑}, dose: 50, unit: mg, "
    f"schedule: {{every_days: 14, days: [1-3], times_a_day: 3, count: 26}}, {DRUG}}}"
)
FLUOROURACIL = (
    "{id: fluorouracil, label: {en: Fluorouracil, zh: 氟尿嘧啶}, dose: 450, unit: mg/m2, scaled_by: surface, "
    f"schedule: {{phases: [{{every_days: 1, count: 5}}, {{first_day: 28, every_days: 7, count: 48}}]}}, {DRUG}}}"
)


def dosed(*drugs: str, unit: str = "mg", more: str = "") -> tuple[Trial, str]:
    """A trial whose arm A gets the drugs, recorded on the form `pill`, and a participant in it."""
    form = f"""
forms:
- id: pill
  title: {{en: Doses, zh: 给药}}
  date_item: pill_on
  items:
  - {{id: pill_on, label: {{en: Date, zh: 日期}}, type: date}}
  - {{id: pill_amount, label: {{en: Amount, zh: 剂量}}, type: decimal, unit: "{unit}"}}
  - {{id: pill_name, label: {{en: Drug, zh: 药物}}, type: code, codelist: drugs, required: false}}
codelists:
- id: drugs
  codes: [{{code: low, label: {{en: Low, zh: 低}}}}, {{code: high, label: {{en: High, zh: 高}}}}]
visits: [{{id: course, forms: [blood, toxicity, drug, beam, pill]}}]
"""
    regimen = "arms: [{id: A, regimen: [{id: drug, remove: true}, {id: rays, remove: true}, " + ", ".join(drugs) + "]}]"
    without = "forms: [{id: drug, advice: ~, checks: ~}]\ndose_rules: ~"
    trial = open_treated(form, without, regimen, *([more] if more else []))
    name = in_arm(trial, "A")
    trial.clock[0] = datetime(2025, 3, 1, 4, tzinfo=UTC)
    return trial, name


def give(trial: Trial, name: str, *doses: tuple[str, str], **values: Any) -> None:
    """Record doses by day and amount."""
    known = sum(record.form == "pill" for record in participant_state(trial.store, trial.study, name).records.values())
    for place, (day, amount) in enumerate(doses, start=known + 1):
        said = {"pill_on": day, "pill_amount": amount, **values}
        trial.do(RecordForm(name, "course", "pill", said, occurrence=place))


def followed(trial: Trial, name: str, on: str) -> tuple[list[DrugCourse | RadiotherapyCourse], list[str], Any]:
    """The courses, the lines of the sheet in English, and the data, as known on a day."""
    protocol, day = trial.desk.protocol, date.fromisoformat(on)
    person, arm = participant_state(trial.store, trial.study, name), protocol.arms[0]

    def known_on(at: date) -> Knowledge:
        then = as_of(person, at)
        return Knowledge(protocol, then.records, built_ins(then), arm=lambda: "A")

    courses = follow_doses(protocol, person, arm, known_on, day)
    return courses, dose_lines(protocol, person, arm, courses, day), dose_data(person, arm, courses, day)
