"""A participant's treatment by date: planned, given, delayed, reduced, omitted; fractions on working days; day 1."""

from datetime import date

import pytest

from equipoise.conduct.acts import RecordForm
from equipoise.conduct.doses.advising import as_of
from equipoise.conduct.doses.course import begins_on, follow_doses
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.state.built_ins import built_ins
from equipoise.knowledge.participant import Knowledge
from equipoise.reports.dose_sheet import dose_data, dose_lines
from tests.conduct.treated_trial import blood, drug, in_arm, open_treated

ON = date(2024, 2, 29)


def courses(trial, name, on=ON, only=None):
    protocol = trial.desk.protocol
    person = participant_state(trial.store, trial.study, name)

    def known_on(day):
        then = as_of(person, day)
        return Knowledge(protocol, then.records, built_ins(then), arm=lambda: "A")

    return person, follow_doses(protocol, person, protocol.arms[0], known_on, on, only)


def treated():
    trial = open_treated()
    name = in_arm(trial, "A")
    return trial, name


def test_before_the_first_dose_nothing_is_planned_where_no_visit_plans_it():
    trial, name = treated()
    _, (drugs, rays) = courses(trial, name)
    assert (drugs.day_1, drugs.rows, rays.planned) == (None, (), ())


def test_before_the_first_dose_the_schedule_of_visits_plans_day_1():
    visits = "visits: [{id: cycle, label: {en: Cycle, zh: 周期}, anchor: randomization, day: 7, repeat: {every_days: 21, count: 3}, forms: [drug]}, {id: course, forms: [blood, toxicity, beam]}]"  # noqa: E501
    trial = open_treated(visits)
    name = in_arm(trial, "A")
    person, (drugs, _) = courses(trial, name)
    assert (drugs.day_1, drugs.begun) == (date(2024, 2, 8), "planned")
    assert [row.planned_on for row in drugs.rows] == [date(2024, 2, 8), date(2024, 2, 29), date(2024, 3, 21)]
    assert begins_on(trial.desk.protocol, person, trial.desk.protocol.arms[0], ON) == (date(2024, 2, 8), "planned")


def test_the_first_dose_that_was_given_is_day_1():
    trial, name = treated()
    trial.do(drug(name, "2024-02-05"))
    _, (drugs, rays) = courses(trial, name)
    assert (drugs.day_1, drugs.begun) == (date(2024, 2, 5), "given")
    assert [row.planned_on for row in drugs.rows] == [date(2024, 2, 5), date(2024, 2, 26), date(2024, 3, 18)]
    assert [row.planned for row in drugs.rows] == [pytest.approx(180)] * 3
    assert drugs.next.number == 2
    assert rays.day_1 == date(2024, 2, 5)


def test_a_dose_late_and_lower_is_told_with_its_share_its_sum_and_its_intensity():
    trial, name = treated()
    trial.do(drug(name, "2024-02-05"), drug(name, "2024-02-28", 2, mg="135"))
    _, (drugs,) = courses(trial, name, only="drug")
    second = drugs.rows[1]
    assert (second.amount, second.amount_unit, second.judged.delay_days, second.judged.status) == (
        135,
        "mg",
        2,
        "delayed_reduced",
    )
    assert second.judged.percent == pytest.approx(75)
    assert drugs.cumulative == pytest.approx(175)
    assert drugs.intensity == pytest.approx(175 / 200 * 42 / 44)  # 44 days in place of 42
    assert second.entry == trial.entries()[-1].seq


def test_an_omitted_dose_keeps_its_place_and_counts_as_nothing():
    trial, name = treated()
    trial.do(drug(name, "2024-02-05"), drug(name, "2024-02-26", 2, given=False))
    _, (drugs,) = courses(trial, name, only="drug")
    assert drugs.rows[1].judged.status == "omitted"
    assert (drugs.cumulative, drugs.planned_so_far, drugs.next.number) == (pytest.approx(100), 200, 3)


def test_what_was_recorded_after_the_day_is_not_there():
    trial, name = treated()
    trial.do(drug(name, "2024-02-05"), drug(name, "2024-02-26", 2))
    _, (drugs,) = courses(trial, name, date(2024, 2, 20), "drug")
    assert [row.given for row in drugs.rows] == [True, None, None]


def test_fractions_fall_on_working_days_and_interruptions_are_counted():
    """Spring Festival 2024: 10 to 17 February off, 18 February (a Sunday) worked."""
    trial, name = treated()
    for place, day in enumerate(("2024-02-05", "2024-02-06", "2024-02-07", "2024-02-09"), start=1):
        trial.do(RecordForm(name, "course", "beam", {"beam_on": day, "beam_gy": "2.00"}, occurrence=place))
    _, (rays,) = courses(trial, name, date(2024, 2, 9), "rays")
    assert (rays.fractions, rays.due, rays.total_gy) == (4, 5, 8)
    assert rays.planned[4:7] == (date(2024, 2, 9), date(2024, 2, 18), date(2024, 2, 19))
    assert rays.course.missed == (date(2024, 2, 8),)


