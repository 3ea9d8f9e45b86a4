"""What the document is made of, before it is HTML or Markdown: spans in lines, lines in blocks.

Both renderers print the same blocks, so that neither format can say less than the other. Knows nothing of trials.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Chapter",
    "Document",
    "Facts",
    "Figure",
    "Grid",
    "Line",
    "Paragraph",
    "Part",
    "Row",
    "Span",
    "Subheading",
    "TableBlock",
    "cell",
    "plain",
]

Style = Literal["", "bold", "code", "small", "mark", "ref"]


@literals_checked
@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text. `mark` is the sign of an assumption; `mark` and `ref` lead to `target` in the same document.

    `lang` is set where the piece is in another language than the document.
    """

    text: str
    style: Style = ""
    target: str = ""
    lang: str = ""


Line = tuple[Span, ...]
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading below that of an item or an appendix."""

    text: str
    id: str = ""


@literals_checked
@dataclass(frozen=True, slots=True)
class Paragraph:
    """`note` is set small; `missing` says that the protocol does not state something."""

    line: Line
    kind: Literal["", "note", "missing", "warning"] = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what is said of them."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table; the first heads the row. `id` makes it a target; `group` marks a row that heads those below."""

    cells: tuple[Cell, ...]
    id: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with a head. `widths` in percent; `dense` sets it smaller."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The schedule: `spans` groups the columns; each of `heads` is a row of column heads; `rows` hold short marks."""

    caption: str
    corner: str
    spans: tuple[tuple[str, int], ...]
    columns: tuple[str, ...]
    heads: tuple[tuple[str, tuple[Line, ...]], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: `svg` inside the page, and beside a Markdown document as `figures/ID.svg`. `alt` says it in words."""

    id: str
    caption: Line
    svg: str
    alt: str


Block = Subheading | Paragraph | Bullets | Facts | TableBlock | Grid | Figure


def plain(text: str) -> Line:
    """A line of plain text; no span for no text."""
    return (Span(text),) if text else ()


def cell(*lines: Line | str) -> Cell:
    """A cell of lines; empty lines are left out."""
    made = tuple(plain(line) if isinstance(line, str) else line for line in lines)
    return tuple(line for line in made if line)


@dataclass(frozen=True, slots=True)
class Part:
    """One item of SPIRIT 2025 or one appendix."""

    number: str
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of SPIRIT 2025, or the appendices."""

    id: str
    title: str
    parts: tuple[Part, ...]


@literals_checked
@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is printed; `running` stands on every printed page."""

    language: Language
    kind: str
    title: str
    subtitle: str
    running: str
    contents: str
    lead: tuple[Block, ...]
    chapters: tuple[Chapter, ...]
