"""What was simulated before, so that the same question is answered at once: totals of trials, and populations.

A total is named by what the kernels read, and a population by what people are drawn from: an edit of anything else
finds them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from equipoise.cache import Cache
from equipoise.simulation.compile.kinds import ParticipantKind, Population
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.totals import Sums, Totals

__all__ = ["Simulated"]


class Simulated:
    """Totals and populations in the user's cache."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def totals_of(self, setup: Setup, seed: int, trials: int) -> Totals | None:
        """What these trials came to, if they were simulated before."""
        found = self.cache.find(_asked(setup, seed, trials))
        try:
            return None if found is None else _totals(found)
        except (KeyError, TypeError, ValueError):
            return None

    def keep_totals(self, setup: Setup, seed: int, trials: int, totals: Totals) -> None:
        """Keep the totals of all these trials; those of fewer are not kept."""
        if totals.trials == trials:
            self.cache.keep(_asked(setup, seed, trials), asdict(totals))

    def population_of(self, name: Mapping[str, str]) -> Population | None:
        """The population that was found under this name."""
        found = self.cache.find(name)
        try:
            if found is None:
                return None
            kinds = tuple(
                ParticipantKind(float(k["share"]), tuple(k["levels"]), tuple((bool(a), bool(b)) for a, b in k["says"]))
                for k in found["kinds"]
            )
            return Population(kinds, float(found["eligible"]), found["how"], int(found["drawn"]))
        except (KeyError, TypeError, ValueError):
            return None

    def keep_population(self, name: Mapping[str, str], population: Population) -> None:
        """Keep a population under a name that says all it follows from."""
        self.cache.keep(name, asdict(population))


def _asked(setup: Setup, seed: int, trials: int) -> dict[str, str]:
    # The repr of a setup gives every digit of it; it is what a simulation reads, and all it reads.
    told = hashlib.sha256(repr(setup).encode()).hexdigest()
    return {"setup": told, "seed": str(seed), "trials": str(trials)}


def _totals(data: Mapping[str, Any]) -> Totals:
    parts: dict[str, Any] = {}
    for field in fields(Totals):
        value = data[field.name]
        if isinstance(value, dict):
            parts[field.name] = Sums(**value)
        elif isinstance(value, list):
            parts[field.name] = tuple(Sums(**v) if isinstance(v, dict) else int(v) for v in value)
        else:
            parts[field.name] = int(value)
    return Totals(**parts)
