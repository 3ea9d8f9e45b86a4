"""Sizes, events, calendar times and power agree with rpact and gsDesign.

Reference: R 4.2.2, rpact 3.3.4 (46 cases), gsDesign (nSurv, gsSurv, nBinomial); recipe: data/sample_size.R.
Tolerance 1e-6 relative unless stated beside it. rpact solves for accrual and follow-up to about 3e-7 of a month and for
boundaries on the scale of two-sided rates to 1e-6; it prints hazard ratios at futility bounds to 8 digits and stops its
search for beta-spending boundaries earlier than that; one of its calendar times is 2e-6 from the closed form. Its expected
duration of a two-sided design leaves out stopping on the other side, which we count (6e-6). gsSurv was asked for 1e-6.
"""

import json
import math
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from equipoise.design.spec import Futility
from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms, expected_events
from equipoise.planning.sizes.rates import estimate_rates_power, plan_rate, plan_rate_exactly, plan_rates
from equipoise.planning.sizes.survival import (
    estimate_events,
    estimate_survival_power,
    plan_accrual,
    plan_follow_up,
    plan_survival,
)
from tests.reference.r_cases import DATA, numbers
from tests.reference.watched import still_unread, watch

CASES = {
    case["id"]: case for case in watch(json.loads((DATA / "sample_size.json").read_text(encoding="utf-8"))["cases"])
}
_ASKED = "what was asked, told again: as it was written, or as hazard, median, rate of accrual or its total time"
NAMED = {
    **dict.fromkeys(("accrualIntensity", "accrualTime", "totalAccrualTime", "hazardRatio", "pi1"), _ASKED),
    **dict.fromkeys(("lambda1", "lambda2", "median1", "median2"), _ASKED),
    "gs_twosided_asP2: earlyStop": "leaves out stopping on the other side, which we count: 1e-5",
    "ratespow_OF2: futilityPerStage": "of rpact's bound at -6 where there is none: 1e-9",
    "ratespow_OF2: maxNumberOfSubjects": _ASKED,
}
METHODS = {"Schoenfeld": "schoenfeld", "Freedman": "freedman", "HsiehFreedman": "hsieh_freedman"}
LAN_DEMETS = {"asOF": "lan_demets_obrien_fleming", "asP": "lan_demets_pocock"}
BETA_SPENDING = ("gs_bsOF3",)
TWO_SIDED = ("gs_twosided_asP2",)


def ids(call):
    return [name for name, case in CASES.items() if case["call"].startswith(call)]


def row(value):
    return np.atleast_1d(numbers(value)).tolist()


def design_of(name, power=None):
    """The design of a case, planned anew from its errors and looks; its futility bounds where rpact was given them."""
    asked = CASES[name]["inputs"]["design"]
    fractions = row(asked["informationRates"])
    looks = len(fractions)
    efficacy = LAN_DEMETS.get(asked["typeOfDesign"], "obrien_fleming") if looks > 1 else None
    given = asked.get("futilityBounds")
    bounds = [z for z in row([] if given is None else given) if z > -6]
    futility = None
    if name in BETA_SPENDING:
        futility = Futility(kind="lan_demets_obrien_fleming")
    elif bounds:
        futility = Futility(kind="z", values=tuple(bounds))
    return plan_sequential(
        alpha=asked["alpha"], power=power or 1 - asked["beta"], sides=asked["sided"], fractions=fractions,
        efficacy=efficacy, futility=futility,
    )  # fmt: skip


def control_of(asked):
    if "lambda2" in asked:
        hazards = row(asked["lambda2"])
    elif "pi2" in asked:
        hazards = [-math.log(1 - asked["pi2"]) / asked["eventTime"]]
    else:
        hazards = [math.log(2) / asked["median2"]]
    starts = row(asked.get("piecewiseSurvivalTime", 0.0))
    return SurvivalCourse(tuple(starts), tuple(hazards), dropout(asked, 2), 0.0, asked.get("kappa", 1.0))


def dropout(asked, arm):
    return -math.log(1 - asked.get(f"dropoutRate{arm}", 0.0)) / asked.get("dropoutTime", 12)


