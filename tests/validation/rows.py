"""The rows and what they name: read, and held against the tests and files that are there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.conduct.failures.table import files as files_that_play
from tests.conduct.failures.table import is_control, played

__all__ = ["FOLDER", "IDS", "VERDICTS", "Row", "faults_of", "functions_of", "read_rows"]

FOLDER = Path(__file__).parent
TESTS = FOLDER.parent
ROOT = TESTS.parent
IDS = (*(f"R{n:02d}" for n in range(1, 35)), *(f"F{n:02d}" for n in range(1, 31)))
VERDICTS = ("met", "partly", "waits")


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement or failure: `tests` and `controls` are ids below tests/; `lacks` what is not there yet."""

    id: str
    asks: Mapping[str, str]
    source: str
    built: tuple[str, ...]
    tests: tuple[str, ...]
    controls: tuple[str, ...]
    verdict: str
    lacks: Mapping[str, str]


def read_rows(text: str | None = None) -> list[Row]:
    """The rows; where failures are played under their number, those tests are added to what the row names."""
    told = yaml.load(text or (FOLDER / "rows.yaml").read_text("utf-8"), yaml.CSafeLoader)
    by_number = played(files_that_play())
    return [_row(one, [test.removeprefix("tests/") for test in by_number.get(one["id"], ())]) for one in told]


def _row(told: Mapping[str, Any], numbered: Iterable[str]) -> Row:
    own = [*told.get("tests", ()), *(test for test in numbered if not is_control(test))]
    against = [*told.get("controls", ()), *(test for test in numbered if is_control(test))]
    return Row(
        told["id"],
        told["asks"],
        told.get("source", ""),
        tuple(told.get("built", ())),
        tuple(dict.fromkeys(own)),
        tuple(dict.fromkeys(against)),
        told["verdict"],
        told.get("lacks", {}),
    )


def functions_of(test: str) -> list[str]:
    """The test functions that an id names: one, or all of a file; none where nothing is there."""
    file, _, wanted = test.partition("::")
    path = TESTS / file
    if not path.is_file():
        return []
    return [name for name in _defined(path) if not wanted or name == wanted]


@cache
def _defined(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def faults_of(rows: Iterable[Row]) -> list[str]:
    """What is wrong with the rows themselves."""
    rows = list(rows)
    found = [f"{id_}: no row" for id_ in IDS if id_ not in {row.id for row in rows}]
    for row in rows:
        found += [f"{row.id}: {path} is not there" for path in row.built if not (ROOT / path).exists()]
        found += [f"{row.id}: {test} names no test" for test in (*row.tests, *row.controls) if not functions_of(test)]
        if row.verdict not in VERDICTS:
            found.append(f"{row.id}: {row.verdict} is no verdict")
        if row.verdict != "waits" and not (row.tests and row.built):
            found.append(f"{row.id}: nothing shows it")
        if row.verdict != "waits" and not any("control" in name for t in row.controls for name in functions_of(t)):
            found.append(f"{row.id}: no control")
        if (row.verdict == "met") is bool(row.lacks):
            found.append(f"{row.id}: {row.verdict} and what lacks do not go together")
    return found
