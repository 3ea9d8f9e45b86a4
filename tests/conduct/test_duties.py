"""No one makes themselves what they may not be: conflicts of every pair of roles, appointments, and what needs two persons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.acts.appoint import decide_appoint, decide_dismiss
from equipoise.conduct.authority import IMPORTER, duties_of, in_conflict, roles_of
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import Person, StudyState
from equipoise.findings import Refusal
from tests.conduct.small_trial import BASELINE, DAY, Trial, full_protocol, open_trial

PROTOCOL = full_protocol()
ROLES = {name: role for name, role in roles_of(PROTOCOL).items() if name != IMPORTER}
# Pairs that one person may hold (the custodian, who may unseal, is nothing else); every other pair of the built-in roles is a conflict. Written by hand.
TOGETHER = {
    frozenset(pair)
    for pair in (
        ("investigator", "coordinator"),
        ("trial_manager", "monitor"),
        ("trial_manager", "data_manager"),
        ("monitor", "data_manager"),
        ("unblinded_statistician", "safety_physician"),
    )
}
NOW = open_trial(people=False).clock[-1]


def conflict(pair: frozenset[str]) -> bool:
    one, other = (ROLES[name] for name in pair)
    return in_conflict(one, other)


@pytest.mark.parametrize("pair", list(combinations(sorted(ROLES), 2)), ids="+".join)
def test_every_pair_of_roles_is_a_conflict_or_said_to_agree(pair):
    assert conflict(frozenset(pair)) is (frozenset(pair) not in TOGETHER)
    trial = open_trial()
    first, second = ("S01" if ROLES[name].own_site_only else None for name in pair)
    trial.do(a.Appoint("p", "P", pair[0], first), as_="custodian")
    for person, name in (("p", "P"), ("q", "p")):
        if conflict(frozenset(pair)):
            assert trial.codes(a.Appoint(person, name, pair[1], second), as_="custodian") == ["role.conflict"]
        elif person == "p":
            trial.do(a.Appoint(person, name, pair[1], second), as_="custodian")


def test_every_duty_is_some_roles():
    assert {duty for role in ROLES.values() for duty in duties_of(role)} == {
        "enters",
        "asks",
        "governs",
        "sees",
        "unblinds",
    }


def test_a_protocol_adds_conflicts_and_takes_none_away():
    protocol = full_protocol(
        "roles: [{id: nurse, label: {en: N, zh: 护}, acts: [record], conflicts_with: [porter]},"
        " {id: porter, label: {en: P, zh: 运}, acts: [pause]}, {id: clerk, label: {en: C, zh: 员}, acts: [raise_query]}]"
    )
    roles = roles_of(protocol)
    assert [in_conflict(roles["nurse"], roles[other]) for other in ("porter", "clerk", "nurse", "custodian")] == [
        True,
        True,
        False,
        True,
    ]


# Escalations ------------------------------------------------------------------------------------------------------

Held = frozenset[tuple[str, str]]
SITED = {"investigator", "coordinator"}
PEOPLE = ("custodian", "office", "doctor")
BEGIN: Held = frozenset({("custodian", "custodian"), ("office", "trial_manager"), ("doctor", "investigator")})


def state_of(held: Held) -> StudyState:
    state = StudyState("DEMO", environment="production")
    for person, role in sorted(held):
        one = state.people.setdefault(person, Person(person, person))
        one.appointed.append((role, "S01" if role in SITED else None))
    return state


def steps(held: Held, decide: Callable[..., object]) -> Iterator[tuple[str, tuple[str, str], Held]]:
    """Every appointment and dismissal that somebody who holds the right could make now."""
    state = state_of(held)
    for actor in state.people:
        own = {role for person, role in held if person == actor}
        for person in PEOPLE:
            for role in ROLES:
                site = "S01" if role in SITED else None
                setting = Setting(PROTOCOL, NOW, actor=actor)
                try:
                    if any("appoint" in ROLES[mine].acts for mine in own):
                        decide(state, a.Appoint(person, person, role, site), setting)
                        yield actor, (person, role), held | {(person, role)}
                    if any("dismiss" in ROLES[mine].acts for mine in own) and (person, role) in held:
                        decide_dismiss(state, a.Dismiss(person, role, site), setting)
                        yield actor, (person, role), held - {(person, role)}
                except Refusal:
                    continue


def escalations(depth: int, decide: Callable[..., object] = decide_appoint) -> list[tuple[str, tuple[str, str]]]:
    """Every way, of so many steps, to a role that one may not come to: one's own hand, a conflict, or from below."""
    found, seen, front = [], {BEGIN}, {BEGIN}
    for _ in range(depth):
        after: set[Held] = set()
        for held in front:
            for actor, (person, role), then in steps(held, decide):
                gained = then - held
                own = {right for who, mine in held if who == actor for right in ROLES[mine].acts}
                high = {"appoint", "dismiss", "amend", "erase", "unlock", "import", "unseal"} & set(ROLES[role].acts)
                roles = [mine for who, mine in then if who == person]
                clash = any(in_conflict(ROLES[x], ROLES[y]) for x, y in combinations(roles, 2))
                if gained and (actor == person or clash or high - own):
                    found.append((actor, (person, role)))
                after.add(then)
        front = after - seen
        seen |= after
    return found


