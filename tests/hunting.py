"""How many examples a hunt takes: a few in every run of the tests, many in `make soak`.

A law is held in both. What a short hunt seldom meets, a long one does; it has no place in the minutes that somebody waits.
"""

from __future__ import annotations

import os

__all__ = ["SOAK", "examples"]

SOAK = int(os.environ.get("EQUIPOISE_SOAK", "0"))
"""By how much longer the hunts are than in a run of all tests; 0 there."""


def examples(many: int) -> int:
    """`many` examples in a soak of length 1, a third of them in every run of the tests."""
    return many * SOAK if SOAK else max(8, many // 3)
