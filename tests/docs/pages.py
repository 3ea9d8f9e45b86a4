"""The pages of the documentation, their shell snippets and their links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def pages() -> list[Path]:
    """Every Markdown page that a reader of the repository meets."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "protocols").rglob("*.md")]
    return sorted(found)


def snippets(text: str, language: str = "sh") -> list[str]:
    """The fenced blocks in `language`, in order."""
    return [body for kind, body in _FENCE.findall(text) if kind == language]


def commands(text: str) -> list[str]:
    """The lines of all shell snippets, continuation lines joined, comments removed."""
    lines = "\n".join(snippets(text)).replace("\\\n", " ").splitlines()
    return [line.split("  #", 1)[0].strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def links(text: str) -> list[str]:
    """Where the page's links lead, without what stands after `#`."""
    return [link for link in _LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
