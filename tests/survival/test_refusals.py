"""Arrays that carry no answer are refused with a reason and a remedy, never with a traceback or a number."""

import numpy as np
import pytest

from equipoise.findings import Refusal
from equipoise.survival import (
    FlemingHarrington,
    climbing,
    estimate_cox,
    estimate_kaplan_meier,
    estimate_milestone,
    estimate_rmst,
    test_logrank,
    test_maxcombo,
    test_milestone_difference,
    test_proportional_hazards,
)

TIME, EVENT, X = [1, 1, 6, 6, 8, 9], [1, 0, 1, 1, 0, 1], [1, 1, 1, 0, 0, 0]
NAN = float("nan")


def refused(function, *arguments, **options):
    with pytest.raises(Refusal) as caught:
        function(*arguments, **options)
    (finding,) = caught.value.findings
    assert finding.what and finding.why and finding.mend and finding.where.path
    return finding.code.removeprefix("survival.")


@pytest.mark.parametrize(
    ("time", "event", "code"),
    [
        ([], [], "no_rows"),
        ([1, -2], [1, 1], "value"),
        ([1, NAN], [1, 1], "value"),
        ([1, float("inf")], [1, 1], "value"),
        ([1, None], [1, 1], "value"),
        (["1", "soon"], [1, 1], "not_numbers"),
        ([[1, 2]], [1, 1], "shape"),
        ([1, 2], [1, 2], "value"),
        ([1, 2], [1, NAN], "value"),
        ([1, 2, 3], [1, 1], "length"),
    ],
)
def test_times_and_events_that_cannot_be(time, event, code):
    for function in (
        estimate_kaplan_meier,
        lambda t, e: estimate_cox(t, e, [0, 1]),
        lambda t, e: test_logrank(t, e, [0, 1]),
    ):
        assert refused(function, time, event) == code


def test_the_finding_names_the_row_and_counts_the_others():
    with pytest.raises(Refusal, match=r"time\[1\]: -2.0 is negative; 2 such rows"):
        estimate_kaplan_meier([1, -2, -3], [1, 1, 1])


def test_levels_of_confidence_and_scales_that_do_not_exist():
    for confidence in (0, 1, 95, NAN):
        assert refused(estimate_kaplan_meier, TIME, EVENT, confidence=confidence) == "confidence"
    assert refused(estimate_kaplan_meier, TIME, EVENT, conf_type="wilson") == "conf_type"


def test_follow_up_that_begins_after_its_end():
    assert refused(estimate_kaplan_meier, TIME, EVENT, start=[0, 1, 0, 0, 0, 0]) == "value"
    assert refused(estimate_cox, TIME, EVENT, X, start=[0, 0]) == "length"


def test_nothing_is_said_about_times_that_nobody_reached():
    assert refused(estimate_rmst, [1, 2], [1, 0], tau=3) == "beyond"
    assert refused(estimate_milestone, [1, 2], [1, 0], 3) == "beyond"
    for tau in (0, -1, NAN, float("inf")):
        assert refused(estimate_rmst, TIME, EVENT, tau=tau) == "tau"


@pytest.mark.parametrize(
    ("time", "group", "strata", "words"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], [0, 0, 1, 1], "no death happened while the groups were at risk together"),
        ([1, 1, 1, 1], [0, 0, 1, 1], None, "everybody at risk in the groups died at the same time"),
        ([1, 2, 3, 4, 5, 6], [0, 1, 0, 1, 2, 2], [0, 0, 0, 0, 1, 1], "1 of the groups had nobody at risk together"),
    ],
)
def test_the_reason_why_groups_cannot_be_compared_is_the_true_one(time, group, strata, words):
    with pytest.raises(Refusal, match=words):
        test_logrank(time, [1] * len(time), group, strata)
    if max(group) == 1:
        with pytest.raises(Refusal, match=words):
            test_maxcombo(time, [1] * len(time), group, [FlemingHarrington()], strata)


def test_a_weight_of_0_is_the_reason_where_the_plain_test_has_an_answer():
    time, event, group = [1, 1, 2, 3], [1, 0, 0, 0], [0, 1, 0, 1]
    assert test_logrank(time, event, group).degrees_of_freedom == 1
    for ask in (
        lambda: test_logrank(time, event, group, gamma=1),
        lambda: test_maxcombo(time, event, group, [FlemingHarrington(), FlemingHarrington(0, 1)]),
    ):
        with pytest.raises(Refusal, match=r"the weight S\^0 \(1 - S\)\^1 is 0 at every death"):
            ask()


def test_survival_of_nobody_or_everybody_has_no_log_log_scale():
    first, second = estimate_milestone(TIME, EVENT, 9), estimate_milestone(TIME, EVENT, 6)
    assert refused(test_milestone_difference, first, second) == "milestone"


@pytest.mark.parametrize(
    ("group", "event", "options", "code"),
    [
        ([0] * 6, EVENT, {}, "one_group"),
        (X, [0] * 6, {}, "no_events"),
        (X, EVENT, {"rho": -1}, "weights"),
        (X, EVENT, {"gamma": NAN}, "weights"),
        (X, EVENT, {"strata": [1, 2]}, "length"),
        ([1.0, 1.0, 1.0, 0.0, 0.0, NAN], EVENT, {}, "value"),
        (np.array(["a", "a", "a", "b", "b", None], dtype=object), EVENT, {}, "levels"),
        (X, EVENT, {"strata": X}, "no_overlap"),  # each group is alone in its stratum
    ],
)
def test_comparisons_without_anything_to_compare(group, event, options, code):
    assert refused(test_logrank, TIME, event, group, **options) == code


