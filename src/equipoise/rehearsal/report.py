"""What came of a rehearsal: counts of people and acts, what had to be supposed, and where the ledger stands.

Never says anything by arm: who reads the report may be somebody who must not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from equipoise.ledger import Head

__all__ = ["RehearsalReport"]

_SELDOM = ("followed", "completed", "outside window", "duplicates", "wrong strata")
"""Records that followed others, records completed later, visits outside their window, second screenings, wrong factors."""


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """`counts`: how often something happened. `criteria`: how many each criterion kept out. `refusals`: other refusals
    of the desk by code; there should be none. `finished` is false after an interruption; `reached` says how far it came.
    """

    study: str
    scenario: str
    seed: int
    participants: int
    start: date
    until: date
    reached: date
    counts: Mapping[str, int]
    criteria: Mapping[str, int]
    outcomes: Mapping[str, int]
    refusals: Mapping[str, int]
    notes: tuple[str, ...]
    head: Head
    seconds: float
    finished: bool

    def lines(self) -> Iterator[str]:
        """What a terminal prints."""
        n = self.counts.get
        yield f"{self.study}: rehearsal of scenario {self.scenario}, seed {self.seed}, {self.start} to {self.until}"
        kept_out = _listed(sorted(self.criteria.items()))
        yield (
            f"participants: {n('screened', 0)} screened, {n('not eligible', 0)} not eligible"
            f"{f' ({kept_out})' if kept_out else ''}, {n('enrolled', 0)} enrolled, {n('randomized', 0)} randomized, "
            f"{n('withdrawn', 0)} withdrawn"
        )
        missing = self.participants - n("screened", 0)
        if missing and self.finished:
            yield f"{missing} of {self.participants} would have arrived after the end and were not screened"
        yield (
            f"records: {_many(n('forms', 0), 'form')} at {_many(n('visits', 0), 'visit')}, {_many(n('missed', 0), 'visit')} "
            f"missed, {_many(n('corrections', 0), 'correction')} of {_many(n('typing errors', 0), 'typing error')}, "
            f"{_many(n('deviations', 0), 'deviation')}"
        )
        seldom = {name: n(name, 0) for name in _SELDOM if n(name, 0)}
        if seldom:
            yield f"besides: {_listed((f'{name}', count) for name, count in seldom.items())}"
        asked = n("queries by checks", 0) + n("queries by people", 0)
        if asked:
            yield (
                f"queries: {asked:,} raised ({n('queries by checks', 0):,} by checks, {n('queries by people', 0):,} by people at "
                f"{_many(n('monitoring visits', 0), 'visit')}), {n('queries answered', 0):,} answered, {n('queries closed', 0):,} closed"
            )
        if said := _listed((name, count) for name, count in self.outcomes.items() if count):
            yield f"outcomes: {said}; follow-up ended by one for {_many(n('ended', 0), 'participant')}"
        for code, count in sorted(self.refusals.items()):
            yield f"refused at the desk: {code} ({count})"
        for note in self.notes:
            yield f"supposed: {note}"
        rate = self.head.seq / self.seconds if self.seconds else 0.0
        yield f"ledger: entry {self.head.seq:,}, head {self.head.hash[:16]}; {self.seconds:.1f} s ({rate:,.0f} entries/s)"
        if not self.finished:
            yield f"Interrupted on {self.reached} of the rehearsal; the ledger is whole. The same command goes on from here."


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
