"""Curves, log-rank, Cox, proportional hazards, restricted means and milestones agree with R.

Reference: R 4.2.2, survival 3.5-3, survRM2 1.0-4 on that package's public data sets; recipe: data/survival.R.
Tolerance 1e-8 relative; 15 digits are printed. R's coxph stops when the log likelihood rises by less than 1e-9 of
itself, so a coefficient is compared to 1e-8 of itself or of its standard error, whichever is larger, and what is
computed from it accordingly. R prints the Wald test to two decimals.
What is not here, and why, is listed in test_every_case.py: Nelson-Aalen curves, weighted curves, exact ties (one discrete
time scale), parametric models, predicted curves and the C-index.
"""

import numpy as np
import pytest

from equipoise.survival import (
    estimate_cox,
    estimate_difference,
    estimate_kaplan_meier,
    estimate_milestone,
    estimate_rmst,
    test_logrank,
    test_milestone_difference,
    test_proportional_hazards,
)
from equipoise.survival.risk_sets import evaluate, prepare
from tests.reference.r_cases import cases, frame, numbers, read_case

RELATIVE = 1e-8


def by_id(case):
    return case["id"]


def same(ours, theirs, scale=None, relative=RELATIVE):
    """Whether all numbers agree relative to R's, or to `scale`; NaN only with NaN."""
    ours, theirs = np.asarray(ours, dtype=float).ravel(), numbers(theirs).ravel()
    if ours.shape != theirs.shape or (np.isnan(ours) != np.isnan(theirs)).any():
        return False
    size = np.abs(theirs) if scale is None else np.maximum(np.abs(theirs), np.asarray(scale).ravel())
    known = ~np.isnan(ours)
    return bool((np.abs(ours - theirs)[known] <= relative * size[known]).all())


def differing(pairs):
    return [name for name, of in pairs.items() if not same(*of)]


def curves_of(case, **changes):
    asked, given = read_case(case), case["inputs"]
    group = asked.rows[asked.terms[0]].to_numpy() if asked.terms else np.zeros(len(asked.time))
    options = {"confidence": given.get("conf.int", 0.95), "conf_type": given.get("conf.type", "log")} | changes
    found = []
    for level in sorted(set(group.tolist())):
        mine = group == level
        start = None if asked.start is None else asked.start[mine]
        found.append(estimate_kaplan_meier(asked.time[mine], asked.event[mine], start=start, **options))
    return found


def unknown(values):
    return [np.nan if value is None else value for value in values]


def curve_differences(case, **changes):
    curves, r = curves_of(case, **changes), case["outputs"]
    medians = [unknown([c.median, c.median_lower, c.median_upper]) for c in curves]
    table = r["table"]["values"] if "values" in r["table"] else [list(r["table"].values())]
    pairs = {"median": (medians, [row[-3:] for row in table])}
    if isinstance(r["quantiles"], dict):
        shares = [[unknown(c.quantile(share)) for share in (0.25, 0.5, 0.75)] for c in curves]
        ours = np.array(shares, dtype=float).transpose(2, 0, 1)
        pairs |= {f"{n}": (ours[p], r["quantiles"][n]) for p, n in enumerate(("quantile", "lower", "upper"))}
    if "times" in r:  # asked at some days only: the last line until then
        lines = [(c, c.place(day)) for c in curves for day in numbers(r["times"])]
        names = {"survival": "surv", "standard_error": "std_err", "lower": "lower", "upper": "upper"}
        for name, r_name in names.items():
            pairs[r_name] = ([getattr(c, name)[at] for c, at in lines], r[r_name])
        return differing(pairs)
    names = {"time": "time", "at_risk": "n_risk", "events": "n_event", "censored": "n_censor", "survival": "surv",
             "standard_error": "std_err_S", "lower": "lower", "upper": "upper"}  # fmt: skip
    pairs |= {r_name: (np.concatenate([getattr(c, name) for c in curves]), r[r_name]) for name, r_name in names.items()}
    return differing(pairs)


@pytest.mark.parametrize("case", cases("survival::survfit"), ids=by_id)
def test_curves_medians_and_quantiles_are_those_of_r(case):
    assert curve_differences(case) == []


