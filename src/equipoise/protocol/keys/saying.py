"""The sentence about a key: its own, or that of every key of its name."""

from __future__ import annotations

from equipoise.estimands import users_of
from equipoise.protocol.keys import answering, playing, recording, treatments

__all__ = ["SHARED", "WORDS", "words_of"]

# Keys that mean the same wherever they stand.
SHARED = {
    "id": "The name by which other parts refer to this one: letters, digits and _, starting with a letter.",
    "label": "What people read, in both languages.",
    "title": "The heading that people read, in both languages.",
    "text": "The wording, in both languages.",
    "description": "A description for readers, in both languages.",
    "short": "The usual short name.",
    "note": "A remark for readers of the protocol, in both languages.",
    "kind": "Which kind of clause this is; it decides which other keys there are.",
    "rule": "A SQL expression over items and variables of one participant.",
    "when": "A rule; the clause holds only for participants of whom the rule is true.",
    "unit": "The unit in UCUM's spelling: mg/dL, 10*9/L, a (years), mo, d, {copies}/mL, 1.",
    "codelist": "The codelist that lists the allowed codes.",
    "date": "A date item, a variable or a built-in date.",
    "date_item": "The item of the form that holds the date.",
    "assumption": (
        "true when the value was judged, not taken from a registry, a publication or a document of the trial."
    ),
    "source": "Where it comes from, or who judged it; needed with `assumption: true`.",
    "role": "The part that it plays.",
    "type": "integer, decimal, text, date, datetime, boolean or code.",
    "endpoint": "The endpoint that it is about.",
    "every_days": "Days from one to the next.",
    "at": "The visit at whose end it happens.",
}

WORDS = {**treatments.WORDS, **recording.WORDS, **answering.WORDS, **playing.WORDS}


def words_of(clause: str, key: str) -> str:
    """The sentence about one key of one clause, with the methods that use an option; empty when there is none."""
    words = WORDS.get(f"{clause}.{key}") or SHARED.get(key, "")
    users = users_of(key) if clause == "Analysis" else ()
    return f"{words} Used by: {', '.join(users)}." if users else words
