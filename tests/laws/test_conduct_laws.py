"""Laws of the desk: whatever is asked in whatever order, no illegal step is taken, and the ledger, the projections and the
desk's own state say the same. The machine keeps a small model of its own and knows nothing of how the desk decides."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from equipoise.conduct import desk as desk_module
from equipoise.conduct.acts import (
    ACT_OF,
    Agree,
    AnswerQuery,
    Appoint,
    CloseQuery,
    CloseSite,
    Consent,
    ConsentPart,
    CorrectDate,
    CorrectValue,
    Draft,
    EndWithdrawal,
    Enroll,
    Erase,
    FailScreening,
    Lock,
    MarkInError,
    OpenSite,
    Pause,
    RaiseQuery,
    Randomize,
    RecordForm,
    ReportDeviation,
    Resume,
    ReviewAccess,
    ReviewTrail,
    Screen,
    Strike,
    Transfer,
    Unblind,
    Unlock,
    Withdraw,
)
from equipoise.conduct.acts import words as acts_words
from equipoise.conduct.authority import list_access
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.beginning import open_ledger
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.replay.projection import NAMES, projections
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.query import query_name
from equipoise.conduct.state.schemes import unseal_scheme
from equipoise.findings import Refusal
from equipoise.ledger import Fact, MemoryStore, memory_store
from equipoise.ledger.verify import verify_chain
from equipoise.protocol.identity import protocol_digest
from equipoise.randomization.rederive import RecordedAllocation, rederive
from tests.chinese import english_in, unsaid
from tests.hunting import examples
from tests.spec.minimal import minimal_protocol

SECRET = bytes(range(32))
# What the machine's people write; it is told as they wrote it.
WRITTEN = ("Is it so?", "as in the source", "a name", "not eligible", "late data", "found later", "one person")
NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)
DAY = "2024-02-01"
# A check of the record itself, and one that looks back from a later record, so that corrections open and close queries.
ASKING = """\
consent_parts: [{id: samples, label: {en: Samples, zh: 样本}}]
forms:
- id: baseline
  checks:
  - {id: grown_up, rule: "age >= 45 OR sex = 'M'", severity: query, message: {en: Too young; correct age or sex, zh: 年龄过小；请更正年龄或性别}}
- id: follow_up
  checks:
  - {id: old_or_well, rule: "first_age < 55 OR progressed", severity: query, message: {en: Look again, zh: 请再核对}}
