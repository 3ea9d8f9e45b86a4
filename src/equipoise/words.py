"""Words in two languages, and the facts that are filled into them.

Promises that whoever says something gives facts once, and both languages are made of them: a number, a date, a list and
a phrase are each said as the language says them. A fact that the words forgot never costs the reader the message. The
words themselves stand in the rooms that speak them, in `words.py`. Knows no room and no Finding.
"""

from __future__ import annotations

import errno
import re
import string
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

__all__ = ["LANGUAGES", "Language", "Phrase", "Said", "Words", "fields_of", "fill", "nearest", "trouble_of"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_AND: Mapping[str, str] = {"en": ", ", "zh": "、"}
_NONE: Mapping[str, str] = {"en": "none", "zh": "无"}
_LIKE, _APART = 0.7, 0.04
_HANDED_ON = re.compile(r"([^:]+?) \(os error (\d+)\)\s*$")
_CONTRARIES = (("hyper", "hypo"), ("pre", "post"), ("over", "under"), ("intra", "extra"), ("increase", "decrease"))
_NEGATIONS = ("un", "in", "im", "ir", "il", "non", "no", "not", "dis", "mis", "anti", "without", "ab", "never")
_TRUTH: Mapping[str, tuple[str, str]] = {"en": ("no", "yes"), "zh": ("否", "是")}


class Said(NamedTuple):
    """One complaint in one language: what was found, why that matters, what would mend it."""

    what: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Words:
    """What, why and mend in both languages, with the facts in braces: `{participant} is randomized already`."""

    en: tuple[str, str, str]
    zh: tuple[str, str, str]

    def say(self, facts: Mapping[str, Any], language: str = "en") -> Said:
        """The three, with the facts filled in."""
        what, why, mend = self.zh if language == "zh" else self.en
        return Said(fill(what, facts, language), fill(why, facts, language), fill(mend, facts, language))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence in both languages: a fact like any other. `facts` are filled into its own braces."""

    en: str
    zh: str
    facts: Mapping[str, Any] | None = None

    def in_(self, language: str) -> str:
        """The phrase in `language`."""
        text = self.zh if language == "zh" else self.en
        return text if self.facts is None else fill(text, self.facts, language)

    def in_both(self) -> dict[str, str]:
        """As the ledger keeps it: whoever reads it later reads it in either language."""
        return {language: self.in_(language) for language in LANGUAGES}

    def __str__(self) -> str:
        return self.in_("en")


# What an operating system says most often when it refuses; it says it in English whatever the reader speaks.
_TROUBLES: Mapping[int, str] = {
    errno.EACCES: "没有权限",
    errno.EEXIST: "文件已存在",
    errno.EIO: "输入或输出错误",
    errno.EISDIR: "这是一个文件夹",
    errno.ELOOP: "符号链接层数过多",
    errno.EMFILE: "打开的文件过多",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENODEV: "没有该设备",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENOTDIR: "这不是文件夹",
    errno.ENOTEMPTY: "文件夹不为空",
    errno.EPERM: "不允许该操作",
    errno.EROFS: "文件系统为只读",
}


def trouble_of(error: Exception) -> Phrase:
    """Why the operating system refused, as a fact for a Finding; in its own English words where we have no Chinese.

    Polars hands on what the system said in a sentence of its own: `...: No space left on device (os error 28)`.
    """
    number, english = getattr(error, "errno", None), getattr(error, "strerror", None) or str(error)
    if handed_on := _HANDED_ON.search(english):
        english, number = handed_on[1].strip(), int(handed_on[2])
    english = english.lower()
    if not english:
        return Phrase("the system refuses", "系统拒绝")
    return Phrase(english, _TROUBLES.get(number or 0, f"系统提示：{english}"))


def fill(template: str, facts: Mapping[str, Any], language: str = "en") -> str:
    """The template with its braces filled in: `{name}`, `{name:spec}`, `{name!r}`.

    A fact that is not given stays in its braces.
    """
    if "{" not in template and "}" not in template:
        return template
    return _FILLERS[language].vformat(template, (), facts)


def fields_of(*templates: str) -> frozenset[str]:
    """The names of the facts that the templates ask for."""
    return frozenset(name for text in templates for _, name, _, _ in _PARTS.parse(text) if name)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name that `name` must be a misspelling of; None when none is, or several, or it is the opposite.

    A suggestion is taken without much thought, so it is made only when it cannot mislead: one name alone is as near,
    and neither of the two is the other with a negation before it (`related`, `unrelated`).
    """
    asked = name.casefold()
    ranked: list[tuple[float, str]] = []
    for one in dict.fromkeys(known):
        other = one.casefold()
        if asked == other:
            return one
        likeness = 1.0 if _swapped(asked, other) else _likeness(asked, other)
        if likeness >= _LIKE and not _opposite(asked, other):
            ranked.append((likeness, one))
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _APART):
        return None
    return ranked[0][1]


def _opposite(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    for pair in _CONTRARIES:
        ends = {end: text.removeprefix(end) for text in (one, other) for end in pair if text.startswith(end)}
        if len(ends) == 2 and _alike(*ends.values()):
            return True
    return any(long.startswith(prefix) and _alike(long.removeprefix(prefix), short) for prefix in _NEGATIONS)


def _swapped(one: str, other: str) -> bool:
    """Whether two neighboring letters changed places: the commonest slip, and in a short word half of its letters."""
    if len(one) != len(other):
        return False
    differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    # Numbers are names of their own: visit_12 is no slip of visit_21.
    if len(differing) != 2 or differing[1] - differing[0] != 1 or not all(one[at].isalpha() for at in differing):
        return False
    return one[differing[0]] == other[differing[1]] and one[differing[1]] == other[differing[0]]


def _alike(one: str, other: str) -> bool:
    return _likeness(one.lstrip("-_ "), other.lstrip("-_ ")) >= 0.8


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # only whoever mistyped waits for it

    return SequenceMatcher(None, one, other).ratio()


class _Filler(string.Formatter):
    """`str.format` for one language.

    Facts may be texts, numbers, dates, phrases, texts of a protocol, and lists of these.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def get_field(self, field_name: str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        # No attribute and no index is followed: words come from tables, facts from people.
        return (kwargs[field_name], field_name) if field_name in kwargs else ("{" + field_name + "}", field_name)

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec and not isinstance(value, str):
            return format(value, format_spec)
        return self._say(value)

    def _say(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return _TRUTH[self.language][value]
        if isinstance(value, float):
            return f"{value:g}"
        if isinstance(value, (date, datetime)):
            return value.isoformat()
        if isinstance(value, Phrase):
            return value.in_(self.language)
        if hasattr(value, "en") and hasattr(value, "zh"):  # a text of the protocol
            return str(getattr(value, self.language))
        if isinstance(value, Collection) and not isinstance(value, (bytes, Mapping)):
            members = sorted(value) if isinstance(value, (set, frozenset)) else value
            return _AND[self.language].join(map(self._say, members)) if members else _NONE[self.language]
        return str(value)


_FILLERS: Mapping[str, _Filler] = {language: _Filler(language) for language in LANGUAGES}
_PARTS = string.Formatter()
