"""The sheet on which figures of a design are drawn: its size, its colors, and names beside the ends of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from equipoise.reports.axes import Axes, Scale
from equipoise.reports.svg import COLORS, Drawing, wrap

__all__ = [
    "EFFECT",
    "FUTILE",
    "LEFT",
    "PLOT",
    "RIGHT",
    "SIZE",
    "SOFT",
    "STOP",
    "TOP",
    "WIDTH",
    "Say",
    "axes_on",
    "canvas",
    "spread",
]

Say = Callable[..., str]
"""Words of the page by their key, blanks filled in."""
WIDTH, LEFT, RIGHT, TOP, PLOT = 860.0, 74.0, 158.0, 42.0, 320.0
STOP, EFFECT, FUTILE, SOFT = COLORS[1], COLORS[2], COLORS[0], "#5f6b76"
SIZE = 13


def canvas(title: str, told: str) -> Drawing:
    """An empty drawing; `told` says the figure in words."""
    return Drawing(WIDTH, TOP + PLOT + 56, title, told)


def axes_on(drawing: Drawing, x: Scale, y: Scale) -> Axes:
    """The plot, with room for names at the right."""
    return Axes(drawing, LEFT, TOP, WIDTH - LEFT - RIGHT, PLOT, x, y)


def spread(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Names in the right margin beside the ends of lines, moved apart where they would touch, and within the plot."""
    placed = [(y, wrap(words, RIGHT - 16, SIZE), color) for y, words, color in sorted(ends)]
    tops: list[float] = []
    below = axes.bottom + 8.0
    for y, lines, _ in reversed(placed):
        height = 15.0 * len(lines)
        top = min(y - height / 2, below - height)
        tops.append(top)
        below = top - 5
    for top, (_, lines, color) in zip(reversed(tops), placed, strict=True):
        for row, line in enumerate(lines):
            axes.drawing.text(axes.right + 9, top + 12 + 15 * row, line, SIZE, color=color, bold=True)
