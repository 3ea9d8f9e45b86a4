"""Boundaries at the information reached, conditional and predictive power, inference after looking several times."""

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from equipoise.design import Futility, Spending
from equipoise.planning import plan_sequential
from equipoise.planning.sequential.combination import combine_inverse_normal, plan_fisher, stage_statistics
from equipoise.planning.sequential.conditional import (
    conditional_crossing,
    conditional_power,
    conditional_rejection_probability,
    posterior_at,
    predictive_crossing,
    predictive_power,
)
from equipoise.planning.sequential.inference import (
    final_inference,
    repeated_intervals,
    repeated_p_value,
    stagewise_p_value,
)
from equipoise.planning.sequential.monitoring import boundaries_reached, event_information, planned_boundaries
from equipoise.planning.sequential.prior import NormalMixture

OBF = "lan_demets_obrien_fleming"
THIRDS = (1 / 3, 2 / 3, 1.0)


def three_looks(**changes):
    return plan_sequential(**({"alpha": 0.025, "power": 0.9, "fractions": THIRDS, "efficacy": OBF} | changes))


FUTILITIES = [
    None,
    Futility(kind=OBF),
    Futility(kind=OBF, binding=True),
    Futility(kind="z", values=(0.0, 0.5)),
    Futility(kind="effect_share", values=(0.1, 0.3), binding=True),
    Futility(kind="user", values=(0.02, 0.05, 0.1)),
    Futility(kind="hwang_shih_decani", parameter=1, under_null=0.2),
    Futility(kind="hwang_shih_decani", parameter=1, under_null=0.2, binding=True),
]


@pytest.mark.parametrize("futility", FUTILITIES)
@pytest.mark.parametrize(
    "efficacy", [OBF, "obrien_fleming", "pocock", "haybittle_peto", Spending(kind="user", values=(0.001, 0.01, 0.025))]
)
def test_where_the_plan_is_kept_so_are_its_boundaries(efficacy, futility):
    plan = three_looks(efficacy=efficacy, futility=futility)
    reached = boundaries_reached(plan, efficacy, [40 * t for t in THIRDS], 40, futility=futility)
    assert reached.upper == pytest.approx(plan.upper, abs=1e-8)
    assert reached.lower == pytest.approx(plan.lower, abs=1e-8)
    assert reached.alpha_spent == pytest.approx(plan.alpha_spent, abs=1e-9)


@pytest.mark.parametrize("kind", ["pampallona_tsiatis"])
def test_paired_shapes_are_kept_too(kind):
    futility = Futility(kind=kind, parameter=0.0)
    plan = three_looks(efficacy=Spending(kind=kind, parameter=0.0), futility=futility)
    reached = boundaries_reached(plan, Spending(kind=kind, parameter=0.0), THIRDS, 1.0, futility=futility)
    assert reached.upper == pytest.approx(plan.upper, abs=1e-8)
    assert reached.lower == pytest.approx(plan.lower, abs=1e-8)


def test_two_sided_boundaries_are_mirrored_at_any_information():
    plan = three_looks(alpha=0.05, sides=2)
    reached = boundaries_reached(plan, OBF, (10, 26, 44), 40)
    assert reached.lower == tuple(-u for u in reached.upper)
    assert reached.alpha_spent[-1] == pytest.approx(0.025, abs=1e-10)


@pytest.mark.parametrize("efficacy", [OBF, "lan_demets_pocock", "obrien_fleming", "pocock", "haybittle_peto"])
@pytest.mark.parametrize(
    ("information", "ended"), [((12, 25, 35), True), ((12, 25, 47), False), ((12, 39), True), ((9,), True)]
)
def test_the_last_look_spends_all_the_error_wherever_it_is(efficacy, information, ended):
    reached = boundaries_reached(three_looks(efficacy=efficacy), efficacy, information, 40, ended=ended)
    assert reached.crossing(0.0).upper.sum() <= 0.025 + 1e-10
    assert reached.alpha_spent[-1] == pytest.approx(0.025, abs=1e-10)
    assert reached.lower[-1] == reached.upper[-1]


def test_a_trial_that_goes_on_has_spent_what_its_function_says():
    reached = boundaries_reached(three_looks(), OBF, (12, 25), 40)
    spent = [2 * float(ndtr(ndtri(0.0125) / math.sqrt(i / 40))) for i in (12, 25)]
    assert reached.alpha_spent == pytest.approx(spent, abs=1e-12)
    assert reached.lower == (-math.inf, -math.inf)


def test_futility_by_hazard_ratio_is_a_statistic_of_the_information_reached():
    futility = Futility(kind="hazard_ratio", values=(1.0, 0.9))
    plan = three_looks(futility=futility, hazard_ratio=0.6)
    reached = boundaries_reached(plan, OBF, (10, 20, 30), 30, futility=futility)
    assert reached.lower[:2] == pytest.approx((0.0, -math.log(0.9) * math.sqrt(20)))


