"""The responses of target and non-target lesions, and what new lesions say, at one assessment.

Lengths are whole micrometers, so that 30 % and 20 % are met exactly or not at all. Eisenhauer 2009, Eur J Cancer
45:228, section 4.3; reappearance by recist.eortc.org ("does a new lesion always result in PD?", "abnormal lymph node").
"""

from __future__ import annotations

from collections.abc import Mapping

from equipoise.medicine.recist.lesions import NODE_NORMAL_BELOW, Assessment, NewLesion, NonTarget, micrometers
from equipoise.medicine.recist.sums import Burden

__all__ = [
    "has_grown",
    "has_shrunk",
    "is_definite",
    "is_suspected",
    "nontarget_response",
    "nontarget_status",
    "read_baseline_nontargets",
    "target_response",
]

GROWTH_MIN = 5_000


def has_shrunk(total: int, baseline: int) -> bool:
    """At least 30 % less than at baseline."""
    return baseline > 0 and 10 * total <= 7 * baseline


def has_grown(total: int, nadir: int) -> bool:
    """At least 20 % and at least 5 mm more than the smallest sum."""
    return total - nadir >= GROWTH_MIN and 10 * (total - nadir) >= 2 * nadir


def target_response(
    burden: Burden, *, targets: bool, baseline: int | None, nadir: int | None, after_complete: bool
) -> str:
    """The response of the targets. `after_complete`: the overall response was CR before, so that any disease is PD.

    What could be measured may be enough for PD, whatever the rest is; for everything else the sum must be complete.
    CR comes before growth: nodes that are all below 10 mm are normal, and do not progress by growing from 3 mm to 9 mm.
    """
    if not targets:
        return "none"
    if burden.gone:
        return "CR"
    if (after_complete and burden.disease) or (nadir is not None and has_grown(burden.measured, nadir)):
        return "PD"
    if not burden.complete or baseline is None:
        return "NE"
    return "PR" if has_shrunk(burden.measured, baseline) else "SD"


def read_baseline_nontargets(assessment: Assessment) -> dict[str, bool]:
    """The non-target lesions to follow, each with whether it is a node."""
    lesions: dict[str, bool] = {}
    for row in assessment.nontargets:
        if row.lesion is not None:
            lesions.setdefault(row.lesion, bool(row.node))
    return lesions


def nontarget_status(row: NonTarget, *, node: bool) -> str | None:
    """The row's status; a node's short axis decides between present and absent, and None is not evaluated."""
    axis = micrometers(row.short_axis_mm) if node else None
    if axis is not None and row.status in (None, "present", "absent"):
        return "absent" if axis < NODE_NORMAL_BELOW else "present"
    return None if row.status == "not_evaluable" else row.status


def nontarget_response(assessment: Assessment, lesions: Mapping[str, bool], *, after_complete: bool) -> str:
    """The response of the non-target lesions. Unequivocal progression counts whoever it is reported of.

    After a CR, a lesion that is present again is PD; a node only when it has unequivocally progressed.
    """
    seen: dict[str, str | None] = {}
    for row in assessment.nontargets:
        if row.lesion is not None:
            seen.setdefault(row.lesion, nontarget_status(row, node=lesions.get(row.lesion, bool(row.node))))
    if "unequivocal_progression" in seen.values():
        return "PD"
    if not lesions:
        return "none"
    statuses = {lesion: seen.get(lesion) for lesion in lesions}
    if after_complete and any(status == "present" and not lesions[lesion] for lesion, status in statuses.items()):
        return "PD"
    if None in statuses.values():
        return "NE"
    gone = set(statuses.values()) == {"absent"}
    return "CR" if gone and assessment.markers_normal is not False else "non_CR_non_PD"


def is_definite(row: NewLesion) -> bool:
    """An unequivocal new lesion: PD. What PET alone shows, without a PET at baseline, waits for CT (section 4.3.5)."""
    return row.certainty == "unequivocal" and row.pet in (None, "none", "baseline_negative")


def is_suspected(row: NewLesion) -> bool:
    """A new lesion that is not certain yet; if it is confirmed, PD is dated to the day on which it was first seen."""
    return not is_definite(row) and row.pet != "known_site"
