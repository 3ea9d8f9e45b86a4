"""Designs of phase II: two stages in a single arm, for response alone or with toxicity; selection; screening.

The published tables were printed by their authors, computed by their own programs.
"""

import math

import numpy as np
import pytest
from scipy.special import ndtr

from equipoise.planning.phase2.bryant_day import find_bryant_day_design
from equipoise.planning.phase2.selection import (
    correct_selection_hazards,
    correct_selection_rates,
    screening_events,
    selection_events,
    selection_size,
)
from equipoise.planning.phase2.simon import acceptance, binomial, find_simon_designs, one_stage_size

SIMON_1989 = {
    # (p0, p1): by (alpha, beta) = (.10, .10), (.05, .20), (.05, .10): optimal and minimax r1/n1, r/n.
    (0.05, 0.20): [("0/12 3/37", "0/18 3/32"), ("0/10 3/29", "0/13 3/27"), ("1/21 4/41", "1/29 4/38")],
    (0.10, 0.25): [("2/21 7/50", "2/27 6/40"), ("2/18 7/43", "2/22 7/40"), ("2/21 10/66", "3/31 9/55")],
    (0.05, 0.25): [("0/9 2/24", "0/13 2/20"), ("0/9 2/17", "0/12 2/16"), ("0/9 3/30", "0/15 3/25")],
    (0.10, 0.30): [("1/12 5/35", "1/16 4/25"), ("1/10 5/29", "1/15 5/25"), ("2/18 6/35", "2/22 6/33")],
    (0.20, 0.40): [("3/17 10/37", "3/19 10/36"), ("3/13 12/43", "4/18 10/33"), ("4/19 15/54", "5/24 13/45")],
    (0.30, 0.50): [("7/22 17/46", "7/28 15/39"), ("5/15 18/46", "6/19 16/39"), ("8/24 24/63", "7/24 21/53")],
    (0.40, 0.60): [("7/18 22/46", "11/28 20/41"), ("7/16 23/46", "17/34 20/39"), ("11/25 32/66", "12/29 27/54")],
    (0.50, 0.70): [("11/21 26/45", "11/23 23/39"), ("8/15 26/43", "12/23 23/37"), ("13/24 36/61", "14/27 32/53")],
    (0.60, 0.80): [("6/11 26/38", "18/27 24/35"), ("7/11 30/43", "8/13 25/35"), ("12/19 37/53", "15/26 32/45")],
    (0.70, 0.90): [("6/9 22/28", "11/16 20/25"), ("4/6 22/27", "19/23 21/26"), ("11/15 29/36", "13/18 26/32")],
}
ERRORS = ((0.10, 0.10), (0.05, 0.20), (0.05, 0.10))
SIMON_WITTES_ELLENBERG_1985 = {
    # Participants per arm for a probability of 0.9, the best rate 0.15 above the others: 2, 3 and 4 arms.
    0.1: (21, 31, 37),
    0.2: (29, 44, 52),
    0.3: (35, 52, 62),
    0.4: (37, 55, 67),
    0.5: (36, 54, 65),
    0.6: (32, 49, 59),
    0.7: (26, 39, 47),
    0.8: (16, 24, 29),
}


def printed(design):
    return f"{design.r1}/{design.n1} {design.r}/{design.n}"


@pytest.mark.parametrize("rates", SIMON_1989)
def test_two_stage_designs_are_those_of_simons_tables(rates):
    found = [find_simon_designs(*rates, alpha, beta) for alpha, beta in ERRORS]
    assert [(printed(d.optimal), printed(d.minimax)) for d in found] == SIMON_1989[rates]


def test_expected_size_and_stopping_of_a_published_design():
    design = find_simon_designs(0.1, 0.3, 0.05, 0.2).optimal
    assert design.expected == pytest.approx(15.0, abs=0.05)
    assert design.stopping == pytest.approx(0.74, abs=0.005)


def test_admissible_designs_lie_between_minimax_and_optimal():
    designs = find_simon_designs(0.1, 0.3, 0.05, 0.2)
    assert designs.admissible[0] == designs.minimax
    assert designs.admissible[-1] == designs.optimal
    # Each is the best for some weight q of size against expected size (Jung et al. 2004).
    for design in designs.admissible:
        losses = [[q * d.n + (1 - q) * d.expected for d in designs.admissible] for q in np.linspace(0, 1, 1001)]
        mine = designs.admissible.index(design)
        assert any(np.argmin(loss) == mine for loss in losses)


def test_a_design_declares_more_the_better_the_treatment():
    design = find_simon_designs(0.2, 0.4, 0.05, 0.2).optimal
    assert design.declaring(0.2) == pytest.approx(design.alpha)
    assert design.declaring(0.4) == pytest.approx(design.power)
    assert design.declaring(0.3) < design.declaring(0.5)


def test_acceptance_is_what_counting_every_outcome_gives():
    first, later = binomial(6, 0.3), binomial(5, 0.3)
    found = acceptance(6, 11, 0.3)
    for r1, r in ((-0 + 1, 4), (2, 5), (5, 10), (0, 0)):
        counted = sum(first[x] * later[y] for x in range(7) for y in range(6) if x > r1 and x + y > r)
        assert found[r1, r] == pytest.approx(counted, abs=1e-15)


def test_one_stage_is_the_smallest_that_keeps_both_errors():
    assert one_stage_size(0.1, 0.3, 0.05, 0.1) == (6, 33)
    tail = binomial(33, 0.1)[7:].sum(), binomial(33, 0.3)[7:].sum()
    assert tail[0] <= 0.05
    assert tail[1] >= 0.9


