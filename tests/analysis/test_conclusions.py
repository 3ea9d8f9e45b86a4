"""The report concludes as the design says: every question, every kind of endpoint, every result."""

from __future__ import annotations

import re

import pytest

from equipoise.analysis.conclusion import judging
from tests.analysis.asked import asked, binary, conclusions, continuous, timed

ONE, TWO = "alpha: 0.025, sides: 1, power: 0.9", "alpha: 0.05, sides: 2, power: 0.9"
RATES = "rates: {control: 0.6, experimental: 0.8}"
FEWER = "rates: {control: 0.6, experimental: 0.4}"
RATIO = "rates: {control: 0.6, experimental: 0.8, measure: ratio}"
MEANS = "means: {control: 0, experimental: 1, sd: 1}"
LOWER = "means: {control: 1, experimental: 0, sd: 1}"
HAZARDS, BETTER_MORE = "hazard_ratio: 0.7", "hazard_ratio: 1.5"
SUPERIOR, NON_INFERIOR = "question: superiority", "question: non_inferiority"
NO = 150  # participants planned: all are there

# What is measured, what is asked, on how many sides, the outcome, and what follows.
TABLE = [
    # binary: 56/70 against 48/80 is 20 points, 5.2 to 33.4 (Newcombe 1998, method 10); chi-square p 0.008
    ("proportion", SUPERIOR, RATES, TWO, binary(56, 48), "shown"),
    ("proportion", SUPERIOR, RATES, ONE, binary(56, 48), "shown"),
    ("proportion", SUPERIOR, RATES, TWO, binary(48, 56), "not_shown"),
    ("proportion", SUPERIOR, RATES, TWO, binary(20, 70), "opposite"),
    ("proportion", SUPERIOR, RATES, ONE, binary(20, 70), "not_shown"),
    ("proportion", SUPERIOR, FEWER, TWO, binary(56, 48), "opposite"),
    ("proportion", SUPERIOR, FEWER, ONE, binary(56, 48), "not_shown"),
    ("proportion", SUPERIOR, FEWER, ONE, binary(20, 70), "shown"),
    ("proportion", f"{NON_INFERIOR}, margin: -0.1", RATES, ONE, binary(56, 48), "shown"),
    ("proportion", f"{NON_INFERIOR}, margin: -0.1", "", ONE, binary(56, 48), "shown"),
    ("proportion", f"{NON_INFERIOR}, margin: -0.1", RATES, ONE, binary(48, 56), "not_shown"),
    ("proportion", f"{NON_INFERIOR}, margin: -0.2", RATES, ONE, binary(48, 56), "shown"),
    ("proportion", f"{NON_INFERIOR}, margin: -0.1", RATES, TWO, binary(20, 70), "opposite"),
    ("proportion", f"{NON_INFERIOR}, margin: -0.1", RATES, ONE, binary(20, 70), "not_shown"),
    ("proportion", f"{NON_INFERIOR}, margin: 0.1", FEWER, ONE, binary(20, 70), "shown"),
    ("proportion", f"{NON_INFERIOR}, margin: 0.1", FEWER, ONE, binary(56, 48), "not_shown"),
    ("proportion", f"{NON_INFERIOR}, margin: 0.9", RATIO, ONE, binary(56, 48), "shown"),
    ("proportion", f"{NON_INFERIOR}, margin: 0.9", RATIO, ONE, binary(40, 56), "not_shown"),
    ("proportion", f"{NON_INFERIOR}, margin: 0.6", RATIO, ONE, binary(40, 56), "shown"),
    ("mean", SUPERIOR, MEANS, TWO, continuous(1, 0), "shown"),
    ("mean", SUPERIOR, MEANS, TWO, continuous(0.1, 0), "not_shown"),
    ("mean", SUPERIOR, MEANS, TWO, continuous(-1, 0), "opposite"),
    ("mean", SUPERIOR, MEANS, ONE, continuous(-1, 0), "not_shown"),
    ("mean", SUPERIOR, LOWER, ONE, continuous(-1, 0), "shown"),
    ("mean", f"{NON_INFERIOR}, margin: -0.5", MEANS, ONE, continuous(-0.1, 0), "shown"),
    ("mean", f"{NON_INFERIOR}, margin: -0.3", MEANS, ONE, continuous(-0.1, 0), "not_shown"),
    ("mean", f"{NON_INFERIOR}, margin: 0.5", LOWER, ONE, continuous(0.1, 0), "shown"),
    ("mean", f"{NON_INFERIOR}, margin: 0.5", "", ONE, continuous(1, 0), "not_shown"),
    ("mean", f"{NON_INFERIOR}, margin: 0.5", LOWER, TWO, continuous(2, 0), "opposite"),
    *[
        (method, question, hazards, sides, outcome, follows)
        for method in ("logrank", "cox")
        for question, hazards, sides, outcome, follows in [
            (SUPERIOR, HAZARDS, TWO, timed(70, 80, 3), "shown"),
            (SUPERIOR, HAZARDS, TWO, timed(70, 80, 1.14), "not_shown"),
            (SUPERIOR, HAZARDS, TWO, timed(70, 80, 0.3), "opposite"),
            (SUPERIOR, HAZARDS, ONE, timed(70, 80, 0.3), "not_shown"),
            (SUPERIOR, BETTER_MORE, ONE, timed(70, 80, 0.3), "shown"),
            (f"{NON_INFERIOR}, margin: 1.3", HAZARDS, ONE, timed(70, 80, 3), "shown"),
            (f"{NON_INFERIOR}, margin: 1.3", "hazard_ratio: 1", ONE, timed(70, 80, 1.14), "not_shown"),
            (f"{NON_INFERIOR}, margin: 1.9", "hazard_ratio: 1", ONE, timed(70, 80, 1.14), "shown"),
            (f"{NON_INFERIOR}, margin: 1.3", HAZARDS, TWO, timed(70, 80, 0.2), "opposite"),
            (f"{NON_INFERIOR}, margin: 0.8", BETTER_MORE, ONE, timed(70, 80, 0.3), "shown"),
        ]
    ],
    ("rmst, tau_days: 600", SUPERIOR, HAZARDS, ONE, timed(70, 80, 3), "shown"),
    ("rmst, tau_days: 200", SUPERIOR, HAZARDS, TWO, timed(70, 80, 0.3), "opposite"),
    ("milestone, at_days: [400]", SUPERIOR, HAZARDS, ONE, timed(70, 80, 3), "shown"),
    ("cumulative_incidence, at_days: [400]", SUPERIOR, HAZARDS, ONE, timed(70, 80, 3), "shown"),
    ("cumulative_incidence, at_days: [150]", SUPERIOR, HAZARDS, TWO, timed(70, 80, 0.3), "opposite"),
    (
        "maxcombo, weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}]",
        SUPERIOR, HAZARDS, ONE, timed(70, 80, 3), "shown",
    ),
]  # fmt: skip
WORDS = {
    ("superiority", "shown"): ("is superior to", "优效于"),
    ("superiority", "not_shown"): ("was not shown", "未显示"),
    ("superiority", "opposite"): ("did worse than", "差于"),
    ("non_inferiority", "shown"): ("is non-inferior to", "非劣效于"),
    ("non_inferiority", "not_shown"): ("was not shown", "未显示"),
    ("non_inferiority", "opposite"): ("by more than the margin", "劣于"),
}


