"""A clock that goes back, another time zone, a leap: the order is the sequence, and verification tells of the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from equipoise.conduct.acts import Randomize
from equipoise.ledger.verify import Verification, verify_chain
from tests.conduct.failures.clinic import (
    DAY,
    NOW,
    SECRET,
    Clinic,
    allocated,
    check_one_slot_each,
    check_same_again,
    clinic,
    codes,
    opened,
)

NAMES = ("P1", "P2", "P3", "P4")


class Clock:
    """Gives what it is set to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def trial_by(times: Iterator[datetime] | list[datetime]) -> Clinic:
    """Everybody is ready at NOW; then each is randomized at one of the times."""
    clock = Clock()
    trial = clinic(clock=clock)
    trial.ready(*NAMES)
    for name, now in zip(NAMES, times, strict=True):
        clock.now = now
        trial.randomize(name)
    return trial


def verified(trial: Clinic) -> Verification:
    return verify_chain(trial.store, "DEMO")


STEADY = [NOW + timedelta(minutes=n) for n in range(1, 5)]
BACK = [NOW + timedelta(minutes=n) for n in (30, 20, 40, 10)]


def test_the_order_is_the_sequence_whatever_the_clock_says() -> None:
    """F21 clock set back twice: positions follow the sequence, and the draws are those of a steady clock."""
    trial, steady = trial_by(BACK), trial_by(STEADY)
    entries = allocated(trial.store, "DEMO")
    assert [entry.participant for entry in entries] == list(NAMES)
    assert [entry.payload["position"] for entry in entries] == [1, 2, 3, 4]
    assert [entry.at for entry in entries] != sorted(entry.at for entry in entries)
    assert opened(trial.store, "DEMO", SECRET) == opened(steady.store, "DEMO", SECRET)
    check_same_again(trial.store, "DEMO", SECRET, trial.desk.protocol)


def test_verification_says_how_often_the_clock_went_back() -> None:
    """F21 clock back: a warning that names the first entry; the ledger is intact all the same."""
    trial = trial_by(BACK)
    found = verified(trial)
    (finding,) = found.findings
    assert (finding.code, finding.severity, found.intact) == ("ledger.clock_backwards", "warning", True)
    assert "2 times" in finding.what
    assert f"entry {allocated(trial.store, 'DEMO')[1].seq} " in finding.why


def test_who_was_randomized_before_the_clock_went_back_stays_so() -> None:
    """F21 clock back: the second to ask is refused although the clock says that the first has not asked yet."""
    trial = trial_by(STEADY)
    trial.desk.clock.now = NOW - timedelta(hours=1)  # type: ignore[attr-defined]
    assert codes(trial.refused(Randomize("P1", DAY), as_="zhou")) == ["participant.randomized"]


def test_a_day_that_has_not_come_yet_by_the_clock_is_refused() -> None:
    """F21 clock back by a day: the date of randomization would be in the future, which is refused and said."""
    clock = Clock()
    trial = clinic(clock=clock)
    trial.ready("P1")
    clock.now = NOW - timedelta(days=1)
    assert codes(trial.refused(Randomize("P1", DAY))) == ["date.future"]


def test_a_time_zone_change_of_the_server_changes_no_stamp() -> None:
    """F21 time zone change, daylight saving, a leap day: stamps are in UTC, so none of them moves the clock back."""
    night = datetime(2024, 2, 2, 10, tzinfo=UTC)
    zones = [ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), timezone(timedelta(hours=14)), UTC]
    trial = trial_by([(night + timedelta(seconds=n)).astimezone(zone) for n, zone in enumerate(zones)])
    assert [entry.at for entry in allocated(trial.store, "DEMO")] == [f"2024-02-02T10:00:0{n}.000Z" for n in range(4)]
    assert verified(trial).findings == ()
    check_one_slot_each(trial.store, "DEMO", NAMES)


def test_the_hour_that_comes_twice_in_autumn_is_in_order() -> None:
    """F21 end of daylight saving: 01:30 local time comes twice, an hour apart in UTC."""
    york = ZoneInfo("America/New_York")
    twice = [datetime(2024, 11, 3, 1, 30, fold=fold, tzinfo=york) for fold in (0, 0, 1, 1)]
    trial = trial_by(twice)
    assert [entry.at[11:16] for entry in allocated(trial.store, "DEMO")] == ["05:30", "05:30", "06:30", "06:30"]
    assert verified(trial).findings == ()


def test_the_leap_day_exists_and_the_day_before_march_does_not_otherwise() -> None:
    """F21 leap: 29 February is a day in 2024 and no day in 2023."""
    clock = Clock()
    clock.now = datetime(2024, 2, 29, 12, tzinfo=UTC)
    trial = clinic(clock=clock)
    trial.ready("P1", date="2024-02-29")
    assert codes(trial.refused(Randomize("P1", "2023-02-29"))) == ["date.impossible"]
    assert trial.randomize("P1", date="2024-02-29").entries[0].payload["date"] == "2024-02-29"


# Control.


def test_control_order_by_time_would_give_another_list() -> None:
    """F21 control: whoever sorts by the stamps gets other positions, and the same check notices."""
    trial = trial_by(BACK)
    by_time = sorted(allocated(trial.store, "DEMO"), key=lambda entry: entry.at)
    assert [entry.payload["position"] for entry in by_time] != [1, 2, 3, 4]
    assert verified(trial_by(STEADY)).findings == ()  # and a steady clock is not complained of
    with pytest.raises(AssertionError):
        check_one_slot_each(trial.store, "DEMO", NAMES)  # which wants no finding at all
