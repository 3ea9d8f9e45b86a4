"""Worst grade, onset, resolution and shift from baseline, worked out by hand from series of a few days."""

from datetime import date

import pytest

from equipoise.medicine.ctcae.episodes import (
    Event,
    Graded,
    shift_table,
    summarize,
    summarize_events,
    treatment_emergent,
)


def day(number):
    return date(2025, 3, number)


def series(*grades, term="anemia"):
    """Pairs of day of March and grade."""
    return [Graded(term, day(number), grade) for number, grade in grades]


def test_an_event_has_a_worst_grade_an_onset_and_a_resolution():
    one = summarize(series((1, 0), (5, 1), (8, 3), (12, 2), (15, 1), (20, 0)))["anemia"]
    assert (one.worst, one.onset, one.worst_on, one.resolved_on) == (3, day(5), day(8), day(20))
    assert (one.duration_days, one.ongoing, one.emergent) == (15, False, True)


@pytest.mark.parametrize(("level", "resolved"), [("zero", None), ("one", day(15)), ("baseline", day(15))])
def test_resolution_is_to_the_level_that_is_asked_for(level, resolved):
    grades = series((1, 1), (5, 2), (8, 3), (15, 1))
    one = summarize(grades, first_treatment=day(2), resolved_to=level)["anemia"]
    assert one.baseline == 1
    assert one.resolved_on == resolved
    assert one.ongoing == (resolved is None)
    assert one.duration_days == 10


def test_an_event_of_grade_1_is_over_only_at_grade_0():
    grades = series((5, 1), (8, 1), (9, 0))
    assert summarize(grades, resolved_to="one")["anemia"].resolved_on == day(9)


def test_an_event_that_comes_back_is_over_when_it_is_over_for_good():
    one = summarize(series((2, 2), (4, 0), (6, 1), (9, 0), (12, 0)))["anemia"]
    assert (one.onset, one.resolved_on) == (day(2), day(9))


def test_what_was_as_bad_before_treatment_did_not_begin_with_it():
    same = summarize(series((1, 2), (5, 2), (9, 1)), first_treatment=day(1))["anemia"]
    assert (same.baseline, same.worst, same.onset, same.emergent) == (2, 2, None, False)
    worse = summarize(series((1, 2), (5, 3)), first_treatment=day(1))["anemia"]
    assert (worse.onset, worse.emergent, worse.ongoing, worse.duration_days) == (day(5), True, True, 0)
    people = [{"anemia": same}, {"anemia": worse}, {}]
    assert [list(treatment_emergent(one)) for one in people] == [[], ["anemia"], []]
    assert shift_table(people, "anemia") == {(2, 2): 1, (2, 3): 1, (None, None): 1}


def test_the_worst_of_a_day_counts_and_what_is_not_known_is_passed_over():
    one = summarize(series((5, 1), (5, 4), (6, None), (7, 0)))["anemia"]
    assert (one.worst, one.resolved_on) == (4, day(7))
    assert summarize(series((5, None))) == {}


def test_nothing_after_treatment_is_not_grade_0():
    one = summarize(series((1, 1)), first_treatment=day(2))["anemia"]
    assert (one.baseline, one.worst, one.emergent) == (1, None, False)


def test_reported_events_are_over_when_all_of_them_are():
    both = [Event("nausea", day(3), day(9), 2), Event("nausea", day(7), day(20), 3)]
    one = summarize_events(both)["nausea"]
    assert (one.worst, one.worst_on, one.onset, one.resolved_on, one.duration_days) == (3, day(7), day(3), day(20), 17)
    lasting = [*both, Event("nausea", day(5), None, 1)]
    assert summarize_events(lasting)["nausea"].ongoing
    assert summarize_events(lasting)["nausea"].duration_days is None
    assert summarize_events(lasting, until=day(28))["nausea"].duration_days == 25
