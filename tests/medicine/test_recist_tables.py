"""The guideline's tables cell by cell, typed here once more from the paper: tables 1 and 2 at a time point, table 3 for the best."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from equipoise.medicine.recist import Plan, best_overall_response, overall_response
from equipoise.medicine.recist.tables import best_of_pair
from equipoise.medicine.tables import read_table

NOT_PD = ("CR", "non_CR_non_PD", "NE", "none")
# Eisenhauer 2009, table 1 (target disease, with or without non-target disease) and table 2 (non-target disease only).
CELLS: dict[tuple[str, str], str | None] = {
    ("CR", "CR"): "CR", ("CR", "none"): "CR", ("CR", "non_CR_non_PD"): "PR", ("CR", "NE"): "PR",
    **{("PR", other): "PR" for other in NOT_PD},
    **{("SD", other): "SD" for other in NOT_PD},
    **{("NE", other): "NE" for other in NOT_PD},
    **{("PD", other): "PD" for other in (*NOT_PD, "PD")},
    **{(target, "PD"): "PD" for target in ("CR", "PR", "SD", "NE", "none")},
    ("none", "CR"): "CR", ("none", "non_CR_non_PD"): "non_CR_non_PD", ("none", "NE"): "NE", ("none", "none"): None,
}  # fmt: skip
TARGETS, NONTARGETS = ("CR", "PR", "SD", "PD", "NE", "none"), ("CR", "non_CR_non_PD", "PD", "NE", "none")

# Table 3: first, second, what it is worth when stable disease was held long enough, and when it was not.
CONFIRMED = [
    ("CR", "CR", "CR", "CR"), ("CR", "PR", "SD", "PD"), ("CR", "SD", "SD", "PD"), ("CR", "PD", "SD", "PD"), ("CR", "NE", "SD", "NE"),
    ("PR", "CR", "PR", "PR"), ("PR", "PR", "PR", "PR"), ("PR", "SD", "SD", "NE"), ("PR", "PD", "SD", "PD"), ("PR", "NE", "SD", "NE"),
    ("NE", "NE", "NE", "NE"), ("SD", "SD", "SD", "NE"), ("SD", "PD", "SD", "NE"), ("PD", "NE", "PD", "PD"),
]  # fmt: skip
DAY = date(2026, 1, 5)


def differing(cells, table=overall_response):
    return [cell for cell, expected in cells.items() if table(*cell, new=False) != expected]


def test_the_table_of_a_time_point_has_every_combination():
    assert set(CELLS) == set(itertools.product(TARGETS, NONTARGETS))


@pytest.mark.parametrize(("target", "nontarget"), CELLS, ids=" with ".join)
def test_without_a_new_lesion_each_cell_is_that_of_the_paper(target: str, nontarget: str):
    assert overall_response(target, nontarget, new=False) == CELLS[target, nontarget]


@pytest.mark.parametrize(("target", "nontarget"), CELLS, ids=" with ".join)
def test_a_new_lesion_is_progression_whatever_else_is_seen(target: str, nontarget: str):
    assert overall_response(target, nontarget, new=True) == "PD"


@pytest.mark.parametrize(("first", "second", "held", "short"), CONFIRMED, ids=lambda cell: cell)
def test_with_confirmation_each_pair_is_that_of_the_paper(first: str, second: str, held: str, short: str):
    assert best_of_pair(first, second, confirmation=True, long_enough=True) == held
    assert best_of_pair(first, second, confirmation=True, long_enough=False) == short


def test_a_complete_response_that_was_none_is_read_again_as_a_partial_one():
    assert best_of_pair("CR", "PR", confirmation=True, long_enough=True, reread=True) == "PR"
    assert best_of_pair("CR", "SD", confirmation=True, long_enough=True, reread=True) == "SD"


@pytest.mark.parametrize("first", ["CR", "PR", "PD", "NE"])
def test_without_confirmation_a_response_is_worth_itself(first: str):
    assert {best_of_pair(first, "PD", confirmation=False, long_enough=held) for held in (True, False)} == {first}


def test_every_row_of_both_tables_names_its_source():
    assert all(row["source"] for name in ("timepoint.csv", "best.csv") for row in read_table(f"recist/{name}"))


def course(*responses: tuple[int, str]):
    return [(DAY + timedelta(days), response) for days, response in responses]


@pytest.mark.parametrize(
    ("responses", "alone", "confirmed"),
    [
        (((42, "PR"), (70, "PR")), "PR", "PR"),
        (((42, "PR"), (69, "PR")), "PR", "SD"),  # 27 days are not four weeks
        (((42, "PR"), (63, "PR"), (70, "PR")), "PR", "PR"),  # the first is confirmed by the third
        (((42, "PR"), (63, "NE"), (84, "PR")), "PR", "PR"),
        (((42, "PR"), (56, "NE"), (63, "NE"), (84, "PR")), "PR", "SD"),  # two in between are one too many
        (((42, "CR"), (84, "CR")), "CR", "CR"),
        (((42, "PR"), (84, "CR")), "CR", "PR"),
        (((41, "SD"), (80, "PD")), "PD", "PD"),  # 41 days are not the 42 of the plan
        (((42, "SD"), (80, "PD")), "SD", "SD"),
        (((42, "NE"), (84, "NE")), "NE", "NE"),
        (((42, "PD"), (84, "CR"), (126, "CR")), "PD", "PD"),  # nothing counts after progression
        ((), None, None),
    ],
)
def test_the_best_of_a_course_with_and_without_confirmation(responses, alone, confirmed):
    assert best_overall_response(course(*responses), DAY, Plan()) == alone
    assert best_overall_response(course(*responses), DAY, Plan(confirmation=True)) == confirmed


def test_control_one_cell_read_wrongly_is_noticed():
    def lenient(target, nontarget, *, new):
        return "CR" if (target, nontarget) == ("CR", "NE") else overall_response(target, nontarget, new=new)

    assert differing(CELLS) == []
    assert differing(CELLS, lenient) == [("CR", "NE")]
