"""The course of a kind of participant in one arm: what outcomes do to an endpoint, as hazards of the event and of
leaving.

Events that strike from the start add up as hazards. One that follows an outcome that is no event makes time to the
event a sum of waits: its survival is found on a fine grid and told as hazards again. What ends follow-up without being
the event, and withdrawal, strike at a constant hazard. Cure is a lasting share, or kinds of their own where it concerns
some outcomes only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from equipoise.design import Outcome
from equipoise.findings import Where
from equipoise.planning import SurvivalCourse
from equipoise.simulation.compile.endpoint_events import EndpointPart
from equipoise.simulation.words import refuse
from equipoise.virtual.outcomes import Says, course_in
from equipoise.wording import bare

__all__ = ["cured_shares", "make_course", "relevant_rules"]

Floats = NDArray[np.float64]
_STEP, _HORIZON = 1 / 8, 180.0
_EDGES = (*range(60), *range(60, 120, 3), *range(120, 181, 12))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to follow one participant: their arm, what is true of them,
    and the draw that decides about cure."""

    outcomes: Sequence[Outcome]
    parts: Mapping[str, EndpointPart]
    arm: str
    says: Says
    luck: float | None

    def course(self, outcome: Outcome) -> SurvivalCourse:
        """Of those who are not cured; the others have no hazard."""
        course = course_in(outcome, self.arm, self.says)
        cured = self.luck is not None and self.luck < (bare(outcome.cured) or 0.0)
        return course.times((0.0,)) if cured else course

    def after(self, parent: str | None) -> list[Outcome]:
        known = {outcome.id for outcome in self.outcomes}
        return [o for o in self.outcomes if o.after == parent or (parent is None and o.after not in (None, *known))]

    def matters(self, outcome: Outcome, seen: tuple[str, ...] = ()) -> bool:
        """Whether it, or anything after it, is an event or ends follow-up."""
        part = self.parts[outcome.id]
        if part.event or part.competing:
            return True
        return any(self.matters(o, (*seen, outcome.id)) for o in self.after(outcome.id) if o.id not in seen)


def relevant_rules(outcomes: Sequence[Outcome], parts: Mapping[str, EndpointPart]) -> list[str]:
    """The rules of modifiers that bear on the endpoint, each once."""
    reading = _Reading(outcomes, parts, "", lambda _rule: False, None)
    kept = [o for o in outcomes if reading.matters(o)]
    return list(dict.fromkeys(m.value.when for o in kept for m in o.modifiers if m.value.when is not None))


def cured_shares(
    outcomes: Sequence[Outcome], parts: Mapping[str, EndpointPart]
) -> list[tuple[float, float | None, float]]:
    """(share of participants, their draw or None, cured share of their course) so that all is said about cure.

    When every event has the same cured share, one course says it. Otherwise participants with the lowest draws are
    cured of most, and each step is a kind of its own.
    """
    reading = _Reading(outcomes, parts, "", lambda _rule: False, None)
    kept = [o for o in outcomes if reading.matters(o)]
    values = {bare(o.cured) or 0.0 for o in kept}
    plain = all(parts[o.id].competing == 0 and o.after is None for o in kept if bare(o.cured))
    if values <= {0.0}:
        return [(1.0, None, 0.0)]
    if len(values) == 1 and plain:
        return [(1.0, None, values.pop())]
    edges = [0.0, *sorted(values - {0.0}), 1.0]
    # The draw in the middle of a step stands for all of it.
    return [(high - low, (low + high) / 2, 0.0) for low, high in pairwise(edges) if high > low]


def make_course(
    outcomes: Sequence[Outcome],
    parts: Mapping[str, EndpointPart],
    arm: str,
    says: Says,
    withdrawal: float,
    cure: tuple[float | None, float],
    where: Where,
) -> SurvivalCourse:
    """The course in `arm` of those of whom `says` speaks; `withdrawal` per month ends follow-up. Cure as `cured_shares`
    says.

    Raises Refusal for what ends follow-up at a hazard that changes, which a course cannot say.
    """
    reading = _Reading(outcomes, parts, arm, says, cure[0])
    roots = [o for o in reading.after(None) if reading.matters(o)]
    dropout = withdrawal + _competing(reading, roots, where)
    if all(_is_first(reading, o) for o in roots):
        starts, hazards = _sum([reading.course(o) for o in roots], [parts[o.id].event for o in roots])
    else:
        starts, hazards = _by_waiting(reading, roots)
    return SurvivalCourse(starts, hazards, dropout, cure[1] if any(hazards) else 0.0)


def _is_first(reading: _Reading, root: Outcome) -> bool:
    """Whether nothing that follows it can be the first event."""
    if reading.parts[root.id].event == 1 or root.ends:
        return True
    return not any(reading.matters(o) for o in reading.after(root.id))


def _competing(reading: _Reading, roots: Sequence[Outcome], where: Where) -> float:
    """The hazard per month at which follow-up ends without the event, apart from withdrawal."""
    total = 0.0
    for root in roots:
        share = reading.parts[root.id].competing
        if share:
            hazards = set(reading.course(root).hazards)
            if len(hazards) > 1:
                refuse("simulation.competing/hazard", where, outcome=root.id)
            total += share * hazards.pop()
        if reading.parts[root.id].event < 1:
            for child in reading.after(root.id):
                if reading.parts[child.id].competing and not root.ends:
                    refuse("simulation.competing", where, outcome=child.id, before=root.id)
    return total


def _sum(courses: Sequence[SurvivalCourse], shares: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The sum of hazards, each counted by its share."""
    starts = sorted({0.0, *(s for course in courses for s in course.starts)})
    hazards = [sum(share * _at(course, s) for course, share in zip(courses, shares, strict=True)) for s in starts]
    return tuple(starts), tuple(map(float, hazards))


def _at(course: SurvivalCourse, time: float) -> float:
    return next(h for s, h in zip(reversed(course.starts), reversed(course.hazards), strict=True) if s <= time)


def _by_waiting(reading: _Reading, roots: Sequence[Outcome]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Hazards of the time to the first event, where some event waits for an outcome that is none."""
    grid = np.arange(0.0, _HORIZON + _STEP / 2, _STEP)
    free: Floats = np.ones_like(grid)
    for root in roots:
        free = free * _free(reading, root, grid)
    edges = np.array(_EDGES, dtype=np.float64)
    at = np.rint(edges / _STEP).astype(np.int64)
    logs = -np.log(np.maximum(free[at], 1e-300))
    hazards = np.maximum(np.diff(logs) / np.diff(edges), 0.0)
    return tuple(edges[:-1].tolist()), tuple(hazards.tolist())


def _free(reading: _Reading, outcome: Outcome, grid: Floats) -> Floats:
    """The probability, over time since its clock began, that neither it nor what follows it has been the event."""
    course = reading.course(outcome)
    alive: Any = np.exp(-np.array([course.cumulative_hazard(float(t)) for t in grid]))
    event = reading.parts[outcome.id].event
    children: Floats = np.ones_like(grid)
    if not outcome.ends:
        for child in (o for o in reading.after(outcome.id) if reading.matters(o)):
            children = children * _free(reading, child, grid)
    # Struck in a step, on average in its middle: free of what follows as at both ends of the step, averaged.
    struck = -np.diff(alive)
    middle = (children[1:] + children[:-1]) / 2
    later = np.concatenate(([0.0], np.convolve(struck, middle)[: len(struck)]))
    return np.asarray(alive + (1 - event) * later)
