"""Sequential designs against what can be derived by hand: one look, looks that never stop, two looks, symmetry, meeting
points.
"""

import math
import subprocess
import sys

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

import equipoise.planning
from equipoise.design import Futility, Spending
from equipoise.planning import crossing_probabilities, plan_sequential
from equipoise.planning.sequential.futility import meet_power

PLAN = {"alpha": 0.025, "power": 0.9, "fractions": (0.4, 0.7, 1.0), "efficacy": "lan_demets_obrien_fleming"}
BETA = Futility(kind="hwang_shih_decani", parameter=-2.0)


def both_below(first, second, t, drift=0.0):
    """P(Z1 < first, Z2 < second) when the first look has a share t of the information; correlation sqrt(t)."""
    rho = math.sqrt(t)
    mean = [drift * rho, drift]
    law = multivariate_normal(mean, [[1, rho], [rho, 1]], abseps=1e-13, releps=1e-13)
    return float(law.cdf([first, second]))


@pytest.mark.parametrize(("sides", "alpha"), [(1, 0.025), (2, 0.05), (1, 0.1)])
def test_one_look_is_a_quantile_of_the_normal_distribution(sides, alpha):
    plan = plan_sequential(alpha=alpha, power=0.8, sides=sides)
    z = ndtri(1 - alpha / sides)
    assert plan.upper == pytest.approx((z,), abs=1e-12)
    assert plan.drift == pytest.approx(z + ndtri(0.8), abs=1e-12)
    assert (plan.inflation, plan.expected_h0, plan.expected_h1) == pytest.approx((1, 1, 1), abs=1e-12)
    assert plan.power == pytest.approx(0.8, abs=1e-12)
    assert plan.maximum_information(0.5) == pytest.approx(((z + ndtri(0.8)) / 0.5) ** 2)


@pytest.mark.parametrize("sides", [1, 2])
def test_looks_that_never_stop_change_nothing(sides):
    never = Spending(kind="user", values=(0.0, 0.0, 0.0, 0.05))
    plan = plan_sequential(alpha=0.05, power=0.8, sides=sides, fractions=(0.1, 0.5, 0.9, 1), efficacy=never)
    assert plan.upper[:3] == (math.inf,) * 3
    assert plan.upper[3] == pytest.approx(ndtri(1 - 0.05 / sides), abs=1e-12)
    assert (plan.inflation, plan.expected_h1) == pytest.approx((1, 1), abs=1e-12)


@pytest.mark.parametrize("t", [0.2, 0.5, 0.95])
@pytest.mark.parametrize("drift", [0.0, 1.3, 3.2])
def test_two_looks_are_a_bivariate_normal_distribution(t, drift):
    crossed = crossing_probabilities((t, 1.0), drift, (2.5, 2.0), (0.3, 0.3))
    first = drift * math.sqrt(t)
    assert crossed.upper[0] == pytest.approx(ndtr(first - 2.5), abs=1e-14)
    assert crossed.lower[0] == pytest.approx(ndtr(0.3 - first), abs=1e-14)
    between = both_below(2.5, 2.0, t, drift) - both_below(0.3, 2.0, t, drift)
    assert crossed.upper[1] == pytest.approx(ndtr(2.5 - first) - ndtr(0.3 - first) - between, abs=1e-10)
    low = both_below(2.5, 0.3, t, drift) - both_below(0.3, 0.3, t, drift)
    assert crossed.lower[1] == pytest.approx(low, abs=1e-10)


def by_simpson(fractions, upper, drift, nodes):
    """Crossing upwards, by Simpson's rule on as many points: slow, plain and with no code of ours."""
    score, mass, before, crossed = np.zeros(1), np.ones(1), 0.0, []
    for t, bound in zip(fractions, upper, strict=True):
        step = t - before
        crossed.append(mass @ ndtr((score + drift * step - bound * math.sqrt(t)) / math.sqrt(step)))
        grid = np.linspace(drift * t - 9 * math.sqrt(t), bound * math.sqrt(t), nodes)
        weights = np.ones(nodes)
        weights[1:-1:2], weights[2:-1:2] = 4, 2
        away = grid[:, None] - score - drift * step
        density = np.exp(-0.5 * away**2 / step) @ mass / math.sqrt(2 * math.pi * step)
        score, mass, before = grid, density * weights * (grid[1] - grid[0]) / 3, t
    return np.array(crossed)


