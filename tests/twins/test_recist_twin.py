"""RECIST in frames gives, cell by cell, what the plain version gives for each participant alone."""

import itertools
from dataclasses import astuple, replace
from datetime import timedelta

import polars as pl
import pytest

from equipoise.medicine.recist import Plan, derive_course, derive_courses, stepping
from equipoise.medicine.recist.course import Timepoint
from tests.twins.random_lesions import FIRST_DAY, as_frames, draw_participants

PLANS = [
    Plan(),
    Plan(confirmation=True),
    Plan(confirmation=True, min_sd_days=60, confirmation_days=40, not_evaluable_between_max=0),
]
COLUMNS = [name for name in Timepoint.__slots__ if name not in ("role", "day")]


def plainly(participants, plan, starts):
    """One after the other; a baseline begins a course, and what comes before it has a role and nothing else."""
    points = []
    for who, visits in enumerate(participants):
        course = []
        for place, (visit, baseline) in enumerate(visits):
            course = [visit] if baseline else [*course, visit] if course else []
            if not course:
                points.append(Timepoint("before_baseline", visit.day))
            elif place + 1 == len(visits) or visits[place + 1][1]:
                points.extend(derive_course(course, plan, starts.get(who)))
    return [astuple(point) for point in points]


def in_frames(participants, plan, starts):
    return derive_courses(*as_frames(participants, starts), plan).select("role", "day", *COLUMNS).rows()


@pytest.mark.parametrize("plan", PLANS, ids=["alone", "confirmed", "strictly"])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_frames_give_what_the_plain_version_gives(seed, plan):
    participants = draw_participants(600, seed)
    starts = {who: FIRST_DAY + timedelta(60) for who in range(0, 600, 5)}
    for ours, theirs in itertools.zip_longest(
        in_frames(participants, plan, starts), plainly(participants, plan, starts)
    ):
        assert ours == theirs


def test_the_random_participants_meet_every_answer_there_is():
    found = derive_courses(*as_frames(draw_participants(600, 0)), Plan(confirmation=True))
    assert set(found["target_response"]) == {"none", "CR", "PR", "SD", "PD", "NE", None}
    assert set(found["nontarget_response"]) == {"none", "CR", "non_CR_non_PD", "PD", "NE", None}
    assert set(found["overall"]) == {"CR", "PR", "SD", "non_CR_non_PD", "PD", "NE", None}
    assert set(found["best_so_far"]) == {"CR", "PR", "SD", "non_CR_non_PD", "PD", "NE", None}
    assert set(found["new_lesion"]) == {"none", "equivocal", "unequivocal", None}
    assert set(found["role"]) == {"before_baseline", "baseline", "assessment"}
    backdated = found.filter(pl.col("overall") == "PD", pl.col("progression_on") < pl.col("day"))
    assert backdated.height > 20


def test_nobody_and_one_who_was_never_at_baseline_are_answered_too():
    assert derive_courses(*as_frames([])).height == 0
    course = draw_participants(1, 1)[0]
    nobody = derive_courses(*as_frames([[(visit, False) for visit, _ in course]]))
    assert set(nobody["role"]) == {"before_baseline"}
    assert nobody["overall"].null_count() == len(course)


def test_participants_without_any_target_or_without_any_row_are_answered_too():
    visits, targets, nontargets, news = as_frames(draw_participants(200, 2))
    others = derive_courses(visits, targets.clear(), nontargets, news)
    assert set(others["target_response"]) == {"none", None}
    assert {"CR", "non_CR_non_PD", "PD", "NE"} <= set(others["overall"])
    empty = derive_courses(visits, targets.clear(), nontargets.clear(), news.clear())
    assert set(empty["overall"]) == {None}
    assert empty.schema == others.schema


def test_frames_without_optional_columns_are_taken_as_missing_them():
    visits, targets, _, _ = as_frames(draw_participants(200, 3, mess=0.0))
    short = derive_courses(
        visits.drop("start", "markers_normal"), targets.select("participant", "number", "lesion", "diameter_mm")
    )
    assert {"PR", "SD", "PD"} <= set(short["overall"])


def test_control_a_limit_moved_by_a_millimeter_is_noticed(monkeypatch):
    participants = draw_participants(600, 0)
    right = plainly(participants, PLANS[0], {})
    monkeypatch.setattr(stepping, "GROWTH_MIN", 4_000)
    assert in_frames(participants, PLANS[0], {}) != right


def test_control_a_lesion_that_is_forgotten_at_baseline_is_noticed():
    participants = draw_participants(600, 0)
    right = plainly(participants, PLANS[0], {})
    found = next(
        i for i, visits in enumerate(participants) if len(visits) > 1 and visits[0][1] and visits[0][0].targets
    )
    visit, baseline = participants[found][0]
    participants[found][0] = (replace(visit, targets=visit.targets[1:]), baseline)
    assert in_frames(participants, PLANS[0], {}) != right
