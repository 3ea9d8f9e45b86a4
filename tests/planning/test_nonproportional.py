"""Design under hazards that change: laws of average ratios, weighted tests, combinations and curves; what cannot be
planned.
"""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from equipoise.planning import (
    Arrivals,
    AverageRatio,
    LachinFoulkes,
    MaxCombo,
    MilestoneSurvival,
    RestrictedMeans,
    Stratum,
    SurvivalCourse,
    TwoArms,
    WeightedLogrank,
    estimate_look,
    estimate_looks_power,
    estimate_nonproportional_power,
    plan_looks,
    plan_nonproportional,
    plan_sequential,
    total_events,
)
from equipoise.planning.sizes.at_risk import expect_at_risk
from equipoise.planning.sizes.curve_worth import restricted_mean
from equipoise.planning.sizes.logrank_worth import logrank_worth
from equipoise.survival import LOGRANK, EarlyZero, FlemingHarrington, MagirrBurman

FH = FlemingHarrington
UNIFORM = Arrivals.over([24], [10])
CONTROL = SurvivalCourse.constant(0.03, dropout=0.005)
EFFICACY = "lan_demets_obrien_fleming"


def stratum(ratios=(1.0, 0.6), starts=(0.0, 4.0), control=CONTROL, arrivals=UNIFORM, ratio=1.0):
    return Stratum(arrivals, TwoArms(control, control.times(ratios, starts), ratio))


def swapped(s):
    return Stratum(s.arrivals, TwoArms(s.arms.experimental, s.arms.control, 1 / s.arms.ratio))


TESTS = [
    AverageRatio(),
    WeightedLogrank(),
    WeightedLogrank(FH(0, 1)),
    WeightedLogrank(FH(0, 0.5)),
    WeightedLogrank(MagirrBurman(delay=6)),
    WeightedLogrank(MagirrBurman(level=0.7, cap=1.3)),
    WeightedLogrank(EarlyZero(4)),
    MaxCombo(),
    RestrictedMeans(30),
    MilestoneSurvival(30),
    MilestoneSurvival(30, "plain"),
    LachinFoulkes(),
]


def name(test):
    return str(test)


@pytest.mark.parametrize(
    "control", [CONTROL, SurvivalCourse((0.0, 5.0), (0.08, 0.02), 0.01), SurvivalCourse((0.0,), (0.03,), shape=1.4)]
)
def test_under_proportional_hazards_the_average_ratio_is_the_ratio_at_every_time(control):
    for ratio in (0.5, 1.0, 3.0):
        trial = stratum((0.55,), (0.0,), control, ratio=ratio)
        for month in (3, 20, 24, 50):
            assert estimate_look(trial, month).hazard_ratio == pytest.approx(0.55, rel=1e-12)


def test_a_delayed_effect_comes_nearer_as_time_goes_by():
    ratios = [estimate_look(stratum(), month).hazard_ratio for month in (3, 10, 20, 40, 80)]
    assert ratios[0] == pytest.approx(1) and ratios == sorted(ratios, reverse=True) and ratios[-1] > 0.6


def test_expected_events_are_those_of_the_closed_form():
    trial = stratum(arrivals=Arrivals.over([6, 12], [5, 20]), ratio=2)
    for month in (5, 18, 40):
        look = estimate_look(trial, month, FH(0, 1))
        assert look.events == pytest.approx(total_events(trial.arrivals, trial.arms, month), rel=1e-12)
        assert estimate_look(trial, month).information_null == pytest.approx(look.events * 2 / 9, rel=1e-12)


def test_weights_of_zero_powers_are_the_logrank_test_as_lakatos_has_it():
    trial = stratum(ratio=2)
    known = logrank_worth("lakatos", trial.arrivals, trial.arms, 40, 1.0, "below")
    assert estimate_look(trial, 40, FH(0, 0)).mean == pytest.approx(known.slope, rel=1e-12)


