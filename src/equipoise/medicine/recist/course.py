"""One participant from baseline on: sums, nadir, responses, best response so far and the day of progression, step by
step.

The plain version, used at the desk and read by people; `frames.py` gives the same for thousands. A baseline starts a
course of its own. Eisenhauer 2009, Eur J Cancer 45:228, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from equipoise.medicine.recist.best import best_overall_response
from equipoise.medicine.recist.lesions import Assessment, Plan, millimeters, truncated_percent
from equipoise.medicine.recist.responses import (
    is_definite,
    is_suspected,
    nontarget_response,
    read_baseline_nontargets,
    target_response,
)
from equipoise.medicine.recist.sums import Links, measure_targets, read_baseline_targets
from equipoise.medicine.recist.tables import overall_response

__all__ = ["Timepoint", "derive_course"]


@dataclass(frozen=True, slots=True)
class Timepoint:
    """What one assessment says. Lengths are millimeters; a value that cannot be known is None.

    `sum_mm` only when every target is accounted for; `measured_mm` sums what was measured. `nadir_mm` is the smallest
    complete sum before, the baseline's included: what this sum is compared with.
    """

    role: str
    day: date
    sum_mm: float | None = None
    measured_mm: float | None = None
    baseline_mm: float | None = None
    nadir_mm: float | None = None
    change_from_baseline_percent: float | None = None
    change_from_nadir_percent: float | None = None
    change_from_nadir_mm: float | None = None
    target_response: str | None = None
    nontarget_response: str | None = None
    new_lesion: str | None = None
    overall: str | None = None
    best_so_far: str | None = None
    progression_on: date | None = None


def derive_course(
    assessments: Sequence[Assessment], plan: Plan | None = None, start: date | None = None
) -> list[Timepoint]:
    """A Timepoint for each assessment, the first being the baseline, the others in order of time.

    `start`: the day from which stable disease counts (treatment or randomization); the day of the baseline if not
    given.
    """
    if not assessments:
        return []
    plan = plan or Plan()
    baseline = assessments[0]
    lesions, total = read_baseline_targets(baseline)
    nontargets = read_baseline_nontargets(baseline)
    start = start or baseline.day
    sum_mm = millimeters(total) if lesions else None
    points = [Timepoint("baseline", baseline.day, sum_mm, sum_mm, sum_mm)]
    links, nadir, complete_before = Links(), total if lesions else None, False
    first_seen: dict[str, int] = {}  # what is seen at baseline is not new
    progressed: int | None = None
    responses: list[str | None] = [None]
    for place, assessment in enumerate(assessments[1:], start=1):
        burden = measure_targets(assessment, lesions, links)
        target = target_response(
            burden, targets=bool(lesions), baseline=total, nadir=nadir, after_complete=complete_before
        )
        nontarget = nontarget_response(assessment, nontargets, after_complete=complete_before)
        first_seen = _note_new(assessment, place, first_seen)
        definite = [first_seen.get(row.lesion or "", place) for row in assessment.news if is_definite(row)]
        suspected = any(is_suspected(row) for row in assessment.news)
        overall = overall_response(target, nontarget, new=bool(definite))
        if overall == "PD":
            # A lesion that was equivocal before and is certain now was progression on the day it was first seen.
            progressed = min([place, *definite] if progressed is None else [progressed, place, *definite])
        responses.append(overall)
        days = [one.day for one in assessments[: place + 1]]
        points.append(
            Timepoint(
                role="assessment",
                day=assessment.day,
                target_response=target,
                nontarget_response=nontarget,
                new_lesion="unequivocal" if definite else "equivocal" if suspected else "none",
                overall=overall,
                best_so_far=best_overall_response(
                    _with_hindsight(days, responses, progressed), start, plan, targets=bool(lesions)
                ),
                progression_on=None if progressed is None else assessments[progressed].day,
                **_sums(burden.measured, total, nadir, complete=burden.complete) if lesions else {},
            )
        )
        if lesions and burden.complete:
            nadir = burden.measured if nadir is None else min(nadir, burden.measured)
        complete_before = complete_before or overall == "CR"
    return points


def _note_new(assessment: Assessment, place: int, first_seen: dict[str, int]) -> dict[str, int]:
    """When each new lesion was first seen, if only as a suspicion."""
    noted = dict(first_seen)
    for row in assessment.news:
        if row.lesion is not None and (is_definite(row) or is_suspected(row)):
            noted.setdefault(row.lesion, place)
    return noted


def _with_hindsight(
    days: Sequence[date], responses: Sequence[str | None], progressed: int | None
) -> list[tuple[date, str | None]]:
    """The responses after baseline as they are known by now: PD from the day to which progression was dated."""
    known = [
        (day, "PD" if place == progressed else response)
        for place, (day, response) in enumerate(zip(days, responses, strict=True))
    ]
    return known[1:]


def _sums(measured: int, baseline: int | None, nadir: int | None, *, complete: bool) -> dict[str, float | None]:
    known = measured if complete else None
    return {
        "sum_mm": millimeters(known),
        "measured_mm": millimeters(measured),
        "baseline_mm": millimeters(baseline),
        "nadir_mm": millimeters(nadir),
        "change_from_baseline_percent": None
        if known is None or baseline is None
        else truncated_percent(known - baseline, baseline),
        "change_from_nadir_percent": None
        if known is None or nadir is None
        else truncated_percent(known - nadir, nadir),
        "change_from_nadir_mm": None if known is None or nadir is None else millimeters(known - nadir),
    }
