"""When outcomes strike: times from piecewise constant hazards, one arm against another by a hazard ratio.

Cumulative hazards are inverted (Bender, Augustin and Blettner, Statistics in Medicine 2005; 24: 1713): a unit
exponential is the cumulative hazard at the event, so that one draw gives one time and arms can share it.
Knows nothing of visits or forms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from equipoise.chance import Stream
from equipoise.design import Hazard, Outcome
from equipoise.units import months_to_days
from equipoise.wording import bare

if TYPE_CHECKING:
    from equipoise.planning import SurvivalCourse

__all__ = [
    "Pieces",
    "Says",
    "course_in",
    "days_to_event",
    "draw_outcomes",
    "draw_strikes",
    "hazard_pieces",
    "pieces_of",
    "survival",
]

Says = Callable[[str], bool]
"""Whether a rule is true of a participant at randomization."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A piecewise constant hazard: `per_day[k]` holds from `cuts_days[k - 1]` up to `cuts_days[k]`."""

    cuts_days: tuple[float, ...]
    per_day: tuple[float, ...]


def _nobody(_rule: str) -> bool:
    return False


def course_in(outcome: Outcome, arm: str, says: Says = _nobody) -> SurvivalCourse:
    """The outcome's hazards per month in an arm, with all ratios that apply to whom `says` speaks of.

    `cured` is the share whom it never strikes; the hazards are those of the others. `survival` is of everybody.
    """
    from equipoise.planning.from_clause import course_of  # planning brings SciPy: a second, before anything is drawn

    ratios = outcome.hazard_ratio.value if outcome.hazard_ratio else {}
    course = course_of(outcome.hazard.value, cured=bare(outcome.cured) or 0.0).times((ratios.get(arm, 1.0),))
    for modifier in (given.value for given in outcome.modifiers):
        if modifier.arm in (None, arm) and (modifier.when is None or says(modifier.when)):
            course = course.times(modifier.ratios, (0.0, *modifier.cuts_months))
    return course


def pieces_of(course: SurvivalCourse) -> Pieces:
    """The same hazards by day."""
    month = months_to_days(1)
    return Pieces(tuple(months_to_days(c) for c in course.starts[1:]), tuple(h / month for h in course.hazards))


def hazard_pieces(hazard: Hazard, cured: float = 0.0) -> Pieces:
    """The hazard per day that a protocol's description of a survival curve means, of those who are not cured."""
    from equipoise.planning.from_clause import course_of

    return pieces_of(course_of(hazard, cured=cured))


def survival(pieces: Pieces, days: float, ratio: float = 1.0) -> float:
    """The probability of no event up to `days`, when the hazard is multiplied by `ratio`."""
    edges = (0.0, *pieces.cuts_days, math.inf)
    spent = (max(0.0, min(days, end) - start) for start, end in pairwise(edges))
    return math.exp(-ratio * sum(t * h for t, h in zip(spent, pieces.per_day, strict=True)))


def days_to_event(pieces: Pieces, exponential: float, ratio: float = 1.0) -> float:
    """The time in days at which the cumulative hazard reaches `exponential`; infinite when it never does."""
    left, start = exponential, 0.0
    for end, hazard in zip((*pieces.cuts_days, math.inf), pieces.per_day, strict=True):
        here = hazard * ratio * (end - start) if hazard * ratio > 0 else 0.0
        if left <= here and hazard * ratio > 0:
            return start + left / (hazard * ratio)
        left -= here
        start = end
    return math.inf


def draw_outcomes(outcomes: Sequence[Outcome], arm: str, stream: Stream, says: Says = _nobody) -> dict[str, float]:
    """Outcome to days since randomization, for those that strike before one that `ends` everything.

    An outcome with `after` starts its clock when that other outcome strikes, and never strikes without it. One draw
    decides for all outcomes whether they have been cured of it.
    """
    waiting = list(outcomes)
    struck: dict[str, float] = {}
    luck = stream.child("cured").uniform(0) if any(outcome.cured for outcome in outcomes) else 1.0
    while waiting:
        ready = [o for o in waiting if o.after is None or o.after in struck]
        if not ready:  # what waits for something that is not there never comes
            break
        for outcome in ready:
            waiting.remove(outcome)
            own = stream.child(outcome.id).exponential(0)
            days = math.inf
            if luck >= (bare(outcome.cured) or 0.0):
                days = days_to_event(pieces_of(course_in(outcome, arm, says)), own)
            struck[outcome.id] = days + (struck[outcome.after] if outcome.after else 0.0)
    end = min((struck[o.id] for o in outcomes if o.ends and o.id in struck), default=math.inf)
    last = {o.id for o in outcomes if o.ends and struck.get(o.id) == end}
    return {name: days for name, days in struck.items() if days < math.inf and (days < end or name in last)}


def draw_strikes(
    outcomes: Sequence[Outcome], arm: str, stream: Stream, says: Says = _nobody
) -> list[tuple[Outcome, float]]:
    """Every strike in days since randomization: the first of each outcome as `draw_outcomes` draws it, and those that
    come again.

    What strikes several times does so at the hazard of that time (a Poisson process), until its last time or the end.
    """
    first = draw_outcomes(outcomes, arm, stream, says)
    end = min((first[o.id] for o in outcomes if o.ends and o.id in first), default=math.inf)
    found = [(outcome, first[outcome.id]) for outcome in outcomes if outcome.id in first]
    for outcome in outcomes:
        if outcome.id not in first or outcome.times == 1:
            continue
        own, start = stream.child(outcome.id), first[outcome.after] if outcome.after else 0.0
        pieces, spent = pieces_of(course_in(outcome, arm, says)), own.exponential(0)
        for number in range(1, outcome.times):
            spent += own.exponential(number)
            days = start + days_to_event(pieces, spent)
            if not days < end:
                break
            found.append((outcome, days))
    return found
