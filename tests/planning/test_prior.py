"""Beliefs about the log hazard ratio: what they are, how data change them, and what they say of a trial to come."""

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from equipoise.design import Prior
from equipoise.planning import plan_sequential
from equipoise.planning.sequential.monitoring import planned_boundaries
from equipoise.planning.sequential.prior import NormalMixture, prior_of, update
from equipoise.planning.sequential.success import assurance, assurance_given_continuing, fixed_assurance

MIXED = NormalMixture((0.7, 0.3), (math.log(0.6), 0.0), (0.3, 0.6))
OBF = "lan_demets_obrien_fleming"


def test_a_normal_belief_updates_by_precision():
    posterior = update(NormalMixture.normal(-0.2, 0.4), -0.6, 0.2)
    assert posterior.means[0] == pytest.approx((-0.2 / 0.16 - 0.6 / 0.04) / (1 / 0.16 + 1 / 0.04))
    assert posterior.sds[0] == pytest.approx((1 / 0.16 + 1 / 0.04) ** -0.5)


def test_the_component_that_foresaw_the_data_gains_weight():
    logs = np.linspace(-4, 4, 40001)
    density = sum(w * np.exp(-0.5 * ((logs - m) / s) ** 2) / s for w, m, s in MIXED.parts)
    seen = density * np.exp(-0.5 * ((logs + 0.9) / 0.25) ** 2)
    seen /= np.trapezoid(seen, logs)
    posterior = update(MIXED, -0.9, 0.25)
    assert posterior.weights[0] > 0.7
    assert posterior.mean == pytest.approx(np.trapezoid(logs * seen, logs), abs=1e-9)
    assert posterior.sd == pytest.approx(math.sqrt(np.trapezoid((logs - posterior.mean) ** 2 * seen, logs)), abs=1e-9)
    below = logs < math.log(0.8)
    assert posterior.probability_below(0.8) == pytest.approx(np.trapezoid(seen[below], logs[below]), abs=2e-4)


def test_data_far_from_every_belief_are_taken_in_all_the_same():
    posterior = update(MIXED, -60.0, 0.01)
    assert sum(posterior.weights) == pytest.approx(1)
    assert posterior.mean < -50


def test_probabilities_of_benefit_and_of_relevant_benefit():
    belief = NormalMixture.normal(math.log(0.6), 0.3)
    assert belief.probability_below(1.0) == pytest.approx(ndtr(-math.log(0.6) / 0.3))
    assert belief.probability_below(0.8) == pytest.approx(ndtr((math.log(0.8) - math.log(0.6)) / 0.3))
    assert belief.quantile(0.975) == pytest.approx(0.6 * math.exp(0.3 * ndtri(0.975)))
    assert MIXED.probability_below(MIXED.quantile(0.3)) == pytest.approx(0.3, abs=1e-12)
    assert NormalMixture.normal(-0.1, 0.0).probability_below(1.0) == 1.0


def test_a_discount_takes_information_away():
    assert NormalMixture.normal(-0.5, 0.3).events_worth() == pytest.approx(4 / 0.09)
    assert NormalMixture.normal(-0.5, 0.3).discounted(0.25).events_worth() == pytest.approx(1 / 0.09)
    assert NormalMixture.normal(-0.5, 0.3).events_worth(2) == pytest.approx(4.5 / 0.09)
    assert NormalMixture.normal(-0.5, 0.0).events_worth() == math.inf


def test_a_wide_companion_makes_a_prior_robust():
    firm = NormalMixture.normal(math.log(0.5), 0.15)
    robust = firm.beside(NormalMixture.normal(0.0, 1.0), 0.2)
    assert robust.weights == (0.8, 0.2)
    # Where the data contradict the belief, the companion takes over.
    assert update(robust, 0.4, 0.15).mean > update(firm, 0.4, 0.15).mean + 0.3


def test_the_numbers_come_from_the_protocol():
    clause = Prior.model_validate(
        {
            "components": [{"hazard_ratio": 0.7, "events": 40, "weight": 3}, {"hazard_ratio": 1.0, "sd": 0.6}],
            "discount": 0.5,
        }
    )
    prior = prior_of(clause)
    assert prior.weights == (0.75, 0.25)
    assert prior.means == pytest.approx((math.log(0.7), 0.0))
    assert prior.sds == pytest.approx((math.sqrt(2) * 2 / math.sqrt(40), math.sqrt(2) * 0.6))
    assert prior_of(clause, ratio=2).sds[0] == pytest.approx(math.sqrt(2 * 4.5 / 40))


def bounds(**changes):
    plan = plan_sequential(**({"alpha": 0.025, "power": 0.8, "fractions": (0.5, 0.75, 1), "efficacy": OBF} | changes))
    return plan, planned_boundaries(plan, (plan.drift / math.log(1 / 0.6)) ** 2)


def test_assurance_is_power_averaged_over_the_prior():
    plan, reached = bounds()
    logs = np.linspace(-4, 4, 4001)
    density = sum(w * np.exp(-0.5 * ((logs - m) / s) ** 2) / (s * math.sqrt(2 * math.pi)) for w, m, s in MIXED.parts)
    root = plan.drift / math.log(1 / 0.6)
    power = [float(plan.crossing(-x * root).upper.sum()) for x in logs]
    assert assurance(reached, MIXED) == pytest.approx(np.trapezoid(density * power, logs), abs=1e-9)


def test_a_very_wide_prior_has_the_assurance_of_a_coin():
    _, reached = bounds()
    assert assurance(reached, NormalMixture.normal(0.0, 1e4)) == pytest.approx(0.5, abs=1e-4)
    assert fixed_assurance(NormalMixture.normal(0.0, 1e4), 25.0, 0.025) == pytest.approx(0.5, abs=1e-4)


def test_going_on_is_news_too():
    _, reached = bounds()
    prior = NormalMixture.normal(math.log(0.6), 0.3)
    crossed = [assurance_given_continuing(reached, prior, look) for look in (1, 2)]
    assert assurance(reached, prior) > crossed[0] > crossed[1]


@pytest.mark.parametrize(
    "make",
    [
        lambda: NormalMixture((), (), ()),
        lambda: NormalMixture((0.5, 0.4), (0.0, 0.0), (1.0, 1.0)),
        lambda: NormalMixture((1.0,), (math.nan,), (1.0,)),
        lambda: NormalMixture((1.0,), (0.0,), (-1.0,)),
        lambda: MIXED.discounted(0.0),
        lambda: MIXED.beside(MIXED, 1.5),
        lambda: MIXED.probability_below(0.0),
        lambda: MIXED.quantile(1.0),
        lambda: update(MIXED, math.inf, 0.2),
        lambda: update(MIXED, 0.0, 0.0),
        lambda: fixed_assurance(MIXED, 0.0, 0.025),
        lambda: fixed_assurance(MIXED, 20.0, 0.5),
        lambda: assurance_given_continuing(bounds()[1], MIXED, 3),
    ],
)
def test_impossible_beliefs_are_refused_in_a_sentence(make):
    with pytest.raises(ValueError, match=r"\w+ .* \w+"):
        make()
