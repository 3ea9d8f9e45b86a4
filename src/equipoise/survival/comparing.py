"""Why groups cannot be compared: never at risk together at a death, or everybody at risk died, or the weight is 0.

A refusal whose reason is not the true one sends people to wait for the wrong thing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NoReturn

import numpy as np

from equipoise.survival.ordering import order_rows
from equipoise.survival.ties import Array
from equipoise.survival.words import refuse

__all__ = ["refuse_comparison"]


def refuse_comparison(times: Array, events: Array, codes: Array, stratum: Array | None, weight: str) -> NoReturn:
    """Raise Refusal for groups whose difference has no variance; `weight`: how the deaths are weighed."""
    together = survived = 0
    compared = np.zeros(int(codes.max()) + 1, dtype=bool)
    order, first = order_rows(times, stratum, descending=False, stable=False)
    for begin, end in pairwise(first):
        rows = order[begin:end]
        time, group = times[rows], codes[rows]
        for now in np.unique(time[events[rows] == 1]):
            at_risk = group[time >= now]
            if (at_risk == at_risk[0]).all():
                continue
            together += 1
            if events[rows][time == now].sum() < len(at_risk):
                survived += 1
                compared[np.unique(at_risk)] = True
    if not together:
        refuse("survival.no_overlap", "group")
    if not survived:
        refuse("survival.no_overlap/at_once", "group")
    if not compared.all():
        refuse("survival.no_overlap/part", "group", groups=int((~compared).sum()))
    refuse("survival.no_overlap/weighted", "weights", weight=weight)
