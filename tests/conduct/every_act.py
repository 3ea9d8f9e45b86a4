"""A trial in which every act of `ACTS` takes place: one step after the other, singly and in lists, each by somebody who may.

`STEPS` is the table that a new act needs a row in. A step makes its act from the ledger as it stands, so that it is the
same act when it is asked again. What only a trial with a list made elsewhere does or a blinded one does is played in a second trial (`LISTED`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from equipoise.conduct import acts as a
from equipoise.conduct.authority import list_access
from equipoise.conduct.desk import Desk
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.state.query import query_name
from equipoise.ledger import Store
from equipoise.protocol.document import Protocol
from tests.conduct.small_trial import BASELINE, CHECKUP, DAY, full_protocol

STUDY = "DEMO"
LATER = "2024-02-10"
DIED = "forms: [{id: death, items: [{id: death_date, cdash: DTHDAT}]}]"
SAMPLES = "consent_parts: [{id: samples, label: {en: Samples, zh: 样本}}]"
RECORDED = "randomization: {blinding: single, scheme: {kind: recorded, sizes: ~, description: {en: List, zh: 名单}}}"
VERSION_2 = "study: {version: '2.0'}"
DIGEST_2 = "f" * 64
PEOPLE = (
    ("li", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("chen", "coordinator", "S01"),
    ("ma", "trial_manager", None),
    ("zhao", "monitor", None),
    ("stat", "unblinded_statistician", None),
    ("stat2", "unblinded_statistician", None),
    ("second", "custodian", None),
    ("gone", "monitor", None),
)
EVERYBODY = (*(person for person, _, _ in PEOPLE), "custodian", "stranger")


def changes_of(world: str, version: int = 1) -> list[str]:
    """What the protocol of one of the two trials changes in the full one, as it begins or as it is amended."""
    return [SAMPLES, DIED, *([RECORDED] if world == "listed" else []), *([VERSION_2] if version == 2 else [])]


def protocol_of(world: str, version: int = 1) -> Protocol:
    """The protocol of one of the two trials."""
    return full_protocol(*changes_of(world, version))


Make = Callable[[Store], a.Act]


@dataclass(frozen=True)
class Step:
    """One request: who asks, and the acts, of which several are one list."""

    who: str
    makes: tuple[Make, ...]
    quiet: bool = False
    """Nothing is left on the ledger: what is so already need not be entered."""

    def acts(self, store: Store) -> list[a.Act]:
        """The acts, from the ledger as it stands."""
        return [make(store) for make in self.makes]


def step(who: str, *acts: Any, quiet: bool = False) -> Step:
    return Step(who, tuple(act if callable(act) else (lambda _, act=act: act) for act in acts), quiet)


def last(store: Store, kind: str, participant: str | None = None) -> int:
    """The number of the last entry of a kind."""
    return max(e.seq for e in store.read(STUDY, kinds=(kind,)) if participant in (None, e.participant))


def asked(store: Store) -> str:
    """The name of the query that was raised last."""
    return query_name(last(store, "query_raised"))


def day_after(store: Store) -> str:
    """The day after the last entry, which is no day of the past at any site."""
    (entry,) = store.read(STUDY, after=store.head(STUDY).seq - 1)
    return (date.fromisoformat(entry.at[:10]) + timedelta(days=1)).isoformat()


def unclosed(store: Store) -> int:
    """How many queries are not closed."""
    return sum(query["status"] != "closed" for query in store.projection(STUDY, "queries").values())


def request(store: Store) -> int:
    return last(store, "agreement_asked")


def head_of(store: Store, seq: int) -> str:
    return next(entry.hash for entry in store.read(STUDY, after=seq - 1, upto=seq))


def baseline(name: str, **more: Any) -> a.RecordForm:
    return a.RecordForm(name, "screening", "baseline", {**BASELINE, **more})


def come_in(name: str, site: str = "S01") -> list[a.Act]:
    """All that comes before an arm, as one list."""
    return [a.Screen(name, site, DAY), a.Consent(name, DAY), baseline(name), a.Enroll(name, DAY)]


BEGIN = (
    step("custodian", a.OpenSite("S01", DAY)),
    step("custodian", a.OpenSite("S02", DAY), *(a.Appoint(who, who.title(), role, at) for who, role, at in PEOPLE)),
)
LISTED = (
    *BEGIN,
    step("li", *come_in("P1")),
    step("li", a.RecordAllocation("P1", DAY, "A", "the list")),
    step("li", *come_in("P2"), a.RecordAllocation("P2", DAY, "B", "the list")),
    step("li", a.Unblind("P1", "emergency", "bleeds, and must be treated")),
    step("stat", a.TakeList("f" * 64, 4, 2)),
)
STEPS = (
    *BEGIN,
    step("ma", a.OpenSite("S01", DAY), quiet=True),
    step("custodian", a.Appoint("extra", "Extra", "monitor")),
    step("custodian", a.Dismiss("gone", "monitor")),
    step("custodian", a.MapAccount("nurse", "li")),
    step("ma", a.CloseSite("S02", LATER), a.OpenSite("S02", LATER)),
    step("ma", a.CloseSite("S02", LATER)),
    step("ma", a.OpenSite("S02", LATER)),
    # Somebody comes in step by step, another as one list, a third is turned away.
    step("li", a.Screen("P1", "S01", DAY)),
    step("chen", a.Consent("P1", DAY)),
    step("li", a.ConsentPart("P1", "samples", "agrees", DAY)),
    step("chen", a.Draft("P1", "screening", "baseline", {"age": "51"})),
    step("chen", baseline("P1")),
    step("li", a.RecordForm("P1", "screening", "checkup", CHECKUP)),
    step("li", a.CorrectValue("P1", "screening", "baseline", "age", 52, "typo")),
    step("li", a.Enroll("P1", DAY)),
    step("li", *come_in("P2"), a.RecordForm("P2", "screening", "checkup", CHECKUP)),
    step("li", *come_in("P3")),
    step("li", *come_in("P4")),
    step("li", *come_in("P6")),
    step("chen", a.Screen("P5", "S01", DAY), a.Consent("P5", DAY), baseline("P5")),
    step("li", a.FailScreening("P5", DAY, "too old")),
    # Arms: drawn alone, drawn in a list, from an envelope; an error, and a true stratum.
    step("li", a.Randomize("P1", DAY)),
    step("li", a.Randomize("P2", DAY), a.Randomize("P3", DAY)),
    step("stat", a.MakeEnvelopes(2)),
    step("li", lambda store: a.EnterEnvelope("P4", f"{series(store)}-001", "A", "Wu", DAY, "no power")),
    step("li", a.MarkInError("P3", "not eligible")),
    step("li", a.RecordTrueStratum("P2", {"sex": "M"}, "typo")),
    # Everyday errors, in a list as well.
    step("li", a.Strike("P2", "screening", "checkup", "another person's")),
    step("li", a.CorrectDate("P6", "enrollment", "2024-02-02", "mistyped")),
    step("ma", a.ReportDeviation("P1", LATER, "visit", "late")),
    step("li", a.Withdraw("P6", LATER, "moved", "treatment")),
    step("li", a.EndWithdrawal("P6", "treatment", "came back", LATER)),
    step("li", a.Withdraw("P6", LATER, "moved"), a.EndWithdrawal("P6", "follow_up", "came back", LATER)),
    step("ma", a.Transfer("P6", "S02", LATER, "moved")),
    # Questions.
    step("zhao", a.RaiseQuery("P1", {"en": "Right?"}, "screening", "baseline", item="age")),
    step("chen", lambda store: a.AnswerQuery("P1", asked(store), "It is.")),
    step("zhao", lambda store: a.CloseQuery("P1", asked(store), "seen in the source")),
    step("zhao", lambda store: a.RaiseQuery("P1", {"en": "Again?"}, query=asked(store))),
    step("zhao", lambda store: a.CloseQuery("P1", asked(store), "seen again")),
    # What is removed: a form that nothing rests on goes by one hand, what a result reads by two.
    step("chen", a.RecordForm("P1", "notes", "remark", {"remark_text": "Li Nan"}, observed=LATER)),
    step("custodian", lambda store: a.Erase(last(store, "form_recorded", "P1"), "a name", whole=True)),
    step("custodian", lambda store: a.Erase(last(store, "deviation_reported", "P1"), "a name")),
    step("custodian", lambda store: a.Erase(last(store, "form_recorded", "P6"), "not to be kept", "age")),
    step("wang", lambda store: a.Decline(request(store), "it is none")),
    step("custodian", lambda store: a.Erase(last(store, "form_recorded", "P6"), "not to be kept", "age")),
    step("wang", lambda store: a.Agree(request(store))),
    step("custodian", a.Unseal("too early")),
    step("stat", lambda store: a.Decline(request(store), "not yet")),
    # Notes of what was looked at and taken.
    step("ma", lambda store: a.NoteCut("c1", 20, head_of(store, 20))),
    step("stat", a.NoteBalance("age")),
    step("ma", lambda store: a.NoteCheckpoint(20, head_of(store, 20), "safe")),
    step("stat", lambda store: a.NoteReading("casebook", 20, head_of(store, 20), "shown")),
    step("ma", lambda store: a.NoteCopy("casebook", 20, head_of(store, 20), "hidden", "0" * 64, site="S02")),
    step("zhao", a.ReviewTrail(20, "clear", "every line was read")),
    step("custodian", a.NoteImport("i1", {"name": "f.csv"}, {"name": "m.yaml"})),
    step("custodian", a.AcceptRestored(999, "0" * 64, "2024-03-01T00:00", "there", "disk lost")),
    step("ma", lambda store: a.ReviewAccess(list_access(load_study(store, STUDY)).digest, "all as it should be")),
    # The study as a whole.
    step("ma", a.Pause("safety")),
    step("ma", a.Resume("safe")),
    step("ma", a.Pause("safety", "sex=F"), a.Resume("safe", "sex=F")),
    step("custodian", lambda _: a.Amend(protocol_of("drawn", 2), DIGEST_2, "longer")),
    step("ma", lambda store: a.Adopt("S01", "2.0", LATER, day_after(store))),
    step("custodian", a.Lock("final")),
    step("custodian", a.Unlock("late data")),
    step("second", lambda store: a.Agree(request(store))),
    step("stat", a.Unseal("analysis")),
    step("stat2", lambda store: a.Agree(request(store))),
    step("li", a.Screen("P9", "S01", DAY)),
    step("custodian", a.Lock("final")),
)


def series(store: Store) -> int:
    """The number of the envelopes that were made last."""
    (*_, made) = store.read(STUDY, kinds=("envelopes_made",))
    return int((made.payload or {})["series"])


def perform(desk: Desk, number: int, one: Step) -> list[Receipt]:
    """Ask for a step under ids of its own: the same when it is asked again."""
    acts = one.acts(desk.store)
    if len(acts) == 1:
        return [desk.perform(acts[0], as_=one.who, act_id=f"step-{number}")]
    with desk.batch(keep_refusals=True):
        receipts = [desk.perform(act, as_=one.who, act_id=f"step-{number}-{n}") for n, act in enumerate(acts)]
    return [desk.told(receipt, one.who) for receipt in receipts]
