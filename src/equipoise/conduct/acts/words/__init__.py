"""What the acts refuse, and how they say it, by what they are about."""

from __future__ import annotations

from equipoise.conduct.acts.words import (
    allocation,
    mending,
    participation,
    phrases,
    queries,
    reading,
    records,
    reviews,
    study,
    unblinding,
)
from equipoise.findings import Table

__all__ = ["TABLE", "finding", "phrase", "refuse"]

_SUBJECTS = (reading, study, participation, allocation, records, queries, mending, reviews, unblinding)

TABLE = Table(
    "conduct.acts",
    {code: words for subject in _SUBJECTS for code, words in subject.WORDS.items()},
    {**phrases.PHRASES, **mending.PHRASES},
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