def test_the_overall_time_is_held_against_the_one_that_is_planned():
    """Of the sheet: without `days`, nothing is planned that could be exceeded."""
    told = {}
    for days in (None, 42, 4):
        trial = open_treated({"arms": [{"id": "A", "regimen": [{"id": "rays", "fractions": 4, "days": days}]}]})
        name = in_arm(trial, "A")
        for place, day in enumerate(("2024-02-05", "2024-02-09"), start=1):
            trial.do(RecordForm(name, "course", "beam", {"beam_on": day, "beam_gy": "2.00"}, occurrence=place))
        person, found = courses(trial, name, date(2024, 2, 9), "rays")
        sheet = dose_lines(trial.desk.protocol, person, trial.desk.protocol.arms[0], found, ON)
        told[days] = [line for line in sheet if "The protocol plans" in line]
    assert told == {
        None: [],
        42: ["The protocol plans 42 days in all, until 2024-03-17."],
        4: ["The protocol plans 4 days in all, until 2024-02-08; exceeded by 1."],
    }


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Neutrophils below 1.5", "delay by 7 days", "missing Platelets (Blood)"]), ("zh", ["中性粒细胞低于1.5", "延迟7天", "缺少血小板（血液）"]),
])  # fmt: skip
def test_the_sheet_says_what_is_advised_and_what_is_missing_in_both_languages(language, words):
    trial, name = treated()
    trial.do(drug(name, "2024-02-05"), blood(name, "2024-02-25", anc="1.0"))
    person, found = courses(trial, name)
    text = "\n".join(dose_lines(trial.desk.protocol, person, trial.desk.protocol.arms[0], found, ON, language))
    assert [word for word in words if word not in text] == []


def test_fractions_that_are_counted_by_the_week_have_no_days_of_their_own():
    weekly = """
forms: [{id: week, title: {en: Week, zh: 周}, date_item: week_on, items: [{id: week_on, label: {en: Date, zh: 日期}, type: date},
  {id: week_n, label: {en: Fractions, zh: 次数}, type: integer}]}]
visits: [{id: course, forms: [blood, toxicity, drug, beam, week]}]
arms: [{id: A, regimen: [{id: rays, given_by: {form: week, fractions: week_n, dose: ~}}]}]
"""
    trial = open_treated(weekly)
    name = in_arm(trial, "A")
    trial.do(drug(name, "2024-02-05"))
    for place, (day, n) in enumerate((("2024-02-09", 5), ("2024-02-23", 5)), start=1):
        trial.do(RecordForm(name, "course", "week", {"week_on": day, "week_n": n}, occurrence=place))
    person, (_, rays) = courses(trial, name)
    assert (rays.fractions, rays.total_gy, rays.course, rays.planned[0]) == (10, None, None, date(2024, 2, 5))
    text = "\n".join(dose_lines(trial.desk.protocol, person, trial.desk.protocol.arms[0], [rays], ON))
    assert "Given: 10 fractions; 10 were due by then.\nAll planned doses are recorded." in text


def test_the_data_say_the_same_as_the_sheet():
    trial, name = treated()
    trial.do(drug(name, "2024-02-05"), blood(name, "2024-02-25", anc="1.0"))
    person, found = courses(trial, name)
    told = dose_data(person, trial.desk.protocol.arms[0], found, ON)
    advice = told["treatments"][0]["advice"]
    assert (advice["recommendation"], advice["delay_days"], advice["reasons"]) == ("delay", 7, ["anc_low"])
    assert advice["not_known"] == {"platelets_low": ["platelet_count"], "platelets_lower": ["platelet_count"]}
    assert told["treatments"][0]["rows"][0]["planned_on"] == "2024-02-05"


def test_a_dose_is_as_planned_within_the_tolerance_of_the_forms_own_derivation():
    """The sheet of doses and the form must not tell the same dose differently."""
    within = """
forms:
- id: drug
  items: [{id: drug_status, label: {en: Status, zh: 情况}, type: text, required: false}]
  derivations:
  - {id: drug_course, method: dose_given, inputs: {given: drug_given, dose: drug_mg}, gives: {status: drug_status},
     options: {planned_dose: 180, unit: mg, every_days: 21, cycles: 3, tolerance_days: 2, ask_reason: false}}
"""
    told = {}
    for name, change in (("within", within), ("exact", "{}")):
        trial = open_treated(change)
        person = in_arm(trial, "A")
        trial.do(drug(person, "2024-02-05"), drug(person, "2024-02-27", 2))
        _, (drugs, _) = courses(trial, person)
        told[name] = [row.judged.status for row in drugs.rows[:2] if row.judged]
    assert told == {"within": ["on_time", "on_time"], "exact": ["on_time", "delayed"]}
