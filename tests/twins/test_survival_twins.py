"""Kernels give what the definitions give; compiled they give the same bits, on one thread or many.

Against the definitions (plain_survival.py) the tolerance is 1e-11: the same sums in another order. Compiled against
uncompiled there is none. greenwood, another library held to R, is asked for its opinion as well.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from equipoise.survival import (
    LOGRANK,
    FlemingHarrington,
    estimate_cox,
    estimate_kaplan_meier,
    kernels,
    test_logrank,
    test_proportional_hazards,
    test_weighted_logrank,
)
from equipoise.survival import compiling as compiler
from equipoise.survival.risk_sets import evaluate, prepare
from equipoise.survival.robust import score_residuals
from tests.twins import plain_survival as plain

SEEDS = range(6)


def problem(seed, rows=60, spread=8):
    """Many ties, few strata, three groups, late entries and weights."""
    rng = np.random.default_rng(seed)
    start = rng.integers(0, 3, rows).astype(float)
    x = np.column_stack([rng.integers(0, 2, rows), rng.normal(size=rows)])
    return {
        "time": start + rng.integers(1, spread, rows), "event": rng.integers(0, 2, rows), "start": start, "x": x,
        "stratum": rng.integers(0, 3, rows), "group": rng.integers(0, 3, rows), "weight": rng.uniform(0.5, 2, rows),
    }  # fmt: skip


def rows_of(data, *names):
    return [{name: data[name][i] for name in ("time", "event", *names)} for i in range(len(data["time"]))]


def curve_twin(data, late):
    names = ("start",) if late else ()
    found = estimate_kaplan_meier(data["time"], data["event"], start=data["start"] if late else None)
    ours = np.column_stack([found.time, found.at_risk, found.events, found.survival, found.variance])
    return ours, np.array(plain.curve(rows_of(data, *names)))


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_curve_is_its_definition(seed, late):
    ours, definition = curve_twin(problem(seed), late)
    assert ours == pytest.approx(definition, rel=1e-11)


@pytest.mark.parametrize(("rho", "gamma"), [(0, 0), (1, 0), (0.5, 2)])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_logrank_test_is_its_definition(seed, rho, gamma):
    data = problem(seed)
    test = test_logrank(data["time"], data["event"], data["group"], data["stratum"], rho=rho, gamma=gamma)
    definition = plain.logrank(rows_of(data, "stratum", "group"), 3, rho, gamma)
    for ours, theirs in zip((test.observed, test.expected, test.variance), definition, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-11, abs=1e-13)


def cox_twin(data, ties, beta=(0.4, -0.7), weight=None):
    weight = data["weight"] if weight is None else weight
    sets = prepare(data["time"], data["event"], data["x"], strata=data["stratum"], ties=ties,
                   start=data["start"], weights=weight)  # fmt: skip
    ours = evaluate(sets, np.array(beta))
    scaled = data | {"x": (data["x"] - sets.center) / sets.spread}
    return ours, plain.cox(rows_of(scaled, "start", "x", "stratum", "weight"), np.array(beta), ties)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_partial_likelihood_and_its_derivatives_are_their_definition(seed, ties):
    ours, definition = cox_twin(problem(seed), ties)
    for one, other in zip(ours, definition, strict=True):
        assert one == pytest.approx(other, rel=1e-11, abs=1e-11)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("seed", SEEDS)
def test_score_residuals_add_up_to_the_gradient(seed, ties):
    data, beta = problem(seed), np.array([0.3, 0.2])
    sets = prepare(data["time"], data["event"], data["x"], strata=data["stratum"], ties=ties,
                   start=data["start"], weights=data["weight"])  # fmt: skip
    assert score_residuals(sets, beta).sum(axis=0) == pytest.approx(evaluate(sets, beta)[1], abs=1e-11)


def test_control_a_lost_weight_and_a_late_entry_taken_for_an_early_one_are_noticed():
    data = problem(1)
    ours, definition = cox_twin(data, "efron", weight=np.ones(60))
    assert ours[0] != pytest.approx(definition[0], rel=1e-3)
    early, late = curve_twin(data, late=False)[0], curve_twin(data, late=True)[1]
    assert early != pytest.approx(late, rel=1e-3)


def everything(data):
    """All numbers of all kernels, as one array of bytes."""
    t, e, g, s, x = (data[name] for name in ("time", "event", "group", "stratum", "x"))
    curve = estimate_kaplan_meier(t, e, start=data["start"])
    tests = [test_logrank(t, e, g, s, rho=rho, gamma=gamma) for rho, gamma in ((0, 0), (1, 0), (0.5, 1.5))]
    weighed = [test_weighted_logrank(t, e, g == 0, weight, s) for weight in (LOGRANK, FlemingHarrington(0.5, 1.5))]
    fits = [estimate_cox(t, e, x, s, ties, robust=robust, start=data["start"], weights=data["weight"])
            for ties in ("efron", "breslow") for robust in (False, True)]  # fmt: skip
    return b"".join(
        np.asarray(part).tobytes()
        for part in (curve.survival, curve.variance, *(t.variance for t in tests), *(t.expected for t in tests),
                     [w.z for w in weighed],
                     *(f.coefficients for f in fits), *(f.covariance for f in fits), [f.log_likelihood for f in fits])
    )  # fmt: skip


@pytest.fixture
def compiled(monkeypatch):
    """Everything is compiled, however small."""
    monkeypatch.setattr(compiler, "COMPILE_FROM_ROWS", 0)
    monkeypatch.setattr(compiler, "_compiled", {})


@pytest.fixture
def uncompiled(monkeypatch):
    monkeypatch.setattr(compiler, "COMPILE_FROM_ROWS", 10**9)
    monkeypatch.setattr(compiler, "_compiled", {})


def test_compiled_kernels_give_the_same_bits(uncompiled, monkeypatch):
    data = [problem(seed, rows=300, spread=40) for seed in SEEDS]
    before = [everything(one) for one in data]
    assert compiler._compiled == {}
    monkeypatch.setattr(compiler, "COMPILE_FROM_ROWS", 0)
    assert [everything(one) for one in data] == before
    assert len(compiler._compiled) == len(kernels.__all__)


def test_control_a_kernel_that_sums_in_another_order_is_noticed(uncompiled, monkeypatch):
    data = problem(2, rows=300, spread=40)
    before = everything(data)
    backwards = {name: values[::-1] for name, values in data.items()}
    assert everything(backwards) != before


def test_many_threads_at_once_change_no_bit(compiled):
    data = [problem(seed, rows=2000, spread=300) for seed in range(8)]
    alone = [everything(one) for one in data]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(everything, data)) == alone


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_number_of_threads_of_any_library_changes_no_bit(threads):
    code = "from tests.twins.test_survival_twins import *; print(hash_of(problem(5, rows=6000, spread=900)))"
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | dict.fromkeys(names, threads),
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == hash_of(problem(5, rows=6000, spread=900))


def hash_of(data):
    import hashlib

    return hashlib.sha256(everything(data)).hexdigest()


@pytest.mark.parametrize("seed", SEEDS)
def test_another_library_finds_the_same(seed):
    import greenwood

    data = problem(seed, rows=150)
    t, e, g, s = data["time"], data["event"], data["group"], data["stratum"]
    surv = greenwood.Surv(t, event=e)
    theirs = greenwood.logrank_test(surv, g, strata=s)
    assert test_logrank(t, e, g, s).chi_square == pytest.approx(theirs.statistic, rel=1e-9)
    frame = dict(enumerate(data["x"].T))
    import polars as pl

    model = greenwood.CoxPH().fit(surv, pl.DataFrame({f"x{name}": column for name, column in frame.items()}), strata=s)
    zph = model.cox_zph(transform="km")
    ours = test_proportional_hazards(t, e, data["x"], s)
    assert ours.chi_square == pytest.approx(zph.global_test["chisq"], rel=1e-6)
    assert ours.chi_squares == pytest.approx([term["chisq"] for term in zph.per_term.values()], rel=1e-6)
