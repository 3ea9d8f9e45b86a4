"""Counting chunks that come back in any order, perhaps twice, perhaps never: each trial is counted exactly once.

What has come in without a gap from the first trial on is the result of a shorter run, whatever is still missing.
"""

from __future__ import annotations

from equipoise.simulation.trials.totals import Totals

__all__ = ["Tally"]


class Tally:
    """The totals of the trials from 0 on that have come in without a gap; later ones wait."""

    def __init__(self, looks: int) -> None:
        self.totals = Totals.none(looks)
        self.received = 0
        self._waiting: dict[int, Totals] = {}

    def add(self, first: int, count: int, totals: Totals) -> None:
        """Take in the chunk of `count` trials from `first` on. Raises ValueError for one that is not what it says, or
        came before.
        """
        if totals.trials != count or totals.reached[:1] not in ((), (count,)):
            raise ValueError(f"a chunk of {count} trials from number {first} on tells of {totals.trials}")
        if first < self.totals.trials or first in self._waiting:
            raise ValueError(f"the chunk from number {first} on came twice")
        self._waiting[first] = totals
        self.received += count
        while (following := self._waiting.pop(self.totals.trials, None)) is not None:
            self.totals += following

    def whole(self, trials: int) -> Totals:
        """The totals of all trials. Raises ValueError when one is missing."""
        if self._waiting or self.totals.trials != trials:
            raise ValueError(f"{self.totals.trials} of {trials} trials came in without a gap")
        return self.totals
