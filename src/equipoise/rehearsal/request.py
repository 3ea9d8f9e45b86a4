"""What is asked of a rehearsal, judged before anything is written: nonsense is told in Findings, all of them at once.

The fingerprint names the request. It stands in every act id of the rehearsal, so that the same request, made again after
an interruption, meets its own acts and goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from equipoise import __version__
from equipoise.canonical import digest
from equipoise.chance import Stream
from equipoise.design import Scenario
from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.units import months_to_days, years_to_days
from equipoise.virtual.defaults import scenario_of
from equipoise.virtual.schedule import arrival_days

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["PARTICIPANTS_MAX", "Request", "check_participants", "read_request"]

PARTICIPANTS_MAX = 10_000
YEARS_MAX = 100


@dataclass(frozen=True, slots=True)
class Request:
    """A rehearsal that can be played. `arrivals` are days since `start`; `until` is the last day of observation."""

    scenario: Scenario
    notes: tuple[str, ...]
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
    chosen, notes = None, list[str]()
    if study.environment != "rehearsal":
        found.append(_production(study))
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
        raise Refusal(_never(participants, arrivals[-1]))
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


def _production(study: Study) -> Finding:
    what = f"{study.folder} holds a real study, not a rehearsal"
    why = "virtual participants must never stand in the ledger of a trial"
    mend = "Make a folder for rehearsing: equipoise new DIR --rehearsal --protocol ..."
    return prose("rehearsal.production", Where(str(study.folder)), what, why, mend)


def check_participants(participants: int) -> list[Finding]:
    """A Finding when so many cannot be rehearsed."""
    if 1 <= participants <= PARTICIPANTS_MAX:
        return []
    what = f"{participants} participants cannot be rehearsed"
    why = "there must be somebody"
    if participants > PARTICIPANTS_MAX:
        why = f"each goes through the desk act by act, and more than {PARTICIPANTS_MAX} would take hours"
    mend = f"Ask for 1 to {PARTICIPANTS_MAX}."
    return [prose("rehearsal.participants", Where(path="participants"), what, why, mend)]


def _until(start: date, until: date) -> list[Finding]:
    if until < start:
        what, why = f"follow-up cannot end on {until}", f"the scenario starts on {start}"
        mend = f"Name a day after {start}, or leave it out."
    elif (until - start).days > years_to_days(YEARS_MAX):
        what, why = f"follow-up until {until} is too long", f"nobody is followed for {YEARS_MAX} years after {start}"
        mend = "Name an earlier day, or leave it out."
    else:
        return []
    return [prose("rehearsal.until", Where(path="until"), what, why, mend)]


def _never(participants: int, last: float) -> Finding:
    what = f"{participants} participants would never be recruited"
    why = f"at the scenario's accrual the last one arrives after {last / years_to_days(1):,.0f} years"
    mend = "Ask for fewer, or raise the accrual of the scenario."
    return prose("rehearsal.accrual", Where(path="scenarios.accrual"), what, why, mend)