def test_no_steps_lead_to_a_role_that_one_may_not_come_to():
    assert escalations(3 if os.environ.get("EQUIPOISE_SOAK") else 2) == []


def test_control_without_the_rules_of_appointment_escalations_are_found(monkeypatch):
    """As it was: the office made itself custodian, and the custodian an investigator."""
    monkeypatch.setattr("equipoise.conduct.acts.appoint._check_reach", lambda *_: None)
    monkeypatch.setattr("equipoise.conduct.acts.appoint.in_conflict", lambda *_: False)
    found = escalations(1)
    assert ("office", ("office", "custodian")) in found
    assert ("custodian", ("custodian", "investigator")) in found


def test_nobody_is_dismissed_from_below_and_whoever_leaves_may_go():
    trial = open_trial()
    trial.do(a.Appoint("second", "Second", "custodian"), as_="custodian")
    assert trial.codes(a.Dismiss("second", "custodian"), as_="ma") == ["role.above"]
    trial.do(a.Dismiss("second", "custodian"), as_="second")


def test_who_bears_the_name_of_another_is_asked_about_where_no_conflict_forbids_it():
    """F24: one person under two identifiers. The coordinator may be an investigator; under a second name nobody would know."""
    trial = open_trial()
    for receipt, others in (
        (trial.do(a.Appoint("chen2", "CHEN", "investigator", "S01"), as_="ma"), ["chen"]),
        (trial.do(a.Appoint("other", "Other", "monitor", organization="CRO"), as_="ma"), None),
    ):
        assert [f.code for f in receipt.findings] == (["person.namesake"] if others else [])
        assert receipt.entries[0].payload.get("namesakes") == others
    # Whoever works here no more is nobody's namesake, and a second role of one identifier is one person's.
    trial.do(a.Dismiss("chen", "coordinator", "S01"), a.Dismiss("chen2", "investigator", "S01"), as_="ma")
    assert trial.do(a.Appoint("chen3", "Chen", "coordinator", "S01"), as_="ma").findings == ()
    assert trial.do(a.Appoint("chen3", "Chen", "investigator", "S01"), as_="ma").findings == ()
    trial.check_whole()


# The importer -----------------------------------------------------------------------------------------------------

NOTE = a.NoteImport("i", {"name": "f.csv"}, {"name": "m.yaml"})


