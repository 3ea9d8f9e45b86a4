"""The flow diagram of CONSORT 2025: from screening to analysis, one column for each arm.

Says "not recorded" for what the ledger does not hold: an empty line in a flow diagram hides people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipoise.reports.svg import Drawing, text_width, wrap

__all__ = ["FlowBox", "render_flow_figure"]

WIDTH, SIZE, LINE, PAD = 860.0, 13.0, 18.0, 10.0


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A title (bold) and lines below it."""

    title: str
    lines: tuple[str, ...] = ()

    def wrapped(self, width: float) -> list[tuple[str, bool]]:
        """Every printed line with whether it is bold."""
        inner = width - 2 * PAD
        found = [(line, True) for line in wrap(self.title, inner, SIZE * 1.06)]
        for line in self.lines:
            first, *more = wrap(line, inner - 10, SIZE) or [""]
            found += [(first, False), *((f"   {words}", False) for words in more)]
        return found


def _draw(drawing: Drawing, box: FlowBox, x: float, y: float, width: float, *, least: float = 0) -> float:
    """Draw a box and return its bottom."""
    lines = box.wrapped(width)
    height = max(least, LINE * len(lines) + 2 * PAD - 4)
    drawing.box(x, y, width, height, "#fff", "#333")
    for row, (words, bold) in enumerate(lines):
        drawing.text(x + PAD, y + PAD + 10 + LINE * row, words, SIZE, bold=bold)
    return y + height


def _height(boxes: Sequence[FlowBox], width: float) -> float:
    return max(LINE * len(box.wrapped(width)) + 2 * PAD - 4 for box in boxes)


def render_flow_figure(
    *,
    screened: FlowBox,
    excluded: FlowBox | None,
    randomized: FlowBox,
    stages: Sequence[tuple[str, Sequence[FlowBox]]],
    title: str,
) -> str:
    """SVG. `stages`: name of the stage and one box for each arm, from allocation to analysis."""
    columns = max(1, *(len(boxes) for _, boxes in stages)) if stages else 1
    stage_width = max([text_width(name, SIZE) for name, _ in stages] + [60.0]) + 20
    left = stage_width + 6
    column = min(340.0, (WIDTH - left - 2 - 16 * (columns - 1)) / columns)
    span = columns * column + 16 * (columns - 1)
    middle = left + span / 2
    top_width = min(300.0, span)
    heights = [_height(boxes, column) for _, boxes in stages]
    excluded_width = max(240.0, WIDTH - middle - 40)
    total = (
        8 + _height([screened], top_width) + 40 + _height([randomized], top_width) + sum(h + 34 for h in heights) + 20
    )
    if excluded:
        total += _height([excluded], excluded_width)
    # As wide as what is drawn: one arm takes half a page, and on a telephone an empty half would make it unreadable.
    drawn = max(left + span, middle + 36 + excluded_width if excluded else 0.0) + 2
    drawing = Drawing(drawn, total, title, f"{screened.title}; {randomized.title}")
    y = _draw(drawing, screened, middle - top_width / 2, 8, top_width)
    if excluded:
        side = y + 14
        bottom = _draw(drawing, excluded, middle + 36, side, excluded_width)
        drawing.arrow(middle, (side + bottom) / 2, middle + 36, (side + bottom) / 2)
        next_y = bottom + 14
    else:
        next_y = y + 34
    drawing.arrow(middle, y, middle, next_y)
    y = _draw(drawing, randomized, middle - top_width / 2, next_y, top_width)
    centers = [left + place * (column + 16) + column / 2 for place in range(columns)]
    if len(centers) > 1:
        drawing.line(middle, y, middle, y + 16)
        drawing.line(centers[0], y + 16, centers[-1], y + 16)
    for number, ((name, boxes), height) in enumerate(zip(stages, heights, strict=True)):
        top = y + 34
        for center, box in zip(centers, boxes, strict=False):
            start = y + 16 if number == 0 and len(centers) > 1 else y
            drawing.arrow(center, start, center, top)
            _draw(drawing, box, center - column / 2, top, column, least=height)
        drawing.box(4, top, stage_width - 8, 28, "#e8f1f8", "#e8f1f8", 4)
        drawing.text(stage_width / 2, top + 18.5, name, SIZE, "middle", bold=True)
        y = top + height
    drawing.height = y + 10
    return drawing.render()
