"""Tests and designs for hazards that are not proportional agree with R's simtrial, nphRCT and gsDesign2.

Reference: simtrial 1.0.2, nphRCT 0.1.1, gsDesign2 1.1.8 on R 4.2.2; recipe: data/nonproportional.R.
Tolerances. Statistics on data: 1e-8 relative. MaxCombo's p by R's quasi Monte Carlo: 1e-3 absolute. Average hazard ratios,
events and information: 1e-6 relative. Power of looks by it: 1e-5, where gsDesign2 stops its own search. Fixed designs: power
1e-4, sizes 1e-4 of themselves. Looks of weighted tests: gsDesign2 integrates to 1.2e-4 *absolute* for one participant, which is
up to 2e-3 of an information; so each number is compared twice: with what its integrals give when they are done as R does them
(1e-5), and with ours, to 2e-3. Before accrual ends gsDesign2 takes the score for all participants and the variance for those who
have arrived (docs/discrepancies.md): the effect is compared after the same is done to ours.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
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
    plan_nonproportional,
)
from equipoise.planning.sizes.looks_power import _power
from equipoise.survival import EarlyZero, FlemingHarrington, MagirrBurman, test_maxcombo, test_weighted_logrank
from tests.reference.watched import still_unread, watch

DATA = Path(__file__).parent / "data"
CASES = {case["id"]: case for case in watch(json.loads((DATA / "nonproportional.json").read_text("utf-8"))["cases"])}
NAMED: dict[str, str] = {}
ON_DATA = ["lung_sex", "veteran_trt", "aml"]
EFFICACY = "lan_demets_obrien_fleming"
FH = FlemingHarrington
R_TOLERANCE = 2.0**-13  # the fourth root of the machine's precision, R's default


def ending(*ends):
    return [name for name in CASES if name.endswith(ends)]


def looking():
    return [name for name in CASES if "_gs_power_wlr" in name]


# On data


def columns(name):
    """Times, events and the experimental arm as 1."""
    file, arm = {
        "lung_sex": ("lung", pl.col("sex") == 2),
        "veteran_trt": ("veteran", pl.col("trt") == 2),
        "aml": ("aml", pl.col("x") == "Maintained"),
    }[name]
    rows = pl.read_csv(DATA / f"{file}.csv", null_values="NA", infer_schema_length=None)
    event = rows["status"] - 1 if file == "lung" else rows["status"]
    return rows["time"].to_numpy(), event.to_numpy(), rows.select(arm.cast(pl.Int64)).to_series().to_numpy()


def weight_of(name, said):
    kind, *rest = name.split("_")
    if kind == "fh":
        return FH(*map(float, rest))
    if name == "magirr_burman":
        return MagirrBurman(delay=said["delay"], cap=said["w_max"], reading="before")
    if name == "early_zero":
        return EarlyZero(said["early_period"])
    return MagirrBurman(delay=said["t_star"]) if "t_star" in said else MagirrBurman(level=float(name.split("sstar")[1]))


def differing_on_data(name, swap=False, weigh=weight_of):
    time, event, arm = columns(name)
    found = set()
    for test, said in CASES[name]["outputs"].items():
        if test.startswith("maxcombo"):
            continue
        ours = test_weighted_logrank(time, event, 1 - arm if swap else arm, weigh(test, said))
        # simtrial's z is positive where there is benefit, its estimate and all of nphRCT's numbers are negative there.
        mine = {"z": -ours.z if test.startswith("nphRCT") else ours.z, "estimate": -ours.score, "u": -ours.score,
                "se": ours.variance**0.5, "v_u": ours.variance, "info": ours.information,
                "info0": ours.information_null}  # fmt: skip
        found |= {(test, key) for key in mine.keys() & said.keys() if abs(mine[key] / said[key] - 1) > 1e-8}
    return found


def differing_combination(name, weights):
    said = CASES[name]["outputs"]["maxcombo_4" if len(weights) == 4 else "maxcombo_00_01_10"]
    ours = test_maxcombo(*columns(name), weights)
    found = set()
    if abs(ours.p_value - said["p_value"]) > 1e-3:
        found.add("p_value")
    if np.abs(ours.correlation - said["corr"]).max() > 1e-8:
        found.add("corr")
    if np.abs(np.array([test.z for test in ours.tests]) + said["z"]).max() > 1e-8:
        found.add("z")
    return found


@pytest.mark.parametrize("name", ON_DATA)
def test_weighted_tests_on_data_agree(name):
    assert differing_on_data(name) == set()


@pytest.mark.parametrize("name", ON_DATA)
@pytest.mark.parametrize("weights", [(FH(), FH(0, 1), FH(1, 0)), (FH(), FH(0, 1), FH(1, 0), FH(1, 1))])
def test_the_greatest_of_several_agrees(name, weights):
    assert differing_combination(name, weights) == set()


def test_control_swapped_arms_would_be_noticed():
    assert ("fh_0_0", "z") in differing_on_data("lung_sex", swap=True)


def test_control_weights_read_at_the_wrong_side_of_a_death_would_be_noticed():
    def wrong(test, said):
        right = weight_of(test, said)
        return replace(right, reading="at") if test == "magirr_burman" else right

    assert differing_on_data("lung_sex", weigh=wrong) >= {("magirr_burman", "z"), ("magirr_burman", "se")}


def test_control_another_combination_would_be_noticed():
    assert differing_combination("lung_sex", (FH(), FH(0, 1), FH(1, 1))) >= {"corr", "z"}


# nphRCT 0.1.1 on R 4.2.2 with survival 3.5-3: wlrt(Surv(t, e) ~ a, method = "mw", t_star = day), a as `columns` has it; u, v_u, z.
# Three, two and one death fall on days 52, 99 and 100 of veteran, none on day 60; one on 12, 13 and 18 of aml, two on 23.
NPHRCT = {
    ("veteran_trt", 52): (-0.0453894494747118, 69.4414309204145, -0.00544685212062979),
    ("veteran_trt", 60): (-0.951159175867645, 79.525499413003374, -0.106659611965491),
    ("veteran_trt", 99): (-3.174902338354158, 101.323798251568277, -0.315409405587978),
    ("veteran_trt", 100): (-3.803703779428346, 105.593703255907414, -0.370158458140144),
    ("aml", 10): (-4.28553541929861, 5.99570364594141, -1.75018924025243),
    ("aml", 12): (-4.28553541929861, 5.99570364594141, -1.75018924025243),
    ("aml", 13): (-4.40209072150847, 6.50320250089620, -1.72621684302691),
    ("aml", 18): (-4.56803377559490, 7.05165062223207, -1.72021968441547),
    ("aml", 23): (-4.83242634082881, 7.73815634443444, -1.73718668863772),
}


def as_nphrct(name, day, reading):
    found = test_weighted_logrank(*columns(name), MagirrBurman(delay=float(day), reading=reading))
    return -found.score, found.variance, -found.z


def deaths_on(name, day):
    time, event, _ = columns(name)
    return int(event[time == day].sum())


@pytest.mark.parametrize(("name", "day"), NPHRCT)
def test_nphrct_takes_survival_just_before_its_day(name, day):
    """Where no death falls on the day, that is survival at it, as the paper has it; where one does, it is survival before the last
    death until then, as simtrial has it everywhere."""
    reading = "before" if deaths_on(name, day) else "at"
    assert as_nphrct(name, day, reading) == pytest.approx(NPHRCT[name, day], rel=1e-10)


@pytest.mark.parametrize(("name", "day"), NPHRCT)
def test_control_the_paper_s_survival_is_another_where_a_death_falls_on_the_day(name, day):
    same = as_nphrct(name, day, "at") == pytest.approx(NPHRCT[name, day], rel=1e-10)
    assert same == (deaths_on(name, day) == 0)


# In design


def many(value):
    return value if isinstance(value, list) else [value]


def stratum_of(case, ratio=1.0):
    enroll, fail = case["inputs"]["enroll"], case["inputs"]["fail"]
    starts = tuple([0.0, *np.cumsum(many(fail["duration"]))[:-1].tolist()])
    control = SurvivalCourse(starts, tuple(many(fail["fail_rate"])), many(fail["dropout_rate"])[0])
    arms = TwoArms(control, control.times(many(fail["hr"]), starts), ratio)
    return Stratum(Arrivals.over(many(enroll["duration"]), many(enroll["rate"])), arms)


def differing_averages(name, **changes):
    said, stratum = CASES[name]["outputs"], stratum_of(CASES[name], **changes)
    looks = [estimate_look(stratum, month) for month in said["time"]]
    mine = {"ahr": "hazard_ratio", "event": "events", "info": "information", "info0": "information_null"}
    return {key for key, of in mine.items() for look, value in zip(looks, said[key], strict=True)
            if abs(getattr(look, of) / value - 1) > 1e-6}  # fmt: skip


def differing_looks(name, tolerance, plan):
    said = CASES[name]["outputs"]
    looks = plan.looks
    mine = {
        "z": plan.upper,
        "probability": plan.power,
        "info_frac": [x.information / looks[-1].information for x in looks],
    }
    if "ahr" in said:
        mine |= {"ahr": [x.hazard_ratio for x in looks], "event": [x.events for x in looks]}
    if "info" in said:
        mine["info"] = [x.information for x in looks]
    return {
        key for key in mine if np.abs(np.array(mine[key]) - said[key]).max() > tolerance * np.max(np.abs(said[key]))
    }


@pytest.mark.parametrize("name", ["delayed4_ahr", "crossing_ahr", "proportional_ahr"])
def test_average_hazard_ratios_agree(name):
    assert differing_averages(name) == set()


@pytest.mark.parametrize("name", ending("_gs_power_ahr"))
def test_looks_by_average_hazard_ratio_agree(name):
    months = CASES[name]["inputs"]["times"]
    plan = estimate_looks_power(stratum_of(CASES[name]), months, alpha=0.025, efficacy=EFFICACY)
    assert differing_looks(name, 1e-5, plan) == set()


def as_r_integrates(stratum, month, weight, null=False):
    """Score and variance for one participant, from their definitions, by R's integrate() and with its tolerance."""
    control, experimental, arrivals = stratum.arms.control, stratum.arms.experimental, stratum.arrivals
    here = arrivals.arrived(min(month, arrivals.end))

    def at(course, u):
        return next(h for s, h in zip(course.starts[::-1], course.hazards[::-1], strict=True) if u >= s)

    def sides(u):
        hazards, alive = [at(c, u) for c in (control, experimental)], [c.surviving(u) for c in (control, experimental)]
        if null:
            hazards, alive = [sum(hazards) / 2] * 2, [(alive[0] * alive[1]) ** 0.5] * 2
        risk = [a * np.exp(-control.dropout * u) * arrivals.arrived(month - u) / 2 for a in alive]
        return hazards, risk, weight.of(u, sum(alive) / 2, None)

    def score(u):
        (h0, h1), (r0, r1), w = sides(u)
        return float(w * r0 * r1 / (r0 + r1) * (h0 - h1)) if r0 + r1 > 0 else 0.0

    def variance(u):
        (h0, h1), (r0, r1), w = sides(u)
        return float(w**2 * r0 * r1 / (r0 + r1) ** 2 * (r0 * h0 + r1 * h1)) if r0 + r1 > 0 else 0.0

    def integrate(f, size, tolerance=R_TOLERANCE):
        return quad(lambda u: f(u) / size, 0, month, epsabs=tolerance, epsrel=tolerance, limit=100)[0]

    def events(u, side):
        hazards, risk, _ = sides(u)
        return float(risk[side] * hazards[side])

    # Its number of participants comes from the events, which one integral has for each arm.
    share = sum(integrate(lambda u, side=side: 2 * events(u, side), arrivals.total) for side in (0, 1)) / 2
    # For the score it asks for more.
    return integrate(score, arrivals.total, 1e-5), integrate(variance, here), share


