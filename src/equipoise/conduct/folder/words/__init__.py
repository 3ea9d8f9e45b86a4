"""What a study folder refuses, and what its verification finds and says, in both languages, by what it is about."""

from __future__ import annotations

from equipoise.conduct.folder.words import (
    envelopes,
    identities,
    lists,
    opening,
    seeing,
    touching,
    verification,
)
from equipoise.findings import Table

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable", "warning"]

_SUBJECTS = (opening, seeing, verification, envelopes, identities, lists)
_PHRASED = (opening, touching, verification, envelopes)

TABLE = Table(
    "conduct.folder",
    {code: words for subject in _SUBJECTS for code, words in subject.WORDS.items()},
    {key: words for subject in _PHRASED for key, words in subject.PHRASES.items()},
)
finding, warning, refuse = TABLE.finding, TABLE.warning, TABLE.refuse
unreadable, phrase = TABLE.unreadable, TABLE.phrase