def arms_of(asked, hazard_ratio):
    control = control_of(asked)
    treated = replace(control.times((hazard_ratio,)), dropout=dropout(asked, 1))
    return TwoArms(control, treated, asked.get("allocationRatioPlanned", 1.0))


def ratio_of(asked):
    if "hazardRatio" in asked:
        return row(asked["hazardRatio"])
    return [math.log(1 - asked["pi1"]) / math.log(1 - asked["pi2"])]


def options(asked):
    method = METHODS[asked.get("typeOfComputation", "Schoenfeld")]
    return {"method": method, "margin": asked.get("thetaH0", 1.0)}


def arrivals_of(asked):
    times, rates = row(asked["accrualTime"]), asked.get("accrualIntensity")
    if rates is None:
        return Arrivals((0.0,), (asked.get("maxNumberOfSubjects", 1.0) / times[-1],), times[-1])
    return Arrivals(tuple(times[: len(row(rates))]), tuple(row(rates)), times[-1] if times[-1] > 0 else math.inf)


def planned(name):
    """The plan of a case, by what rpact was to solve for."""
    asked = CASES[name]["inputs"]
    design, arms, arrivals = design_of(name), arms_of(asked, ratio_of(asked)[0]), arrivals_of(asked)
    follow_up = row(asked.get("followUpTime", "NA"))[0]
    if not math.isfinite(arrivals.end):
        return design, plan_accrual(design, arms, arrivals, follow_up, **options(asked))
    if math.isnan(follow_up):
        return design, plan_follow_up(design, arms, arrivals, **options(asked))
    return design, plan_survival(design, arms, arrivals, follow_up, **options(asked))


def of_plan(plan):
    """The plan under rpact's names."""
    looks = plan.looks
    found = {
        "maxNumberOfEvents": plan.events,
        "maxNumberOfSubjects": plan.participants,
        "maxNumberOfSubjects1": plan.participants * plan.ratio / (1 + plan.ratio),
        "maxNumberOfSubjects2": plan.participants / (1 + plan.ratio),
        "numberOfSubjects": [look.participants for look in looks],
        "numberOfSubjects1": [look.participants * plan.ratio / (1 + plan.ratio) for look in looks],
        "numberOfSubjects2": [look.participants / (1 + plan.ratio) for look in looks],
        "earlyStop": sum(look.reject + look.accept for look in looks[:-1]),
        "eventsPerStage": [look.events for look in looks],
        "analysisTime": [look.month for look in looks],
        "studyDuration": plan.expected_duration,
        "followUpTime": plan.follow_up,
        "omega": plan.event_probability,
        "criticalValuesEffectScale": [look.ratio_upper for look in looks],
        "criticalValuesEffectScaleLower": [look.ratio_upper for look in looks],
        "criticalValuesEffectScaleUpper": [look.ratio_lower for look in looks],
        "futilityBoundsEffectScale": [look.ratio_lower or math.nan for look in looks[:-1]],
        "rejectPerStage": [look.reject for look in looks],
        "futilityPerStage": [look.accept for look in looks[:-1]],
        "overallReject": plan.power,
        "expectedNumberOfEvents": plan.expected_events_h1,
        "expectedEventsH0": plan.expected_events_h0,
        "expectedEventsH01": plan.expected_events_h01,
        "expectedEventsH1": plan.expected_events_h1,
        "expectedNumberOfSubjects": plan.expected_participants,
        "expectedNumberOfSubjectsH1": plan.expected_participants,
    }
    if plan.events_fixed is not None:
        found["eventsFixed"] = plan.events_fixed
        found["nFixed"] = plan.participants * plan.events_fixed / plan.events
        found["nFixed1"] = found["nFixed"] * plan.ratio / (1 + plan.ratio)
        found["nFixed2"] = found["nFixed"] / (1 + plan.ratio)
    return found


LOOSE = {
    "futilityBoundsEffectScale": 1e-7,
    "criticalValuesEffectScaleLower": 3e-6,
    "criticalValuesEffectScaleUpper": 3e-6,
}