def test_simpsons_rule_finds_the_same_probabilities():
    # Looks near one another are the hard case: the last step has a tenth of the information.
    plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.3, 0.5, 0.9, 1), efficacy="lan_demets_pocock")
    assert np.cumsum(by_simpson(plan.fractions, plan.upper, 0.0, 1501)) == pytest.approx(plan.alpha_spent, abs=1e-11)
    reached = by_simpson(plan.fractions, plan.upper, plan.drift, 1501)
    assert reached == pytest.approx(plan.stagewise_power, abs=1e-10)


def test_pococks_boundary_of_two_looks_is_the_equal_quantile():
    plan = plan_sequential(alpha=0.05, power=0.8, sides=2, fractions=(0.5, 1), efficacy="pocock")
    # Pocock (1977), table 1: 2.178 for two looks at a two-sided 5%.
    assert plan.upper == pytest.approx((2.178, 2.178), abs=5e-4)
    c = plan.upper[0]
    inside = both_below(c, c, 0.5) - 2 * both_below(-c, c, 0.5) + both_below(-c, -c, 0.5)
    assert 1 - inside == pytest.approx(0.05, abs=1e-10)


def test_obrien_and_flemings_boundary_falls_with_the_root_of_the_information():
    plan = plan_sequential(alpha=0.05, power=0.9, sides=2, fractions=(0.2, 0.4, 0.6, 0.8, 1), efficacy="obrien_fleming")
    # Jennison and Turnbull (2000), table 2.3: 2.040 for five looks; table 2.4: inflation 1.026.
    assert plan.upper == pytest.approx([2.0401 / math.sqrt(t) for t in plan.fractions], abs=2e-3)
    assert plan.inflation == pytest.approx(1.026, abs=5e-4)


def test_wang_and_tsiatis_contain_both():
    for delta, name in ((0.0, "obrien_fleming"), (0.5, "pocock")):
        family = Spending(kind="wang_tsiatis", parameter=delta)
        assert plan_sequential(**PLAN | {"efficacy": family}) == plan_sequential(**PLAN | {"efficacy": name})


def test_a_two_sided_design_is_symmetric():
    plan = plan_sequential(**PLAN | {"sides": 2, "alpha": 0.05})
    assert plan.lower == tuple(-u for u in plan.upper)
    none, there, back = plan.crossing(0.0), plan.crossing(1.7), plan.crossing(-1.7)
    assert none.upper == pytest.approx(none.lower, abs=1e-14)
    assert there.upper == pytest.approx(back.lower, abs=1e-14)
    assert plan.alpha_spent[-1] == pytest.approx(0.025, abs=1e-13)


def test_haybittle_and_peto_keep_their_constant_until_the_last_look():
    plan = plan_sequential(**PLAN | {"efficacy": "haybittle_peto"})
    assert plan.upper[:2] == (3.0, 3.0)
    assert ndtri(0.975) < plan.upper[2] < 2.0


def test_what_a_user_spends_is_spent():
    plan = plan_sequential(**PLAN | {"efficacy": Spending(kind="user", values=(0.001, 0.001, 0.02))})
    assert plan.alpha_spent == pytest.approx((0.001, 0.001, 0.02), abs=1e-13)
    assert plan.upper[1] == math.inf
    assert plan.power == pytest.approx(0.9, abs=1e-12)