@pytest.mark.parametrize(
    ("information", "maximum", "words"),
    [
        ((), 40, "increases"),
        ((3, 2), 40, "increases"),
        ((40, 41), 40, "the last one"),
        ((1, math.inf), 40, "finite"),
        ((1,), 0, "maximum"),
    ],
)
def test_looks_that_no_trial_has_are_refused(information, maximum, words):
    with pytest.raises(ValueError, match=words):
        boundaries_reached(three_looks(), OBF, information, maximum)


def test_bounds_given_by_look_end_with_their_looks():
    rule = Spending(kind="user", values=(0.001, 0.01, 0.025))
    with pytest.raises(ValueError, match="look 4 is not the last"):
        boundaries_reached(three_looks(efficacy=rule), rule, (1, 2, 3, 4), 40)
    futility = Futility(kind="z", values=(0.0, 0.5))
    with pytest.raises(ValueError, match="look 3 is not the last"):
        boundaries_reached(three_looks(futility=futility), OBF, (1, 2, 3), 40, futility=futility)


def test_events_are_information_by_schoenfeld():
    assert event_information(66) == 16.5
    assert event_information(66, 2) == pytest.approx(66 * 2 / 9)
    with pytest.raises(ValueError, match="positive"):
        event_information(0)


def test_conditional_power_with_one_look_to_come_by_hand():
    bounds = planned_boundaries(three_looks(), 30.0)
    z, effect = 1.8, 0.5
    by_hand = 1 - ndtr((bounds.upper[2] * math.sqrt(30) - z * math.sqrt(20) - effect * 10) / math.sqrt(10))
    assert conditional_power(bounds, 2, z, effect) == pytest.approx(by_hand, abs=1e-13)
    # Stages that keep their weight but bring less information have a smaller mean.
    less = 1 - ndtr((bounds.upper[2] * math.sqrt(30) - z * math.sqrt(20) - effect * math.sqrt(10 * 5)) / math.sqrt(10))
    assert conditional_power(bounds, 2, z, effect, stage_information=[5]) == pytest.approx(less, abs=1e-13)


def test_what_the_paths_do_next_averages_to_what_they_do_at_all():
    bounds = planned_boundaries(three_looks(futility=Futility(kind=OBF, binding=True)), 30.0)
    z = np.linspace(bounds.lower[0], bounds.upper[0], 2001)
    density = np.exp(-0.5 * (z - 0.4 * math.sqrt(10)) ** 2) / math.sqrt(2 * math.pi)
    later = [conditional_power(bounds, 1, float(x), 0.4) for x in z]
    assert np.trapezoid(density * later, z) == pytest.approx(bounds.crossing(0.4).upper[1:].sum(), abs=1e-6)


def test_a_boundary_that_does_not_bind_is_not_counted_on():
    bound = planned_boundaries(three_looks(futility=Futility(kind="z", values=(0.0, 1.0), binding=True)), 30.0)
    free = planned_boundaries(three_looks(futility=Futility(kind="z", values=(0.0, 1.0))), 30.0)
    assert conditional_rejection_probability(free, 1, 1.0) > conditional_power(free, 1, 1.0, 0.0)
    assert conditional_rejection_probability(bound, 1, 1.0) == conditional_power(bound, 1, 1.0, 0.0)


def test_predictive_power_is_conditional_power_averaged_over_the_posterior():
    bounds = planned_boundaries(three_looks(futility=Futility(kind=OBF)), 30.0)
    prior = NormalMixture((0.7, 0.3), (-0.5, 0.0), (0.3, 0.6))
    for look, z in ((1, 1.0), (2, 1.5)):
        posterior = posterior_at(bounds, look, z, prior)
        effects = np.linspace(-3, 4, 3001)
        density = sum(
            w * np.exp(-0.5 * ((effects + m) / s) ** 2) / (s * math.sqrt(2 * math.pi)) for w, m, s in posterior.parts
        )
        average = np.trapezoid(density * [conditional_power(bounds, look, z, float(e)) for e in effects], effects)
        assert predictive_power(bounds, look, z, prior) == pytest.approx(average, abs=1e-8)
        assert predictive_crossing(bounds, look, z, prior).upper.sum() == pytest.approx(average, abs=1e-8)


def test_nothing_comes_after_the_last_look():
    bounds = planned_boundaries(three_looks(), 30.0)
    with pytest.raises(ValueError, match="nothing comes after"):
        conditional_crossing(bounds, 3, 1.0, 0.5)
    with pytest.raises(ValueError, match="no look 4"):
        conditional_power(bounds, 4, 1.0, 0.5)
    with pytest.raises(ValueError, match="finite"):
        conditional_power(bounds, 1, math.nan, 0.5)
    with pytest.raises(ValueError, match="2 stages are to come"):
        conditional_crossing(bounds, 1, 1.0, 0.5, stage_information=[3])