def differences(found, wanted, relative=1e-6, absolute=1e-8):
    """The fields that differ, with both values. What rpact leaves unsaid about a case is not compared."""
    wrong = {}
    for field, ours in found.items():
        if field not in wanted:
            continue
        theirs, mine = np.ravel(numbers(wanted[field])), np.ravel(np.asarray(ours, dtype=float))
        allowed = absolute + max(LOOSE.get(field, 0.0), relative) * np.abs(theirs)
        if theirs.shape != mine.shape or not (np.abs(mine - theirs) <= allowed).all():
            wrong[field] = (mine.tolist(), theirs.tolist())
    return wrong


@pytest.mark.parametrize("name", ids("rpact::getSampleSizeSurvival"))
def test_a_survival_size_is_rpact_s(name):
    design, plan = planned(name)
    assert design.upper == pytest.approx(row(CASES[name]["inputs"]["design"]["criticalValues"]), abs=1e-6)
    relative = 2e-6 if name in BETA_SPENDING else 1e-5 if name in TWO_SIDED else 1e-6
    found = {key: value for key, value in of_plan(plan).items() if f"{name}: {key}" not in NAMED}
    assert differences(found, CASES[name]["outputs"], relative) == {}


@pytest.mark.parametrize("name", ids("rpact::getSampleSizeSurvival"))
def test_the_number_of_events_needs_no_calendar(name):
    asked, wanted = CASES[name]["inputs"], CASES[name]["outputs"]
    found = estimate_events(
        design_of(name), ratio_of(asked)[0], ratio=asked.get("allocationRatioPlanned", 1.0), **options(asked)
    )
    assert found == pytest.approx(wanted["maxNumberOfEvents"], rel=2e-6)


@pytest.mark.parametrize("name", ids("rpact::getPowerSurvival"))
def test_the_power_of_a_number_of_events_is_rpact_s(name):
    asked, wanted = CASES[name]["inputs"], CASES[name]["outputs"]
    design = design_of(name)
    for k, hazard_ratio in enumerate(ratio_of(asked)):
        plan = estimate_survival_power(
            design, arms_of(asked, hazard_ratio), arrivals_of(asked), asked["maxNumberOfEvents"], **options(asked)
        )
        found = {
            key: value
            for key, value in of_plan(plan).items()
            if key not in ("omega", "numberOfSubjects1", "numberOfSubjects2")
        }
        relative = 3e-6 if name == "pow_pw_dropout_accrual" else 1e-6
        assert differences(found, column(wanted, k), relative) == {}
        wanted.note(found)


def column(wanted, k):
    """What rpact says of its k-th hazard ratio; a matrix has one column for each."""
    picked = {}
    for field in wanted:
        given = numbers(wanted.peek(field))
        per_ratio = field in (
            "studyDuration", "followUpTime", "overallReject", "earlyStop", "expectedNumberOfEvents", "expectedNumberOfSubjects",
        )  # fmt: skip
        picked[field] = (given[:, k] if given.ndim == 2 else given[k] if per_ratio else given).tolist()
        if field == "futilityPerStage" and np.max(given) < 1e-8:
            del picked[field]  # rpact's -6 for no bound at all
    return picked


def sizes(plan):
    looks = plan.looks
    share = plan.participants_experimental / plan.participants
    fixed = plan.participants_fixed if plan.participants_fixed is not None else math.nan
    return {
        "nFixed": fixed,
        "nFixed1": fixed * share,
        "nFixed2": fixed * (1 - share),
        "maxNumberOfSubjects": plan.participants,
        "maxNumberOfSubjects1": plan.participants * share,
        "maxNumberOfSubjects2": plan.participants * (1 - share),
        "numberOfSubjects2": [look.participants * (1 - share) for look in looks],
        "earlyStop": sum(look.reject + look.accept for look in looks[:-1]),
        "numberOfSubjects": [look.participants for look in looks],
        "numberOfSubjects1": [look.participants * plan.participants_experimental / plan.participants for look in looks],
        "criticalValuesEffectScale": [look.effect_upper for look in looks],
        "criticalValuesEffectScaleUpper": [look.effect_upper for look in looks],
        "criticalValuesEffectScaleLower": [look.effect_lower for look in looks],
        "rejectPerStage": [look.reject for look in looks],
        "overallReject": plan.power,
        "expectedNumberOfSubjectsH0": plan.expected_participants_h0,
        "expectedNumberOfSubjectsH01": plan.expected_participants_h01,
        "expectedNumberOfSubjectsH1": plan.expected_participants_h1,
    }


