"""The protocol as a document that people read: investigator, ethics committee, trial statistician.

In the order of SPIRIT 2025, every item with its number, and told as missing where the protocol says nothing. Promises
the same content in HTML and Markdown; prints nothing that would let a site guess the next allocation.
"""

from __future__ import annotations

from typing import Literal

from equipoise.protocol.document import Protocol
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["render_protocol"]


@literals_checked
def render_protocol(protocol: Protocol, language: Language = "en", form: Literal["md", "html"] = "md") -> str:
    """The document as text: Markdown, or one self-contained page of HTML."""
    # Only here: documents of designs, which share the words and the page, need nothing of what this one tells.
    from equipoise.reports.protocol_document.assembly import assemble

    document = assemble(protocol, language)
    if form == "html":
        from equipoise.reports.protocol_document.html import render_html

        return render_html(document)
    from equipoise.reports.protocol_document.markdown import render_markdown

    return render_markdown(document)
