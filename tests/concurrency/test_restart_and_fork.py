"""Killed, restarted, forked, restored from a backup: no allocation is lost, doubled, or dealt twice unnoticed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from equipoise.conduct.acts import Randomize
from equipoise.conduct.folder.restoring import accept_restored
from equipoise.conduct.folder.study import Study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.findings import Finding, Refusal
from equipoise.ledger import MemoryStore, Store
from equipoise.ledger.checkpoint import Checkpoint, new_keys, sign_checkpoint
from equipoise.ledger.verify import verify_chain
from tests.concurrency.crowd import Crowd, make_study, request
from tests.conduct.failures.clinic import (
    DAY,
    SECRET,
    allocated,
    check_one_slot_each,
    check_same_again,
    clinic,
    findings_of_rederivation,
    opened,
)

NAMES = ("P1", "P2", "P3", "P4", "P5", "P6")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


def check_study(study: Study, names: Sequence[str]) -> None:
    check_one_slot_each(study.store, study.id, names)
    check_same_again(study.store, study.id, study.secret(), study.protocol)
    assert verify_study(study).findings == ()


def test_killed_between_the_draw_and_the_reply_consumes_nothing_or_everything(
    tmp_path: Path, database: str | None
) -> None:
    """F05 killed (SIGKILL) after drawing, sending, committing: nothing or everything, and the ledger verifies."""
    study = make_study(tmp_path, NAMES, database=database)
    names = dict(zip(("drawn", "sent", "committed"), NAMES, strict=False))
    with Crowd(3) as crowd:
        crowd.open(study)
        for place, (when, name) in enumerate(names.items()):
            mourned = Crowd.__new__(Crowd)  # one hand of the three
            mourned.hands = [crowd.hands[place]]
            assert mourned.ask([request(name, "die", when=when, act=f"asked {name}")]) == [None]
            assert crowd.end_of(crowd.hands[place]) == -9
            assert verify_study(study).findings == ()
            done = {entry.participant for entry in allocated(study.store, study.id)}
            assert done == ({name} if when == "committed" else set())
    # The same requests again, after the restart: each is done once, whether the first was kept or not.
    desk = open_study(study.folder).desk()
    for name in names.values():
        desk.perform(Randomize(name, DAY), as_="li", act_id=f"asked {name}")
    assert [entry.participant for entry in allocated(study.store, study.id)] == ["P3", "P1", "P2"]
    check_study(study, ["P1", "P2", "P3"])


def test_a_restart_goes_on_where_the_stream_stood() -> None:
    """F20 restart: a desk made anew for every participant draws what one desk without interruption would have drawn."""
    drawn = []
    for restarts in (False, True):
        trial = clinic()
        trial.ready(*NAMES)
        for name in NAMES:
            desk = trial.another_desk() if restarts else trial.desk
            desk.perform(Randomize(name, DAY), as_="li")
        check_same_again(trial.store, "DEMO", SECRET, trial.desk.protocol)
        drawn.append(opened(trial.store, "DEMO", SECRET))
    assert drawn[0] == drawn[1]


def test_a_fork_shares_no_connection_and_repeats_no_draw(tmp_path: Path, database: str | None) -> None:
    """F20 fork: parent and child of a desk in use randomize at once; consecutive positions, no seal made twice."""
    study = make_study(tmp_path, NAMES, database=database)
    with Crowd(2) as crowd:
        crowd.open(study)
        asked = [request("", "fork", participants=NAMES[:3]), request("", "fork", participants=NAMES[3:])]
        answers = crowd.ask(asked)
    for answer in answers:
        assert answer is not None
        assert [len(one.get("entries", ())) for one in answer["all"]] == [1, 1, 1], answer
    check_study(study, NAMES)
    # The first bytes of a seal are its nonce: a child that repeats its parent's random numbers would repeat it.
    nonces = {entry.payload["sealed"][:19] for entry in allocated(study.store, study.id)}
    assert len(nonces) == len(NAMES)


def test_two_studies_of_one_protocol_share_no_stream(tmp_path: Path) -> None:
    """F20 seed reuse: every study folder has a secret of its own, and draws of its own."""
    names = [f"P{n}" for n in range(40)]
    drawn = []
    for place in ("one", "two"):
        study = make_study(tmp_path / place, names)
        desk = study.desk()
        with desk.batch():
            for name in names:
                desk.perform(Randomize(name, DAY), as_="li")
        drawn.append([content["arm"] for content in opened(study.store, study.id, study.secret())])
    assert drawn[0] != drawn[1]  # equal by chance: less than 2**-20


# A restored backup.


def anchored(store: Store, private: bytes) -> Checkpoint:
    return sign_checkpoint(store, "DEMO", private, datetime(2024, 2, 3, tzinfo=UTC), "test")


def randomize(study: Study, *names: str) -> None:
    desk = open_study(study.folder).desk()
    for name in names:
        desk.perform(Randomize(name, DAY), as_="li")
    desk.store.close()


def whole_copy(file: Path, to: Path) -> None:
    """A backup as SQLite makes one: with what still stands in the write-ahead log."""
    source, target = sqlite3.connect(file), sqlite3.connect(to)
    source.backup(target)
    source.close()
    target.close()


def found_after_restoring(tmp_path: Path, *, then: Sequence[str], anchor: bool = True) -> tuple[Finding, ...]:
    """Three allocations, a backup, three more, a checkpoint taken elsewhere, the backup restored, and `then` more."""
    study = make_study(tmp_path, NAMES)
    file, backup = study.folder / "ledger.sqlite", tmp_path / "backup.sqlite"
    randomize(study, *NAMES[:3])
    study.store.close()
    whole_copy(file, backup)
    randomize(study, *NAMES[3:])
    private, public = new_keys()
    kept = anchored(study.store, private)
    arms = [content["arm"] for content in opened(study.store, study.id, study.secret())]
    study.store.close()
    for beside in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        beside.unlink(missing_ok=True)
    shutil.copy(backup, file)
    # Whoever works here has seen entry 40: nobody goes on before somebody said why, on the ledger.
    with pytest.raises(Refusal, match="and entry 40 was seen"):
        open_study(study.folder)
    with pytest.raises(Refusal, match="and entry 40 was seen"):
        study.desk().perform(Randomize(NAMES[3], DAY), as_="li")
    study.store.close()
    accept_restored(study.folder, as_="custodian", reason="the disk failed; the backup of the night is all there is")
    again = open_study(study.folder)
    assert [entry.kind for entry in again.store.read(again.id)][-1] == "ledger_restored"
    randomize(again, *then)
    # The restored ledger is whole in itself: only the anchor can tell. It deals other cards: those of before were seen.
    assert verify_study(again).findings == ()
    dealt = opened(again.store, again.id, again.secret())
    assert [content["arm"] for content in dealt[:3]] == arms[:3]
    assert [content["version"] for content in dealt] == [1] * 3 + [2] * len(then)
    checked = verify_chain(again.store, again.id, anchors=[kept] if anchor else [], public_key=public)
    return checked.findings


def test_a_restored_backup_is_seen_against_a_checkpoint_kept_elsewhere(tmp_path: Path) -> None:
    """F20 restored backup: the ledger is shorter than the checkpoint that somebody else kept."""
    (finding,) = found_after_restoring(tmp_path, then=())
    assert finding.code == "ledger.shortened"
    assert "an older copy was restored" in finding.why


def test_a_restored_backup_that_went_on_is_seen_as_another_history(tmp_path: Path) -> None:
    """F20 restored backup: others got the same positions; the checkpoint shows that history was rewritten."""
    found = found_after_restoring(tmp_path, then=("P6", "P5", "P4"))
    assert [finding.code for finding in found] == ["ledger.rewritten"]


# Controls.


def test_control_a_restored_backup_is_not_seen_without_a_checkpoint(tmp_path: Path) -> None:
    """F20 control: the chain alone says nothing; the finding comes from the checkpoint and from nothing else."""
    assert found_after_restoring(tmp_path, then=("P6",), anchor=False) == ()


def test_control_a_stream_that_begins_again_is_noticed() -> None:
    """F20 control: a desk that restarts its stream deals the first card to everybody, and re-derivation says where."""
    trial = clinic("randomization: {scheme: {kind: permuted_blocks, sizes: [4]}}")
    trial.ready(*NAMES)
    from equipoise.conduct.acts import randomize as act

    honest = act.allocate

    def restarted(scheme, secret, study, factors, past):
        return replace(honest(scheme, secret, study, factors, []), position=len(past) + 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(act, "allocate", restarted)
        for name in NAMES:
            trial.randomize(name)
    assert len({content["arm"] for content in opened(trial.store, "DEMO", SECRET)}) == 1
    with pytest.raises(AssertionError):
        check_same_again(trial.store, "DEMO", SECRET, trial.desk.protocol)
    from equipoise.randomization.from_spec import scheme_of

    scheme = scheme_of(trial.desk.protocol.randomization)
    assert findings_of_rederivation(trial.store, "DEMO", SECRET, [scheme]) == ["rederive.differs"]


def test_control_a_slot_that_was_consumed_by_nobody_is_noticed() -> None:
    """F05 control: a position that was reserved and never given leaves a gap, and the check sees it."""
    trial = clinic(store=MemoryStore())
    trial.ready("P1", "P2")
    trial.randomize("P1")
    from equipoise.conduct.acts import randomize as act

    honest = act.allocate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            act, "allocate", lambda *args: replace(honest(*args), position=3)
        )  # as if position 2 had been reserved by somebody who was killed
        trial.randomize("P2")
    with pytest.raises(AssertionError):
        check_one_slot_each(trial.store, "DEMO", ["P1", "P2"])
