"""What came of a rehearsal: counts of people and acts, what had to be supposed, and where the ledger stands.

Never says anything by arm: who reads the report may be somebody who must not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from equipoise.ledger import Head
from equipoise.rehearsal.words import phrase
from equipoise.words import Phrase

__all__ = ["RehearsalReport"]

_COUNTED = (
    "screened",
    "not eligible",
    "enrolled",
    "randomized",
    "withdrawn",
    "forms",
    "visits",
    "missed",
    "corrections",
    "typing errors",
    "deviations",
    "queries by checks",
    "queries by people",
    "monitoring visits",
    "queries answered",
    "queries closed",
    "ended",
)
_SELDOM = ("followed", "completed", "outside window", "duplicates", "wrong strata")
"""Records that followed others, records completed later, visits outside their window, second screenings, wrong factors.
"""


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """`counts`: how often something happened. `criteria`: how many each criterion kept out. `refusals`: other refusals
    of the desk by code; there should be none. `finished` is false after an interruption; `reached` says how far it
    came. `one_arm`: nobody was randomized, they entered the trial. `again`: it was played before, and nothing was left.
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
    notes: tuple[Phrase, ...]
    head: Head
    seconds: float
    finished: bool
    one_arm: bool = False
    again: bool = False

    def lines(self, language: str = "en") -> Iterator[str]:
        """What a terminal prints."""
        for said in self._said():
            yield said.in_(language)

    def _said(self) -> Iterator[Phrase]:
        n = {name: self.counts.get(name, 0) for name in (*_COUNTED, *_SELDOM)}
        scene = {"scenario": self.scenario, "seed": self.seed, "start": self.start, "until": self.until}
        yield phrase("head", study=self.study, **scene)
        criteria = phrase("participants.why", criteria=_listed(sorted(self.criteria.items()))) if self.criteria else ""
        people = {name: n[name] for name in ("screened", "enrolled", "randomized", "withdrawn")}
        yield phrase(
            "participants.one_arm" if self.one_arm else "participants", failed=n["not eligible"], why=criteria, **people
        )
        missing = self.participants - n["screened"]
        if missing and self.finished:
            yield phrase("participants.late", missing=missing, participants=self.participants)
        yield phrase(
            "records",
            forms=_many("forms", n["forms"]),
            visits=_many("visits", n["visits"]),
            missed=_many("visits", n["missed"]),
            corrections=_many("corrections", n["corrections"]),
            errors=_many("typing errors", n["typing errors"]),
            deviations=_many("deviations", n["deviations"]),
        )
        if seldom := [(phrase(name), n[name]) for name in _SELDOM if n[name]]:
            yield phrase("besides", counts=_listed(seldom))
        if asked := n["queries by checks"] + n["queries by people"]:
            yield phrase(
                "queries",
                asked=asked,
                checks=n["queries by checks"],
                people=n["queries by people"],
                visits=_many("visits", n["monitoring visits"]),
                answered=n["queries answered"],
                closed=n["queries closed"],
            )
        if struck := [(name, count) for name, count in self.outcomes.items() if count]:
            yield phrase("outcomes", counts=_listed(struck), ended=_many("people", n["ended"]))
        yield from (phrase("refused", code=code, count=count) for code, count in sorted(self.refusals.items()))
        yield from (phrase("supposed", note=note) for note in self.notes)
        stands = {"entry": self.head.seq, "head": self.head.hash[:16]}
        rate = self.head.seq / self.seconds if self.seconds else 0.0
        yield (
            phrase("ledger.again", **stands)
            if self.again
            else phrase("ledger", **stands, seconds=self.seconds, rate=rate)
        )
        if not self.finished:
            yield phrase("interrupted", reached=self.reached)


def _listed(counts: Iterable[tuple[str | Phrase, int]]) -> tuple[Phrase, ...]:
    return tuple(phrase("counted", name=name, count=count) for name, count in counts)


def _many(what: str, count: int) -> Phrase:
    return phrase(f"{what}.one" if count == 1 else what, count=count)
