"""Spending functions: their values by hand, their ends, and what they refuse."""

import math

import pytest
from scipy.special import ndtr, ndtri

from equipoise.design import Spending
from equipoise.planning.sequential.spending import SPENDING_KINDS, spent, spent_by_look

PARAMETER = {"kim_demets": 2.0, "hwang_shih_decani": -4.0}


@pytest.mark.parametrize("kind", [k for k in SPENDING_KINDS if k != "user"])
def test_nothing_is_spent_before_the_trial_and_everything_at_its_end(kind):
    parameter = PARAMETER.get(kind)
    assert [spent(kind, t, 0.025, parameter) for t in (-0.1, 0.0, 1.0, 1.3)] == [0.0, 0.0, 0.025, 0.025]
    assert spent(kind, 1 - 1e-9, 0.025, parameter) == pytest.approx(0.025, rel=1e-6)


def test_half_of_the_information_spends_what_the_formulae_say():
    assert spent("lan_demets_obrien_fleming", 0.5, 0.025) == pytest.approx(
        2 * (1 - ndtr(ndtri(1 - 0.0125) * math.sqrt(2)))
    )
    assert spent("lan_demets_pocock", 0.5, 0.025) == pytest.approx(0.025 * math.log((math.e + 1) / 2))
    assert spent("kim_demets", 0.5, 0.025, 3.0) == pytest.approx(0.025 / 8)
    assert spent("hwang_shih_decani", 0.5, 0.025, -4.0) == pytest.approx(0.025 / (1 + math.exp(2)))
    assert spent("hwang_shih_decani", 0.5, 0.025, 0.0) == pytest.approx(0.0125)


def test_what_a_user_gave_is_shared_between_the_sides():
    given = Spending(kind="user", values=(0.01, 0.05))
    assert spent_by_look(given, (0.5, 1), 0.025, 0.5) == (0.005, 0.025)


@pytest.mark.parametrize(
    ("spending", "said"),
    [
        (Spending(kind="user", values=(0.01, 0.02, 0.05)), "3 values"),
        (Spending(kind="user", values=(0.03, 0.02)), "never decreases"),
        (Spending(kind="user", values=(-0.01, 0.02)), "not negative"),
        (Spending(kind="user", values=(0.01, 0.06)), "0.06 would be spent; there are 0.05"),
        (Spending(kind="kim_demets"), "needs its parameter"),
        (Spending(kind="kim_demets", parameter=0.0), "is positive"),
        (Spending(kind="pocock"), "not a spending function"),
    ],
)
def test_what_cannot_be_spent_is_refused(spending, said):
    with pytest.raises(ValueError, match=said):
        spent_by_look(spending, (0.5, 1.0), 0.025, 0.5)
