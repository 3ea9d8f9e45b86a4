"""Who received the allocated treatment is known from the records of doses as well as from a set of the treated."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from tests.analysis.trial import Trial
from tests.spec.minimal import minimal_protocol

DOSES = """
forms:
- id: dose
  title: {en: Dose, zh: 给药}
  date_item: dose_date
  items:
  - {id: dose_date, label: {en: Date, zh: 日期}, type: date}
  - {id: dose_given, label: {en: Given, zh: 已给药}, type: boolean, required: false}
  - {id: dose_mg, label: {en: Dose, zh: 剂量}, type: decimal, unit: mg, required: false}
visits: [{id: dosing, label: {en: Dosing, zh: 给药}, kind: log, forms: [dose]}]
arms:
- id: A
  regimen:
  - {kind: drug, id: drug, label: {en: Drug, zh: 药物}, dose: 100, unit: mg, route: oral, schedule: {every_days: 7, count: 4}, given_by: {form: dose, given: dose_given, dose: dose_mg}}
"""
RECORDS = (
    {"dose_given": True, "dose_mg": "100"},
    {"dose_given": False, "dose_mg": None},
    {"dose_given": True, "dose_mg": "0"},
    {"dose_given": None, "dose_mg": None},
    {"dose_given": True, "dose_mg": None},
    {"dose_given": None, "dose_mg": "100"},
)


def received(folder, *changes, arms=None):
    trial = Trial(folder, protocol=minimal_protocol(DOSES, *changes))
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    for place, values in enumerate(RECORDS):
        trial.enter(f"A{place}", date(2024, 1, 1), arm="A")
        trial.record(f"A{place}", "dosing", "dose", {"dose_date": "2024-01-02"} | values)
    trial.enter("A9", date(2024, 1, 1), arm="A")
    trial.enter("B1", date(2024, 1, 1), arm="B")
    flow = analyze_cut(freeze(trial, arms=arms), trial.protocol).results["flow"]
    return {arm["arm"]: arm["received"] for arm in flow["arms"]}


def test_recorded_doses_tell_who_received_the_treatment_of_the_arm(tmp_path):
    assert received(tmp_path) == {"A": 3, "B": None}  # nothing is planned for B, so nothing can tell


def test_a_set_of_the_treated_goes_before(tmp_path):
    changed = "sets: [{id: treated, label: {en: T, zh: 已治疗}, rule: randomized}]"
    assert received(tmp_path, changed) == {"A": 7, "B": 1}


@pytest.mark.parametrize("arms", ["hidden", "masked"])
def test_while_arms_are_sealed_any_treatment_of_the_trial_counts(tmp_path, arms):
    found = received(tmp_path, {"randomization": {"blinding": "double"}}, arms=arms)
    assert sum(found.values()) == 3
    assert not {"A", "B"} & set(found)


def test_control_a_dose_of_nothing_is_no_treatment(tmp_path, monkeypatch):
    monkeypatch.setitem(RECORDS[2], "dose_mg", "10")
    assert received(tmp_path) == {"A": 4, "B": None}


def test_of_a_shared_form_only_the_records_of_the_treatment_count(tmp_path):
    when = 'arms: [{id: A, regimen: [{id: drug, given_by: {when: "dose_mg = 100 AND occurrence = 2"}}]}]'
    assert received(tmp_path, when) == {"A": 0, "B": None}
