"""Recording and correcting forms: what is asked, what is refused, what asks for a reason, and what is written."""

from __future__ import annotations

import pytest

from equipoise.conduct.acts import Accepted, CorrectValue, RecordForm, Withdraw
from equipoise.findings import Finding
from tests.chinese import unsaid
from tests.conduct.small_trial import BASELINE, CHECKUP, DAY, Trial, open_trial


@pytest.fixture
def trial() -> Trial:
    trial = open_trial()
    trial.consented()
    return trial


def checkup(values=None, **more) -> RecordForm:
    return RecordForm("P1", "screening", "checkup", CHECKUP | (values or {}), **more)


def findings(trial: Trial, act) -> dict[str, Finding]:
    return {finding.where.path: finding for finding in trial.refused(act).findings}


def said(trial: Trial, act) -> list[dict]:
    return [entry.payload for entry in trial.do(act).entries]


@pytest.mark.parametrize(
    ("height", "code"),
    [("49.9", "value.out_of_range"), ("50", "form.soft"), ("119.9", "form.soft"), ("120", None), ("210.0", None), ("210.1", "form.soft"), ("250", "form.soft"), ("250.1", "value.out_of_range")],
)  # fmt: skip
def test_a_hard_range_refuses_and_a_soft_one_asks_at_their_very_limits(trial, height, code):
    act = checkup({"height": height, "mass": "40.0"})
    if code is None:
        assert said(trial, act)[0]["values"]["height"] == height
    else:
        assert findings(trial, act)["checkup.height"].code == code


def test_a_hard_range_cannot_be_overridden(trial):
    act = checkup({"height": "300"}, overrides={"height.range": "very tall"})
    assert findings(trial, act)["checkup.height"].code == "value.out_of_range"


def test_every_fault_of_a_page_is_told_at_once(trial):
    act = checkup({"height": "tall", "smoker": "perhaps", "seen_on": "2024-02-30", "mass": ""}, groups={"lesions": [{"lesion_place": "lungs", "lesion_size": 0}]})  # fmt: skip
    found = {path: finding.code for path, finding in findings(trial, act).items()}
    assert found == {
        "checkup.height": "value.not_a_number",
        "checkup.smoker": "value.not_true_or_false",
        "checkup.seen_on": "value.impossible_date",
        "checkup.mass": "form.required",
        "checkup.lesions[1].lesion_place": "value.unknown_code",
        "checkup.lesions[1].lesion_size": "value.out_of_range",
    }


def test_a_value_outside_the_codelist_is_refused_with_the_nearest_code(trial):
    act = checkup(groups={"lesions": [{"lesion_place": "lungs", "lesion_size": 10}]})
    assert "Did you mean lung?" in findings(trial, act)["checkup.lesions[1].lesion_place"].mend


def test_an_item_is_required_only_when_its_rule_is_true(trial):
    assert "checkup.why" in findings(trial, checkup({"stopped": True}))
    assert said(trial, checkup({"stopped": True, "why": "rash"}))[0]["values"]["why"] == "rash"


def test_an_item_that_is_not_shown_takes_no_value_and_is_not_required(trial):
    assert findings(trial, checkup({"packs": 1}))["checkup.packs"].code == "form.not_shown"
    assert said(trial, checkup())[0]["values"]["packs"] is None


def test_an_item_that_is_shown_is_required(trial):
    assert findings(trial, checkup({"smoker": True}))["checkup.packs"].code == "form.required"


def test_a_computed_item_is_filled_in_and_another_value_is_refused(trial):
    assert findings(trial, checkup({"bmi": "21.0"}))["checkup.bmi"].code == "form.computed"
    assert said(trial, checkup({"bmi": "20.8"}))[0]["values"]["bmi"] == "20.8"


def test_rows_of_a_group_are_kept_in_their_order_and_counted(trial):
    rows = [{"lesion_place": "lung", "lesion_size": size} for size in (30, 10, 20)]
    assert said(trial, checkup(groups={"lesions": rows}))[0]["groups"] == {"lesions": rows}
    trial.consented("P2")
    act = RecordForm("P2", "screening", "checkup", CHECKUP, {"lesions": [*rows, rows[0]]})
    assert findings(trial, act)["checkup.lesions"].code == "form.rows"


def test_a_check_over_a_group_names_the_row(trial):
    rows = [{"lesion_place": "lung", "lesion_size": 250}, {"lesion_place": "liver", "lesion_size": 250}]
    found = findings(trial, checkup(groups={"lesions": rows}, overrides={"lesion_size.range": "measured twice"}))
    assert {path: finding.code for path, finding in found.items()} == {"checkup.liver_small[2]": "form.check"}


