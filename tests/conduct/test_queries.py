"""Queries: what people ask of the site, what the system asks by itself, and that a blinded reader learns no arm from either."""

from __future__ import annotations

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.following.query_words import words_of_opening
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.query import Place, query_name
from equipoise.findings import Refusal
from equipoise.forms import Check
from equipoise.protocol.scope import BUILT_INS
from equipoise.wording import Text
from tests.conduct.small_trial import BASELINE, CHECKUP, Trial, full_protocol, open_trial

# A check of single items, one of rows, and one of a later form that looks back at an earlier one through a variable.
ASKING = """\
forms:
- id: baseline
  checks:
  - {id: grown_up, rule: "age >= 21 OR weight >= 50", severity: query, items: [age], message: {en: Young and light; see the source and correct age or weight, zh: 年龄小且体重轻；请核对原始资料并更正年龄或体重}}
- id: checkup
  checks:
  - {id: lung_small, rule: "lesion_place <> 'lung' OR lesion_size < 50", severity: query, message: {en: Large for a lung, zh: 肺内病灶偏大}}
  - {id: same_mass, rule: "abs(mass - first_weight) < 10", severity: query, message: {en: Weight and mass differ, zh: 两处体重不一致}}
  - {id: by_arm, rule: "arm = 'A' OR smoker", severity: query, message: {en: Look at the smoking again, zh: 请再核对吸烟}}
variables:
- {id: first_weight, label: {en: Weight at baseline, zh: 基线体重}, type: decimal, unit: kg, pick: {item: weight, which: first}}
"""
LIGHT = {"age": 19, "weight": "40.0"}


def asking(*changes: str) -> Trial:
    return open_trial(ASKING, *changes)


def queries(trial: Trial, name: str = "P1") -> dict[str, str]:
    """Check (or the text) to status, of a participant's queries."""
    person = replay(trial.study, trial.entries()).participants[name]
    return {f"{q.check or q.id}{q.place.row or ''}": q.status for q in person.queries.values()}


def only(trial: Trial, kind: str):
    (entry,) = [entry for entry in trial.entries() if entry.kind == kind]
    return entry


def correct(item: str, value: object, form: str = "baseline", **more) -> a.CorrectValue:
    return a.CorrectValue("P1", "screening", form, item, value, "misread", **more)


def checkup(groups=None, **values) -> a.RecordForm:
    return a.RecordForm("P1", "screening", "checkup", {**CHECKUP, "smoker": True, "packs": 1, **values}, groups or {})


def lesion(place: str, size: int) -> dict[str, object]:
    return {"lesion_place": place, "lesion_size": size}


def test_a_broken_check_keeps_the_record_and_opens_a_query_in_the_same_act():
    trial = asking()
    trial.consented()
    receipt = trial.do(a.RecordForm("P1", "screening", "baseline", {**BASELINE, **LIGHT}), as_="chen")
    assert [entry.kind for entry in receipt.entries] == ["form_recorded", "query_raised"]
    said = only(trial, "query_raised").payload
    assert (said["check"], said["by"], said["items"], said["form"]) == ("grown_up", "system", ["age"], "baseline")
    assert said["values"] == {"age": 19, "weight": "40.0"}
    name = query_name(receipt.entries[1].seq)
    assert receipt.summary.startswith(f"Form baseline of P1 was recorded at screening (1); query {name} was opened")
    assert [finding.code for finding in receipt.findings] == ["query.raised"]
    trial.check_whole()


def test_the_text_states_the_rule_the_values_and_what_would_resolve_it_in_both_languages():
    trial = asking()
    trial.recorded(**LIGHT)
    text = only(trial, "query_raised").payload["text"]
    assert text["en"] == (
        "Young and light; see the source and correct age or weight. Found: Age (age) = 19 years; Weight (weight) = 40.0 kg. "
        "What must hold: age >= 21 OR weight >= 50."
    )
    assert text["zh"] == (
        "年龄小且体重轻；请核对原始资料并更正年龄或体重。现有数据：年龄（age）= 19 years；体重（weight）= 40.0 kg。"
        "应满足：age >= 21 OR weight >= 50。"
    )