variables:
- {id: first_age, label: {en: Age at baseline, zh: 基线年龄}, type: integer, unit: years, pick: {item: age, which: first}}
"""
PROTOCOL = minimal_protocol({"roles": None}, ASKING, "randomization: {blinding: double}")
DIGEST = protocol_digest(PROTOCOL)
PEOPLE = (
    ("li", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("chen", "coordinator", "S01"),
    ("ma", "trial_manager", None),
    ("zhao", "monitor", None),
    ("yu", "safety_physician", None),
)
# Mostly somebody who may, about somebody who can, on a day that will do: a machine that is always refused proves little.
NUMBERS = st.sampled_from(["P1", "P1", "P2", "P3"])
WHO = st.sampled_from([*["li"] * 7, "wang", "chen", "ma", "custodian", "stranger"])
SITES = st.sampled_from(["S01", "S02"])
DAYS = st.sampled_from([*[DAY] * 6, "2024-02-10", "2024-02-30", "2024-03-09"])
STOPS = (
    (Pause("safety"), Resume("safe")),
    (Pause("label", "sex=F"), Resume("label", "sex=F")),
    (CloseSite("S01", DAY), OpenSite("S01", DAY)),
)
# What must be on the ledger about a participant before an entry of this kind (21 CFR 11.10(f): operational sequence).
BEFORE = {
    "screened": (), "duplicate_suspected": ("screened",), "consented": ("screened",), "form_recorded": ("consented",),
    "value_corrected": ("form_recorded",), "enrolled": ("consented",), "allocated": ("enrolled",),
    "allocation_marked_in_error": ("allocated",), "withdrawn": ("screened",), "deviation_reported": ("screened",),
    "query_raised": ("screened",), "query_answered": ("query_raised",), "query_reopened": ("query_raised",),
    "query_closed": ("query_raised",), "record_struck": ("form_recorded",), "date_corrected": ("screened",),
    "withdrawal_ended": ("screened",), "part_consented": ("consented",), "screen_failed": ("screened",),
    "form_drafted": ("consented",), "transferred": ("screened",), "unblinded": ("allocated",),
}  # fmt: skip
ONCE = ("screened", "enrolled", "allocated", "allocation_marked_in_error")


class Conduct(RuleBasedStateMachine):
    """The real desk on a ledger in memory, asked for anything by anybody."""

    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.store = MemoryStore()
        open_ledger(self.store, PROTOCOL, DIGEST, SECRET, at=NOW)
        self.desks = [Desk(PROTOCOL, self.store, lambda: SECRET, lambda: NOW, digest=DIGEST) for _ in range(2)]
        self.asked = 0
        self.accepted: list[tuple[object, str, str, tuple[int, ...]]] = []

    @initialize()
    def begin(self) -> None:
        """The sites are open and the people appointed: what is worth testing comes after."""
        for site in ("S01", "S02"):
            self.desks[0].perform(OpenSite(site, DAY), as_="custodian")
        for person, role, site in PEOPLE:
            self.desks[0].perform(Appoint(person, person.title(), role, site), as_="custodian")
        self.desks[0].perform(Appoint("second", "Second Custodian", "custodian"), as_="custodian")
        self.come_in("P1", "F")
        self.come_in("P2", "F", "the first number was lost")

    def come_in(self, name: str, sex: str, again: str = "") -> None:
        """A participant who is ready to be randomized, so that chance is asked often enough."""
        for act in (
            Screen(name, "S01", DAY, "one person", again=again),
            Consent(name, DAY),
            baseline(name, 50, sex),
            Enroll(name, DAY),
        ):
            self.desks[0].perform(act, as_="li")

    def ask(self, act: object, who: str) -> None:
        """Ask one of the two desks; a refusal is an answer, anything else that is raised is a fault."""
        self.asked += 1
        act_id = f"a{self.asked}"
        before = self.store.head("DEMO").seq
        try:
            receipt = self.desks[self.asked % 2].perform(act, as_=who, act_id=act_id)
        except Refusal as refusal:
            assert refusal.findings
            assert [wrong for finding in refusal.findings for wrong in unsaid(finding, WRITTEN)] == []
            assert [entry.kind for entry in self.store.read("DEMO", after=before)] == ["refused"]
            return
        assert tuple(self.store.read("DEMO", after=before)) == receipt.entries
        assert english_in(receipt.say("zh"), WRITTEN) == []
        assert [wrong for finding in receipt.findings for wrong in unsaid(finding, WRITTEN)] == []
        if receipt.entries:
            self.accepted.append((act, who, act_id, tuple(entry.seq for entry in receipt.entries)))

    @rule(name=NUMBERS, site=SITES, day=DAYS, who=WHO, again=st.sampled_from(["", "screened before under another"]))
    def screen(self, name, site, day, who, again):
        self.ask(Screen(name, site, day, "one person", again=again), who)

    @rule(name=NUMBERS, day=DAYS, who=WHO)
    def consent(self, name, day, who):
        self.ask(Consent(name, day), who)

    @rule(
        name=NUMBERS,
        age=st.sampled_from([17, 50, 200]),
        sex=st.sampled_from(["F", "M"]),
        reason=st.sampled_from(["", "typo"]),
        who=WHO,
    )
    def record(self, name, age, sex, reason, who):
        self.ask(baseline(name, age, sex, reason), who)

    @rule(name=NUMBERS, occurrence=st.integers(0, 9), who=WHO)
    def follow_up(self, name, occurrence, who):
        values = {"seen_date": "2024-02-20", "progressed": False}
        self.ask(RecordForm(name, "every_3_months", "follow_up", values, occurrence=occurrence), who)

    @rule(
        name=NUMBERS,
        value=st.sampled_from([*range(50, 60), 16, 44, "old"]),
        reason=st.sampled_from(["typo", "typo", "typo", ""]),
        who=WHO,
    )
    def correct(self, name, value, reason, who):
        self.ask(CorrectValue(name, "screening", "baseline", "age", value, reason), who)

    @rule(
        name=NUMBERS,
        back=st.integers(0, 2),
        who=st.sampled_from(["zhao", "zhao", "li"]),
        answers=st.sampled_from(["chen", "chen", "zhao"]),
    )
    def query(self, name, back, who, answers):
        """A new question, and an answer to it or to an earlier one."""
        self.ask(RaiseQuery(name, {"en": "Is it so?"}, "screening", "baseline", item="age"), who)
        self.ask(AnswerQuery(name, self.some_query(name, back), "as in the source"), answers)

    @precondition(lambda self: self.store.projection("DEMO", "queries"))
    @rule(place=st.integers(0, 3), twice=st.booleans(), who=st.sampled_from(["zhao", "zhao", "zhao", "chen"]))
    def settle(self, place, twice, who):
        """Close one of the queries, open it again, and perhaps close it once more."""
        kept = list(self.store.projection("DEMO", "queries").values())
        name, query = (kept[place % len(kept)][key] for key in ("participant", "query"))
        self.ask(CloseQuery(name, query, "settled"), who)
        self.ask(RaiseQuery(name, {"zh": "请再说明"}, query=query), who)
        if twice:
            self.ask(CloseQuery(name, query, "settled"), who)

    def some_query(self, name: str, back: int) -> str:
        """One of the latest queries of a participant, or one that nobody raised."""
        raised = [entry.seq for entry in self.store.read("DEMO", participant=name, kinds=("query_raised",))]
        return query_name(raised[-1 - back]) if back < len(raised) else "Q0001"

    @rule(name=NUMBERS, day=DAYS, who=WHO)
    def enroll(self, name, day, who):
        self.ask(Enroll(name, day), who)

    @rule(name=NUMBERS, day=DAYS, who=WHO)
    def randomize(self, name, day, who):
        self.ask(Randomize(name, day), who)

    @rule(name=st.sampled_from(["P2", "P3"]), extent=st.sampled_from(["treatment", "follow_up", "consent"]), who=WHO)
    def withdraw(self, name, extent, who):
        self.ask(Withdraw(name, "2024-02-15", "wish", extent), who)

    @rule(
        name=NUMBERS,
        to=st.sampled_from([None, "P1", "P2", "P3"]),
        event=st.sampled_from(["screening", "consent", "enrollment", "randomization", "withdrawal"]),
        extent=st.sampled_from(["treatment", "follow_up", "consent", "screening"]),
        day=DAYS,
        who=WHO,
    )
    def mend(self, name, to, event, extent, day, who):
        """Everyday errors put right: struck out, moved, dated anew, taken back, half filled."""
        self.ask(Strike(name, "screening", "baseline", "one person", to_participant=to), who)
        self.ask(Draft(name, "screening", "baseline", {"age": 51}), who)
        self.ask(CorrectDate(name, event, day, "typo"), who)
        self.ask(EndWithdrawal(name, extent, "wish", None if day == DAY else day), who)

    @rule(name=NUMBERS, site=SITES, says=st.sampled_from(["agrees", "withdraws"]), day=DAYS, who=WHO)
    def change_standing(self, name, site, says, day, who):
        self.ask(ConsentPart(name, "samples", says, day), who)
        self.ask(
            FailScreening(name, day, "not eligible") if says == "agrees" else Transfer(name, site, day, "wish"),
            who if says == "agrees" else "ma",
        )

    @rule(name=NUMBERS)
    def turn_away(self, name):
        self.ask(Screen(name, "S01", DAY), "li")
        self.ask(FailScreening(name, DAY, "not eligible"), "li")

    @rule(name=NUMBERS)
    def think_again(self, name):
        self.ask(Withdraw(name, "2024-02-15", "wish", "treatment"), "li")
        self.ask(CorrectDate(name, "withdrawal", "2024-02-16", "typo", None, "treatment"), "li")
        self.ask(EndWithdrawal(name, "treatment", "recorded in error", None), "li")

    @rule(
        name=NUMBERS,
        who=WHO,
        category=st.sampled_from(["emergency", "emergency", "safety_report", "planned", "inadvertent"]),
        known_to=st.sampled_from(["", "chen", "li, chen"]),
        event=st.sampled_from([None, None, 20]),
    )
    def err(self, name, who, category, known_to, event):
        self.ask(Randomize(name, DAY), who)  # an error needs an allocation, which mostly comes too late for it
        self.ask(MarkInError(name, "not eligible"), who)
        self.ask(ReportDeviation(name, DAY, "eligibility", "found later"), who)
        self.ask(Unblind(name, category, "late data", event, known_to), "yu" if event is None else who)

    @rule(pair=st.sampled_from(STOPS), name=NUMBERS, who=st.sampled_from(["ma", "li"]))
    def stop_and_go(self, pair, name, who):
        stop, go = pair
        self.ask(stop, who)
        self.ask(Randomize(name, DAY), "li")
        self.ask(go, "ma")

    @rule(
        who=st.sampled_from(["ma", "custodian", "li"]),
        until=st.sampled_from([None, "2024-02-28", "2024-03-01", "2024-03-09", "soon"]),
        stale=st.booleans(),
    )
    def look_after_access(self, who, until, stale):
        """Somebody monitors until a day, or without an end, and the list of who may what is reviewed."""
        digest = list_access(self.desks[0].state()).digest
        self.ask(Appoint("zhao", "Zhao", "monitor", until=until), who)
        self.ask(ReviewAccess(digest if stale else list_access(self.desks[0].state()).digest, "late data"), who)
        head = self.store.head("DEMO").seq
        self.ask(ReviewTrail(head + stale, "clear", "late data", participant="P1" if until else None), "zhao")

    @rule(who=st.sampled_from(["custodian", "li"]))
    def lock(self, who):
        waiting = [q for q in self.store.projection("DEMO", "queries").values() if q["status"] != "closed"]
        self.ask(Lock("final", open_queries=len(waiting)), who)
        self.ask(Consent("P1", DAY), "li")
        self.ask(Unblind("P1", "emergency", "late data"), "li")
        self.ask(Unblind("P1", "planned", "late data"), "yu")
        self.ask(Unlock("late data"), "custodian")
        self.ask(Agree(self.store.head("DEMO").seq), "second")

    @rule(
        name=NUMBERS,
        value=st.integers(40, 49),
        back=st.integers(0, 3),
        who=st.sampled_from(["custodian", "custodian", "li"]),
    )
    def erase(self, name, value, back, who):
        """A corrected form, or one of the latest entries, whatever it is."""
        self.ask(CorrectValue(name, "screening", "baseline", "age", value, "typo"), "li")
        forms = [entry.seq for entry in self.store.read("DEMO", participant=name, kinds=("form_recorded",))]
        of_form = bool(forms) and back == 0
        self.ask(Erase(forms[-1] if of_form else self.store.head("DEMO").seq - back, "a name", whole=of_form), who)
        self.ask(Agree(self.store.head("DEMO").seq), "li")  # what a result reads waits for the site

    @rule(name=NUMBERS)
    def fail_half_way(self, name):
        """Whatever a batch has done when something breaks is as if it had not been."""
        before = self.store.head("DEMO")
        with pytest.raises(ZeroDivisionError), self.desks[0].batch():
            for act in (Screen("P9", "S01", DAY), Withdraw(name, DAY, "wish"), Randomize(name, DAY)):
                try:
                    self.desks[0].perform(act, as_="li")
                except Refusal:
                    pass
            raise ZeroDivisionError
        assert self.store.head("DEMO") == before

    @precondition(lambda self: self.accepted)
    @rule(data=st.data())
    def ask_again(self, data):
        """A request that was accepted gives the same entries for ever, and to nobody else."""
        act, who, act_id, seqs = data.draw(st.sampled_from(self.accepted))
        before = self.store.head("DEMO").seq
        try:
            receipt = self.desks[0].perform(act, as_=who, act_id=act_id)
        except Refusal as refusal:
            # Whose participant has moved asks in vain: what was done there is the other center's to see now.
            assert [finding.code for finding in refusal.findings] == ["authority.other_site"], f"{act}: {refusal}"
            name = act.entry if isinstance(act, Erase) else getattr(act, "participant", None)
            assert any(e.kind == "transferred" for e in self.store.read("DEMO", participant=name)), act
            return
        assert tuple(entry.seq for entry in receipt.entries) == seqs
        assert self.store.head("DEMO").seq == before

    def teardown(self) -> None:
        self.reached.update(entry.kind for entry in self.store.read("DEMO"))

    @invariant()
    def the_ledger_holds(self):
        check_laws(self.store)


def baseline(name: str, age: object, sex: str, reason: str = "") -> RecordForm:
    values = {"visit_date": DAY, "age": age, "sex": sex, "weight": "60.0"}
    return RecordForm(name, "screening", "baseline", values, reason=reason)


def check_laws(store) -> None:
    """Everything that must be true of a study's ledger at any moment."""
    entries = list(store.read("DEMO"))
    assert verify_chain(store, "DEMO").intact
    state = replay("DEMO", entries)
    assert {name: store.projection("DEMO", name) for name in NAMES} == projections(state)
    seen: dict[str, list[str]] = {}
    for entry in entries:
        if entry.participant is None or entry.kind not in BEFORE:
            continue
        so_far = seen.setdefault(entry.participant, [])
        assert set(BEFORE[entry.kind]) <= set(so_far), (entry.kind, entry.participant)
        assert entry.kind not in ONCE or entry.kind not in so_far, (entry.kind, entry.participant)
        assert not (entry.kind in ("enrolled", "allocated") and "withdrawn" in so_far)
        if entry.kind == "withdrawal_ended" and (entry.payload or {}).get("extent") != "screening":
            so_far.remove("withdrawn")
        so_far.append(entry.kind)
    for name, person in state.participants.items():
        assert participant_state(store, "DEMO", name) == person
    allocations = state.allocations or []
    assert [a.position for a in allocations] == list(range(1, len(allocations) + 1))
    recorded = [
        RecordedAllocation(a.participant, a.position, a.factors, a.sealed, a.version, a.in_error_after)
        for a in allocations
    ]
    schemes = [unseal_scheme(SECRET, "DEMO", kept) for kept in state.schemes]
    assert rederive(schemes, SECRET, "DEMO", recorded) == []
    check_erasures(entries)
    check_queries(entries, state)
    locked = False
    for entry in entries:
        locked = {"locked": True, "unlocked": False}.get(entry.kind, locked)
        assert not locked or entry.kind in WHILE_LOCKED
        assert not locked or (entry.payload or {}).get("category") != "planned"


