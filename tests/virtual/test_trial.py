"""The plan of a rehearsal: what is said of sites and visits is played as it is said."""

from datetime import date

from equipoise.virtual.trial import make_virtual_trial
from tests.effects.more_worlds import GIVEN, MORE
from tests.spec.minimal import minimal_protocol
from tests.spec.rich import RICH


def plan_of(*changes):
    protocol = minimal_protocol(RICH, GIVEN, *changes)
    return make_virtual_trial(protocol, protocol.scenarios[0], date(2026, 1, 1), 1, lambda receipt, name: "")


def test_a_probability_is_played_as_it_is_said_however_high():
    """Sites differ around what is said of all; none of them beyond nine in ten, unless it is said."""
    sites = "sites: {S01: {missed_visit: 1, typing_error: 0.8}}"
    said = plan_of(f"scenarios: [{{id: base, missed_visit: 0.95, {sites}}}]").habits
    assert (said["S01"].missed_visit, said["S01"].typing_error) == (1, 0.8)
    assert 0.3 < said["S02"].missed_visit <= 0.95
    silent = plan_of("scenarios: [{id: base, missed_visit: 0.8, typing_error: 0.45}]").habits
    assert all(one.missed_visit <= 0.9 and one.typing_error <= 0.5 for one in silent.values())


def test_people_are_enrolled_at_the_visit_that_says_so():
    later = plan_of(MORE["enrolled later"])
    at_once = plan_of(MORE["enrolled later"], "visits: [{id: planning, act: [randomize]}]")
    assert [[visit.id for visit in one.screening_visits] for one in (later, at_once)] == [
        ["screening", "planning"],
        ["screening"],
    ]