def run_of(case, **more):
    method, question, assumed, sides, outcome, _ = case
    planned = "events: 150" if "time_to_event" in outcome else f"participants: {NO}"
    design = ", ".join(part for part in (question, assumed, sides, planned) if part)
    name, _, options = method.partition(", ")
    return asked(outcome, design, name, options=f", {options}" if options else "", **more)


def wrong(case):
    """What a case says that it should not."""
    run = run_of(case)
    (told,) = conclusions(run)
    result = next(r for r in run.results["results"] if r.get("conclusions"))
    found = [] if told["verdict"] == case[-1] else [f"verdict {told['verdict']}"]
    said = result["interpretation"]
    for language, words in zip(("en", "zh"), WORDS[told["question"], told["verdict"]], strict=True):
        if words not in said[language]:
            found.append(said[language])
    if run.results["design"]["stage"] != "final":
        found.append("not final")
    if "non_inferiority" in case[1]:
        low, high, null = told["ci_lower"], told["ci_upper"], told["null"]
        shown = low > null if told["benefit"] == "above" else (high or 1e9) < null
        if shown != (told["verdict"] == "shown") or told["confidence"] != pytest.approx(0.95):
            found.append("limit and verdict differ")
        if (told["p_one_sided"] < 0.025) != shown:
            found.append("p-value and verdict differ")
    return found


