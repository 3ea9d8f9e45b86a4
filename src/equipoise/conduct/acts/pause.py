"""Pause recruitment, of the study or of one stratum, and resume it. Those who are in are followed up all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import unquote

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.study import STUDY_PAUSED, STUDY_RESUMED
from equipoise.conduct.guards import check_factors, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact
from equipoise.randomization import stratum_key

__all__ = ["PAUSE", "RESUME", "Pause", "Resume"]


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


def _check_stratum(setting: Setting, stratum: str) -> None:
    """A key that names every factor of the randomization once, at a level that it can have.

    A typing error pauses nobody.
    """
    named = dict(part.partition("=")[::2] for part in stratum.split(","))
    factors = {unquote(name): unquote(level) for name, level in named.items()}
    wanted = setting.protocol.randomization.stratify_by.value
    if not wanted or set(factors) != set(wanted) or not all(factors.values()) or stratum != stratum_key(factors):
        if not wanted:
            refuse("stratum.unknown/none", "stratum", stratum=stratum)
        refuse("stratum.unknown", "stratum", stratum=stratum, example=stratum_key(dict.fromkeys(wanted, "LEVEL")))
    check_factors(setting, factors)


def decide_pause(state: StudyState, act: Pause, setting: Setting) -> list[Fact]:
    """study_paused, unless it is; refused for a stratum that cannot be."""
    need_running(state)
    reason = need_reason(act.reason, phrase("of.pause"))
    if act.stratum is not None:
        _check_stratum(setting, act.stratum)
    return [] if _paused(state, act.stratum) else [Fact(STUDY_PAUSED.name, _payload(act, reason))]


def decide_resume(state: StudyState, act: Resume, _setting: Setting) -> list[Fact]:
    """study_resumed; refused when nothing is paused."""
    need_running(state)
    reason = need_reason(act.reason, phrase("of.resume"))
    if not _paused(state, act.stratum):
        refuse("study.not_paused", what=act.stratum or phrase("the_study"))
    return [Fact(STUDY_RESUMED.name, _payload(act, reason))]


PAUSE = ActKind(Pause, label=("pause the trial", "暂停试验"), decide=decide_pause, leaves=(STUDY_PAUSED,))
RESUME = ActKind(Resume, label=("resume the trial", "恢复试验"), decide=decide_resume, leaves=(STUDY_RESUMED,))
