"""From plain data to a Protocol, or to every Finding about its shape at once.

What does not fit is set aside (a clause) or stood in for (a plain value), so that everything else can still be checked;
the names that went with it are remembered as `lost`, so that nobody is told the consequences of one mistake twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from equipoise.findings import Finding
from equipoise.protocol.anatomy import follow, may_lack, stand_in, written_in
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Path, Positions, child
from equipoise.protocol.shape_findings import explain_shape_error
from equipoise.protocol.words import finding
from equipoise.wording import Text, speaking

__all__ = ["EVERYTHING", "Shaped", "shape"]

ROUNDS_MAX = 12
_DECISIVE = ("type", "method")  # what else a clause may hold hangs on these: no other value can stand in for them
_STAND_INS = frozenset(
    {
        "missing",
        "model_type",
        "literal_error",
        *("string_type", "string_pattern_mismatch", "string_too_short"),
        *("int_type", "int_parsing", "float_type", "float_parsing", "bool_type", "bool_parsing"),
    }
)
EVERYTHING = "*"  # a whole section is lost: no name can be said not to exist


@dataclass(frozen=True, slots=True)
class Shaped:
    """`protocol` is what can be checked further: the whole when there is no Finding, else what remained of it."""

    protocol: Protocol | None
    findings: tuple[Finding, ...]
    positions: Positions
    lost: frozenset[str]


def shape(positions: Positions) -> Shaped:
    """Give the data of `positions` its shape."""
    data = positions.data
    if not isinstance(data, dict):
        fault = finding("shape.not_a_mapping", positions.where())
        return Shaped(None, (fault,), positions, frozenset())
    found: dict[tuple[str, Path], Finding] = {}
    lost: set[str] = set()
    touched_paths: set[Path] = set()
    for round_ in range(ROUNDS_MAX):
        try:
            protocol = Protocol.model_validate(positions.data, context=speaking(written_in(positions.data)))
        except ValidationError as error:
            errors = error.errors(include_url=False)
        else:
            return Shaped(protocol, tuple(found.values()), positions, frozenset(lost))
        repairs: list[tuple[Path, Any, str]] = []
        for one in errors:
            path, kind = follow(Protocol, one["loc"], positions.data)
            if one["type"] == "too_short" and len(child_at(positions.data, path) or ()) >= one.get("ctx", {}).get(
                "min_length", 1
            ):
                continue  # its elements are wrong, each already with its own Finding
            touched = any(path[: len(t)] == t or t[: len(path)] == path for t in touched_paths)
            if round_ == 0 or (one["type"] == "value_error" and not touched):
                fault = explain_shape_error(one, path, kind, positions)
                found.setdefault((fault.code if one["type"] == "extra_forbidden" else "", path), fault)
            repairs.append((path, kind, one["type"]))
        touched_paths |= {path for path, _, _ in repairs}
        repaired = _repair(positions, repairs, lost)
        if repaired is None:
            break
        positions = repaired
    return Shaped(None, tuple(found.values()), positions, frozenset(lost))


def child_at(data: Any, path: Path) -> Any:
    """The part of `data` at `path`, or None."""
    for step in path:
        data = child(data, step)
    return data


def _repair(positions: Positions, repairs: list[tuple[Path, Any, str]], lost: set[str]) -> Positions | None:
    """A copy of the data with every wrong part stood in for or removed; None when the whole cannot do without it."""
    marks = dict(positions.marks)
    keep: list[Any] = []  # identities of containers must stay unique while they are keys

    def copy(value: Any) -> Any:
        if isinstance(value, dict):
            made: Any = {k: copy(v) for k, v in value.items()}
        elif isinstance(value, list):
            made = [copy(v) for v in value]
        else:
            return value
        keep.append(made)
        if id(value) in positions.marks:
            marks[id(made)] = positions.marks[id(value)]
        return made

    data = copy(positions.data)
    gone = object()
    shortened: dict[int, list[Any]] = {}
    for number, (path, kind, error) in enumerate(repairs):
        if not path:
            return None
        parent = child_at(data, path[:-1])
        if isinstance(parent, dict) and error != "extra_forbidden" and path[-1] not in _DECISIVE:
            value = _stand_in(parent.get(path[-1]), kind, error, number)
            if value is not None:
                if path[-1] == "id":
                    lost |= set(_names(parent.get("id")))
                if isinstance(value, (list, dict)) and kind is not Text:
                    lost.add(EVERYTHING)
                parent[path[-1]] = value
                continue
        cut = path
        while cut:
            parent = child_at(data, cut[:-1])
            if isinstance(parent, list) and isinstance(cut[-1], int) and cut[-1] < len(parent):
                lost |= set(_names(parent[cut[-1]]))
                parent[cut[-1]] = gone
                shortened[id(parent)] = parent
                break
            if isinstance(parent, dict) and may_lack(follow(Protocol, cut[:-1], data)[1], cut[-1]):
                lost |= set(_names(parent.get(cut[-1])))
                parent.pop(cut[-1], None)
                break
            if isinstance(parent, dict) and len(cut) == 1:
                made = stand_in(follow(Protocol, cut, data)[1], number)
                if made is None:
                    return None
                lost |= {*_names(parent.get(cut[-1])), EVERYTHING}
                parent[cut[-1]] = made
                break
            cut = cut[:-1]
        else:
            return None
    for identity, parts in shortened.items():
        file, lines = marks.get(identity, ("", {}))
        kept = [i for i, part in enumerate(parts) if part is not gone]
        marks[identity] = (file, {new: lines[old] for new, old in enumerate(kept) if old in lines})
        parts[:] = [parts[i] for i in kept]
    return Positions(positions.file, data, marks)


def _stand_in(value: Any, kind: Any, error: str, number: int) -> Any:
    if error == "string_type" and isinstance(value, (bool, int, float)):
        return str(value)  # what was surely meant
    if error in _STAND_INS:
        return stand_in(kind, number)
    return None


def _names(part: Any) -> list[str]:
    """Every id within a part, and the part itself when it is one."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        own = [part["id"]] if isinstance(part.get("id"), str) else []
        return own + [n for inner in part.values() if isinstance(inner, (dict, list)) for n in _names(inner)]
    if isinstance(part, list):
        return [n for inner in part if isinstance(inner, (dict, list)) for n in _names(inner)]
    return []