def test_a_record_that_holds_opens_nothing():
    trial = asking()
    trial.recorded()
    assert "query_raised" not in trial.kinds()


def test_a_correction_after_which_the_check_holds_closes_the_query_in_the_same_act():
    trial = asking()
    trial.recorded(**LIGHT)
    receipt = trial.do(correct("age", 29))
    assert [entry.kind for entry in receipt.entries] == ["value_corrected", "query_closed"]
    said = receipt.entries[1].payload
    assert said["by"] == "system"
    assert said["text"] == {
        "en": "The check grown_up holds: Age (age) = 29 years; Weight (weight) = 40.0 kg.",
        "zh": "核查 grown_up 已满足：年龄（age）= 29 years；体重（weight）= 40.0 kg。",
    }
    assert receipt.summary.startswith(f"age of P1 was corrected; query {said['query']} was closed")
    assert queries(trial) == {"grown_up": "closed"}
    trial.check_whole()


def test_there_is_no_second_query_for_a_check_while_one_waits_and_a_new_one_after_it_was_closed():
    trial = asking()
    trial.recorded(**LIGHT)
    trial.do(correct("age", 18))
    assert trial.kinds().count("query_raised") == 1
    trial.do(a.AnswerQuery("P1", query_name(only(trial, "query_raised").seq), "It is so."), as_="chen")
    trial.do(correct("age", 17))  # answered is not closed: somebody still looks at it
    assert trial.kinds().count("query_raised") == 1
    trial.do(correct("age", 30))
    trial.do(correct("age", 18))
    assert trial.kinds().count("query_raised") == 2
    trial.check_whole()


def test_what_a_person_closed_is_asked_again_only_when_a_value_behind_the_check_changes():
    trial = asking()
    trial.recorded(**LIGHT)
    trial.do(a.CloseQuery("P1", query_name(only(trial, "query_raised").seq), "seen in the source"), as_="zhao")
    trial.do(correct("sex", "M"))
    trial.do(correct("visit_date", "2024-02-02"))
    assert trial.kinds().count("query_raised") == 1
    trial.do(correct("age", 18))
    assert trial.kinds().count("query_raised") == 2


def test_each_row_of_a_group_has_a_query_of_its_own():
    trial = asking()
    trial.recorded()
    trial.do(checkup({"lesions": [lesion("lung", 60), lesion("liver", 90), lesion("lung", 70)]}))
    assert queries(trial) == {"lung_small1": "open", "lung_small3": "open"}
    trial.do(correct("lesion_size", 40, "checkup", group="lesions", row=3))
    assert queries(trial) == {"lung_small1": "open", "lung_small3": "closed"}
    trial.do(correct("lesion_place", "liver", "checkup", group="lesions", row=1))
    trial.do(correct("lesion_place", "lung", "checkup", group="lesions", row=2))
    assert queries(trial) == {"lung_small1": "closed", "lung_small2": "open", "lung_small3": "closed"}
    places = {entry.payload["group"] for entry in trial.entries() if entry.kind == "query_raised"}
    assert places == {"lesions"}
    trial.check_whole()


def test_a_row_added_later_is_looked_at_too():
    trial = asking()
    trial.recorded()
    trial.do(checkup({"lesions": [lesion("lung", 20)]}))
    again = checkup({"lesions": [lesion("lung", 20), lesion("lung", 80)]})
    trial.do(a.RecordForm(again.participant, again.visit, again.form, again.values, again.groups, reason="found later"))
    assert queries(trial) == {"lung_small2": "open"}


def test_a_correction_of_an_earlier_record_opens_and_closes_queries_of_a_later_one():
    trial = asking()
    trial.recorded()
    trial.do(checkup())
    assert queries(trial) == {}
    receipt = trial.do(correct("weight", "75.0"))
    assert [(entry.kind, entry.payload["form"]) for entry in receipt.entries] == [
        ("value_corrected", "baseline"),
        ("query_raised", "checkup"),
    ]
    assert receipt.entries[1].payload["values"] == {"mass": "60.0", "first_weight": "75"}
    assert trial.do(correct("weight", "61.0")).entries[-1].kind == "query_closed"
    assert queries(trial) == {"same_mass": "closed"}
    trial.check_whole()


