"""What is found out afterwards is documented and never undone: the allocation stands, the truth stands beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.acts import ACT_BY_NAME, CorrectValue, Erase, MarkInError, RecordTrueStratum, ReportDeviation
from equipoise.conduct.replay.loading import participant_state
from equipoise.datacut import freeze
from equipoise.findings import Refusal
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.rederive import RecordedAllocation, rederive
from equipoise.roles import RIGHTS
from tests.analysis.trial import Trial
from tests.conduct.failures.clinic import DAY, SECRET, Clinic, allocated, check_one_slot_each, check_same_again, clinic

TWO_FACTORS = {
    "variables": [
        {
            "id": "older",
            "label": {"en": "Older than 60", "zh": "大于60岁"},
            "type": "boolean",
            "rule": "age > 60",
        }
    ],
    "factors": [{"id": "older", "label": {"en": "Older than 60", "zh": "大于60岁"}}],
    "randomization": {"stratify_by": ["sex", "older"]},
}


def correct(trial: Clinic, name: str, item: str, value: Any) -> None:
    trial.desk.perform(CorrectValue(name, "screening", "baseline", item, value, "misread"), as_="li")


def row_of(trial: Clinic, folder: Path, name: str) -> dict[str, Any]:
    """The participant's row in a data cut."""
    study: Any = Trial(folder, trial.desk.protocol, trial.desk.digest, trial.store)
    cut = freeze(study)
    rows = cut.participants.to_dicts()
    return next(row for row in rows if row["participant"] == name)


# F07


def test_a_stratum_found_wrong_leaves_the_allocation_and_records_the_truth(tmp_path: Path) -> None:
    """F07 wrong stratum, found later: allocation unchanged, the true value recorded, the cut gives both."""
    trial = clinic(TWO_FACTORS)
    trial.ready("P1", "P2")
    before = trial.randomize("P1").entries[0]
    correct(trial, "P1", "sex", "M")
    trial.desk.perform(RecordTrueStratum("P1", {"sex": "M"}, "wrong box ticked"), as_="li")
    trial.desk.perform(RecordTrueStratum("P1", {"older": "true"}, "date of birth misread"), as_="li")
    assert allocated(trial.store, "DEMO") == [before]
    person = participant_state(trial.store, "DEMO", "P1")
    assert person is not None
    assert (person.allocation, person.true_factors) == (before.payload, {"sex": "M", "older": "true"})
    row = row_of(trial, tmp_path, "P1")
    assert (row["used_sex"], row["true_sex"], row["used_older"], row["true_older"]) == ("F", "M", "false", "true")
    trial.randomize("P2")
    assert row_of(trial, tmp_path, "P2")["true_sex"] is None
    # The slot was used in the stratum of that time, and the next one there follows it.
    assert [entry.payload["stratum_position"] for entry in allocated(trial.store, "DEMO")] == [1, 2]
    check_same_again(trial.store, "DEMO", SECRET, trial.desk.protocol)


def test_the_true_stratum_needs_a_reason_and_levels_that_exist() -> None:
    """F07 what is recorded as the truth is judged like anything else."""
    trial = clinic("factors: [{id: sex, levels: [F, M]}]")
    trial.ready("P1", "P2")
    trial.randomize("P1")
    for act, code in (
        (RecordTrueStratum("P1", {"sex": "X"}, "misread"), "factor.level"),
        (RecordTrueStratum("P1", {"height": "M"}, "misread"), "factor.unknown"),
        (RecordTrueStratum("P1", {"sex": "M"}, " "), "reason.missing"),
        (RecordTrueStratum("P2", {"sex": "M"}, "misread"), "participant.not_randomized"),
    ):
        assert trial.refused(act).findings[0].code == code


def test_control_an_allocation_rewritten_to_the_true_stratum_is_noticed() -> None:
    """F07 control: whoever exchanges the value used for the true one makes a list that the secret does not give."""
    trial = clinic()
    trial.ready("P1", "P2", "P3")
    for name in ("P1", "P2", "P3"):
        trial.randomize(name)
    kept = [
        RecordedAllocation(e.participant or "", e.payload["position"], (("sex", "F"),), e.payload["sealed"])
        for e in allocated(trial.store, "DEMO")
    ]
    scheme = scheme_of(trial.desk.protocol.randomization)
    assert rederive([scheme], SECRET, "DEMO", kept) == []
    kept[1] = replace(kept[1], factors=(("sex", "M"),))
    assert [finding.code for finding in rederive([scheme], SECRET, "DEMO", kept)] == ["rederive.differs"]


# F09


def check_kept(trial: Clinic, folder: Path, name: str) -> None:
    """Randomized, in the analysis set of all randomized, and counted as a deviation."""
    row = row_of(trial, folder, name)
    assert row["randomized"]
    assert row["arm"] in ("A", "B")
    assert trial.store.projection("DEMO", "participants")[name]["deviations"] == 1
    check_one_slot_each(trial.store, "DEMO", ["P1", "P2"])


def ineligible_after_all() -> Clinic:
    trial = clinic()
    trial.ready("P1", "P2", "P3")
    trial.randomize("P1")
    trial.randomize("P2")
    correct(trial, "P1", "age", 16)
    trial.desk.perform(ReportDeviation("P1", DAY, "eligibility", "was 16 years old"), as_="li")
    return trial


def test_who_is_found_ineligible_afterwards_is_kept(tmp_path: Path) -> None:
    """F09 ineligible found after randomization: kept and analyzed as randomized, with a deviation."""
    trial = ineligible_after_all()
    check_kept(trial, tmp_path, "P1")
    trial.desk.perform(MarkInError("P1", "was 16 years old"), as_="li")
    check_kept(trial, tmp_path, "P1")
    assert row_of(trial, tmp_path, "P1")["in_error_reason"] == "was 16 years old"
    assert trial.refused(MarkInError("P1", "again")).findings[0].code == "participant.in_error"
    assert trial.randomize("P3").entries[0].payload["position"] == 3  # the slot stays used


def test_no_act_deletes_anything() -> None:
    """F09 no delete button anywhere: no act is called so, and the one erasure there is may not touch an allocation."""
    words = ("delete", "remove", "undo", "cancel", "revoke", "unrandomize", "drop")
    assert [name for name in (*RIGHTS, *ACT_BY_NAME) if any(word in name for word in words)] == []
    trial = ineligible_after_all()
    for entry in trial.entries("screened", "consented", "enrolled", "allocated"):
        assert trial.refused(Erase(entry.seq, "was 16 years old"), as_="custodian").findings[0].code == "erasure.needed"
    check_one_slot_each(trial.store, "DEMO", ["P1", "P2"])


def test_control_a_participant_who_was_taken_out_is_noticed(tmp_path: Path) -> None:
    """F09 control: without the deviation, or with the allocation gone, the same check fails."""
    trial = clinic()
    trial.ready("P1", "P2")
    trial.randomize("P1")
    trial.randomize("P2")
    with pytest.raises(AssertionError):
        check_kept(trial, tmp_path, "P1")
    trial = ineligible_after_all()
    links = trial.store._study("DEMO").links  # type: ignore[attr-defined]
    gone = next(place for place, link in enumerate(links) if link.kind == "allocated")
    links[gone] = links[gone]._replace(kind="refused")
    with pytest.raises(Refusal, match="chain of its ledger does not hold"):
        check_kept(trial, tmp_path, "P1")
