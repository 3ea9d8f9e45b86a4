"""What was typed as plain signs: other digits and other widths are the same number, a raised figure is not.

Full-width figures, as an input method leaves them, and the figures of every other script mean what plain ones mean.
What stands raised, circled or as a fraction means something else (10² is not 102) and is left for the reader to refuse.
"""

from __future__ import annotations

import unicodedata

__all__ = ["plain_writing"]

# Hyphens and the minus sign, for which keyboards have one key; a dash may mean "to" and stays one.
_SIGNS = {"\u2010": "-", "\u2011": "-", "\u2212": "-"}
_SAME = ("<wide>", "<narrow>", "<noBreak>", "<small>")


def plain_writing(text: str) -> str:
    """The text with each figure, width, hyphen and space as a plain keyboard writes it, and no space around it."""
    return text.strip() if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFC", text))).strip()


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    figure = unicodedata.decimal(letter, None)
    if figure is not None:
        return str(figure)
    if unicodedata.decomposition(letter).startswith(_SAME):
        letter = unicodedata.normalize("NFKC", letter)
    return _SIGNS.get(letter, letter)
