"""A computed value is said by the rule that made it, and not by whoever saved the page."""

from __future__ import annotations

import pytest

from equipoise.analysis.tracing import read_entries
from equipoise.conduct import desk as desk_module
from equipoise.conduct.acts import CorrectValue, RecordForm
from equipoise.conduct.entries.made import made_by
from equipoise.conduct.replay.receipt import sentence_of
from equipoise.reports.copies.history import pages_of
from tests.conduct.small_trial import CHECKUP, Trial, open_trial

RULE = "forms.checkup.bmi.computed"


def measured() -> Trial:
    trial = open_trial()
    trial.consented()
    trial.do(RecordForm("P1", "screening", "checkup", CHECKUP))
    return trial


def test_an_entry_says_by_which_rule_of_which_protocol_a_value_was_made():
    trial = measured()
    (entry,) = [one for one in trial.entries() if one.kind == "form_recorded"]
    assert entry.payload["made"] == {"protocol": "1.0", "digest": trial.desk.digest[:16], "rules": {"bmi": RULE}}
    assert made_by(entry.payload, "height") is None


def test_what_follows_from_a_correction_is_the_rules_and_the_correction_is_the_persons():
    trial = measured()
    receipt = trial.do(CorrectValue("P1", "screening", "checkup", "mass", "70.0", "misread"))
    by = {entry.payload["item"]: made_by(entry.payload) for entry in receipt.entries}
    assert by["mass"] is None
    assert (by["bmi"].rule, by["bmi"].version) == (RULE, f"1.0 {trial.desk.digest[:16]}")


def test_an_empty_computed_value_was_made_by_nothing():
    trial = open_trial("forms: [{id: checkup, items: [{id: mass, required: false}]}]")
    trial.consented()
    trial.do(RecordForm("P1", "screening", "checkup", {**CHECKUP, "mass": None}))
    assert "made" not in trial.entries()[-1].payload


def test_the_receipt_and_the_trace_name_the_rule_in_both_languages():
    trial = measured()
    receipt = trial.do(CorrectValue("P1", "screening", "checkup", "mass", "70.0", "misread"))
    recorded = next(one for one in trial.entries() if one.kind == "form_recorded")
    bmi = receipt.entries[-1]
    traced = read_entries(trial.store, trial.study, [recorded.seq, bmi.seq], trial.head())
    digest = trial.desk.digest[:16]
    for language, words in (
        ("en", f"[rule {RULE}, protocol 1.0 {digest}]"),
        ("zh", f"〔规则{RULE}，方案1.0 {digest}〕"),
    ):
        assert f"bmi=20.8{words}" in traced[recorded.seq].line(language).replace("bmi=20.8 [", "bmi=20.8[")
        assert "li (investigator)" in traced[recorded.seq].line(language)
        line = traced[bmi.seq].line(language)
        assert words[1:-1] in line and "li (investigator)" not in line
    again = trial.do(RecordForm("P1", "screening", "checkup", CHECKUP, reason="as it was"))
    assert "of P1 was corrected" in again.say() and "P1" in again.say("zh")
    assert f"by rule {RULE} of protocol 1.0" in sentence_of(bmi)
    assert f"规则{RULE}" in sentence_of(bmi, "zh")
    assert "by rules of protocol 1.0" in sentence_of(recorded) and "not by hand: bmi" in sentence_of(recorded)
    assert "非人工填写：bmi" in sentence_of(recorded, "zh")


def test_the_history_of_a_value_names_the_rule_where_it_names_people():
    trial = measured()
    trial.do(CorrectValue("P1", "screening", "checkup", "mass", "70.0", "misread"))
    (page,) = pages_of(trial.entries())
    said = {place[2]: [step.actor for step in cell.steps] for place, cell in page.cells.items()}
    assert (said["mass"], said["bmi"]) == (["li", "li"], [RULE, RULE])


def test_an_entry_of_an_earlier_version_names_nobody_else_and_is_read_as_before():
    trial = measured()
    (entry,) = [one for one in trial.entries() if one.kind == "form_recorded"]
    del entry.payload["made"]
    (page,) = pages_of([entry])
    assert {step.actor for cell in page.cells.values() for step in cell.steps} == {"li"}


def test_control_a_desk_that_signs_computed_values_by_hand_is_caught(monkeypatch):
    monkeypatch.setattr(desk_module, "signed_by_rules", lambda facts, *_: list(facts))
    with pytest.raises(KeyError):
        test_an_entry_says_by_which_rule_of_which_protocol_a_value_was_made()
