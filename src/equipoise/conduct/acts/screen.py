"""Screen a person: the first entry about a participant, under a number and without a name.

The same person under a second number is asked about, at whatever center they were screened first: by a mark of the
identity that the system made (`folder.identifying`). What the mark was made of never comes here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.authority import IMPORTER
from equipoise.conduct.entries.participation import DUPLICATE_SUSPECTED, SCREENED
from equipoise.conduct.guards import check_day, need_open_site, need_running, shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact
from equipoise.protocol.id_pattern import DESK_NUMBER, READ_AS_VALUES, alike_key, read_id_pattern

__all__ = ["ACT", "Screen"]


_KEY = 8
_MARK = re.compile(r"[0-9a-f]{8}:[0-9a-f]{64}")
"""By which key, and the mark. Older ledgers hold hashes that sites made, of any form."""


@dataclass(frozen=True, slots=True)
class Screen:
    """`reason`: why a number that looks like another one is right all the same.

    `identity_hash`: the mark that the system made of who they are; nobody gives it. `again`: why somebody who was
    screened before comes under a new number. `unidentified`: why nothing is known by which they are known again.
    """

    right: ClassVar[str] = "screen"
    participant: str
    site: str
    date: str
    identity_hash: str | None = None
    reason: str = ""
    again: str = ""
    unidentified: str = ""


def decide_screen(state: StudyState, act: Screen, setting: Setting) -> list[Fact]:
    """screened, and duplicate_suspected when somebody with the same identity was screened before and it is said why.

    Of the earlier number nothing is told but at its own center; both stay.
    """
    need_running(state)
    need_open_site(state, act.site)
    if state.paused is not None:
        refuse("study.paused", reason=state.paused)
    _check_form(act.participant, setting.protocol.id_pattern)
    if act.participant in state.participants:
        refuse("participant.taken", act.participant, participant=act.participant)
    check_day(setting, act.site, act.date, "date")
    payload: dict[str, object] = {"participant": act.participant, "date": act.date}
    like = (state.numbers or {}).get(alike_key(act.participant))
    if like is not None:
        if not act.reason.strip():
            refuse("participant.alike", act.participant, participant=act.participant, other=like)
        payload |= {"looks_like": like, "reason": act.reason.strip()}
    other = _known_as(state, act, setting)
    if act.identity_hash:
        payload["identity_hash"] = act.identity_hash
    if act.unidentified.strip():
        payload["unidentified"] = act.unidentified.strip()
    facts = [Fact(SCREENED.name, payload, act.participant, act.site)]
    if other is not None:
        said = {"participant": act.participant, "other": other.id, "reason": act.again.strip()}
        said["where"] = _where(other, act)
        facts.append(Fact(DUPLICATE_SUSPECTED.name, said, act.participant, act.site))
    return facts


def _known_as(state: StudyState, act: Screen, setting: Setting) -> ParticipantState | None:
    """Who was screened first with this identity. Raises Refusal where that, or that nothing is known, is not said."""
    if act.identity_hash is None:
        if act.again.strip():
            refuse("identity.nobody_before", "again")
        if setting.protocol.identity and not act.unidentified.strip() and setting.role != IMPORTER:
            refuse("identity.wanted", act.participant, participant=act.participant, parts=setting.protocol.identity)
        return None
    if act.unidentified.strip():
        refuse("identity.both", "unidentified")
    _check_key(state, act.identity_hash)
    first = (state.identities or {}).get(act.identity_hash)
    other = state.participants.get(first) or setting.participant(first) if first is not None else None
    if other is None and act.again.strip():
        refuse("identity.nobody_before", "again")
    if other is not None and not act.again.strip():
        # Not by which number: the site has its own list of who is who, and of another site it is told nothing more.
        refuse(f"identity.known/{_where(other, act)}", act.participant, participant=act.participant)
    return other


def _where(other: ParticipantState, act: Screen) -> str:
    return "here" if other.site == act.site else "elsewhere"


def _check_key(state: StudyState, mark: str) -> None:
    """All marks of a study are made by one key; those of another would be different for the same person."""
    if _MARK.fullmatch(mark) and any(
        _MARK.fullmatch(earlier) and earlier[:_KEY] != mark[:_KEY] for earlier in state.identities or ()
    ):
        refuse("identity.other_key", "identity_hash")


def _check_form(number: str, form: str | None) -> None:
    """A number that the desk takes, and of the form that the protocol says."""
    if not DESK_NUMBER.fullmatch(number):
        refuse("participant.number", number=shown(number))
    if READ_AS_VALUES.fullmatch(number):
        refuse("participant.number/value", number, number=number)
    if form is None:
        return
    pattern = read_id_pattern(form)
    if not pattern.matches(number):
        refuse("participant.number_form", number, number=number, pattern=form, example=pattern.example())


ACT = ActKind(
    Screen,
    label=("screen", "筛选"),
    decide=decide_screen,
    leaves=(SCREENED,),
    also=(DUPLICATE_SUSPECTED,),
    needs=lambda act: ("numbers", "identities") if act.identity_hash else ("numbers",),
    first=True,
    made=("identity_hash",),
)
