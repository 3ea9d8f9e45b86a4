"""Screen a person: the first entry about a participant, under a number and without a name.

The same person under a new number is warned about by a hash of the identity, which the site makes and holds the key of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.participation import DUPLICATE_SUSPECTED, SCREENED
from equipoise.conduct.guards import check_day, need_open_site, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "Screen"]

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Screen:
    """`identity_hash`: a keyed hash made at the site; the trial's database never holds a name."""

    right: ClassVar[str] = "screen"
    participant: str
    site: str
    date: str
    identity_hash: str | None = None


def decide_screen(state: StudyState, act: Screen, setting: Setting) -> list[Fact]:
    """screened, and duplicate_suspected when somebody with the same identity was screened before."""
    need_running(state)
    need_open_site(state, act.site)
    if state.paused is not None:
        refuse("study.paused", reason=state.paused)
    if not _NUMBER.fullmatch(act.participant):
        refuse("participant.number", number=act.participant[:40])
    if act.participant in state.participants:
        refuse("participant.taken", act.participant, participant=act.participant)
    check_day(setting, act.site, act.date, "date")
    payload: dict[str, object] = {"participant": act.participant, "date": act.date}
    if act.identity_hash:
        payload["identity_hash"] = act.identity_hash
    facts = [Fact(SCREENED.name, payload, act.participant, act.site)]
    other = (state.identities or {}).get(act.identity_hash) if act.identity_hash else None
    if other is not None:
        facts.append(
            Fact(DUPLICATE_SUSPECTED.name, {"participant": act.participant, "other": other}, act.participant, act.site)
        )
    return facts


ACT = ActKind(
    Screen,
    label=("screen", "筛选"),
    decide=decide_screen,
    leaves=(SCREENED,),
    also=(DUPLICATE_SUSPECTED,),
    needs=lambda act: ("identities",) if act.identity_hash else (),
    first=True,
)
