"""A Finding made of plain sentences, for tests of what is done with Findings; the product has words in tables only."""

from __future__ import annotations

from equipoise.findings import Finding, Where
from equipoise.words import Words

__all__ = ["prose"]


def prose(code: str, where: Where, what: str, why: str, mend: str) -> Finding:
    """The same sentences in both languages."""
    what, why, mend = (text.replace("{", "{{").replace("}", "}}") for text in (what, why, mend))
    return Finding(code, where, Words((what, why, mend), (what, why, mend)))