@pytest.mark.parametrize("weight", [FH(0, 1), MagirrBurman(delay=6), MagirrBurman(level=0.7, cap=1.3), EarlyZero(4)])
def test_the_expected_score_is_its_integral(weight):
    trial = stratum(ratio=1.5)
    share, control, treated = 0.6, trial.arms.control, trial.arms.experimental

    def pooled(u):
        return share * treated.surviving(u) + (1 - share) * control.surviving(u)

    def parts(u):
        here = UNIFORM.arrived(36 - u) * math.exp(-0.005 * u)
        one, two = here * share * treated.surviving(u), here * (1 - share) * control.surviving(u)
        hazard = 0.03 * (1.0 if u < 4 else 0.6)
        w = float(weight.of(np.array(u), np.array(pooled(u)), pooled))
        both = one * two / (one + two)
        return w * both * (0.03 - hazard), w * w * both / (one + two) * (one * hazard + two * 0.03)

    def integral(part):
        edges = (0, 4, 6, 12, 36)
        return sum(quad(lambda u: parts(u)[part], a, b, limit=400, epsabs=1e-11)[0] for a, b in zip(edges, edges[1:]))

    look = estimate_look(trial, 36, weight)
    assert look.information == pytest.approx(integral(1), rel=1e-6)
    assert look.effect * look.information == pytest.approx(integral(0), rel=1e-6)


def test_no_effect_has_no_mean_and_one_information():
    trial = stratum((1.0,), (0.0,), ratio=2)
    for weight in (LOGRANK, FH(0, 1), MagirrBurman(delay=6)):
        look = estimate_look(trial, 30, weight)
        assert look.effect == pytest.approx(0, abs=1e-15) and look.hazard_ratio == pytest.approx(1)
        assert look.information == pytest.approx(look.information_null, rel=1e-12)


@pytest.mark.parametrize("test", TESTS, ids=name)
def test_without_an_effect_power_is_alpha(test):
    found = estimate_nonproportional_power(test, stratum((1.0,), (0.0,)), 40, alpha=0.025)
    assert found.power == pytest.approx(0.025, abs=1e-8)


@pytest.mark.parametrize("test", TESTS, ids=name)
def test_power_rises_with_the_effect_and_with_the_participants(test):
    powers = [
        estimate_nonproportional_power(test, stratum((1.0, late)), 40, alpha=0.025).power
        for late in (1.2, 1.0, 0.8, 0.6, 0.4)
    ]
    assert powers == sorted(powers) and powers[0] < 0.025 < powers[-1]
    more = [estimate_nonproportional_power(test, stratum().scaled(f), 40, alpha=0.025).power for f in (0.5, 1, 2, 8)]
    assert more == sorted(more) and len(set(more)) == 4


@pytest.mark.parametrize("test", [t for t in TESTS if not isinstance(t, MaxCombo | LachinFoulkes)], ids=name)
def test_the_order_of_the_arms_turns_the_sign(test):
    # At a two-sided level of 1 the bound is 0: the powers of benefit and of harm are one.
    there, back = (
        estimate_nonproportional_power(test, s, 40, alpha=0.5 - 1e-12).power
        for s in (stratum(ratio=2), swapped(stratum(ratio=2)))
    )
    assert there + back == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("test", TESTS, ids=name)
def test_the_participants_that_are_planned_have_the_power(test, sides):
    plan = plan_nonproportional(test, stratum(), 40, alpha=0.05, power=0.83, sides=sides)
    again = estimate_nonproportional_power(test, plan.strata, 40, alpha=0.05, sides=sides)
    assert again.power == pytest.approx(0.83, abs=1e-9)
    assert (again.participants, again.events) == (pytest.approx(plan.participants), pytest.approx(plan.events))


def test_a_combination_of_one_weight_is_that_test():
    for weight in (LOGRANK, FH(0, 1), MagirrBurman(delay=6)):
        alone = estimate_nonproportional_power(WeightedLogrank(weight, "planned"), stratum(), 40, alpha=0.025)
        found = estimate_nonproportional_power(MaxCombo((weight,)), stratum(), 40, alpha=0.025)
        assert found.power == pytest.approx(alone.power, abs=1e-9)