def test_what_is_not_yet_known_opens_nothing_and_closes_nothing():
    trial = asking("forms: [{id: baseline, items: [{id: age, required: false}]}]")
    trial.recorded(age=None, weight="40.0")
    assert queries(trial) == {}
    trial.do(correct("age", 18))
    trial.do(correct("age", None))
    assert queries(trial) == {"grown_up": "open"}
    trial.check_whole()


def test_no_query_names_the_arm_nor_a_rule_that_rests_on_it():
    trial = asking()
    for number in range(1, 9):
        name = trial.randomized(f"P{number}")
        form = checkup(smoker=False, packs=None)
        trial.do(a.RecordForm(name, "screening", "checkup", form.values))
    raised = [entry.payload for entry in trial.entries() if entry.kind == "query_raised"]
    assert 0 < len(raised) < 8  # the rule does rest on the arm
    for said in raised:
        assert said["values"] == {"smoker": False}
        assert said["text"] == {
            "en": "Look at the smoking again. Found: Smoker (smoker) = no.",
            "zh": "请再核对吸烟。现有数据：吸烟（smoker）= 否。",
        }


def test_an_answer_that_identifies_is_not_repeated_in_a_query():
    trial = asking("forms: [{id: baseline, items: [{id: age, identifying: true}]}]")
    trial.recorded(**LIGHT)
    said = only(trial, "query_raised").payload
    assert "19" not in said["text"]["en"] + said["text"]["zh"]
    assert said["values"] == {"weight": "40.0"}


def test_a_question_is_asked_of_a_participant_a_visit_a_form_an_item_or_a_row():
    trial = asking()
    trial.recorded()
    trial.do(checkup({"lesions": [lesion("liver", 20)]}))
    places: list[tuple[dict[str, object], Place]] = [
        ({}, Place()),
        ({"visit": "screening"}, Place("screening", 1)),
        ({"visit": "screening", "form": "baseline"}, Place("screening", 1, "baseline")),
        ({"visit": "screening", "form": "baseline", "item": "age"}, Place("screening", 1, "baseline", items=("age",))),
        # A page that nobody has recorded may be asked for.
        ({"visit": "notes", "form": "remark", "occurrence": 2}, Place("notes", 2, "remark")),
        (
            {"visit": "screening", "form": "checkup", "group": "lesions", "row": 1, "item": "lesion_size"},
            Place("screening", 1, "checkup", "lesions", 1, ("lesion_size",)),
        ),
    ]
    for given, _ in places:
        trial.do(a.RaiseQuery("P1", {"en": "Why?", "zh": "为什么？"}, **given), as_="zhao")
    person = replay(trial.study, trial.entries()).participants["P1"]
    assert [query.place for query in person.queries.values()] == [place for _, place in places]
    assert trial.codes(a.RaiseQuery("P1", {"en": "?"}, "screening", "checkup", group="lesions", row=2), as_="zhao") == [
        "record.no_row"
    ]
    trial.check_whole()


def test_a_query_is_asked_answered_asked_again_and_closed_and_nothing_of_it_is_lost():
    trial = asking()
    trial.recorded()
    trial.do(a.RaiseQuery("P1", {"zh": "请核对年龄"}, "screening", "baseline", item="age"), as_="zhao")
    name = query_name(trial.head())
    trial.do(a.AnswerQuery("P1", name, "checked"), as_="chen")
    trial.do(a.RaiseQuery("P1", {"en": "Against which source?"}, query=name), as_="zhao")
    trial.do(a.AnswerQuery("P1", name, "against the identity card"), as_="li")
    trial.do(a.CloseQuery("P1", name, "settled"), as_="zhao")
    kept = trial.store.projected(trial.study, "queries", name)
    assert [(step["what"], step["by"], *step["text"].values()) for step in kept["steps"]] == [
        ("query_raised", "zhao", "请核对年龄"),
        ("query_answered", "chen", "checked"),
        ("query_reopened", "zhao", "Against which source?"),
        ("query_answered", "li", "against the identity card"),
        ("query_closed", "zhao", "settled"),
    ]
    assert kept["status"] == "closed"
    assert trial.codes(a.CloseQuery("P1", name, "once more"), as_="zhao") == ["query.closed"]
    trial.do(a.RaiseQuery("P1", {"en": "One more thing."}, query=name), as_="zhao")
    assert queries(trial) == {name: "open"}
    trial.check_whole()