def check_erasures(entries) -> None:
    """No correction outlives the form it corrects: it would bring an erased value back."""
    place = lambda said: (said["visit"], said["occurrence"], said["form"])  # noqa: E731
    erased = {e.payload["erases"]: e.payload for e in entries if e.kind == "erased"}
    standing: dict[tuple[object, ...], int] = {}
    for entry in entries:
        assert (entry.payload is None) is (entry.seq in erased)
        said = erased.get(entry.seq) if entry.payload is None else entry.payload
        if entry.kind == "form_recorded":
            standing[entry.participant, place(said)] = entry.seq
        elif entry.kind == "value_corrected" and entry.payload is not None:
            assert standing[entry.participant, place(said)] not in erased


def check_queries(entries, state) -> None:
    """None is lost; each lives as it may; and what the system asks is exactly what is broken or not yet settled."""
    erased = {entry.payload["erases"] for entry in entries if entry.kind == "erased"}
    raised = {query_name(entry.seq): entry for entry in entries if entry.kind == "query_raised"}
    kept = {query.id: query for person in state.participants.values() for query in person.queries.values()}
    assert kept.keys() == raised.keys()
    standing = dict.fromkeys(raised, "not raised")
    for entry in entries:
        if entry.kind == "query_raised":
            standing[query_name(entry.seq)] = "open"
        elif entry.kind.startswith("query_") and entry.payload is not None:
            name = entry.payload["query"]
            assert standing[name] in MAY_FOLLOW[entry.kind], (name, standing[name], entry.kind)
            standing[name] = {"query_answered": "answered", "query_closed": "closed"}.get(entry.kind, "open")
        elif entry.kind == "erased" and query_name(entry.payload["erases"]) in standing:
            standing[query_name(entry.payload["erases"])] = "closed"
    assert {name: query.status for name, query in kept.items() if raised[name].seq not in erased} == {
        name: status for name, status in standing.items() if raised[name].seq not in erased
    }
    waiting = Counter((q.participant, q.check, q.place) for q in kept.values() if q.check and q.unclosed)
    assert all(count == 1 for count in waiting.values())
    for person in state.participants.values():
        check_system(
            person,
            {(check, place.form, place.occurrence) for who, check, place in waiting if who == person.id},
            entries,
        )