def test_an_overridden_soft_check_leaves_the_value_the_check_and_the_reason(trial):
    before = trial.head()
    trial.refused(checkup({"height": "220.0"}))
    receipt = trial.do(checkup({"height": "220.0"}, overrides={"height.range": "measured twice"}))
    refused, recorded = trial.store.read(trial.study, after=before)
    # The first answer and the prompt stay, even if the answer is then changed (FDA Q&A 2024, Q13).
    assert "220.0 cm is above 210 cm" in refused.payload["findings"][0]["what"]
    assert recorded.payload["values"]["height"] == "220.0"
    fact = {
        "check": "height.range",
        "severity": "soft",
        "item": "height",
        "overridden": True,
        "reason": "measured twice",
    }
    assert recorded.payload["checks"] == [fact]
    assert [finding.severity for finding in receipt.findings] == ["warning"]


def test_a_soft_check_across_items_shows_their_values_and_is_confirmed_by_its_id(trial):
    finding = findings(trial, checkup({"mass": "120.0"}))["checkup.slim"]
    assert "found: bmi = 41.5" in finding.why
    assert (
        said(trial, checkup({"mass": "120.0"}, overrides={"slim": "weighed twice"}))[0]["checks"][0]["check"] == "slim"
    )


def test_a_soft_check_is_not_overridden_by_an_empty_reason(trial):
    assert "checkup.height" in findings(trial, checkup({"height": "220.0"}, overrides={"height.range": "  "}))


def test_one_row_of_a_group_is_confirmed_alone(trial):
    rows = [{"lesion_place": "lung", "lesion_size": 150}, {"lesion_place": "lung", "lesion_size": 160}]
    found = findings(trial, checkup(groups={"lesions": rows}, overrides={"lesion_size.range[1]": "seen"}))
    assert list(found) == ["checkup.lesions[2].lesion_size"]


def test_a_form_saved_again_unchanged_writes_nothing(trial):
    rows = {"lesions": [{"lesion_place": "lung", "lesion_size": 150}]}
    act = checkup({"height": "220.0"}, groups=rows, overrides={"height.range": "seen", "lesion_size.range": "seen"})
    trial.do(act)
    before = trial.head()
    assert trial.do(act).entries == ()
    # What was confirmed then is not asked for again.
    assert trial.do(checkup({"height": "220.0"}, groups=rows)).entries == ()
    assert trial.head() == before


def test_a_form_saved_again_with_rubbish_is_not_taken_for_unchanged(trial):
    trial.do(checkup())
    assert findings(trial, checkup({"born_on": "yesterday"}))["checkup.born_on"].code == "value.not_a_date"


def test_a_form_saved_again_leaves_one_correction_for_each_item_that_differs(trial):
    trial.do(checkup(groups={"lesions": [{"lesion_place": "lung", "lesion_size": 10}]}))
    rows = [{"lesion_place": "lung", "lesion_size": 12}, {"lesion_place": "liver", "lesion_size": 5}]
    act = checkup({"mass": "61.0"}, groups={"lesions": rows}, reason="misread")
    told = [(p["group"], p["row"], p["item"], p["old"], p["new"], p["reason"]) for p in said(trial, act)]
    assert told == [
        (None, None, "mass", "60.0", "61.0", "misread"),
        ("lesions", 1, "lesion_size", 10, 12, "misread"),
        ("lesions", 2, "lesion_place", None, "liver", "misread"),
        ("lesions", 2, "lesion_size", None, 5, "misread"),
        (None, None, "bmi", "20.8", "21.1", "misread"),  # what follows comes after what somebody changed
    ]
    trial.check_whole()


def test_a_change_without_a_reason_is_refused_and_a_recorded_row_is_never_taken_away(trial):
    trial.do(checkup(groups={"lesions": [{"lesion_place": "lung", "lesion_size": 10}]}))
    rows = {"lesions": [{"lesion_place": "lung", "lesion_size": 10}]}
    assert trial.codes(checkup({"mass": "61.0"}, groups=rows)) == ["record.differs"]
    more = {"lesions": [*rows["lesions"], {"lesion_place": "liver", "lesion_size": 5}]}
    assert "lesion_place is nothing and not liver" in str(findings(trial, checkup(groups=more))["checkup"])
    assert trial.codes(checkup(reason="not his")) == ["form.rows"]