def test_what_a_check_asked_is_asked_again_by_hand_while_it_waits_and_not_after_it_was_closed():
    trial = asking()
    trial.recorded(**LIGHT)
    name = query_name(only(trial, "query_raised").seq)
    trial.do(a.AnswerQuery("P1", name, "yes"), as_="chen")
    trial.do(a.RaiseQuery("P1", {"en": "Which of the two is right?"}, query=name), as_="zhao")
    assert queries(trial) == {"grown_up": "open"}
    trial.do(correct("age", 30))
    assert queries(trial) == {"grown_up": "closed"}
    assert trial.codes(a.RaiseQuery("P1", {"en": "Sure?"}, query=name), as_="zhao") == ["query.not_again"]
    trial.check_whole()


def test_who_asks_may_not_change_and_who_changes_may_not_close():
    trial = asking()
    trial.recorded(**LIGHT)
    name = query_name(only(trial, "query_raised").seq)
    assert trial.codes(correct("age", 30), as_="zhao") == ["authority.not_granted"]
    assert trial.codes(a.AnswerQuery("P1", name, "fine"), as_="zhao") == ["authority.not_granted"]
    for site in ("li", "chen"):
        assert trial.codes(a.CloseQuery("P1", name, "fine"), as_=site) == ["authority.not_granted"]
    assert trial.codes(a.AnswerQuery("P1", name, "fine"), as_="wang") == ["authority.other_site"]


def test_a_query_of_another_participant_is_not_answered_by_a_slip_of_the_pen():
    trial = asking()
    trial.recorded(**LIGHT)
    trial.recorded("P2")
    name = query_name(only(trial, "query_raised").seq)
    refusal = trial.refused(a.AnswerQuery("P2", name, "fine"))
    assert refusal.findings[0].code == "query.unknown"
    assert "closed" in refusal.findings[0].why


def test_the_second_of_two_who_answer_is_told_who_answered_first():
    trial = asking()
    trial.recorded(**LIGHT)
    name = query_name(only(trial, "query_raised").seq)
    trial.do(a.AnswerQuery("P1", name, "as in the source"), as_="chen")
    finding = trial.refused(a.AnswerQuery("P1", name, "no, a misprint")).findings[0]
    assert finding.code == "query.not_open"
    assert finding.why.startswith("chen did so at 2024-03-01")


def test_erasing_a_form_takes_the_words_of_its_queries_along_and_closes_them():
    trial = asking()
    trial.recorded(**LIGHT)
    form, query = (next(e for e in trial.entries() if e.kind == k) for k in ("form_recorded", "query_raised"))
    trial.do(a.AnswerQuery("P1", query_name(query.seq), "as in the source"), as_="chen")
    answer = trial.head()
    trial.erased(form.seq, "another person's data")
    gone = {entry.seq for entry in trial.entries() if entry.payload is None}
    assert gone == {form.seq, query.seq, answer}
    kept = trial.store.projected(trial.study, "queries", query_name(query.seq))
    assert (kept["status"], kept["check"], kept["form"], kept["items"]) == ("closed", None, None, [])
    assert [step["text"] for step in kept["steps"]] == [{}, {"said": "another person's data"}]
    trial.check_whole()
    # Recorded anew, it is judged anew.
    trial.do(a.RecordForm("P1", "screening", "baseline", {**BASELINE, **LIGHT}))
    assert trial.kinds().count("query_raised") == 2
    trial.check_whole()


