"""Blocks, big stick and guessing: exact enumeration first, then the engine against it.

The guess rates come from an independent calculation of the same designs (one stratum of 48, two arms, 4,000 simulated
trials, convergence strategy of Blackwell and Hodges 1957): big stick 3 57.9 %, random blocks {4,6} 68.9 %,
blocks of 4 70.7 %, complete 49.9 %. Its standard error is about 0.1 percentage points.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter

import pytest
from scipy import stats

from equipoise.chance import SealedStream
from equipoise.randomization import Past, Scheme, allocate, allocate_in_turn
from equipoise.randomization.blocks import draw_from_blocks

SECRET = bytes(range(32))
AB = (("A", 1), ("B", 1))
BLOCKS = Scheme("permuted_blocks", AB, block_sizes=(4, 6))
BIG_STICK = Scheme("big_stick", AB, limit=3)
N = 48


def orders(scheme: Scheme, trials: int, *, shift: int = 0) -> Counter[tuple[str, ...]]:
    """The first block of many independent streams."""
    size = scheme.block_sizes[0]
    return Counter(
        tuple(draw_from_blocks(scheme, SealedStream(SECRET, trial), shift + place)[0] for place in range(size))
        for trial in range(trials)
    )


def check_every_order_equally_likely(found: Counter[tuple[str, ...]], arms: str) -> None:
    possible = set(itertools.permutations(arms))
    assert set(found) <= possible
    assert stats.chisquare([found[order] for order in possible]).pvalue > 0.001


def test_every_order_of_a_block_is_equally_likely() -> None:
    check_every_order_equally_likely(orders(Scheme("permuted_blocks", AB, block_sizes=(4,)), 3000), "AABB")
    two_to_one = Scheme("permuted_blocks", (("A", 2), ("B", 1)), block_sizes=(3,))
    check_every_order_equally_likely(orders(two_to_one, 1500), "AAB")


def test_control_a_block_read_from_the_wrong_place_is_noticed() -> None:
    with pytest.raises(AssertionError):
        check_every_order_equally_likely(orders(Scheme("permuted_blocks", AB, block_sizes=(4,)), 3000, shift=1), "AABB")


def test_block_sizes_are_equally_likely_and_every_block_is_balanced() -> None:
    sizes: Counter[int] = Counter()
    for trial in range(150):
        made = allocate_in_turn(BLOCKS, SECRET, f"study-{trial}", [{}] * 40)
        blocks: dict[object, list[str]] = {}
        for allocation in made:
            blocks.setdefault(allocation.detail["block"], []).append(allocation.arm)
        for arms in list(blocks.values())[:-1]:
            assert arms.count("A") == arms.count("B")
        sizes.update(len(arms) for arms in list(blocks.values())[:5])
    assert set(sizes) == {4, 6}
    assert stats.chisquare(list(sizes.values())).pvalue > 0.001


def test_a_stratum_never_runs_out() -> None:
    arms = [a.arm for a in allocate_in_turn(BLOCKS, SECRET, "long", [{"risk": "high"}] * 700)]
    assert abs(arms.count("A") - arms.count("B")) <= 3


def test_a_new_version_starts_a_new_block_in_every_stratum() -> None:
    past = [Past(str(n), n, "all", (), "A", version=1) for n in range(1, 4)]
    assert allocate(BLOCKS, SECRET, "s", {}, past).detail["place"] == 4
    second = Scheme("permuted_blocks", AB, block_sizes=(6, 8), version=2)
    now = allocate(second, SECRET, "s", {}, past)
    assert (now.detail["block"], now.detail["place"], now.stratum_position) == (1, 1, 4)


def leads(arms: list[str]) -> list[int]:
    return list(itertools.accumulate(1 if arm == "A" else -1 for arm in arms))


def check_limit(sequences: list[list[str]], limit: int) -> None:
    assert max(abs(lead) for arms in sequences for lead in leads(arms)) == limit


def big_sticks(limit: int) -> list[list[str]]:
    scheme = Scheme("big_stick", AB, limit=limit)
    return [[a.arm for a in allocate_in_turn(scheme, SECRET, f"s{t}", [{}] * N)] for t in range(150)]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_the_big_stick_reaches_its_limit_and_never_passes_it(limit: int) -> None:
    check_limit(big_sticks(limit), limit)


def test_control_a_larger_limit_is_noticed() -> None:
    with pytest.raises(AssertionError):
        check_limit(big_sticks(4), 3)


def test_the_big_stick_forgets_who_was_randomized_in_error() -> None:
    past = [Past(str(n), n, "all", (), "A", in_error=n == 3) for n in range(1, 4)]
    now = allocate(BIG_STICK, SECRET, "s", {}, past)
    assert now.detail == {"lead": 2, "forced": 0}
    kept = [Past(str(n), n, "all", (), "A") for n in range(1, 4)]
    assert allocate(BIG_STICK, SECRET, "s", {}, kept).arm == "B"


def exact_guess_rate_big_stick(limit: int) -> float:
    """By the Markov chain of the lead: at 0 half of the bets are right, at the limit all, between them half."""
    at, right = {0: 1.0}, 0.0
    for _ in range(N):
        following: dict[int, float] = {}
        for lead, share in at.items():
            if abs(lead) == limit:
                steps = {lead - (1 if lead > 0 else -1): 1.0}
            else:
                steps = {lead + 1: 0.5, lead - 1: 0.5}
            right += share * (1.0 if abs(lead) == limit else 0.5)
            for target, probability in steps.items():
                following[target] = following.get(target, 0.0) + share * probability
        at = following
    return right / N


def exact_guess_rate_blocks(sizes: tuple[int, ...]) -> float:
    """By conditioning on the place within the block: the bet is on the arm with more copies left."""

    def within(left_a: int, left_b: int, steps: int) -> float:
        if steps == 0 or left_a + left_b == 0:
            return 0.0
        a = left_a / (left_a + left_b)
        bet = 0.5 if left_a == left_b else max(a, 1 - a)
        return (
            bet
            + (a * within(left_a - 1, left_b, steps - 1) if left_a else 0.0)
            + ((1 - a) * within(left_a, left_b - 1, steps - 1) if left_b else 0.0)
        )

    starts, right = {0: 1.0}, 0.0
    for used in range(N):
        for size in sizes:
            share = starts.get(used, 0.0) / len(sizes)
            right += share * within(size // 2, size // 2, min(size, N - used))
            starts[used + size] = starts.get(used + size, 0.0) + share
    return right / N


def guess_rate(scheme: Scheme, trials: int) -> float:
    right = 0.0
    for trial in range(trials):
        lead = 0
        for allocation in allocate_in_turn(scheme, SECRET, f"guess-{trial}", [{}] * N):
            right += 0.5 if lead == 0 else float((allocation.arm == "B") == (lead > 0))
            lead += 1 if allocation.arm == "A" else -1
    return right / (trials * N)


PUBLISHED = [
    (BIG_STICK, exact_guess_rate_big_stick(3), 0.579),
    (Scheme("big_stick", AB, limit=2), exact_guess_rate_big_stick(2), 0.619),
    (BLOCKS, exact_guess_rate_blocks((4, 6)), 0.689),
    (Scheme("permuted_blocks", AB, block_sizes=(4,)), exact_guess_rate_blocks((4,)), 0.707),
    (Scheme("complete", AB), 0.5, 0.499),
]


@pytest.mark.parametrize(("scheme", "exact", "simulated"), PUBLISHED)
def test_the_engine_is_as_hard_to_guess_as_its_design(scheme: Scheme, exact: float, simulated: float) -> None:
    trials = 120
    assert exact == pytest.approx(simulated, abs=0.005)  # four standard errors and the rounding to 0.1 %
    assert guess_rate(scheme, trials) == pytest.approx(exact, abs=4 * math.sqrt(0.25 / (trials * N)))


def test_control_another_design_has_another_guess_rate() -> None:
    with pytest.raises(AssertionError):
        assert guess_rate(BLOCKS, 120) == pytest.approx(PUBLISHED[0][1], abs=4 * math.sqrt(0.25 / (120 * N)))
