"""Remarks from a table of words: each code once, with what, why and mend in both languages.

Facts of the record are filled in where the words name them in braces. Knows no rule of medicine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from equipoise.medicine.method import Remark

__all__ = ["Words", "remark"]


@dataclass(frozen=True, slots=True)
class Words:
    """What was found, why that matters and what would mend it: first in English, then in Chinese."""

    en: tuple[str, str, str]
    zh: tuple[str, str, str]
    severity: Literal["soft", "hard"] = "soft"


def remark(words: Mapping[str, Words], code: str, *names: str, **facts: Any) -> Remark:
    """The remark of that code about the inputs named, with the facts filled in."""
    said = words[code]
    what, why, mend = (
        {"en": english.format(**facts), "zh": chinese.format(**facts)}
        for english, chinese in zip(said.en, said.zh, strict=True)
    )
    return Remark(code, what, why, mend, names=names, severity=said.severity)
