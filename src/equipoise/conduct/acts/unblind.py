"""Unblind one participant: the arm is told at once to whoever must act on it, and to nobody else; that it was is kept.

Nobody may delay an emergency: one person suffices, at any hour, in a locked, paused or unsealed study and for whoever
left it (ICH E6(R3) 4.1.4). What is no emergency asks for more: a report of a serious event names it and is the
safety person's, what is planned is theirs too, and what came out by mistake is written down and tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.authority import may
from equipoise.conduct.entries.unblinding import UNBLINDED
from equipoise.conduct.guards import check_day, need_participant, need_reason, today_at
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import Allocated, Category, ParticipantState, StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.ledger import Fact
from equipoise.protocol.document import Protocol
from equipoise.wording.literals import literals_checked

__all__ = ["ACT", "Unblind"]

# Whoever holds one of these answers for how the trial is watched, and must know that a blind was broken.
_WATCH = ("raise_query", "pause")


@literals_checked
@dataclass(frozen=True, slots=True)
class Unblind:
    """`event`: entry of the serious event. `known_to`: who else knows. `date`: of what came out by mistake."""

    right: ClassVar[str] = "unblind"
    participant: str
    category: Category
    reason: str
    event: int | None = None
    known_to: str = ""
    date: str | None = None


def decide_unblind(state: StudyState, act: Unblind, setting: Setting) -> list[Fact]:
    """unblinded, without the arm. Raises Refusal with the reason and what would mend it."""
    protocol = setting.study_wide
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, phrase("of.unblinding"))
    if protocol.randomization.blinding == "open":
        refuse("unblinding.open", "randomization.blinding")
    if person.randomized is None:
        refuse("unblinding.not_randomized", act.participant, participant=act.participant)
    tells = act.category != "inadvertent"
    _check_category(state, act, setting, person)
    known_to = [name.strip() for name in re.split("[,，、;；]", act.known_to) if name.strip()]
    knew = setting.actor in {name for one in person.unblindings for name in one.seen_by}
    # Whoever does not know the arm cannot write it here; whoever does is in no hurry, and everybody reads the reason.
    if (not tells or knew) and any(_arms_in(protocol, f"{reason} {act.known_to}")):
        refuse("unblinding.arm_named", "reason")
    if tells:
        _check_opens(person, setting)
    earlier = person.unblindings[0] if person.unblindings else None
    said: dict[str, Any] = {
        "category": act.category,
        "reason": reason,
        "date": act.date or today_at(setting, person.site).isoformat(),
        "told": tells,
        "event": act.event,
        "known_to": known_to,
        "nobody": [name for name in known_to if name not in state.people],
        "notices": _who_must_know(state, setting, person.site),
        "earlier": earlier and {"by": earlier.by, "day": earlier.date, "entry": earlier.seq},
    }
    dry = {} if setting.draws else {"dry": True}
    return [Fact(UNBLINDED.name, said | dry, person.id, person.site)]


def _check_category(state: StudyState, act: Unblind, setting: Setting, person: ParticipantState) -> None:
    """What each category asks for besides the reason."""
    if act.category == "inadvertent":
        if not act.known_to.strip():
            refuse("unblinding.known_to", "known_to", participant=person.id)
        if act.date is not None:
            check_day(setting, person.site, act.date, "date", after=(person.randomized or "", phrase("randomization")))
    else:
        if act.date is not None:
            refuse("unblinding.date", "date", category=act.category)
        if not setting.alone:
            refuse("unblinding.alone", act.participant)
    whole = _may(state, setting, setting.actor, Unblind.right, None)
    if act.category in ("safety_report", "planned") and not whole:
        refuse("unblinding.whole_study", setting.actor, person=setting.actor, category=act.category)
    if act.category == "planned" and (state.unsealed or state.locked is not None):
        refuse("unblinding.over", act.participant)
    if act.category == "safety_report" and act.event is None:
        refuse("unblinding.event", "event", participant=person.id)
    if act.event is not None:
        _check_event(act.event, setting.over_all_versions().protocol, person)


def _check_event(entry: int, protocol: Protocol, person: ParticipantState) -> None:
    """A record of this participant, which says that it was serious where its form asks."""
    record = next((one for one in person.records.values() if one.seq == entry), None)
    if record is None:
        records = sorted(one.seq for one in person.records.values())
        refuse("unblinding.event/unknown", "event", participant=person.id, entry=entry, entries=records)
    asks = {name for name, (form, _, item) in protocol.item_by_id.items() if item.cdash == "AESER"}
    rows = [record.values, *(row for rows in record.groups.values() for row in rows)]
    answers = [row[name] for row in rows for name in asks & row.keys()]
    if answers and True not in answers:
        refuse("unblinding.event/not_serious", "event", participant=person.id, entry=entry)


def _check_opens(person: ParticipantState, setting: Setting) -> None:
    """That the arm can be told: else nobody is told that they were told it. A dry run opens nothing."""
    said = person.allocation or {}
    if person.recorded_arm is None:
        setting.secret()
        if setting.draws and said.get("sealed"):
            setting.arm_of(Allocated(person.id, said["position"], said["stratum"], (), 1, said["sealed"]))


def _who_must_know(state: StudyState, setting: Setting, site: str) -> list[str]:
    """Whoever watches the site or the study, and the safety persons; the one who asks knows already."""
    return [
        name
        for name in state.people
        if name != setting.actor
        and (
            any(_may(state, setting, name, right, site) for right in _WATCH)
            or _may(state, setting, name, Unblind.right, None)
        )
    ]


def _may(state: StudyState, setting: Setting, name: str, right: str, site: str | None) -> bool:
    return may(state, setting.study_wide, name, right, site, day=day_in_utc(setting.now))


def _arms_in(protocol: Protocol, text: str) -> Iterator[str]:
    """The names of arms, and of treatments that not every arm has, that a text holds."""
    shared = [{treatment.id for treatment in arm.regimen} for arm in protocol.arms]
    own = [one for arm in protocol.arms for one in arm.regimen if not all(one.id in ids for ids in shared)]
    labels = [clause.label for clause in (*protocol.arms, *own)]
    names = [*(arm.id for arm in protocol.arms), *(said for label in labels for said in (label.en, label.zh))]
    for name in dict.fromkeys((*names, "placebo", "安慰剂")):
        # One or two letters are words of their own; of Chinese, one sign is.
        if name and (len(name) > 2 or (len(name) > 1 and not name.isascii())) and _holds(text, name):
            yield name


def _holds(text: str, name: str) -> bool:
    bound = r"\b" if name.isascii() else ""
    return re.search(f"{bound}{re.escape(name)}{bound}", text, re.IGNORECASE) is not None


ACT = ActKind(
    Unblind,
    label=("unblind one participant", "揭盲单个受试者"),
    decide=decide_unblind,
    leaves=(UNBLINDED,),
    kept_as={"known_to": ""},
)