def as_gsdesign2_does(name, whole=False):
    """Its looks. `whole`: score and variance for the same participants, which it does not."""
    case = CASES[name]
    stratum, weight, looks = stratum_of(case), FH(case["inputs"]["rho"], case["inputs"]["gamma"]), []
    for month in case["inputs"]["times"]:
        score, variance, share = as_r_integrates(stratum, month, weight)
        _, null, _ = as_r_integrates(stratum, month, weight, null=True)
        look = estimate_look(stratum, month, weight)
        arrived = look.participants / stratum.arrivals.total
        effect = score / variance / (arrived if whole else 1.0)
        looks.append((look, effect, variance * arrived, null * arrived))
        total = look.events / share  # that of the last look holds for all
    looks = [replace(look, effect=effect, information=planned * total, information_null=null * total)
             for look, effect, planned, null in looks]  # fmt: skip
    return _power(tuple(looks), (stratum,), 0.025, EFFICACY, (), 1, "both")


@pytest.mark.parametrize("name", looking())
def test_looks_of_weighted_tests_agree_when_integrated_as_r_integrates(name):
    assert differing_looks(name, 1e-5, as_gsdesign2_does(name)) == set()


@pytest.mark.parametrize("name", looking())
def test_looks_of_weighted_tests_agree_with_ours(name):
    case = CASES[name]
    stratum, weight = stratum_of(case), FH(case["inputs"]["rho"], case["inputs"]["gamma"])
    looks = [estimate_look(stratum, month, weight) for month in case["inputs"]["times"]]
    arrived = [look.participants / stratum.arrivals.total for look in looks]
    theirs = tuple(replace(look, effect=look.effect * share) for look, share in zip(looks, arrived, strict=True))
    assert differing_looks(name, 2e-3, _power(theirs, (stratum,), 0.025, EFFICACY, (), 1, "both")) == set()


