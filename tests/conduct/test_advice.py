"""What the dose rules advise at the desk: the most severe, with all reasons; what is missing is told; what was advised stays."""

from datetime import date

import pytest

from equipoise.conduct.acts import CorrectValue, RecordForm
from equipoise.conduct.doses.advising import advise, as_of
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.state.built_ins import built_ins
from equipoise.knowledge.participant import Knowledge
from tests.conduct.treated_trial import blood, drug, in_arm, open_treated

DAY = date(2024, 2, 10)


def knowledge_of(trial, name, day=DAY, arm="A"):
    then = as_of(participant_state(trial.store, trial.study, name), day)
    return Knowledge(trial.desk.protocol, then.records, built_ins(then), arm=lambda: arm)


def advice_for(day=DAY, **values):
    trial = open_treated()
    name = in_arm(trial, "A")
    if values:
        trial.do(blood(name, "2024-02-05", **values))
    return advise(trial.desk.protocol, knowledge_of(trial, name, day), "drug", day)


def rules(clauses):
    return [clause.id for clause in clauses]


def test_with_everything_known_and_no_rule_true_the_planned_dose_is_given():
    advice = advice_for(anc="3.0", platelet_count="200")
    assert (advice.recommendation, advice.percent, advice.dose, advice.unit) == ("give", 100, pytest.approx(180), "mg")
    assert advice.settled
    assert advice.reasons == advice.not_known == ()


def test_nothing_known_is_never_give_and_says_what_is_missing():
    advice = advice_for()
    assert advice.recommendation is None
    assert not advice.settled
    assert rules(o.rule for o in advice.not_known) == ["anc_low", "anc_very_low", "platelets_low", "platelets_lower"]
    assert advice.not_known[0].missing == ("anc",)
    assert advice.dose is None


def test_the_most_severe_recommendation_is_followed_and_every_reason_is_told():
    advice = advice_for(anc="0.4", platelet_count="80")
    assert advice.recommendation == "omit"
    assert rules(advice.reasons) == ["anc_very_low", "anc_low", "platelets_low"]
    assert (advice.percent, advice.dose, advice.delay_days) == (None, None, None)


def test_of_several_reductions_the_lowest_dose_is_followed():
    advice = advice_for(anc="3.0", platelet_count="60")
    assert (advice.recommendation, advice.percent) == ("reduce", 50)
    assert advice.dose == pytest.approx(90)


def test_a_delayed_dose_says_when_to_ask_again_and_keeps_its_reduction():
    advice = advice_for(anc="1.2", platelet_count="80")
    assert (advice.recommendation, advice.delay_days, advice.percent) == ("delay", 7, 75)
    assert advice.ask_again_on == date(2024, 2, 17)


def test_a_rule_that_is_not_known_leaves_a_milder_advice_open():
    advice = advice_for(platelet_count="80")
    assert (advice.recommendation, advice.settled) == ("reduce", False)
    certain = advice_for(anc="0.4")
    assert (certain.recommendation, certain.settled) == ("omit", True)


def test_what_was_measured_later_is_not_looked_at():
    assert advice_for(date(2024, 2, 4), anc="0.1", platelet_count="10").recommendation is None


def test_a_dose_by_body_surface_stays_per_square_meter_where_the_surface_is_not_known():
    trial = open_treated()
    known = knowledge_of(trial, trial.randomized("P9"))
    advice = advise(trial.desk.protocol, known, "drug", DAY)
    assert (advice.dose, advice.unit) == (None, None)
    trial.do(blood("P9", "2024-02-05", anc="3.0", platelet_count="200"))
    advice = advise(trial.desk.protocol, knowledge_of(trial, "P9"), "drug", DAY)
    assert (advice.dose, advice.unit) == (100, "mg/m2")


def kept(trial, name, times=1):
    person = participant_state(trial.store, trial.study, name)
    return {k: v for k, v in person.records["course", times, "drug"].values.items() if k.startswith("told")}


def test_a_form_keeps_the_advice_of_its_day():
    trial = open_treated()
    name = in_arm(trial, "A")
    trial.do(blood(name, "2024-02-05", platelet_count="80"), drug(name, "2024-02-06", mg="135"))
    assert kept(trial, name) == {"told": "reduce", "told_percent": 75, "told_mg": "135", "told_days": None,
                                 "told_why": "platelets_low", "told_open": "anc_low; anc_very_low"}  # fmt: skip


def test_a_later_correction_changes_nothing_of_what_was_advised():
    trial = open_treated()
    name = in_arm(trial, "A")
    trial.do(blood(name, "2024-02-05", anc="3.0", platelet_count="80"), drug(name, "2024-02-06", mg="135"))
    before = kept(trial, name)
    trial.do(CorrectValue(name, "course", "blood", "platelet_count", "180", "a slip of the pen"))
    trial.do(CorrectValue(name, "course", "drug", "drug_mg", "130", "read again"))
    assert kept(trial, name) == before
    again = drug(name, "2024-02-06", mg="140")
    trial.do(RecordForm(name, "course", "drug", again.values, reason="read a third time"))
    assert kept(trial, name) == before
    trial.check_whole()


def test_what_was_given_is_compared_with_what_was_advised():
    trial = open_treated()
    name = in_arm(trial, "A")
    trial.do(blood(name, "2024-02-05", anc="1.0", platelet_count="200"))
    assert trial.codes(drug(name, "2024-02-06")) == ["form.soft"]
    trial.do(drug(name, "2024-02-06", overrides={"as_advised": "counts rose in the morning, report to follow"}))
    assert kept(trial, name)["told"] == "delay"


def test_advice_that_is_typed_is_refused():
    trial = open_treated()
    name = in_arm(trial, "A")
    typed = drug(name, "2024-02-06")
    values = {**typed.values, "told": "give"}
    (found,) = trial.refused(RecordForm(name, "course", "drug", values)).findings
    assert found.code == "form.advised"
    assert found.what == "told was entered as give, and nothing was advised"
    assert found.say("zh").what == "told填写为give，而给药建议为无"


def test_a_participant_of_the_other_arm_is_advised_nothing_to_give():
    trial = open_treated()
    name = in_arm(trial, "B")
    advice = advise(trial.desk.protocol, knowledge_of(trial, name, arm="B"), "drug", DAY)
    assert advice.dose is None
