"""Derivations at the desk: filled in with the record, never typed, and derived again when what they rest on is corrected."""

from __future__ import annotations

import pytest

from equipoise.conduct.acts import CorrectValue, RecordForm
from equipoise.conduct.following.following import derived_otherwise
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.sheet.setting import Setting
from equipoise.knowledge.records import RecordRow, records_after
from equipoise.ledger import Fact
from equipoise.protocol.scope import names_behind
from tests.conduct.small_trial import DAY, Trial, open_trial

SIZE = """
forms:
- id: stature
  title: {en: Stature, zh: 身高}
  date_item: measured_on
  items:
  - {id: measured_on, label: {en: Date, zh: 日期}, type: date}
  - {id: stature_cm, label: {en: Height, zh: 身高}, type: decimal, unit: cm, decimals: 1}
- id: dosing
  title: {en: Dosing, zh: 给药}
  date_item: dosed_on
  items:
  - {id: dosed_on, label: {en: Date, zh: 日期}, type: date}
  - {id: mass_then, label: {en: Weight, zh: 体重}, type: decimal, unit: g, decimals: 0}
  - {id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2, decimals: 2}
  - {id: full_dose, label: {en: Full dose, zh: 全量}, type: decimal, unit: mg, decimals: 0, computed: 100 * surface}
  derivations:
  - {id: surface_then, method: body_surface_area, inputs: {height: stature_cm, weight: mass_then}, gives: {body_surface: surface}}
visits:
- {id: screening, forms: [baseline, checkup, stature]}
- {id: dose, label: {en: Dose, zh: 给药}, anchor: consent, day: 7, repeat: {every_days: 7, count: 4}, forms: [dosing]}
"""


@pytest.fixture
def trial() -> Trial:
    return open_trial(SIZE)


def stature(value: str = "170.0", day: str = DAY) -> RecordForm:
    return RecordForm("P1", "screening", "stature", {"measured_on": day, "stature_cm": value})


def dose(occurrence: int = 1, grams: str = "65000", day: str = DAY, **values) -> RecordForm:
    return RecordForm("P1", "dose", "dosing", {"dosed_on": day, "mass_then": grams, **values}, occurrence=occurrence)


def of(trial: Trial, occurrence: int = 1) -> dict:
    person = participant_state(trial.store, trial.study, "P1")
    assert person is not None
    return dict(person.records["dose", occurrence, "dosing"].values)


def test_a_derived_item_is_filled_in_from_this_form_and_another_with_units_converted(trial: Trial):
    trial.consented()
    trial.do(stature(), dose())
    assert of(trial)["surface"] == "1.75"  # 170 cm and 65 kg by Mosteller
    assert of(trial)["full_dose"] == "175"
    trial.check_whole()


def test_what_another_form_says_counts_as_known_on_the_day_of_the_record(trial: Trial):
    trial.consented()
    trial.do(dose(day="2024-01-31"), stature())
    assert of(trial)["surface"] is None  # measured a day later
    assert "value_corrected" not in trial.kinds()


def test_an_earlier_record_that_comes_late_fills_in_what_rests_on_it(trial: Trial):
    trial.consented()
    trial.do(dose(), dose(2, day="2024-02-08"), stature())
    assert [of(trial, k)["surface"] for k in (1, 2)] == ["1.75", "1.75"]
    last = trial.entries()[-1]
    assert last.kind == "value_corrected"
    assert last.payload["reason"] == "follows from stature at screening (1)"
    trial.check_whole()


def test_a_correction_is_followed_by_one_of_every_item_that_rests_on_it(trial: Trial):
    trial.consented()
    trial.do(stature("180.0"), dose(), dose(2, "80000", "2024-02-08"))
    trial.do(CorrectValue("P1", "screening", "stature", "stature_cm", "170.0", "misread"))
    assert [(of(trial, k)["surface"], of(trial, k)["full_dose"]) for k in (1, 2)] == [("1.75", "175"), ("1.94", "194")]
    items = [entry.payload["item"] for entry in trial.entries() if entry.kind == "value_corrected"]
    assert sorted(items) == ["full_dose", "full_dose", "stature_cm", "surface", "surface"]
    trial.check_whole()


