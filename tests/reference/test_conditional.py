"""What is computed during a trial agrees with rpact and gsDesign: all cases of both, each at the tolerance that it states or closer.

Reference: rpact 3.3.4, gsDesign 3.11.0.9003 on R 4.2.2, closed forms and R's `integrate`; recipe: data/conditional.R.
Tolerances, absolute: 1e-6 for rpact, whose roots are found to about 5e-7 (it states 1e-4 for itself); otherwise what the case says.
gsDesign's `ssrCP` compares the statistic with a lower boundary that a one-sided design has not, and so goes on nowhere: its `n2` is
the size of the first stage. Only that it is the size of a trial that stopped is compared; see docs/discrepancies.md.
"""

import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from equipoise.design import Futility, Spending
from equipoise.planning import plan_sequential
from equipoise.planning.sequential.combination import combine_inverse_normal, plan_fisher, stage_statistics
from equipoise.planning.sequential.conditional import (
    conditional_crossing,
    conditional_powers,
    conditional_rejection_probability,
    predictive_crossing,
    predictive_power,
)
from equipoise.planning.sequential.inference import final_inference, repeated_intervals, repeated_p_value
from equipoise.planning.sequential.monitoring import boundaries_reached, event_information, planned_boundaries
from equipoise.planning.sequential.prior import NormalMixture
from equipoise.planning.sequential.success import assurance, assurance_given_continuing, fixed_assurance
from equipoise.planning.sizes.reestimation import adapt_size, needed_statistic, two_stage_conditional_power
from tests.reference.watched import still_unread, watch

CASES = watch(json.loads((Path(__file__).parent / "data" / "conditional.json").read_text("utf-8"))["cases"])
NAMED = {"testActions": "words for the boundary that the statistic crossed; boundaries and statistics are compared"}
RPACT = 1e-6
KINDS = {"OF": "obrien_fleming", "asOF": "lan_demets_obrien_fleming"}
COMBINATIONS = {"z2NC": "inverse_normal", "z2Z": "sufficient", "z2Fisher": "fisher"}


def by_id(case):
    return case["id"]


def cases(*beginnings):
    return [case for case in CASES if case["id"].startswith(beginnings)]


def many(value):
    return [float(v) for v in (value if isinstance(value, list) else [value]) if v != "NA"]


def differing(pairs, tolerance):
    """The names whose numbers do not agree: as many as R gave, each within the tolerance."""
    found = {}
    for name, (ours, theirs) in pairs.items():
        one, two = np.atleast_1d(np.asarray(ours, dtype=float)), np.array(many(theirs))
        if one.shape != two.shape or not np.abs(one - two).max() <= tolerance:
            found[name] = (one.tolist(), two.tolist())
    return found


def seen(case):
    """Information and statistics, positive where there is benefit."""
    given = case["inputs"]
    ratio = given.get("allocationRatio", 1)
    information = [event_information(events, ratio) for events in many(given["cumulativeEvents"])]
    return information, [-z for z in many(given["cumulativeLogRanks"])], ratio


def planned(case):
    design = case["inputs"]["design"]
    bounds = tuple(b for b in many(design["futilityBounds"]) if b > -6)
    futility = Futility(kind="z", values=bounds) if bounds else None
    kind = KINDS[design["typeOfDesign"]]
    fractions = design["informationRates"]
    return kind, plan_sequential(alpha=0.025, power=0.8, fractions=fractions, efficacy=kind, futility=futility)


def of_stages(information, statistics):
    """Each stage alone and all data until then, under rpact's names and with its sign: negative where there is benefit."""
    stages, overall = np.array(stage_statistics(information, statistics)), np.array(statistics)
    return {
        "stage_testStatistics": -stages,
        "stage_pValues": ndtr(-stages),
        "stage_combFisher": np.cumprod(ndtr(-stages)),
        "stage_overallTestStatistics": -overall,
        "stage_overallPValues": ndtr(-overall),
        "stage_effectSizes": np.exp(-overall / np.sqrt(information)),
    }


