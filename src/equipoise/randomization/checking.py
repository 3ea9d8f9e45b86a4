"""Is the scheme possible, and is it hard enough to foresee?

Promises one Finding per fault, each with its mending; warnings for what is allowed and unwise. Refuses to know the
protocol document: the room above says where in the file the scheme stands. Clauses: ICH E9 2.3.2; CPMP/EWP/2863/99.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from equipoise.findings import Finding, Where, prose
from equipoise.randomization.scheme import Kind, Measure, Scheme

__all__ = ["check_scheme"]


def _finding(code: str, path: str, what: str, why: str, mend: str, *, warning: bool = False) -> Finding:
    severity: Literal["error", "warning"] = "warning" if warning else "error"
    return prose(f"randomization.{code}", Where(path=f"randomization.{path}"), what, why, mend, severity)


def check_scheme(scheme: Scheme, factors: Collection[str] | None = None) -> list[Finding]:
    """Everything that makes the scheme impossible or predictable; warnings where it is merely easy to guess.

    `factors`: the names of the stratification factors, when known, to find weights that name none of them.
    """
    if scheme.kind not in get_args(Kind):
        kinds = ", ".join(get_args(Kind))
        return [
            _finding(
                "kind",
                "kind",
                f"there is no scheme called {scheme.kind!r}",
                f"the schemes are {kinds}",
                "Choose one of these.",
            )
        ]
    found = _check_ratio(scheme)
    if found:
        return found
    if scheme.version < 1:
        found.append(
            _finding(
                "version",
                "version",
                f"version {scheme.version} is below 1",
                "versions count from 1",
                "Number the first version 1.",
            )
        )
    match scheme.kind:
        case "permuted_blocks":
            found += _check_blocks(scheme)
        case "minimization":
            found += _check_minimization(scheme, factors)
        case "big_stick":
            found += _check_big_stick(scheme)
    return found


def _check_ratio(scheme: Scheme) -> list[Finding]:
    found = []
    if len(scheme.ratio) < 2:
        found.append(
            _finding(
                "arms",
                "ratio",
                f"the ratio names {len(scheme.ratio)} arm(s)",
                "randomization needs at least two",
                "Name every arm with its weight.",
            )
        )
    found += [
        _finding(
            "arm_twice",
            f"ratio.{arm}",
            f"arm {arm!r} is named more than once",
            "its share would be unclear",
            "Give each arm one weight.",
        )
        for arm in sorted({arm for arm in scheme.arms if scheme.arms.count(arm) > 1})
    ]
    found += [
        _finding(
            "weight",
            f"ratio.{arm}",
            f"the weight of arm {arm!r} is {weight}",
            "an arm without a positive share gets nobody",
            "Use a whole number of at least 1, or remove the arm.",
        )
        for arm, weight in scheme.ratio
        if weight < 1
    ]
    return found


def _check_blocks(scheme: Scheme) -> list[Finding]:
    if not scheme.block_sizes:
        return [
            _finding(
                "no_block_sizes",
                "block_sizes",
                "no block size is given",
                "permuted blocks cannot be drawn without one",
                f"Give sizes that are multiples of {scheme.total}.",
            )
        ]
    found = [
        _finding(
            "block_size",
            "block_sizes",
            f"block size {size} is not a multiple of {scheme.total}, the sum of the ratio",
            "such a block cannot hold the arms in their ratio",
            f"Use {scheme.total}, {2 * scheme.total}, {3 * scheme.total} and so on.",
        )
        for size in scheme.block_sizes
        if size < 1 or size % scheme.total
    ]
    if len(set(scheme.block_sizes)) < len(scheme.block_sizes):
        found.append(
            _finding(
                "block_size_twice",
                "block_sizes",
                "a block size is listed twice",
                "it would be drawn more often than the others",
                "List each size once.",
            )
        )
    if not found and len(scheme.block_sizes) == 1:
        found.append(
            _finding(
                "one_block_size",
                "block_sizes",
                f"every block has {scheme.block_sizes[0]} places",
                "who knows the size knows the last allocation of every block",
                "Draw from at least two sizes.",
                warning=True,
            )
        )
    if not found and min(scheme.block_sizes) == scheme.total and len(scheme.ratio) == scheme.total:
        found.append(
            _finding(
                "small_block",
                "block_sizes",
                f"blocks of {scheme.total} hold each arm only once",
                "mixing in the smallest blocks makes the next arm easier to guess",
                f"Start at {2 * scheme.total}.",
                warning=True,
            )
        )
    return found


def _check_minimization(scheme: Scheme, factors: Collection[str] | None) -> list[Finding]:
    found = []
    arms = len(scheme.ratio)
    if not scheme.p < 1:
        found.append(
            _finding(
                "predictable",
                "p",
                f"p is {scheme.p}",
                "minimization without a chance element lets whoever knows the totals foresee every arm "
                "(CPMP/EWP/2863/99)",
                "Use a probability below 1, for example 0.8.",
            )
        )
    elif scheme.p < 1 / arms - 1e-9:  # 1/3 has no exact float
        found.append(
            _finding(
                "p_too_small",
                "p",
                f"p is {scheme.p}, below 1/{arms}",
                "the preferred arm would be chosen less often than by simple randomization",
                f"Use a probability between 1/{arms} and 1, for example 0.8.",
            )
        )
    if scheme.measure not in get_args(Measure):
        found.append(
            _finding(
                "measure",
                "measure",
                f"there is no measure of imbalance called {scheme.measure!r}",
                f"the measures are {', '.join(get_args(Measure))}",
                "Choose one of these.",
            )
        )
    named = [name for name, _ in scheme.weights]
    for name, weight in scheme.weights:
        if not 0 < weight < float("inf"):
            found.append(
                _finding(
                    "factor_weight",
                    f"weights.{name}",
                    f"the weight of factor {name!r} is {weight}",
                    "a factor without a positive weight is not balanced",
                    "Use a positive number, or leave the factor out.",
                )
            )
        if factors is not None and name not in factors:
            found.append(
                _finding(
                    "unknown_factor",
                    f"weights.{name}",
                    f"there is no factor {name!r}",
                    f"the factors are {', '.join(sorted(factors)) or 'none'}",
                    "Correct the name, or declare the factor.",
                )
            )
    if len(set(named)) < len(named):
        found.append(
            _finding(
                "factor_twice",
                "weights",
                "a factor has two weights",
                "its weight would be unclear",
                "Give each factor one weight.",
            )
        )
    if factors is not None and not factors:
        found.append(
            _finding(
                "no_factors",
                "factors",
                "minimization has no factor to balance",
                "without one it would only follow the totals",
                "Declare the factors, or use complete randomization or the big stick.",
            )
        )
    return found


def _check_big_stick(scheme: Scheme) -> list[Finding]:
    found = []
    if len(scheme.ratio) != 2 or scheme.ratio[0][1] != scheme.ratio[1][1]:
        shares = ":".join(str(weight) for _, weight in scheme.ratio)
        found.append(
            _finding(
                "big_stick_ratio",
                "ratio",
                f"the ratio is {shares}",
                "the big stick is defined for two arms of equal share (Soares and Wu 1983)",
                "Use 1:1, or permuted blocks or minimization for this ratio.",
            )
        )
    if scheme.limit < 1:
        found.append(
            _finding(
                "limit",
                "limit",
                f"the limit is {scheme.limit}",
                "no allocation would be possible without a difference of at least 1",
                "Use a whole number from 2; 3 is a good choice.",
            )
        )
    elif scheme.limit == 1:
        found.append(
            _finding(
                "limit_of_one",
                "limit",
                "the limit is 1",
                "every second allocation would be certain, as in blocks of two",
                "Use 2 or more; 3 is a good choice.",
                warning=True,
            )
        )
    return found
