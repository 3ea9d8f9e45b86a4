"""Every wording of every room: found by walking the source, so that none can hide; and what a whole run of the tests reached.

A room's words stand in a module `words` that holds a `TABLE`. `conftest.py` watches what is used.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from equipoise.findings import Table
from equipoise.words import Words, fields_of

SOURCE = Path(__file__).resolve().parents[1] / "src" / "equipoise"
# The calls whose first argument is a key of a table; the facts are their keywords.
SPEAKING = {"finding", "warning", "refuse", "unreadable", "phrase", "add", "warn", "remark"}
# Who collects Findings has these two words for it; a set has `add` too.
COLLECTING = {"look", "desk", "complaints"}
# Keywords of such calls that are no facts.
NOT_FACTS = {"severity"}


def tables() -> dict[str, Table]:
    """Every table of the source by its room."""
    found: dict[str, Table] = {}
    for file in sorted((*SOURCE.rglob("words.py"), *SOURCE.rglob("words/__init__.py"))):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(("equipoise", *(part for part in parts if part != "__init__")))
        table = getattr(importlib.import_module(name), "TABLE", None)
        if isinstance(table, Table):
            assert table.room not in found, f"{name}: another table is called {table.room}"
            found[table.room] = table
    return found


def faults_of(key: str, words: Words | tuple[str, str]) -> Iterator[str]:
    """What is wrong with one wording: a language missing, or facts that only one of the languages tells."""
    english, chinese = (words.en, words.zh) if isinstance(words, Words) else ((words[0],), (words[1],))
    if isinstance(words, Words) and not all(text.strip() for text in (*english, *chinese)):
        yield f"{key}: a part is empty"
    if not any("\u4e00" <= sign <= "\u9fff" for text in chinese for sign in text) and any(map(_has_words, english)):
        yield f"{key}: the Chinese words hold no Chinese"
    if any("\u4e00" <= sign <= "\u9fff" for text in english for sign in text):
        yield f"{key}: the English words hold Chinese"
    told = {
        language: {n.removesuffix("_zh") for n in fields_of(*texts)}
        for language, texts in (("en", english), ("zh", chinese))
    }
    if told["en"] != told["zh"]:
        yield f"{key}: only one language tells {sorted(told['en'] ^ told['zh'])}"


def _has_words(text: str) -> bool:
    return any(part.isalpha() and len(part) > 1 for part in text.replace("{", " {").split() if not part.startswith("{"))


def facts_differ(words: Words | tuple[str, str], facts: set[str]) -> set[str]:
    """The facts that the words do not tell, and those that they tell and nobody gives."""
    texts = (*words.en, *words.zh) if isinstance(words, Words) else words
    return facts ^ fields_of(*texts)


def calls(source: str) -> Iterator[tuple[str, set[str], bool, int]]:
    """Every call that speaks, with a constant key: key, facts, whether facts come from a mapping too, and line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if name not in SPEAKING or not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            continue
        if name in ("add", "warn") and getattr(getattr(node.func, "value", None), "id", "") not in COLLECTING:
            continue
        if len(node.args) > 2 and name != "remark":
            continue
        given = {word.arg for word in node.keywords if word.arg is not None} - NOT_FACTS
        yield first.value, given, any(word.arg is None for word in node.keywords), node.lineno


def unreached(used: set[tuple[str, str]], rooms: str = "") -> list[str]:
    """The wordings that no test of a whole run has used; of the rooms that begin so."""
    return sorted(
        f"{table.room}: {key}"
        for table in tables().values()
        if table.room.startswith(rooms)
        for key in (*table.words, *table.phrases)
        if (table.room, key) not in used
    )
