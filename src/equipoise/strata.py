"""Stratification factors: the known characteristics within which chance is asked to balance the arms."""

from __future__ import annotations

from pydantic import Field

from equipoise.wording import Clause, Identifier, Text

__all__ = ["Factor"]


class Factor(Clause):
    """`id` names a recorded item, a variable, or the built-in `site`; `levels` are its possible values as text.

    `levels` may be left empty for `site`, a boolean, or a coded item: its codes are then the levels.
    """

    id: Identifier
    label: Text
    levels: tuple[str, ...] = Field(default=())
    assumption: bool = False
    source: str | None = None
