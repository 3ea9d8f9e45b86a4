"""Every act by the wrong role, on trial, in a list that fails, cut off before and after the commit, twice, and too late.

The table says by hand what becomes of each; a new act without a row fails. The same is asked of a ledger in memory, in
SQLite and in PostgreSQL. `test_every_kill` kills real processes at the same acts.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct import desk as desk_module
from equipoise.conduct.acts import ACT_OF, ACTS
from equipoise.conduct.authority import may
from equipoise.conduct.desk import Desk
from equipoise.findings import Refusal
from equipoise.ledger import MemoryStore, Store
from equipoise.ledger.sql_store import SqlStore
from tests.concurrency.test_repeats import LostReply
from tests.conduct.every_act import (
    BEGIN,
    LATER,
    LISTED,
    STEPS,
    STUDY,
    Step,
    baseline,
    perform,
    protocol_of,
    unclosed,
)
from tests.conduct.small_trial import DAY, SECRET, TODAY, Trial, open_trial

# What is said of each act (of its first step), once it has been done, and the moment before: the study is locked, it is
# paused, the site is closed, the participant takes the consent back, has died, or moved to another site.
# +: done all the same; =: nothing is left to do; +q: done, and asked about; .: cannot come about.
TABLE = """
act                  twice                        locked         paused        closed       consent back       dead              moved
open_site            =                            study.locked   +             +            .                  .                 .
close_site           =                            study.locked   +             +            .                  .                 .
appoint              =                            +              +             +            .                  .                 .
dismiss              person.not_appointed         +              +             +            .                  .                 .
map_account          =                            +              +             +            .                  .                 .
screen               participant.taken            study.locked   study.paused  site.closed  .                  .                 .
consent              =                            study.locked   +             site.closed  consent.withdrawn  .                 authority.other_site
consent_part         =                            study.locked   +             +            consent.withdrawn  +                 authority.other_site
draft                =                            study.locked   +             +            +                  +                 authority.other_site
record               =                            study.locked   +             +            +                  +q                authority.other_site
correct              =                            study.locked   +             +            +                  +                 authority.other_site
enroll               participant.enrolled         study.locked   study.paused  site.closed  consent.withdrawn  participant.dead  authority.other_site
randomize            participant.randomized       study.locked   study.paused  site.closed  consent.withdrawn  participant.dead  authority.other_site
record_allocation    participant.randomized       study.locked   +             +            consent.withdrawn  +                 authority.other_site
enter_envelope       participant.randomized       study.locked   +q            +q           consent.withdrawn  +                 authority.other_site
make_envelopes       +                            study.locked   +             +            .                  .                 .
mark_in_error        participant.in_error         study.locked   +             +            +                  +                 authority.other_site
record_true_stratum  =                            study.locked   +             +            +                  +                 authority.other_site
withdraw             participant.withdrawn        study.locked   +             +            +                  +                 authority.other_site
strike               record.missing               study.locked   +             +            +                  +                 authority.other_site
correct_date         =                            study.locked   +             +            +                  +                 authority.other_site
end_withdrawal       participant.not_withdrawn    study.locked   +             +            +                  +                 authority.other_site
fail_screening       participant.failed           study.locked   +             +            +                  +                 authority.other_site
transfer             participant.there            study.locked   +             +            +                  +                 participant.there
report_deviation     deviation.reported           study.locked   +             +            +                  +                 +
raise_query          query.asked                  study.locked   +             +            +                  +                 +
answer_query         query.not_open               study.locked   +             +            +                  +                 authority.other_site
close_query          query.closed                 study.locked   +             +            +                  +                 +
pause                =                            study.locked   =             +            .                  .                 .
resume               study.not_paused             study.locked   +             +            .                  .                 .
lock                 study.locked                 study.locked   +             +            .                  .                 .
unlock               agreement.waiting            .              .             .            .                  .                 .
amend                =                            study.locked   +             +            .                  .                 .
adopt                =                            study.locked   +             +            .                  .                 .
erase                erasure.done                 +              +             +            .                  .                 .
unseal               agreement.waiting            +              +             +            .                  .                 .
agree                agreement.unknown            +              +             +            .                  .                 .
decline              agreement.unknown            +              +             +            .                  .                 .
review_access        +                            +              +             +            .                  .                 .
cut                  +                            +              +             +            .                  .                 .
see_allocation       +                            +              +             +            .                  .                 .
checkpoint           +                            +              +             +            .                  .                 .
import               =                            study.locked   +             +            .                  .                 .
review_trail         +                            +              +             +            .                  .                 .
unblind              +                            +              +             +            +                  +                 authority.other_site
take_list            agreement.waiting            study.locked   +             +            .                  .                 .
note_copy            +                            +              +             +            .                  .                 .
note_reading         +                            +              +             +            .                  .                 .
accept_restored      +                            +              +             +            .                  .                 .
"""
_HEAD, *_ROWS = TABLE.strip().splitlines()
COLUMNS = ("twice", "locked", "paused", "closed", "consent back", "dead", "moved")
EXPECTED = {row.split()[0]: dict(zip(COLUMNS, row.split()[1:], strict=True)) for row in _ROWS}
"""Refused before anything else: what is told at once, and is no part of a list."""
IN_A_LIST = {"enter_envelope": "envelope.alone", "unblind": "unblinding.alone"}


@dataclass
class Seen:
    """What became of the first step of each act, by the question that was asked of it."""

    of: dict[str, dict[str, Any]] = field(default_factory=dict)
    whole: bool = True
    """Also what came about the moment before."""


class Broken(Exception):
    """The power goes."""


def new_desk(trial: Trial) -> Desk:
    """A desk that knows nothing but the ledger, under the version that is in force there."""
    desk = trial.desk
    return Desk(
        desk.protocol, trial.store, lambda: SECRET, desk.clock, digest=desk.digest, kept=lambda _: protocol_of("drawn")
    )


def left_by(trial: Trial, door: Callable[[], object]) -> tuple[list[str], list[str]]:
    """The codes of what was refused (or the name of what was raised), and the kinds of the entries that it left."""
    head, codes = trial.head(), list[str]()
    try:
        door()
    except Refusal as refusal:
        codes = [one.code for one in refusal.findings]
    except Broken:
        codes = ["broken"]
    return codes, trial.kinds(head)


def in_list(trial: Trial, one: Step, acts: Sequence[a.Act], then: Callable[[], object], **options: Any) -> None:
    with trial.desk.batch(**options):
        for act in acts:
            trial.desk.perform(act, as_=one.who)
        then()


def breaks() -> None:
    raise Broken


def become(trial: Trial, one: Step, acts: Sequence[a.Act], *before: tuple[str, a.Act]) -> str:
    """What becomes of the last act, on trial, after those before it in its list and what came about `before` it."""
    said = "."
    with trial.desk.batch(dry_run=True):
        try:
            for act in acts[:-1]:
                trial.desk.perform(act, as_=one.who)
            for who, act in before:
                trial.desk.perform(act, as_=who)
        except Refusal:
            return said
        try:
            kinds = [entry.kind for entry in trial.desk.perform(acts[-1], as_=one.who).entries]
        except Refusal as refusal:
            return refusal.findings[0].code
        said = "=" if not kinds else "+q" if "query_raised" in kinds[1:] else "+"
    return said


def came_about(trial: Trial, act: a.Act) -> dict[str, tuple[str, a.Act]]:
    """What may come about the moment before an act."""
    found = {
        "locked": ("custodian", a.Lock("final", open_queries=unclosed(trial.store))),
        "paused": ("ma", a.Pause("safety")),
        "closed": ("ma", a.CloseSite("S01", DAY)),
    }
    name = getattr(act, "participant", None)
    if name is None or act.right == "screen":
        return found
    return found | {
        "consent back": ("li", a.Withdraw(name, DAY, "left", "consent")),
        "dead": ("li", a.RecordForm(name, "events", "death", {"death_date": "2024-01-20"})),
        "moved": ("ma", a.Transfer(name, "S02", LATER, "moved")),
    }


def look_at(trial: Trial, number: int, one: Step, seen: Seen) -> None:
    """Ask everything of a step that leaves the trial as it was, then perform it, cut off after the commit."""
    acts = one.acts(trial.store)
    begun = number >= len(BEGIN) and not one.quiet
    fresh = [n for n, act in enumerate(acts) if begun and act.right not in seen.of]
    state = trial.desk.state()
    for n in fresh:
        act, sofar = acts[n], acts[: n + 1]
        if act.right in seen.of:
            continue
        said = seen.of[act.right] = {}
        said["stranger"] = left_by(trial, lambda act=act: trial.desk.perform(act, as_="stranger"))
        kind, protocol = ACT_OF[type(act)], trial.desk.protocol
        lacking = {"see_allocation": "ma", "note_reading": "ma", "note_copy": "chen"}.get(act.right, "zhao")
        if kind.rests_on is None:
            lacking = next(who for who in state.people if not may(state, protocol, who, act.right, "S01", day=TODAY))
        said["wrong role"] = left_by(trial, lambda act=act: trial.desk.perform(act, as_=lacking))
        said["on trial"] = left_by(trial, lambda s=sofar: in_list(trial, one, s, lambda: None, dry_run=True))
        wrong = a.Consent("NOBODY", DAY)
        said["with one that fails"] = left_by(
            trial,
            lambda s=sofar: in_list(trial, one, s, lambda: trial.desk.perform(wrong, as_="li"), keep_refusals=True),
        )
        said["in a list that breaks"] = left_by(trial, lambda s=sofar: in_list(trial, one, s, breaks))
        said["twice"] = become(trial, one, [*sofar, act])
        # What is decided is decided by the same code: a server adds nothing to these but time.
        for what, before in came_about(trial, act).items() if seen.whole else ():
            said[what] = become(trial, one, sofar, before)
    kept, head = trial.store, trial.head()
    for committed in (False, True):  # the connection goes before the commit, then after it
        desk = new_desk(trial)
        desk.store = LostReply(kept, committed=committed)
        codes, left = left_by(trial, lambda desk=desk: perform(desk, number, one))
        for n in fresh:
            seen.of[acts[n].right]["cut off after" if committed else "cut off before"] = codes, left
    done = [(entry.seq, entry.hash) for entry in kept.read(STUDY, after=head)]
    trial.desk = new_desk(trial)
    if trial.desk.state().digest != trial.desk.digest:
        trial.desk.protocol, trial.desk.digest = protocol_of("drawn", 2), trial.desk.state().digest
    again = [(e.seq, e.hash) for receipt in perform(trial.desk, number, one) for e in receipt.entries]
    for n in fresh:
        seen.of[acts[n].right]["asked again"] = again == done, len(done)
    assert trial.head() == head + len(done)


def look_at_all(make: Callable[[str], Store], *, whole: bool = True) -> dict[str, dict[str, Any]]:
    """Both trials, step by step."""
    seen = Seen(whole=whole)
    for world, steps in (("drawn", STEPS), ("listed", LISTED)):
        trial = open_trial(protocol=protocol_of(world), people=False, store=make(world))
        for number, one in enumerate(steps):
            look_at(trial, number, one, seen)
        trial.check_whole()
        trial.store.close()
    return seen.of


@pytest.fixture(scope="module", params=["memory", "sqlite", "postgresql"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What becomes of every act on this kind of ledger, looked at once."""
    if request.param == "memory":
        yield looked_at_in_memory()
        return
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("every-act")
        yield look_at_all(lambda world: SqlStore(folder / f"{world}.sqlite"))
        return
    import psycopg

    server = request.getfixturevalue("postgres_server")
    names = {world: f"every_act_{uuid.uuid4().hex[:12]}" for world in ("drawn", "listed")}
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        for name in names.values():
            connection.execute(f'CREATE DATABASE "{name}"')
        yield look_at_all(lambda world: SqlStore(server.format(database=names[world])), whole=False)
        for name in names.values():
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def looked_at_in_memory() -> dict[str, dict[str, Any]]:
    return look_at_all(lambda _: MemoryStore())


