"""Numbers that nobody would mean: every number of a design clause at its extremes is refused in our words or planned at bounded cost.

What bounds the cost is the number of integrals and of the nodes that each is carried on; both are counted, no clock is asked.
"""

import copy

import pytest

from equipoise.findings import Refusal
from equipoise.planning import estimate_means_power, plan_design, plan_mean, plan_means, plan_sequential
from equipoise.planning.sequential import crossing
from tests.planning.test_every_key_counts import BASES, changed, with_design

EXTREMES = (0.0, 1e-300, 1e-9, 0.999999999, 1e6, 1e15, 1e300, -1e9)
INTEGRALS_MAX, NODES_MAX = 20_000, 1_700
FUTILE = BASES["time to event"] | {"futility": {"kind": "z", "values": [0.0]}}
CLAUSES = {
    "time to event": BASES["time to event"],
    "with futility": FUTILE,
    "rates": BASES["rates, not inferior"],
    "mean of one arm": BASES["mean of one arm"],
}


def numbers_in(clause, path=()):
    """The path of every number of a clause."""
    parts = clause.items() if isinstance(clause, dict) else enumerate(clause)
    for key, value in parts:
        if isinstance(value, (dict, list)):
            yield from numbers_in(value, (*path, str(key)))
        elif isinstance(value, (int, float)):
            yield ".".join((*path, str(key)))


class Cost:
    """The integrals that were begun, and the most nodes that one was carried on."""

    def __init__(self, monkeypatch):
        self.integrals = self.nodes = 0
        rule = crossing._legendre

        def counted(count):
            self.integrals += 1
            self.nodes = max(self.nodes, count)
            assert self.integrals <= INTEGRALS_MAX, "the search does not end"
            return rule(min(count, NODES_MAX + 16))

        monkeypatch.setattr(crossing, "_legendre", counted)


def planned(kind, key, value, cost):
    """`clause` where the clause does not allow the number, `refused` where planning does, `planned` with its findings."""
    clause = copy.deepcopy(
        changed(CLAUSES[kind], key, int(value) if key in ("sides", "participants", "events") else value)
    )
    if clause is None:
        return "the same"
    try:
        protocol = with_design(kind, clause)
    except ValueError:
        return "clause"
    cost.integrals = cost.nodes = 0
    try:
        plan = plan_design(protocol)
    except Refusal as refusal:
        assert all(one.what and one.mend for one in refusal.findings)
        assert not any(word in str(refusal) for word in ("nan", "NaN", "integer", "float", "division", "math"))
        return "refused"
    assert 0 <= plan.power <= 1
    assert cost.nodes <= NODES_MAX
    return "planned"


@pytest.mark.parametrize("kind", CLAUSES)
def test_extreme_numbers_are_refused_in_our_words_or_planned_at_bounded_cost(kind, monkeypatch):
    cost = Cost(monkeypatch)
    said = {(key, value): planned(kind, key, value, cost) for key in numbers_in(CLAUSES[kind]) for value in EXTREMES}
    assert {"clause", "planned"} <= set(said.values())


@pytest.mark.parametrize("value", [1e-20, 1e-300])
def test_an_alpha_of_nothing_is_refused_by_the_clause(value, monkeypatch):
    cost = Cost(monkeypatch)
    assert planned("time to event", "alpha", value, cost) == "clause"
    assert cost.integrals == 0


def test_control_looks_as_near_as_anybody_likes_would_cost_without_bound(monkeypatch):
    monkeypatch.setattr(crossing, "NEAREST", 0.0)
    with pytest.raises(AssertionError):
        planned("rates", "looks.0.information", 0.999999, Cost(monkeypatch))


ONE = plan_sequential(alpha=0.025, power=0.9)


@pytest.mark.parametrize(
    "call",
    [
        lambda: plan_means(ONE, 4.0, 1e308),
        lambda: plan_means(ONE, 1e-300, 1.0),
        lambda: plan_mean(ONE, 4.0, 1e308),
    ],
)
def test_a_size_beyond_all_numbers_is_no_size(call):
    """A standard deviation of 1e308 gave a size that is not a number, with a power of 90%."""
    with pytest.raises(ValueError, match="leaves the range of numbers"):
        call()


def test_the_largest_sizes_still_have_their_power():
    assert estimate_means_power(ONE, 4.0, 10.0, 1e300).power == pytest.approx(1.0)
