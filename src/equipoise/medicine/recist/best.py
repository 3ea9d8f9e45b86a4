"""The best overall response from the start to progression, with or without confirmation of a response.

A response is confirmed when it is seen again after the protocol's interval; what came between and what follows decide
by the guideline's table 3 (best.csv). Eisenhauer 2009, Eur J Cancer 45:228, sections 4.5 and 4.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from equipoise.medicine.recist.lesions import FOLLOWED, Plan
from equipoise.medicine.recist.tables import BEST_FIRST, best_of_pair

__all__ = ["best_overall_response"]


def best_overall_response(
    responses: Sequence[tuple[date, str | None]],
    start: date,
    plan: Plan,
    *,
    targets: bool = True,
    reread: bool = False,
) -> str | None:
    """The best of the overall responses in order of time; None when there are none. What follows a PD does not count.

    `start`: the day from which stable disease is counted. `targets`: whether there were target lesions at baseline;
    without them, held disease is non-CR/non-PD. `reread`: a CR that is followed by PR was none (footnote to table 3).
    """
    course = _until_progression(responses)
    if not course:
        return None
    held = any(response in FOLLOWED and (day - start).days >= plan.min_sd_days for day, response in course)
    found = {"PD" if course[-1][1] == "PD" else "NE"}
    for place, (_, first) in enumerate(course):
        second = _second(course, place, plan)
        worth = best_of_pair(first, second, confirmation=plan.confirmation, long_enough=held, reread=reread)
        found.add("non_CR_non_PD" if worth == "SD" and not targets else worth)
    return min(found, key=BEST_FIRST.index)


def _until_progression(responses: Sequence[tuple[date, str | None]]) -> list[tuple[date, str]]:
    course: list[tuple[date, str]] = []
    for day, response in responses:
        if response is None:
            continue
        course.append((day, response))
        if response == "PD":
            break
    return course


def _second(course: Sequence[tuple[date, str]], place: int, plan: Plan) -> str:
    """The response that confirms the one at `place`, or the one that ends the hope of it; NE when neither came."""
    day, first = course[place]
    confirming = ("CR",) if first == "CR" else ("CR", "PR")
    not_evaluable = 0
    for later, response in course[place + 1 :]:
        if response == "NE":
            not_evaluable += 1
            if not_evaluable > plan.not_evaluable_between_max:
                return "NE"
        elif response not in confirming:
            return "SD" if response == "non_CR_non_PD" else response
        elif (later - day).days >= plan.confirmation_days:
            return response
    return "NE"
