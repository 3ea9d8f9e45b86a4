"""RECIST 1.1 from lesions: limits met exactly, the nadir, what is missing, split, merged, too small, new or equivocal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from equipoise.medicine.recist import (
    Assessment,
    NewLesion,
    NonTarget,
    Plan,
    Target,
    choose_targets,
    classify_lesion,
    derive_course,
)
from equipoise.medicine.recist import responses as rules
from equipoise.medicine.recist.measurable import Candidate

DAY = date(2026, 1, 5)


def seen(*targets, week=0, others=(), news=(), markers=None):
    rows = tuple(
        row if isinstance(row, Target) else Target(f"T{n}", row, node=False) for n, row in enumerate(targets, 1)
    )
    return Assessment(DAY + timedelta(weeks=week), rows, tuple(others), tuple(news), markers)


def last(*assessments, plan=None):
    return derive_course([replace(one, day=DAY + timedelta(weeks=6 * n)) for n, one in enumerate(assessments)], plan)[
        -1
    ]


@pytest.mark.parametrize(
    ("sums", "response"),
    [
        ((100, 70), "PR"), ((100, 70.1), "SD"), ((33.3, 23.31), "PR"), ((33.3, 23.32), "SD"),
        ((100, 50, 60), "PD"), ((100, 50, 59.9), "PR"),  # 20 % over the nadir
        ((100, 20, 24.9), "PR"), ((100, 20, 25), "PD"),  # 20 % would be 4 mm: 5 mm are asked for
        ((165, 63, 65), "PR"),  # recist.eortc.org, clarification of the definition of SD: a continuing PR
        ((25, 30), "PD"), ((24, 28.9), "SD"), ((100, 119.9), "SD"), ((100, 120), "PD"),
        ((100, 0), "CR"), ((100, 0, 5), "PD"), ((100, 0, 3), "PD"),  # after a complete response any disease is progression
    ],
)  # fmt: skip
def test_thirty_and_twenty_percent_and_five_millimeters_are_met_exactly_or_not_at_all(sums, response):
    assert last(*map(seen, sums)).target_response == response


def test_growth_is_measured_from_the_smallest_complete_sum_and_shrinkage_from_baseline():
    gone = Target("T2", None, "not_evaluable")
    points = derive_course([seen(50, 50), seen(30, 30, week=6), seen(10, gone, week=12), seen(36, 36, week=18)])
    assert [point.nadir_mm for point in points] == [None, 100, 60, 60]
    assert points[2].sum_mm is None
    assert points[2].measured_mm == 10
    assert points[2].target_response == "NE"
    assert points[3].target_response == "PD"
    assert points[3].change_from_nadir_percent == 20
    assert points[3].change_from_baseline_percent == -28


def test_what_could_be_measured_is_enough_for_progression_and_for_nothing_else():
    assert last(seen(20, 20, 20), seen(40, 32)).overall == "PD"
    assert last(seen(20, 20, 20), seen(5, 5)).overall == "NE"


def test_percentages_are_cut_so_that_they_never_read_as_a_limit_that_was_not_reached():
    point = last(seen(333.3), seen(233.32))
    assert point.target_response == "SD"
    assert point.change_from_baseline_percent == -29.99


def test_nodes_below_ten_millimeters_are_a_complete_response_with_a_sum():
    node = Target("T1", 20, node=True)
    assert last(seen(node), seen(replace(node, diameter_mm=9.9))).target_response == "CR"
    assert last(seen(node), seen(replace(node, diameter_mm=10))).target_response == "PR"
    back = last(seen(node), seen(replace(node, diameter_mm=4)), seen(replace(node, diameter_mm=9.5)))
    assert (back.target_response, back.sum_mm) == ("CR", 9.5)  # a normal node does not progress


@pytest.mark.parametrize(
    ("row", "total"),
    [(Target("T2", None, "too_small"), 35), (Target("T2", 3, "too_small"), 33), (Target("T2", None, "disappeared"), 30),
     (Target("T2", None, "not_evaluable"), None), (Target("T2", None), None), (Target("T2", -4), None)],
)  # fmt: skip
def test_too_small_counts_as_five_millimeters_disappeared_as_none_and_not_evaluable_leaves_the_sum_open(row, total):
    assert last(seen(30, 20), seen(30, row)).sum_mm == total


def test_fragments_are_summed_and_coalesced_lesions_counted_once():
    parts = Target("T2a", 8, split_from="T2"), Target("T2b", 7, split_from="T2")
    assert last(seen(30, 20), seen(30, *parts)).sum_mm == 45
    remembered = [replace(part, split_from=None) for part in parts]
    assert last(seen(30, 20), seen(30, *parts), seen(30, *remembered)).sum_mm == 45
    merged = Target("T1", 41), Target("T2", None, "merged", merged_into="T1")
    assert last(seen(30, 20), seen(*merged)).sum_mm == 41
    assert last(seen(30, 20), seen(*merged), seen(Target("T1", 40))).sum_mm == 40  # it stays where it was
    assert last(seen(30, 20), seen(30, Target("T2", None, "merged"))).target_response == "NE"


def test_non_targets_are_gone_still_there_progressing_or_not_evaluated():
    def other(status, axis=None, markers=None):
        base = seen(30, others=[NonTarget("N1", "present", node=axis is not None, short_axis_mm=axis and 14)])
        later = seen(30, others=[NonTarget("N1", status, short_axis_mm=axis)], markers=markers)
        return last(base, later).nontarget_response

    assert other("absent") == "CR"
    assert other("absent", markers=False) == "non_CR_non_PD"
    assert other("present") == "non_CR_non_PD"
    assert other("unequivocal_progression") == "PD"
    assert other("not_evaluable") == "NE"
    assert other("present", axis=9.9) == "CR"
    assert other("absent", axis=10) == "non_CR_non_PD"
    assert last(seen(30), seen(30)).nontarget_response == "none"


def test_a_lesion_that_was_equivocal_and_is_certain_later_is_dated_to_the_first_scan():
    doubt, sure = NewLesion("NEW1", "equivocal"), NewLesion("NEW1", "unequivocal")
    points = derive_course([seen(30), seen(30, week=6, news=[doubt]), seen(30, week=12, news=[sure])])
    assert [point.new_lesion for point in points] == [None, "equivocal", "unequivocal"]
    assert [point.overall for point in points] == [None, "SD", "PD"]
    assert points[1].progression_on is None
    assert points[2].progression_on == DAY + timedelta(weeks=6)
    assert points[2].best_so_far == "PD"  # the SD of week 6 was progression already


def test_what_pet_alone_shows_waits_for_ct_and_a_known_site_is_not_new():
    def pet(seen_by, certainty="unequivocal"):
        return last(seen(30), seen(30, news=[NewLesion("NEW1", certainty, seen_by)]))

    assert pet("baseline_negative").overall == "PD"
    assert (pet("no_baseline").overall, pet("no_baseline").new_lesion) == ("SD", "equivocal")
    assert (pet("known_site").overall, pet("known_site").new_lesion) == ("SD", "none")
    first = seen(30, week=6, news=[NewLesion("NEW1", "unequivocal", "no_baseline")])
    confirmed = derive_course([seen(30), first, seen(30, week=12, news=[NewLesion("NEW1", "unequivocal")])])[-1]
    assert confirmed.progression_on == first.day


def test_progression_keeps_its_first_date_and_the_best_response_stops_there():
    points = derive_course([seen(50), seen(30, week=6), seen(60, week=12), seen(20, week=18), seen(80, week=24)])
    assert [point.overall for point in points] == [None, "PR", "PD", "PR", "PD"]
    assert {point.progression_on for point in points[2:]} == {DAY + timedelta(weeks=12)}
    assert {point.best_so_far for point in points[1:]} == {"PR"}


def test_where_nothing_was_there_at_baseline_there_is_no_response_until_something_new_comes():
    assert last(seen(), seen()).overall is None
    assert last(seen(), seen(news=[NewLesion("NEW1", "unequivocal")])).overall == "PD"


def test_confirmation_is_a_choice_of_the_plan():
    assert last(seen(50), seen(30), plan=Plan(confirmation=True)).best_so_far == "SD"
    assert last(seen(50), seen(30), seen(30), plan=Plan(confirmation=True)).best_so_far == "PR"


@pytest.mark.parametrize(
    ("lesion", "given", "kind"),
    [
        (Candidate("A", "lung", 10), {}, "measurable"), (Candidate("A", "lung", 9.9), {}, "not_measurable"),
        (Candidate("A", "lung", 15), {"slice_mm": 8}, "not_measurable"), (Candidate("A", "lung", 16), {"slice_mm": 8}, "measurable"),
        (Candidate("A", "lung", 19), {"method": "chest_xray"}, "not_measurable"),
        (Candidate("A", "lung", 20), {"method": "chest_xray"}, "measurable"),
        (Candidate("A", "neck", 15, node=True), {}, "measurable"), (Candidate("A", "neck", 14.9, node=True), {}, "pathological_node"),
        (Candidate("A", "neck", 9.9, node=True), {}, "normal_node"),
        (Candidate("A", "skull_base", 40, measurable_by_nature=False), {}, "not_measurable"),
        (Candidate("A", "lung", 40, irradiated=True), {}, "not_measurable"),
        (Candidate("A", "lung", 40, irradiated=True, progressed_since=True), {}, "measurable"),
        (Candidate("A", "neck", 30), {"method": "ultrasound"}, "not_measurable"),
    ],
)  # fmt: skip
def test_what_can_be_measured_depends_on_size_slice_method_and_nature(lesion, given, kind):
    assert classify_lesion(lesion, **given) == kind


def test_five_targets_are_chosen_in_all_and_two_in_an_organ_with_neck_and_retropharyngeal_nodes_as_one():
    nodes = [
        Candidate(f"N{mm}", organ, mm, node=True) for organ, mm in (("retropharyngeal", 20), ("neck", 30), ("neck", 16))
    ]
    others = [Candidate(f"{organ}{mm}", organ, mm) for organ in ("lung", "liver") for mm in (50, 40, 15)]
    chosen = choose_targets([*nodes, *others])
    assert chosen == ["liver50", "lung50", "liver40", "lung40", "N30"]
    assert choose_targets(nodes) == ["N30", "N20"]


def test_control_a_limit_of_four_millimeters_is_noticed(monkeypatch):
    monkeypatch.setattr(rules, "GROWTH_MIN", 4_000)
    with pytest.raises(AssertionError):
        test_thirty_and_twenty_percent_and_five_millimeters_are_met_exactly_or_not_at_all((100, 20, 24.9), "PR")