@pytest.mark.parametrize(
    ("covariates", "options", "code"),
    [
        (np.empty((6, 0)), {}, "no_covariates"),
        (np.zeros((2, 3, 4)), {}, "no_covariates"),
        ([1, 1, 1, 0], {}, "length"),
        ([1, 1, 1, 0, 0, NAN], {}, "value"),
        (["a", "b"] * 3, {}, "not_numbers"),
        ([3] * 6, {}, "constant"),
        (X, {"strata": X}, "constant"),  # the same for all who are at risk together
        (np.column_stack([X, np.subtract(1, X)]), {}, "singular"),
        (np.column_stack([[1, 4, 2, 5, 3, 6], [2, 8, 4, 10, 6, 12.0]]), {}, "singular"),
        (X, {"ties": "exact"}, "ties"),
        (X, {"weights": [1, 1, 1, 0, 1, 1]}, "value"),
        (X, {"cluster": [1] * 6}, "one_cluster"),
    ],
)
def test_models_without_an_answer(covariates, options, code):
    assert refused(estimate_cox, TIME, EVENT, covariates, **options) == code


def test_a_model_of_nobodys_event():
    assert refused(estimate_cox, TIME, [0] * 6, X) == "no_events"


def test_a_hazard_ratio_that_runs_away_is_refused_by_name():
    time, event, both = (
        [1, 2, 3, 4, 5, 6],
        [1, 1, 1, 0, 0, 0],
        np.column_stack([[1, 0, 1, 0, 1, 0], [1, 1, 1, 0, 0, 0]]),
    )
    with pytest.raises(
        Refusal, match="hazard ratio of column 1 has no finite estimate; its events are all on one side"
    ):
        estimate_cox(time, event, both)


def test_a_hazard_ratio_that_runs_away_can_be_marked_and_leaves_the_others_alone():
    rng = np.random.default_rng(3)
    x, rare = rng.normal(size=200), np.zeros(200)
    rare[:4] = 1
    time = rng.exponential(np.exp(-0.5 * x))
    event = (rare == 0) & (rng.random(200) < 0.7)
    fit = estimate_cox(time, event, np.column_stack([x, rare]), allow_unbounded=True)
    assert fit.unbounded.tolist() == [False, True]
    assert (fit.coefficients[1], fit.hazard_ratio[1]) == (-np.inf, 0)
    assert np.isnan(fit.z[1]) and np.isnan(fit.p_values[1])
    # Who has no event and no risk contributes nothing: the limit is the fit without them.
    alone = estimate_cox(time[4:], event[4:], x[4:])
    assert fit.coefficients[0] == pytest.approx(alone.coefficients[0], rel=1e-6)
    assert fit.log_likelihood == pytest.approx(alone.log_likelihood, rel=1e-9)


@pytest.mark.parametrize("size", [1e-9, 1, 1e9])
def test_units_of_a_covariate_do_not_decide_whether_it_can_be_estimated(size):
    fit = estimate_cox(TIME, EVENT, np.array(X) * size + 5 * size)
    assert fit.coefficients[0] * size == pytest.approx(estimate_cox(TIME, EVENT, X).coefficients[0], rel=1e-9)


def test_proportionality_needs_events_at_different_times_and_a_known_transform():
    assert refused(test_proportional_hazards, [2, 2, 3, 4], [1, 1, 0, 0], [0, 1, 0, 1]) == "one_time"
    assert refused(test_proportional_hazards, TIME, EVENT, X, transform="sqrt") == "transform"
    assert refused(test_proportional_hazards, [0, *TIME], [0, *EVENT], [1, *X], transform="log") == "log_time"


def test_a_change_over_time_needs_more_events_than_columns():
    # One of the events happens while nobody else is at risk with another value: it says nothing about a change.
    two = [[2, 1], [1, 1], [2, 0], [2, 2], [0, 1], [2, 1], [0, 2]]
    time, event = [2, 2, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1, 1]
    assert refused(test_proportional_hazards, time, event, two) == "few_events"


def test_a_likelihood_without_a_clear_maximum_is_given_up(monkeypatch):
    monkeypatch.setattr(climbing, "_ITERATIONS", 1)
    with pytest.raises(Refusal, match="did not converge in 1 steps") as caught:
        estimate_cox(TIME, EVENT, X)
    assert caught.value.findings[0].say("zh").what == "模型在1步内未收敛"


def test_one_person_is_a_curve():
    assert estimate_kaplan_meier([5], [1]).median == 5
    assert estimate_kaplan_meier([5], [0]).median is None
    assert estimate_kaplan_meier([0], [1]).survival.tolist() == [0]


def test_groups_apart_in_time_are_not_said_to_have_all_events_on_one_side():
    time, event, group = [50, 60, 80, 99, 100, 300], [1, 1, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]
    with pytest.raises(Refusal, match="at each event those who had it stand at one end of those then at risk"):
        estimate_cox(time, event, group)
