"""What is refused in a list of acts leaves the same entry as when it is asked alone, though nothing else of the list stays."""

from __future__ import annotations

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.acts import Consent, RecordForm, Screen
from equipoise.findings import Refusal
from tests.conduct.small_trial import BASELINE, DAY, open_trial

HEAVY = RecordForm("P1", "screening", "baseline", {**BASELINE, "weight": "130.0"})
REFUSED = (HEAVY, Screen("P9", "S02", DAY), a.Enroll("P1", DAY), Consent("P8", DAY))


def alone(act):
    trial = open_trial()
    trial.consented()
    trial.refused(act)
    return trial.entries()[-1]


def in_a_list(act, **options):
    trial = open_trial()
    trial.consented()
    before = trial.head()
    with pytest.raises(Refusal), trial.desk.batch(**options):
        trial.do(Screen("P2", "S01", DAY))
        trial.do(act)
    return trial, list(trial.store.read(trial.study, after=before))


@pytest.mark.parametrize("act", REFUSED)
def test_a_refusal_in_a_list_is_the_entry_that_it_is_alone(act):
    trial, left = in_a_list(act, keep_refusals=True)
    (entry,) = left
    single = alone(act)
    for name in ("kind", "payload", "participant", "site", "actor", "role"):
        assert getattr(entry, name) == getattr(single, name), name
    assert "P2" not in trial.store.projection(trial.study, "participants")
    trial.check_whole()
    trial.do(Screen("P2", "S01", DAY))


def test_somebody_who_was_screened_in_the_list_only_is_nobody_afterwards():
    trial = open_trial()
    with pytest.raises(Refusal), trial.desk.batch(keep_refusals=True):
        trial.do(Screen("P1", "S01", DAY))
        trial.do(a.Enroll("P1", DAY))
    entry = trial.entries()[-1]
    assert (entry.kind, entry.participant, entry.payload["participant"]) == ("refused", None, "P1")
    trial.check_whole()


def test_a_dry_run_keeps_nothing():
    assert in_a_list(HEAVY, dry_run=True, keep_refusals=True)[1] == []


def test_control_a_list_that_forgets_what_it_refused_is_caught():
    """As it was: the refusal went with the list."""
    assert in_a_list(HEAVY)[1] == []
