"""Pause recruitment, of the study or of one stratum, and resume it. Those who are in are followed up all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.setting import Setting, need_reason, need_running, refuse
from equipoise.conduct.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Pause", "Resume", "decide_pause", "decide_resume"]


@dataclass(frozen=True, slots=True)
class Pause:
    """`stratum`: a stratum's key (``risk=high,stage=III``), or None for the whole study."""

    right: ClassVar[str] = "pause"
    reason: str
    stratum: str | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Ends a pause of the study or of one stratum."""

    right: ClassVar[str] = "resume"
    reason: str
    stratum: str | None = None


def _payload(act: Pause | Resume, reason: str) -> dict[str, Any]:
    where = {"scope": "study"} if act.stratum is None else {"scope": "stratum", "stratum": act.stratum}
    return {**where, "reason": reason}


def _paused(state: StudyState, stratum: str | None) -> bool:
    return state.paused is not None if stratum is None else stratum in state.paused_strata


def decide_pause(state: StudyState, act: Pause, _setting: Setting) -> list[Fact]:
    """study_paused, unless it is."""
    need_running(state)
    reason = need_reason(act.reason, "a pause")
    return [] if _paused(state, act.stratum) else [Fact("study_paused", _payload(act, reason))]


def decide_resume(state: StudyState, act: Resume, _setting: Setting) -> list[Fact]:
    """study_resumed; refused when nothing is paused."""
    need_running(state)
    reason = need_reason(act.reason, "resuming")
    if not _paused(state, act.stratum):
        refuse(
            "study.not_paused",
            f"{act.stratum or 'the study'} is not paused",
            "there is nothing to resume",
            "Check what is paused in the status.",
        )
    return [Fact("study_resumed", _payload(act, reason))]
