"""How many examples a hunt takes: a part of what its law says in every run of the tests, all of it in `make soak`.

A law is held in both, each time from another seed. What a short hunt seldom meets, a long one does; it has no place in
the minutes that somebody waits.
"""

from __future__ import annotations

import os

__all__ = ["examples"]

_TIMES = int(os.environ.get("EQUIPOISE_SOAK", "0"))
_PART, _FEWEST = 3, 8


def examples(many: int) -> int:
    """`many` examples, times the length of the soak (`make soak SOAK=10`); a third of them where nobody asked for it."""
    return many * _TIMES if _TIMES > 0 else min(many, max(_FEWEST, many // _PART))