def rate_options(asked):
    measure = "ratio" if asked.get("riskRatio") else "difference"
    return {"measure": measure, "margin": asked.get("thetaH0"), "ratio": asked.get("allocationRatioPlanned", 1.0)}


TWO_ARMS = [name for name in ids("rpact::getSampleSizeRates") if CASES[name]["inputs"].get("groups") != 1]


@pytest.mark.parametrize("name", TWO_ARMS)
def test_a_size_for_two_rates_is_rpact_s(name):
    asked = CASES[name]["inputs"]
    plan = plan_rates(design_of(name), asked["pi1"], asked["pi2"], **rate_options(asked))
    assert differences(sizes(plan), CASES[name]["outputs"]) == {}


def test_one_arm_by_the_normal_distribution_is_rpact_s():
    asked, wanted = CASES["rates_onearm"]["inputs"], CASES["rates_onearm"]["outputs"]
    plan = plan_rate(design_of("rates_onearm"), asked["pi1"], asked["thetaH0"])
    assert differences(sizes(plan), wanted) == {}


def by_halving(alpha, power, rate, null_rate):
    """How rpact 3.3.4 looks for an exact size (`getSampleSizeRates`, normalApproximation = FALSE): doubled from 2 until the power is
    there, then the interval is halved as if the power rose with the size."""

    def enough(n):
        return float(binom.sf(binom.isf(alpha, n, null_rate), n, rate)) >= power

    low = high = 2
    while not enough(high):
        high *= 2
    while high - low > 1:
        middle = round((low + high) / 2)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


# (null rate, rate, power): rpact's size, the first with the power, and the one from which on it never falls short; alpha 0.025.
EXACT = {
    (0.2, 0.4, 0.8): (44, 41, 44),
    (0.2, 0.45, 0.9): (39, 37, 39),
    (0.3, 0.6, 0.9): (30, 30, 30),
    (0.2, 0.3, 0.8): (144, 144, 155),
    (0.2, 0.4, 0.9): (56, 56, 59),
    (0.3, 0.5, 0.9): (66, 66, 68),
    (0.5, 0.7, 0.8): (51, 49, 54),
    (0.3, 0.5, 0.8): (52, 47, 54),
    (0.2, 0.35, 0.9): (96, 93, 99),
}


def test_one_arm_exactly_is_rpact_s_where_its_search_ends_at_the_last_size_that_falls_short():
    asked, wanted = CASES["rates_onearm_exact"]["inputs"], CASES["rates_onearm_exact"]["outputs"]
    plan = plan_rate_exactly(0.025, 0.8, asked["pi1"], asked["thetaH0"])
    assert plan.participants == wanted["nFixed"] == wanted["maxNumberOfSubjects"] == wanted["numberOfSubjects"] == 44
    assert by_halving(0.025, 0.8, asked["pi1"], asked["thetaH0"]) == 44
    # Its critical rate is of the normal distribution, even where the size is exact.
    null = asked["thetaH0"]
    critical = null + 1.959963984540054 * math.sqrt(null * (1 - null) / 44)
    assert critical == pytest.approx(wanted["criticalValuesEffectScale"], rel=1e-9)
    assert wanted["pi1"] == asked["pi1"]
    assert (plan.smallest, plan.smallest_responses) == (41, 14)


@pytest.mark.parametrize("asked", EXACT)
def test_rpact_halves_an_interval_in_which_the_power_goes_up_and_down(asked):
    """So its size may be the first that has the power, the one from which on it never falls short, or one between."""
    null_rate, rate, power = asked
    theirs, first, last = EXACT[asked]
    plan = plan_rate_exactly(0.025, power, rate, null_rate)
    assert by_halving(0.025, power, rate, null_rate) == theirs
    assert (plan.smallest, plan.participants) == (first, last)


