"""What holds for any safety boundary: more events never undo a crossing, promises are kept, and simulation agrees with the exact sums."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.chance import Stream
from equipoise.design import BetaBinomial, ExactBinomial, Pocock
from equipoise.planning import SafetyBound, find_crossing, safety_bounds, safety_characteristics
from tests.hunting import examples

RATE = st.floats(0.02, 0.5).map(lambda rate: round(rate, 3))
LOOKS = st.tuples(st.integers(2, 40), st.integers(1, 5), st.integers(1, 6)).map(
    lambda t: {"participants": max(t[0], t[1]), "first": t[1], "every": t[2]}
)
BETA = st.builds(
    lambda looks, rate, certainty, worth: BetaBinomial(
        kind="beta_binomial", acceptable=rate, prior=(rate * worth, (1 - rate) * worth), certainty=certainty, **looks
    ),
    LOOKS, RATE, st.sampled_from([0.8, 0.9, 0.95, 0.99]), st.floats(0.5, 10),
)  # fmt: skip
POCOCK = st.builds(
    lambda looks, rate, p: Pocock(kind="pocock", acceptable=rate, probability=p, **looks),
    LOOKS, RATE, st.sampled_from([0.01, 0.05, 0.1, 0.2]),
)  # fmt: skip
EXACT = st.builds(
    lambda looks, rate, level: ExactBinomial(kind="exact_binomial", acceptable=rate, level=level, **looks),
    LOOKS, RATE, st.sampled_from([0.01, 0.025, 0.05]),
)  # fmt: skip
BOUNDARY = st.one_of(BETA, POCOCK, EXACT)


@settings(max_examples=examples(80), deadline=None)
@given(BOUNDARY, st.lists(st.booleans(), max_size=50), st.data())
def test_one_more_event_never_takes_a_crossing_back(boundary, events, data):
    bounds = safety_bounds(boundary)
    crossed = find_crossing(bounds, events)
    if crossed is None or not events:
        return
    place = data.draw(st.integers(0, len(events) - 1))
    more = [*events[:place], True, *events[place + 1 :]]
    earlier = find_crossing(bounds, more)
    assert earlier is not None
    assert earlier.participants <= crossed.participants
    assert find_crossing(bounds, [*events, False, False]) == crossed


@settings(max_examples=examples(60), deadline=None)
@given(BOUNDARY)
def test_later_looks_need_no_fewer_events(boundary):
    known = [bound.events for bound in safety_bounds(boundary) if bound.events is not None]
    assert known == sorted(known)
    assert all(1 <= bound.events <= bound.participants for bound in safety_bounds(boundary) if bound.events)


@settings(max_examples=examples(60), deadline=None)
@given(POCOCK)
def test_the_promise_of_pocock_is_kept(boundary):
    told = safety_characteristics(safety_bounds(boundary), boundary.acceptable)
    assert told.stop <= boundary.probability + 1e-12


@settings(max_examples=examples(60), deadline=None)
@given(BOUNDARY, st.lists(st.floats(0.01, 0.9), min_size=2, max_size=4))
def test_a_higher_rate_is_stopped_more_often_and_earlier(boundary, rates):
    bounds = safety_bounds(boundary)
    told = [safety_characteristics(bounds, rate) for rate in sorted(rates)]
    for low, high in zip(told, told[1:], strict=False):
        assert low.stop <= high.stop + 1e-12
        assert low.expected_participants >= high.expected_participants - 1e-9


@settings(max_examples=examples(60), deadline=None)
@given(BOUNDARY, st.floats(0.01, 0.9))
def test_expected_events_are_the_rate_times_the_expected_participants(boundary, rate):
    """Wald's identity, which the sums know nothing of."""
    told = safety_characteristics(safety_bounds(boundary), rate)
    assert math.isclose(told.expected_events, rate * told.expected_participants, rel_tol=1e-9, abs_tol=1e-12)


def simulated(bounds, rate, trials=4000):
    """The share of trials that cross, and the mean number of participants by then."""
    most = bounds[-1].participants
    draws = Stream(7, "safety laws").uniform(0, trials * most).reshape(trials, most) < rate
    crossed = [find_crossing(bounds, row.tolist()) for row in draws]
    sizes = [most if bound is None else bound.participants for bound in crossed]
    return sum(bound is not None for bound in crossed) / trials, sum(sizes) / trials


def far(bounds, rate):
    """How many standard errors the simulation lies from the exact probability."""
    exact = safety_characteristics(bounds, rate)
    share, size = simulated(bounds, rate)
    error = math.sqrt(max(exact.stop * (1 - exact.stop), 1e-4) / 4000)
    return max(
        abs(share - exact.stop) / error,
        abs(size - exact.expected_participants) / (bounds[-1].participants / 2 / math.sqrt(4000)),
    )


BOUNDS = safety_bounds(Pocock(kind="pocock", acceptable=0.1, probability=0.1, participants=40, first=3))


def test_simulation_agrees_with_the_exact_sums():
    assert all(far(BOUNDS, rate) < 4 for rate in (0.05, 0.1, 0.2, 0.3))


def test_control_a_boundary_one_event_lower_is_noticed():
    lower = [SafetyBound(b.participants, b.events - 1 if b.events else b.events) for b in BOUNDS]
    exact, share = safety_characteristics(BOUNDS, 0.2).stop, simulated(lower, 0.2)[0]
    assert abs(share - exact) > 0.1
