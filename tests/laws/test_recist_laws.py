"""Laws of RECIST: order of lines is nothing, the nadir never rises, new lesions are PD, dates do not move on; any record gets an answer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Method, Observation, Port
from equipoise.medicine.recist import Assessment, NewLesion, Plan, Target, derive_course
from equipoise.medicine.recist.tables import BEST_FIRST
from tests.hunting import examples
from tests.medicine.saying import is_whole
from tests.twins.random_lesions import draw_participants

PLANS = st.builds(Plan, st.booleans(), st.sampled_from([0, 42, 60]), st.sampled_from([14, 28]), st.sampled_from([0, 1]))


@st.composite
def courses(draw: st.DrawFn, mess: float = 0.15) -> list[Assessment]:
    """The assessments of a random participant, the first taken as the baseline."""
    return [visit for visit, _ in draw_participants(1, draw(st.integers(0, 10**6)), mess=mess)[0]]


def named_once(one: Assessment) -> Assessment:
    """Each lesion on one line: of a lesion listed twice the first counts."""
    tables = ({row.lesion: row for row in reversed(rows)}.values() for rows in (one.targets, one.nontargets, one.news))
    return replace(one, **dict(zip(("targets", "nontargets", "news"), map(tuple, tables), strict=True)))


def nadir_rises(points: list[Any]) -> bool:
    """Whether a later assessment is compared with a larger sum than an earlier one, or with more than the baseline."""
    known = [point.nadir_mm for point in points if point.nadir_mm is not None]
    above = any(p.nadir_mm > p.baseline_mm for p in points if None not in (p.nadir_mm, p.baseline_mm))
    return above or known != sorted(known, reverse=True)


@given(courses(), st.integers(0, 99), PLANS)
def test_the_order_of_lines_on_a_form_changes_nothing(course, seed, plan):
    once = [named_once(one) for one in course]
    chance = random.Random(seed)
    mixed = [
        replace(one, **{name: tuple(chance.sample(rows, len(rows))) for name in ("targets", "nontargets", "news")
                        for rows in [getattr(one, name)]})
        for one in once
    ]  # fmt: skip
    assert derive_course(once, plan) == derive_course(mixed, plan)


@given(courses(mess=0.4))
def test_the_nadir_never_rises_and_never_exceeds_the_baseline(course):
    assert not nadir_rises(derive_course(course))


def test_control_the_sum_before_instead_of_the_nadir_breaks_that_law():
    found = derive_course(next(one for one in map(lambda s: [v for v, _ in draw_participants(1, s, mess=0)[0]], range(99))
                               if len(one) > 4 and len({p.sum_mm for p in derive_course(one)}) > 3))  # fmt: skip
    found[2] = replace(found[2], nadir_mm=found[2].baseline_mm + 1)
    assert nadir_rises(found)


def answers_beyond_their_limits(points: list[Any]) -> list[str]:
    """Target responses whose sums, counted in whole micrometers, do not allow them."""
    wrong = []
    for point in points:
        known = (point.sum_mm, point.baseline_mm, point.nadir_mm)
        total, baseline, nadir = (None if mm is None else Fraction(str(mm)) for mm in known)
        if point.target_response == "PR" and not total <= baseline * Fraction(7, 10):
            wrong.append("PR")
        if point.target_response == "SD" and (
            total <= baseline * Fraction(7, 10) or total >= max(nadir * Fraction(12, 10), nadir + 5)
        ):
            wrong.append("SD")
    return wrong


@given(courses(mess=0.4))
def test_a_partial_response_shrank_by_thirty_percent_and_stable_disease_did_neither_that_nor_grow(course):
    assert answers_beyond_their_limits(derive_course(course)) == []


def test_control_a_partial_response_of_29_percent_breaks_that_law():
    first = Assessment(date(2026, 1, 1), (Target("T1", 100.0),))
    points = derive_course([first, Assessment(date(2026, 3, 1), (Target("T1", 71.0),))])
    assert answers_beyond_their_limits([points[0], replace(points[1], target_response="PR")]) == ["PR"]


@given(courses(mess=0.0), st.sampled_from([2, 3]))
def test_lengths_in_another_unit_shift_percentages_by_nothing(course, times):
    """Shares of the sum know no unit; only the 5 mm of growth and the 10 mm of a node do."""
    larger = [replace(one, targets=tuple(
        replace(row, diameter_mm=None if row.diameter_mm is None else float(Decimal(str(row.diameter_mm)) * times))
        for row in one.targets)) for one in course]  # fmt: skip
    complete = False  # nodes all below 10 mm, which is a length: what grows after that is a return, and progression
    for small, large in zip(derive_course(course), derive_course(larger), strict=True):
        assert small.change_from_baseline_percent == large.change_from_baseline_percent
        assert small.change_from_nadir_percent == large.change_from_nadir_percent
        complete |= "CR" in (small.target_response, large.target_response)
        if small.target_response in ("PR", "PD") and not complete:
            assert large.target_response in ("PR", "PD")


@given(courses(), st.integers(1, 9), PLANS)
def test_an_unequivocal_new_lesion_is_progression_by_that_day(course, place, plan):
    place = min(place, len(course) - 1)
    if place == 0:
        return
    course[place] = replace(course[place], news=(*course[place].news, NewLesion("NEW9", "unequivocal")))
    point = derive_course(course, plan)[place]
    assert point.overall == "PD"
    assert point.progression_on <= course[place].day


@given(courses(mess=0.4), PLANS)
def test_what_comes_later_changes_nothing_that_was_said(course, plan):
    points = derive_course(course, plan)
    for end in range(1, len(course)):
        assert derive_course(course[:end], plan) == points[:end]


@given(courses(mess=0.4), PLANS)
def test_the_day_of_progression_only_moves_back(course, plan):
    days = [point.progression_on for point in derive_course(course, plan)]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=True)
    assert None not in days[days.index(known[0]) :] if known else True


@given(courses(), PLANS)
def test_the_best_response_gets_no_worse_while_nothing_new_is_seen(course, plan):
    points = derive_course([replace(one, news=()) for one in course], plan)
    best = [BEST_FIRST.index(point.best_so_far) for point in points if point.best_so_far is not None]
    assert best == sorted(best, reverse=True)


@given(courses(), PLANS)
def test_with_confirmation_the_best_response_is_never_better(course, plan):
    alone = derive_course(course, replace(plan, confirmation=False))[-1].best_so_far
    confirmed = derive_course(course, replace(plan, confirmation=True))[-1].best_so_far
    if alone is not None:
        assert BEST_FIRST.index(confirmed) >= BEST_FIRST.index(alone) or confirmed == "PD"


def value_of(port: Port) -> st.SearchStrategy[Any]:
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "decimal": st.sampled_from([-1.0, 0.0, 0.4, 3.8, 9.9, 15.0, 30.0, 1e9]), "text": st.sampled_from(["", "T1", "T2", "N1"]),
        "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)), "boolean": st.booleans(),
        "code": st.sampled_from(port.codes or ("mri", "ultrasound", "neck_nodes", "liver")),
    }  # fmt: skip
    return st.none() | kinds[port.type]


@st.composite
def records(draw: st.DrawFn, method: Method) -> list[Observation]:
    day, found = date(2026, 1, 1), []
    for _ in range(draw(st.integers(1, 4))):
        rows = {
            table: tuple(draw(st.lists(st.fixed_dictionaries({f: value_of(p) for f, p in ports.items()}), max_size=3)))
            for table, ports in method.rows.items()
        }
        values = {name: draw(value_of(port)) for name, port in method.inputs.items()}
        found.append(
            Observation(
                draw(st.sampled_from([day, None])), draw(st.sampled_from(["screening", "later"])), 1, values, rows
            )
        )
        day += timedelta(42)
    return found


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=examples(60))
@given(st.data())
def test_any_record_gets_an_answer_in_the_shape_that_the_ports_declare(data):
    method = method_of("recist")
    *before, now = data.draw(records(method))
    derived = method.derive(now, before, {"baseline_visits": ("screening",), "version": "RECIST 1.1"})
    assert set(derived.values) == set(method.outputs)
    for name, value in derived.values.items():
        codes = method.outputs[name].codes
        assert value is None or not codes or value in codes, (name, value)
    for one in derived.remarks:
        assert one.row is None or 1 <= one.row <= len(now.rows[one.rows])
        assert is_whole(one)