FIXED = {
    "ahr": lambda _: AverageRatio(),
    "fh": lambda given: WeightedLogrank(FH(given["rho"], given["gamma"])),
    "mb": lambda given: WeightedLogrank(MagirrBurman(delay=given["tau"])),
    "rmst": lambda given: RestrictedMeans(given["tau"]),
    "milestone": lambda given: MilestoneSurvival(given["tau"], "plain"),
    "maxcombo": lambda given: MaxCombo(tuple(map(FH, given["rho"], given["gamma"]))),
    "lf": lambda _: LachinFoulkes(),
}


def differing_fixed(name, test=None):
    case = CASES[name]
    given, said = case["inputs"], case["outputs"]
    test = test or FIXED[name.split("_")[-1]](given)
    plan = estimate_nonproportional_power(test, stratum_of(case), given["study_duration"], alpha=0.025)
    found = {"power"} if abs(plan.power - said["power"]) > 1e-4 else set()
    found |= {"n"} if abs(plan.participants / said["n"] - 1) > 1e-4 else set()
    return found | ({"event"} if abs(plan.events / said["event"] - 1) > 1e-4 else set())


@pytest.mark.parametrize("name", [name for name in CASES if "_fixed_" in name])
def test_the_power_of_one_look_agrees(name):
    assert differing_fixed(name) == set()


