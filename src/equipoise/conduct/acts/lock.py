"""Lock the study before the final analysis, and unlock it with a reason (ICH E6(R3) 3.16.1(r))."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, need_reason, need_running, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Lock", "Unlock", "decide_lock", "decide_unlock"]


@dataclass(frozen=True, slots=True)
class Lock:
    """Nothing can be changed afterwards. `open_queries` says how many queries are knowingly left unclosed; 0 of itself."""

    right: ClassVar[str] = "lock"
    reason: str
    open_queries: int = 0


@dataclass(frozen=True, slots=True)
class Unlock:
    """Changes are possible again; the reason is read by everybody who reads the results."""

    right: ClassVar[str] = "unlock"
    reason: str


def decide_lock(state: StudyState, act: Lock, setting: Setting) -> list[Fact]:
    """locked; refused when it is, and when other than the said number of queries are not closed."""
    need_running(state)
    reason = need_reason(act.reason, "a lock")
    counted = Counter(query["status"] for query in setting.queries().values())
    left = counted["open"] + counted["answered"]
    if left != act.open_queries:
        refuse(
            "lock.open_queries",
            f"{left} quer{'y is' if left == 1 else 'ies are'} not closed",
            f"{counted['open']} open, {counted['answered']} answered, and the lock says {act.open_queries}; "
            "nobody can answer or correct in a locked study",
            f"Close them (`equipoise queries` lists them), or lock knowing it: open_queries={left}."
            if left
            else "Leave open_queries out.",
            "open_queries",
        )
    return [Fact("locked", {"reason": reason, "scope": "study", "open_queries": left})]


def decide_unlock(state: StudyState, act: Unlock, _setting: Setting) -> list[Fact]:
    """unlocked; refused when it is not locked."""
    reason = need_reason(act.reason, "unlocking")
    if state.locked is None:
        refuse("study.not_locked", "the study is not locked", "there is nothing to unlock", "Go on.")
    return [Fact("unlocked", {"reason": reason, "scope": "study"})]
