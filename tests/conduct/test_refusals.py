"""Every refusal that the desk and its acts can give is reached once, by its code; each is an entry and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct import words
from equipoise.conduct.acts import words as act_words
from equipoise.conduct.acts.enroll import decide_enroll
from equipoise.conduct.acts.randomize import decide_randomize
from equipoise.conduct.desk import Desk
from equipoise.conduct.refused import retold
from equipoise.conduct.sheet import words as sheet_words
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.query import query_name
from equipoise.conduct.state.state import Allocated, ParticipantState, StudyState
from equipoise.findings import Refusal
from equipoise.ledger import MemoryStore, Stamp
from equipoise.words import LANGUAGES
from tests.conduct import mending_cases, unblinding_cases
from tests.conduct.small_trial import BASELINE, CHECKUP, DAY, SECRET, Trial, full_protocol, open_trial
from tests.conduct.treated_trial import TREATED, drug

ASKED = """
forms:
- id: baseline
  checks: [{id: grown_up, rule: age >= 45, severity: query, message: {en: Too young, zh: 年龄过小}}]
"""
RECORDED = "randomization: {scheme: {kind: recorded, sizes: ~, description: {en: List, zh: 名单}}}"


def form(participant: str = "P1", visit: str = "screening", form: str = "baseline", **more) -> a.RecordForm:
    values = {"baseline": BASELINE, "checkup": CHECKUP}.get(form, {}) | more.pop("values", {})
    return a.RecordForm(participant, visit, form, values, **more)


def checkup(values=None, **more) -> a.RecordForm:
    return form(form="checkup", values=values or {}, **more)


def correction(item: str = "age", value: object = 52, **more) -> a.CorrectValue:
    return a.CorrectValue(
        "P1", "screening", more.pop("form", "baseline"), item, value, more.pop("reason", "typo"), **more
    )


def seen(t: Trial) -> Trial:
    """Sun saw arms and sees them no more."""
    t.do(a.Appoint("sun", "Sun", "unblinded_statistician"), as_="custodian")
    t.do(a.NoteBalance(), as_="sun")
    t.do(a.Dismiss("sun", "unblinded_statistician"), as_="custodian")
    return t


def ask(t: Trial) -> str:
    """A query of the monitor's about P1, and its name."""
    t.do(a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age"), as_="zhao")
    return queried(t)


def queried(t: Trial) -> str:
    """The name of the query that was raised last."""
    return query_name([entry.seq for entry in t.entries() if entry.kind == "query_raised"][-1])


def closed_by_hand(t: Trial) -> None:
    """A check asked, and the monitor closed it for good."""
    t.recorded(age=44)
    t.do(a.CloseQuery("P1", queried(t), "seen in the source"), as_="zhao")


def corrected_and_form_gone(t: Trial) -> None:
    """A correction whose form's payload was removed without the desk."""
    seq = t.head()
    t.do(correction())
    t.store.erase(t.study, seq, Stamp("by hand", "somebody", "", t.clock[-1]), "a name")


def answered(t: Trial) -> int:
    """The number of an entry that answers a query."""
    return t.do(a.AnswerQuery("P1", ask(t), "It is."), as_="chen").entries[0].seq


def later(t: Trial) -> None:
    """The next day."""
    t.clock.append(t.clock[-1] + timedelta(days=1))


# Code to: the protocol's changes, what is done first, the act, and who asks.
Case = tuple[str | tuple[str, ...], Callable[[Trial], object], Callable[[Trial], a.Act], str]


def case(act, *, first=lambda t: t.recorded(), who="li", protocol=()) -> Case:
    return protocol, first, act if callable(act) else (lambda _: act), who


def nothing(_trial: Trial) -> None:
    """Nothing is done first."""


def paused_and_enrolled(t: Trial) -> None:
    t.enrolled()
    t.do(a.Pause("safety", "sex=F"), as_="ma")


def tampered(t: Trial) -> None:
    """Another scheme in the file, the same name of the version: a change of the file, not an amendment."""
    t.enrolled()
    other = full_protocol("randomization: {scheme: {kind: permuted_blocks, sizes: [2]}}")
    t.desk = Desk(other, t.store, lambda: SECRET, lambda: t.clock[-1])


def amended(*changes: str, at_once: str = "") -> a.Amend:
    """An amendment to version 2.0 with these changes."""
    return a.Amend(full_protocol("study: {version: '2.0'}", *changes), "f" * 64, "approved", at_once)


def item(**said: str) -> str:
    """The baseline's item age, asked otherwise."""
    told = ", ".join(f"{name}: {value}" for name, value in said.items())
    return f"forms: [{{id: baseline, items: [{{id: age, {told}}}]}}]"


def _unblinded(t: Trial) -> None:
    t.do(a.Appoint("stat", "Stat", "unblinded_statistician"), as_="custodian")


def _envelopes(t: Trial) -> None:
    _unblinded(t)
    t.do(a.MakeEnvelopes(2), as_="stat")


def _envelope(number: str) -> a.EnterEnvelope:
    return a.EnterEnvelope("P1", number, "A", "Wu", DAY, "no power")


AGE = "{id: age, label: {en: Age, zh: 年龄}, type: integer, unit: years}"
MOVED = f"forms: [{{id: baseline, items: [{{id: age, remove: true}}]}}, {{id: remark, items: [{AGE}]}}]"
CASES: dict[str, Case] = {
    "adoption.before_approval": case(a.Adopt("S01", "1.0", DAY, "2024-01-31"), who="ma"),
    "adoption.date": case(a.Adopt("S01", "1.0", DAY, "2024-02-30"), who="ma"),
    "adoption.past": case(a.Adopt("S01", "1.0", DAY, "2024-02-20"), who="ma"),
    "adoption.version": case(a.Adopt("S01", "0.9", DAY, "2024-03-01"), who="ma"),
    "balance.blinded": case(
        a.NoteBalance("age"),
        first=lambda t: t.do(a.Appoint("w", "W", "watcher"), as_="custodian"),
        who="w",
        protocol=(
            "randomization: {blinding: double}",
            "roles: [{id: watcher, label: {en: W, zh: 观}, acts: [see_allocation], reads: [participants, results], own_site_only: false},"
            + ", ".join(
                f"{{id: {role}, label: {{en: R, zh: 角}}, acts: [pause], own_site_only: false}}"
                for role in ("investigator", "coordinator", "trial_manager", "monitor")
            )
            + "]",
        ),
    ),
    "amendment.blinding": case(amended("randomization: {blinding: double}"), who="custodian"),
    "envelope.many": case(a.MakeEnvelopes(0), first=_unblinded, who="stat"),
    "envelope.nothing_drawn": case(a.MakeEnvelopes(2), first=_unblinded, who="stat", protocol=RECORDED),
    "envelope.strata": case(
        a.MakeEnvelopes(2),
        first=_unblinded,
        who="stat",
        protocol=(
            "factors: [{id: place, label: {en: P, zh: 地}}]\nrandomization: {stratify_by: [place]}",
            "forms: [{id: baseline, items: [{id: place, label: {en: P, zh: 地}, type: text}]}]",
        ),
    ),
    "envelope.unknown": case(_envelope("9-001"), first=lambda t: (t.enrolled(), _envelopes(t))),
    "envelope.used": case(
        _envelope("1-001"),
        first=lambda t: (t.enrolled(), _envelopes(t), t.do(replace(_envelope("1-001"), participant=t.enrolled("P2")))),
    ),
    "amendment.own_role": case(
        amended("roles: [{id: custodian, label: {en: C, zh: 保}, acts: [appoint, amend, randomize], own_site_only: false}]"),
        who="custodian",
    ),
    "amendment.conflict": case(
        amended(
            "roles: [{id: monitor, label: {en: M, zh: 监}, acts: [record], own_site_only: false},"
            " {id: trial_manager, label: {en: T, zh: 管}, acts: [appoint], own_site_only: false}]"
        ),
        first=lambda t: t.do(
            a.Appoint("both", "Both", "monitor"), a.Appoint("both", "Both", "trial_manager"), as_="custodian"
        ),
        who="custodian",
    ),
    "amendment.has_seen": case(
        amended("roles: [{id: safety_physician, label: {en: S, zh: 安}, acts: [unblind, raise_query], own_site_only: false}]"),
        first=lambda t: seen(t).do(a.Appoint("sun", "Sun", "safety_physician"), as_="custodian"),
        who="custodian",
    ),
    "amendment.item_moved": case(amended(MOVED), who="custodian"),
    "amendment.item_type": case(amended(item(type="decimal")), who="custodian"),
    "amendment.item_unit": case(amended(item(unit="months")), who="custodian"),
    "amendment.name_reused": case(
        amended("forms: [{id: remark, items: [{id: died_on, label: {en: D, zh: 日}, type: text}]}]"),
        who="custodian",
    ),
    "amendment.not_by_site": case(amended("arms: [{id: C, label: {en: C, zh: C}, role: control}]"), who="custodian"),
    "amendment.visit_kind": case(amended("visits: [{id: notes, kind: scheduled, anchor: consent, day: 3}]"), who="custodian"),
    "act.taken": case(a.Screen("P2", "S01", DAY), first=lambda t: t.do(a.Screen("P1", "S01", DAY), act_id="one")),
    "allocation.source": case(a.RecordAllocation("P1", DAY, "A", " "), first=lambda t: t.enrolled(), protocol=RECORDED),
    "amendment.scheme": case(a.Amend(full_protocol(RECORDED, "study: {version: '2'}"), "f" * 64, "list"), who="custodian"),
    "amendment.study": case(a.Amend(full_protocol("study: {id: OTHER}"), "f" * 64, "other"), who="custodian"),
    "amendment.version": case(a.Amend(full_protocol("study: {phase: '3'}"), "f" * 64, "phase"), who="custodian"),
    "arm.unknown": case(a.RecordAllocation("P1", DAY, "C", "list"), first=lambda t: t.enrolled(), protocol=RECORDED),
    "authority.nobody": case(a.Screen("P2", "S01", DAY), who="stranger"),
    "authority.not_granted": case(a.Lock("final"), who="li"),
    "authority.other_site": case(a.Screen("P2", "S01", DAY), who="wang"),
    "checkpoint.no_such_entry": case(a.NoteCheckpoint(999, "0" * 64, "safe"), who="ma"),
    "agreement.waiting": case(
        a.Unlock("late"), first=lambda t: t.do(a.Lock("final"), a.Unlock("late"), as_="custodian"), who="custodian"
    ),
    "participant.dead": case(
        a.Randomize("P1", "2024-02-20"),
        first=lambda t: (t.enrolled(), t.do(a.RecordForm("P1", "notes", "death", {"death_date": "2024-02-10"}))),
        protocol="forms: [{id: death, items: [{id: death_date, cdash: DTHDAT}]}]",
    ),
    "deviation.reported": case(
        a.ReportDeviation("P1", DAY, "visit", "late "),
        first=lambda t: (t.recorded(), t.do(a.ReportDeviation("P1", DAY, "visit", "late"))),
    ),
    "query.asked": case(
        a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age"),
        first=lambda t: (t.recorded(), ask(t)),
        who="zhao",
    ),
    "consent.later": case(
        a.Enroll("P1", "2024-01-20"),
        first=lambda t: t.do(a.Screen("P1", "S01", "2024-01-10"), a.Consent("P1", DAY)),
    ),
    "consent.missing": case(a.Enroll("P1", DAY), first=lambda t: t.screened()),
    "consent.old_version": case(a.Consent("P1", DAY, "0.9")),
    "consent.withdrawn": case(a.Consent("P1", "2024-02-20"), first=lambda t: (t.consented(), t.do(a.Withdraw("P1", "2024-02-10", "no", "consent")))),
    "cut.no_such_entry": case(a.NoteCut("c", 0, "0" * 64), who="ma"),
    "date.differs": case(form(observed="2024-02-02"), first=lambda t: t.consented()),
    "date.future": case(a.Consent("P1", "2024-03-02")),
    "date.impossible": case(a.Consent("P1", "2024-02-30")),
    "date.order": case(a.Enroll("P1", "2024-01-15")),
    "deviation.empty": case(a.ReportDeviation("P1", DAY, "visit", "  ")),
    "eligibility.not_known": case(a.Enroll("P1", DAY), first=lambda t: t.consented()),
    "eligibility.not_met": case(a.Enroll("P1", DAY), first=lambda t: t.recorded(age=17)),
    "erasure.correction": case(lambda t: a.Erase(t.do(correction()).entries[0].seq, "a name"), who="custodian"),
    "erasure.done": case(
        lambda t: a.Erase(t.entries()[-1].payload["erases"], "a name"),
        first=lambda t: (t.recorded(), t.erased(t.head(), "a name")),
        who="custodian",
    ),
    "erasure.needed": case(a.Erase(1, "a name"), who="custodian"),
    "erasure.no_form": case(
        lambda t: a.Erase(t.head(), "a name", "text"),
        first=lambda t: t.do(a.ReportDeviation(t.consented(), DAY, "visit", "a name")),
        who="custodian",
    ),
    "erasure.no_such_item": case(lambda t: a.Erase(t.head(), "a name", "shoe"), first=lambda t: t.recorded(), who="custodian"),
    "erasure.which": case(lambda t: a.Erase(t.head(), "a name"), first=lambda t: t.recorded(), who="custodian"),
    "erasure.no_such_entry": case(a.Erase(999, "a name"), who="custodian"),
    "erasure.query": case(lambda t: a.Erase(answered(t), "a name"), who="custodian"),
    "factor.level": case(
        a.RecordTrueStratum("P1", {"sex": "X"}, "typo"), first=lambda t: t.randomized(), protocol="factors: [{id: sex, levels: [F, M]}]"
    ),
    "factor.none": case(a.RecordTrueStratum("P1", {}, "typo"), first=lambda t: t.randomized()),
    "factor.unknown": case(a.RecordTrueStratum("P1", {"shoe": "9"}, "typo"), first=lambda t: t.randomized()),
    "form.advised": case(a.CorrectValue("P1", "course", "drug", "told", "give", "better"), first=lambda t: (t.randomized(), t.do(drug("P1", "2024-02-06"))), protocol=TREATED),
    "form.check": case(checkup(groups={"lesions": [{"lesion_place": "liver", "lesion_size": 250}]}, overrides={"lesion_size.range": "seen"})),
    "form.computed": case(checkup({"bmi": "19.0"})),
    "form.medicine": case(
        a.RecordForm("P1", "screening", "stature", {"tall": "1.7", "mass_now": "60.0"}),
        protocol="""
forms:
- id: stature
  title: {en: Stature, zh: 身高}
  items:
  - {id: tall, label: {en: Height, zh: 身高}, type: decimal, unit: cm}
  - {id: mass_now, label: {en: Weight, zh: 体重}, type: decimal, unit: kg}
  - {id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}
  derivations: [{id: size, method: body_surface_area, inputs: {height: tall, weight: mass_now}, gives: {body_surface: surface}}]
visits: [{id: screening, forms: [baseline, checkup, stature]}]
""",
    ),
    "form.not_shown": case(checkup({"packs": 2})),
    "form.required": case(checkup({"stopped": True})),
    "form.rows": case(checkup(groups={"lesions": [{"lesion_place": "lung", "lesion_size": 9}] * 4})),
    "form.soft": case(checkup({"height": "220.0"})),
    "form.unknown_group": case(checkup(groups={"teeth": []})),
    "form.unknown_item": case(checkup({"hight": "170"})),
    "lock.open_queries": case(a.Lock("final"), first=lambda t: (t.recorded(), ask(t)), who="custodian"),
    "participant.enrolled": case(a.Enroll("P1", DAY), first=lambda t: t.enrolled()),
    "participant.in_error": case(
        a.MarkInError("P1", "again"), first=lambda t: (t.randomized(), t.do(a.MarkInError("P1", "not eligible")))
    ),
    "participant.not_enrolled": case(a.Randomize("P1", DAY)),
    "participant.not_randomized": case(a.MarkInError("P1", "why")),
    "amendment.identity": case(amended("identity: [passport]"), protocol="identity: [name]", who="custodian", first=lambda t: None),
    "identity.known": case(
        a.Screen("P2", "S01", DAY, "m"), first=lambda t: t.do(a.Screen("P1", "S01", DAY, "m"), a.Consent("P1", DAY))
    ),
    "identity.nobody_before": case(a.Screen("P2", "S01", DAY, again="was here")),
    "identity.wanted": case(a.Screen("P1", "S01", DAY), protocol="identity: [name]", first=lambda t: None),
    "identity.both": case(a.Screen("P2", "S01", DAY, "m", unidentified="no papers")),
    "identity.other_key": case(
        a.Screen("P2", "S01", DAY, f"{'1' * 8}:{'a' * 64}"),
        first=lambda t: t.do(a.Screen("P1", "S01", DAY, f"{'0' * 8}:{'a' * 64}")),
    ),
    "list.drawn_here": case(a.TakeList("f" * 64, 4, 2), first=_unblinded, who="stat"),
    "list.digest": case(a.TakeList("f", 4, 2), first=_unblinded, who="stat", protocol=RECORDED),
    "list.not_in_force": case(
        a.RecordAllocation("P1", DAY, "A", "list"),
        first=lambda t: (_unblinded(t), t.do(a.TakeList("f" * 64, 4, 2), as_="stat"), t.enrolled()),
        protocol=RECORDED,
    ),
    "agreement.unseen": case(
        lambda t: a.Agree(next(iter(t.desk.state().requests))),
        first=lambda t: (
            _unblinded(t),
            t.do(a.Appoint("sun", "Sun", "unblinded_statistician"), as_="custodian"),
            t.do(a.TakeList("f" * 64, 4, 2), as_="stat"),
        ),
        who="sun",
        protocol=RECORDED,
    ),
    "participant.alike": case(a.Screen("p-01", "S01", DAY)),
    "participant.number": case(a.Screen("P 1", "S01", DAY)),
    "participant.number_form": case(a.Screen("Q-9", "S01", DAY), protocol="id_pattern: 'P[0-9]'"),
    "participant.randomized": case(a.Randomize("P1", DAY), first=lambda t: t.randomized()),
    "participant.taken": case(a.Screen("P1", "S01", DAY)),
    "participant.unknown": case(a.Consent("P9", DAY)),
    "participant.withdrawn": case(a.Randomize("P1", DAY), first=lambda t: (t.enrolled(), t.do(a.Withdraw("P1", DAY, "left")))),
    "person.last": case(
        a.Dismiss("custodian", "custodian"), first=lambda t: t.do(a.Dismiss("ma", "trial_manager"), as_="custodian"), who="custodian"
    ),
    "appointment.day": case(a.Appoint("new", "New", "monitor", until="2024-02-30"), who="ma"),
    "appointment.past": case(a.Appoint("new", "New", "monitor", until=DAY), who="ma"),
    "authority.ended": case(
        a.Pause("safety"), first=lambda t: (t.do(a.Appoint("new", "New", "trial_manager", until="2024-03-01"), as_="custodian"), later(t)), who="new"
    ),
    "person.organization": case(a.Appoint("new", "New", "monitor", organization="\x1b[2J"), who="custodian"),
    "person.nameless": case(a.Appoint(" ", "Somebody", "monitor"), who="ma"),
    "person.not_appointed": case(a.Dismiss("li", "coordinator", "S01"), who="ma"),
    "person.taken": case(a.Appoint("li", "Li Nan", "coordinator", "S01"), who="ma"),
    "query.closed": case(
        lambda t: a.CloseQuery("P1", queried(t), "again"),
        first=lambda t: (t.recorded(), t.do(a.CloseQuery("P1", ask(t), "seen in the source"), as_="zhao")),
        who="zhao",
    ),
    "query.empty": case(lambda t: a.AnswerQuery("P1", ask(t), "  ")),
    "query.language": case(a.RaiseQuery("P1", {"fr": "Pourquoi ?"}), who="zhao"),
    "query.not_again": case(
        lambda t: a.RaiseQuery("P1", {"en": "Still?"}, query=queried(t)),
        first=lambda t: (t.recorded(), t.erased(int(ask(t)[1:]), "a name")),
        who="zhao",
    ),
    "query.not_open": case(
        lambda t: a.AnswerQuery("P1", queried(t), "It is."),
        first=lambda t: (t.recorded(), t.do(a.AnswerQuery("P1", ask(t), "It is."), as_="chen")),
    ),
    "query.open": case(lambda t: a.RaiseQuery("P1", {"en": "Again?"}, query=ask(t)), who="zhao"),
    "query.place": case(a.RaiseQuery("P1", {"en": "Why?"}, "screening", item="age"), who="zhao"),
    "query.unknown": case(a.AnswerQuery("P1", "Q9999", "It is.")),
    "randomization.factor_level": case(a.Randomize("P1", DAY), first=lambda t: t.enrolled(), protocol="factors: [{id: sex, levels: [M]}]"),
    "randomization.factor_missing": case(
        a.Randomize("P1", DAY), first=lambda t: t.enrolled(), protocol="{factors: [{id: smoker, label: {en: S, zh: 烟}}], randomization: {stratify_by: [smoker]}}"
    ),
    "randomization.not_recorded": case(a.RecordAllocation("P1", DAY, "A", "list"), first=lambda t: t.enrolled()),
    "randomization.scheme_changed": case(a.Randomize("P1", DAY), first=tampered),
    "reason.missing": case(correction(reason=" ")),
    "record.missing": case(correction(), first=lambda t: t.consented()),
    "record.no_row": case(
        correction("lesion_size", 5, form="checkup", group="lesions", row=1), first=lambda t: (t.consented(), t.do(checkup()))
    ),
    "review.outcome": case(a.ReviewTrail(1, "fine", "read"), who="zhao"),
    "review.part": case(a.ReviewTrail(1, "clear", "read", "S01", "P1"), who="zhao"),
    "review.other_list": case(a.ReviewAccess("0" * 16, "all as it should be"), who="ma"),
    "role.has_seen": case(a.Appoint("sun", "Sun", "monitor"), first=lambda t: seen(t), who="custodian"),
    "role.conflict": case(a.Appoint("li", "Li", "unblinded_statistician"), who="ma"),
    "role.above": case(a.Appoint("new", "New", "custodian"), who="ma"),
    "account.above": case(a.MapAccount("bob", "custodian"), who="ma"),
    "account.form": case(a.MapAccount("bob\x1b[2J", "li"), who="custodian"),
    "account.names": case(a.MapAccount("bob", "li", "everybody"), who="custodian"),
    "account.nobody": case(a.MapAccount("bob", "nobody"), who="custodian"),
    "account.others": case(a.MapAccount("bob", "li", "anybody"), who="ma"),
    "role.importer": case(a.Appoint("importer", "Importer", "importer"), who="custodian"),
    "role.self": case(a.Appoint("ma", "Ma", "data_manager"), who="ma"),
    "agreement.unknown": case(a.Agree(7), who="custodian"),
    "agreement.same_person": case(lambda t: a.Agree(t.do(a.Lock("x"), a.Unlock("y"), as_="custodian").entries[0].seq), who="custodian"),
    "role.needs_site": case(a.Appoint("new", "New", "investigator"), who="ma"),
    "role.unknown": case(a.Appoint("new", "New", "emperor"), who="ma"),
    "site.closed": case(a.Screen("P2", "S01", DAY), first=lambda t: t.do(a.CloseSite("S01", DAY), as_="ma")),
    "site.not_open": case(a.CloseSite("S09", DAY), who="ma"),
    "site.unknown": case(a.OpenSite("S09", DAY), who="ma"),
    "stratum.unknown": case(a.Pause("safety", "sex"), who="ma"),
    "stratum.paused": case(a.Randomize("P1", DAY), first=paused_and_enrolled),
    "study.locked": case(correction(), first=lambda t: (t.recorded(), t.do(a.Lock("final"), as_="custodian"))),
    "study.not_locked": case(a.Unlock("why"), who="custodian"),
    "study.not_paused": case(a.Resume("why"), who="ma"),
    "study.paused": case(a.Screen("P2", "S01", DAY), first=lambda t: t.do(a.Pause("safety"), as_="ma")),
    **unblinding_cases.CASES,
    "visit.does_not_apply": case(form(visit="smokers", form="follow_up"), first=lambda t: (t.consented(), t.do(checkup()))),
    "visit.form_not_due": case(form(form="death")),
    "visit.occurrence": case(form(occurrence=2)),
    "visit.too_early": case(form(visit="every_3_months", form="follow_up")),
    "visit.unknown": case(form(visit="moon")),
    **mending_cases.CASES,
}  # fmt: skip
# Refused before there is an act or a turn to enter it in; each has its own test below or among the acts' words.
NO_ENTRY = {
    "act.unknown", "act.unknown_field", "act.missing_field", "act.field_type", "study.not_opened",
    "study.protocol_changed", "desk.no_secret", "randomization.no_commitment", "randomization.not_standing",
    "import.unfinished", "envelope.alone",
}  # fmt: skip


# Other wordings of these codes, and the same code said by another room.
RULED = """
visits:
- {id: treated, label: {en: Treatment, zh: 治疗}, anchor: enrollment, day: 7, forms: [remark]}
variables: [{id: odd, label: {en: Odd, zh: 奇}, type: boolean, rule: "CASE WHEN age > 200 THEN TRUE END"}]
eligibility: {criteria: [{id: E2, kind: exclusion, text: {en: Odd, zh: 奇}, rule: odd}]}
"""
FURTHER: dict[str, Case] = {
    "conduct: authority.other_site/whole": case(
        a.Pause("safety"), who="new", first=lambda t: t.do(a.Appoint("new", "New", "trial_manager", "S01"), as_="ma")
    ),
    "conduct.acts: consent.missing": case(form(), first=lambda t: t.screened()),
    "conduct.acts: date.differs/recorded": case(
        a.RecordForm("P1", "notes", "remark", {"remark_text": "well"}, observed="2024-02-03"),
        first=lambda t: (t.consented(), t.do(a.RecordForm("P1", "notes", "remark", {"remark_text": "well"}))),
    ),
    "conduct.acts: eligibility.not_met/exclusion": case(
        a.Enroll("P1", DAY),
        first=lambda t: (t.consented(), t.do(form(values={"weight": "29.9"}, overrides={"weight.range": "weighed twice"}))),
    ),
    "conduct.acts: eligibility.not_known": case(a.Enroll("P1", DAY), protocol=RULED),
    "conduct.acts: erasure.correction/kept": case(
        lambda t: a.Erase(t.head(), "a name"), first=lambda t: (t.recorded(), t.erased(t.head(), item="weight")), who="custodian"
    ),
    "conduct.acts: erasure.correction/form_gone": case(
        lambda t: a.Erase(t.head() - 1, "a name"), first=lambda t: (t.recorded(), corrected_and_form_gone(t)), who="custodian"
    ),
    "conduct.acts: form.unknown_item/queried": case(a.RaiseQuery("P1", {"en": "?"}, "screening", "baseline", item="shoe"), who="zhao"),
    "conduct.acts: form.unknown_item": case(
        correction("shoe", 9, form="checkup", group="lesions", row=1), first=lambda t: (t.consented(), t.do(checkup()))
    ),
    "conduct.acts: lock.open_queries": case(
        a.Lock("final"), first=lambda t: (t.recorded(), ask(t), t.do(a.RaiseQuery("P1", {"en": "Why?"}), as_="zhao")), who="custodian"
    ),
    "conduct.acts: lock.open_queries/none": case(a.Lock("final", open_queries=2), who="custodian"),
    "conduct.acts: participant.not_enrolled/recorded": case(a.RecordAllocation("P1", DAY, "A", "list"), protocol=RECORDED),
    "conduct.acts: participant.randomized/recorded": case(
        a.RecordAllocation("P1", DAY, "A", "list"), protocol=RECORDED,
        first=lambda t: (t.enrolled(), t.do(a.RecordAllocation("P1", DAY, "B", "list"))),
    ),
    "conduct.acts: participant.withdrawn": case(a.Withdraw("P1", DAY, "left"), first=lambda t: (t.screened(), t.do(a.Withdraw("P1", DAY, "left")))),
    "conduct.acts: participant.withdrawn/enroll": case(a.Enroll("P1", DAY), first=lambda t: (t.recorded(), t.do(a.Withdraw("P1", DAY, "left")))),
    "conduct.acts: participant.withdrawn/observed": case(
        correction("visit_date", "2024-02-20"), first=lambda t: (t.recorded(), t.do(a.Withdraw("P1", DAY, "left")))
    ),
    "conduct.acts: participant.withdrawn/undated": case(
        a.RecordForm("P1", "notes", "remark", {"remark_text": "well"}),
        first=lambda t: (t.consented(), t.do(a.Withdraw("P1", DAY, "left"))),
    ),
    "conduct.acts: person.last/until": case(
        lambda t: a.Appoint("custodian", "Study custodian", "custodian", until="2024-03-09"),
        first=lambda t: (
            t.do(a.Appoint("second", "Second", "custodian", until="2024-03-09"), a.Dismiss("ma", "trial_manager"), as_="custodian")
        ),
        who="second",
    ),
    "conduct.acts: person.not_appointed": case(a.Dismiss("li", "monitor"), who="ma"),
    "conduct.acts: query.empty": case(a.RaiseQuery("P1", {}), who="zhao"),
    "conduct.acts: query.not_again": case(
        lambda t: a.RaiseQuery("P1", {"en": "Still?"}, query=queried(t)), who="zhao", protocol=ASKED, first=lambda t: closed_by_hand(t)
    ),
    "conduct.acts: query.not_open": case(
        lambda t: a.AnswerQuery("P1", queried(t), "It is."),
        first=lambda t: (t.recorded(), t.do(a.CloseQuery("P1", ask(t), "seen"), as_="zhao")),
    ),
    "conduct.acts: query.unknown": case(a.AnswerQuery("P1", "Q9999", "It is."), first=lambda t: (t.recorded(), ask(t))),
    "conduct.acts: record.no_row/queried": case(
        a.RaiseQuery("P1", {"en": "?"}, "screening", "checkup", group="lesions", row=2, item="lesion_size"),
        who="zhao", first=lambda t: (t.consented(), t.do(checkup())),
    ),
    "conduct.acts: randomization.not_recorded/restored": case(
        a.RecordAllocation("P1", "2024-03-02", "A", "the sheet"),
        first=lambda t: (t.enrolled(), t.do(a.AcceptRestored(99, "f" * 64, DAY, "here", "disk lost"), as_="custodian"),
                         t.clock.append(t.clock[-1] + timedelta(days=1))),
    ),
    "conduct.acts: role.has_seen/namesake": case(
        a.Appoint("sun2", "SUN", "monitor"), first=lambda t: seen(t), who="custodian"
    ),
    "conduct.acts: role.conflict/namesake": case(a.Appoint("li2", "LI", "monitor"), who="ma"),
    "conduct.acts: site.unknown/of_role": case(a.Appoint("new", "New", "investigator", "S09"), who="ma"),
    "conduct.acts: stratum.unknown/none": case(a.Pause("safety", "sex=F"), who="ma", protocol="randomization: {stratify_by: []}"),
    "conduct.acts: study.paused/randomization": case(
        a.Randomize("P1", DAY), first=lambda t: (t.enrolled(), t.do(a.Pause("safety"), as_="ma"))
    ),
    "conduct.acts: visit.does_not_apply/not_known": case(form(visit="smokers", form="follow_up")),
    "conduct.acts: visit.too_early": case(form(visit="treated", form="remark"), protocol=RULED),
    **{
        f"conduct.acts: query.place {lacking}": case(a.RaiseQuery("P1", {"en": "?"}, **place), who="zhao")
        for lacking, place in {
            "visit": {"form": "baseline"},
            "row": {"visit": "screening", "form": "checkup", "group": "lesions"},
            "group": {"visit": "screening", "form": "checkup", "row": 1},
        }.items()
    },
    **mending_cases.FURTHER,
    **unblinding_cases.FURTHER,
}  # fmt: skip


def test_no_refusal_is_without_a_case():
    codes = {
        key.partition("/")[0] for table in (words.TABLE, act_words.TABLE, sheet_words.TABLE) for key in table.words
    }
    assert codes == set(CASES) | NO_ENTRY


@pytest.mark.parametrize("code", CASES)
def test_every_refusal_is_reached_and_is_an_entry_and_changes_nothing(code):
    changes, first, act, who = CASES[code]
    trial = open_trial(*((changes,) if isinstance(changes, str) else changes))
    first(trial)
    asked = act(trial)
    before, records = trial.head(), trial.store.projection(trial.study, "records")
    refusal = trial.refused(asked, who, act_id="one" if code == "act.taken" else "asked")
    assert code in [finding.code for finding in refusal.findings]
    for finding in refusal.findings:
        assert finding.what, finding
        assert finding.why, finding
        assert finding.mend.endswith((".", "?")), finding
    assert trial.kinds(before) == ["refused"]
    entry = trial.entries()[-1]
    assert entry.actor == who
    assert entry.payload["act"] == asked.right
    kept = entry.payload["findings"]
    assert [said["code"] for said in kept] == [f.code for f in refusal.findings]
    # What was entered can be told again, in either language, from its code and facts.
    for language in LANGUAGES:
        assert [retold(said, language) for said in kept] == [f.say(language) for f in refusal.findings]
    assert trial.store.projection(trial.study, "records") == records
    trial.check_whole()


@pytest.mark.parametrize("wording", FURTHER)
def test_every_other_wording_is_reached(wording):
    changes, first, act, who = FURTHER[wording]
    trial = open_trial(*((changes,) if isinstance(changes, str) else changes))
    first(trial)
    refusal = trial.refused(act(trial), who)
    assert wording.rpartition(" ")[0] in [f.wording for f in refusal.findings] or wording in [
        f.wording for f in refusal.findings
    ]
    for said, finding in zip(trial.entries()[-1].payload["findings"], refusal.findings, strict=True):
        assert retold(said, "zh") == finding.say("zh")


def test_what_was_refused_before_facts_were_kept_is_told_as_it_was_said():
    said = {"code": "study.locked", "what": "the study is locked", "why": "it was locked: final", "mend": "Ask."}
    assert retold(said, "zh").what == "the study is locked"
    assert retold({**said, "wording": "gone: study.locked", "facts": {}}, "zh").what == "the study is locked"


def test_a_desk_on_a_ledger_without_the_study_refuses():
    desk = Desk(full_protocol(), MemoryStore(), lambda: SECRET)
    with pytest.raises(Refusal) as refusal:
        desk.perform(a.OpenSite("S01", DAY), as_="custodian")
    assert refusal.value.findings[0].code == "study.not_opened"


def test_a_desk_with_another_protocol_than_the_one_in_force_refuses():
    trial = open_trial()
    other = Desk(full_protocol("study: {phase: '3'}"), trial.store, lambda: SECRET, digest="f" * 64)
    before = trial.head()
    with pytest.raises(Refusal) as refusal:
        other.perform(a.OpenSite("S01", DAY), as_="custodian")
    assert refusal.value.findings[0].code == "study.protocol_changed"
    assert trial.head() == before


def ready() -> tuple[StudyState, Setting]:
    trial = open_trial()
    trial.enrolled()
    state = StudyState("DEMO", sites={"S01": "open"}, allocations=[])
    person = trial.desk._state.participants["P1"]
    state.participants["P1"] = person
    return state, Setting(full_protocol(), trial.clock[-1])


def test_nobody_is_randomized_without_the_secret_or_without_a_commitment_to_it():
    state, setting = ready()
    with pytest.raises(Refusal) as refusal:
        decide_randomize(state, a.Randomize("P1", DAY), setting)
    assert refusal.value.findings[0].code == "desk.no_secret"
    with pytest.raises(Refusal) as refusal:
        decide_randomize(state, a.Randomize("P1", DAY), Setting(full_protocol(), setting.now, lambda: SECRET))
    assert refusal.value.findings[0].code == "randomization.no_commitment"


def test_a_decision_alone_needs_no_desk():
    state = StudyState("DEMO", sites={"S01": "open"})
    state.participants["P1"] = ParticipantState("P1", "S01", DAY, consents=[(DAY, "1.0")])
    protocol = full_protocol("eligibility: ~")
    facts = decide_enroll(state, a.Enroll("P1", DAY), Setting(protocol, open_trial(people=False).clock[-1]))
    assert [(fact.kind, fact.participant, fact.site) for fact in facts] == [("enrolled", "P1", "S01")]
    assert Allocated("P1", 1, "s", (), 1, "sealed").in_error_after is None