def test_a_correction_keeps_the_old_value_and_brings_computed_items_along(trial):
    trial.do(checkup())
    told = said(trial, CorrectValue("P1", "screening", "checkup", "height", "180.0", "misread"))
    assert [(p["item"], p["old"], p["new"]) for p in told] == [("height", "170.0", "180.0"), ("bmi", "20.8", "18.5")]


def test_a_correction_to_the_same_value_writes_nothing(trial):
    trial.do(checkup())
    assert trial.do(CorrectValue("P1", "screening", "checkup", "height", "170.0", "misread")).entries == ()


def test_a_correction_outside_a_soft_range_asks_and_one_elsewhere_on_the_page_does_not_ask_again(trial):
    trial.do(checkup({"height": "220.0"}, overrides={"height.range": "seen"}))
    odd = CorrectValue("P1", "screening", "checkup", "height", "221.0", "misread")
    assert "form.soft" in trial.codes(odd)
    confirmed = CorrectValue(
        "P1", "screening", "checkup", "height", "221.0", "misread", overrides={"height.range": "again"}
    )
    assert said(trial, confirmed)[0]["checks"][0]["reason"] == "again"
    assert said(trial, CorrectValue("P1", "screening", "checkup", "smoker", True, "asked")) != []


def test_a_row_of_a_group_is_corrected_in_its_place(trial):
    trial.do(checkup(groups={"lesions": [{"lesion_place": "lung", "lesion_size": 10}] * 2}))
    act = CorrectValue("P1", "screening", "checkup", "lesion_size", 11, "misread", group="lesions", row=2)
    assert [(p["row"], p["old"], p["new"]) for p in said(trial, act)] == [(2, 10, 11)]
    trial.check_whole()


def test_what_was_confirmed_of_one_row_is_not_asked_again_when_another_changes(trial):
    rows = [{"lesion_place": "lung", "lesion_size": 150}, {"lesion_place": "lung", "lesion_size": 10}]
    trial.do(checkup(groups={"lesions": rows}, overrides={"lesion_size.range[1]": "seen"}))
    act = CorrectValue("P1", "screening", "checkup", "lesion_size", 11, "misread", group="lesions", row=2)
    assert [p["row"] for p in said(trial, act)] == [2]
    rows[1] = rows[1] | {"lesion_size": 12}
    assert [p["row"] for p in said(trial, checkup(groups={"lesions": rows}, reason="misread"))] == [2]
    rows[1] = rows[1] | {"lesion_size": 160}
    asked = findings(trial, checkup(groups={"lesions": rows}, reason="misread"))
    assert list(asked) == ["checkup.lesions[2].lesion_size"]


def test_computed_items_and_unknown_items_cannot_be_corrected(trial):
    trial.do(checkup())
    assert trial.codes(CorrectValue("P1", "screening", "checkup", "bmi", "9", "x")) == ["form.computed"]
    assert trial.codes(CorrectValue("P1", "screening", "checkup", "bmx", "9", "x")) == ["form.unknown_item"]


def test_correcting_the_day_of_a_form_moves_the_day_of_the_observation(trial):
    trial.do(checkup())
    trial.do(CorrectValue("P1", "screening", "checkup", "seen_on", "2024-02-03", "misread"))
    assert trial.store.projected(trial.study, "records", "P1 screening 1 checkup")["observed"] == "2024-02-03"
    assert trial.codes(CorrectValue("P1", "screening", "checkup", "seen_on", "2024-03-02", "typo")) == ["date.future"]
    trial.check_whole()


def test_nothing_is_observed_before_birth(trial):
    assert trial.codes(checkup({"born_on": "2024-02-02"})) == ["date.order"]
    trial.do(checkup({"born_on": "1960-01-01"}))
    assert trial.codes(CorrectValue("P1", "screening", "checkup", "seen_on", "1959-12-31", "typo")) == ["date.order"]


def test_a_log_takes_any_number_of_occurrences_and_a_visit_its_own(trial):
    for occurrence in (1, 2, 40):
        trial.do(RecordForm("P1", "notes", "remark", {"remark_text": "x"}, occurrence=occurrence))
    assert trial.codes(RecordForm("P1", "screening", "baseline", BASELINE, occurrence=0)) == ["visit.occurrence"]


def test_a_visit_that_depends_on_a_rule_waits_until_the_rule_is_true(trial):
    act = RecordForm("P1", "smokers", "follow_up", {"seen_date": DAY, "progressed": "no"})
    refusal = trial.refused(act).findings[0]
    assert refusal.code == "visit.does_not_apply"
    assert "not known yet: smoker" in refusal.why
    trial.do(checkup({"smoker": "yes", "packs": "1"}))
    assert said(trial, act)[0]["values"] == {"seen_date": DAY, "progressed": False}