# Nothing about a participant; who may agree to unlocking must be there.
WHILE_LOCKED = {
    *(
        "locked",
        "refused",
        "erased",
        "person_appointed",
        "person_dismissed",
        "access_reviewed",
        "trail_reviewed",
        "participant_trail_reviewed",
    ),
    *("agreement_asked", "agreed", "agreement_declined"),
    "unblinded",  # whoever must treat cannot wait for an unlocking
}
MAY_FOLLOW = {
    "query_answered": ("open",), "query_closed": ("open", "answered"), "query_reopened": ("answered", "closed"),
}  # fmt: skip


def check_system(person, waiting, entries) -> None:
    """No query of the system waits where its check holds; where one is broken, one waits or a person closed it so."""
    broken = set()
    holding = set()
    first = next((r.values["age"] for (_, _, form), r in person.records.items() if form == "baseline"), None)
    for (_, occurrence, form), record in person.records.items():
        values = record.values
        if form == "baseline":
            holds = values["age"] >= 45 or values["sex"] == "M"
            (holding if holds else broken).add(("grown_up", form, occurrence))
        elif form == "follow_up" and first is not None:
            (holding if first < 55 or values["progressed"] else broken).add(("old_or_well", form, occurrence))
    assert not waiting & holding
    by_hand = {
        (query.check, query.place.form, query.place.occurrence)
        for query in person.queries.values()
        if query.check and query.steps[-1].what == "query_closed" and not query.steps[-1].system
    }
    by_erasure = any(e.participant == person.id and e.kind == "erased" for e in entries)
    assert by_erasure or broken <= waiting | by_hand