def test_control_rpact_s_exact_size_does_not_keep_the_power():
    """144 participants have 80% for 0.3 against 0.2, and 145 to 154 do not all; 155 is the size from which on they do."""
    have = [float(binom.sf(binom.isf(0.025, n, 0.2), n, 0.3)) >= 0.8 for n in range(143, 200)]
    assert have[:2] == [False, True]
    assert not all(have[2:12])
    assert all(have[12:])


def test_the_power_for_two_rates_is_rpact_s():
    asked, wanted = CASES["ratespow_OF2"]["inputs"], CASES["ratespow_OF2"]["outputs"]
    for k, rate in enumerate(asked["pi1"]):
        plan = estimate_rates_power(design_of("ratespow_OF2"), rate, asked["pi2"], asked["maxNumberOfSubjects"])
        found = {
            "rejectPerStage": [look.reject for look in plan.looks],
            "overallReject": plan.power,
            "earlyStop": sum(look.reject for look in plan.looks[:-1]),
            "expectedNumberOfSubjects": plan.expected_participants_h1,
            "criticalValuesEffectScale": [look.effect_upper for look in plan.looks],
            "numberOfSubjects": [look.participants for look in plan.looks],
            "numberOfSubjects1": [look.participants / 2 for look in plan.looks],
            "numberOfSubjects2": [look.participants / 2 for look in plan.looks],
        }
        sizes_of = ("numberOfSubjects", "numberOfSubjects1", "numberOfSubjects2")
        theirs = {key: wanted[key] for key in ("criticalValuesEffectScale", *sizes_of) if key in wanted}
        theirs |= {key: wanted[key][k] for key in ("overallReject", "earlyStop", "expectedNumberOfSubjects")}
        theirs["rejectPerStage"] = [stage[k] for stage in wanted["rejectPerStage"]]
        assert differences(found, theirs) == {}


@pytest.mark.parametrize("name", ids("gsDesign::nSurv"))
def test_a_survival_size_is_gsdesign_s(name):
    asked, wanted = CASES[name]["inputs"], CASES[name]["outputs"]
    plan = ns_plan(asked)
    assert plan.participants == pytest.approx(wanted["n"], rel=1e-9)
    assert plan.events == pytest.approx(wanted["d"], rel=1e-9)
    assert list(plan.arrivals.rates) == pytest.approx(row(wanted["gamma"]), rel=1e-9)
    if "eDC" in wanted:
        (share_e, treated), (share_c, control) = ns_arms(asked).shares
        by_arm = [
            expected_events(plan.arrivals, course, plan.duration, share)
            for share, course in ((share_c, control), (share_e, treated))
        ]
        assert by_arm == pytest.approx([wanted["eDC"], wanted["eDE"]], rel=1e-9)


def ns_arms(asked):
    control = SurvivalCourse.constant(asked["lambdaC"], asked["eta"])
    return TwoArms(control, control.times((asked["hr"],)), asked["ratio"])


def ns_plan(asked, method=None):
    arms = ns_arms(asked)
    arrivals = Arrivals.over(row(asked.get("R", asked["T"] - asked["minfup"])), row(asked.get("gamma", 1.0)))
    design = plan_sequential(alpha=asked["alpha"], power=1 - asked["beta"])
    given = {"LachinFoulkes": "lachin_foulkes", "Schoenfeld": "schoenfeld", "Freedman": "freedman"}
    method = method or given[asked.get("method", "LachinFoulkes")]
    return plan_survival(design, arms, arrivals, asked["minfup"], method=method)


def test_a_sequential_survival_design_is_gsdesign_s():
    asked, wanted = CASES["gsSurv_k3"]["inputs"], CASES["gsSurv_k3"]["outputs"]
    design = plan_sequential(
        alpha=asked["alpha"], power=1 - asked["beta"], fractions=(*asked["timing"], 1.0),
        efficacy="lan_demets_obrien_fleming", futility=Futility(kind="hwang_shih_decani", parameter=-2.0),
    )  # fmt: skip
    control = SurvivalCourse.constant(asked["lambdaC"], asked["eta"])
    accrual = Arrivals((0.0,), (1.0,), asked["T"] - asked["minfup"])
    plan = plan_survival(
        design, TwoArms(control, control.times((asked["hr"],))), accrual, asked["minfup"], method="lachin_foulkes"
    )
    for field, ours in {
        "events": [look.events for look in plan.looks],
        "T": [look.month for look in plan.looks],
        "N": [look.participants for look in plan.looks],
        "upper": [look.upper for look in plan.looks],
        "lower": [look.lower for look in plan.looks],
        "hr_upper": [look.ratio_upper for look in plan.looks],
        "hr_lower": [look.ratio_lower for look in plan.looks],
        "upperProb": [look.reject for look in plan.looks],
        "lowerProb": [look.accept for look in plan.looks],
    }.items():
        theirs = numbers(wanted[field])
        assert ours == pytest.approx((theirs[:, 1] if theirs.ndim == 2 else theirs).tolist(), abs=2e-6, rel=1e-6), field


