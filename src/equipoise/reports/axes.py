"""Axes of a figure: from values to places on the page, with ticks that people read, straight or logarithmic.

Draws on a `Drawing`, and knows neither trials nor words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from equipoise.reports.smoothing import smooth_through
from equipoise.reports.svg import Drawing

__all__ = ["Axes", "Scale", "even_ticks", "ratio_ticks"]

INK, GRID = "#333", "#e6e6e6"


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that an axis spans; `log` for ratios."""

    low: float
    high: float
    log: bool = False

    def share(self, value: float) -> float:
        """Where a value lies, from 0 at the low end to 1 at the high one; what lies beyond is put at the end."""
        low, high, at = (
            math.log(v) if self.log else v for v in (self.low, self.high, max(value, 1e-12) if self.log else value)
        )
        return min(1.0, max(0.0, (at - low) / (high - low)))


def even_ticks(low: float, high: float, most: int = 8) -> list[float]:
    """Round values (1, 2, 2.5 or 5 times a power of ten apart) within the span, at most so many."""
    least = (high - low) / most
    power = 10 ** math.floor(math.log10(least))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= least * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [round(k * step, 12) for k in range(first, math.floor(high / step + 1e-9) + 1)]


def ratio_ticks(low: float, high: float, most: int = 9) -> list[float]:
    """Round ratios within the span, in steps of 0.05, 0.1, 0.2 or 0.25, whichever gives few enough; 1 is among them."""
    for step in (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0):
        found = [
            round(k * step, 4) for k in range(max(1, math.ceil(low / step - 1e-9)), math.floor(high / step + 1e-9) + 1)
        ]
        if len(found) <= most:
            return found
    return [tick for tick in (low, 1.0, high) if low <= tick <= high]


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot of `width` by `height` pixels whose upper left corner is at (`left`, `top`)."""

    drawing: Drawing
    left: float
    top: float
    width: float
    height: float
    x: Scale
    y: Scale

    @property
    def bottom(self) -> float:
        """Where the horizontal axis is drawn."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """Where the plot ends."""
        return self.left + self.width

    def x_of(self, value: float) -> float:
        """Pixels from the left of the figure."""
        return self.left + self.width * self.x.share(value)

    def y_of(self, value: float) -> float:
        """Pixels from the top of the figure."""
        return self.bottom - self.height * self.y.share(value)

    def at(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Values as places."""
        return [(self.x_of(x), self.y_of(y)) for x, y in points]

    def frame(self) -> None:
        """Both axes as lines, drawn last so that nothing covers them."""
        self.drawing.line(self.left, self.top, self.left, self.bottom, INK)
        self.drawing.line(self.left, self.bottom, self.right, self.bottom, INK)

    def ticks_x(self, ticks: Sequence[float], label: str, words: Callable[[float], str] = "{:g}".format) -> None:
        """Ticks and their values below, and what the axis is."""
        for tick in ticks:
            x = self.x_of(tick)
            self.drawing.line(x, self.bottom, x, self.bottom + 5, INK)
            self.drawing.text(x, self.bottom + 19, words(tick), anchor="middle")
        self.drawing.text(self.left + self.width / 2, self.bottom + 41, label, 14, "middle")

    def ticks_y(
        self, ticks: Sequence[float], label: str, words: Callable[[float], str] = "{:g}".format, *, grid: bool = True
    ) -> None:
        """Ticks and their values at the left, faint lines across, and what the axis is."""
        for tick in ticks:
            y = self.y_of(tick)
            if grid:
                self.drawing.line(self.left, y, self.right, y, GRID)
            self.drawing.line(self.left - 5, y, self.left, y, INK)
            self.drawing.text(self.left - 9, y + 4.5, words(tick).replace("-", "−"), anchor="end")
        if label:
            self.drawing.text(self.left - 54, self.top + self.height / 2, label, 14, "middle", turn=-90)

    def line(self, points: Sequence[tuple[float, float]], color: str, width: float = 2.2, dash: str = "") -> None:
        """A curve through values."""
        self.drawing.path(self.at(points), color, width, dash)

    def curve(self, points: Sequence[tuple[float, float]], color: str, width: float = 2.2, dash: str = "") -> None:
        """A smooth line through values that were found at a few places; it turns nowhere but where the values do.

        Piecewise cubic (Fritsch and Carlson 1980, SIAM J Numer Anal 17:238), on the scale of the axis.
        """
        places = sorted(self.at(points))
        x, y = (np.array(values) for values in zip(*places, strict=True))
        finely = np.linspace(x[0], x[-1], 4 * len(x))
        self.drawing.path(
            list(zip(finely.tolist(), smooth_through(x, y, finely).tolist(), strict=True)), color, width, dash
        )

    def area(self, points: Sequence[tuple[float, float]], color: str, opacity: float = 0.1) -> None:
        """A filled region between values."""
        self.drawing.area(self.at(points), color, opacity)

    def dot(self, x: float, y: float, color: str, radius: float = 4.5) -> None:
        """A point with a white rim, so that it stands out of the line it lies on."""
        self.drawing.dot(self.x_of(x), self.y_of(y), radius, color)
