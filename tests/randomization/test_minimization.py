"""Minimization against two published worked examples and against a short oracle written from the paper."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from fractions import Fraction

import pytest

from equipoise.findings import Refusal
from equipoise.randomization import Past, Scheme, allocate, allocate_in_turn
from equipoise.randomization.minimization import arm_probabilities, draw_by_minimization, imbalance_scores

SECRET = bytes(range(32))
AB = (("A", 1), ("B", 1))


def past_of(rows: list[tuple[str, dict[str, str]]], in_error: int = 0) -> list[Past]:
    return [
        Past(str(n), n, "", tuple(sorted(factors.items())), arm, in_error=n == in_error)
        for n, (arm, factors) in enumerate(rows, start=1)
    ]


def test_the_worked_example_of_scott_and_others_gives_four_and_two() -> None:
    # Scott et al., Control Clin Trials 23 (2002) 662, as printed in PMC3503622, table 3: the next one has a high
    # baseline rate (2 against 2 so far) and a moderate covariate rate (3 against 1 so far); the control is preferred.
    baseline = {"intervention": ["high"] * 2 + ["moderate"] * 2 + ["low"], "control": ["high"] * 2 + ["moderate"] * 3}
    covariate = {"intervention": ["moderate"] * 3 + ["high"] * 2, "control": ["moderate"] + ["high"] * 3 + ["low"]}
    rows = [
        (arm, {"baseline": level, "covariate": other})
        for arm in baseline
        for level, other in zip(baseline[arm], covariate[arm], strict=True)
    ]
    scheme = Scheme("minimization", (("intervention", 1), ("control", 1)), p=0.8)
    scores = imbalance_scores(scheme, {"baseline": "high", "covariate": "moderate"}, past_of(rows))
    assert scores == {"intervention": 4, "control": 2}
    assert arm_probabilities(scheme, scores) == {"intervention": Fraction(1, 5), "control": Fraction(4, 5)}


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [("AC", ("0.7", "0.12", "0.18")), ("PL", ("0.06", "0.76", "0.18")), ("DI", ("0.06", "0.12", "0.82"))],
)
def test_the_biased_coin_of_han_and_others_for_one_two_three(preferred: str, expected: tuple[str, ...]) -> None:
    # Han, Enas and McEntegart, Statistics in Medicine 28 (2009) 3329: ratio 1:2:3, base probability 0.7.
    scheme = Scheme("minimization", (("AC", 1), ("PL", 2), ("DI", 3)), p=0.7)
    scores = {arm: Fraction(arm != preferred) for arm in scheme.arms}
    assert tuple(arm_probabilities(scheme, scores).values()) == tuple(map(Fraction, expected))


def test_control_a_plain_coin_would_not_give_the_numbers_of_han() -> None:
    plain = {"AC": Fraction("0.15"), "PL": Fraction("0.7"), "DI": Fraction("0.15")}
    scheme = Scheme("minimization", (("AC", 1), ("PL", 2), ("DI", 3)), p=0.7)
    assert arm_probabilities(scheme, {"AC": Fraction(1), "PL": Fraction(0), "DI": Fraction(1)}) != plain


def test_tied_arms_share_in_their_ratio() -> None:
    scheme = Scheme("minimization", (("A", 2), ("B", 1)), p=0.8)
    all_tied = arm_probabilities(scheme, {"A": Fraction(1), "B": Fraction(1)})
    assert all_tied == {"A": Fraction(2, 3), "B": Fraction(1, 3)}


def oracle(
    ratio: dict[str, int],
    p: float,
    measure: str,
    weights: dict[str, float],
    new: dict[str, str],
    earlier: list[tuple[str, dict[str, str]]],
) -> dict[str, float]:
    """Pocock and Simon (1975) with Han's coin, in floats and loops, written without looking at the engine."""
    spreads: dict[str, Callable[[list[float]], float]] = {
        "range": lambda x: max(x) - min(x),
        "variance": statistics.variance,
        "standard_deviation": statistics.stdev,
    }
    spread = spreads[measure]
    score = {}
    for candidate in ratio:
        score[candidate] = 0.0
        for factor, level in new.items():
            adjusted = []
            for arm, share in ratio.items():
                count = sum(1 for given, who in earlier if given == arm and who[factor] == level)
                adjusted.append((count + (1 if arm == candidate else 0)) / share)
            score[candidate] += weights.get(factor, 1.0) * spread(adjusted)
    best = [arm for arm in ratio if abs(score[arm] - min(score.values())) < 1e-9]
    smallest = min(ratio, key=lambda arm: ratio[arm])
    others = sum(ratio[arm] for arm in ratio if arm != smallest)
    result = dict.fromkeys(ratio, 0.0)
    for preferred in best:
        chance = ratio[preferred] / sum(ratio[arm] for arm in best)
        high = 1 - (1 - p) * sum(ratio[arm] for arm in ratio if arm != preferred) / others
        rest = sum(share for arm, share in ratio.items() if arm != preferred)
        for arm, share in ratio.items():
            result[arm] += chance * (high if arm == preferred else (1 - high) * share / rest)
    return result


