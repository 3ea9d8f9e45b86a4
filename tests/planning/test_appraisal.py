"""What a committee asks of a plan: the answers agree with the plan, with one another,
and with what is known by hand."""

import math

import pytest
from scipy.special import ndtr

from equipoise.planning.appraisal import appraise
from equipoise.planning.foresight import bounds_of
from equipoise.planning.of_protocol import plan_design
from equipoise.planning.sequential.conditional import conditional_power
from tests.reports.design_cases import CASES, protocol_of

NAMES = ("npc-nimotuzumab", *CASES)


@pytest.fixture(scope="module")
def made():
    found = {}
    for name in NAMES:
        protocol = protocol_of(name)
        plan = plan_design(protocol)
        found[name] = protocol.design, plan, appraise(plan, protocol.design)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_looks_add_up_to_the_plan(made, name):
    _, plan, appraisal = made[name]
    looks = appraisal.looks
    assert looks[-1].power == pytest.approx(plan.power, abs=1e-9)
    assert [look.power for look in looks] == pytest.approx(
        [sum(one.reject for one in looks[: k + 1]) for k in range(len(looks))]
    )
    assert looks[-1].alpha_spent == pytest.approx(plan.boundaries.alpha)
    assert all(look.nominal_p <= plan.boundaries.alpha * (1 + 1e-9) for look in looks)
    assert sum(look.reject_null + look.accept_null for look in looks[:-1]) < 1


@pytest.mark.parametrize("name", NAMES)
def test_the_power_by_look_goes_through_the_plan_and_through_the_error(made, name):
    design, plan, appraisal = made[name]
    curve = {round(point.effect, 6): point.rejected[-1] for point in appraisal.power_by_look}
    for point in plan.power_curve:
        if round(point.effect, 6) in curve:
            assert curve[round(point.effect, 6)] == pytest.approx(point.power, abs=1e-6)
    at_null = [
        p.rejected[-1] for p in appraisal.power_by_look if design.hazard_ratio and abs(p.effect - plan.margin) < 1e-9
    ]
    # Without stopping for futility all of alpha is used; with it less.
    for error in at_null:
        assert error <= plan.boundaries.alpha_one_sided + 2e-3


def test_the_flagship_by_hand(made):
    _, plan, appraisal = made["npc-nimotuzumab"]
    first, last = appraisal.looks
    assert (first.size, last.size) == pytest.approx((48, 96))
    assert first.nominal_p == pytest.approx(2 * float(ndtr(-first.upper)))
    assert first.effect_upper == pytest.approx(math.exp(-2 * first.upper / math.sqrt(48)))
    control, experimental = appraisal.event_shares
    assert (control, experimental) == pytest.approx((0.438, 0.295), abs=5e-4)
    assert (control + experimental) / 2 * plan.required.participants == pytest.approx(plan.required.events)


def test_what_an_interim_look_foretells_is_the_conditional_power_of_the_walk(made):
    _, plan, appraisal = made["three_looks"]
    bounds = bounds_of(plan)
    effect = plan.planned.drift / bounds.slopes[-1]
    for interim in appraisal.interim:
        for row in interim.rows:
            assert row.planned == pytest.approx(conditional_power(bounds, interim.number, row.z, effect))
            assert row.null == pytest.approx(conditional_power(bounds, interim.number, row.z, 0.0))
            assert row.benefit == pytest.approx(float(ndtr(row.z)))
        decisions = [row.decision for row in interim.rows]
        assert decisions == sorted(decisions, key=["reject", "continue", "accept"].index)
        assert {"reject", "accept"} <= set(decisions)


def test_better_observed_effects_never_foretell_less(made):
    for name in ("npc-nimotuzumab", "three_looks", "non_inferior"):
        for interim in made[name][2].interim:
            for of in ("planned", "trend", "null", "predictive", "benefit"):
                values = [getattr(row, of) for row in interim.rows]
                assert values == sorted(values, reverse=True), (name, of)


def test_the_prior_pulls_towards_itself_and_assurance_is_below_power(made):
    _, plan, appraisal = made["three_looks"]
    belief = appraisal.belief
    assert belief.assurance < plan.power
    assert belief.quantiles[0] < belief.quantiles[1] < belief.quantiles[2]
    assert 0.5 < belief.benefit < 1
    assert belief.relevant < belief.benefit
    best = appraisal.interim[0].rows[0]
    assert best.predictive_prior < best.predictive
    assert made["one_look"][2].belief is None


def test_the_world_as_assumed_is_the_plan_and_worse_worlds_have_less_power(made):
    _, plan, appraisal = made["npc-nimotuzumab"]
    assumed, *others = appraisal.alternatives
    assert (assumed.events, assumed.month) == pytest.approx((plan.planned.events, plan.planned.duration))
    assert assumed.power == assumed.power_waiting == pytest.approx(plan.power)
    assert assumed.participants == pytest.approx(plan.required.participants)
    worlds = {(one.changed, one.value): one for one in others}
    assert worlds["control", 0.75].power < plan.power < worlds["control", 1.25].power
    assert worlds["control", 0.75].power_waiting == pytest.approx(plan.power)
    assert worlds["accrual", 0.5].month > worlds["accrual", 1.25].month
    assert worlds["delay_months", 6.0].power < worlds["delay_months", 3.0].power < plan.power
    assert worlds["dropout_per_month", 0.008].participants > worlds["dropout_per_month", 0.004].participants


def test_methods_agree_within_what_they_may_and_one_of_them_is_the_plan(made):
    _, plan, appraisal = made["npc-nimotuzumab"]
    used = [one for one in appraisal.methods if one.used]
    assert [one.method for one in used] == ["schoenfeld"]
    assert used[0].participants == pytest.approx(plan.required.participants)
    assert all(abs(one.power - plan.power) < 0.03 for one in appraisal.methods)
    by_delay = {one.method: one.power for one in made["delayed"][2].methods}
    assert by_delay["schoenfeld"] is None
    assert by_delay["lakatos"] == pytest.approx(made["delayed"][1].power)


def test_a_late_effect_turns_the_order_of_the_tests(made):
    appraisal = made["npc-nimotuzumab"][2]
    powers = {one.test: one.powers for one in appraisal.rival_tests}
    assert appraisal.delays == (0.0, 3.0, 6.0)
    assert powers["logrank"][0] == max(p[0] for p in powers.values())
    assert powers["fleming_harrington_late"][2] == max(p[2] for p in powers.values())
    assert made["non_inferior"][2].rival_tests == ()


def test_what_a_clause_does_not_allow_is_empty(made):
    _, plan, appraisal = made["events_only"]
    assert (appraisal.alternatives, appraisal.methods, appraisal.event_shares) == ((), (), None)
    assert appraisal.looks[-1].month is None
    assert appraisal.looks[-1].size == plan.required_events
    assert len(appraisal.interim) == 2
    assert made["means"][2].interim == ()


def test_control_a_plan_with_other_boundaries_would_be_noticed(made):
    design, plan, appraisal = made["npc-nimotuzumab"]
    from dataclasses import replace

    lower = replace(plan.boundaries, upper=tuple(u - 0.2 for u in plan.boundaries.upper))
    changed = appraise(replace(plan, boundaries=lower), design)
    assert abs(changed.looks[-1].power - plan.power) > 0.01
    assert abs(appraisal.looks[-1].power - plan.power) < 1e-9
