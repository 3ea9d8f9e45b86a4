"""The next arm stays unknown until it is on the ledger, whoever asks, whatever they call, stop or restore.

Two worlds differ only in the draws from the next position on. Whoever sees the same in both foresees nothing: what they
make of it is right exactly as often as the scheme's own odds say. ICH E9 2.3.2; E6(R3) 4.1.2.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from equipoise.cli.main import main
from equipoise.conduct import desk
from equipoise.conduct.acts import EnterEnvelope, accept_restored, randomize
from equipoise.conduct.entries.study import LEDGER_RESTORED
from equipoise.conduct.folder.study import open_study
from equipoise.ledger import Fact
from equipoise.randomization import sealing
from tests.laws import adversary
from tests.laws.adversary import BLINDED, DAY, NEXT, PLACE, SCHEMES, Eye, Future, differing, masked

SALTS = 99
"""An arm that every one of so many futures shares would be foreseen by the scheme itself (odds of four in five: 1e-9)."""


class Worlds:
    """One study, played in two worlds at the same place, and thrown away after each."""

    def __init__(self, home: Path, scheme: str) -> None:
        self.home, self.kept = home / "world", home / "kept"
        self._known: tuple[Future, Future] | None = None
        self.first = 1 if scheme == "permuted_blocks" else PLACE
        # A block's arms are drawn together: its places are changed from the second block on, which begins here.
        with adversary.standing_still(self.home / "state"):
            adversary.base_study(self.home, scheme)
            if scheme == "permuted_blocks":
                adversary.arm_of_the_next(Eye(self.home), "P5")
                shutil.rmtree(self.home / "backup")
                shutil.copytree(self.home / "study", self.home / "backup")
        shutil.move(self.home, self.kept)

    def play(self, future: Future, doors: Callable[[Eye], object]) -> Eye:
        """What is seen through the doors in this world."""
        shutil.copytree(self.kept, self.home)
        try:
            eye = Eye(self.home)
            with adversary.standing_still(self.home / "state", "play"), future.comes():
                doors(eye)
        finally:
            shutil.rmtree(self.home)
        return eye

    def futures(
        self, version: int = 1, prepare: Callable[[Eye], object] = lambda _: None, salts: int = SALTS
    ) -> tuple[Future, Future]:
        """Two of which the next arm differs."""
        if version == 1 and self._known is not None:
            return self._known
        by_arm: dict[str, Future] = {}
        for salt in range(salts):
            future = Future(salt, self.first if version == 1 else 0, version)
            arms: list[str] = []

            def doors(eye: Eye, arms: list[str] = arms) -> None:
                prepare(eye)
                arms.append(adversary.arm_of_the_next(eye))

            self.play(future, doors)
            by_arm.setdefault(arms[0], future)
            if len(by_arm) == 2:
                found = by_arm["A"], by_arm["B"]
                self._known = found if version == 1 else self._known
                return found
        raise AssertionError(f"every future gives {set(by_arm)}")

    def told(self, doors: Callable[[Eye], object], futures: tuple[Future, Future] | None = None) -> list[str]:
        """What differs in what is seen."""
        one, other = (self.play(future, doors).seen for future in futures or self.futures())
        secret = (self.kept / "study" / "keys" / "allocation.key").read_text().strip()
        forms = (secret, str(bytes.fromhex(secret))[2:-1], base64.b64encode(bytes.fromhex(secret)).decode())
        return differing(one, other) + [f"{what}: the secret" for what, said in one if any(f in said for f in forms)]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("complete"), "complete")


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Worlds]]:
    yield lambda scheme: Worlds(tmp_path_factory.mktemp(scheme), scheme)


DOORS = {"desk": adversary.at_the_desk, "commands": adversary.commands, "notebook": adversary.notebook}


@pytest.mark.parametrize("doors", DOORS)
def test_nobody_sees_a_trace_of_the_next_arm(worlds, doors):
    assert worlds.told(lambda eye: (DOORS[doors](eye, whole=False), eye.look_into_files())) == []


@pytest.mark.long
def test_nobody_sees_a_trace_of_it_through_any_door_by_anybody_with_any_option(worlds):
    def every(eye: Eye) -> None:
        for doors in DOORS.values():
            doors(eye, whole=True)
        eye.look_into_files()

    assert worlds.told(every) == []


@pytest.mark.parametrize("scheme", [name for name in SCHEMES if name != "complete"])
def test_neither_do_they_whatever_the_scheme(others, scheme):
    of_scheme = others(scheme)
    assert of_scheme.told(by_lists) == []


def by_lists(eye: Eye) -> None:
    """A few doors that come near a draw."""
    for line in (["--dry-run"], ["--dry-run", "--json"]):
        eye.run(
            "act", str(eye.folder), "randomize", "--as", "li", f"--set=participant={NEXT}", f"--set=date={DAY}", *line
        )
    eye.run("status", str(eye.folder), "--json")
    eye.look_into_files()


def test_a_process_that_is_stopped_anywhere_leaves_no_trace_of_it(worlds):
    def doors(eye: Eye) -> None:
        for where in ("draw", "seal", "notices", "append"):
            adversary.killed(eye, where)
            eye.run("status", str(eye.folder), "--json")
        eye.look_into_files()
        for file in eye.folder.glob("ledger.sqlite*"):  # also what no reader of the ledger shows
            assert b'"arm"' not in file.read_bytes().replace(b"arm = ", b"")

    assert worlds.told(doors) == []


def without_the_key(eye: Eye) -> None:
    """The ways in which a draw goes wrong: the secret is gone, open to others, another study's."""
    key = eye.folder / "keys" / "allocation.key"
    held = key.read_text()
    for spoil in (
        lambda: key.unlink(),
        lambda: key.chmod(0o644),
        lambda: key.write_text("ab" * 32),
        lambda: key.write_text("x"),
    ):
        spoil()
        eye.run("act", str(eye.folder), "randomize", "--as", "li", f"--set=participant={NEXT}", f"--set=date={DAY}")
        eye.run("verify", str(eye.folder))
        key.unlink(missing_ok=True)
        key.write_text(held)
        key.chmod(0o600)