@pytest.mark.parametrize("measure", ["range", "variance", "standard_deviation"])
@pytest.mark.parametrize("ratio", [{"A": 1, "B": 1}, {"A": 2, "B": 1}, {"A": 1, "B": 2, "C": 3}])
def test_the_engine_agrees_with_the_oracle(measure: str, ratio: dict[str, int]) -> None:
    source = random.Random(20250106)
    scheme = Scheme("minimization", tuple(ratio.items()), p=0.75, measure=measure, weights=(("stage", 2.5),))  # type: ignore[arg-type]
    rows: list[tuple[str, dict[str, str]]] = []
    for _ in range(60):
        new = {
            "stage": source.choice(["II", "III", "IV"]),
            "ebv": source.choice(["+", "-"]),
            "site": source.choice("123"),
        }
        expected = oracle(ratio, 0.75, measure, {"stage": 2.5}, new, rows)
        found = arm_probabilities(scheme, imbalance_scores(scheme, new, past_of(rows)))
        assert {arm: float(share) for arm, share in found.items()} == pytest.approx(expected, abs=1e-9)
        rows.append((source.choice(list(ratio)), new))


def test_control_the_oracle_notices_a_forgotten_weight() -> None:
    rows = [
        ("A", {"stage": "II", "ebv": "+"}),
        ("B", {"stage": "III", "ebv": "+"}),
        ("B", {"stage": "III", "ebv": "+"}),
    ]
    new = {"stage": "II", "ebv": "+"}
    forgotten = Scheme("minimization", AB, p=0.75)
    found = arm_probabilities(forgotten, imbalance_scores(forgotten, new, past_of(rows)))
    expected = oracle({"A": 1, "B": 1}, 0.75, "range", {"stage": 2.5}, new, rows)
    assert {arm: float(share) for arm, share in found.items()} != pytest.approx(expected, abs=1e-9)


def test_who_was_randomized_in_error_does_not_count() -> None:
    scheme = Scheme("minimization", AB, p=0.8)
    rows = [("A", {"risk": "high"}), ("B", {"risk": "high"}), ("A", {"risk": "high"})]
    assert imbalance_scores(scheme, {"risk": "high"}, past_of(rows)) == {"A": 2, "B": 0}
    assert imbalance_scores(scheme, {"risk": "high"}, past_of(rows, in_error=3)) == {"A": 1, "B": 1}


def test_the_arm_is_the_one_that_the_coin_falls_on() -> None:
    scheme = Scheme("minimization", AB, p=0.8)
    rows = past_of([("A", {"risk": "high"})])
    assert [draw_by_minimization(scheme, u, {"risk": "high"}, rows)[0] for u in (0.0, 0.19, 0.21, 0.99)] == list("AABB")


def imbalance_at_the_end(p: float) -> float:
    source = random.Random(7)
    total = 0
    for trial in range(12):
        people = [{"risk": source.choice("hl"), "site": source.choice("1234")} for _ in range(80)]
        scheme = Scheme("minimization", AB, p=p)
        made = allocate_in_turn(scheme, SECRET, f"balance-{trial}", people)
        for level in "1234":
            arms = [a.arm for a, who in zip(made, people, strict=True) if who["site"] == level]
            total += abs(arms.count("A") - arms.count("B"))
    return total / 48


def test_minimization_balances_the_margins_better_than_a_coin() -> None:
    # A coin leaves about 0.8 * sqrt(20) = 3.6 between the arms of a site of 20.
    assert imbalance_at_the_end(0.9) < 2.2


def test_control_at_p_of_one_half_nothing_is_balanced() -> None:
    assert imbalance_at_the_end(0.5) > 2.2


def test_control_p_of_one_is_refused_because_every_arm_could_be_foreseen() -> None:
    with pytest.raises(Exception, match="without a chance element"):
        allocate(Scheme("minimization", AB, p=1.0), SECRET, "s", {"risk": "high"}, [])


@pytest.mark.parametrize("level", [None, 1, True, 2.5, "", "  "])
def test_a_level_that_is_not_text_is_refused_and_says_of_which_factor(level: object) -> None:
    scheme = Scheme("minimization", AB, p=0.8)
    with pytest.raises(Refusal) as refused:
        allocate(scheme, SECRET, "trial-1", {"sex": "F", "age": level}, [])  # type: ignore[dict-item]
    assert [(one.code, one.where.path) for one in refused.value.findings] == [
        ("randomization.factor_missing", "randomization.factors.age")
    ]
