"""Make a series of sealed envelopes: for the day on which the computer is down, before that day.

The entry says how many there are for which strata, and keeps how they were drawn under seal. What lies in them is told
to whoever makes them, who sees arms already, and to nobody else; each series is told once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.allocation import ENVELOPES_MADE
from equipoise.conduct.guards import need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import seal_scheme, unseal_scheme
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact
from equipoise.protocol.scope import strata_of
from equipoise.randomization.envelopes import envelope_scheme

__all__ = ["ACT", "MakeEnvelopes"]

_EACH_MAX, _ALL_MAX = 50, 999


@dataclass(frozen=True, slots=True)
class MakeEnvelopes:
    """`each`: how many for every stratum."""

    right: ClassVar[str] = "make_envelopes"
    each: int


def decide_make_envelopes(state: StudyState, act: MakeEnvelopes, setting: Setting) -> list[Fact]:
    """envelopes_made; refused where nothing is drawn here, or the strata are not known beforehand."""
    need_running(state)
    if not state.schemes:
        refuse("envelope.nothing_drawn", "randomization.scheme")
    strata = strata_of(setting.study_wide)
    if strata is None:
        refuse("envelope.strata", "randomization.stratify_by")
    if not 1 <= act.each <= _EACH_MAX or len(strata) * act.each > _ALL_MAX:
        refuse("envelope.many", "each", each=act.each, strata=len(strata), most=min(_EACH_MAX, _ALL_MAX // len(strata)))
    series, secret = len(state.envelopes) + 1, setting.secret()
    scheme = envelope_scheme(unseal_scheme(secret, state.study, state.schemes[-1]), series)
    kept = seal_scheme(secret, state.study, scheme, repeatable=state.environment == "rehearsal")
    said: dict[str, Any] = {"series": series, "each": act.each, "strata": list(strata), "scheme": kept}
    return [Fact(ENVELOPES_MADE.name, said)]


ACT = ActKind(
    MakeEnvelopes,
    label=("make sealed envelopes", "制作密封信封"),
    decide=decide_make_envelopes,
    leaves=(ENVELOPES_MADE,),
    asked_by_name=False,  # they are told once, to be printed: the door is the command `envelopes`
)
