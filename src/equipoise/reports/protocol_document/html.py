"""The document as one self-contained page of HTML: inline style, no script, no address outside the page."""

from __future__ import annotations

from pathlib import Path

from equipoise.reports.protocol_document.blocks import Block, Document

__all__ = ["render_html"]


def render_html(document: Document) -> str:
    """The page as text; jinja2 escapes every text of the protocol."""
    import jinja2
    from markupsafe import Markup

    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["kind"] = _is_kind
    environment.filters["drawing"] = Markup  # made by `reports.svg`, which escapes every text
    css = (folder / "page.css").read_text(encoding="utf-8").replace("RUNNING", _css_string(document.running))
    return environment.get_template("page.html").render(document=document, css=Markup(css))  # noqa: S704 our own file


def _is_kind(block: Block, name: str) -> bool:
    return type(block).__name__ == name


def _css_string(text: str) -> str:
    """A CSS string: everything but letters and digits as an escape, so that nothing ends it, or the style element."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\{ord(c):x} " for c in text) + '"'
