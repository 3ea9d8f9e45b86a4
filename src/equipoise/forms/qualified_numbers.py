"""Numbers with a qualifier, as laboratories report them: `<400`, `>1000`, `ND`.

The ledger keeps the text, so that nothing is lost; for rules the protocol says, qualifier by qualifier, what such a
value counts as: nothing, the limit, half of it (Hornung and Reed, Appl Occup Environ Hyg 1990;5:46), or a number of its
own. SDTM keeps the text in --ORRES and the number, where there is one, in --STRESN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SIGNS", "QualifiedNumber", "counted", "may_lie", "read_qualified"]

SIGNS = ("<", "<=", ">", ">=", "~")
_WRITTEN_OTHERWISE = {"≤": "<=", "≥": ">=", "=<": "<=", "=>": ">=", "≦": "<=", "≧": ">=", "≈": "~", "～": "~"}
_SIGNED = re.compile(r"(<=|>=|<|>|~)?\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QualifiedNumber:
    """A qualifier (a sign, or a word that stands alone), and the number as text; either may be absent, not both."""

    qualifier: str | None
    number: str | None

    @property
    def text(self) -> str:
        """As the ledger keeps it."""
        return f"{self.qualifier or ''}{self.number or ''}"


def read_qualified(text: str, qualifiers: Mapping[str, object]) -> QualifiedNumber | None:
    """What a text says, the number not yet looked at; None when its qualifier is not one of `qualifiers`."""
    for written, sign in _WRITTEN_OTHERWISE.items():
        text = text.replace(written, sign)
    word = next((one for one in qualifiers if one not in SIGNS and one.lower() == text.strip().lower()), None)
    if word is not None:
        return QualifiedNumber(word, None)
    found = _SIGNED.fullmatch(text.strip())
    assert found is not None  # the pattern takes any text
    sign, number = found[1], found[2].strip()
    return None if sign is not None and sign not in qualifiers else QualifiedNumber(sign, number)


def counted(value: QualifiedNumber, qualifiers: Mapping[str, str | float]) -> float | None:
    """The number that a rule computes with, as the protocol states it for the qualifier."""
    if value.qualifier is None:
        return None if value.number is None else float(value.number)
    rule = qualifiers.get(value.qualifier, "nothing")
    if rule in ("limit", "half"):
        return None if value.number is None else float(value.number) / (2 if rule == "half" else 1)
    return None if isinstance(rule, str) else float(rule)


def may_lie(value: QualifiedNumber, low: float | None, high: float | None) -> bool:
    """Whether a value so qualified can lie within limits: `<400` can be 300, and cannot be above 400."""
    if value.number is None:
        return True
    number, sign = float(value.number), value.qualifier
    below = low is not None and (number <= low if sign == "<" else number < low) and sign not in (">", ">=")
    above = high is not None and (number >= high if sign == ">" else number > high) and sign not in ("<", "<=")
    return not below and not above