def test_response_and_toxicity_together_as_bryant_and_day_found():
    """Their example, page 1379: 5/19, 12/33 for response from 0.3 to 0.5, 11/19, 22/33 for safety from 0.6 to 0.8;
    errors of 0.15 give it.
    """
    d = find_bryant_day_design((0.3, 0.5), (0.6, 0.8), 0.15, 0.15, 0.15)
    assert (d.n1, d.r1, d.t1, d.n, d.r, d.t) == (19, 5, 11, 33, 12, 22)
    assert d.declaring(0.3, 0.8) == pytest.approx(d.alpha_response)
    assert d.declaring(0.5, 0.6) == pytest.approx(d.alpha_toxicity)
    assert d.declaring(0.5, 0.8) == pytest.approx(d.power)
    assert max(d.alpha_response, d.alpha_toxicity) <= 0.15 <= 0.85 <= d.power


def test_the_expected_size_of_a_joint_design_by_simulation():
    d = find_bryant_day_design((0.3, 0.5), (0.6, 0.8), 0.15, 0.15, 0.15)
    rng = np.random.default_rng(11)
    on = (rng.binomial(d.n1, 0.3, 400_000) > d.r1) & (rng.binomial(d.n1, 0.8, 400_000) > d.t1)
    assert d.expected_no_response == pytest.approx(d.n1 + on.mean() * (d.n - d.n1), abs=0.05)
    assert d.expected == max(d.expected_no_response, d.expected_toxic)


@pytest.mark.parametrize("worse", SIMON_WITTES_ELLENBERG_1985)
def test_selection_sizes_are_the_published_ones(worse):
    found = tuple(selection_size(worse, worse + 0.15, arms) for arms in (2, 3, 4))
    assert found == SIMON_WITTES_ELLENBERG_1985[worse]


def test_a_screened_selection_by_simulation():
    rng = np.random.default_rng(12)
    best, other = rng.binomial(30, 0.4, 300_000), rng.binomial(30, 0.25, (2, 300_000)).max(axis=0)
    selection = correct_selection_rates(30, 0.25, 0.4, 3, least=10)
    # Ties between the best arm and others are cut by lot in the formula; count those that are none.
    assert selection.none == pytest.approx(((best < 10) & (other < 10)).mean(), abs=0.003)
    strictly, at_most = ((best >= 10) & (best > other)).mean(), ((best >= 10) & (best >= other)).mean()
    assert strictly < selection.correct < at_most
    assert selection.correct + selection.none + selection.wrong == pytest.approx(1)


def test_equal_arms_are_chosen_by_lot():
    assert correct_selection_rates(25, 0.3, 0.3, 4).correct == pytest.approx(0.25)
    assert correct_selection_hazards(20, 1.0, 3) == pytest.approx(1 / 3)


def test_selection_by_survival_is_near_its_normal_approximation():
    for events, ratio in ((20, 1 / 1.5), (40, 1 / 1.3)):
        approximately = float(ndtr(-math.log(ratio) * math.sqrt(events / 2)))
        assert correct_selection_hazards(events, ratio) == pytest.approx(approximately, abs=0.005)
    rng = np.random.default_rng(13)
    best, others = rng.gamma(15, 1 / 0.6, 400_000), rng.gamma(15, 1, (2, 400_000)).max(axis=0)
    assert correct_selection_hazards(15, 0.6, 3) == pytest.approx((best > others).mean(), abs=0.003)
    assert correct_selection_hazards(selection_events(0.6, 3), 0.6, 3) >= 0.9


@pytest.mark.parametrize(
    ("ratio", "published"),
    [(1.3, (382, 262, 165)), (1.4, (232, 159, 100)), (1.5, (160, 110, 69)), (1.75, (84, 58, 36))],
)
def test_screening_events_are_those_of_rubinstein(ratio, published):
    """Events by hazard ratio for (alpha, power) = (.10, .90), (.10, .80), (.20, .80);
    alpha and beta may change places."""
    found = [screening_events(ratio, alpha, power) for alpha, power in ((0.1, 0.9), (0.1, 0.8), (0.2, 0.8))]
    assert tuple(map(round, found)) == published
    assert screening_events(1 / ratio, 0.2, 0.9) == pytest.approx(found[1])


@pytest.mark.parametrize(
    "make",
    [
        lambda: find_simon_designs(0.3, 0.1, 0.05, 0.2),
        lambda: find_simon_designs(0.1, 0.3, 0.6, 0.2),
        lambda: find_simon_designs(0.30, 0.301, 0.01, 0.01),
        lambda: one_stage_size(0.3, 0.301, 0.01, 0.01),
        lambda: find_bryant_day_design((0.5, 0.3), (0.6, 0.8), 0.1, 0.1, 0.1),
        lambda: find_bryant_day_design((0.3, 0.31), (0.6, 0.8), 0.1, 0.1, 0.1),
        lambda: correct_selection_rates(0, 0.2, 0.4),
        lambda: correct_selection_rates(20, 0.4, 0.2),
        lambda: correct_selection_rates(20, 0.2, 0.4, 1),
        lambda: correct_selection_rates(20, 0.2, 0.4, least=21),
        lambda: selection_size(0.2, 0.4, 2, wanted=0.4),
        lambda: correct_selection_hazards(0, 0.5),
        lambda: correct_selection_hazards(10, 1.5),
        lambda: selection_events(1.0),
        lambda: screening_events(1.0, 0.1, 0.9),
        lambda: screening_events(0.6, 0.6, 0.9),
        lambda: screening_events(0.6, 0.1, 0.9, ratio=0),
    ],
)
def test_impossible_requests_are_refused_in_a_sentence(make):
    with pytest.raises(ValueError, match=r"\w+ .* \w+"):
        make()
