"""Every case and every field that R was asked for is compared with ours, or stands in one list with its reason.

Reference and recipes: data/survival.R and data/competing.R; `listing` in competing.json names all cases and fields.
"""

import json

import numpy as np
import polars as pl
import pytest

from equipoise.survival import estimate_cox, estimate_cumulative_incidence, test_logrank
from equipoise.tails import chi_square_above
from tests.reference.r_cases import CASES, DATA, frame, read_case

SHARED = json.loads((DATA / "competing.json").read_text(encoding="utf-8"))
HERE = SHARED["cases"]
_MODELS = "residuals, predictions and measures of prediction: no analysis of a trial asks for them"
_PARAMETRIC = "a parametric model: no analysis asks for one"
# Case, or field of a function's cases: why it is not compared.
NOT_COMPARED = {
    "lung_na_fh": "a curve from the cumulative hazard: ours is Kaplan and Meier's",
    "lung_na_fh2": "a curve from the cumulative hazard: ours is Kaplan and Meier's",
    "lung_weighted": "a weighted curve: no analysis weighs participants",
    "veteran_trt_karno_exact": "exact ties on one discrete scale of time: the plan offers Efron and Breslow",
    "lung_cox_predict_surv": _MODELS,
    "lung_concordance": _MODELS,
    "lung_survreg_weibull": _PARAMETRIC,
    "lung_survreg_exponential": _PARAMETRIC,
    "lung_survreg_lognormal": _PARAMETRIC,
    "lung_survreg_loglogistic": _PARAMETRIC,
    "mgus2_crr_pcm": "a subdistribution model: no analysis fits Fine and Gray's",
    "mgus2_crr_death": "a subdistribution model: no analysis fits Fine and Gray's",
    "mgus2_finegray_coxph": "a subdistribution model: no analysis fits Fine and Gray's",
    "survival::survfit cumhaz": "the cumulative hazard: no result tells it",
    "survival::survfit std_chaz": "the cumulative hazard: no result tells it",
    "survival::coxph iter": "how many steps a program takes is its own",
    "survival::coxph robust_score": "a robust score test: results tell the Wald test",
    "cmprsk::cuminc + timepoints (Gray's test) var": "cmprsk's own variance: ours is that of survfit, compared there",
    "cmprsk::cuminc + timepoints (Gray's test) tests": "Gray's test: no analysis asks for it",
} | {
    f"survival::coxph {field}": _MODELS
    for field in (
        "concordance", "martingale_first10", "deviance_first10", "schoenfeld_first5", "dfbeta_first5",
        "scaledsch_first5", "basehaz_uncentered_last", "lp_mean_centered_first5",
    )
}  # fmt: skip
LABELS = {"strata_rows", "names", "groups", "curves", "states", "strata", "time"}


def left_open():
    """Every case and field that is neither compared nor in the list."""
    kept = {case["id"]: set(case["outputs"]) for case in CASES}
    found = []
    for name, told in SHARED["listing"].items():
        if name in NOT_COMPARED:
            continue
        here = set(HERE.get(name, {}).get("outputs", ())) | ({"n"} if f"n_{name}" in HERE else set())
        for field in set(told["fields"]) - kept.get(name, set()) - here - LABELS:
            if f"{told['call']} {field}" not in NOT_COMPARED:
                found.append(f"{name} {field}")
    return found


def test_every_case_and_field_is_compared_or_named():
    assert left_open() == []


def test_no_reason_is_given_for_what_is_compared_or_unknown():
    calls = {f"{told['call']} {field}" for told in SHARED["listing"].values() for field in told["fields"]}
    assert set(NOT_COMPARED) <= calls | set(SHARED["listing"])
    assert not {case["id"] for case in CASES} & set(NOT_COMPARED)


def test_control_a_field_that_nobody_compares_is_noticed(monkeypatch):
    monkeypatch.delitem(HERE, "mgus2_aalen_johansen")
    assert "mgus2_aalen_johansen pstate" in left_open()


def incidences(sex, cause):
    rows = pl.read_csv(DATA / "mgus2_competing.csv").filter(pl.col("sex") == sex)
    times = HERE["mgus2_aalen_johansen"]["inputs"]["times"]
    return estimate_cumulative_incidence(rows["months"], rows["status"], times, cause=cause)


@pytest.mark.parametrize(("sex", "first"), [("F", 0), ("M", 4)])
@pytest.mark.parametrize("cause", [1, 2])
def test_every_competing_state_is_that_of_r(sex, first, cause):
    r = HERE["mgus2_aalen_johansen"]["outputs"]
    for place, ours in enumerate(incidences(sex, cause), start=first):
        mine = (ours.estimate, ours.standard_error, ours.ci_lower, ours.ci_upper)
        theirs = tuple(r[field][place][cause] for field in ("pstate", "std_err", "lower", "upper"))
        assert mine == pytest.approx(theirs, rel=1e-9)
    curve = HERE["mgus2_sex"]["outputs"]["est"][HERE["mgus2_sex"]["outputs"]["curves"].index(f"{sex} {cause}")]
    assert [ours.estimate for ours in incidences(sex, cause)] == pytest.approx(curve, rel=1e-9)


@pytest.mark.parametrize(("sex", "first"), [("F", 0), ("M", 4)])
def test_who_is_in_no_state_yet_is_the_rest(sex, first):
    free = [1 - a.estimate - b.estimate for a, b in zip(incidences(sex, 1), incidences(sex, 2), strict=True)]
    r = HERE["mgus2_aalen_johansen"]["outputs"]["pstate"]
    assert free == pytest.approx([r[first + place][0] for place in range(4)], rel=1e-9)


def test_the_cause_specific_model_is_that_of_r():
    rows, r = pl.read_csv(DATA / "mgus2_competing.csv"), HERE["mgus2_causespecific_cox"]["outputs"]
    x = np.column_stack([rows["age"], rows["sex"] == "M"]).astype(float)
    fit = estimate_cox(rows["months"], rows["status"] == 1, x)
    assert fit.coefficients == pytest.approx(r["coef"], rel=1e-7)
    assert fit.standard_errors == pytest.approx(r["se"], rel=1e-7)


def test_models_within_one_another_differ_as_in_r():
    rows, r = frame("L").drop_nulls("ph.ecog"), HERE["lung_anova"]["outputs"]
    names = ["age", "sex", "ph.ecog"]
    fits = [estimate_cox(rows["time"], rows["ev"], rows.select(names[:k]).to_numpy().astype(float)) for k in (1, 2, 3)]
    logs = [fits[0].null_log_likelihood, *(fit.log_likelihood for fit in fits)]
    assert logs == pytest.approx(r["loglik"], rel=1e-9)
    rises = [2 * (b - a) for a, b in zip(logs, logs[1:], strict=False)]
    assert rises == pytest.approx(r["chisq"][1:], rel=1e-7)
    assert [chi_square_above(rise, df) for rise, df in zip(rises, r["df"][1:], strict=True)] == pytest.approx(
        r["p"][1:], rel=1e-6
    )


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["call"] == "survival::survdiff"], ids=lambda case: case["id"]
)
def test_groups_have_the_people_that_r_counts(case):
    asked = read_case(case)
    group = asked.rows[asked.terms[0]].to_numpy()
    levels = test_logrank(asked.time, asked.event, group, strata=asked.strata).groups
    assert [int((group == level).sum()) for level in levels] == HERE[f"n_{case['id']}"]["n"]
