"""A moment is one entry, whether it was named by number, by day or not at all."""

from datetime import UTC, datetime

import pytest

from equipoise.datacut import find_moment
from equipoise.findings import Refusal
from tests.analysis.trial import Trial
from tests.chinese import unsaid


@pytest.fixture
def trial(tmp_path):
    trial = Trial(tmp_path)
    for day in (1, 1, 3):
        trial.now = datetime(2024, 1, day, 9, tzinfo=UTC)
        trial.say("screened", {"participant": f"P{day}", "date": f"2024-01-0{day}"}, f"P{day}")
    return trial


def test_without_a_wish_the_moment_is_the_head(trial):
    assert find_moment(trial.store, "DEMO").seq == 3


def test_a_day_means_its_last_entry_in_coordinated_universal_time(trial):
    assert [find_moment(trial.store, "DEMO", on=f"2024-01-0{day}").seq for day in (1, 2, 3)] == [2, 2, 3]


def test_a_day_is_a_day_however_it_is_written_and_the_calendar_may_end_with_it(trial):
    assert [find_moment(trial.store, "DEMO", on=day).seq for day in ("20240101", "2024-W01-3", "9999-12-31")] == [
        2,
        3,
        3,
    ]


def test_an_instant_includes_what_was_stamped_at_it(trial):
    assert find_moment(trial.store, "DEMO", on="2024-01-03T09:00:59Z").seq == 2
    assert find_moment(trial.store, "DEMO", on="2024-01-03T17:01:00+08:00").seq == 3


def test_a_moment_carries_the_chain_hash_of_its_entry(trial):
    moments = [find_moment(trial.store, "DEMO", entry=n) for n in (1, 2, 3)]
    assert len({moment.hash for moment in moments}) == 3
    assert all(len(moment.hash) == 64 for moment in moments)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"entry": 4}, "cut.no_such_entry"),
        ({"entry": 0}, "cut.no_such_entry"),
        ({"on": "2023-12-31"}, "cut.before_start"),
        ({"on": "31.12.2023"}, "cut.not_a_date"),
        ({"on": "2024-02-30"}, "cut.not_a_date"),
        ({"on": "9999-12-31T23:59:59-05:00"}, "cut.not_a_date"),
        ({"on": "9999-12-31T23:59:59.999999"}, "cut.not_a_date"),
        ({"on": "2024-01-01", "entry": 1}, "cut.two_moments"),
    ],
)
def test_an_impossible_moment_is_refused_with_its_reason(trial, wish, code):
    with pytest.raises(Refusal) as refused:
        find_moment(trial.store, "DEMO", **wish)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert [wrong for finding in refused.value.findings for wrong in unsaid(finding)] == []


def test_an_empty_ledger_has_no_moment(tmp_path):
    with pytest.raises(Refusal, match="no entries"):
        find_moment(Trial(tmp_path).store, "DEMO")


def test_a_moment_that_is_none_is_refused_in_both_languages(trial):
    with pytest.raises(Refusal) as refusal:
        find_moment(trial.store, "DEMO", entry=999)
    finding = refusal.value.findings[0]
    assert finding.what == "entry 999 does not exist"
    assert finding.say("zh").what == "条目999不存在"
