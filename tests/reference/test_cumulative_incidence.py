"""Cumulative incidence agrees with R where death competes.

Reference: R 4.2.2, survival 3.5-3, data `mgus2` of that package (1384 people with a monoclonal gammopathy; public):
    t <- ifelse(pstat == 1, ptime, futime); s <- ifelse(pstat == 1, 1, ifelse(death == 1, 2, 0))
    summary(survfit(Surv(t, factor(s, 0:2)) ~ sex), times = c(12, 60, 120, 240)), state 1
data/mgus2_competing.csv holds sex, t and s. Tolerance 1e-9 relative: sums in double precision, 15 digits printed.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from equipoise.survival import estimate_cumulative_incidence

DATA = Path(__file__).parent / "data" / "mgus2_competing.csv"
TIMES = (12, 60, 120, 240)
REFERENCE = {
    "F": [
        (0.0127018820397735, 0.00446218625045384, 0.00638028328481872, 0.0252869347880223),
        (0.0397896215044053, 0.00779833408808593, 0.0270983932691198, 0.058424643990535),
        (0.0738856643759262, 0.0107697973764881, 0.0555247328325098, 0.0983181930247075),
        (0.104940674186137, 0.0142629574344966, 0.0803994786634599, 0.136972842134186),
    ],
    "M": [
        (0.00664010624169987, 0.00295967031624724, 0.00277186497933362, 0.0159066228801886),
        (0.0293462844583663, 0.00616458366286076, 0.0194422594729007, 0.0442954900746864),
        (0.0553102406481571, 0.00864431655219645, 0.0407167513976059, 0.0751342534841059),
        (0.0956507550309775, 0.0135258309491872, 0.0724972042274418, 0.126198893260672),
    ],
}


def estimate(sex, *, status=None):
    rows = pl.read_csv(DATA).filter(pl.col("sex") == sex)
    kinds = rows["status"].to_numpy() if status is None else status(rows["status"].to_numpy())
    found = estimate_cumulative_incidence(rows["months"].to_numpy().astype(float), kinds, TIMES)
    return [(f.estimate, f.standard_error, f.ci_lower, f.ci_upper) for f in found]


@pytest.mark.parametrize("sex", ["F", "M"])
def test_estimate_error_and_limits_are_those_of_r(sex):
    for ours, theirs in zip(estimate(sex), REFERENCE[sex], strict=True):
        assert ours == pytest.approx(theirs, rel=1e-9)


def test_control_taking_death_for_censoring_is_noticed():
    naive = estimate("F", status=lambda s: np.where(s == 2, 0, s))
    assert naive[-1][0] > REFERENCE["F"][-1][0] * 1.2


def test_before_the_first_event_the_incidence_is_zero_with_exact_limits_and_no_error():
    (found,) = estimate_cumulative_incidence(np.array([5.0, 6.0]), np.array([1, 2]), [1])
    assert (found.estimate, found.ci_lower, found.conf_type) == (0.0, 0.0, "exact")
    assert found.ci_upper == pytest.approx(0.841886116991581)  # R: binom.test(0, 2)$conf.int[2]
    assert np.isnan(found.standard_error)


def test_the_causes_add_up_to_everybody_when_nobody_is_censored():
    time, status = np.array([1.0, 2, 2, 3, 4]), np.array([1, 2, 1, 2, 1])
    total = sum(estimate_cumulative_incidence(time, status, [4], cause=cause)[0].estimate for cause in (1, 2))
    assert total == pytest.approx(1)
