"""Times, dates known in part and qualified numbers, from the desk to the rules and into the data cut."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from equipoise.conduct import acts as a
from equipoise.datacut import freeze
from tests.chinese import unsaid
from tests.conduct.small_trial import SECRET, Trial, open_trial
from tests.seeing import everything
from tests.spec.minimal import minimal_protocol

TRIAL = """
roles: ~
sites:
- {id: S02, timezone: America/New_York}
forms:
- id: event
  title: {en: Event, zh: 事件}
  date_item: onset
  items:
  - {id: onset, label: {en: Onset, zh: 发生日期}, type: partial_date, impute: {day: last, month: last}}
  - {id: ended, label: {en: End, zh: 结束日期}, type: partial_date, required: false, impute: {day: last, month: last, not_before: [onset], not_after: [died_on, cut_date]}}
  - {id: lasted, label: {en: Days, zh: 天数}, type: integer, required: false, computed: "CAST(ended AS INTEGER) - CAST(onset AS INTEGER)"}
  - {id: vague, label: {en: How vague, zh: 不明之处}, type: text, shown_when: "onset_imputed IS NOT NULL", required_when: "onset_imputed = 'M'"}
  checks:
  - {id: ends_later, rule: ended >= onset, severity: query, message: {en: "Which was first?", zh: 孰先孰后？}}
- id: sample
  title: {en: Sample, zh: 样本}
  date_item: taken
  items:
  - {id: taken, label: {en: Taken, zh: 采样时间}, type: datetime}
  - {id: viral, label: {en: Viral load, zh: 病毒载量}, type: qualified_number, qualifiers: {"<": half, ND: 0}, decimals: 0, hard: {max: 100000}}
  - {id: seen, label: {en: Detected, zh: 检出}, type: boolean, required: false, computed: viral_qualifier IS NULL}