def sequential_differences(case, effect=0.0):
    """`effect` is added to every effect that is assumed: a control uses it."""
    given, theirs = case["inputs"], case["outputs"]
    information, statistics, ratio = seen(case)
    kind, plan = planned(case)
    combined = combine_inverse_normal(plan, information, statistics)
    bounds, z = combined.bounds, combined.statistics
    looks = len(z)
    before_end = range(min(looks, plan.looks - 1))
    pairs = {
        "conditionalRejectionProbabilities": [
            conditional_rejection_probability(bounds, k + 1, z[k]) for k in before_end
        ]
    }
    pairs |= of_stages(information, statistics)
    pairs["finalStage"] = looks
    if "repeatedPValues" in theirs:
        intervals = [interval.hazard_ratios for interval in repeated_intervals(bounds, z)]
        pairs |= {
            "repeatedPValues": [repeated_p_value(kind, plan.fractions, k + 1, z[k]) for k in range(looks)],
            "repeatedConfidenceIntervalLowerBounds": [low for low, _ in intervals],
            "repeatedConfidenceIntervalUpperBounds": [high for _, high in intervals],
            "stage_combInverseNormal": z,
        }
    if "conditionalPower" in theirs:
        assumed = (
            statistics[-1] / math.sqrt(information[-1]) if given.get("thetaH1") is None else -math.log(given["thetaH1"])
        )
        stages = [event_information(events, ratio) for events in many(given["nPlanned"])]
        ahead = conditional_crossing(bounds, looks, z[-1], assumed + effect, stage_information=stages)
        pairs["conditionalPower"] = np.cumsum(ahead.upper)
    if "finalPValues" in theirs:
        final = final_inference(bounds, looks, z[-1])
        low, high = final.interval.hazard_ratios
        pairs |= {
            "finalPValues": final.p_value,
            "medianUnbiasedEstimates": final.hazard_ratio,
            "finalConfidenceIntervalLowerBounds": low,
            "finalConfidenceIntervalUpperBounds": high,
        }
    return differing({name: (ours, theirs[name]) for name, ours in pairs.items() if name in theirs}, RPACT)


@pytest.mark.parametrize("case", cases("of3_", "as3_", "in3_", "fut_", "CRP_"), ids=by_id)
def test_conditional_repeated_and_final_inference_agree_with_rpact(case):
    assert sequential_differences(case) == {}


@pytest.mark.parametrize("case", cases("fisher2_"), ids=by_id)
def test_fishers_product_agrees_with_rpact(case):
    theirs = case["outputs"]
    information, statistics, _ = seen(case)
    plan = plan_fisher(case["inputs"]["design"]["alpha"])
    p = [float(ndtr(-z)) for z in stage_statistics(information, statistics)]
    intervals = [interval.hazard_ratios for interval in plan.repeated_intervals(information, statistics)]
    pairs = {
        "conditionalRejectionProbabilities": plan.conditional_rejection_probability(p[0]),
        "repeatedPValues": [plan.repeated_p_value(*p[: k + 1]) for k in range(len(p))],
        "repeatedConfidenceIntervalLowerBounds": [low for low, _ in intervals],
        "repeatedConfidenceIntervalUpperBounds": [high for _, high in intervals],
        "stage_combFisher": np.cumprod(p),
    }
    # Stages of equal weight and equal size: their combination is the statistic of all data.
    pairs |= of_stages(information, statistics) | {"stage_combInverseNormal": statistics, "finalStage": len(p)}
    if "finalPValues" in theirs:
        pairs["finalPValues"] = plan.final_p_value(*p)
    if "conditionalPower" in theirs:
        information_ahead = event_information(case["inputs"]["nPlanned"])
        pairs["conditionalPower"] = plan.conditional_power(
            p[0], -math.log(case["inputs"]["thetaH1"]), information_ahead
        )
    assert differing({name: (ours, theirs[name]) for name, ours in pairs.items() if name in theirs}, RPACT) == {}
    bounds = case["inputs"]["design"]["criticalValues"]
    assert (plan.first, plan.product) == pytest.approx(bounds, rel=1e-10)


@pytest.mark.parametrize("case", cases("bvalue_"), ids=by_id)
def test_one_look_to_come_agrees_with_the_closed_form(case):
    given, theirs = case["inputs"], case["outputs"]
    maximum = event_information(given["D_final"])
    plan = plan_sequential(alpha=given["alpha"], power=0.8)
    # Nothing is spent at the interim look: these closed forms are of a trial that only asks there.
    rule = Spending(kind="user", values=(0.0, given["alpha"]))
    bounds = boundaries_reached(plan, rule, (given["infoFraction"] * maximum, maximum), maximum)
    powers = conditional_powers(bounds, 1, given["z"], -math.log(given["hr_assumed"]))
    pairs = {
        "cp_hypothesised": powers.planned, "cp_trend": powers.trend, "cp_null": powers.null,
        "predictive_flat": predictive_power(bounds, 1, given["z"]),
    }  # fmt: skip
    assert differing({name: (ours, theirs[name]) for name, ours in pairs.items()}, case["tol"]) == {}


@pytest.mark.parametrize("case", cases("assurance_"), ids=by_id)
def test_assurance_agrees_with_numerical_integration(case):
    given, theirs = case["inputs"], case["outputs"]
    prior = NormalMixture.normal(given["m"], given["s"])
    information = event_information(given["D"], given["allocation"])
    closed = fixed_assurance(prior, information, given["alpha"])
    integrated = assurance(planned_boundaries(plan_sequential(alpha=given["alpha"], power=0.8), information), prior)
    assert (
        differing(
            {"closed": (closed, theirs["closed_form"]), "integral": (integrated, theirs["assurance"])}, case["tol"]
        )
        == {}
    )


def two_stages():
    return plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming")


