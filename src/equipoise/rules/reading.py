"""Reading a rule: text to a Polars expression, or one located Finding.

Denies by default: a function that is not listed, a subquery, an aggregate or a window is refused, because a rule
must give for one participant what it gives for that participant among thousands.
"""

from __future__ import annotations

import difflib
import io
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from equipoise.findings import Refusal, Where, prose
from equipoise.rules.safety import result_is_named, safe_tree

if TYPE_CHECKING:
    import polars as pl

__all__ = ["FUNCTIONS", "Rule", "names_of", "read_rule"]

# Row-wise functions of the rule language. LEAST and GREATEST skip missing values, as in PostgreSQL.
FUNCTIONS = frozenset(
    "ABS CEIL COALESCE CONCAT CONCAT_WS DATE DATE_PART ENDS_WITH EXP FLOOR GREATEST IF IFNULL LEAST LEFT LENGTH LN LOG "  # noqa: SIM905
    "LOG10 LOG2 LOWER LPAD LTRIM MOD NULLIF POW POWER REPLACE RIGHT ROUND RTRIM SIGN SQRT STARTS_WITH STRFTIME STRPTIME "
    "SUBSTR TRIM UPPER".split()
)
# Words that may stand before a parenthesis without being a function.
_KEYWORDS = frozenset(
    "AND OR NOT IN CASE WHEN THEN ELSE END IS NULL BETWEEN LIKE ILIKE CAST TRY_CAST EXTRACT FROM INTERVAL AS VARCHAR "  # noqa: SIM905
    "CHAR TRUE FALSE YEAR MONTH DAY".split()
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*\(")
_FORBIDDEN = re.compile(r"\b(SELECT|OVER|WITH|UNION|EXISTS)\b|;|--|/\*", re.IGNORECASE)
# Polars reads `x IS NOT TRUE` as `NOT (x = TRUE)`, which for a missing x is missing and in SQL is true.
_FIXED_POINT = re.compile(r"\bAS\s+(DECIMAL|NUMERIC)\b", re.IGNORECASE)
_IS_TRUTH = re.compile(r"\bIS\s+(NOT\s+)?(TRUE|FALSE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that could be read: its text, its expression (made safe for single bad values), the names that it uses
    in order of appearance, and the tree of what was written."""

    text: str
    expression: pl.Expr
    names: tuple[str, ...]
    tree: Any


def _why(error: Exception) -> str:
    return str(error).split("\n", 1)[0].strip().rstrip(".")


def _words_refused(text: str) -> tuple[str, str] | None:
    bare_text = _QUOTED.sub(lambda m: "''" if m.group().startswith("'") else "q", text)
    found = _FORBIDDEN.search(bare_text)
    if found:
        return (
            f"{found.group()!r} is not part of the rule language",
            "Write one expression over items of one participant.",
        )
    if truth := _IS_TRUTH.search(bare_text):
        instead = "Write COALESCE(x, FALSE) or COALESCE(x, TRUE) to say what a missing value counts as, or x IS NULL."
        return f"{truth.group()!r} hides what a missing value counts as", instead
    if _FIXED_POINT.search(bare_text):
        return "numbers of rules are whole or double precision", "Write CAST(x AS DOUBLE), and ROUND(x, 2) to round."
    for name in _CALL.findall(bare_text):
        upper = name.upper()
        if upper not in FUNCTIONS and upper not in _KEYWORDS:
            near = difflib.get_close_matches(upper, FUNCTIONS, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            return (
                f"the function {upper} is not part of the rule language",
                (
                    f"{hint}Row-wise functions only: {', '.join(sorted(FUNCTIONS))}. "
                    "To summarize repeated records, define a variable with `pick`."
                ),
            )
    return None


@lru_cache(maxsize=8192)
def _read(text: str) -> Rule | tuple[str, str]:
    import polars as pl

    refused = _words_refused(text)
    if refused:
        return refused
    try:
        expression = pl.sql_expr(text)
        tree = json.loads(expression.meta.serialize(format="json"))
        names = tuple(dict.fromkeys(expression.meta.root_names()))
        safe = safe_tree(tree)
        if safe != tree:
            expression = pl.Expr.deserialize(io.BytesIO(json.dumps(safe).encode()), format="json")
    except Exception as error:  # noqa: BLE001  Polars raises several unrelated classes for a text it cannot parse
        return _why(error), "Write it as a SQL expression, for example: age >= 18 AND sex IN ('F', 'M')."
    if result_is_named(tree):
        name = tree["Alias"][1]
        return (
            f"it goes on with `{name}` after a complete expression",
            "Remove that word, or join it with AND, OR or an operator.",
        )
    return Rule(text, expression, names, tree)


def read_rule(text: str, where: Where | None = None) -> Rule:
    """The rule that `text` says; raises Refusal with one Finding when it says none."""
    result = _read(text)
    if isinstance(result, Rule):
        return result
    why, mend = result
    raise Refusal(prose("rule.unreadable", where or Where(), f"the rule `{text}` cannot be read", why, mend))


def names_of(text: str) -> tuple[str, ...]:
    """The names that a rule uses, each once; none when it cannot be read: that has its own Finding."""
    result = _read(text)
    return result.names if isinstance(result, Rule) else ()