@pytest.mark.parametrize("name", [name for name in CASES if "_fixed_" in name])
def test_the_power_that_the_reference_has_needs_the_participants_that_it_has(name):
    case = CASES[name]
    given, said = case["inputs"], case["outputs"]
    test = FIXED[name.split("_")[-1]](given)
    plan = plan_nonproportional(test, stratum_of(case), given["study_duration"], alpha=0.025, power=said["power"])
    # Near the level itself power hardly depends on size: 1e-4 of power is then a larger share of the participants.
    assert plan.participants == pytest.approx(said["n"], rel=1e-3)


def test_every_case_is_there():
    assert len(CASES) == 39 and len(looking()) == 9


def test_every_field_is_compared_or_named():
    assert still_unread(sys.modules[__name__], CASES.values(), NAMED) == set()


def test_control_one_ratio_for_another_would_be_noticed():
    assert differing_averages("delayed4_ahr", ratio=1.1) == {"ahr", "event", "info", "info0"}


def test_control_integrating_as_r_does_matters():
    assert differing_looks("crossing_gs_power_wlr_fh01", 1e-5, as_gsdesign2_does("crossing_gs_power_wlr_fh01")) == set()
    case = CASES["crossing_gs_power_wlr_fh01"]
    exact = estimate_looks_power(
        stratum_of(case), case["inputs"]["times"], alpha=0.025, weight=FH(0, 1), efficacy=EFFICACY
    )
    assert "info" in differing_looks("crossing_gs_power_wlr_fh01", 1e-5, exact)


def test_control_a_score_of_those_who_arrived_would_be_noticed():
    name = "proportional_gs_power_wlr_fh00"
    assert "probability" in differing_looks(name, 1e-3, as_gsdesign2_does(name, whole=True))


def test_control_another_test_would_be_noticed():
    assert "power" in differing_fixed("delayed4_fixed_ahr", WeightedLogrank())
    assert "power" in differing_fixed("delayed4_fixed_milestone", MilestoneSurvival(24))
    assert "event" in differing_fixed("delayed4_fixed_lf", AverageRatio())
