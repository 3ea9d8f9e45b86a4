"""Which keys a step reads: every attribute of a clause that is asked for while the step runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from equipoise.wording import Clause
from tests.effects.places import named

__all__ = ["watched"]


@contextmanager
def watched() -> Iterator[set[str]]:
    """The keys read, as PLACE.KEY, filled while the block runs."""
    seen: set[str] = set()
    fields: dict[type, dict[str, str]] = {}
    plain = Clause.__getattribute__

    def spy(clause: Any, name: str) -> Any:
        cls = type(clause)
        keys = fields.get(cls)
        if keys is None:
            keys = fields[cls] = {field: info.alias or field for field, info in cls.model_fields.items()}
        if name in keys:
            seen.add(f"{named(clause)}.{keys[name]}")
        return plain(clause, name)

    Clause.__getattribute__ = spy  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        del Clause.__getattribute__  # what is inherited is seen again
