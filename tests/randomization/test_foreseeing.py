"""What somebody who knows the scheme foresees: fractions worked out by hand, and every way counted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest

from equipoise.randomization import Past, Scheme, allocate
from equipoise.randomization.foreseeing import Drawn, foresee, imbalance_bound, reverse_propensities

EVEN = (("A", 1), ("B", 1))
UNEVEN = (("A", 2), ("B", 1))


def past(arms: str, **said: object) -> list[Past]:
    return [Past(f"P{n}", n, "all", (), arm, **said) for n, arm in enumerate(arms, start=1)]


def blocks(*sizes: int, ratio=EVEN) -> Scheme:
    return Scheme("permuted_blocks", ratio, block_sizes=sizes)


def counted(scheme: Scheme, arms: str) -> Fraction:
    """The chance of A next, by writing down every way in which two or more blocks can follow one another."""

    def ways(left: int) -> list[tuple[Fraction, str]]:
        if left <= 0:
            return [(Fraction(1), "")]
        found = []
        for size in scheme.block_sizes:
            letters = "".join(arm * (weight * size // scheme.total) for arm, weight in scheme.ratio)
            orders = [*permutations(letters)]
            for order, (chance, rest) in product(orders, ways(left - size)):
                found.append((chance / len(scheme.block_sizes) / len(orders), "".join(order) + rest))
        return found

    fitting = [(chance, word) for chance, word in ways(len(arms) + 1) if word.startswith(arms)]
    return sum(c for c, w in fitting if w[len(arms)] == "A") / sum(c for c, _ in fitting)


# Worked out by hand. Blocks of 4, AB: A leaves A B B, and so 1/3; AA leaves B B. Blocks of 2 or 4 after A: both sizes
# begin with A half of the time, so they stay equally likely; of 2 there follows B, of 4 there follows A with 1/3: 1/6.
# After AB of sizes 2 and 4: 2 gave AB with 1/2, 4 with 1/2 * 2/3 = 1/3; a new block (3/5) gives A with 1/2, else A B left.
@pytest.mark.parametrize(
    ("scheme", "arms", "chance"),
    [
        (blocks(4), "", Fraction(1, 2)),
        (blocks(4), "A", Fraction(1, 3)),
        (blocks(4), "AA", Fraction(0)),
        (blocks(4), "ABB", Fraction(1)),
        (blocks(4), "ABBAA", Fraction(1, 3)),
        (blocks(2, 4), "A", Fraction(1, 6)),
        (blocks(2, 4), "AB", Fraction(1, 2)),
        (blocks(3, ratio=UNEVEN), "A", Fraction(1, 2)),
        (blocks(3, ratio=UNEVEN), "B", Fraction(1)),
    ],
)
def test_blocks_are_foreseen_as_a_hand_works_it_out(scheme, arms, chance):
    assert foresee(scheme, "all", {}, past(arms))["A"] == pytest.approx(float(chance), abs=1e-15)


@pytest.mark.parametrize("scheme", [blocks(2, 4), blocks(3, 6, ratio=UNEVEN)])
def test_every_way_to_divide_what_was_seen_is_counted(scheme):
    for length in range(5):
        for arms in map("".join, product("AB", repeat=length)):
            try:
                wanted = counted(scheme, arms)
            except ZeroDivisionError:
                continue  # no blocks begin so
            assert foresee(scheme, "all", {}, past(arms))["A"] == pytest.approx(float(wanted), abs=1e-12), arms


def test_the_other_schemes_are_foreseen_by_what_they_look_at():
    stick = Scheme("big_stick", EVEN, limit=2)
    assert [foresee(stick, "all", {}, past(arms))["A"] for arms in ("", "A", "AA", "BB", "AAB")] == [
        0.5,
        0.5,
        0,
        1,
        0.5,
    ]
    assert foresee(stick, "all", {}, past("AA", in_error=True))["A"] == 0.5
    assert foresee(Scheme("complete", UNEVEN), "all", {}, past("AAAA")) == {"A": 2 / 3, "B": 1 / 3}
    minimized = Scheme("minimization", EVEN, p=0.8)
    ahead = [Past("P1", 1, "sex=F", (("sex", "F"),), "A")]
    assert foresee(minimized, "sex=F", {"sex": "F"}, ahead) == pytest.approx({"A": 0.2, "B": 0.8})
    assert foresee(minimized, "sex=M", {"sex": "M"}, ahead) == pytest.approx({"A": 0.5, "B": 0.5})


def test_strata_and_versions_are_foreseen_apart_and_marks_count_from_when_they_were_made():
    scheme = blocks(4)
    other = [Past("P1", 1, "sex=F", (("sex", "F"),), "A")]
    assert foresee(scheme, "sex=M", {"sex": "M"}, other)["A"] == 0.5
    drawn = [Drawn(one) for one in past("AAB", version=1)] + [Drawn(Past("P4", 4, "all", (), "B", version=2))]
    assert [
        one["A"] for one in reverse_propensities({1: scheme, 2: replace(scheme, version=2)}, drawn)
    ] == pytest.approx([1 / 2, 1 / 3, 0, 1 / 2])
    stick = Scheme("big_stick", EVEN, limit=1)
    drawn = [Drawn(one, in_error_after=2 if one.position == 1 else None) for one in past("ABB")]
    assert [one["A"] for one in reverse_propensities({1: stick}, drawn)] == [0.5, 0, 1]


def test_a_long_history_keeps_its_digits():
    scheme = blocks(4, 6)
    arms = "ABBA" * 900
    assert sum(foresee(scheme, "all", {}, past(arms)).values()) == pytest.approx(1)


def test_what_was_really_drawn_is_as_likely_as_was_foreseen():
    """Over many secrets, arms that were foreseen with a chance come about as often: each scheme, against its own engine."""
    for scheme in (blocks(2, 4), Scheme("big_stick", EVEN, limit=2)):
        sums: dict[float, list[float]] = {}
        for key in range(60):
            made: list[Past] = []
            for n in range(1, 9):
                chance = foresee(scheme, "all", {}, made)["A"]
                arm = allocate(scheme, key.to_bytes(32, "big"), "s", {}, made).arm
                sums.setdefault(round(chance, 3), []).append(arm == "A")
                made.append(Past(f"P{n}", n, "all", (), arm))
        for chance, came in sums.items():
            if chance in (0, 1):
                assert set(came) == {bool(chance)}
            else:  # four standard errors: one of 16 000 falls outside
                assert abs(sum(came) / len(came) - chance) <= 4 * (chance * (1 - chance) / len(came)) ** 0.5


def test_what_a_scheme_bounds():
    assert imbalance_bound(blocks(4, 6)) == 1.5
    assert imbalance_bound(blocks(6, ratio=UNEVEN)) == pytest.approx(4 / 3)
    assert imbalance_bound(Scheme("big_stick", EVEN, limit=3)) == 1.5
    assert imbalance_bound(Scheme("complete", EVEN)) is None
