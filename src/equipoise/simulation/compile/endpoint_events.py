"""Which outcomes of a scenario are events of an endpoint, and which end follow-up without being one.

Asked of the protocol's own derivation: a virtual participant whom only this outcome strikes is derived, and the answer
is read off. What hangs on a drawn item is a share. Knows no hazard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from equipoise.chance import Stream
from equipoise.design import Distribution, Outcome, Scenario
from equipoise.endpoints import TimeToEvent
from equipoise.protocol.document import Protocol
from equipoise.virtual.participants import VirtualParticipant
from equipoise.virtual.script import Script, script_of

__all__ = ["EndpointPart", "find_parts"]

_FEW, _MANY = 16, 400
_START = date(2021, 6, 1)
_STRUCK, _LATER, _CUT = (_START + timedelta(days=days) for days in (100, 200, 30_000))


@dataclass(frozen=True, slots=True)
class EndpointPart:
    """What an outcome does to the endpoint: it is an event in this share,
    and in that share ends follow-up without one."""

    event: float
    competing: float


def find_parts(protocol: Protocol, scenario: Scenario, endpoint: TimeToEvent) -> Mapping[str, EndpointPart]:
    """Every outcome's part in the endpoint, by its id."""
    script = script_of(protocol, scenario)
    events = {outcome.id: _share(script, endpoint, outcome, None) for outcome in scenario.outcomes}
    later = next((outcome for outcome in scenario.outcomes if events[outcome.id] == 1), None)
    parts = {}
    for outcome in scenario.outcomes:
        event = events[outcome.id]
        stops = 1.0 if outcome.ends else 0.0
        if not outcome.ends and event < 1:
            stops = _share(script, endpoint, outcome, later if later is not outcome else None, stopping=True)
        parts[outcome.id] = EndpointPart(event, min(stops, 1 - event))
    return parts


def _share(
    script: Script,
    endpoint: TimeToEvent,
    outcome: Outcome,
    later: Outcome | None,
    *,
    stopping: bool = False,
) -> float:
    """In how many of those whom the outcome strikes it is an event (or, `stopping`, ends follow-up without one)."""
    judge = _stops if stopping else _is_event
    found = [judge(_struck(script, outcome, later, n), endpoint) for n in range(_FEW)]
    if 0 < sum(found) < len(found):
        found += [judge(_struck(script, outcome, later, n), endpoint) for n in range(_FEW, _MANY)]
    return sum(found) / len(found)


def _struck(script: Script, outcome: Outcome, later: Outcome | None, number: int) -> VirtualParticipant:
    stream = Stream(0, "part", outcome.id, number)
    protocol = script.protocol
    person = VirtualParticipant(script, number, f"V{number}", protocol.sites[0], stream)
    arm = protocol.arms[0].id
    person.learn(screened_date=_START, consented_date=_START, enrolled_date=_START, randomized_date=_START, arm=arm)
    person.learn(cut_date=_CUT)
    for one, day in ((outcome, _STRUCK), *(((later, _LATER),) if later is not None else ())):
        sets = {**one.sets, one.date_item: Distribution(value=day.isoformat())}
        person.keep(person.draw_form((one.visit, 1 if one is outcome else 2, one.form), day, sets=sets))
    return person


def _on(person: VirtualParticipant, name: str) -> bool:
    """Whether the named date is the day on which the outcome struck."""
    value = person.view()[name]
    return value is not None and str(value)[:10] == _STRUCK.isoformat()


def _is_event(person: VirtualParticipant, endpoint: TimeToEvent) -> bool:
    return any(
        source.kind == "event"
        and _on(person, source.date)
        and (source.when is None or person.says(source.when) is True)
        for source in endpoint.events
    )


def _stops(person: VirtualParticipant, endpoint: TimeToEvent) -> bool:
    rivals = [source for source in endpoint.events if source.kind == "competing"]
    rivals += [source for source in endpoint.censoring if source.stops]  # type: ignore[misc]
    return any(_on(person, s.date) and (s.when is None or person.says(s.when) is True) for s in rivals)