def test_every_act_has_a_row_and_takes_place():
    rights = {act.right for act in ACTS}
    assert set(EXPECTED) == rights
    assert set(looked_at_in_memory()) == rights
    assert len(BEGIN) < len(STEPS)


@pytest.mark.parametrize("right", EXPECTED)
def test_an_act_by_somebody_who_may_not_leaves_its_refusal_alone(seen, right):
    assert seen[right]["stranger"] == (["authority.nobody"], ["refused"])
    codes, left = seen[right]["wrong role"]
    assert codes[0] in ("authority.not_granted", "authority.other_site") and left == ["refused"]


@pytest.mark.parametrize("right", EXPECTED)
def test_an_act_on_trial_or_in_a_list_that_fails_or_breaks_leaves_nothing_of_itself(seen, right):
    said, alone = seen[right], IN_A_LIST.get(right)
    assert said["on trial"] == ([], [])
    assert said["with one that fails"] == ([alone or "participant.unknown"], ["refused"])
    assert said["in a list that breaks"] == ([alone or "broken"], [])


@pytest.mark.parametrize("right", EXPECTED)
def test_an_act_that_is_cut_off_is_there_whole_or_not_at_all_and_is_one_act_when_it_is_asked_again(seen, right):
    said = seen[right]
    assert said["cut off before"] == (["ledger.no_connection"], [])
    codes, left = said["cut off after"]
    assert codes == ["ledger.no_connection"]
    assert left and "refused" not in left
    assert said["asked again"] == (True, len(left))