def test_control_limits_on_another_scale_are_noticed():
    case = next(c for c in cases("survival::survfit") if c["id"] == "lung_all_log-log")
    assert set(curve_differences(case, conf_type="log")) >= {"lower", "upper", "median"}


def logrank_differences(case, **changes):
    asked, r = read_case(case), case["outputs"]
    group = asked.rows[asked.terms[0]].to_numpy()
    options = {"strata": asked.strata, "rho": case["inputs"]["rho"]} | changes
    test = test_logrank(asked.time, asked.event, group, **options)
    # With strata, R gives one column for each.
    observed, expected = (numbers(r[n]).reshape(len(test.groups), -1).sum(axis=1) for n in ("observed", "expected"))
    assert test.degrees_of_freedom == r["df"]
    return differing({
        "chi_square": (test.chi_square, r["chisq"]), "p": (test.p_value, r["p"]), "variance": (test.variance, r["var"]),
        "observed": (test.observed, observed.tolist()), "expected": (test.expected, expected.tolist()),
    })  # fmt: skip


@pytest.mark.parametrize("case", cases("survival::survdiff"), ids=by_id)
def test_the_logrank_test_is_that_of_r(case):
    assert logrank_differences(case) == []


def test_control_leaving_out_the_strata_or_the_weight_is_noticed():
    known = {case["id"]: case for case in cases("survival::survdiff")}
    assert "chi_square" in logrank_differences(known["veteran_trt_strat_cell"], strata=None)
    assert "chi_square" in logrank_differences(known["lung_sex_rho1"], rho=0)


def cox_arguments(case):
    asked, given = read_case(case), case["inputs"]
    weights = asked.rows["weight"].to_numpy() if "weights" in given else None
    options = {"strata": asked.strata, "ties": given.get("ties", "efron"), "start": asked.start, "weights": weights}
    return (asked.time, asked.event, np.column_stack(asked.columns)), options, asked.cluster


def cox_differences(case, **changes):
    arrays, options, cluster = cox_arguments(case)
    r = case["outputs"]
    # R takes weights that are not whole numbers for sampling weights, and so uses the robust variance.
    robust = bool(case["inputs"].get("robust")) or "weights" in case["inputs"]
    fit = estimate_cox(*arrays, robust=robust, cluster=cluster, **(options | changes))
    errors = np.sqrt(np.diag(numbers(r["var"]).reshape(len(fit.z), -1)))
    # How much the p-value moves when z moves by its own size, or by 1.
    steep = np.sqrt(2 / np.pi) * np.exp(-(fit.z**2) / 2) * np.maximum(1, np.abs(fit.z))
    assert (fit.rows, fit.events) == (r["n"], r["nevent"])
    pairs = {
        "coef": (fit.coefficients, r["coef"], errors), "se": (fit.naive_standard_errors, r["se"]),
        "robust_se": (fit.standard_errors, r.get("robust_se", r["se"])), "z": (fit.z, r["z"], np.ones(len(errors))),
        "p": (fit.p_values, r["p"], steep), "var": (fit.covariance, r["var"], np.outer(errors, errors)),
        "hr": (fit.hazard_ratio, r["hr"]), "lower": (fit.ci_lower, r["hr_lower95"]),
        "upper": (fit.ci_upper, r["hr_upper95"]),
        "loglik": ([fit.null_log_likelihood, fit.log_likelihood], r["loglik"]),
        "score": (fit.score_test, r["score_test"]), "ratio": (fit.likelihood_ratio_test, r["lr_test"]),
    }  # fmt: skip
    found = differing(pairs)
    return found + ([] if abs(fit.wald_test[0] - r["wald_test"][0]) <= 0.00501 else ["wald"])


@pytest.mark.parametrize("case", cases("survival::coxph"), ids=by_id)
def test_the_cox_model_is_that_of_r(case):
    assert cox_differences(case) == []


@pytest.mark.parametrize("case", cases("survival::coxph"), ids=by_id)
def test_our_coefficients_are_at_least_as_near_to_the_maximum_as_those_of_r(case):
    arrays, options, _ = cox_arguments(case)
    fit = estimate_cox(*arrays, **options)
    sets = prepare(*arrays, **options)
    ours, theirs = (np.abs(evaluate(sets, coef * sets.spread)[1]).max()
                    for coef in (fit.coefficients, np.atleast_1d(numbers(case["outputs"]["coef"]))))  # fmt: skip
    assert ours <= max(theirs, 1e-9)