@pytest.mark.parametrize("case", cases("ssrCP_"), ids=by_id)
def test_reestimation_by_conditional_power_agrees_with_gsdesign(case):
    given, theirs, plan = case["inputs"], case["outputs"], two_stages()
    first, size = given["n.I"]
    kind, z1, bound = COMBINATIONS[given["z2"]], given["z1"], plan.upper[1]
    adapted = adapt_size(
        z1, bound, first, size, combination=kind, power=1 - given["beta"], promising=tuple(given["cpadj"]), most=given["maxinc"]
    )  # fmt: skip
    # gsDesign reports the statistic that a second stage as large as the whole plan would need.
    pairs = {"CP": adapted.conditional_power, "z2": needed_statistic(kind, z1, bound, first, size, 0.5)}
    assert differing({name: (ours, theirs[name]) for name, ours in pairs.items()}, case["tol"]) == {}
    stopped = adapt_size(z1, bound, first, size, combination=kind, stop=(math.inf, math.inf))
    assert (stopped.zone, stopped.total) == ("stopped", pytest.approx(theirs["n2"], abs=case["tol"]))


@pytest.mark.parametrize("case", cases("condPower_"), ids=by_id)
def test_two_stage_conditional_power_agrees_with_gsdesign(case):
    given, theirs, plan = case["inputs"], case["outputs"], two_stages()
    first = cases("ssrCP_")[0]["inputs"]["n.I"][0]
    needed = needed_statistic("inverse_normal", given["z1"], plan.upper[1], first, given["n2"], 0.5)
    delta = math.sqrt((1.959963984540054 + 1.2815515655446004) ** 2 / 200)
    trend = two_stage_conditional_power(needed, given["z1"] / math.sqrt(first), given["n2"])
    at_delta = two_stage_conditional_power(needed, delta, given["n2"])
    assert differing({"cp": (trend, theirs["cp"]), "cp_theta": (at_delta, theirs["cp_theta"])}, case["tol"]) == {}


def three_looks():
    futility = Futility(kind="hwang_shih_decani", parameter=-2)
    fractions, kind = (1 / 3, 2 / 3, 1), "lan_demets_obrien_fleming"
    plan = plan_sequential(alpha=0.025, power=0.9, fractions=fractions, efficacy=kind, futility=futility)
    return planned_boundaries(plan, cases("gsCP_")[0]["inputs"]["n.I"][-1])


def crossing_differences(case, bounds):
    given, theirs = case["inputs"], case["outputs"]
    pairs = {}
    for place, theta in enumerate(theirs["theta"]):
        ahead = conditional_crossing(bounds, given["i"], given["zi"], theta)
        for name, ours in (("upperProb", ahead.upper), ("lowerProb", ahead.lower)):
            pairs[name, place] = (ours, [row[place] for row in theirs[name]])
    return differing(pairs, case["tol"])


@pytest.mark.parametrize("case", cases("gsCP_"), ids=by_id)
def test_conditional_crossing_agrees_with_gsdesign(case):
    assert crossing_differences(case, three_looks()) == {}


@pytest.mark.parametrize("case", cases("gsPOS", "gsCPOS", "gsPP"), ids=by_id)
def test_probabilities_of_success_agree_with_gsdesign(case):
    given, theirs, bounds = case["inputs"], case["outputs"], three_looks()
    # gsDesign's theta is an effect, positive where there is benefit; a prior is of the log hazard ratio.
    prior = NormalMixture.normal(-given["prior"]["mu"], given["prior"]["sigma"])
    if "gsPOS" in theirs:
        pairs = {"gsPOS": assurance(bounds, prior)}
    elif "gsCPOS" in theirs:
        pairs = {"gsCPOS": assurance_given_continuing(bounds, prior, given["i"])}
    else:
        by_look = predictive_crossing(bounds, given["i"], given["zi"], prior).upper
        pairs = {"by_analysis": by_look, "total": predictive_power(bounds, given["i"], given["zi"], prior)}
    assert differing({name: (ours, theirs[name]) for name, ours in pairs.items()}, case["tol"]) == {}


def test_every_case_is_compared():
    told = ("of3_", "as3_", "in3_", "fut_", "CRP_", "fisher2_", "bvalue_", "assurance_", "ssrCP_", "condPower_", "gs")
    assert len(cases(*told)) == len(CASES) == 64


def test_every_field_is_compared_or_named():
    assert still_unread(sys.modules[__name__], CASES, NAMED) == set()


def test_control_a_slightly_larger_effect_or_another_boundary_is_noticed():
    case = cases("of3_st1")[0]
    assert set(sequential_differences(case, effect=1e-4)) == {"conditionalPower"}
    moved = three_looks()
    moved = replace(moved, lower=(moved.lower[0], moved.lower[1] + 1e-4, moved.lower[2]))
    assert crossing_differences(cases("gsCP_i1_z1")[0], moved)
    swapped = json.loads(json.dumps(case))
    swapped["inputs"]["cumulativeLogRanks"] = 1.1
    assert "repeatedPValues" in sequential_differences(swapped)
