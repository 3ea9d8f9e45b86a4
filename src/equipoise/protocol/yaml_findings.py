"""What the YAML parser stumbled over, said so that a person who does not write YAML every day can mend it."""

from __future__ import annotations

from typing import Any

from equipoise.findings import Finding, Where
from equipoise.protocol.words import finding, phrase
from equipoise.words import Phrase

__all__ = ["explain_yaml_error"]

# A fragment of libyaml's message, and the wording for the mistake that most often causes it. The first that fits holds.
_EXPLAINED = (
    ("\\t", "tab"),
    ("tab", "tab"),
    ("mapping values are not allowed", "second_colon"),
    ("expected <block end>", "indentation"),  # so says PyYAML; libyaml has the next two for it
    ("did not find expected key", "indentation"),
    ("did not find expected '-' indicator", "indentation"),
    ("could not find expected ':'", "no_colon"),
    ("expected ',' or ']'", "open_list"),
    ("expected ',' or '}'", "open_mapping"),
    ("unexpected end of stream", "open_quote"),
    ("control characters", "control"),
    ("special characters", "control"),
    ("cannot start any token", "kept"),
    ("unknown escape", "escape"),
    ("while scanning an a", "anchor"),
    ("undefined tag handle", "tag"),
)
_ABOUT_A_DOCUMENT = {"tag"}


def explain_yaml_error(error: Any, text: str, file: str, document: Phrase) -> Finding:
    """One Finding for a parser error: its line, and the likeliest mistake. `document`: what the file should hold."""
    problem = " ".join(
        str(part)
        for part in (getattr(error, "problem", None), getattr(error, "context", None), getattr(error, "reason", None))
        if part
    )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1 + text[: getattr(error, "position", 0) or 0].count("\n")
    lines = text.splitlines()
    whole = lines[line - 1] if 0 < line <= len(lines) else ""
    # libyaml takes a tab that indents for a token that cannot start here: the line itself says it better.
    if whole.lstrip(" ").startswith("\t") and not whole.strip().startswith("#"):
        problem = f"tab {problem}"
    shown = whole.strip()[:60]
    where = Where(file, line)
    for fragment, wording in _EXPLAINED:
        if fragment in problem:
            about: dict[str, Any] = {"document": document} if wording in _ABOUT_A_DOCUMENT else {}
            place = phrase("yaml.near", line=shown) if shown else ""
            return finding(f"yaml.broken/{wording}", where, near=place, **about)
    return finding("yaml.broken", where, line=shown, problem=problem or type(error).__name__)