def test_a_combination_lies_between_its_tests_when_the_effect_is_late():
    powers = {
        test: estimate_nonproportional_power(test, stratum(), 40, alpha=0.025).power
        for test in (WeightedLogrank(), WeightedLogrank(FH(0, 1)), MaxCombo((LOGRANK, FH(0, 1))))
    }
    plain, late, both = powers.values()
    assert plain < both < late


@pytest.mark.parametrize("test", [AverageRatio(), WeightedLogrank(FH(0, 1)), MaxCombo()], ids=name)
def test_a_trial_cut_into_equal_strata_is_the_trial(test):
    whole = estimate_nonproportional_power(test, stratum().scaled(3), 40, alpha=0.025)
    parts = estimate_nonproportional_power(test, [stratum()] * 3, 40, alpha=0.025)
    assert parts.power == pytest.approx(whole.power, abs=1e-9)
    assert (parts.participants, parts.events) == (pytest.approx(whole.participants), pytest.approx(whole.events))


def test_strata_average_their_ratios_by_their_events():
    one, other = stratum((0.5,), (0.0,)), stratum((0.8,), (0.0,), SurvivalCourse.constant(0.08))
    looks = [estimate_look(s, 30) for s in (one, other)]
    expected = sum(look.events * math.log(look.hazard_ratio) for look in looks) / sum(look.events for look in looks)
    assert math.log(estimate_look([one, other], 30).hazard_ratio) == pytest.approx(expected, rel=1e-12)


def test_the_null_course_of_risk_is_the_same_in_both_arms():
    risk = expect_at_risk(UNIFORM, stratum(ratio=2).arms, 30, null=True)
    assert (
        risk.experimental == pytest.approx(2 * risk.control) and (risk.hazard_control == risk.hazard_experimental).all()
    )


def test_restricted_means_are_areas():
    for course in (
        CONTROL,
        SurvivalCourse((0.0, 5.0), (0.08, 0.0), 0.01, cured=0.2),
        SurvivalCourse((0.0,), (0.05,), cured=0.1, shape=1.7),
    ):
        assert restricted_mean(course, 18) == pytest.approx(quad(course.surviving, 0, 18, points=[5])[0], rel=1e-9)


# Looks


def test_one_look_is_the_fixed_design():
    for weight, test in ((None, AverageRatio()), (FH(0, 1), WeightedLogrank(FH(0, 1)))):
        looks = estimate_looks_power(stratum(), [40], alpha=0.025, weight=weight)
        assert looks.power[-1] == pytest.approx(estimate_nonproportional_power(test, stratum(), 40, alpha=0.025).power)


@pytest.mark.parametrize("scale", ["both", "null", "planned", "stretched"])
def test_looks_without_an_effect_spend_alpha(scale):
    plan = estimate_looks_power(
        stratum((1.0,), (0.0,)), [18, 30, 40], alpha=0.025, efficacy=EFFICACY, information=scale
    )
    design = plan_sequential(alpha=0.025, power=0.9, fractions=plan.fractions, efficacy=EFFICACY)
    assert plan.upper == pytest.approx(design.upper, abs=1e-9)
    # The average ratio's information under the alternative differs from that of the null by the arms' dropout alone:
    # not here.
    assert plan.power == pytest.approx(design.alpha_spent, abs=2e-5 if scale in ("both", "stretched") else 1e-9)


def test_under_proportional_hazards_looks_have_the_power_of_the_sequential_design():
    trial = stratum((0.6,), (0.0,))
    plan = estimate_looks_power(trial, [18, 30, 40], alpha=0.025, efficacy=EFFICACY, information="null")
    design = plan_sequential(alpha=0.025, power=0.9, fractions=plan.fractions, efficacy=EFFICACY)
    drift = -math.log(0.6) * math.sqrt(plan.looks[-1].information_null)
    assert plan.power == pytest.approx(np.cumsum(design.crossing(drift).upper), abs=1e-9)


