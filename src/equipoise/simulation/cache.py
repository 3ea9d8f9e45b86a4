"""What was simulated before, kept in the user's cache folder, so that the same question is answered at once.

Never stale: a result is named by everything that it follows from, the source of this software included, and what is
found under the name is believed only when it says the same. A cache that cannot be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import equipoise
from equipoise.canonical import digest
from equipoise.simulation.compile.kinds import ParticipantKind, Population
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.totals import Sums, Totals
from equipoise.whole import write_whole

__all__ = ["Cache", "cache_folder", "software_digest"]


def cache_folder() -> Path:
    """XDG_CACHE_HOME/equipoise/simulations, by the XDG base directory specification ~/.cache when it is not set."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(home) if home and Path(home).is_absolute() else Path.home() / ".cache"
    return base / "equipoise" / "simulations"


@lru_cache(maxsize=1)
def software_digest() -> str:
    """Of the version and every source file: no result outlives the code that it came from."""
    root = Path(equipoise.__file__).parent
    found = hashlib.sha256(equipoise.__version__.encode())
    for file in sorted(root.rglob("*.py")):
        found.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


class Cache:
    """Totals and populations on disk. `folder` None: nothing is kept, and nothing found."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def totals_of(self, protocol: str, setup: Setup, seed: int, trials: int) -> Totals | None:
        """What these trials came to, if they were simulated before."""
        found = self._read(_asked(protocol, setup, seed, trials))
        try:
            return None if found is None else _totals(found)
        except (KeyError, TypeError, ValueError):
            return None

    def keep_totals(self, protocol: str, setup: Setup, seed: int, trials: int, totals: Totals) -> None:
        """Keep the totals of all these trials; those of fewer are not kept."""
        if totals.trials == trials:
            self._write(_asked(protocol, setup, seed, trials), asdict(totals))

    def population_of(self, name: Mapping[str, str]) -> Population | None:
        """The population that was found under this name."""
        found = self._read({**name, "software": software_digest()})
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
        self._write({**name, "software": software_digest()}, asdict(population))

    def _place(self, asked: Mapping[str, str]) -> Path | None:
        return None if self.folder is None else self.folder / f"{digest(dict(asked))}.json"

    def _read(self, asked: Mapping[str, str]) -> Any:
        place = self._place(asked)
        if place is None:
            return None
        try:
            data = json.loads(place.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return (
            data["found"] if isinstance(data, dict) and data.get("asked") == dict(asked) and "found" in data else None
        )

    def _write(self, asked: Mapping[str, str], found: Any) -> None:
        place = self._place(asked)
        if place is None:
            return
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, json.dumps({"asked": dict(asked), "found": found}), mode=0o600)


def _asked(protocol: str, setup: Setup, seed: int, trials: int) -> dict[str, str]:
    # The repr of a setup gives every digit of it; it is what a simulation reads, and all it reads.
    told = hashlib.sha256(repr(setup).encode()).hexdigest()
    return {
        "protocol": protocol,
        "setup": told,
        "seed": str(seed),
        "trials": str(trials),
        "software": software_digest(),
    }


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
