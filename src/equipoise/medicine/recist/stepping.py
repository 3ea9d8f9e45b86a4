"""Responses of many courses, one assessment after the other: the vectorized half of `course.py` and `best.py`.

A response is its place in `CODES`, -1 for none at all; lengths are micrometers, -1 for unknown. The tables are those of
`tables.py`. NumPy is imported when it is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.medicine.recist.burdens import Targets
from equipoise.medicine.recist.gathering import NewLesions, NonTargets
from equipoise.medicine.recist.lesions import CODES, FOLLOWED, Plan
from equipoise.medicine.recist.responses import GROWTH_MIN
from equipoise.medicine.recist.tables import BEST_FIRST, best_of_pair, overall_response

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

__all__ = ["Steps", "step_through"]

NONE, CR, PR, SD, NON, PD, NE = range(len(CODES))


@dataclass(frozen=True, slots=True)
class Steps:
    """Courses by assessments. `progressed` is the place of progression as it was known then, -1 for none."""

    nadir: Array
    target: Array
    nontarget: Array
    overall: Array
    best: Array
    progressed: Array


def step_through(
    targets: Targets, nontargets: NonTargets, news: NewLesions, days: Array, starts: Array, plan: Plan
) -> Steps:
    """`days`: of each course and assessment, as whole numbers; `starts`: of each course.
    The first assessment is the baseline.
    """
    import numpy as np

    shape = days.shape
    nadir, target, nontarget, overall, best, progressed = (np.full(shape, -1) for _ in range(6))
    table = np.array(_overall_table())
    smallest = np.where(targets.any_lesions, targets.baseline, -1)
    complete_before = np.zeros(shape[0], dtype=bool)
    since = np.full(shape[0], shape[1])
    for now in range(1, shape[1]):
        nadir[:, now] = smallest
        measured, complete = targets.measured[:, now], targets.complete[:, now]
        grown = (smallest >= 0) & (measured - smallest >= GROWTH_MIN) & (10 * (measured - smallest) >= 2 * smallest)
        shrunk = (targets.baseline > 0) & (10 * measured <= 7 * targets.baseline)
        target[:, now] = np.select(
            [
                ~targets.any_lesions,
                targets.gone[:, now],
                grown | (complete_before & targets.disease[:, now]),
                ~complete | (targets.baseline < 0),
                shrunk,
            ],
            [NONE, CR, PD, NE, PR],
            SD,
        )
        nontarget[:, now] = np.select(
            [
                nontargets.progression[:, now],
                ~nontargets.any_lesions,
                complete_before & nontargets.present_again[:, now],
                ~nontargets.evaluated[:, now],
                nontargets.gone[:, now],
            ],
            [PD, NONE, PD, NE, CR],
            NON,
        )
        definite = news.definite[:, now]
        overall[:, now] = table[target[:, now], nontarget[:, now], definite.astype(int)]
        at = np.where(definite, np.minimum(news.since[:, now], now), now)
        since = np.where(overall[:, now] == PD, np.minimum(since, at), since)
        progressed[:, now] = np.where(since < shape[1], since, -1)
        known = _known_by(overall, since, now)
        best[:, now] = _best(known, days[:, : now + 1], starts, targets.any_lesions, plan)
        smallest = np.where(
            complete & ((smallest < 0) | (measured < smallest)) & targets.any_lesions, measured, smallest
        )
        complete_before |= overall[:, now] == CR
    return Steps(nadir, target, nontarget, overall, best, progressed)


def _overall_table() -> list[list[list[int]]]:
    def cell(target: str, nontarget: str, new: bool) -> int:
        if target == "non_CR_non_PD" or nontarget in ("PR", "SD"):
            return -1  # no such response of these lesions
        found = overall_response(target, nontarget, new=new)
        return -1 if found is None else CODES.index(found)

    return [[[cell(t, n, new) for new in (False, True)] for n in CODES] for t in CODES]


def _known_by(overall: Array, since: Array, now: int) -> Array:
    """The responses up to now with hindsight: PD where progression was dated, nothing after it."""
    import numpy as np

    steps = np.arange(now + 1)
    known = np.where(steps == since[:, None], PD, overall[:, : now + 1])
    return np.where(steps > since[:, None], -1, known)


def _best(known: Array, days: Array, starts: Array, any_targets: Array, plan: Plan) -> Array:
    """The best overall response of each course; see `best.py`, whose rules these are."""
    import numpy as np

    followed = np.isin(known, [CODES.index(code) for code in FOLLOWED])
    held: Array = np.any(followed & (days - starts[:, None] >= plan.min_sd_days), axis=1)
    order = np.array([BEST_FIRST.index(code) if code in BEST_FIRST else len(BEST_FIRST) for code in (*CODES, "-")])
    found = np.where((known == PD).any(axis=1), PD, np.where((known >= 0).any(axis=1), NE, -1))
    for place in range(1, known.shape[1]):
        first = known[:, place]
        worth = _worth(first, _second(known, days, place, plan), held, plan)
        worth = np.where((worth == SD) & ~any_targets, NON, worth)
        found = np.where((first >= 0) & (order[worth] < order[found]), worth, found)
    return found


def _worth(first: Array, second: Array, held: Array, plan: Plan) -> Array:
    import numpy as np

    table = np.full((len(CODES) + 1, len(CODES), 2), -1)
    for one in BEST_FIRST:
        for two in ("CR", "PR", "SD", "PD", "NE"):
            for long_enough in (False, True):
                worth = best_of_pair(one, two, confirmation=plan.confirmation, long_enough=long_enough)
                table[CODES.index(one), CODES.index(two), int(long_enough)] = CODES.index(worth)
    of_each: Array = table[first, second, held.astype(int)]
    return of_each


def _second(known: Array, days: Array, place: int, plan: Plan) -> Array:
    """What confirms the response at `place` or ends the hope of it."""
    import numpy as np

    first = known[:, place]
    second = np.full(first.shape, NE)
    still_open = (first == CR) | (first == PR)
    not_evaluable = np.zeros(first.shape, dtype=int)
    for later in range(place + 1, known.shape[1]):
        response = known[:, later]
        unseen = response == NE
        not_evaluable += unseen
        confirming = (response == CR) | ((response == PR) & (first == PR))
        late_enough = days[:, later] - days[:, place] >= plan.confirmation_days
        closes = still_open & (response >= 0) & ~unseen & (~confirming | late_enough)
        second = np.where(closes, np.where(response == NON, SD, response), second)
        still_open &= ~closes & ~(unseen & (not_evaluable > plan.not_evaluable_between_max))
    return second
