"""A derived value that stays empty says which input lacked on which day: at entry, and beside the dose rule that waits."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.conduct.acts import CorrectValue, RecordForm
from equipoise.conduct.acts import record_form as record_form_module
from equipoise.conduct.doses.advising import advise
from equipoise.conduct.entries.records import FORM_RECORDED
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.sheet.setting import Setting
from equipoise.knowledge.lacking import Lack, lacks_of_item
from equipoise.reports.dose_sheet import dose_lines
from tests.conduct.small_trial import Trial, open_trial
from tests.conduct.test_derivations import SIZE, dose, stature
from tests.conduct.test_dose_course import ON, courses
from tests.conduct.treated_trial import TREATED

RULE = """
variables: [{id: last_surface, label: {en: Last surface, zh: 末次体表面积}, type: decimal, unit: m2, pick: {item: surface, which: last}}]
dose_rules:
- {id: small, treatment: drug, when: last_surface < 1.5, recommend: omit, reason: {en: Small, zh: 体表面积小}}
"""


@pytest.fixture
def trial() -> Trial:
    opened = open_trial(SIZE)
    opened.consented()
    return opened


def told(receipt) -> list[str]:
    return [finding.tell("en") for finding in receipt.findings if finding.code == "derived.empty"]


def test_an_input_that_nobody_recorded_is_named_at_entry(trial):
    [said] = told(trial.do(dose(day="2024-02-08")))
    assert "surface stays empty; as of 2024-02-08 it lacks stature_cm (form stature)." in said
    [found] = [f for f in trial.do(dose(2, day="2024-02-15")).findings if f.code == "derived.empty"]
    assert "截至2024-02-15缺少：stature_cm（表单stature）" in found.tell("zh")


def test_an_input_of_the_day_after_is_named_with_its_day(trial):
    trial.do(stature(day="2024-02-09"))
    [said] = told(trial.do(dose(day="2024-02-08")))
    assert "stature_cm (form stature, known only from 2024-02-09 on)" in said


def test_a_day_that_is_corrected_fills_it_in_by_itself(trial):
    trial.do(stature(day="2024-02-09"), dose(day="2024-02-08"))
    trial.do(CorrectValue("P1", "screening", "stature", "measured_on", "2024-02-08", "mistyped"))
    person = participant_state(trial.store, trial.study, "P1")
    assert person.records["dose", 1, "dosing"].values["surface"] == "1.75"


def test_what_is_filled_in_explains_nothing(trial):
    trial.do(stature(day="2024-02-01"))
    assert told(trial.do(dose(day="2024-02-08"))) == []


def test_the_same_request_again_says_the_same(trial):
    first = trial.do(dose(day="2024-02-08"), act_id="once")
    assert told(trial.do(dose(day="2024-02-08"), act_id="once")) == told(first) != []


def test_control_a_desk_that_does_not_look_says_nothing(trial, monkeypatch):
    monkeypatch.setattr(record_form_module, "lacks_of", lambda *_: ())
    assert told(trial.do(dose(day="2024-02-08"))) == []


def test_a_dose_rule_that_waits_for_it_says_what_lacked_on_which_day():
    size = SIZE.replace("id: surface,", "id: surface_then,").replace("100 * surface", "100 * surface_then")
    size = size.replace("body_surface: surface}", "body_surface: surface_then}")
    rule = RULE.replace("item: surface,", "item: surface_then,")
    trial = open_trial(TREATED, size.replace("checkup, stature", "checkup, body, stature"), rule)
    trial.randomized()
    trial.do(stature(day="2024-02-09"), dose(day="2024-02-08"))
    person = participant_state(trial.store, trial.study, "P1")
    assert lacks_of_item(trial.desk.protocol, "surface_then", list(person.records.values())) == (
        "2024-02-08",
        (Lack("stature_cm", "stature", "2024-02-09"),),
    )
    knowledge = Setting(trial.desk.protocol, trial.clock[-1], arm_of=lambda _: "A").knowledge(person)
    advice = advise(trial.desk.protocol, knowledge, "drug", date(2024, 2, 20))
    [waiting] = [one for one in advice.not_known if one.rule.id == "small"]
    assert waiting.because == {"surface_then": ("2024-02-08", (Lack("stature_cm", "stature", "2024-02-09"),))}
    for language, words in (
        ("en", "(empty on 2024-02-08 for want of Height (Stature), known only from 2024-02-09 on)"),
        ("zh", "（2024-02-08因缺少身高（身高）（2024-02-09起方有数据）而为空）"),
    ):
        person, found = courses(trial, "P1")
        sheet = dose_lines(trial.desk.protocol, person, trial.desk.protocol.arms[0], found, ON, language)
        assert words in "\n".join(sheet)


def test_a_misspelt_item_is_corrected_by_the_name_that_was_meant(trial):
    trial.do(stature())
    found = trial.refused(CorrectValue("P1", "screening", "stature", "stature_c", "171", "mistyped")).findings
    assert [finding.tell("en").rpartition(". ")[2] for finding in found] == ["Did you mean stature_cm?"]
    assert "是否应为stature_cm？" in found[0].tell("zh")


CHECKUP = {"seen_on": "2024-02-01", "height": "170", "mass": "60", "smoker": False, "stopped": False}


def checkup(values=(), **more) -> RecordForm:
    return RecordForm("P1", "screening", "checkup", {**CHECKUP, **dict(values)}, **more)


def test_an_item_of_a_row_that_is_named_without_its_group_says_where_it_stands(trial):
    trial.do(checkup(groups={"lesions": [{"lesion_place": "lung", "lesion_size": 10}]}))
    found = trial.refused(CorrectValue("P1", "screening", "checkup", "lesion_size", 12, "mistyped")).findings
    assert "Give `group: lesions` and the number of the row." in found[0].tell("en")
    wrong = CorrectValue("P1", "screening", "checkup", "mass", "61", "mistyped", group="lesions", row=1)
    assert "Leave out `group` and `row`." in trial.refused(wrong).findings[0].tell("en")


def test_the_receipt_names_what_was_corrected_and_then_counts_what_follows(trial):
    trial.do(checkup())
    receipt = trial.do(CorrectValue("P1", "screening", "checkup", "mass", "61", "mistyped"))
    assert receipt.summary.startswith("mass of P1 was corrected and 1 more")
    assert receipt.say("zh").startswith("已更正P1的mass")


def test_two_answers_that_need_each_other_are_told_how_and_that_way_works():
    rule = "(smoker AND stopped) OR (NOT smoker AND NOT stopped)"
    check = f'{{id: agree, severity: hard, rule: "{rule}", message: {{en: Both or none, zh: 须一致}}}}'
    trial = open_trial(f"forms: [{{id: checkup, checks: [{check}]}}]")
    trial.consented()
    trial.do(checkup())
    found = trial.refused(CorrectValue("P1", "screening", "checkup", "smoker", True, "mistyped")).findings
    assert any("record the whole form again with both and a reason" in finding.tell("en") for finding in found)
    assert any("请重新填写整份表单" in finding.tell("zh") for finding in found)
    both = checkup({"smoker": True, "packs": 1, "stopped": True, "why": "rash"}, reason="mistyped")
    corrected = [entry.payload["item"] for entry in trial.do(both).entries if entry.kind == "value_corrected"]
    assert {"smoker", "stopped"} <= set(corrected)


def test_an_answer_that_hangs_on_the_corrected_one_is_told_the_same_way(trial):
    trial.do(checkup({"smoker": True, "packs": 1}))
    found = trial.refused(CorrectValue("P1", "screening", "checkup", "smoker", False, "mistyped")).findings
    assert [finding.code for finding in found] == ["form.not_shown"]
    assert "record the whole form again" in found[0].tell("en")
    assert "逐项保留为更正" in found[0].tell("zh")


def test_what_lacks_on_the_form_itself_and_a_record_without_a_day_are_told_as_well():
    lacking = [{"items": ["surface"], "inputs": [{"name": "mass_then", "form": None, "later": None}]}]
    said = {"form": "dosing", "observed": None, "checks": [], "lacking": lacking}
    [found] = FORM_RECORDED.warns(None, said)
    assert "as of no day it lacks mass_then" in found.tell("en")
    assert "截至未注明日期缺少：mass_then" in found.tell("zh")
