"""Dates become times by the clauses of the endpoint: earliest event, latest censoring, stops, competing events."""

from datetime import date

import pytest

from equipoise.analysis.rows import derive_rows, find_problems
from equipoise.datacut import freeze
from equipoise.endpoints.dating import COMPETING
from tests.analysis.trial import Trial
from tests.spec.minimal import minimal_protocol

DATES = """
forms:
- id: dates
  title: {en: Dates, zh: 日期}
  items:
  - {id: progression_date, label: {en: Progression, zh: 进展}, type: date, required: false}
  - {id: relapse_death_date, label: {en: Death, zh: 死亡}, type: date, required: false}
  - {id: other_therapy_date, label: {en: Other therapy, zh: 其他治疗}, type: date, required: false}
  - {id: seen, label: {en: Seen, zh: 就诊}, type: date, required: false}
  - {id: lost, label: {en: Lost, zh: 失访}, type: boolean, required: false}
visits:
- {id: late, label: {en: Late, zh: 后期}, anchor: randomization, day: 100, forms: [dates]}
endpoints:
- kind: time_to_event
  id: pfs
  label: {en: PFS, zh: 无进展生存期}
  short: PFS
  description: {en: PFS, zh: 无进展生存期}
  role: secondary
  origin: randomized_date
  events:
  - {id: progression, label: {en: Progression, zh: 进展}, date: progression_date}
  - {id: death, label: {en: Death, zh: 死亡}, date: relapse_death_date, kind: KIND}
  censoring:
  - {id: other_therapy, label: {en: Other therapy, zh: 其他治疗}, date: other_therapy_date, stops: true}
  - {id: lost, label: {en: Lost, zh: 失访}, date: seen, when: lost}
  - {id: alive, label: {en: Alive, zh: 存活}, date: seen}
  - {id: start, label: {en: Start, zh: 起点}, date: randomized_date}
  death: event
"""


THERAPY = "  - {id: other_therapy, label: {en: Other therapy, zh: 其他治疗}, date: other_therapy_date, stops: true}\n"


def one(tmp_path, kind="event", written=DATES, **dates):
    trial = Trial(tmp_path, protocol=minimal_protocol(written.replace("KIND", kind)))
    trial.enter("P001", date(2024, 1, 1), arm="A")
    if dates:
        names = {"progression": "progression_date", "death": "relapse_death_date", "therapy": "other_therapy_date"}
        values = {names.get(k, k): v if isinstance(v, bool) else f"2024-{v}" for k, v in dates.items()}
        trial.record("P001", "late", "dates", values)
    endpoint = trial.protocol.endpoints[-1]
    cut = freeze(trial)
    return derive_rows(cut, trial.protocol, endpoint).row(0, named=True)


@pytest.mark.parametrize(
    ("dates", "time", "event", "reason"),
    [
        ({"progression": "02-01", "death": "03-01", "seen": "04-01"}, 31, True, "progression"),
        ({"death": "03-01", "seen": "04-01"}, 60, True, "death"),
        ({"seen": "04-01"}, 91, False, "alive"),
        ({"seen": "04-01", "lost": True}, 91, False, "lost"),
        ({"seen": "04-01", "lost": False}, 91, False, "alive"),
        ({}, 0, False, "start"),
        ({"therapy": "02-01", "progression": "03-01", "seen": "04-01"}, 31, False, "other_therapy"),
        ({"therapy": "03-01", "progression": "02-01", "seen": "04-01"}, 31, True, "progression"),
        ({"therapy": "02-01", "progression": "02-01"}, 31, True, "progression"),
        ({"therapy": "02-01", "seen": "04-01"}, 31, False, "other_therapy"),
        ({"progression": "01-01"}, 0, True, "progression"),
        ({"progression": "02-01", "death": "02-01"}, 31, True, "progression"),
    ],
)
def test_the_clauses_decide_time_event_and_reason(tmp_path, dates, time, event, reason):
    row = one(tmp_path, **dates)
    assert (row["time_days"], row["event"], row["reason"]) == (time, event, reason)


def test_a_competing_event_ends_follow_up_without_being_the_event(tmp_path):
    row = one(tmp_path, "competing", death="02-01", seen="03-01")
    assert (row["time_days"], row["event"], row["status"], row["reason"]) == (31, False, COMPETING, "death")


def test_on_one_day_the_event_comes_before_the_competing_event(tmp_path):
    row = one(tmp_path, "competing", death="02-01", progression="02-01")
    assert (row["event"], row["reason"]) == (True, "progression")


def test_on_one_day_the_reason_that_forced_the_end_is_told_wherever_it_is_written(tmp_path):
    last = DATES.replace(THERAPY, "").replace("  death: event\n", f"{THERAPY}  death: event\n")
    assert last.index("other_therapy,") > last.index("id: start")
    row = one(tmp_path, written=last, therapy="02-01", seen="02-01")
    assert (row["time_days"], row["event"], row["reason"]) == (31, False, "other_therapy")


def test_a_duration_of_0_is_one_and_only_less_than_that_is_none(tmp_path):
    """Ages of 50, 49 and 51 are 0, -1 and 1 days beyond 50; the second lies before the beginning."""
    endpoint = (
        "endpoints: [{kind: time_to_event, id: lived, label: {en: Lived, zh: 存活}, short: L, description: {en: a, zh: a}, "
        "role: secondary, duration: days, event: \"sex = 'F'\", death: event}]\n"
        "variables: [{id: days, label: {en: Days, zh: 天数}, type: integer, unit: d, rule: age - 50}]"
    )
    trial = Trial(tmp_path, protocol=minimal_protocol(endpoint))
    for name, age in (("P1", 50), ("P2", 49), ("P3", 51)):
        trial.enter(name, date(2024, 1, 1), arm="A", age=age)
    rows = derive_rows(freeze(trial), trial.protocol, trial.protocol.endpoints[-1])
    assert rows["time_days"].to_list() == [0, None, 1]
    assert rows["problem"].to_list() == [None, "before_origin", None]


def test_an_end_before_the_origin_is_kept_aside_and_told(tmp_path):
    trial = Trial(tmp_path)
    trial.enter("P001", date(2024, 1, 10), arm="A")
    trial.record("P001", "events", "death", {"death_date": "2024-01-09"})
    endpoint = trial.protocol.endpoints[0]
    rows = derive_rows(freeze(trial), trial.protocol, endpoint)
    assert (rows["time_days"].item(), rows["problem"].item()) == (None, "before_origin")
    assert [f.code for f in find_problems(rows, endpoint)] == ["analysis.before_origin"]


def test_a_row_names_the_entries_that_made_it_with_their_corrections(tmp_path):
    trial = Trial(tmp_path)
    trial.enter("P001", date(2024, 1, 10), arm="A")
    trial.record("P001", "events", "death", {"death_date": "2024-03-09"})
    trial.correct("P001", "events", "death", "death_date", "2024-03-09", "2024-03-10")
    rows = derive_rows(freeze(trial), trial.protocol, trial.protocol.endpoints[0])
    assert rows["time_days"].item() == 60
    assert rows["seqs"].item().to_list() == [5, 6, 7]  # allocated, recorded, corrected
