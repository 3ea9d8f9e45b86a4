"""What a rehearsal supposes is listed, each item of it, and what is listed is what happens; doses come as planned."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.conduct.folder.seeing import look_at_treatment
from equipoise.conduct.folder.verification import verify_study
from equipoise.rehearsal.rehearsal import run_rehearsal
from tests.conduct.dosed_trial import SEMAGLUTIDE
from tests.virtual.stage import content, memory_study, small

# The sites see each participant three times and then never again; the scenario says nothing of pulse, truth and value.
TRIAL = """
forms:
- id: follow_up
  items:
  - {id: pulse, label: {en: Pulse, zh: 脉搏}, type: integer, hard: {min: 40, max: 120}}
  - {id: tired, label: {en: Tired, zh: 疲乏}, type: boolean}
- id: pill
  title: {en: Doses, zh: 给药}
  date_item: pill_on
  items:
  - {id: pill_on, label: {en: Date, zh: 日期}, type: date}
  - {id: pill_amount, label: {en: Amount, zh: 剂量}, type: decimal, unit: mg}
- id: events_seen
  title: {en: Events, zh: 事件}
  items: [{id: seen_term, label: {en: Term, zh: 术语}, type: text}]
visits:
- {id: every_3_months, day: 30, repeat: {every_days: 30, count: 3}, window: {before: 3, after: 3}, forms: [follow_up]}
- {id: too_early, label: {en: Too early, zh: 过早}, anchor: randomization, day: -56, forms: [follow_up]}
- {id: pills, label: {en: Pills, zh: 药片}, kind: log, forms: [pill, events_seen]}
endpoints:
- {kind: continuous, id: fast, label: {en: Pulse, zh: 脉搏}, short: p, description: {en: Pulse, zh: 脉搏}, role: exploratory, rule: last_pulse, unit: "1"}
variables:
- {id: last_pulse, label: {en: Last pulse, zh: 末次脉搏}, type: integer, pick: {item: pulse}}
scenarios:
- id: short
  label: {en: Short, zh: 短}
  start: "2031-01-06"
  accrual: {value: {months: [6], per_month: [20]}}
  follow_up_months: {value: 24}
  withdrawal_per_month: {value: 0.15}
"""  # noqa: E501


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    regimen = f"arms: [{{id: A, regimen: [{SEMAGLUTIDE}]}}]"
    of = small(TRIAL, regimen).model_copy(update={"roles": ()})
    study = memory_study(tmp_path_factory.mktemp("supposed"), of)
    return study, run_rehearsal(study, participants=30, seed=2)


def recorded(study, form):
    return [row for row in content(study) if row[1] == "form_recorded" and row[8]["form"] == form]


def test_each_item_time_log_and_endpoint_that_the_scenario_does_not_mention_is_listed(played):
    lines = list(played[1].lines())
    for told in (
        "supposed: form Follow-up: ",
        "pulse lies around 80, from 40 to 120",
        "tired is yes or no, equally likely",
        "supposed: nothing fills form Events of the log Pills: it stays empty",
        "supposed: endpoint Pulse rests on what is supposed of pulse",
        "supposed: visit Too early comes after the randomization and stands on day -56 before it: it is not held",
        "supposed: doses are given as planned: Semaglutide",
        "supposed: treatment begins on the day after randomization",
        "supposed: the scenario is silent on query_days: queries are answered after 10 days on average",
        "supposed: withdrawals: 60% of follow-up, 25% of treatment, 15% of consent",
    ):
        assert any(told in line for line in lines), (told, lines)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in line) for line in played[1].lines("zh"))


def test_what_the_scenario_mentions_is_not_listed(tmp_path):
    said = "scenarios: [{id: short, items: {pulse: {value: 60}, tired: {value: true}}, query_days: {value: 3}}]"
    study = memory_study(tmp_path, small(TRIAL, said))
    lines = "\n".join(run_rehearsal(study, participants=2, seed=2).lines())
    assert "pulse lies" not in lines
    assert "tired is" not in lines
    assert "query_days" not in lines


def test_equally_likely_is_what_it_says(played):
    answers = [row[8]["values"]["tired"] for row in recorded(played[0], "follow_up")]
    assert 0.35 < sum(answers) / len(answers) < 0.65
    assert len(answers) > 40


def test_control_the_chance_of_before_is_noticed(played):
    answers = [row[8]["values"]["tired"] for row in recorded(played[0], "follow_up")]
    assert not 0.35 < 0.136 < 0.65
    assert len({*answers}) == 2


def test_nobody_withdraws_after_the_last_visit(played):
    study, report = played
    randomized = {row[6]: date.fromisoformat(row[8]["date"]) for row in content(study) if row[1] == "allocated"}
    left = [(row[6], date.fromisoformat(row[8]["date"])) for row in content(study) if row[1] == "withdrawn"]
    assert 0 < len(left) < len(randomized)
    assert max((day - randomized[name]).days for name, day in left if name in randomized) <= 93
    assert report.counts["withdrawn"] == len(left)


def test_no_visit_is_held_before_the_randomization_that_it_follows(played):
    visits = {row[8]["visit"] for row in recorded(played[0], "follow_up")}
    assert visits == {"every_3_months"}


def test_doses_of_a_log_are_recorded_as_planned_and_can_be_read_whatever_the_year(played):
    study, report = played
    given = recorded(study, "pill")
    assert report.counts["doses"] >= len(given) > 0
    assert {row[8]["values"]["pill_amount"] for row in given} == {"0.25", "0.5", "1", "1.7", "2.4"}
    assert verify_study(study).findings == ()
    person = next(row[6] for row in given)
    _, arm, (course, *_), on = look_at_treatment(
        study.seen_by("S01-investigator" if "S01" in person else "S02-investigator"), person
    )
    assert arm.id == "A"
    assert on >= date(2031, 1, 6)
    rows = [row for row in course.rows if row.given]
    assert [row.planned for row in rows] == [row.amount for row in rows]
    assert course.intensity == pytest.approx(1, abs=0.2)
