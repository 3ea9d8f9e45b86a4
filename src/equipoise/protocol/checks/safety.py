"""Safety stopping rules: an event that is true or false, among a set and in arms that exist, of a size that fits."""

from __future__ import annotations

from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import WHILE_IT_RUNS, Timeline
from equipoise.protocol.words import phrase

__all__ = ["check_safety"]


def check_safety(look: Inspection, line: Timeline) -> None:
    """Every safety stopping rule."""
    protocol = look.protocol
    columns, elsewhere = line.known_by(WHILE_IT_RUNS, phrase("place.end"))
    sets, arms = {s.id for s in protocol.sets}, {arm.id for arm in protocol.arms}
    planned = protocol.design.participants.value if protocol.design and protocol.design.participants else None
    for i, rule in enumerate(protocol.safety_rules):
        path = ("safety_rules", i)
        look.refer((*path, "set"), rule.set, sets, "analysis set")
        check_in_place(look, rule.event, (*path, "event"), columns, elsewhere, "boolean")
        for k, arm in enumerate(rule.arms):
            look.refer((*path, "arms", k), arm, arms, "arm")
        most = rule.boundary.value.participants
        if planned is not None and most > planned:
            where = (*path, "boundary", "participants")
            look.warn("safety.participants", where, most=most, planned=planned)