@pytest.mark.parametrize("binding", [False, True])
@pytest.mark.parametrize("efficacy", ["lan_demets_pocock", "obrien_fleming", "haybittle_peto"])
def test_beta_spending_spends_both_errors_and_the_boundaries_meet(efficacy, binding):
    futility = BETA.model_copy(update={"binding": binding})
    plan = plan_sequential(**PLAN | {"efficacy": efficacy, "futility": futility})
    assert plan.alpha_spent[-1] == pytest.approx(0.025, abs=1e-11)
    assert plan.beta_spent[-1] == pytest.approx(0.1, abs=1e-11)
    assert plan.power == pytest.approx(0.9, abs=1e-11)
    assert plan.lower[-1] == plan.upper[-1]
    share = [0.1 * math.expm1(2 * t) / math.expm1(2) for t in plan.fractions]
    assert plan.beta_spent == pytest.approx(share, abs=1e-11)


def test_a_bound_that_does_not_bind_costs_no_alpha_and_a_binding_one_gives_some_back():
    bare = plan_sequential(**PLAN)
    loose = plan_sequential(**PLAN | {"futility": BETA})
    tight = plan_sequential(**PLAN | {"futility": BETA.model_copy(update={"binding": True})})
    assert loose.upper == bare.upper
    assert tight.upper[-1] < bare.upper[-1]
    assert loose.crossing(0).upper.sum() < 0.025
    assert bare.inflation < tight.inflation < loose.inflation


def test_futility_by_an_effect_is_futility_by_the_statistic_that_it_gives():
    by_ratio = plan_sequential(
        **PLAN | {"futility": Futility(kind="hazard_ratio", values=(1.0, 0.9))}, hazard_ratio=0.7
    )
    share = math.log(0.9) / math.log(0.7)
    by_share = plan_sequential(**PLAN | {"futility": Futility(kind="effect_share", values=(0.0, share))})
    assert by_ratio == by_share
    z = (0.0, share * by_ratio.drift * math.sqrt(0.7))
    assert by_ratio.lower[:2] == pytest.approx(z, abs=1e-12)
    assert plan_sequential(**PLAN | {"futility": Futility(kind="z", values=z)}).drift == pytest.approx(by_ratio.drift)


def test_an_effect_is_measured_from_the_margin():
    by_ratio = Futility(kind="hazard_ratio", values=(1.3, 1.3))
    plan = plan_sequential(**PLAN | {"futility": by_ratio}, hazard_ratio=1.0, null_ratio=1.3)
    assert plan.lower[:2] == pytest.approx((0, 0), abs=1e-15)


@pytest.mark.parametrize("binding", [False, True])
def test_a_bound_for_harm_is_crossed_without_effect_as_often_as_it_says(binding):
    harm = Futility(kind="hwang_shih_decani", parameter=1.0, under_null=0.2, binding=binding)
    plan = plan_sequential(**PLAN | {"futility": harm})
    assert plan.crossing(0).lower.sum() == pytest.approx(0.2, abs=1e-11)
    assert plan.alpha_spent[-1] == pytest.approx(0.025, abs=1e-12)
    assert plan.lower[-1] < plan.upper[-1]


def test_pampallona_and_tsiatis_binding_spend_both_errors():
    pair = {
        "efficacy": "pampallona_tsiatis",
        "futility": Futility(kind="pampallona_tsiatis", parameter=0.2, binding=True),
    }
    plan = plan_sequential(**PLAN | pair)
    assert plan.alpha_spent[-1] == pytest.approx(0.025, abs=1e-11)
    assert plan.beta_spent[-1] == pytest.approx(0.1, abs=1e-11)
    assert plan.lower[-1] == plan.upper[-1]


def test_a_given_drift_has_the_power_that_needed_it():
    plan = plan_sequential(**PLAN)
    again = plan_sequential(**{k: v for k, v in PLAN.items() if k != "power"}, drift=plan.drift)
    assert again.power == pytest.approx(0.9, abs=1e-12)
    assert again.expected_fraction(again.drift) * again.inflation == pytest.approx(again.expected_h1)


def test_what_is_not_stopped_is_accepted():
    crossed = plan_sequential(**PLAN | {"futility": BETA}).crossing(1.0)
    assert crossed.upper.sum() + crossed.lower.sum() == pytest.approx(1, abs=1e-13)


