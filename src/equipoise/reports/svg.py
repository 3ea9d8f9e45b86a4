"""Drawing in SVG with live text: the browser chooses the glyphs, so Latin and Chinese print alike without fonts inside.

Every text is escaped. Coordinates are rounded to a tenth of a pixel, so that the same figure is the same bytes.
Widths of text are estimated (a Chinese character is as wide as it is high), good enough to wrap and to place labels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["COLORS", "FONT", "Drawing", "text_width", "wrap"]

FONT = (
    "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', sans-serif"
)
# Okabe and Ito's palette, told apart with every kind of color vision and, by their lightness, in gray.
_CLOSING = tuple("）。，、；：！？》」』％)")
COLORS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def text_width(text: str, size: float) -> float:
    """Estimated width in pixels at a font size in pixels."""
    return sum(size if _wide(c) else size * (0.3 if c in " .,:;il|'()" else 0.56) for c in text)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width`, broken at spaces, and anywhere between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        # A closing sign never begins a line; it may stand out a little instead.
        if line and text_width(line + piece.rstrip(), size) > width and piece not in _CLOSING:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterable[str]:
    word = ""
    for character in text:
        if _wide(character):
            if word:
                yield word
            word = ""
            yield character
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Drawing:
    """One figure: `title` and `description` are what a screen reader says of it."""

    def __init__(self, width: float, height: float, title: str, description: str) -> None:
        self.width, self.height = width, height
        self._head = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        self._parts: list[str] = []

    def line(
        self, x1: float, y1: float, x2: float, y2: float, color: str = "#333", width: float = 1, dash: str = ""
    ) -> None:
        """A straight line."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
            f'stroke="{color}" stroke-width="{_n(width)}"{extra}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], color: str, width: float = 2, dash: str = "") -> None:
        """An open line through the points."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        d = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self._parts.append(
            f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{_n(width)}" stroke-linejoin="miter"{extra}/>'
        )

    def area(self, points: Sequence[tuple[float, float]], color: str, opacity: float) -> None:
        """A filled polygon without an outline."""
        d = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"
        self._parts.append(f'<path d="{d}" fill="{color}" fill-opacity="{opacity:g}" stroke="none"/>')

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "#fff",
        color: str = "#333",
        radius: float = 0,
    ) -> None:
        """A rectangle."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}" '
            f'fill="{fill}" stroke="{color}"/>'
        )

    def dot(self, x: float, y: float, radius: float, color: str) -> None:
        """A filled circle with a white rim."""
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{color}" stroke="#fff" stroke-width="1.5"/>'
        )

    def ticks(self, points: Sequence[tuple[float, float]], color: str, reach: float = 4) -> None:
        """Short upright strokes in one path: censoring marks."""
        if points:
            d = "".join(f"M{_n(x)} {_n(y - reach)}V{_n(y + reach)}" for x, y in points)
            self._parts.append(f'<path d="{d}" stroke="{color}" stroke-width="1" fill="none"/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 13,
        anchor: str = "start",
        color: str = "#111",
        *,
        bold: bool = False,
        turn: float = 0,
        halo: bool = False,
    ) -> None:
        """One line of text; `turn` in degrees around its own point; `halo` keeps lines behind it off the letters."""
        weight = ' font-weight="600"' if bold else ""
        weight += ' paint-order="stroke" stroke="#fff" stroke-width="3.5" stroke-linejoin="round"' if halo else ""
        spin = f' transform="rotate({_n(turn)} {_n(x)} {_n(y)})"' if turn else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" text-anchor="{anchor}" '
            f'fill="{color}"{weight}{spin}>{escape(words)}</text>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line with a small head, along an axis of the page."""
        self.line(x1, y1, x2, y2)
        if x1 == x2:
            self.area([(x2, y2), (x2 - 4, y2 - 7), (x2 + 4, y2 - 7)], "#333", 1)
        else:
            self.area([(x2, y2), (x2 - 7, y2 - 4), (x2 - 7, y2 + 4)], "#333", 1)

    def render(self) -> str:
        """The figure as an SVG element that scales with the page."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'width="{_n(self.width)}" style="max-width:100%;height:auto" font-family="{escape(FONT, quote=True)}">'
            f"{self._head}{''.join(self._parts)}</svg>"
        )