def test_an_importer_lives_inside_one_import_and_is_one_person():
    trial = open_trial()
    for person in ("importer", "ma", "p"):
        assert trial.codes(a.Appoint(person, person.title(), "importer"), as_="custodian") == ["role.importer"]
    with trial.desk.batch():
        trial.do(NOTE, a.Appoint(IMPORTER, "Importer", IMPORTER), as_="custodian")
        assert trial.codes(a.Appoint("p", "P", IMPORTER), as_="custodian") == ["role.importer"]
        trial.do(a.Screen("P1", "S01", DAY), as_=IMPORTER)
        trial.do(a.Dismiss(IMPORTER, IMPORTER), as_="custodian")
    assert trial.codes(a.Screen("P2", "S01", DAY), as_=IMPORTER) == ["authority.nobody"]
    assert trial.codes(a.Appoint(IMPORTER, "Importer", IMPORTER), as_="custodian") == ["role.importer"]


def test_an_import_that_leaves_its_importer_behind_is_not_kept():
    trial = open_trial()
    before = trial.head()
    with pytest.raises(Refusal) as refusal, trial.desk.batch():
        trial.do(a.NoteImport("j", {"name": "f.csv"}, {}), a.Appoint(IMPORTER, "Importer", IMPORTER), as_="custodian")
    assert [finding.code for finding in refusal.value.findings] == ["import.unfinished"]
    assert trial.head() == before


# Two persons ------------------------------------------------------------------------------------------------------


def asked(trial: Trial, act: a.Act, as_: str = "custodian") -> int:
    return trial.do(act, as_=as_).entries[0].seq


def two_custodians() -> Trial:
    trial = open_trial()
    trial.do(
        a.Appoint("second", "Second", "custodian"), a.Appoint("third", "Study  Custodian", "custodian"), as_="custodian"
    )
    return trial


@pytest.mark.parametrize(
    ("act", "done"), [(a.Unlock("late data"), "unlocked"), (a.Unseal("analysis"), "allocations_unsealed")]
)
def test_one_asks_and_another_agrees(act, done):
    trial = two_custodians()
    trial.do(a.Lock("final"), as_="custodian")
    number = asked(trial, act)
    assert done not in trial.kinds()
    for person in ("custodian", "third"):  # the third bears the first one's name
        assert trial.codes(a.Agree(number), as_=person) == ["agreement.same_person"]
    assert trial.codes(a.Agree(number), as_="ma") == ["authority.not_granted"]
    receipt = trial.do(a.Agree(number), as_="second", act_id="yes")
    assert [entry.kind for entry in receipt.entries] == ["agreed", done]
    assert trial.do(a.Agree(number), as_="second", act_id="yes").entries == receipt.entries
    assert trial.codes(a.Agree(number), as_="second") == ["agreement.unknown"]
    trial.check_whole()


def test_what_was_asked_is_decided_again_when_it_is_agreed_to():
    trial = two_custodians()
    form = trial.do(a.RecordForm(trial.consented(), "screening", "baseline", BASELINE)).entries[0].seq
    first, other = asked(trial, a.Erase(form, "a name", whole=True)), asked(trial, a.Erase(form, "a name", "age"))
    trial.do(a.Agree(first), as_="li")
    assert trial.codes(a.Agree(other), as_="li") == ["erasure.done"]
    trial.do(a.Lock("final"), as_="custodian")
    unlocking = asked(trial, a.Unlock("late"))
    trial.do(a.Dismiss("custodian", "custodian"), as_="second")
    assert trial.codes(a.Agree(unlocking), as_="second") == ["authority.nobody"]  # the asker may it no more


def test_what_waits_is_not_asked_for_a_second_time_whatever_the_reason():
    trial = two_custodians()
    trial.do(a.Lock("final"), as_="custodian")
    number = asked(trial, a.Unlock("late data"))
    for person in ("custodian", "second"):
        refusal = trial.refused(a.Unlock("for another reason"), person)
        assert [one.code for one in refusal.findings] == ["agreement.waiting"]
        assert f"request {number}" in refusal.findings[0].mend
    trial.do(a.Decline(number, "not yet"), as_="second")
    asked(trial, a.Unlock("late data"))


