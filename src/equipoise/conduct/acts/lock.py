"""Lock the study before the final analysis, and unlock it with a reason (ICH E6(R3) 3.16.1(r))."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.study import LOCKED, UNLOCKED
from equipoise.conduct.guards import need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["LOCK", "UNLOCK", "Lock", "Unlock"]


@dataclass(frozen=True, slots=True)
class Lock:
    """Nothing can be changed afterwards.

    `open_queries` says how many queries are knowingly left unclosed; 0 of itself.
    """

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
    reason = need_reason(act.reason, phrase("of.lock"))
    counted = Counter(query["status"] for query in setting.queries().values())
    left = counted["open"] + counted["answered"]
    if left != act.open_queries:
        _left_open(act, counted["open"], counted["answered"])
    return [Fact(LOCKED.name, {"reason": reason, "scope": "study", "open_queries": left})]


def decide_unlock(state: StudyState, act: Unlock, _setting: Setting) -> list[Fact]:
    """unlocked; refused when it is not locked."""
    reason = need_reason(act.reason, phrase("of.unlock"))
    if state.locked is None:
        refuse("study.not_locked")
    return [Fact(UNLOCKED.name, {"reason": reason, "scope": "study"})]


def _left_open(act: Lock, unanswered: int, answered: int) -> NoReturn:
    left = unanswered + answered
    if not left:
        refuse("lock.open_queries/none", "open_queries", said=act.open_queries)
    key = "lock.open_queries/one" if left == 1 else "lock.open_queries"
    refuse(key, "open_queries", left=left, open=unanswered, answered=answered, said=act.open_queries)


LOCK = ActKind(Lock, label=("lock data", "锁定数据"), decide=decide_lock, leaves=(LOCKED,))
UNLOCK = ActKind(
    Unlock,
    label=("unlock data", "解锁数据"),
    decide=decide_unlock,
    leaves=(UNLOCKED,),
    agreed_by=lambda *_: ("unlock", None),
)