def test_planned_looks_have_their_power_and_futility_costs_some():
    months = [18, 30, 40]
    plan = plan_looks(stratum(), months, alpha=0.025, power=0.85, weight=FH(0, 0.5), efficacy=EFFICACY)
    again = estimate_looks_power(plan.strata, months, alpha=0.025, weight=FH(0, 0.5), efficacy=EFFICACY)
    assert again.power[-1] == pytest.approx(0.85, abs=1e-9)
    stopped = estimate_looks_power(
        plan.strata, months, alpha=0.025, weight=FH(0, 0.5), efficacy=EFFICACY, futility=(0.0, 0.5)
    )
    assert stopped.power[-1] < 0.85 and stopped.upper == again.upper and 0 < stopped.stopped_below[1] < 0.3


def test_two_sides_find_harm_as_often_as_the_other_arm_would_find_benefit():
    plans = [
        estimate_looks_power(s, [24, 40], alpha=0.05, sides=2, efficacy=EFFICACY, weight=LOGRANK)
        for s in (stratum(), swapped(stratum()))
    ]
    assert plans[0].power == pytest.approx(plans[1].stopped_below, abs=1e-9)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: estimate_look([], 30), "no stratum"),
        (lambda: estimate_look(stratum(), 0), "not possible"),
        (lambda: estimate_look(stratum(), math.inf), "one that is finite"),
        (lambda: estimate_look(stratum(), 3, EarlyZero(4)), "no events that count"),
        (lambda: estimate_look(stratum(control=SurvivalCourse.constant(0.0)), 30), "no events"),
        (lambda: estimate_look(stratum((1.0, 0.0)), 30), "no logarithm"),
        (
            lambda: plan_nonproportional(AverageRatio(), stratum((1.0,), (0.0,)), 40, alpha=0.025, power=0.8),
            "no benefit",
        ),
        (
            lambda: plan_nonproportional(MaxCombo(), stratum((1.0, 1.5)), 40, alpha=0.025, power=0.8),
            "none of the tests",
        ),
        (lambda: plan_nonproportional(AverageRatio(), stratum(), 40, alpha=0.025, power=0.01), "power lies between"),
        (lambda: estimate_nonproportional_power(MaxCombo(()), stratum(), 40, alpha=0.025), "at least one weight"),
        (
            lambda: estimate_nonproportional_power(RestrictedMeans(41), stratum(), 40, alpha=0.025),
            "nobody has been followed",
        ),
        (
            lambda: estimate_nonproportional_power(MilestoneSurvival(0), stratum(), 40, alpha=0.025),
            "nobody has been followed",
        ),
        (lambda: estimate_nonproportional_power(RestrictedMeans(30), [stratum()] * 2, 40, alpha=0.025), "one stratum"),
        (lambda: estimate_looks_power(stratum(), [30, 20], alpha=0.025, efficacy=EFFICACY), "increasing"),
        (lambda: estimate_looks_power(stratum(), [20, 30], alpha=0.025), "several looks need"),
        (
            lambda: estimate_looks_power(stratum(), [20, 30], alpha=0.025, efficacy=EFFICACY, futility=(0, 0)),
            "futility bounds",
        ),
        (lambda: plan_looks(stratum((1.0, 1.4)), [20, 40], alpha=0.025, power=0.9, efficacy=EFFICACY), "no number"),
    ],
)
def test_what_cannot_be_planned_is_said_in_a_sentence(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()


def test_control_a_ratio_that_is_not_averaged_would_be_noticed():
    assert estimate_look(stratum(), 40).hazard_ratio != pytest.approx(0.6, rel=1e-2)


def test_control_weights_of_the_wrong_side_would_be_noticed():
    late, early = (estimate_look(stratum(), 40, weight).mean for weight in (FH(0, 1), FH(1, 0)))
    assert late > 1.15 * early