def test_a_request_is_repeated_by_its_id_and_declined_with_a_reason():
    trial = two_custodians()
    trial.do(a.Lock("final"), as_="custodian")
    receipt = trial.do(a.Unlock("late"), as_="custodian", act_id="r")
    assert trial.do(a.Unlock("late"), as_="custodian", act_id="r").entries == receipt.entries
    assert trial.refused(a.Unlock("other"), "custodian", "r").findings[0].code == "act.taken"
    number = receipt.entries[0].seq
    assert trial.codes(a.Decline(number, " "), as_="second") == ["reason.missing"]
    trial.do(a.Decline(number, "not needed"), as_="second")
    assert trial.codes(a.Agree(number), as_="second") == ["agreement.unknown"]


def test_control_an_act_that_asks_nobody_else_takes_effect_at_once(monkeypatch):
    monkeypatch.setitem(a.ACT_OF, a.Unlock, replace(a.ACT_OF[a.Unlock], agreed_by=lambda *_: None))
    trial = two_custodians()
    trial.do(a.Lock("final"), a.Unlock("late"), as_="custodian")
    assert "unlocked" in trial.kinds()


SEEN = {
    "results": lambda trial: trial.do(
        a.NoteReading("cut", (head := trial.store.head(trial.desk.study)).seq, head.hash, "shown"), as_="s"
    ),
    "letters": lambda trial: trial.do(
        a.NoteReading("cut", (head := trial.store.head(trial.desk.study)).seq, head.hash, "masked"), as_="s"
    ),
    "balance": lambda trial: trial.do(a.NoteBalance(), as_="s"),
    "envelopes": lambda trial: trial.do(a.MakeEnvelopes(1), as_="s"),
}
"""Ways to see arms of more than one participant."""


@pytest.mark.parametrize("way", SEEN)
def test_who_saw_arms_and_was_dismissed_takes_no_blinded_role(way):
    trial = open_trial()
    trial.do(a.Appoint("s", "Sun Wei", "unblinded_statistician"), as_="custodian")
    SEEN[way](trial)
    seq = trial.store.head(trial.desk.study).seq
    trial.do(a.Dismiss("s", "unblinded_statistician"), as_="custodian")
    for role in sorted(ROLES):
        site = "S01" if ROLES[role].own_site_only else None
        agrees = role == "unblinded_statistician" or frozenset({role, "unblinded_statistician"}) in TOGETHER
        for person, name in (("s", "Sun Wei"), (f"t_{role}", "sun wei")):
            asked = a.Appoint(person, name, role, site)
            if not agrees:
                refusal = trial.refused(asked, as_="custodian").findings[0]
                assert refusal.code == "role.has_seen"
                assert (refusal.facts["entry"], refusal.facts["other"]) == (seq, "unblinded_statistician")
            elif person == "s":
                trial.do(asked, a.Dismiss(person, role, site), as_="custodian")


def test_who_could_see_arms_and_did_not_may_take_any_role():
    trial = open_trial()
    trial.do(a.Appoint("s", "S", "unblinded_statistician"), a.Dismiss("s", "unblinded_statistician"), as_="custodian")
    trial.do(a.Appoint("s", "S", "investigator", "S01"), as_="custodian")


def test_an_amendment_makes_nobody_blind_who_saw_arms():
    """The role that they hold now is given what is for those who do not know the arms."""
    looks = "roles: [{id: reader, label: {en: R, zh: 阅}, acts: [unseal, see_allocation], own_site_only: false},"
    office = looks + " {id: office, label: {en: O, zh: 办}, acts: [%s], own_site_only: false}]"
    trial = open_trial(protocol=full_protocol(office % "pause"), people=False)
    trial.do(a.Appoint("s", "S", "reader"), as_="custodian")
    SEEN["results"](trial)
    trial.do(a.Dismiss("s", "reader"), a.Appoint("s", "S", "office"), as_="custodian")
    new = full_protocol(office % "pause, raise_query")
    new = new.model_copy(update={"study": new.study.model_copy(update={"version": "2.0"})})
    assert trial.codes(a.Amend(new, "2", "more", "at once"), as_="custodian") == ["amendment.has_seen"]
