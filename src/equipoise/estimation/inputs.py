"""What numbers may enter: counts that are whole and possible, values that are finite, a level between 0 and 1.

Refuses everything else with a Finding that names it: a share of 11 in 10 has no interval, and half a person no share.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import Any

from equipoise.estimation.words import refuse
from equipoise.wording.numbers import number_of

__all__ = ["read_confidence", "read_count", "read_ratio", "read_values"]


def read_count(events: Any, n: Any, name: str = "successes") -> tuple[int, int]:
    """How many of how many: whole numbers, the first from 0 to the second, the second at least 1."""
    of, count = _whole(n, "n"), _whole(events, name)
    if of <= 0:
        refuse("estimation.nobody", "n")
    if not 0 <= count <= of:
        refuse("estimation.count/of", name, given=count, n=of)
    return count, of


def read_values(values: Any, name: str = "values") -> list[float]:
    """Finite numbers, in a sequence of one dimension."""
    try:
        given: Sequence[Any] = list(values)
        found = [float(value) for value in given if not isinstance(value, (str, bytes))]
    except (TypeError, ValueError, OverflowError):
        refuse("estimation.values", name, given=str(values)[:60])
    if len(found) < len(given) or not all(map(math.isfinite, found)):
        refuse("estimation.values", name, given=str(values)[:60])
    return found


def read_confidence(confidence: Any) -> float:
    """The level of an interval, strictly between 0 and 1."""
    level = _number(confidence)
    if not 0 < level < 1:
        refuse("estimation.confidence", "confidence", given=str(confidence))
    return level


def read_ratio(ratio: Any) -> float:
    """A ratio that is positive and finite."""
    value = _number(ratio)
    if not 0 < value < math.inf:
        refuse("estimation.ratio", "ratio", given=str(ratio))
    return value


def _number(given: Any) -> float:
    return math.nan if isinstance(given, bool) else number_of(given)


def _whole(given: Any, name: str) -> int:
    try:
        return operator.index(given)
    except TypeError:
        value = _number(given)
    if not value.is_integer():  # neither is what is not finite
        refuse("estimation.count", name, given=str(given)[:60])
    return int(value)
