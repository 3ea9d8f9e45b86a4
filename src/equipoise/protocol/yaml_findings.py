"""What the YAML parser stumbled over, said so that a person who does not write YAML every day can mend it."""

from __future__ import annotations

from typing import Any

from equipoise.findings import Finding, Where, prose

__all__ = ["explain_yaml_error"]

# A fragment of libyaml's message, what happened, why that is wrong, what mends it.
_EXPLAINED = (
    ("\\t", "a tab stands where indentation or a value begins", "YAML indents with spaces only", "Replace the tab by spaces."),
    ("tab", "a tab stands where indentation or a value begins", "YAML indents with spaces only", "Replace the tab by spaces."),
    ("mapping values are not allowed", "a second `: ` stands in one line", "text that contains a colon and a space looks like another key",
     "Put the whole text in quotes, or indent the key below correctly."),
    ("expected <block end>", "this line does not fit the lines above it", "its indentation belongs to none of them, or a bracket or quote is left open above",
     "Align it with its siblings, and look at the line before."),
    ("could not find expected ':'", "a key without `: `", "every key of a mapping is followed by a colon and a space",
     "Add the colon, or put text of several lines in quotes."),
    ("expected ',' or ']'", "a list in brackets is not closed, or a comma is missing", "the parser reached something that cannot stand there", "Close it with `]`, or add the comma."),
    ("expected ',' or '}'", "a mapping in braces is not closed, or a comma is missing", "the parser reached something that cannot stand there",
     "Close it with `}`, add the comma, or put text that contains , : or {} in quotes."),
    ("unexpected end of stream", "a quote is opened and never closed", "the file ends inside the text", "Close the quote."),
    ("control characters", "the file contains a control character", "it is not text", "Remove it; it is often left behind by copying."),
    ("special characters", "the file contains a control character", "it is not text", "Remove it; it is often left behind by copying."),
    ("cannot start any token", "a value begins with a character that YAML keeps for itself", "@, `, % and a bare * or & cannot begin plain text", "Put the text in quotes."),
    ("unknown escape", "a backslash in double quotes begins no known escape", "YAML reads \\ in double quotes as an escape", "Use single quotes, or write \\\\."),
    ("while scanning an a", "a name after & or * is missing or odd", "& and * mark anchors and aliases in YAML", "Put the text in quotes when it is meant as text."),
    ("undefined tag handle", "a tag is used", "a protocol is plain data, and nothing in it may run", "Remove the tag; put text that begins with ! in quotes."),
)  # fmt: skip


def explain_yaml_error(error: Any, text: str, file: str) -> Finding:
    """One Finding for a parser error: its line, and the mistake that most often causes it."""
    problem = " ".join(
        str(part)
        for part in (getattr(error, "problem", None), getattr(error, "context", None), getattr(error, "reason", None))
        if part
    )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1 + text[: getattr(error, "position", 0) or 0].count("\n")
    lines = text.splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    if line <= len(lines) and "\t" in lines[line - 1] and not lines[line - 1].lstrip(" ").lstrip("\t").startswith("#"):
        problem = "tab " + problem if lines[line - 1].lstrip(" ").startswith("\t") else problem
    for fragment, what, why, mend in _EXPLAINED:
        if fragment in problem:
            quoted = f" near `{shown[:60]}`" if shown else ""
            return prose("yaml.broken", Where(file, line), f"{what}{quoted}", why, mend)
    return prose("yaml.broken", Where(file, line), f"the file stops being YAML near `{shown[:60]}`", problem or "it could not be parsed",
                   "Look at the quotes, brackets and indentation of this line and the one before.")  # fmt: skip
