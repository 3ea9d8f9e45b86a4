"""Two baselines on one form: the lesions are chosen at the first, so the second says nothing of how they were chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Derived, Observation


def _seen(day: date, visit: str, *mm: float) -> Observation:
    rows = [
        {"lesion": f"T{n}", "organ": organ, "node": organ == "neck", "diameter": length, "state": "measured"}
        for n, (organ, length) in enumerate(zip(("nasopharynx", "neck"), mm, strict=True), start=1)
    ]
    return Observation(day, visit, 1, {"slice_mm": 3.0, "method": "mri"}, {"targets": rows})


BEFORE = _seen(date(2025, 1, 8), "screening", 34, 18)
AFTER = _seen(date(2025, 3, 14), "after_induction", 30, 14)
LATER = _seen(date(2025, 8, 1), "response_assessment", 22, 11)


def _derive(now: Observation, before: list[Observation], **options: Any) -> Derived:
    method = method_of("recist")
    assert method is not None
    given = {name: option.default for name, option in method.options.items()} | {"version": "RECIST 1.1"} | options
    return method.derive(now, before, given)


def test_each_baseline_has_a_response_of_its_own() -> None:
    first = _derive(LATER, [BEFORE, AFTER], baseline_visits=("screening",)).values  # 33 of 52 mm: -36.5 %
    second = _derive(LATER, [BEFORE, AFTER], baseline_visits=("after_induction",)).values  # 33 of 44 mm: -25 %
    assert (first["overall"], second["overall"]) == ("PR", "SD")


def test_a_node_that_shrank_below_15_mm_is_told_at_a_first_baseline_only() -> None:
    told = _derive(AFTER, [BEFORE], baseline_visits=("after_induction",))
    assert [remark.code for remark in told.remarks] == ["below_measurable"]
    quiet = _derive(AFTER, [BEFORE], baseline_visits=("after_induction",), remarks=False)
    assert quiet.remarks == ()
    assert quiet.values == told.values


def test_the_second_baseline_gives_the_same_values_without_remarks() -> None:
    told = _derive(LATER, [BEFORE, AFTER], baseline_visits=("after_induction",))
    quiet = _derive(LATER, [BEFORE, AFTER], baseline_visits=("after_induction",), remarks=False)
    assert quiet.values == told.values
    assert quiet.values["baseline_sum"] == 44