@pytest.mark.parametrize("name", ids("gsDesign::nBinomial"))
def test_a_size_for_two_rates_is_gsdesign_s(name):
    """gsDesign's ratio is of the second to the first group and its delta0 a difference of first minus second, negated."""
    asked, wanted = CASES[name]["inputs"], CASES[name]["outputs"]
    design, (p1, p2) = plan_sequential(alpha=0.025, power=0.9), (asked["p1"], asked["p2"])
    plan = plan_rates(
        design, p1, p2, margin=asked.get("delta0", 0.0), ratio=1 / asked.get("ratio", 1),
        benefit="above" if p1 - p2 > asked.get("delta0", 0.0) else "below",
    )  # fmt: skip
    assert plan.participants == pytest.approx(wanted["n"], rel=1e-9)


def test_every_case_is_compared():
    assert len(ids("rpact")) == 46
    assert len(CASES) == 54


def test_every_field_is_compared_or_named():
    assert still_unread(sys.modules[__name__], CASES.values(), NAMED) == set()


def test_control_arms_that_are_exchanged_are_noticed():
    """With two to one, exchanging the arms' shares changes participants and Freedman's events."""
    name = "alloc2_Freedman"
    asked = CASES[name]["inputs"]
    swapped = replace(arms_of(asked, 0.6), ratio=0.5)
    plan = plan_survival(design_of(name), swapped, arrivals_of(asked), 12, method="freedman")
    assert {"maxNumberOfEvents", "maxNumberOfSubjects"} <= set(differences(of_plan(plan), CASES[name]["outputs"]))


def test_control_a_forgotten_dropout_is_noticed():
    name = "dropout5pct12m"
    asked = {key: value for key, value in CASES[name]["inputs"].items() if not key.startswith("dropoutRate")}
    plan = plan_survival(design_of(name), arms_of(asked, 0.65), arrivals_of(asked), 12)
    assert "maxNumberOfSubjects" in differences(of_plan(plan), CASES[name]["outputs"])


def test_control_a_calendar_two_millionths_late_is_noticed():
    _, plan = planned("gs_OF3")
    late = replace(plan, looks=tuple(replace(look, month=look.month * (1 + 2e-6)) for look in plan.looks))
    assert "analysisTime" in differences(of_plan(late), CASES["gs_OF3"]["outputs"])


def test_control_the_pooled_variance_is_not_the_constrained_one():
    """At a margin other than zero, pooling the rates as for superiority gives another size than Farrington and Manning's."""
    from equipoise.planning.sizes import rates

    asked, wanted = CASES["rates_noninf"]["inputs"], CASES["rates_noninf"]["outputs"]
    kept = rates.constrained_rates
    rates.constrained_rates = lambda p, q, margin, measure, ratio: kept(p, q, 0.0, measure, ratio)
    try:
        plan = plan_rates(design_of("rates_noninf"), asked["pi1"], asked["pi2"], **rate_options(asked))
    finally:
        rates.constrained_rates = kept
    assert "maxNumberOfSubjects" in differences(sizes(plan), wanted)


def test_control_schoenfeld_is_not_lachin_and_foulkes():
    asked, wanted = CASES["nSurv_LachinFoulkes"]["inputs"], CASES["nSurv_LachinFoulkes"]["outputs"]
    assert ns_plan(asked, "schoenfeld").participants != pytest.approx(wanted["n"], rel=1e-3)
