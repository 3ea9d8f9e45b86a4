"""The description of eligibility: inclusion and exclusion criteria, each a text in both languages and a rule."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from equipoise.wording import Clause, Identifier, Rule, Text

__all__ = ["Criterion", "Eligibility"]


class Criterion(Clause):
    """`id` is the protocol's own number (I1, E2). The rule says when the text is true of a participant."""

    id: Identifier
    kind: Literal["inclusion", "exclusion"]
    text: Text
    rule: Rule
    note: Text | None = None
    assumption: bool = False
    source: str | None = None


class Eligibility(Clause):
    """All criteria, assessed at the end of visit `at`."""

    at: Identifier
    criteria: tuple[Criterion, ...] = Field(min_length=1)
