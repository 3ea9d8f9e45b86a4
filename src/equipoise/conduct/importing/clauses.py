"""Clauses of a mapping as a Finding proposes them: one line of YAML to copy, its reason left to write."""

from __future__ import annotations

import json
from typing import Any

from equipoise.conduct.importing.values import in_sql, quoted_name

__all__ = [
    "accept_clause",
    "becomes_clause",
    "confirm_clause",
    "different_clause",
    "in_double_quotes",
    "in_yaml",
    "leave_out_clause",
    "plain_or_quoted",
]

_YAML_SIGNS = "\"'{}[],:#&*!|>%@`"
_REASON = "reason: {en: ..., zh: ...}"


def accept_clause(column: str, kind: str, value: Any, *, written: bool = False, keep: bool = False) -> str:
    """How to write a clause that takes a value as missing (or, with `keep`, as it stands)."""
    if written:
        condition = f"written: {in_yaml(str(value))}"
    else:
        rule = f"{quoted_name(column)} IS NULL" if value is None else f"{quoted_name(column)} = {in_sql(kind, value)}"
        condition = f"when: {plain_or_quoted(rule)}"
    becomes = "" if keep else "becomes: null, "
    return f"{{id: {_name(column, value)}, column: {_column(column)}, {condition}, {becomes}{_REASON}}}"


def becomes_clause(column: str, text: str, becomes: str) -> str:
    """How to write a clause that takes what is written as another value; `becomes` as YAML writes it."""
    written, name = in_yaml(text), _name(column, text)
    return f"{{id: {name}, column: {_column(column)}, written: {written}, becomes: {becomes}, {_REASON}}}"


def confirm_clause(check: str) -> str:
    """How to write a clause that confirms a soft question."""
    check = check.partition("[")[0]
    return f"{{id: {_word(check.replace('.', '_'))}, check: {check}, {_REASON}}}"


def leave_out_clause(column: str, text: str | None = None) -> str:
    """How to write a clause that leaves out the rows in which a column is empty, or holds this text."""
    rule = f"{quoted_name(column)} IS NULL" if text is None else f"{quoted_name(column)} = {in_sql('text', text)}"
    name = f"no_{column}" if text is None else f"no_{column}_{text}"
    return f"{{id: {_word(name)}, when: {plain_or_quoted(rule)}, {_REASON}}}"


def different_clause(one: str, other: str) -> str:
    """How to write a clause that says that two numbers are two people's."""
    name = _word(f"not_{one}_{other}")
    return f"{{id: {name}, participants: [{in_yaml(one)}, {in_yaml(other)}], {_REASON}}}"


def in_yaml(text: str) -> str:
    """A text in quotes; what a line of YAML cannot hold is escaped."""
    if not text.isprintable():
        return in_double_quotes(text)
    return "'" + text.replace("'", "''") + "'"


def in_double_quotes(text: str) -> str:
    """A text as YAML and JSON write it, with an escape for every sign that cannot be seen."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08X}" for letter in shown)


def plain_or_quoted(rule: str) -> str:
    """A rule as YAML writes it: in quotes where it holds a sign of YAML."""
    return in_yaml(rule) if any(sign in rule for sign in _YAML_SIGNS) else rule


def _column(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else in_yaml(name)


def _name(column: str, value: Any) -> str:
    return _word(f"{column}_{'missing' if value is None else value}")


def _word(text: str) -> str:
    word = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in text)[:40]
    return word if word[:1].isalpha() else f"c_{word}"
