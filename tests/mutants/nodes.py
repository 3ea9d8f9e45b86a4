"""The nodes of a source file that can be changed, and the file with one of them changed.

A mutant is named by its file, the function around it, the text of the node and the change, never by its line: what was
said about it in `left.toml` stays true when lines move.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ROOMS", "Mutant", "changed_tree", "find_mutants"]

ROOMS = ("analysis", "survival", "estimation", "planning", "endpoints", "randomization", "ledger", "medicine")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "equipoise"

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not", ast.And: "and", ast.Or: "or",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One node and its change. `number` counts nodes of the file in order; `again` equal ones of a function."""

    file: str
    function: str
    text: str
    change: str
    again: int
    line: int
    number: int

    @property
    def name(self) -> str:
        """What it is called in `left.toml`."""
        more = f" #{self.again}" if self.again > 1 else ""
        return f"{self.file}:{self.function}: {self.text} [{self.change}]{more}"


def find_mutants(file: str, source: str | None = None) -> list[Mutant]:
    """Every mutant of a file under src/equipoise, in the order of its nodes."""
    text = (SOURCE / file).read_text("utf-8") if source is None else source
    found: list[Mutant] = []
    times: Counter[tuple[str, str, str]] = Counter()
    for number, (node, function) in enumerate(_nodes(ast.parse(text))):
        one = (function, " ".join(ast.unparse(node).split())[:120], _change(node))
        times[one] += 1
        found.append(Mutant(file, *one, times[one], node.lineno, number))
    return found


def changed_tree(source: str, number: int) -> ast.Module:
    """The file as a tree in which the node with this number is changed."""
    tree = ast.parse(source)
    node, _ = next(pair for n, pair in enumerate(_nodes(tree)) if n == number)
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        node.op = _ARITHMETIC[type(node.op)]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = _COMPARISON[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if isinstance(node.op, ast.Not):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return ast.fix_missing_locations(tree)


Changeable = ast.BinOp | ast.AugAssign | ast.Compare | ast.BoolOp | ast.UnaryOp


def _change(node: Changeable) -> str:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        return f"{_SIGNS[type(node.op)]} to {_SIGNS[_ARITHMETIC[type(node.op)]]}"
    if isinstance(node, ast.Compare):
        return f"{_SIGNS[type(node.ops[0])]} to {_SIGNS[_COMPARISON[type(node.ops[0])]]}"
    if isinstance(node, ast.BoolOp):
        return "and to or" if isinstance(node.op, ast.And) else "or to and"
    return "without -" if isinstance(node.op, ast.USub) else "without not"


def _nodes(tree: ast.AST, function: str = "") -> Iterator[tuple[Changeable, str]]:
    """Nodes with the function around each; never inside an annotation, nor where texts are put together."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "type_params"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or _is_for_types(node):
                continue
            inner = function
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                inner = f"{function}.{node.name}".lstrip(".")
            if _may_change(node):
                yield node, inner  # type: ignore[misc]
            yield from _nodes(node, inner)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _may_change(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return type(node.op) in _ARITHMETIC and not (_is_text(node.left) or _is_text(node.right))
    if isinstance(node, ast.AugAssign):
        return type(node.op) in _ARITHMETIC and not _is_text(node.value)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.USub, ast.Not))
    return isinstance(node, (ast.Compare, ast.BoolOp))


def _is_text(node: ast.AST) -> bool:
    """Texts, lists and tuples are put together by +: nothing arithmetic."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (str, bytes))
    return isinstance(node, (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp))
