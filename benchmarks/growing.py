"""A rehearsed study made as many times larger as asked, for measuring: every participant again under other names.

The entries are the rehearsal's own, in its order, with their numbers told anew; the arms of the new participants are
drawn by the study's own scheme. So the study verifies, and what costs time in a large one costs it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from equipoise.conduct.folder.study import Study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.loading import load_allocations, load_study
from equipoise.conduct.state.schemes import scheme_mark, unseal_scheme
from equipoise.ledger import Entry, Fact, Stamp
from equipoise.randomization import Past, allocate
from equipoise.randomization.rederive import content_of
from equipoise.randomization.sealing import seal, unseal

__all__ = ["grow"]

_QUERY = re.compile(r"Q[0-9]{4,}")
_ACTS = 2000
"""So many acts are signed together."""


def grow(folder: Path, times: int) -> Study:
    """Every participant `times` times; returns the study, whose projections are in order."""
    study = open_study(folder, checked=False)
    entries = [one for one in study.store.read(study.id) if one.participant is not None]
    vault = _Vault(study)
    for copy in range(1, times):
        _append(study, _copied(study, entries, copy, vault))
    verify_study(study, rebuild=True)
    return study


def _append(study: Study, told: Iterator[tuple[Entry, Fact]]) -> None:
    waiting = next(told, None)
    while waiting is not None:
        with study.store.writing(study.id) as writer:
            for _ in range(_ACTS):
                if waiting is None:
                    break
                entry, fact = waiting
                writer.append(Stamp(fact.payload.pop("act"), entry.actor, entry.role, entry.at), [fact])
                waiting = next(told, None)


def _copied(study: Study, entries: list[Entry], copy: int, vault: _Vault) -> Iterator[tuple[Entry, Fact]]:
    numbers: dict[int, int] = {}
    names: dict[str, str] = {one.participant: f"{one.participant}x{copy}" for one in entries if one.participant}
    seq = study.store.head(study.id).seq
    for entry in entries:
        if entry.kind in ("refused", "erased") or entry.payload is None:
            continue
        seq += 1
        numbers[entry.seq] = seq
        name = names[entry.participant or ""]
        said = _told(entry.payload, numbers, names)
        if entry.kind == "screened":
            said["identity_hash"] = None
        elif entry.kind == "allocated":
            said |= vault.draw(said["factors"], name)
        yield entry, Fact(entry.kind, said | {"act": f"{entry.act}x{copy}"}, name, entry.site)


def _told(value: Any, numbers: Mapping[int, int], names: Mapping[str, str], key: str = "") -> Any:
    """What was said, with the numbers of entries, the names of queries and of people of this copy."""
    if isinstance(value, dict):
        return {name: _told(one, numbers, names, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_told(one, numbers, names) for one in value]
    if isinstance(value, str) and _QUERY.fullmatch(value):
        return f"Q{numbers[int(value[1:])]:04d}"
    if isinstance(value, str):
        return names.get(value, value)
    return numbers[value] if key == "record" and value in numbers else value


class _Vault:
    """Draws by the scheme in force, as the desk does, and remembers what was drawn."""

    def __init__(self, study: Study) -> None:
        self._study, self._secret = study, study.secret()
        state = load_study(study.store, study.id)
        self._scheme = unseal_scheme(self._secret, study.id, state.schemes[-1])
        self._digest = scheme_mark(self._secret, study.id, self._scheme)
        self._past = [
            Past(a.participant, a.position, a.stratum, a.factors, self._arm(a), a.in_error_after is not None, a.version)
            for a in load_allocations(state, study.store)
        ]

    def _arm(self, one: Any) -> str:
        return str(unseal(self._secret, self._study.id, one.position, one.sealed, participant=one.participant)["arm"])

    def draw(self, factors: Mapping[str, str], name: str) -> dict[str, Any]:
        """The place of one more participant."""
        drawn = allocate(self._scheme, self._secret, self._study.id, dict(factors), self._past)
        content = content_of(drawn, self._scheme.version)
        sealed = seal(self._secret, self._study.id, drawn.position, content, participant=name, repeatable=True)
        factors_kept = tuple(sorted(factors.items()))
        self._past.append(
            Past(name, drawn.position, drawn.stratum, factors_kept, content["arm"], False, self._scheme.version)
        )
        return {
            "position": drawn.position,
            "stratum": drawn.stratum,
            "stratum_position": drawn.stratum_position,
            "sealed": sealed,
            "scheme": {"version": self._scheme.version, "digest": self._digest},
        }