def test_control_the_other_method_for_ties_is_noticed():
    case = next(c for c in cases("survival::coxph") if c["id"] == "lung_age_sex_ecog_efron")
    assert {"coef", "hr", "loglik"} <= set(cox_differences(case, ties="breslow"))


def proportionality_differences(case, transform, **changes):
    arrays, options, _ = cox_arguments(case)
    test = test_proportional_hazards(*arrays, transform=transform, **(options | changes))
    r = case["outputs"][f"zph_{transform}"]
    assert test.degrees_of_freedom == len(test.chi_squares)
    pairs = {"global": (test.chi_square, r["chisq"][-1]), "global_p": (test.p_value, r["p"][-1])}
    if len(r["chisq"]) == len(test.chi_squares) + 1:  # R tests the levels of a factor together
        pairs["each"] = ([*test.chi_squares, test.chi_square], r["chisq"])
    return differing(pairs)


@pytest.mark.parametrize("transform", ["km", "identity", "rank", "log"])
@pytest.mark.parametrize("case", cases("survival::coxph"), ids=by_id)
def test_the_test_of_proportional_hazards_is_that_of_r(case, transform):
    assert proportionality_differences(case, transform) == []


def test_control_another_function_of_time_is_noticed():
    case = next(c for c in cases("survival::coxph") if c["id"] == "veteran_strata_cell")
    arrays, options, _ = cox_arguments(case)
    other = test_proportional_hazards(*arrays, transform="log", **options)
    assert not same(other.chi_square, case["outputs"]["zph_km"]["chisq"][-1])


def two_arms(case):
    """Times and events of arm 1 and arm 0."""
    name = case["inputs"]["data"].split(",")[0]
    rows = frame(name)
    first = {
        "lung": lambda: rows["sex"] == 2,
        "veteran": lambda: rows["trt"] == 2,
        "aml": lambda: rows["x"] == "Maintained",
    }
    arm = first[name]().to_numpy()
    time, event = rows["time"].to_numpy(), rows["ev" if name == "lung" else "status"].to_numpy()
    return [(time[arm], event[arm]), (time[~arm], event[~arm])]


def restricted_mean_differences(case, longer=0):
    first, second = (estimate_rmst(*arm, tau=case["inputs"]["tau"] + longer) for arm in two_arms(case))
    gap, r = estimate_difference(first, second), case["outputs"]
    return differing({
        **{name: ([of.estimate, of.standard_error, of.ci_lower, of.ci_upper], r[name][0])
           for of, name in ((first, "arm1"), (second, "arm0"))},
        "difference": ([gap.estimate, gap.ci_lower, gap.ci_upper, gap.p_value], r["contrasts"]["values"][0]),
    })  # fmt: skip


@pytest.mark.parametrize("case", cases("survRM2"), ids=by_id)
def test_restricted_means_and_their_difference_are_those_of_r(case):
    assert restricted_mean_differences(case) == []


def test_control_a_day_more_is_noticed():
    assert restricted_mean_differences(cases("survRM2")[0], longer=1) == ["arm1", "arm0", "difference"]


def milestone_differences(case, later=0):
    # R lists arm 0 first and takes arm 1 minus arm 0.
    second, first = (estimate_milestone(*arm, day=case["inputs"]["time"] + later) for arm in two_arms(case))
    gap, r = estimate_difference(second, first), case["outputs"]
    return differing({
        "survival": ([first.estimate, second.estimate], r["surv"]),
        "error": ([first.standard_error, second.standard_error], r["se"]),
        "difference": ([gap.estimate, gap.standard_error, gap.z], [r["diff"], r["diff_se"], r["z_naive"]]),
        "log-log": (test_milestone_difference(first, second), [r["z_cloglog"], r["p_cloglog"]]),
    })  # fmt: skip


@pytest.mark.parametrize("case", cases("survfit; Klein"), ids=by_id)
def test_milestones_and_their_tests_are_those_of_r(case):
    assert milestone_differences(case) == []


def test_control_another_day_is_noticed():
    assert milestone_differences(cases("survfit; Klein")[0], later=30) == ["survival", "error", "difference", "log-log"]