def test_with_one_look_final_inference_is_the_usual_one():
    plan = plan_sequential(alpha=0.05, power=0.8, sides=2)
    final = final_inference(planned_boundaries(plan, 25.0), 1, 2.2)
    assert final.p_value == pytest.approx(2 * ndtr(-2.2), abs=1e-13)
    assert final.estimate == pytest.approx(2.2 / 5, abs=1e-9)
    assert final.interval.lower == pytest.approx((2.2 - 1.959963984540054) / 5, abs=1e-9)
    assert final.interval.hazard_ratios[0] == pytest.approx(math.exp(-(2.2 + 1.959963984540054) / 5), abs=1e-9)
    assert final.hazard_ratio == pytest.approx(math.exp(-0.44), abs=1e-9)


def test_rejecting_means_a_p_value_of_at_most_alpha():
    for efficacy in (OBF, "obrien_fleming", "pocock", "haybittle_peto"):
        plan = three_looks(efficacy=efficacy)
        bounds = planned_boundaries(plan, 30.0)
        for look in (1, 2, 3):
            at_bound = stagewise_p_value(bounds, look, plan.upper[look - 1])
            assert at_bound == pytest.approx(plan.alpha_spent[look - 1], abs=1e-10)
            if efficacy != "haybittle_peto" or look == 3:
                assert repeated_p_value(efficacy, THIRDS, look, plan.upper[look - 1]) == pytest.approx(0.025, rel=1e-8)


def test_two_sided_repeated_p_values_count_both_sides():
    plan = three_looks(alpha=0.05, sides=2)
    assert repeated_p_value(OBF, THIRDS, 2, plan.upper[1], sides=2) == pytest.approx(0.05, rel=1e-8)
    assert repeated_p_value(OBF, THIRDS, 1, -3.0, sides=2) == 1.0
    assert repeated_p_value(OBF, THIRDS, 3, 40.0) == pytest.approx(1e-12)


@pytest.mark.parametrize(
    ("efficacy", "look", "words"),
    [
        ("haybittle_peto", 1, "same at every alpha"),
        (Spending(kind="user", values=(0.01, 0.02, 0.025)), 2, "one alpha"),
        (OBF, 4, "no look 4"),
    ],
)
def test_there_is_not_always_a_repeated_p_value(efficacy, look, words):
    with pytest.raises(ValueError, match=words):
        repeated_p_value(efficacy, THIRDS, look, 2.0)


def test_more_statistics_than_looks_are_refused():
    with pytest.raises(ValueError, match="4 statistics for 3 looks"):
        repeated_intervals(planned_boundaries(three_looks(), 30.0), (1, 1, 1, 1))
    with pytest.raises(ValueError, match="confidence"):
        final_inference(planned_boundaries(three_looks(), 30.0), 3, 2.0, confidence=1.0)


def test_stages_have_statistics_of_their_own():
    assert stage_statistics((10, 20), (1.0, 1.5)) == pytest.approx(
        (1.0, (1.5 * math.sqrt(20) - math.sqrt(10)) / math.sqrt(10))
    )
    with pytest.raises(ValueError, match="increases"):
        stage_statistics((10, 10), (1.0, 1.5))
    with pytest.raises(ValueError, match="3 looks were taken"):
        combine_inverse_normal(
            plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy=OBF), (1, 2, 3), (1, 1, 1)
        )


def test_stages_of_the_planned_size_combine_to_the_usual_statistic():
    combined = combine_inverse_normal(three_looks(), (10, 20), (1.0, 1.5))
    assert combined.statistics == pytest.approx((1.0, 1.5), abs=1e-12)
    assert combined.bounds.slopes == pytest.approx([math.sqrt(i) for i in (10, 20, 30)], abs=1e-12)


def test_fishers_product_spends_alpha_with_and_without_giving_up():
    rng = np.random.default_rng(20240517)
    p1, p2 = rng.random((2, 2_000_000))
    for futility_p in (1.0, 0.5):
        plan = plan_fisher(0.025, futility_p)
        rejected = (p1 <= plan.first) | ((p1 <= plan.futility_p) & (p1 * p2 <= plan.product))
        assert rejected.mean() == pytest.approx(0.025, abs=4 * math.sqrt(0.025 * 0.975 / len(p1)))
    assert plan_fisher(0.025, 0.5).product > plan_fisher(0.025).product
    assert plan.conditional_rejection_probability(0.6) == 0.0
    assert plan.conditional_rejection_probability(0.001) == 1.0
    assert plan.final_p_value(0.001) == 0.001
    assert plan.final_p_value(0.3, 0.9) < 0.5
    assert plan.repeated_p_value(0.49, 0.99) == 0.5


@pytest.mark.parametrize(("alpha", "futility_p"), [(0.0, 1.0), (0.6, 1.0), (0.025, 0.01), (0.025, 1.5)])
def test_an_impossible_product_test_is_refused(alpha, futility_p):
    with pytest.raises(ValueError, match="p-value|alpha"):
        plan_fisher(alpha, futility_p)
