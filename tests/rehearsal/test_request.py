"""What is asked of a rehearsal: nonsense is told all at once, before anything is written."""

from datetime import date

import pytest

from equipoise.findings import Refusal
from equipoise.rehearsal.request import read_request
from equipoise.virtual.defaults import scenario_of
from tests.virtual.stage import BUSY, flagship, memory_study, oropharynx, small


@pytest.fixture
def study(tmp_path):
    return memory_study(tmp_path, small())


def codes(study, participants=5, seed=1, scenario=None, until=None):
    with pytest.raises(Refusal) as refusal:
        read_request(study, participants, seed, scenario, until)
    for finding in refusal.value.findings:
        assert finding.what
        assert finding.why
        assert finding.mend
    return [finding.code for finding in refusal.value.findings]


@pytest.mark.parametrize("participants", [0, -1, 10_000_000])
def test_impossible_numbers_of_participants_are_told(study, participants):
    assert codes(study, participants) == ["rehearsal.participants"]


@pytest.mark.parametrize("until", [date(2021, 1, 3), date(1900, 1, 1), date(9999, 12, 31)])
def test_impossible_ends_are_told(study, until):
    assert codes(study, until=until) == ["rehearsal.until"]


def test_an_unknown_scenario_is_told_with_the_known_ones(study):
    with pytest.raises(Refusal, match="the scenarios are busy"):
        read_request(study, 5, 1, "bussy", None)
    assert codes(study, scenario="bussy") == ["rehearsal.unknown_scenario"]


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    study = memory_study(tmp_path, small(), environment="production")
    assert codes(study, 0, scenario="x") == [
        "rehearsal.production",
        "rehearsal.participants",
        "rehearsal.unknown_scenario",
    ]
    assert codes(study, 0, until=date(2020, 1, 1)) == [
        "rehearsal.production",
        "rehearsal.participants",
        "rehearsal.until",
    ]


def test_an_accrual_that_never_ends_is_told(tmp_path):
    slow = "scenarios: [{id: busy, accrual: {value: {months: [6], per_month: [0.001]}}}]"
    assert codes(memory_study(tmp_path, small(BUSY, slow)), 50) == ["rehearsal.accrual"]


def test_follow_up_counts_from_the_last_arrival(study):
    request = read_request(study, 30, 1, None, None)
    assert (request.until - request.start).days == round(request.arrivals[-1] + 9 * 30.4375)
    assert read_request(study, 30, 1, None, date(2021, 5, 1)).until == date(2021, 5, 1)


def test_a_fingerprint_names_one_request(study):
    asked = [(5, 1, None), (6, 1, None), (5, 2, None), (5, -1, None), (5, 1, date(2022, 1, 1))]
    marks = [read_request(study, n, seed, None, until).fingerprint for n, seed, until in asked]
    assert len(set(marks)) == len(marks)
    assert read_request(study, 5, 1, "busy", None).fingerprint == marks[0]


def test_what_a_scenario_is_silent_about_is_noted(tmp_path):
    assert scenario_of(small(), None)[1] == []
    notes = scenario_of(oropharynx(), None)[1]
    assert [str(note).split(":")[0] for note in notes] == [
        "the scenario is silent on late_entry_days",
        "the scenario is silent on typing_error",
    ]


def test_a_protocol_without_scenarios_gets_one_from_its_design():
    made, notes = scenario_of(flagship().model_copy(update={"scenarios": ()}), None)
    assert made.accrual.value.per_month == (7.5,)
    assert made.follow_up_months.value == 36
    assert made.outcomes[0].hazard.value.survival == 0.66
    assert any("equally likely" in str(note) for note in notes)
    with pytest.raises(Refusal, match="the protocol describes none"):
        scenario_of(flagship().model_copy(update={"scenarios": ()}), "busy")
    death = next(outcome for outcome in made.outcomes if outcome.form == "death")
    assert death.ends


def test_without_a_scenario_a_completed_trial_plays_in_its_own_years():
    made, _ = scenario_of(oropharynx().model_copy(update={"scenarios": ()}), None)
    assert made.start == "1968-01-01"