def test_a_known_blemish_is_recorded_with_what_the_source_says(trial):
    accepted = (Accepted("weight_unknown", "weight", "999", "999 means not weighed"),)
    values = {key: value for key, value in BASELINE.items() if key != "weight"}
    receipt = trial.do(RecordForm("P1", "screening", "baseline", values, accepted=accepted))
    assert receipt.entries[0].payload["checks"][0]["original"] == "999"
    assert receipt.findings[0].code == "form.accepted"
    # Saved again, the page is not asked for what was excused.
    assert trial.do(RecordForm("P1", "screening", "baseline", values)).entries == ()


def test_after_leaving_only_what_was_observed_before_is_recorded(trial):
    trial.do(Withdraw("P1", "2024-02-10", "moved away"))
    trial.do(checkup({"seen_on": "2024-02-10"}))
    assert trial.codes(RecordForm("P1", "notes", "death", {"death_date": "2024-02-11"})) == ["participant.withdrawn"]
    undated = RecordForm("P1", "notes", "remark", {"remark_text": "x"})
    assert trial.codes(undated) == ["participant.withdrawn"]
    trial.do(RecordForm("P1", "notes", "remark", {"remark_text": "x"}, observed="2024-02-09"))


def test_leaving_treatment_alone_ends_no_follow_up(trial):
    trial.do(Withdraw("P1", "2024-02-10", "rash", "treatment"))
    trial.do(RecordForm("P1", "notes", "death", {"death_date": "2024-02-11"}))


def test_a_date_before_anybody_in_a_trial_was_alive_is_a_slip_of_the_keyboard(trial):
    act = RecordForm("P1", "screening", "baseline", {**BASELINE, "visit_date": "1024-03-01"})
    finding = findings(trial, act)["baseline.visit_date"]
    assert (finding.code, "before 1850" in finding.why) == ("value.impossible_date", True)


FEW_ROWS = "forms: [{id: checkup, groups: [{id: lesions, min_rows: 1}]}]"
WAITING = """\
forms:
- id: checkup
  checks:
  - {id: both, rule: "height < 150 AND packs > 3", severity: hard, message: {en: Small and smoking, zh: 身材矮小且吸烟}}
"""
IN_WORDS = [
    ("form.unknown_group", checkup(groups={"teeth": []}), "", "form checkup has no group teeth", "没有重复组teeth"),
    ("form.unknown_item", checkup({"hight": "170"}), "", "Did you mean height?", "是否应为height？"),
    ("form.unknown_item", checkup({"shoes": "9"}), "", "Correct the name, or leave it out.", "请更正名称"),
    ("form.rows", checkup(), FEW_ROWS, "lesions has 0 rows; at least 1 are asked for", "至少须填1行"),
    ("form.rows", checkup(groups={"lesions": [{}] * 4}), "", "lesions has 4 rows; at most 3 are taken", "最多可填3行"),
    ("form.computed", checkup({"bmi": "9.0"}), "", "bmi was entered as 9.0 and computes to 20.8", "由其他答案得出"),
    ("form.computed", checkup({"bmi": "9.0", "mass": ""}), "", "computes to nothing", "计算结果为空值"),
    ("form.not_shown", checkup({"packs": 1}), "", "it is asked only when smoker", "仅当smoker时才需填写"),
    ("form.required", checkup({"mass": ""}), "", "mass (Mass) has no value; it is required", "mass（体重）未填写"),
    ("form.required", checkup({"stopped": True}), "", "it is required when stopped", "当stopped时该项必填"),
    ("form.check", checkup(), WAITING, "found: height = 170.0, packs = not recorded", "packs = 未记录"),
    (
        "form.soft",
        checkup({"height": "220.0"}),
        "",
        "overrides {height.range: reason}.",
        "overrides {height.range: 理由}。",
    ),
    (
        "form.soft",
        checkup({"mass": "150.0"}),
        "",
        "check slim: Body mass index of 40 or more",
        "核查slim：体重指数达40以上",
    ),
]


@pytest.mark.parametrize(("code", "act", "changes", "english", "chinese"), IN_WORDS)
def test_whatever_is_wrong_with_a_page_is_told_in_both_languages(code, act, changes, english, chinese):
    trial = open_trial(*((changes,) if changes else ()))
    trial.consented()
    found = trial.refused(act).findings
    assert any(finding.code == code and english in finding.tell("en") for finding in found)
    assert any(finding.code == code and chinese in finding.tell("zh") for finding in found)
    assert [wrong for finding in found for wrong in unsaid(finding)] == []
