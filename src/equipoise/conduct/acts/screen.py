"""Screen a person: the first entry about a participant, under a number and without a name.

The same person under a new number is warned about by a hash of the identity, which the site makes and holds the key of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, check_day, need_open_site, need_running, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Screen", "decide_screen"]

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
        refuse("study.paused", "the study is paused", state.paused, "Wait until it is resumed.")
    if not _NUMBER.fullmatch(act.participant):
        why = "a number is letters, digits, - _ and ., at most 40 of them"
        refuse(
            "participant.number",
            f"`{act.participant[:40]}` cannot be a participant's number",
            why,
            "Give a number that says nothing about the person.",
        )
    if act.participant in state.participants:
        refuse(
            "participant.taken",
            f"participant {act.participant} exists",
            "a number is given once",
            "Use the next free number.",
            act.participant,
        )
    check_day(setting, act.site, act.date, "date")
    payload: dict[str, object] = {"participant": act.participant, "date": act.date}
    if act.identity_hash:
        payload["identity_hash"] = act.identity_hash
    facts = [Fact("screened", payload, act.participant, act.site)]
    other = (state.identities or {}).get(act.identity_hash) if act.identity_hash else None
    if other is not None:
        facts.append(
            Fact("duplicate_suspected", {"participant": act.participant, "other": other}, act.participant, act.site)
        )
    return facts
