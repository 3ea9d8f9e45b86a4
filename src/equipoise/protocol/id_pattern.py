"""The form of participants' numbers: what a protocol says of it, whether a number has it, and the n-th number of it.

A small part of regular expressions, in which every number is finite and each can be counted: letters, digits, `_`, `-`,
`\\.`, `\\d`, classes such as [A-Z0-9], groups with alternatives (S01|S02), and how often: {3}, {2,4}, ?. Matching walks
over positions and never back, so that no pattern can hold up the desk. Numbers that look alike have the same key.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

__all__ = ["DESK_NUMBER", "READ_AS_VALUES", "IdPattern", "PatternFault", "alike_key", "read_id_pattern"]

DESK_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
"""What the desk takes for a participant's number whatever the trial."""
READ_AS_VALUES = re.compile(
    r"(?i)(null|none|nil|na|n\.a\.|nan|true|false|yes|no|on|off|inf|infinity)|\d+e\d+|\d{4}-\d{1,2}-\d{1,2}|0x[0-9a-f]+"
)
"""What other programs read as no value, a truth, a number or a day: as a participant's number it would come to harm."""
_LONGEST = 40
_PLAIN = frozenset(string.ascii_letters + string.digits + "_-")
_COUNT = re.compile(r"\{([0-9]{1,2})(?:,([0-9]{1,2}))?\}")


class PatternFault(ValueError):
    """A pattern that is none: what stands at which character."""

    def __init__(self, key: str, at: int, sign: str = "") -> None:
        self.key, self.at, self.sign = key, at, sign
        super().__init__(f"{key} {at} {sign}")


@dataclass(frozen=True, slots=True)
class _Signs:
    """One of these signs."""

    signs: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.signs)

    def pick(self, number: int) -> str:
        return self.signs[number]

    def ends(self, text: str, starts: frozenset[int]) -> frozenset[int]:
        return frozenset(at + 1 for at in starts if at < len(text) and text[at] in self.signs)