def test_a_correction_that_moves_a_record_to_a_later_day_takes_back_what_rested_on_it(trial: Trial):
    trial.consented()
    trial.do(stature(), dose())
    trial.do(CorrectValue("P1", "screening", "stature", "measured_on", "2024-02-20", "wrong day"))
    assert of(trial)["surface"] is None


def test_a_derived_value_is_not_typed_and_another_one_is_refused(trial: Trial):
    trial.consented()
    trial.do(stature())
    assert trial.codes(dose(surface="1.80")) == ["form.computed"]
    trial.do(dose(surface="1.75"))
    assert trial.codes(CorrectValue("P1", "dose", "dosing", "surface", "1.80", "typo")) == ["form.computed"]


def test_a_soft_remark_is_confirmed_with_a_reason_and_kept_in_the_record(trial: Trial):
    trial.consented()
    trial.do(stature("118.0"))
    refusal = trial.refused(dose(grams="29000"))
    assert {finding.code for finding in refusal.findings} == {"form.soft"}
    assert "surface_then.weight" in str(refusal.findings)
    overrides = {"surface_then.height": "short stature", "surface_then.weight": "weighed twice"}
    done = dose(grams="29000")
    trial.do(RecordForm(done.participant, done.visit, done.form, done.values, overrides=overrides))
    checks = trial.entries()[-1].payload["checks"]
    assert {check["check"] for check in checks} == set(overrides)


def test_a_hard_remark_refuses_and_says_what_was_expected(trial: Trial):
    trial.consented()
    trial.do(stature("1.7"))
    refusal = trial.refused(dose())
    assert [finding.code for finding in refusal.findings] == ["form.medicine"]
    assert "170 cm was expected" in refusal.findings[0].what


def test_saving_the_same_record_again_writes_nothing(trial: Trial):
    trial.consented()
    trial.do(stature(), dose())
    head = trial.head()
    trial.do(dose())
    assert trial.head() == head


def test_everything_derived_again_from_what_stands_is_what_was_recorded(trial: Trial):
    trial.consented()
    trial.do(stature(), dose(), dose(2, "80000", "2024-02-08"))
    person = participant_state(trial.store, trial.study, "P1")
    assert person is not None
    setting = Setting(trial.desk.protocol, trial.clock[-1])
    assert derived_otherwise(setting, person) == (2, [])
    person.records["dose", 2, "dosing"].values["surface"] = "1.95"  # type: ignore[index]
    _, differing = derived_otherwise(setting, person)
    assert [(f.payload["item"], f.payload["new"]) for f in differing] == [("surface", "1.94")]


def test_records_as_they_will_stand_leave_those_that_stand_alone():
    record = RecordRow("P1", "v", 1, "f", "2024-02-01", 3, {"a": 1}, {"g": [{"b": 1}]})
    said = {"visit": "v", "occurrence": 1, "form": "f", "group": "g", "row": 2, "item": "b", "old": None, "new": 5}
    after = records_after({("v", 1, "f"): record}, [Fact("value_corrected", said, "P1", "S01")])
    assert after["v", 1, "f"].groups == {"g": [{"b": 1}, {"b": 5}]}
    assert record.groups == {"g": [{"b": 1}]}


def test_what_a_value_rests_on_is_followed_through_computed_items_and_medical_rules(trial: Trial):
    behind = names_behind(trial.desk.protocol, ["full_dose"])
    assert behind == {"full_dose", "surface", "stature_cm", "mass_then"}
    assert (
        names_behind(trial.desk.protocol, ["full_dose"], lambda name: ["also"] if name == "mass_then" else ()) > behind
    )


def test_control_without_its_derivation_an_item_rests_on_nothing():
    plain = open_trial(SIZE.replace("gives: {body_surface: surface}", "gives: {body_surface: other}").replace(
        "  - {id: full_dose", "  - {id: other, label: {en: Other, zh: 其他}, type: decimal, unit: m2, required: false}\n  - {id: full_dose"))  # fmt: skip
    assert names_behind(plain.desk.protocol, ["full_dose"]) == {"full_dose", "surface"}