def test_no_error_tells_it(worlds):
    assert worlds.told(without_the_key) == []


# A backup -----------------------------------------------------------------------------------------------------------


def seen_and_restored(eye: Eye) -> None:
    """The next arm is drawn for one participant and seen; then the entry is made undone by an older copy."""
    eye.seen.append(("the first life", adversary.arm_of_the_next(eye)))
    adversary.put_back(eye)
    eye.run("act", str(eye.folder), "randomize", "--as", "li", "--set=participant=P5", f"--set=date={DAY}")
    eye.run("act", str(eye.folder), "accept_restored", "--as", "custodian", "--set=reason=the disk failed")


def after_restoring(eye: Eye) -> None:
    seen_and_restored(eye)
    by_lists(eye)


def test_whoever_saw_an_arm_before_a_backup_came_back_does_not_know_the_next(worlds):
    """F20: the same in both worlds until the entry stands, also the arm of the first life; then the arms differ."""
    futures = worlds.futures(2, seen_and_restored)
    assert worlds.told(after_restoring, futures) == []


def test_a_second_copy_of_the_backup_draws_from_another_beginning(worlds):
    """Restored and accepted twice, the head that was seen is another one, and so are the draws."""
    starts = []

    def doors(eye: Eye) -> None:
        for _ in range(2):
            seen_and_restored(eye)
            study = open_study(eye.folder)
            (entry,) = study.store.read(study.id, kinds=(LEDGER_RESTORED.name,))
            starts.append(entry.payload["scheme"]["start"])
            study.store.close()
            assert main(["verify", str(eye.folder)]) == 0

    worlds.play(Future(0, version=9), doors)
    assert len(set(starts)) == 2


def test_control_a_restored_study_that_goes_on_with_its_draws_gives_the_arm_that_was_seen(worlds, monkeypatch):
    """As it was: the entry said so, and the position came again with its arm."""

    def as_before(state, act, _setting):
        return [Fact(LEDGER_RESTORED.name, {"seen": act.seen, "last": state.seq, "reason": act.reason})]

    kind = accept_restored.ACT
    monkeypatch.setitem(desk.ACT_OF, kind.asks, replace(kind, decide=as_before))
    with pytest.raises(AssertionError, match="every future gives"):
        worlds.futures(2, seen_and_restored, salts=6)

    def lives(eye: Eye) -> None:
        seen_and_restored(eye)
        arms.append((eye.seen[0][1], adversary.arm_of_the_next(eye, "P5")))

    arms: list[tuple[str, str]] = []
    for future in worlds.futures():
        worlds.play(future, lives)
    assert arms == [("A", "A"), ("B", "B")]


# Envelopes -----------------------------------------------------------------------------------------------------------


def opened(eye: Eye) -> str:
    """What lies in the first envelope, once it was entered."""
    study = open_study(eye.folder)
    act = EnterEnvelope(NEXT, "1-001", "A", "Wu", DAY, "no power")
    receipt = study.desk().perform(act, as_="li", act_id="unfold")
    study.store.close()
    assert receipt.arm is not None
    return receipt.arm


@pytest.fixture(scope="module")
def contents(worlds) -> tuple[Future, Future]:
    """Two futures in which the first envelope holds another arm."""
    by_arm: dict[str, Future] = {}
    for salt in range(SALTS):
        arms: list[str] = []
        worlds.play(Future(salt, 0, -1), lambda eye, arms=arms: arms.append(opened(eye)))
        by_arm.setdefault(arms[0], Future(salt, 0, -1))
        if len(by_arm) == 2:
            break
    return by_arm["A"], by_arm["B"]