REFUSED = {
    "alpha lies between": {"alpha": 0.6},
    "power lies between": {"power": 0.02},
    "either the power or the drift": {"drift": 3.0},
    "1 or 2 sides": {"sides": 3},
    "increasing fractions": {"fractions": (0.7, 0.4, 1.0)},
    "above 0": {"fractions": (-0.1, 0.4, 1.0)},
    "one look": {"fractions": (0.4, 0.4005, 1.0)},
    "all the information": {"fractions": (0.4, 0.7)},
    "several looks need": {"efficacy": None},
    "is no boundary": {"efficacy": "triangular"},
    "needs its parameter": {"efficacy": Spending(kind="hwang_shih_decani")},
    "0 is O'Brien and Fleming": {"efficacy": Spending(kind="wang_tsiatis")},
    "are finite": {"efficacy": Spending.model_construct(kind="kim_demets", parameter=math.nan)},
    "power of kim_demets": {"efficacy": Spending(kind="kim_demets", parameter=-1.0)},
    "spends 0.": {"efficacy": Spending(kind="haybittle_peto", parameter=1.5)},
    "upper boundary alone": {"efficacy": Spending(kind="pampallona_tsiatis")},
    "3 looks": {"efficacy": Spending(kind="user", values=(0.01,))},
    "never decreases": {"efficacy": Spending(kind="user", values=(0.02, 0.01, 0.025))},
    "there are 0.025": {"efficacy": Spending(kind="user", values=(0.01, 0.02, 0.03))},
    "belongs to one-sided": {"sides": 2, "futility": BETA},
    "2 interim looks": {"futility": Futility(kind="z", values=(0.0,))},
    "values of z are finite": {"futility": Futility.model_construct(kind="z", values=(0.0, math.inf))},
    "planned effect itself": {"futility": Futility(kind="effect_share", values=(0.2, 1.0))},
    "needs the planned hazard ratio": {"futility": Futility(kind="hazard_ratio", values=(1.0, 1.0))},
    "come in pairs": {"futility": Futility(kind="pampallona_tsiatis")},
    "1 - power is 0.1": {"futility": Futility(kind="user", values=(0.01, 0.02, 0.05))},
    "does not say how": {"futility": Futility(kind="z", values=(0.0, 0.0), under_null=0.1)},
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_cannot_be_planned_is_refused_in_a_sentence(said):
    with pytest.raises(ValueError, match=said):
        plan_sequential(**PLAN | REFUSED[said])


@pytest.mark.parametrize(("ratio", "null"), [(math.nan, 1.0), (0.0, 1.0), (0.7, -1.0), (1.3, 1.3)])
def test_a_ratio_that_is_none_is_refused(ratio, null):
    with pytest.raises(ValueError, match=r"positive and finite|no effect|one that is finite"):
        plan_sequential(
            **PLAN | {"futility": Futility(kind="hazard_ratio", values=(1, 1))}, hazard_ratio=ratio, null_ratio=null
        )


def test_a_power_that_no_effect_has_is_refused():
    with pytest.raises(ValueError, match="no effect, however large"):
        meet_power((0.5, 1.0), lambda _: ([math.inf, math.inf], [0.0, 0.0]), 0.9, 0.025)


def test_boundaries_that_fit_no_looks_are_refused():
    with pytest.raises(ValueError, match="2 looks with 1 upper"):
        crossing_probabilities((0.5, 1), 0, (2.0,))
    with pytest.raises(ValueError, match="increases"):
        crossing_probabilities((1, 0.5), 0, (2.0, 2.0))


def test_everything_that_the_room_offers_can_be_had():
    for name in equipoise.planning.__all__:
        assert getattr(equipoise.planning, name) is not None


def test_probabilities_are_arrays_of_one_value_for_each_look():
    crossed = plan_sequential(**PLAN).crossing(2.0)
    assert crossed.upper.shape == crossed.lower.shape == (3,)
    assert np.all(crossed.upper >= 0)


def test_a_protocol_is_read_without_the_numbers():
    code = "import equipoise.design, sys; sys.exit(any(m in sys.modules for m in ('numpy', 'scipy', 'numba')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
