"""The form of participants' numbers: that it can be read, that the desk takes such numbers, that there are enough."""

from __future__ import annotations

from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.id_pattern import DESK_NUMBER, PatternFault, read_id_pattern
from equipoise.wording import bare

__all__ = ["check_id_pattern"]


def check_id_pattern(look: Inspection) -> None:
    """The key `id_pattern`."""
    text = look.protocol.id_pattern
    if text is None:
        return
    try:
        pattern = read_id_pattern(text)
    except PatternFault as fault:
        look.add(f"id_pattern.unreadable/{fault.key}", ("id_pattern",), pattern=text, place=fault.at, sign=fault.sign)
        return
    if not DESK_NUMBER.fullmatch(pattern.example()):
        look.add("id_pattern.not_taken", ("id_pattern",), pattern=text, example=pattern.example())
    design = look.protocol.design
    planned = bare(design.participants) if design is not None else None
    if planned is not None and pattern.count < planned:
        look.warn("id_pattern.too_few", ("id_pattern",), pattern=text, count=pattern.count, planned=planned)
