"""No chain of acts leads anybody to what the table of roles forbids them.

One person in each role, alone or under a second identifier of another name, tries every appointment, dismissal and
amendment in every order, three deep; beside a table written by hand (`tests/conduct/test_authority.py`). Whoever may see
arms is taken to have seen them, and knows them in whatever they are made afterwards. What the system
cannot know is stated: who appoints people may appoint a stranger, and cannot be told from one who bears a false name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.acts import ACT_OF
from equipoise.conduct.acts import amend as amending
from equipoise.conduct.acts import appoint as appointing
from equipoise.conduct.authority import authorize, may, rights_of, roles_of
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import Person, StudyState
from equipoise.findings import Refusal
from equipoise.protocol.document import Protocol
from equipoise.roles import RIGHTS
from tests.conduct.small_trial import full_protocol, open_trial
from tests.conduct.test_authority import EXPECTED, PARTICIPANT_ACTS, ROLES, STUDY_ACTS
from tests.conduct.test_duties import TOGETHER

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
TODAY = "2024-03-01"
DEPTH = 3
HIGH = {"appoint", "dismiss", "amend", "erase", "unlock", "import", "unseal"}
"""Rights that reach no second identifier either, unless its maker holds them."""
LOOKS = {"see_results", "make_envelopes", "take_list"}
"""Rights by which arms of more than one participant are seen."""
SITED = {"investigator", "coordinator"}
CHANGES_ROLES = {"appoint", "dismiss", "amend"}
"""The acts that change who may do what; that no other does is played below."""

PLAIN = full_protocol("randomization: {scheme: {kind: recorded, description: {en: list, zh: 表}, sizes: ~}}")
TEXT = "roles: [{{id: {role}, label: {{en: R, zh: 角}}, acts: [{acts}], own_site_only: {own}}}]"


def with_role(role: str, *more: str) -> Protocol:
    """The same protocol, in which a role may do more."""
    held = roles_of(PLAIN)[role]
    others = [one for name, one in roles_of(PLAIN).items() if name not in (role, "custodian", "importer")]
    text = TEXT.format(role=role, acts=", ".join([*held.acts, *more]), own=str(held.own_site_only).lower())
    made = PLAIN.model_copy(
        update={
            "roles": (*others, *full_protocol(text).roles),
            "study": PLAIN.study.model_copy(update={"version": "2.0"}),
        }
    )
    return Protocol.model_validate(made.model_dump())


AMENDED = {
    "plain": PLAIN,
    "custodian randomizes": with_role("custodian", "randomize"),
    "custodian sees": with_role("custodian", "see_allocation"),
    "monitor records": with_role("monitor", "record"),
    "manager unseals": with_role("trial_manager", "unseal"),
}
Held = frozenset[tuple[str, str, str | None]]
Saw = frozenset[tuple[str, str]]
World = tuple[Held, str, Saw]
"""Who holds which role where, the version in force, and who saw arms in which role."""
CAST = {"other_c": "custodian", "other_d": "investigator", "other_m": "trial_manager"}


def beginning(role: str) -> World:
    """`h` in the role, `m` a name that `h` may use, and others who look on."""
    cast = {("h", role, "S01" if role in SITED else None)}
    held = frozenset(cast | {(who, held, "S01" if held in SITED else None) for who, held in CAST.items()})
    return held, "plain", seeing(held, "plain")


def seeing(held: Held, name: str) -> Saw:
    """Whoever may see arms looks at once."""
    roles = roles_of(AMENDED[name])
    return frozenset((who, role) for who, role, _ in held if not LOOKS.isdisjoint(rights_of(roles[role])))


def state_of(world: World) -> StudyState:
    state = StudyState("DEMO", version="1.0" if world[1] == "plain" else "2.0", digest=world[1])
    state.digests, state.people = ["plain", world[1]], {}
    for person, role, site in sorted(world[0], key=str):
        state.people.setdefault(person, Person(person, person)).appointed.append((role, site))
    for person, role in sorted(world[2]):
        state.people.setdefault(person, Person(person, person)).saw[role] = 1
    return state


def steps(world: World, actors: str) -> Iterator[tuple[str, a.Act, World]]:
    """Every act by `h`, or by `m` once somebody made `m` something, that changes who may do what."""
    held, name, saw = world
    state, protocol = state_of(world), AMENDED[name]
    for actor in actors:
        if actor not in state.people:
            continue
        asked: list[a.Act] = [
            act(who, *([who] if act is a.Appoint else []), role, site)
            for act in (a.Appoint, a.Dismiss)
            for who in ("h", "m", "other_d")
            for role in ROLES
            for site in (None, "S01")
        ]
        asked += [a.Amend(new, digest, "more", "at once") for digest, new in AMENDED.items() if digest != name]
        for act in asked:
            setting = Setting(protocol, NOW, actor=actor)
            with contextlib.suppress(Refusal):
                authorize(state, protocol, actor, act.right, None, day=TODAY)
                facts = ACT_OF[type(act)].decide(state, act, setting)
                for fact in facts:
                    said = fact.payload
                    if isinstance(act, a.Amend):
                        yield actor, act, (held, act.digest, saw | seeing(held, act.digest))
                    else:
                        one = (said["person"], said["role"], said["site"])
                        then = held | {one} if isinstance(act, a.Appoint) else held - {one}
                        yield actor, act, (then, name, saw | seeing(then, name))


def wrong(role: str, world: World, actors: str) -> list[str]:
    """What `h`, who was given the role, may do though the table says no; what `m` may though its maker may not.

    Another may give `h` another role, as to anybody; a high one, or two that are apart, nobody can.
    """
    state, protocol = state_of(world), AMENDED[world[1]]
    table = {right for right in RIGHTS if EXPECTED[role, right] != "-"}
    rights = {who: {r for r in RIGHTS if may(state, protocol, who, r, "S01", day=TODAY)} for who in ("h", "m")}
    found = [f"h {right}" for right in rights["h"] - table if actors == "h" or right in HIGH]
    found += [f"m {right}" for right in rights["m"] & HIGH - table]
    for who in ("h", "m", "other_d"):
        roles = sorted({held for person, held, _ in world[0] if person == who})
        found += [
            f"{who} is {one} and {two}"
            for n, one in enumerate(roles)
            for two in roles[n + 1 :]
            if frozenset({one, two}) not in TOGETHER
        ]
        found += [
            f"{who} saw arms as {one} and is {two}"
            for seer, one in world[2]
            for two in roles
            if seer == who and one != two and one not in roles and frozenset({one, two}) not in TOGETHER
        ]
    return found


def escalations(role: str, depth: int, actors: str) -> list[str]:
    """Every chain of so many acts after which something is wrong, told by its last act."""
    seen, front, found = {beginning(role)}, [beginning(role)], []
    for _ in range(depth):
        after = []
        for world in front:
            for actor, act, then in steps(world, actors):
                if then in seen:
                    continue
                seen.add(then)
                after.append(then)
                found += [f"{actor} {act.right}: {what}" for what in wrong(role, then, actors)]
        front = after
    return found


@pytest.mark.parametrize("actors", ["h", "hm"])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "importer"])
def test_no_chain_of_three_acts_leads_to_what_the_table_forbids(role, actors):
    assert escalations(role, DEPTH, actors) == []


def test_nothing_but_appointing_dismissing_and_amending_changes_who_may_do_what():
    """Every act by somebody in every role, on a small study; who may do what is the same afterwards."""
    trial = open_trial()
    trial.randomized()
    for role in set(ROLES) - {"importer", "custodian"}:
        trial.do(a.Appoint(f"the_{role}", role, role, "S01" if role in SITED else None), as_="custodian")
    everybody = ["custodian", *(f"the_{role}" for role in ROLES if role not in ("importer", "custodian"))]
    passed = set()
    for right, act in {**PARTICIPANT_ACTS, **STUDY_ACTS}.items():
        for person in everybody:
            before = who_may(trial, everybody)
            with contextlib.suppress(ZeroDivisionError, Refusal), trial.desk.batch():
                trial.desk.perform(act, as_=person)
                passed.add(right)
                if who_may(trial, everybody) != before:
                    assert right in CHANGES_ROLES, (right, person)
                raise ZeroDivisionError
    assert {"appoint", "dismiss", "amend", "record", "unlock", "import"} - passed <= {"unlock"}


def who_may(trial, everybody: list[str]) -> set[tuple[str, str, str]]:
    """Who may do what, as the desk sees it within its turn."""
    state, protocol = trial.desk._state or trial.desk.state(), trial.desk.protocol
    people = {*everybody, *state.people}
    return {
        (who, right, str(site))
        for who in people
        for right in RIGHTS
        for site in ("S01", None)
        if may(state, protocol, who, right, site, day=TODAY)
    }


def test_whom_an_amendment_would_make_what_nobody_may_be_is_told():
    trial = open_trial(protocol=PLAIN)
    trial.do(a.Appoint("both", "Both", "monitor"), a.Appoint("both", "Both", "trial_manager"), as_="custodian")
    asked = {name: a.Amend(new, name, "more", "at once") for name, new in AMENDED.items() if name != "plain"}
    assert trial.codes(asked["custodian randomizes"], as_="custodian") == ["amendment.own_role"]
    assert trial.codes(asked["custodian sees"], as_="custodian") == ["amendment.own_role"]
    assert trial.codes(asked["monitor records"], as_="custodian") == ["amendment.conflict"]
    trial.do(a.Dismiss("both", "monitor"), as_="custodian")
    trial.do(asked["monitor records"], as_="custodian")


def test_control_without_the_rules_chains_are_found(monkeypatch):
    """As it was: a custodian amended themselves to randomize, in one act."""
    monkeypatch.setattr(amending, "_check_roles", lambda *_: None)
    found = escalations("custodian", 1, "h")
    assert {"h amend: h randomize", "h amend: h see_allocation"} <= set(found)


def test_control_an_office_that_appoints_whom_it_likes_is_found(monkeypatch):
    monkeypatch.setattr(appointing, "_check_reach", lambda *_: None)
    found = escalations("trial_manager", 2, "hm")
    assert any(one.startswith("h appoint: m appoint") or "m erase" in one for one in found)
    monkeypatch.setattr(appointing, "in_conflict", lambda *_: False)
    monkeypatch.setattr(appointing, "sighted", lambda *_: None)
    assert "h appoint: h randomize" in escalations("trial_manager", 1, "h")


def test_control_a_dismissal_that_forgets_what_was_seen_is_found(monkeypatch):
    """As it was: an office made a second identifier see arms, dismissed it, and let it record."""
    assert escalations("custodian", 3, "h") == []
    monkeypatch.setattr(appointing, "sighted", lambda *_: None)
    found = escalations("custodian", 3, "h")
    assert "h appoint: m saw arms as unblinded_statistician and is investigator" in found