def test_erasing_a_form_takes_along_what_a_query_of_another_record_tells_of_it():
    trial = asking()
    trial.recorded(weight="90.0")
    trial.do(checkup())
    query = only(trial, "query_raised")
    assert query.payload["values"]["first_weight"] == "90"
    form = next(e for e in trial.entries() if e.kind == "form_recorded" and e.payload["form"] == "baseline")
    trial.erased(form.seq, "another person's data")
    assert next(e for e in trial.entries() if e.seq == query.seq).payload is None
    trial.check_whole()


def test_a_query_is_erased_as_a_whole_or_not_at_all():
    trial = asking()
    trial.recorded()
    trial.do(a.RaiseQuery("P1", {"en": "Is Mr Foshan 51?"}), as_="zhao")
    raised = trial.head()
    trial.do(a.AnswerQuery("P1", query_name(raised), "yes"), as_="chen")
    refusal = trial.refused(a.Erase(trial.head(), "a name"), as_="custodian")
    assert [finding.code for finding in refusal.findings] == ["erasure.query"]
    assert f"Erase entry {raised}" in refusal.findings[0].mend
    trial.erased(raised, "a name")
    assert queries(trial) == {query_name(raised): "closed"}
    assert "Foshan" not in repr(trial.entries())
    assert "Foshan" not in repr(trial.store.projection(trial.study, "queries"))
    trial.check_whole()


def test_a_study_with_open_queries_is_locked_only_by_who_says_how_many_are_left_open():
    trial = asking()
    trial.recorded(**LIGHT)
    trial.do(a.RaiseQuery("P1", {"en": "And the sex?"}), as_="zhao")
    trial.do(a.AnswerQuery("P1", query_name(trial.head()), "as in the source"), as_="chen")
    finding = trial.refused(a.Lock("final"), "custodian").findings[0]
    assert finding.code == "lock.open_queries"
    assert finding.what == "2 queries are not closed"
    assert "1 open, 1 answered" in finding.why
    assert trial.codes(a.Lock("final", open_queries=3), "custodian") == ["lock.open_queries"]
    receipt = trial.do(a.Lock("final", open_queries=2), as_="custodian")
    assert receipt.summary.startswith("The study is locked with 2 queries not closed")
    assert only(trial, "locked").payload["open_queries"] == 2


def test_nothing_is_asked_in_a_locked_study():
    trial = asking()
    trial.recorded()
    trial.do(a.Lock("final"), as_="custodian")
    for act, who in ((a.RaiseQuery("P1", {"en": "?"}), "zhao"), (a.AnswerQuery("P1", "Q0001", "!"), "li")):
        assert trial.codes(act, as_=who) == ["study.locked"]


def test_control_a_check_that_only_asks_for_a_reason_opens_no_query():
    trial = asking("forms: [{id: baseline, checks: [{id: grown_up, severity: soft}]}]")
    trial.consented()
    with pytest.raises(Refusal) as refusal:
        trial.do(a.RecordForm("P1", "screening", "baseline", {**BASELINE, **LIGHT}))
    assert [finding.code for finding in refusal.value.findings] == ["form.soft"]
    assert "query_raised" not in trial.kinds()


def test_built_ins_and_what_was_not_recorded_are_told_by_labels_in_both_languages():
    names = [name for name in BUILT_INS if name != "arm"]
    rule = " AND ".join(f"{name} IS NOT NULL" for name in names)
    check = Check(id="all", rule=rule, severity="query", message=Text(en="Look again", zh="请核对"))
    values = {"participant": "P1", "site": "S01", "consented": True, "enrolled": False}
    text = words_of_opening(full_protocol(), check, values)
    assert "Participant (participant) = P1; Site (site) = S01" in text["en"]
    assert "Consented (consented) = yes; Enrolled (enrolled) = no" in text["en"]
    assert "Date of the data cut (cut_date) = not recorded" in text["en"]
    assert "已知情同意（consented）= 是；已入选（enrolled）= 否" in text["zh"]
    assert "退出日期（withdrawn_date）= 未记录" in text["zh"]
    assert f"应满足：{rule}。" in text["zh"]
