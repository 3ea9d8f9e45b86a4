"""Screen a person: the first entry about a participant, under a number and without a name.

The same person under a new number is warned about by a hash of the identity, which the site makes and holds the key of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.participation import DUPLICATE_SUSPECTED, SCREENED
from equipoise.conduct.guards import check_day, need_open_site, need_running, shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact
from equipoise.protocol.id_pattern import DESK_NUMBER, READ_AS_VALUES, alike_key, read_id_pattern

__all__ = ["ACT", "Screen"]


@dataclass(frozen=True, slots=True)
class Screen:
    """`identity_hash`: a keyed hash made at the site; the trial's database never holds a name.

    `reason`: why a number that looks like another one is right all the same.
    """

    right: ClassVar[str] = "screen"
    participant: str
    site: str
    date: str
    identity_hash: str | None = None
    reason: str = ""


def decide_screen(state: StudyState, act: Screen, setting: Setting) -> list[Fact]:
    """screened, and duplicate_suspected when somebody with the same identity was screened before."""
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
    if act.identity_hash:
        payload["identity_hash"] = act.identity_hash
    facts = [Fact(SCREENED.name, payload, act.participant, act.site)]
    other = (state.identities or {}).get(act.identity_hash) if act.identity_hash else None
    if other is not None:
        facts.append(
            Fact(DUPLICATE_SUSPECTED.name, {"participant": act.participant, "other": other}, act.participant, act.site)
        )
    return facts


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
)
