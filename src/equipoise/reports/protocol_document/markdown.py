"""The document as Markdown: CommonMark with the pipe tables of GFM.

Text of the protocol is escaped, so that nothing in it becomes markup; a line inside a cell is `<br>`.
"""

from __future__ import annotations

import re

from equipoise.reports.protocol_document.blocks import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Figure,
    Grid,
    Line,
    Paragraph,
    Part,
    Row,
    Span,
    Subheading,
    TableBlock,
)

__all__ = ["render_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_STARTS_BLOCK = re.compile(r"^(\s*)([#+=-]|\d+[.)])")


def render_markdown(document: Document) -> str:
    """The whole document; ends with one line break."""
    lines = [f"# {_escape(document.title)}", "", f"**{_escape(document.kind)}** · {_escape(document.subtitle)}", ""]
    lines += [line for block in document.lead for line in _block(block)]
    lines += [f"## {_escape(document.contents)}", ""]
    for chapter in document.chapters:
        lines.append(f"- [{_escape(chapter.title)}](#{chapter.id})")
        lines += [f"  - [{part.number} {_escape(part.title)}](#{part.id})" for part in chapter.parts]
    for chapter in document.chapters:
        lines += ["", f'<a id="{chapter.id}"></a>', "", f"## {_escape(chapter.title)}", ""]
        for part in chapter.parts:
            lines += _part(part)
    return "\n".join(lines).rstrip() + "\n"


def _part(part: Part) -> list[str]:
    head = [f'<a id="{part.id}"></a>', "", f"### {part.number} {_escape(part.title)}", ""]
    return [*head, *(line for block in part.blocks for line in _block(block))]


def _block(block: Block) -> list[str]:
    if isinstance(block, Subheading):
        anchor = [f'<a id="{block.id}"></a>', ""] if block.id else []
        return [*anchor, f"#### {_escape(block.text)}", ""]
    if isinstance(block, Paragraph):
        words = _STARTS_BLOCK.sub(r"\1\\\2", _line(block.line))
        return [f"> {words}" if block.kind == "warning" else f"*{words}*" if block.kind == "missing" else words, ""]
    if isinstance(block, Bullets):
        return [*(f"- {_line(line)}" for line in block.lines), ""]
    if isinstance(block, Facts):
        return [*(f"- **{_escape(term)}:** {_cell(said)}" for term, said in block.pairs), ""]
    if isinstance(block, Figure):
        return [
            f'<a id="{block.id}"></a>',
            "",
            f"![{_escape(block.alt)}](figures/{block.id}.svg)",
            "",
            _line(block.caption),
            "",
        ]
    return _table(block) if isinstance(block, TableBlock) else _grid(block)


def _table(table: TableBlock) -> list[str]:
    caption = [f"**{_escape(table.caption)}**", ""] if table.caption else []
    heads = ["", _row([_escape(head) for head in table.heads]), _row(["---"] * len(table.heads))]
    return [*caption, *heads[1:], *(_table_row(row, len(table.heads)) for row in table.rows), ""]


def _table_row(row: Row, width: int) -> str:
    cells = [_cell(one) for one in row.cells]
    if row.group:
        cells[0] = f"**{cells[0]}**" if "`" not in cells[0] else cells[0]
    if row.id:
        cells[0] = f'<a id="{row.id}"></a>{cells[0]}'
    return _row([*cells, *[""] * (width - len(cells))])


def _grid(grid: Grid) -> list[str]:
    width = len(grid.columns) + 1
    groups = [name for name, count in grid.spans for _ in range(count)]
    heads = [[name, *(_line(line) for line in lines)] for name, lines in grid.heads]
    lines = [
        f"**{_escape(grid.caption)}**",
        "",
        _row([_escape(grid.corner), *(_escape(column) for column in grid.columns)]),
        _row(["---", *[":-:"] * (width - 1)]),
        _row(["", *(f"*{_escape(group)}*" for group in groups)]),
    ]
    return [*lines, *(_row(head) for head in heads), *(_table_row(row, width) for row in grid.rows), ""]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_line(line) for line in cell)


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    if span.style == "code":
        return _code(span.text)
    words = _escape(span.text)
    if span.style == "bold":
        return f"**{words}**"
    if span.style == "mark":
        return f"**[{words}](#{span.target})**"
    return f"[{words}](#{span.target})" if span.style == "ref" else words


def _code(text: str) -> str:
    """A code span: a fence longer than any run of backticks inside, pipes escaped for tables, on one line."""
    one_line = " ".join(text.split()).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall(r"`+", one_line)), default=0) + 1)
    pad = " " if one_line.startswith("`") or one_line.endswith("`") else ""
    return f"{fence}{pad}{one_line}{pad}{fence}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()) if "\n" in text else text)
