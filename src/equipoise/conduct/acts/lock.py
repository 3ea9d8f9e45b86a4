"""Lock the study before the final analysis, and unlock it with a reason (ICH E6(R3) 3.16.1(r))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.setting import Setting, need_reason, need_running, refuse
from equipoise.conduct.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Lock", "Unlock", "decide_lock", "decide_unlock"]


@dataclass(frozen=True, slots=True)
class Lock:
    """Nothing can be changed afterwards."""

    right: ClassVar[str] = "lock"
    reason: str


@dataclass(frozen=True, slots=True)
class Unlock:
    """Changes are possible again; the reason is read by everybody who reads the results."""

    right: ClassVar[str] = "unlock"
    reason: str


def decide_lock(state: StudyState, act: Lock, _setting: Setting) -> list[Fact]:
    """locked; refused when it is."""
    need_running(state)
    return [Fact("locked", {"reason": need_reason(act.reason, "a lock"), "scope": "study"})]


def decide_unlock(state: StudyState, act: Unlock, _setting: Setting) -> list[Fact]:
    """unlocked; refused when it is not locked."""
    reason = need_reason(act.reason, "unlocking")
    if state.locked is None:
        refuse("study.not_locked", "the study is not locked", "there is nothing to unlock", "Go on.")
    return [Fact("unlocked", {"reason": reason, "scope": "study"})]
