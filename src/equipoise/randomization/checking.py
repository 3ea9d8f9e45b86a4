"""Is the scheme possible, and is it hard enough to foresee?

Promises one Finding per fault, each with its mending; warnings for what is allowed and unwise. Refuses to know the
protocol document: the room above says where in the file the scheme stands. Clauses: ICH E9 2.3.2; CPMP/EWP/2863/99.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

from equipoise.findings import Finding
from equipoise.randomization.scheme import Kind, Measure, Scheme
from equipoise.randomization.words import finding, warning

__all__ = ["check_scheme"]


def check_scheme(scheme: Scheme, factors: Collection[str] | None = None) -> list[Finding]:
    """Everything that makes the scheme impossible or predictable; warnings where it is merely easy to guess.

    `factors`: the names of the stratification factors, when known, to find weights that name none of them.
    """
    if scheme.kind not in get_args(Kind):
        return [finding("randomization.kind", "randomization.kind", kind=scheme.kind, kinds=get_args(Kind))]
    # Without arms and shares that make sense, whatever else could be said of the scheme would mislead.
    if found := list(_check_ratio(scheme)):
        return found
    if scheme.version < 1:
        found.append(finding("randomization.version", "randomization.version", version=scheme.version))
    match scheme.kind:
        case "permuted_blocks":
            found += _check_blocks(scheme)
        case "minimization":
            found += _check_minimization(scheme, factors)
        case "big_stick":
            found += _check_big_stick(scheme)
    return found


def _check_ratio(scheme: Scheme) -> Iterator[Finding]:
    if len(scheme.ratio) < 2:
        yield finding("randomization.arms", "randomization.ratio", arms=len(scheme.ratio))
    for arm in sorted({arm for arm in scheme.arms if scheme.arms.count(arm) > 1}):
        yield finding("randomization.arm_twice", f"randomization.ratio.{arm}", arm=arm)
    for arm, weight in scheme.ratio:
        if weight < 1:
            yield finding("randomization.weight", f"randomization.ratio.{arm}", arm=arm, weight=weight)


def _check_blocks(scheme: Scheme) -> list[Finding]:
    sizes, total, here = scheme.block_sizes, scheme.total, "randomization.block_sizes"
    if not sizes:
        return [finding("randomization.no_block_sizes", here, total=total)]
    possible = (total, 2 * total, 3 * total)
    found = [
        finding("randomization.block_size", here, size=size, total=total, sizes=possible)
        for size in sizes
        if size < 1 or size % total
    ]
    # A size that is listed twice is drawn twice as often: a length that most blocks have can be guessed.
    if len(set(sizes)) < len(sizes):
        found.append(finding("randomization.block_size_twice", here))
    if found:
        return found
    if len(sizes) == 1:
        found.append(warning("randomization.one_block_size", here, size=sizes[0]))
    # In a block that holds each arm once the earlier places tell on the last: with two arms every second is certain.
    if min(sizes) == total == len(scheme.ratio):
        found.append(warning("randomization.small_block", here, total=total, least=2 * total))
    return found


def _check_minimization(scheme: Scheme, factors: Collection[str] | None) -> Iterator[Finding]:
    arms = len(scheme.ratio)
    # With p = 1 whoever counts the totals of the site foresees the next arm; with p below 1/arms the coin works against
    # the balance that it should keep. `not <` also catches a p that is not a number.
    if not scheme.p < 1:
        yield finding("randomization.predictable", "randomization.p", p=scheme.p)
    elif scheme.p < 1 / arms - 1e-9:  # 1/3 has no exact float
        yield finding("randomization.p_too_small", "randomization.p", p=scheme.p, arms=arms)
    if scheme.measure not in get_args(Measure):
        measures = get_args(Measure)
        yield finding("randomization.measure", "randomization.measure", measure=scheme.measure, measures=measures)
    for name, weight in scheme.weights:
        here = f"randomization.weights.{name}"
        if not 0 < weight < float("inf"):
            yield finding("randomization.factor_weight", here, factor=name, weight=weight)
        if factors is not None and name not in factors:
            yield finding("randomization.unknown_factor", here, factor=name, factors=sorted(factors))
    named = [name for name, _ in scheme.weights]
    if len(set(named)) < len(named):
        yield finding("randomization.factor_twice", "randomization.weights")
    if factors is not None and not factors:
        yield finding("randomization.no_factors", "randomization.factors")


def _check_big_stick(scheme: Scheme) -> Iterator[Finding]:
    # That the imbalance stays within the limit, and how many allocations are forced, is known of a fair coin alone.
    if len(scheme.ratio) != 2 or scheme.ratio[0][1] != scheme.ratio[1][1]:
        shares = ":".join(str(weight) for _, weight in scheme.ratio)
        yield finding("randomization.big_stick_ratio", "randomization.ratio", shares=shares)
    if scheme.limit < 1:
        yield finding("randomization.limit", "randomization.limit", limit=scheme.limit)
    elif scheme.limit == 1:
        yield warning("randomization.limit_of_one", "randomization.limit")
