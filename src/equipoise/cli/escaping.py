"""What is printed cannot command the terminal: control characters and marks of direction are shown as escapes.

Texts come from people and files, and a terminal obeys them: it clears the screen, sets its title, turns a line round.
Written as in JSON, so that what a program reads of us stays what it was. Knows no command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

__all__ = ["escaped", "escaping"]

# All controls but tab and line end, the marks that turn the direction of a line, and those that end one unseen. A
# carriage return at the beginning is ours: the line of progress is written over itself.
_COMMANDING = re.compile(
    "(?<!^)\r|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def escaped(text: str) -> str:
    """The text with every character that a terminal would obey spelled out."""
    return _COMMANDING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


class _Escaping:
    """A stream that writes only what can be read."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(escaped(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def escaping(module: Any) -> Iterator[None]:
    """While it lasts, `stdout` and `stderr` of `module` (sys) escape what they are given."""
    kept = module.stdout, module.stderr
    module.stdout, module.stderr = _Escaping(kept[0]), _Escaping(kept[1])
    try:
        yield
    finally:
        module.stdout, module.stderr = kept
