"""Boundaries, spent errors, power by look, inflation and expected information agree with rpact and gsDesign.

Reference: rpact 3.3.4 and gsDesign 3.11.0.9003 on R 4.2.2; recipe: data/group_sequential.R.
Tolerances, absolute: 1e-6 for rpact, which computes to about 1e-8 where looks are far apart and 7e-7 where they are near; its
`shift`, the square of the drift, is a size and is compared relative to itself. For gsDesign what each case states, or what
gsDesign leaves unspent of its own errors, divided by the density of a statistic at its boundary (1/30 at least).
Not compared: rpact's futility probabilities of two-sided designs, which it gives as 0 whatever crosses the lower boundary.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from equipoise.design import Futility, Spending
from equipoise.planning import plan_sequential
from tests.reference.watched import still_unread, watch

DATA = Path(__file__).parent / "data"
RPACT = watch(json.loads((DATA / "gs_boundaries.json").read_text("utf-8"))["cases"])
GSDESIGN = watch(json.loads((DATA / "gs_design.json").read_text("utf-8"))["cases"])
NAMED = {"futilityProbabilities": "of two-sided designs: rpact gives 0 whatever crosses the lower boundary"}

_EFFICACY = {
    "OF": ("obrien_fleming", None), "P": ("pocock", None), "WT": ("wang_tsiatis", "deltaWT"),
    "HP": ("haybittle_peto", "constantBoundsHP"), "PT": ("pampallona_tsiatis", "deltaPT1"),
    "asOF": ("lan_demets_obrien_fleming", None), "asP": ("lan_demets_pocock", None),
    "asHSD": ("hwang_shih_decani", "gammaA"), "asKD": ("kim_demets", "gammaA"), "asUser": ("user", None),
}  # fmt: skip
_BETA = {"bsOF": "lan_demets_obrien_fleming", "bsP": "lan_demets_pocock", "bsHSD": "hwang_shih_decani"}
_GSDESIGN = {
    "Lan-DeMets O'Brien-Fleming approximation": "lan_demets_obrien_fleming",
    "Lan-DeMets Pocock approximation": "lan_demets_pocock", "Hwang-Shih-DeCani": "hwang_shih_decani",
    "Kim-DeMets (power)": "kim_demets", "OF": "obrien_fleming", "Pocock": "pocock",
}  # fmt: skip


def by_id(case):
    return case["id"]


def number(inputs, name):
    return None if name is None or name not in inputs else float(inputs[name])


def evenly(looks):
    return [(k + 1) / looks for k in range(looks)]


def asked_of_rpact(case, **changes):
    given = case["inputs"]
    kind, parameter = _EFFICACY[given["typeOfDesign"]]
    binding, futility = bool(given.get("bindingFutility", False)), None
    if "futilityBounds" in given:
        futility = Futility(kind="z", values=tuple(map(float, given["futilityBounds"])), binding=binding)
    elif "typeBetaSpending" in given:
        beta = _BETA[given["typeBetaSpending"]]
        futility = Futility(kind=beta, parameter=number(given, "gammaB"), binding=binding)
    elif kind == "pampallona_tsiatis":
        futility = Futility(kind=kind, parameter=number(given, "deltaPT0"), binding=binding)
    return {
        "alpha": given["alpha"], "power": 1 - given["beta"], "sides": given["sided"],
        "fractions": given.get("informationRates") or evenly(given["kMax"]), "futility": futility,
        "efficacy": Spending(
            kind=kind, parameter=number(given, parameter), values=tuple(given.get("userAlphaSpending", ()))
        ),
    } | changes  # fmt: skip


def asked_of_gsdesign(case, **changes):
    given = case["inputs"]
    kind, futility, two = given["test.type"], None, given["test.type"] == 2
    if kind >= 3:
        futility = Futility(
            kind=_GSDESIGN[given["sfl"]], parameter=number(given, "sflpar"), binding=kind in (3, 5), under_null=given.get("astar")
        )  # fmt: skip
    return {
        "alpha": given["alpha"] * (2 if two else 1), "power": 1 - given["beta"], "sides": 2 if two else 1,
        "fractions": given.get("timing") or evenly(given["k"]), "futility": futility,
        "efficacy": Spending(kind=_GSDESIGN[given["sfu"]], parameter=number(given, "sfupar")),
    } | changes  # fmt: skip


def apart(ours, theirs):
    return float(np.max(np.abs(np.array(ours, dtype=float) - np.array(theirs, dtype=float))))


def differing_from_rpact(case, plan):
    said, sides = case["outputs"], case["inputs"]["sided"]
    none, full = plan.crossing(0.0), plan.crossing(plan.drift)
    mine = {
        "criticalValues": plan.upper, "alphaSpent": np.array(plan.alpha_spent) * sides, "inflationFactor": plan.inflation,
        "ASN_H0": plan.expected_h0, "ASN_H01": plan.expected_h01, "ASN_H1": plan.expected_h1, "power": plan.cumulative_power,
        "powerPerStage": plan.cumulative_power, "rejectionProbabilities": full.upper, "betaSpent": plan.beta_spent,
        "futilityBounds": plan.lower[:-1], "informationRates": plan.fractions,
    }  # fmt: skip
    mine["stageLevelsOneSided"] = ndtr(-np.array(plan.upper))
    if sides == 1:
        mine["futilityProbabilities"] = full.lower[:-1]
        assert plan.binding or none.upper.sum() <= plan.alpha_spent[-1] + 1e-15
    differ = {name for name in mine if name in said and apart(mine[name], said[name]) > 1e-6}
    return differ | ({"shift"} if abs(plan.drift**2 / said["shift"] - 1) > 1e-6 else set())


def differing_from_gsdesign(case, plan):
    said, kind = case["outputs"], case["inputs"]["test.type"]
    none, full = plan.crossing(0.0), plan.crossing(plan.drift)
    mine = {
        "upper": plan.upper, "lower": plan.lower, "n.I": np.array(plan.fractions) * plan.inflation,
        "timing": plan.fractions, "en": [plan.expected_h0, plan.expected_h1],
        "theta": [0.0, plan.drift / plan.inflation**0.5], "upperSpend": np.diff((0.0, *plan.alpha_spent)),
        "upperProb": np.column_stack([none.upper, full.upper]), "lowerProb": np.column_stack([none.lower, full.lower]),
        "lowerSpend": none.lower if kind in (2, 6) else np.diff((0.0, *plan.beta_spent)),
    }  # fmt: skip
    tolerance = case["tol"]
    if kind == 3:
        unspent = apart(np.array(said["upperProb"])[:, 0], said["upperSpend"])
        tolerance = max(tolerance, 30 * unspent)
    return {name for name in mine if name in said and apart(mine[name], said[name]) > tolerance}


@pytest.mark.parametrize("case", RPACT, ids=by_id)
def test_a_design_agrees_with_rpact(case):
    assert differing_from_rpact(case, plan_sequential(**asked_of_rpact(case))) == set()


@pytest.mark.parametrize("case", GSDESIGN, ids=by_id)
def test_a_design_agrees_with_gsdesign(case):
    assert differing_from_gsdesign(case, plan_sequential(**asked_of_gsdesign(case))) == set()


def test_every_case_of_both_is_there():
    assert len(RPACT) == 52 and len(GSDESIGN) == 18


def test_every_field_is_compared_or_named():
    assert still_unread(sys.modules[__name__], (*RPACT, *GSDESIGN), NAMED) == set()


def test_control_another_boundary_would_be_noticed():
    case = next(c for c in RPACT if c["id"] == "asOF_k3_1s_025")
    plan = plan_sequential(**asked_of_rpact(case, efficacy=Spending(kind="obrien_fleming")))
    assert differing_from_rpact(case, plan) >= {"criticalValues", "shift", "inflationFactor", "ASN_H1", "powerPerStage"}


def test_control_alpha_that_counts_on_futility_would_be_noticed():
    case = next(c for c in RPACT if c["id"] == "asOF_bsOF_k3_nonbinding")
    asked = asked_of_rpact(case)
    plan = plan_sequential(**(asked | {"futility": asked["futility"].model_copy(update={"binding": True})}))
    assert "criticalValues" in differing_from_rpact(case, plan)


def test_control_a_look_a_little_later_would_be_noticed():
    case = next(c for c in GSDESIGN if c["id"] == "tt4_LDOF_LDPocock")
    plan = plan_sequential(**asked_of_gsdesign(case, fractions=[0.5, 0.8 + 1e-5, 1.0]))
    assert differing_from_gsdesign(case, plan) >= {"upper", "lower", "n.I", "upperProb", "lowerProb"}