@pytest.mark.parametrize("right", EXPECTED)
def test_an_act_twice_or_at_the_wrong_time_is_what_the_table_says(seen, right):
    looked_at = COLUMNS if "locked" in seen[right] else COLUMNS[:1]
    assert {column: seen[right].get(column, ".") for column in looked_at} == {
        column: EXPECTED[right][column] for column in looked_at
    }


# Before it may: what a trial says in which P1 was screened and nothing else was done; and the acts with nothing before them.
EARLY: dict[str, tuple[str, a.Act, str]] = {
    "dismiss": ("ma", a.Dismiss("chen", "monitor"), "person.not_appointed"),
    "map_account": ("custodian", a.MapAccount("nurse", "nobody"), "account.nobody"),
    "consent": ("li", a.Consent("P2", DAY), "participant.unknown"),
    "consent_part": ("li", a.ConsentPart("P1", "samples", "agrees", DAY), "consent.missing"),
    "draft": ("li", a.Draft("P1", "screening", "baseline", {"age": "51"}), "consent.missing"),
    "record": ("li", baseline("P1"), "consent.missing"),
    "correct": ("li", a.CorrectValue("P1", "screening", "baseline", "age", 52, "typo"), "record.missing"),
    "enroll": ("li", a.Enroll("P1", DAY), "consent.missing"),
    "randomize": ("li", a.Randomize("P1", DAY), "participant.not_enrolled"),
    "record_allocation": ("li", a.RecordAllocation("P1", DAY, "A", "list"), "randomization.not_recorded"),
    "enter_envelope": ("li", a.EnterEnvelope("P1", "1-001", "A", "Wu", DAY, "no power"), "participant.not_enrolled"),
    "mark_in_error": ("li", a.MarkInError("P1", "why"), "participant.not_randomized"),
    "record_true_stratum": ("li", a.RecordTrueStratum("P1", {"sex": "M"}, "typo"), "participant.not_randomized"),
    "strike": ("li", a.Strike("P1", "screening", "baseline", "another's"), "record.missing"),
    "correct_date": ("li", a.CorrectDate("P1", "consent", DAY, "typo"), "event.missing"),
    "end_withdrawal": ("li", a.EndWithdrawal("P1", "follow_up", "mistaken"), "participant.not_withdrawn"),
    "fail_screening": ("li", a.FailScreening("P2", DAY, "too old"), "participant.unknown"),
    "transfer": ("ma", a.Transfer("P1", "S03", DAY, "moved"), "site.not_open"),
    "withdraw": ("li", a.Withdraw("P1", "2024-01-01", "left"), "date.order"),
    "report_deviation": ("li", a.ReportDeviation("P2", DAY, "visit", "late"), "participant.unknown"),
    "raise_query": ("zhao", a.RaiseQuery("P2", {"en": "Right?"}), "participant.unknown"),
    "answer_query": ("li", a.AnswerQuery("P1", "Q0001", "It is."), "query.unknown"),
    "close_query": ("zhao", a.CloseQuery("P1", "Q0001", "seen"), "query.unknown"),
    "close_site": ("ma", a.CloseSite("S03", DAY), "site.not_open"),
    "resume": ("ma", a.Resume("safe"), "study.not_paused"),
    "unlock": ("custodian", a.Unlock("why"), "study.not_locked"),
    "adopt": ("ma", a.Adopt("S01", "2.0", DAY, "2024-03-01"), "adoption.version"),
    "review_access": ("ma", a.ReviewAccess("0" * 16, "all as it should be"), "review.other_list"),
    "erase": ("custodian", a.Erase(999, "a name"), "erasure.no_such_entry"),
    "agree": ("second", a.Agree(9), "agreement.unknown"),
    "decline": ("second", a.Decline(9, "no"), "agreement.unknown"),
    "cut": ("ma", a.NoteCut("c", 999, "0" * 64), "cut.no_such_entry"),
    "checkpoint": ("ma", a.NoteCheckpoint(999, "0" * 64, "safe"), "checkpoint.no_such_entry"),
    "unblind": ("li", a.Unblind("P1", "emergency", "bleeds"), "unblinding.open"),
    "take_list": ("stat", a.TakeList("f" * 64, 4, 2), "list.drawn_here"),
    "review_trail": ("zhao", a.ReviewTrail(999, "clear", "read"), "cut.no_such_entry"),
    "note_copy": ("ma", a.NoteCopy("trail", 999, "0" * 64, "hidden", "0" * 64), "cut.no_such_entry"),
    "note_reading": ("stat", a.NoteReading("cut", 999, "0" * 64, "shown"), "cut.no_such_entry"),
}
ANY_TIME = {
    *("open_site", "appoint", "screen", "make_envelopes", "pause", "lock", "amend", "unseal"),
    *("see_allocation", "import", "accept_restored"),
}


