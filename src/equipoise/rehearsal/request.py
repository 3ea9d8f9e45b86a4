"""What is asked of a rehearsal, judged before anything is written: nonsense is told in Findings, all of them at once.

The fingerprint names the request. It stands in every act id of the rehearsal, so that the same request, made again
after an interruption, meets its own acts and goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from equipoise import __version__
from equipoise.canonical import digest
from equipoise.chance import Stream
from equipoise.design import Scenario
from equipoise.findings import Finding, Refusal, Where
from equipoise.rehearsal.words import finding, refuse
from equipoise.units import months_to_days, years_to_days
from equipoise.virtual.defaults import scenario_of
from equipoise.virtual.schedule import arrival_days
from equipoise.words import Phrase

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["PARTICIPANTS_MAX", "Request", "check_participants", "read_request"]

PARTICIPANTS_MAX = 10_000
YEARS_MAX = 100


@dataclass(frozen=True, slots=True)
class Request:
    """A rehearsal that can be played. `arrivals` are days since `start`; `until` is the last day of observation."""

    scenario: Scenario
    notes: tuple[Phrase, ...]
    seed: int
    start: date
    until: date
    arrivals: tuple[float, ...]
    fingerprint: str


def read_request(study: Study, participants: int, seed: int, scenario: str | None, until: date | None) -> Request:
    """The request, completed from the scenario: without `until`, its follow-up counts from the last arrival.

    Raises Refusal with a Finding for everything that is wrong with it.
    """
    found: list[Finding] = []
    chosen, notes = None, list[Phrase]()
    if study.environment != "rehearsal":
        found.append(finding("rehearsal.production", Where(str(study.folder)), folder=study.folder))
    found += check_participants(participants)
    try:
        chosen, notes = scenario_of(study.protocol, scenario)
    except Refusal as refusal:
        found += refusal.findings
    start = date.fromisoformat(chosen.start) if chosen is not None else None
    if start is not None and until is not None:
        found += _until(start, until)
    if found or chosen is None or start is None:
        raise Refusal(found)
    arrivals = arrival_days(chosen.screened_accrual, Stream(seed, "arrival"), participants)
    follow_up = months_to_days(chosen.follow_up_months.value)
    if arrivals[-1] + follow_up > years_to_days(YEARS_MAX):
        years = arrivals[-1] / years_to_days(1)
        refuse("rehearsal.accrual", "scenarios.accrual", participants=participants, years=years)
    until = until or start + timedelta(days=round(arrivals[-1] + follow_up))
    asked = {
        "protocol": study.protocol_digest,
        "scenario": chosen.id,
        "seed": str(seed),
        "participants": participants,
        "until": until.isoformat(),
        "software": __version__,
    }
    return Request(chosen, tuple(notes), seed, start, until, tuple(arrivals), digest(asked)[:12])


def check_participants(participants: int) -> list[Finding]:
    """A Finding when so many cannot be rehearsed."""
    if 1 <= participants <= PARTICIPANTS_MAX:
        return []
    key = "rehearsal.participants/many" if participants > PARTICIPANTS_MAX else "rehearsal.participants"
    return [finding(key, "participants", participants=participants, most=PARTICIPANTS_MAX)]


def _until(start: date, until: date) -> list[Finding]:
    if until < start:
        return [finding("rehearsal.until/early", "until", until=until, start=start)]
    if (until - start).days > years_to_days(YEARS_MAX):
        return [finding("rehearsal.until/late", "until", until=until, start=start, years=YEARS_MAX)]
    return []