visits:
- {id: notes, label: {en: Notes, zh: 记录}, kind: log, forms: [event, sample, death]}
variables:
- {id: lowest, label: {en: Lowest, zh: 最低值}, type: decimal, pick: {item: viral, which: min}}
- {id: ever_nd, label: {en: Ever ND, zh: 曾未检出}, type: boolean, pick: {item: viral, which: any, where: viral_qualifier = 'ND'}}
- {id: last_taken, label: {en: Last taken, zh: 最近采样}, type: datetime, pick: {item: taken_utc}}
- {id: last_ended, label: {en: Last end, zh: 最近结束}, type: date, pick: {item: ended}}
"""


@pytest.fixture
def trial() -> Trial:
    return open_trial(protocol=minimal_protocol(TRIAL))


def cut_of(trial: Trial) -> Any:
    study: Any = SimpleNamespace(
        folder=None,
        protocol=trial.desk.protocol,
        protocol_digest="",
        store=trial.store,
        secret=lambda: SECRET,
        reader=everything,
    )
    return freeze(study)


def sample(who: str, taken: str, viral: Any = "52", **more: Any) -> a.RecordForm:
    return a.RecordForm(who, "notes", "sample", {"taken": taken, "viral": viral}, **more)


def event(**values: Any) -> a.RecordForm:
    return a.RecordForm("P1", "notes", "event", values)


def test_a_time_with_an_offset_is_dated_by_the_day_at_the_site_and_is_the_same_instant_in_the_cut(trial):
    trial.consented()
    trial.do(sample("P1", "2024-02-10T18:00:00Z"))
    assert trial.entries()[-1].payload["observed"] == "2024-02-11"
    assert trial.entries()[-1].payload["values"]["taken"] == "2024-02-11T02:00:00+08:00"
    row = cut_of(trial).tables["sample"].row(0, named=True)
    assert row["observed"] == date(2024, 2, 11)
    assert row["taken"] == datetime(2024, 2, 11, 2)  # noqa: DTZ001 - the clock of the site
    assert row["taken_utc"] == datetime(2024, 2, 10, 18)  # noqa: DTZ001
    assert cut_of(trial).variables["last_taken"][0] == datetime(2024, 2, 10, 18)  # noqa: DTZ001


def test_a_time_that_the_clock_repeats_is_asked_about_and_an_offset_answers(trial):
    trial.consented("P1", "S02", "wang")
    trial.clock.append(datetime.fromisoformat("2024-12-01T08:00:00+00:00"))
    asked = trial.refused(sample("P1", "2024-11-03T01:30"), "wang").findings
    assert [found.code for found in asked] == ["form.soft"]
    assert "2024-11-03T01:30:00-04:00 or 2024-11-03T01:30:00-05:00" in asked[0].tell("en")
    assert "overrides {taken.clock: reason}" in asked[0].tell("en")
    assert unsaid(asked[0]) == []
    trial.do(sample("P1", "2024-11-03T01:30-05:00"), as_="wang")
    assert cut_of(trial).tables["sample"]["taken_utc"].to_list() == [datetime(2024, 11, 3, 6, 30)]  # noqa: DTZ001


def test_a_skipped_time_may_be_confirmed_as_it_stands(trial):
    trial.consented("P1", "S02", "wang")
    trial.clock.append(datetime.fromisoformat("2024-12-01T08:00:00+00:00"))
    reason = {"taken.clock": "the clock was not yet set"}
    trial.do(sample("P1", "2024-03-10T02:30", overrides=reason), as_="wang")
    assert cut_of(trial).tables["sample"]["taken_utc"].to_list() == [datetime(2024, 3, 10, 7, 30)]  # noqa: DTZ001


def test_a_qualified_number_is_kept_and_counts_as_stated_in_forms_variables_and_cut(trial):
    trial.consented()
    trial.do(sample("P1", "2024-02-10T08:00", "<40"), sample("P1", "2024-02-11T08:00", "nd", occurrence=2))
    assert [e.payload["values"]["viral"] for e in trial.entries()[-2:]] == ["<40", "ND"]
    cut = cut_of(trial)
    columns = ["viral", "viral_qualifier", "viral_number", "seen"]
    assert cut.tables["sample"].select(columns).rows() == [(20.0, "<", 40.0, False), (0.0, "ND", None, False)]
    assert cut.variables.select("lowest", "ever_nd").row(0) == (0.0, True)


def test_a_date_known_in_part_is_dated_imputed_and_asked_about_by_its_facets(trial):
    trial.consented()
    assert trial.codes(event(onset="2023")) == ["form.required"]
    trial.do(event(onset="2024-01", ended="2024-02-UN"))
    assert trial.entries()[-1].payload["observed"] == "2024-01-31"
    assert trial.entries()[-1].payload["values"] == {
        "onset": "2024-01", "ended": "2024-02", "lasted": 29, "vague": None
    }  # fmt: skip


def test_an_imputed_day_of_a_record_does_not_lie_in_the_future(trial):
    trial.consented()
    trial.do(event(onset="2024", vague="only the year"))
    assert trial.entries()[-1].payload["observed"] == "2024-03-01"
    assert trial.codes(a.RecordForm("P1", "notes", "event", {"onset": "2025-01"}, occurrence=2)) == ["date.future"]


def test_an_imputed_day_is_bounded_by_what_is_known_when_the_cut_is_made(trial):
    trial.consented()
    trial.do(event(onset="2024-02-03", ended="2024-02"))
    ended = lambda: cut_of(trial).tables["event"]["ended"].to_list()  # noqa: E731
    assert ended() == [date(2024, 2, 29)]
    trial.do(a.RecordForm("P1", "notes", "death", {"death_date": "2024-02-20"}))
    assert ended() == [date(2024, 2, 20)]
    assert cut_of(trial).variables["last_ended"].to_list() == [date(2024, 2, 20)]
    assert cut_of(trial).tables["event"]["ended_known"].to_list() == ["2024-02"]


def test_a_correction_of_a_partial_date_moves_the_day_of_the_record(trial):
    trial.consented()
    trial.do(event(onset="2024-01"))
    trial.do(a.CorrectValue("P1", "notes", "event", "onset", "2024-01-09", "the letter says so"))
    assert trial.entries()[-1].payload["observed"] == "2024-01-09"
    assert cut_of(trial).tables["event"].select("observed", "onset", "onset_imputed").row(0) == (
        date(2024, 1, 9), date(2024, 1, 9), None
    )  # fmt: skip
