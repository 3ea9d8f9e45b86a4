"""Courses that others asked about in public (admiralonco 44, 87, 93, 194, 244, 275; recist.eortc.org), and their answers by RECIST 1.1.

Lengths and days are our own. `told`: the remarks on the last assessment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from equipoise.medicine.method import Observation
from equipoise.medicine.recist import remarks as recist_remarks
from tests.medicine.saying import is_whole
from tests.medicine.test_recist_method import DAY, METHOD, OPTIONS, target

GONE, NE = "disappeared", "not_evaluable"
CONFIRMED = {"confirmation": True}


@dataclass
class Case:
    """Assessments as day to lesions (a length, or a state); news as day to certainty; what the last one says."""

    course: dict[int, dict[str, Any]]
    overall: str
    best: str
    on: int | None = None
    told: tuple[str, ...] = ()
    options: dict[str, Any] | None = None
    news: dict[int, str] | None = None
    node: bool = False


def lesion(name: str, said: Any, *, node: bool) -> dict[str, Any]:
    state, length, more = (said, None, {}) if isinstance(said, str) else ("measured", said, {})
    if isinstance(said, tuple):  # length or None, and what it split from or merged into
        length, link = said
        state = "measured" if length is not None else "merged"
        more = {"split_from" if length is not None else "merged_into": link}
    return target(name, length, state=state, node=node) | more


def moments(case: Case) -> list[Observation]:
    found = []
    for day, lesions in case.course.items():
        rows = [lesion(name, said, node=case.node) for name, said in lesions.items()]
        new = (case.news or {}).get(day)
        news = [{"lesion": "X1", "certainty": new, "pet": "none"}] if new else []
        visit = "later" if found else "screening"
        found.append(Observation(DAY + timedelta(days=day), visit, 1, {}, {"targets": rows, "news": news}))
    return found


def last(case: Case) -> Any:
    *before, now = moments(case)
    return METHOD.derive(now, before, OPTIONS | (case.options or {}))


SPLIT = {0: {"T1": 30, "T2": 20}, 56: {"T1": 30, "T2a": (12, "T2"), "T2b": (10, "T2")}}
CASES = {
    "CR early, then disease again: PD, no SD before": Case(
        {0: {"T1": 50}, 30: {"T1": GONE}, 60: {"T1": 20}}, "PD", "PD", 60, ("again_after_complete",), CONFIRMED),
    "CR late, then disease again: SD was there": Case(
        {0: {"T1": 50}, 60: {"T1": GONE}, 100: {"T1": 20}}, "PD", "SD", 100, ("again_after_complete",), CONFIRMED),
    "CR, then disease again, without confirmation": Case(
        {0: {"T1": 50}, 60: {"T1": GONE}, 100: {"T1": 20}}, "PD", "CR", 100, ("again_after_complete",)),
    "PR at day 36, then PD": Case({0: {"T1": 50}, 36: {"T1": 30}, 79: {"T1": 50}}, "PD", "PD", 79, (), CONFIRMED),
    "stable too early is not evaluable": Case({0: {"T1": 50}, 20: {"T1": 50}}, "SD", "NE"),
    "PD has no window": Case({0: {"T1": 50}, 20: {"T1": 50}, 60: {"T1": 70}}, "PD", "PD", 60),
    "PR, NE, PR is confirmed": Case(
        {0: {"T1": 50}, 56: {"T1": 30}, 84: {"T1": NE}, 112: {"T1": 30}}, "PR", "PR", None, (), CONFIRMED),
    "PR, NE, NE, PR is not": Case(
        {0: {"T1": 50}, 56: {"T1": 30}, 84: {"T1": NE}, 98: {"T1": NE}, 112: {"T1": 30}}, "PR", "SD", None, (), CONFIRMED),
    "two targets merged": Case({0: {"T1": 30, "T2": 20}, 56: {"T1": 40, "T2": (None, "T1")}}, "SD", "SD"),
    "a target split": Case(SPLIT, "SD", "SD"),
    "a fragment is left out": Case(SPLIT | {112: {"T1": 30, "T2a": 6}}, "SD", "SD", None, ("target_missing",)),
    "a fragment merged again and is left out": Case(
        SPLIT | {112: {"T1": 30, "T2a": 14, "T2b": (None, "T2a")}, 168: {"T1": 30, "T2a": 14}}, "SD", "SD"),
    "both fragments are left out": Case(SPLIT | {112: {"T1": 30}}, "NE", "SD", None, ("target_missing",)),
    "a new lesion is dated to the day of its suspicion": Case(
        {0: {"T1": 50}, 56: {"T1": 50}, 100: {"T1": 50}}, "PD", "PD", 56, (), None, {56: "equivocal", 100: "unequivocal"}),
    "a time point in two images, three days apart": Case(
        {0: {"T1": 50}, 56: {"T1": 30}, 59: {"T1": 55}}, "PD", "PR", 59, ("days_apart",)),
    "a smaller sum that came late is the nadir": Case({0: {"T1": 30}, 100: {"T1": 15}, 140: {"T1": 20}}, "PD", "PR", 140),
    "a node of 9 mm, then of 11 mm": Case(
        {0: {"T1": 20}, 56: {"T1": 9}, 112: {"T1": 11}}, "PD", "CR", 112, ("again_after_complete",), None, None, True),
    "30 percent exactly": Case({0: {"T1": 50}, 56: {"T1": 35}}, "PR", "PR"),
    "20 percent and 4 mm": Case({0: {"T1": 60}, 56: {"T1": 15}, 112: {"T1": 19}}, "PR", "PR"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_course_has_the_answer_of_recist(name):
    case = CASES[name]
    found = last(case)
    assert found.values["overall"] == case.overall
    assert found.values["best_so_far"] == case.best
    assert found.values["progression_on"] == (None if case.on is None else DAY + timedelta(days=case.on))
    assert {one.code.partition("/")[0] for one in found.remarks} == set(case.told)
    assert all(is_whole(one) for one in found.remarks)


def test_what_became_of_a_fragment_is_asked_by_its_own_name():
    [asked] = last(CASES["a fragment is left out"]).remarks
    assert "T2b split from T2 before and is not listed" in asked.say("en").what
    [asked] = last(CASES["both fragments are left out"]).remarks
    assert asked.say("en").what == "T2 was a target at baseline and is not listed"


def test_control_without_the_search_for_what_is_missing_a_fragment_vanishes_in_silence(monkeypatch):
    monkeypatch.setattr(recist_remarks, "_on_missing", lambda *_: ())
    assert last(CASES["a fragment is left out"]).remarks == ()