def test_an_act_before_it_may_is_refused_and_leaves_its_refusal_alone():
    assert set(EARLY) | ANY_TIME == set(EXPECTED) and not set(EARLY) & ANY_TIME
    trial = open_trial(protocol=protocol_of("drawn"), people=False)
    for number, one in enumerate((*BEGIN, Step("li", (lambda _: a.Screen("P1", "S01", DAY),)))):
        perform(trial.desk, number, one)
    for right, (who, act, code) in EARLY.items():
        assert act.right == right
        codes, left = left_by(trial, lambda act=act, who=who: trial.desk.perform(act, as_=who))
        assert (right, codes[:1], left) == (right, [code], ["refused"])
    trial.check_whole()


# Controls.


def first_seen(right: str) -> dict[str, dict[str, Any]]:
    """What is seen until the first act of that right."""
    seen = Seen()
    trial = open_trial(protocol=protocol_of("drawn"), people=False)
    for number, one in enumerate(STEPS):
        look_at(trial, number, one, seen)
        if right in seen.of:
            return seen.of
    raise AssertionError(right)


def test_control_a_desk_that_keeps_half_a_list_is_caught(monkeypatch):
    @contextmanager
    def no_list(_desk: Desk, **_options: Any) -> Iterator[None]:
        yield

    trial = open_trial(protocol=protocol_of("drawn"), people=False)
    for number, one in enumerate(BEGIN):
        perform(trial.desk, number, one)
    monkeypatch.setattr(Desk, "batch", no_list)
    one = Step("li", ())
    left = left_by(trial, lambda: in_list(trial, one, [a.Screen("P1", "S01", DAY)], breaks))
    with pytest.raises(AssertionError):
        test_an_act_on_trial_or_in_a_list_that_fails_or_breaks_leaves_nothing_of_itself(
            {"screen": {**looked_at_in_memory()["screen"], "in a list that breaks": left}}, "screen"
        )


def test_control_a_desk_that_acts_anew_whenever_it_is_asked_is_caught(monkeypatch):
    monkeypatch.setattr(desk_module, "found_under", lambda _find, _name: None)
    with pytest.raises((AssertionError, Refusal)):
        first_seen("screen")
