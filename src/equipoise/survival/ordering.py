"""The order in which risk sets are walked: by stratum, then by time. The same order on every machine when `stable`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from equipoise.survival.inputs import Array

__all__ = ["order_rows", "rows_by_stratum"]

_SMALL = 65536
_FEW = 64


def order_rows(time: Array, stratum: Array | None, *, descending: bool, stable: bool) -> tuple[Array, Array]:
    """Row numbers in order, and where each stratum begins in it (one more at the end).

    Whole days below 65536 are sorted by their digits (radix), which is stable and linear. Other times are compared; the
    quick sort there leaves tied rows in any order, which is enough where there are none or they are only counted.
    """
    if (time[:64] == np.floor(time[:64])).all() and time.max() < _SMALL and (time == np.floor(time)).all():
        key = time.astype(np.uint16)
        order = np.argsort(~key if descending else key, kind="stable")
    else:
        key = -time if descending else time
        order = np.argsort(key)
        if stable and (np.diff(key[order]) == 0).any():
            order = np.argsort(key, kind="stable")
    if stratum is None:
        return order, np.array([0, len(time)], dtype=np.int64)
    order = order[np.argsort(stratum[order], kind="stable")]
    return order, np.concatenate([[0], np.cumsum(np.bincount(stratum))]).astype(np.int64)


def rows_by_stratum(time: Array, stratum: Array | None) -> Iterator[Array]:
    """The row numbers of each stratum, times ascending and tied rows in any order.

    Few strata are looked up one by one, so that only one of them is held in order at a time.
    """
    if stratum is not None and (count := int(stratum.max()) + 1) <= _FEW:
        for code in range(count):
            rows = np.flatnonzero(stratum == code).astype(np.int32 if len(time) < 2**31 else np.int64)
            yield rows[order_rows(time[rows], None, descending=False, stable=False)[0]]
        return
    order, first = order_rows(time, stratum, descending=False, stable=False)
    for begin, end in pairwise(first):
        yield order[begin:end]
