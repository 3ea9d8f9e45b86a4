"""By what people are known again. The form of their numbers: can it be read, does the desk take it, is it enough?"""

from __future__ import annotations

from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.id_pattern import DESK_NUMBER, PatternFault, read_id_pattern
from equipoise.wording import bare

__all__ = ["check_id_pattern", "check_identity"]


def check_identity(look: Inspection) -> None:
    """The key `identity`: each part once, and one among them that few share."""
    parts = look.protocol.identity
    if len(set(parts)) < len(parts):
        look.add("identity.twice", ("identity",), parts=parts)
    elif parts and not {"national_id", "passport", "name"} & set(parts):
        look.add("identity.shared", ("identity",), parts=parts)


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