@pytest.mark.parametrize("case", TABLE, ids=lambda case: " ".join(case[:2]) if isinstance(case, tuple) else None)
def test_a_result_concludes_as_the_design_asks(case):
    assert wrong(case) == []


@pytest.mark.parametrize("flaw", ["no margin", "no side"])
def test_control_a_margin_or_a_side_that_is_not_read_is_noticed(monkeypatch, flaw):
    asks = judging.question_of

    def careless(protocol):
        from dataclasses import replace

        question = asks(protocol)
        none = 1.0 if question.measure in ("hazard_ratio", "rate_ratio") else 0.0
        return replace(question, null=none) if flaw == "no margin" else replace(question, benefit="above")

    monkeypatch.setattr(judging, "question_of", careless)
    assert sum(bool(wrong(case)) for case in TABLE) >= 5


def test_a_margin_is_told_with_its_limit_and_no_p_value_of_equality():
    """56/70 against 48/80: 5.24 to 33.39 points (Newcombe 1998, Stat Med 17:873, table II, method 10)."""
    run = run_of(TABLE[8])
    result = next(r for r in run.results["results"] if r.get("conclusions"))
    (told,) = result["conclusions"]
    assert (told["ci_lower"], told["ci_upper"]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    words = result["interpretation"]["en"]
    assert (
        "the lower limit of the 95% confidence interval of the difference of proportions, 5.2 percentage points"
        in words
    )
    assert "lies above the margin of −10 percentage points (one-sided p < 0.001 against 0.025)" in words
    assert "p = 0.008" not in words
    assert "planned 0.05" not in words
    assert "下限为 5.2 个百分点，高于非劣效界值 −10 个百分点" in result["interpretation"]["zh"]


def test_limits_that_round_to_the_margin_are_told_with_more_digits():
    lower = conclusions(run_of(("proportion", f"{NON_INFERIOR}, margin: -0.1", RATES, ONE, binary(48, 56), "")))[0][
        "ci_lower"
    ]
    margin = round(lower - 0.00004, 6)
    run = run_of(("proportion", f"{NON_INFERIOR}, margin: {margin}", RATES, ONE, binary(48, 56), ""))
    assert conclusions(run)[0]["verdict"] == "shown"
    near, null = (f"{100 * value:.3f}".replace("-", "−") for value in (lower, margin))
    words = next(r for r in run.results["results"] if r.get("conclusions"))["interpretation"]["en"]
    assert near[:-1] in words
    assert null[:-1] in words


@pytest.mark.parametrize(
    ("outcome", "method", "assumed", "verdict"),
    [
        (binary(40, 0), "proportion", "rates: {control: 0.4, experimental: 0.6}", "shown"),
        (binary(30, 0), "proportion", "rates: {control: 0.4, experimental: 0.6}", "not_shown"),
        (binary(10, 0), "proportion", "rates: {control: 0.4, experimental: 0.2}", "shown"),
        (continuous(1, 0), "mean", "means: {control: 0.5, experimental: 1, sd: 1}", "shown"),
        (continuous(0.6, 0), "mean", "means: {control: 0.5, experimental: 1, sd: 1}", "not_shown"),
    ],
)
def test_one_arm_is_compared_with_what_the_design_states(outcome, method, assumed, verdict):
    one = "arms: [{id: B, remove: true}]\nrandomization: {ratio: {value: {A: 1}}}"
    run = asked(outcome, f"{SUPERIOR}, {assumed}, {ONE}, participants: 70", method, one, only="A")
    (told,) = conclusions(run)
    assert told["verdict"] == verdict
    words = next(r for r in run.results["results"] if r.get("conclusions"))["interpretation"]
    assert ("is better than" in words["en"]) == (verdict == "shown")
    assert ("结果优于对照值" in words["zh"]) == (verdict == "shown")


def test_a_side_that_the_design_does_not_state_is_not_guessed():
    run = asked(binary(56, 48), f"{SUPERIOR}, {ONE}, participants: 150", "proportion")
    (told,) = conclusions(run)
    assert told["verdict"] == "no_side"
    assert "which side the benefit lies" in told["words"]["en"]


def test_a_reference_that_is_the_experimental_arm_turns_nothing():
    run = run_of(TABLE[8][:4] + (binary(56, 48), ""))
    turned = asked(
        binary(56, 48), f"{NON_INFERIOR}, margin: -0.1, {RATES}, {ONE}, participants: 150", "proportion",
        options=", reference: A",
    )  # fmt: skip
    for key in ("group", "reference", "verdict", "ci_lower", "z"):
        assert (
            conclusions(turned)[0][key] == pytest.approx(conclusions(run)[0][key])
            if key in ("ci_lower", "z")
            else (conclusions(turned)[0][key] == conclusions(run)[0][key])
        )


def test_masked_and_hidden_arms_answer_nothing():
    from equipoise.analysis import analyze_cut
    from equipoise.datacut import freeze
    from tests.analysis.asked import outcomes_of

    run_of(TABLE[0])
    trial = outcomes_of(None)
    trial.protocol = trial.protocol.model_copy(
        update={"randomization": trial.protocol.randomization.model_copy(update={"blinding": "double"})}
    )
    hidden = analyze_cut(freeze(trial), trial.protocol)
    assert conclusions(hidden) == []
    assert not any("planned 0.05" in r["interpretation"]["en"] for r in hidden.results["results"])
    masked = analyze_cut(freeze(trial, arms="masked"), trial.protocol)
    assert [told["verdict"] for told in conclusions(masked)] == ["masked"]


def test_without_a_design_a_p_value_is_held_against_nothing(tmp_path):
    from equipoise.analysis import analyze_cut
    from equipoise.datacut import freeze
    from tests.analysis.trial import small_trial

    trial = small_trial(tmp_path)
    run = analyze_cut(freeze(trial), trial.protocol)
    assert run.results["design"] is None
    assert conclusions(run) == []
    tested = [r for r in run.results["results"] if r.get("p_value") is not None]
    said = [r["interpretation"] for r in tested]
    assert tested
    assert not any("planned" in one["en"] or "预设" in one["zh"] for one in said)
    assert all(re.search(r"p [=<] 0\.", one["en"]) for one in said)


@pytest.mark.parametrize("method", ["proportional_hazards", "interaction"])
def test_a_test_of_an_assumption_judges_only_beside_a_planned_level(method):
    from equipoise.analysis.interpretation import render_interpretation

    result = {"method": method, "p_value": 0.04, "chi_square": 4.2, "role": "primary"}
    open_, planned = (render_interpretation(result, {}, alpha) for alpha in (None, 0.05))
    assert "p = 0.040" in open_["en"]
    assert "P = 0.040" in open_["zh"]
    assert open_ != planned
    assert "changes over time" not in open_["en"]
    assert "may vary" not in open_["en"]


def test_a_mean_without_spread_answers_nothing_and_says_why():
    one = "arms: [{id: B, remove: true}]\nrandomization: {ratio: {value: {A: 1}}}"
    assumed = "means: {control: 0.5, experimental: 1, sd: 1}"
    run = asked(continuous(1, 0, 0), f"{SUPERIOR}, {assumed}, {ONE}, participants: 70", "mean", one, only="A")
    result = next(r for r in run.results["results"] if r.get("conclusions"))
    assert result["conclusions"][0]["verdict"] == "not_estimated"
    assert any("no spread" in note["why"] and "离散度" in note["zh"]["why"] for note in result["findings"])


@pytest.mark.parametrize(("better", "verdict"), [("higher", "shown"), ("lower", "not_shown")])
def test_where_nothing_is_assumed_the_endpoint_says_which_side_is_better(better, verdict):
    side = f"endpoints: [{{id: out, better: {better}}}]"
    run = asked(binary(56, 48), f"{SUPERIOR}, {ONE}, participants: 150", "proportion", side)
    assert conclusions(run)[0]["verdict"] == verdict