def guessing(eye: Eye) -> None:
    adversary.at_the_desk(eye, only="envelope")
    by_lists(eye)


def test_nobody_learns_what_lies_in_an_envelope_that_is_closed(worlds, contents):
    """By entering it with a guess, on trial or in a list that is taken back."""
    assert worlds.told(guessing, contents) == []


def test_control_an_envelope_that_may_be_entered_in_a_list_is_opened_by_a_guess(worlds, contents, monkeypatch):
    setting = desk.Desk._setting
    monkeypatch.setattr(desk.Desk, "_setting", lambda *given: replace(setting(*given), alone=True))
    assert worlds.told(guessing, contents)


# Afterwards ---------------------------------------------------------------------------------------------------------


def blinded_after(eye: Eye) -> None:
    """The entry stands; those who may not see allocations look."""
    adversary.arm_of_the_next(eye)
    study = open_study(eye.folder)
    own = study.desk()
    for person in BLINDED:
        for act in adversary.acts():

            def dry(act: object = act, person: str = person) -> object:
                with own.batch(dry_run=True):
                    return own.perform(act, as_=person, act_id="dry")

            eye.see(f"{act.right} by {person}", dry)
        again = lambda p=person: own.perform(randomize.Randomize(NEXT, DAY), as_=p, act_id=f"for-good-{NEXT}")  # noqa: E731
        eye.see(f"repeated by {person}", again)
    study.store.close()
    eye.run("status", str(eye.folder), "--json")
    eye.run("queries", str(eye.folder), "--json")
    eye.run("verify", str(eye.folder))


def told_afterwards(worlds: Worlds) -> list[str]:
    one, other = (worlds.play(future, blinded_after).seen for future in worlds.futures())
    return differing(*([(what, masked(said)) for what, said in seen] for seen in (one, other)))


def test_who_may_not_see_an_allocation_sees_the_same_after_it_but_for_the_seal(worlds):
    assert told_afterwards(worlds) == []


# Controls -----------------------------------------------------------------------------------------------------------


def test_the_two_worlds_are_one_where_nothing_differs_and_two_where_an_arm_is_told(worlds):
    """Time and random bytes stand still; and the arms of the worlds do differ once they are told."""
    one, other = worlds.futures()
    assert worlds.told(by_lists, (one, one)) == []
    arms = [
        worlds.play(future, lambda eye: eye.seen.append(("arm", adversary.arm_of_the_next(eye)))).seen[-1][1]
        for future in (one, other)
    ]
    assert arms == ["A", "B"]


def leaks(monkeypatch: pytest.MonkeyPatch, leak: str) -> None:
    """Ways in which an arm came out, or could."""
    setting, allocate = desk.Desk._setting, randomize.allocate

    def refused(*given):
        raise ValueError(f"could not seal {allocate(*given).arm}")

    def printed(*given):
        drawn = allocate(*given)
        print("drawn", drawn.arm, flush=True)
        return drawn

    if leak == "a dry run draws":
        monkeypatch.setattr(desk.Desk, "_setting", lambda *given: replace(setting(*given), draws=True))
        monkeypatch.setattr(desk.Desk, "_mark_as_drawn", lambda *_: None)
    elif leak == "a list tells":
        monkeypatch.setattr(desk.Desk, "_mark_as_drawn", lambda *_: None)
    else:
        monkeypatch.setattr(randomize, "allocate", refused if leak == "an error tells" else printed)


@pytest.mark.parametrize(
    "leak", ["a dry run draws", "a list tells", "an error tells", "it is printed before it stands"]
)
def test_control_what_tells_an_arm_before_its_entry_is_found(worlds, monkeypatch, leak):
    futures = worlds.futures()
    leaks(monkeypatch, leak)
    doors = (
        (lambda eye: adversary.killed(eye, "seal"))
        if "printed" in leak
        else (lambda eye: adversary.at_the_desk(eye, only="randomize"))
    )
    assert worlds.told(doors, futures)


def test_control_seals_of_differing_length_are_found(worlds, monkeypatch):
    honest = randomize.seal

    def by_the_arm(secret, study, position, content, **named):
        monkeypatch.setattr(sealing, "_ROOM_BYTES", 1024 if content["arm"] == "A" else 1027)
        return honest(secret, study, position, content, **named)

    futures = worlds.futures()
    monkeypatch.setattr(randomize, "seal", by_the_arm)

    def doors(eye: Eye) -> None:
        adversary.arm_of_the_next(eye)
        eye.look_into_files()

    found = [worlds.play(future, doors).seen for future in futures]
    assert differing(*([(what, masked(said)) for what, said in seen] for seen in found))
