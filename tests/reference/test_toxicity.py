"""Safety boundaries and what they do agree with clinfun's toxbdry, which follows Ivanova, Qaqish and Schell 2005.

Reference and recipe: data/toxicity.json. Tolerances are half of the last digit that the reference prints. Of the two boundaries that
toxbdry brackets its level with, the one that keeps the promise is ours; both are held against the exact characteristics.
"""

import json
from pathlib import Path

import pytest

from equipoise.design import Pocock
from equipoise.planning import SafetyBound, safety_bounds, safety_characteristics

CASES = json.loads((Path(__file__).parent / "data" / "toxicity.json").read_text("utf-8"))["cases"]
PROBABILITY, SIZE = 0.00051, 0.051


def boundary_of(case):
    first, most, every = case["looks"]
    return Pocock(
        kind="pocock",
        acceptable=case["acceptable"],
        probability=case["probability"],
        participants=most,
        first=first,
        every=every,
    )


def stated(case, which):
    """The printed boundary as bounds: most acceptable / up to so many becomes the fewest that are too many at each look."""
    looks = boundary_of(case).looks()
    return tuple(SafetyBound(n, next(r + 1 for r, up_to in case[which] if n <= up_to)) for n in looks)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["call"])
def test_the_boundary_is_the_one_that_keeps_the_promise(case):
    bounds = safety_bounds(boundary_of(case))
    assert bounds == stated(case, "high")
    assert safety_characteristics(bounds, case["acceptable"]).stop <= case["probability"]


@pytest.mark.parametrize("which", ["high", "low"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["call"])
def test_both_boundaries_do_what_the_reference_says(case, which):
    for rate, cross, size in zip(case["rates"], case[f"cross_{which}"], case[f"size_{which}"], strict=True):
        told = safety_characteristics(stated(case, which), rate)
        assert told.stop == pytest.approx(cross, abs=PROBABILITY)
        assert told.expected_participants == pytest.approx(size, abs=SIZE)


def test_control_one_event_more_at_one_look_is_noticed():
    case = CASES[0]
    bounds = list(safety_bounds(boundary_of(case)))
    bounds[10] = SafetyBound(bounds[10].participants, bounds[10].events + 1)
    assert tuple(bounds) != stated(case, "high")
    told = safety_characteristics(bounds, 0.3)
    assert (
        abs(told.stop - case["cross_high"][-1]) > PROBABILITY
        or abs(told.expected_participants - case["size_high"][-1]) > SIZE
    )
