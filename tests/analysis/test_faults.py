"""A fault in one analysis is its own result; the others are as they would have been without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from equipoise.analysis import analyze_cut, perform
from equipoise.analysis.methods import method_of
from equipoise.analysis.words import warning
from equipoise.datacut import freeze
from equipoise.findings import Refusal
from equipoise.reports import write_report
from tests.analysis.test_perform import PLAN
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol

FAULTS = {
    "refusal": (Refusal(warning("analysis.one_group")), "analysis.one_group"),
    "value": (ValueError("the matrix is empty"), "analysis.not_estimated"),
    "arithmetic": (ZeroDivisionError("division by zero"), "analysis.not_estimated"),
    "overflow": (OverflowError(), "analysis.not_estimated"),
    "linear algebra": (np.linalg.LinAlgError("Singular matrix"), "analysis.not_estimated"),
    "type": (TypeError("'<' not supported between 'NoneType' and 'float'"), "analysis.failed"),
    "missing": (KeyError("hazard_ratio"), "analysis.failed"),
    "index": (IndexError("list index out of range"), "analysis.failed"),
    "stop": (StopIteration(), "analysis.failed"),
    "assertion": (AssertionError(), "analysis.failed"),
    "frame": (pl.exceptions.ComputeError("{braces} in a message"), "analysis.failed"),
    "depth": (RecursionError("too deep"), "analysis.failed"),
    "panic": (pl.exceptions.PanicException("a kernel panicked"), "analysis.failed"),
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    return small_trial(tmp_path_factory.mktemp("study"), protocol=minimal_protocol(PLAN))


@pytest.fixture(scope="module")
def whole(trial):
    return analyze_cut(freeze(trial), trial.protocol).results["results"]


def broken(fault, name="cox"):
    """A method that fails at its estimate, in place of the one of that name."""

    def fail(*_):
        raise fault

    def found(asked):
        return replace(method_of(asked), perform=fail) if asked == name else method_of(asked)

    return found


def split(results, method="cox"):
    mine = [r for r in results if r["method"] == method]
    return mine, [r for r in results if r not in mine]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_in_one_method_is_its_own_result_and_costs_the_others_nothing(trial, whole, monkeypatch, kind):
    fault, code = FAULTS[kind]
    monkeypatch.setattr(perform, "method_of", broken(fault))
    run = analyze_cut(freeze(trial), trial.protocol)
    failed, others = split(run.results["results"])
    assert others == split(whole)[1]
    assert [r["id"] for r in failed] == [r["id"] for r in split(whole)[0]]
    for result in failed:
        assert result["not_estimated"]
        note = result["findings"][-1]
        assert note["code"] == code
        assert note["what"]
        assert any("\u4e00" <= sign <= "\u9fff" for sign in note["zh"]["what"])
        assert str(fault) in note["why"] or code == "analysis.one_group"


def test_a_fault_before_the_method_is_no_different(trial, whole, monkeypatch):
    select = perform.select

    def fail(cut, protocol, analysis):
        if analysis.method == "cox":
            raise RuntimeError("no rows")
        return select(cut, protocol, analysis)

    monkeypatch.setattr(perform, "select", fail)
    failed, others = split(analyze_cut(freeze(trial), trial.protocol).results["results"])
    assert others == [r for r in split(whole)[1] if r["method"] != "interaction"]
    assert {r["findings"][-1]["code"] for r in failed} == {"analysis.failed"}


def test_a_sentence_that_cannot_be_said_costs_its_own_result_alone(trial, whole, monkeypatch):
    render = perform.render_interpretation

    def fail(result, names, alpha, **more):
        if result["id"] == "os_km.A" and not result.get("not_estimated"):
            raise TypeError("no words")
        return render(result, names, alpha, **more)

    monkeypatch.setattr(perform, "render_interpretation", fail)
    results = analyze_cut(freeze(trial), trial.protocol).results["results"]
    assert [r["id"] for r in results if r.get("not_estimated")] == ["os_km.A"]
    assert [r for r in results if r["id"] != "os_km.A"] == [r for r in whole if r["id"] != "os_km.A"]


def test_a_difference_without_spread_is_told_without_a_p_value(tmp_path):
    """Nobody has died by day 80: both means are 80 and neither varies. This once cost the whole report."""
    plan = (
        "{id: early, label: {en: Early, zh: 早期}, endpoint: os, set: itt, method: rmst, role: secondary, tau_days: 80}"
    )
    trial = small_trial(tmp_path, protocol=minimal_protocol(f"analyses: [{plan}]"))
    found = {r["id"]: r for r in analyze_cut(freeze(trial), trial.protocol).results["results"]}
    difference = found["early.A_difference"]
    assert (difference["estimate"], difference["p_value"]) == (0, None)
    assert difference["interpretation"]["en"].endswith(": 0.0 (no 95% CI).")


@pytest.mark.parametrize("kind", ["linear algebra", "type"])
def test_the_report_says_what_failed_and_shows_everything_else(trial, tmp_path, monkeypatch, kind):
    fault, _ = FAULTS[kind]
    monkeypatch.setattr(perform, "method_of", broken(fault))
    report = write_report(trial, out=tmp_path / kind.replace(" ", "_"))
    english, chinese = (page.read_text("utf-8") for page in report.pages[:2])
    why = "data do not allow it: LinAlgError" if kind == "linear algebra" else "program failed at it: TypeError"
    assert why in english
    assert type(fault).__name__ in chinese
    assert "未能估计；" in chinese
    assert "Log-rank test: chi-square" in english


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), MemoryError(), SystemExit(1)])
def test_who_stops_the_program_means_all_of_it(trial, monkeypatch, interruption):
    monkeypatch.setattr(perform, "method_of", broken(interruption))
    with pytest.raises(type(interruption)):
        analyze_cut(freeze(trial), trial.protocol)


def test_control_a_fault_that_escaped_would_be_noticed(trial, monkeypatch):
    monkeypatch.setattr(perform, "method_of", broken(TypeError("loose")))
    monkeypatch.setattr(perform, "_faults", lambda: (Refusal,))
    with pytest.raises(TypeError, match="loose"):
        analyze_cut(freeze(trial), trial.protocol)