QUICK = settings(
    max_examples=examples(480), stateful_step_count=30, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
)  # fmt: skip
HASTY = settings(QUICK, phases=(Phase.generate,), max_examples=300)


def test_no_order_of_acts_breaks_a_law():
    Conduct.reached.clear()
    run_state_machine_as_test(Conduct, settings=QUICK)
    # A machine that never came so far would prove nothing.
    assert {
        kind for kind in (*BEFORE, "erased", "locked", "site_closed", "refused") if not Conduct.reached[kind]
    } == set()


def careless_randomize(state, act, setting):
    """Forgets to ask whether the participant has an arm already."""
    person = state.participants[act.participant]
    kept, person.randomized = person.randomized, None
    try:
        return ACTS_AS_THEY_ARE[Randomize].decide(state, act, setting)
    finally:
        person.randomized = kept


def careless_consent(state, act, _setting):
    """Does not look whether the study is locked before it takes a consent."""
    said = {"participant": act.participant, "date": DAY, "version": "1.0"}
    return [Fact("consented", said, act.participant, state.participants[act.participant].site)]


ACTS_AS_THEY_ARE = dict(ACT_OF)


@pytest.mark.parametrize(("kind", "careless"), [(Randomize, careless_randomize), (Consent, careless_consent)])
def test_control_a_decision_that_forgets_a_rule_is_caught(monkeypatch, kind, careless):
    monkeypatch.setitem(desk_module.ACT_OF, kind, replace(ACT_OF[kind], decide=careless))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Conduct, settings=HASTY)


