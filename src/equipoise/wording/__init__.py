"""What every clause of a protocol is made of: bilingual text, values that may be assumptions, own complaints."""

from equipoise.wording.clause import (
    Clause,
    Identifier,
    Inconsistent,
    Language,
    NoSource,
    Rule,
    Sourced,
    Text,
    bare,
    inconsistent,
)

__all__ = [
    "Clause",
    "Identifier",
    "Inconsistent",
    "Language",
    "NoSource",
    "Rule",
    "Sourced",
    "Text",
    "bare",
    "inconsistent",
]
