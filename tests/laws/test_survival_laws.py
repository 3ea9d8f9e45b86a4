"""Laws of survival estimates that hold for any data: what may not matter, and what must turn into what."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from equipoise.findings import Refusal
from equipoise.survival import (
    estimate_cox,
    estimate_follow_up,
    estimate_kaplan_meier,
    estimate_milestone,
    estimate_rmst,
    test_logrank,
    test_proportional_hazards,
)
from tests.hunting import examples

quick = settings(max_examples=examples(40), deadline=None)


@st.composite
def trials(draw, least=8, most=40):
    """Whole days with ties, events, two groups, two strata, a second covariate; seldom degenerate."""
    rows = draw(st.integers(least, most))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    days = draw(st.sampled_from([5, 30, 1000]))
    data = {
        "time": rng.integers(1, days, rows, endpoint=True).astype(float), "event": rng.integers(0, 3, rows) > 0,
        "group": rng.integers(0, 2, rows), "stratum": rng.integers(0, 2, rows), "z": rng.normal(size=rows),
    }  # fmt: skip
    assume(data["event"].any() and 0 < data["group"].sum() < rows)
    return data


def curve(data, **changes):
    return estimate_kaplan_meier(**{k: v for k, v in (data | changes).items() if k in ("time", "event", "start")})


def logrank(data, **options):
    try:
        return test_logrank(data["time"], data["event"], data["group"], data["stratum"], **options)
    except Refusal:
        assume(False)


def cox(data, **options):
    covariates = np.column_stack([data["group"], data["z"]])
    try:
        return estimate_cox(data["time"], data["event"], covariates, data["stratum"], **options)
    except Refusal:
        assume(False)


def permuted(data, seed):
    order = np.random.default_rng(seed).permutation(len(data["time"]))
    return {name: values[order] for name, values in data.items()}


near = {"rel": 1e-7, "abs": 1e-9}


@quick
@given(trials(), st.integers(0, 100))
def test_the_order_of_the_rows_does_not_matter(data, seed):
    other = permuted(data, seed)
    assert curve(other).survival.tolist() == curve(data).survival.tolist()
    assert logrank(other).chi_square == logrank(data).chi_square
    first, second = cox(data, robust=True), cox(other, robust=True)
    assert second.coefficients == pytest.approx(first.coefficients, **near)
    assert second.standard_errors == pytest.approx(first.standard_errors, **near)


@quick
@given(trials(), st.sampled_from([2.0, 0.25, 30.4375, 1e-6, 1e6]))
def test_another_unit_of_time_changes_only_times(data, unit):
    other = data | {"time": data["time"] * unit}
    ours, theirs = curve(other), curve(data)
    assert ours.survival.tolist() == theirs.survival.tolist()
    assert ours.time == pytest.approx(theirs.time * unit)
    assert (ours.median is None) == (theirs.median is None)
    if ours.median is not None:
        assert ours.median == pytest.approx(theirs.median * unit)
    assert logrank(other).chi_square == logrank(data).chi_square
    assert cox(other).coefficients.tolist() == cox(data).coefficients.tolist()
    tau = float(data["time"].max())
    first, second = (
        estimate_rmst(d["time"], d["event"], t) for d, t in ((data, tau), (other, float(other["time"].max())))
    )
    assert second.estimate == pytest.approx(first.estimate * unit)
    assert second.standard_error == pytest.approx(first.standard_error * unit)


@quick
@given(trials())
def test_any_increasing_change_of_time_leaves_comparisons_alone(data):
    other = data | {"time": data["time"] ** 1.5 + 3}
    assert logrank(other).chi_square == logrank(data).chi_square
    assert cox(other).coefficients.tolist() == cox(data).coefficients.tolist()


@quick
@given(trials())
def test_exchanging_the_arms_inverts_the_hazard_ratio(data):
    other = data | {"group": 1 - data["group"]}
    first, second = cox(data), cox(other)
    assert second.hazard_ratio[0] == pytest.approx(1 / first.hazard_ratio[0], **near)
    assert second.ci_lower[0] == pytest.approx(1 / first.ci_upper[0], **near)
    assert second.log_likelihood == pytest.approx(first.log_likelihood, rel=1e-12)
    assert logrank(other).chi_square == pytest.approx(logrank(data).chi_square, **near)


@quick
@given(trials())
def test_without_censoring_the_curve_is_one_minus_the_empirical_distribution(data):
    found = curve(data, event=np.ones(len(data["time"])))
    ecdf = np.array([(data["time"] <= time).mean() for time in found.time])
    assert found.survival == pytest.approx(1 - ecdf, abs=1e-12)
    n = len(data["time"])
    binomial = np.sqrt(ecdf * (1 - ecdf) / n)[:-1]
    assert found.standard_error[:-1] == pytest.approx(binomial, rel=1e-9, abs=1e-12)
    mean = estimate_rmst(data["time"], np.ones(n), float(data["time"].max()))
    assert mean.estimate == pytest.approx(data["time"].mean())


@quick
@given(trials())
def test_a_curve_falls_within_its_limits_and_loses_only_those_who_leave(data):
    found = curve(data)
    assert (np.diff(found.survival) <= 0).all()
    assert found.events.sum() == data["event"].sum()
    assert found.at_risk[0] == len(data["time"])
    assert (np.diff(found.at_risk) == -(found.events + found.censored)[:-1]).all()
    known = ~np.isnan(found.lower)
    assert (found.lower[known] <= found.survival[known]).all()
    assert (found.survival[known] <= found.upper[known]).all()


@quick
@given(trials())
def test_events_and_follow_up_share_those_who_remain(data):
    """Where no event and censoring fall on one day, both curves multiply to the share still observed."""
    spread = data | {"time": data["time"] * 100 + np.arange(len(data["time"]))}
    events, follow_up = curve(spread), estimate_follow_up(spread["time"], spread["event"])
    left = 1 - np.arange(1, len(spread["time"]) + 1) / len(spread["time"])
    assert events.survival * follow_up.survival == pytest.approx(left, abs=1e-12)


@quick
@given(trials())
def test_the_score_test_without_ties_is_the_logrank_test(data):
    """Cox 1972: with one group and distinct times both are the same statistic."""
    spread = data | {"time": data["time"] * 100 + np.arange(len(data["time"]))}
    try:
        fit = estimate_cox(spread["time"], spread["event"], spread["group"], spread["stratum"], allow_unbounded=True)
    except Refusal:
        assume(False)
    assert fit.score_test[0] == pytest.approx(logrank(spread).chi_square, **near)


@quick
@given(trials())
def test_a_copy_of_a_group_makes_no_difference(data):
    twice = {name: np.concatenate([values, values]) for name, values in data.items()}
    twice["group"] = np.repeat([0, 1], len(data["time"]))
    assert logrank(twice).chi_square == pytest.approx(0, abs=1e-12)


@quick
@given(trials())
def test_whole_weights_are_copies_of_rows(data):
    weights = np.random.default_rng(0).integers(1, 4, len(data["time"]))
    copies = {name: np.repeat(values, weights) for name, values in data.items()}
    first, second = cox(data, ties="breslow", weights=weights), cox(copies, ties="breslow")
    assert second.coefficients == pytest.approx(first.coefficients, **near)
    assert second.standard_errors == pytest.approx(first.standard_errors, **near)


@quick
@given(trials())
def test_copies_that_are_one_cluster_carry_no_more_information(data):
    copies = {name: np.repeat(values, 2) for name, values in data.items()}
    people = np.repeat(np.arange(len(data["time"])), 2)
    first, second = cox(data, ties="breslow", robust=True), cox(copies, ties="breslow", cluster=people)
    assert second.standard_errors == pytest.approx(first.standard_errors, **near)


@quick
@given(trials())
def test_a_row_cut_in_two_by_a_late_entry_is_the_same_person(data):
    cut = data["time"] * 0.4
    parts = {name: np.concatenate([values, values]) for name, values in data.items()}
    parts["time"] = np.concatenate([cut, data["time"]])
    parts["event"] = np.concatenate([np.zeros(len(cut), dtype=bool), data["event"]])
    start = np.concatenate([np.zeros(len(cut)), cut])
    first, second = cox(data), cox(parts, start=start)
    assert second.coefficients == pytest.approx(first.coefficients, **near)
    whole, both = curve(data), curve(parts, start=start)
    at = [both.place(time) for time in whole.time]
    assert both.survival[at] == pytest.approx(whole.survival, rel=1e-12)


@quick
@given(trials())
def test_a_restricted_mean_until_a_day_is_the_sum_of_the_milestones_before_it(data):
    tau = int(data["time"].max())
    days = [estimate_milestone(data["time"], data["event"], day).estimate for day in range(tau)] if tau <= 30 else None
    assume(days is not None)
    assert estimate_rmst(data["time"], data["event"], tau).estimate == pytest.approx(sum(days))


@quick
@given(trials(), st.sampled_from([0.001, 7.0]), st.sampled_from([-50.0, 1e4]))
def test_another_unit_of_a_covariate_changes_no_test_of_proportionality(data, unit, shift):
    tests = []
    for z in (data["z"], data["z"] * unit + shift):
        try:
            covariates = np.column_stack([data["group"], z])
            tests.append(test_proportional_hazards(data["time"], data["event"], covariates, data["stratum"]))
        except Refusal:
            assume(False)
    assert tests[1].chi_square == pytest.approx(tests[0].chi_square, rel=1e-5, abs=1e-7)


def test_control_a_lost_row_an_uninverted_ratio_and_a_shifted_day_are_noticed():
    rng = np.random.default_rng(7)
    data = {"time": rng.integers(1, 30, 40).astype(float), "event": rng.integers(0, 3, 40) > 0,
            "group": rng.integers(0, 2, 40), "stratum": rng.integers(0, 2, 40), "z": rng.normal(size=40)}  # fmt: skip
    lost = {name: values[1:] for name, values in data.items()}
    assert curve(lost).survival.tolist() != curve(data).survival.tolist()
    assert cox(lost).coefficients != pytest.approx(cox(data).coefficients, **near)
    assert cox(data | {"group": 1 - data["group"]}).hazard_ratio[0] != pytest.approx(cox(data).hazard_ratio[0], **near)
    shifted = data | {"time": data["time"] + data["group"]}
    assert logrank(shifted).chi_square != pytest.approx(logrank(data).chi_square, **near)