def test_control_a_refusal_that_nobody_translated_is_caught(monkeypatch):
    words = acts_words.TABLE.words["participant.randomized"]
    monkeypatch.setitem(acts_words.TABLE.words, "participant.randomized", replace(words, zh=words.en))
    with pytest.raises(AssertionError, match="randomized"):
        run_state_machine_as_test(Conduct, settings=HASTY)


def test_control_a_projection_that_lags_behind_is_caught(monkeypatch):
    kept = desk_module.project

    def forgetful(writer, state, entries):
        kept(writer, state, [entry for entry in entries if entry.kind != "value_corrected"])

    monkeypatch.setattr(desk_module, "project", forgetful)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Conduct, settings=HASTY)


def deaf(_state, _facts, _setting):
    """Asks nothing by itself."""
    return []


def forgetful(state, facts, setting):
    """Opens queries and never closes one."""
    return [fact for fact in queries_as_they_are(state, facts, setting) if fact.kind != "query_closed"]


def insistent(state, facts, setting):
    """Does not look whether a query waits already."""
    kept = {name: dict(person.queries) for name, person in state.participants.items()}
    for person in state.participants.values():
        person.queries.clear()
    try:
        return queries_as_they_are(state, facts, setting)
    finally:
        for name, person in state.participants.items():
            person.queries.update(kept[name])


queries_as_they_are = desk_module.decide_queries


@pytest.mark.parametrize("broken", [deaf, forgetful, insistent])
def test_control_a_system_that_asks_too_little_or_too_often_is_caught(monkeypatch, broken):
    monkeypatch.setattr(desk_module, "decide_queries", broken)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Conduct, settings=HASTY)


def test_control_a_desk_that_forgets_its_act_ids_is_caught(monkeypatch):
    monkeypatch.setattr(memory_store._MemoryWriter, "find_act", lambda _writer, _act: [])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Conduct, settings=HASTY)


def test_control_an_erasure_that_leaves_a_correction_behind_is_caught(monkeypatch):
    def careless_erase(state, act, setting):
        return ACTS_AS_THEY_ARE[Erase].decide(state, act, setting)[:1]

    monkeypatch.setitem(desk_module.ACT_OF, Erase, replace(ACT_OF[Erase], decide=careless_erase))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Conduct, settings=HASTY)
