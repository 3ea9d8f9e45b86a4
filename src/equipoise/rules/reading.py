"""Reading a rule: text to a Polars expression, or one located Finding.

Denies by default: a function that is not listed, a subquery, an aggregate or a window is refused, because a rule
must give for one participant what it gives for that participant among thousands.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from equipoise.findings import Where
from equipoise.rules.calendar import UNITS_OF_DIFF, Call, Misused, written_out
from equipoise.rules.safety import result_is_named, safe_tree
from equipoise.rules.words import phrase, refuse
from equipoise.words import nearest

if TYPE_CHECKING:
    import polars as pl

__all__ = ["FUNCTIONS", "Rule", "names_of", "read_rule"]

# Row-wise functions of the rule language. LEAST and GREATEST skip missing values, as in PostgreSQL.
FUNCTIONS = frozenset(
    """
    ABS AGE CEIL COALESCE CONCAT CONCAT_WS DATE DATE_DIFF DATE_PART ENDS_WITH EXP FLOOR GREATEST IF IFNULL LEAST LEFT
    LENGTH LN LOG LOG10 LOG2 LOWER LPAD LTRIM MOD NULLIF POW POWER REPLACE RIGHT ROUND RTRIM SIGN SQRT STARTS_WITH
    STRFTIME STRPTIME SUBSTR TRIM UPPER
    """.split()  # noqa: SIM905 - a list of forty words in quotes is harder to read
)
# Words that may stand before a parenthesis without being a function.
_KEYWORDS = frozenset(
    "AND OR NOT IN CASE WHEN THEN ELSE END IS NULL BETWEEN LIKE ILIKE CAST TRY_CAST EXTRACT FROM INTERVAL AS VARCHAR "  # noqa: SIM905
    "CHAR TRUE FALSE YEAR MONTH DAY".split()
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*\(")
_FORBIDDEN = re.compile(r"\b(SELECT|OVER|WITH|UNION|EXISTS)\b|;|--|/\*", re.IGNORECASE)
_FIXED_POINT = re.compile(r"\bAS\s+(DECIMAL|NUMERIC)\b", re.IGNORECASE)
# Polars reads `x IS NOT TRUE` as `NOT (x = TRUE)`, which for a missing x is missing and in SQL is true.
_IS_TRUTH = re.compile(r"\bIS\s+(NOT\s+)?(TRUE|FALSE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that could be read: its text, its expression (made safe for single bad values), the names that it uses
    in order of appearance, the tree of what was written, and its calls of AGE and DATE_DIFF (written out there)."""

    text: str
    expression: pl.Expr
    names: tuple[str, ...]
    tree: Any
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unread:
    """Why a text is no rule: which wording of `rule.unreadable`, and its facts."""

    key: str
    facts: Mapping[str, object]


def _words_refused(text: str) -> _Unread | None:
    bare_text = _QUOTED.sub(lambda m: "''" if m.group().startswith("'") else "q", text)
    if found := _FORBIDDEN.search(bare_text):
        return _Unread("forbidden", {"word": found.group()})
    if truth := _IS_TRUTH.search(bare_text):
        return _Unread("truth", {"word": truth.group()})
    if _FIXED_POINT.search(bare_text):
        return _Unread("fixed_point", {})
    for name in _CALL.findall(bare_text):
        upper = name.upper()
        if upper not in FUNCTIONS and upper not in _KEYWORDS:
            facts = {"function": upper, "functions": FUNCTIONS}
            near = nearest(upper, FUNCTIONS)
            return _Unread("function_near", {**facts, "near": near}) if near else _Unread("function", facts)
    return None


@lru_cache(maxsize=8192)
def _read(text: str) -> Rule | _Unread:
    import polars as pl

    refused = _words_refused(text)
    if refused:
        return refused
    try:
        plain_text, calls = written_out(text)
    except Misused as misused:
        facts = {"units": list(UNITS_OF_DIFF)} if misused.function == "DATE_DIFF" else {}
        return _Unread(f"arguments_{misused.function.lower()}", facts)
    try:
        expression = pl.sql_expr(plain_text)
        tree = json.loads(expression.meta.serialize(format="json"))
        names = tuple(dict.fromkeys(expression.meta.root_names()))
        safe = safe_tree(tree)
        if safe != tree:
            expression = pl.Expr.deserialize(io.BytesIO(json.dumps(safe).encode()), format="json")
    except Exception as error:  # noqa: BLE001  Polars raises several unrelated classes for a text it cannot parse
        said = str(error).split("\n", 1)[0].strip().rstrip(".")
        return _Unread("", {"reason": phrase("engine_said", said=said)})
    if result_is_named(tree):
        return _Unread("named", {"word": tree["Alias"][1]})
    return Rule(text, expression, names, tree, calls)


def read_rule(text: str, where: Where | None = None) -> Rule:
    """The rule that `text` says; raises Refusal with one Finding when it says none."""
    result = _read(text)
    if isinstance(result, Rule):
        return result
    key = f"rule.unreadable/{result.key}" if result.key else "rule.unreadable"
    refuse(key, where or Where(), rule=text, **result.facts)


def names_of(text: str) -> tuple[str, ...]:
    """The names that a rule uses, each once; none when it cannot be read: that has its own Finding."""
    result = _read(text)
    return result.names if isinstance(result, Rule) else ()