@dataclass(frozen=True, slots=True)
class _Sequence:
    """One part after the other; the last changes fastest."""

    parts: tuple[_Node, ...]

    @property
    def size(self) -> int:
        product = 1
        for part in self.parts:
            product *= part.size
        return product

    def pick(self, number: int) -> str:
        said: list[str] = []
        for part in reversed(self.parts):
            number, place = divmod(number, part.size)
            said.append(part.pick(place))
        return "".join(reversed(said))

    def ends(self, text: str, starts: frozenset[int]) -> frozenset[int]:
        for part in self.parts:
            starts = part.ends(text, starts)
        return starts


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several."""

    options: tuple[_Node, ...]

    @property
    def size(self) -> int:
        return sum(option.size for option in self.options)

    def pick(self, number: int) -> str:
        for option in self.options:
            if number < option.size:
                return option.pick(number)
            number -= option.size
        raise IndexError(number)

    def ends(self, text: str, starts: frozenset[int]) -> frozenset[int]:
        return frozenset(at for option in self.options for at in option.ends(text, starts))


_Node = _Signs | _Sequence | _Choice


@dataclass(frozen=True, slots=True)
class IdPattern:
    """A form of numbers as it was read. `count`: how many there are."""

    text: str
    node: _Node

    @property
    def count(self) -> int:
        """How many different numbers have this form, at most."""
        return self.node.size

    def matches(self, number: str) -> bool:
        """Whether the whole number has this form."""
        return len(number) <= _LONGEST and len(number) in self.node.ends(number, frozenset((0,)))

    def number(self, place: int) -> str:
        """The number at a place, counted from 0."""
        return self.node.pick(place)

    def example(self) -> str:
        """A number of this form, for a message."""
        return self.node.pick(1 % self.count)


@lru_cache(maxsize=64)
def read_id_pattern(text: str) -> IdPattern:
    """The form that a text says; raises PatternFault."""
    bare = text.removeprefix("^").removesuffix("$")
    reader = _Reader(bare, len(text) - len(text.removeprefix("^")))
    node = reader.choice()
    if reader.at < len(bare):
        raise PatternFault("sign", reader.place, bare[reader.at])
    return IdPattern(text, node)


class _Reader:
    def __init__(self, text: str, before: int) -> None:
        self.text, self.before, self.at = text, before, 0
        self.repeated = False  # whether something was repeated since the group at hand was opened

    @property
    def place(self) -> int:
        """The character at hand, counted from 1 in the whole text."""
        return self.at + 1 + self.before

    def choice(self) -> _Node:
        options = [self.sequence()]
        while self._next("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else _Choice(tuple(options))

    def sequence(self) -> _Node:
        parts: list[_Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            outside, self.repeated = self.repeated, False
            parts.append(self._repeated(self._one()))
            self.repeated |= outside
        return parts[0] if len(parts) == 1 else _Sequence(tuple(parts))

    def _next(self, sign: str) -> bool:
        found = self.text[self.at : self.at + 1] == sign
        self.at += found
        return found

    def _one(self) -> _Node:
        sign = self.text[self.at]
        if self._next("("):
            inner = self.choice()
            if not self._next(")"):
                raise PatternFault("open", self.place, "(")
            return inner
        if self._next("["):
            return self._class()
        if self._next("\\"):
            return _Signs(self._escaped())
        if sign not in _PLAIN:
            raise PatternFault("sign", self.place, sign)
        self.at += 1
        return _Signs((sign,))

    def _escaped(self) -> tuple[str, ...]:
        sign = self.text[self.at : self.at + 1]
        if sign == "d":
            self.at += 1
            return tuple(string.digits)
        if sign not in (".", "-", "_"):
            raise PatternFault("sign", self.place, f"\\{sign}")
        self.at += 1
        return (sign,)

    def _class(self) -> _Node:
        signs: list[str] = []
        while not self._next("]"):
            if self.at >= len(self.text):
                raise PatternFault("open", self.place, "[")
            if self._next("\\"):
                signs += self._escaped()
                continue
            first = self.text[self.at]
            self.at += 1
            if self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                last = self.text[self.at + 1]
                self.at += 2
                if not (first in _PLAIN and last in _PLAIN and first <= last):
                    raise PatternFault("sign", self.place - 3, f"{first}-{last}")
                signs += [chr(code) for code in range(ord(first), ord(last) + 1)]
            else:
                signs.append(first)
        if not signs or not set(signs) <= _PLAIN | {"."}:
            raise PatternFault("sign", self.place - 1, "]")
        return _Signs(tuple(dict.fromkeys(signs)))

    def _repeated(self, node: _Node) -> _Node:
        within, begin = self.repeated, self.place
        if self._next("?"):
            return _Choice((_Sequence(()), node))
        if self._next("+"):
            low, high = 1, _LONGEST
        elif self._next("*"):
            low, high = 0, _LONGEST
        elif count := _COUNT.match(self.text, self.at):
            low, high = int(count[1]), int(count[2] or count[1])
            if not low <= high <= _LONGEST:
                raise PatternFault("sign", self.place, count.group())
            self.at = count.end()
        else:
            return node
        if within:  # repetitions of repetitions would be too many to walk over
            raise PatternFault("sign", begin, self.text[begin - 1 - self.before : self.at])
        self.repeated = True
        options = tuple(_Sequence((node,) * times) for times in range(low, high + 1))
        return options[0] if len(options) == 1 else _Choice(options)


_LOOKS_LIKE = str.maketrans("oli", "011")


@lru_cache(maxsize=1 << 16)
def alike_key(number: str) -> str:
    """The same for numbers that a person takes for one: 007 and 7, SY-001 and sy1, full-width, O and 0, I and 1."""
    plain = unicodedata.normalize("NFKC", number).casefold().translate(_LOOKS_LIKE)
    runs = [(kind, "".join(signs)) for kind, signs in groupby(plain, _kind)]
    return "-".join(_bare(text) if kind == "digit" else text for kind, text in runs if kind)


def _kind(sign: str) -> str:
    return "digit" if sign.isdigit() else "letter" if sign.isalpha() else ""


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
