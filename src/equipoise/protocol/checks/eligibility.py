"""Eligibility: every criterion answerable by the visit at which it is assessed, all of them together satisfiable."""

from __future__ import annotations

from equipoise.protocol.checks.contradictions import Author, Demand, Limits, demands
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.words import phrase
from equipoise.rules import names_of
from equipoise.words import Phrase

__all__ = ["check_eligibility"]

Path = tuple[str | int, ...]


def check_eligibility(look: Inspection, line: Timeline) -> None:
    """Every criterion, and all of them together."""
    eligibility = look.protocol.eligibility
    if eligibility is None:
        return
    places = {visit.id: i for i, visit in enumerate(look.protocol.visits)}
    point = float(places[eligibility.at]) if eligibility.at in places else AT_THE_CUT
    place = phrase("place.eligibility", visit=eligibility.at)
    columns, elsewhere = line.known_by(point, place)
    limits: dict[str, Limits] = {}
    for i, criterion in enumerate(eligibility.criteria):
        path: Path = ("eligibility", "criteria", i, "rule")
        sound = check_in_place(look, criterion.rule, path, columns, elsewhere, "boolean")
        if sound and not names_of(criterion.rule):
            look.add("eligibility.constant", path, criterion=criterion.id)
        for demand in demands(criterion.rule, criterion.kind) if sound else ():
            if demand.name not in limits:
                limits[demand.name] = _limits_of_item(look, demand.name)
            found = limits[demand.name].add(demand, criterion.id)
            if found is not None:
                _contradicts(look, path, criterion.id, *found)
                # Told once: what comes after is compared with nothing of what contradicts itself.
                limits[demand.name] = Limits()


def _contradicts(look: Inspection, path: Path, criterion: str, contradiction: Phrase, other: Author) -> None:
    if other == criterion:
        look.add("eligibility.contradiction", path, contradiction=contradiction)
    else:
        look.add("eligibility.contradiction/together", path, contradiction=contradiction, other=other)


def _limits_of_item(look: Inspection, name: str) -> Limits:
    """What the item's own hard range and codelist leave."""
    limits = Limits()
    known = look.protocol.item_by_id.get(name)
    if known is None:
        return limits
    item = known[2]
    if item.hard is not None and item.type in ("integer", "decimal"):
        if isinstance(item.hard.min, float) and isinstance(item.hard.max, float) and item.hard.min > item.hard.max:
            return limits  # an empty range has its own Finding
        for op, value in (("GtEq", item.hard.min), ("LtEq", item.hard.max)):
            if isinstance(value, (int, float)):
                limits.add(Demand(name, op, value), phrase("eligibility.hard_range"))
    return limits
