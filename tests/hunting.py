"""How many examples a hunt takes: as many as its law says in every run of the tests, more in a longer `make soak`.

A law is held in both, each time from another seed. What a short hunt seldom meets, a long one does; it has no place in
the minutes that somebody waits.
"""

from __future__ import annotations

import os

__all__ = ["examples"]

_TIMES = max(1, int(os.environ.get("EQUIPOISE_SOAK", "1")))


def examples(many: int) -> int:
    """`many` examples, times the length of the soak (`make soak SOAK=10`)."""
    return many * _TIMES
