"""Which test plays which failure: read from the docstrings of the tests, without running them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).parents[2]
FAILURES = tuple(f"F{number:02d}" for number in range(1, 22))
_NAMED = re.compile(r"((?:F\d\d )+)")


def played(files: Iterable[Path]) -> dict[str, list[str]]:
    """Failure to test ids (`file::test`), for every test whose docstring begins with failures."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = _NAMED.match(ast.get_docstring(node) or "")
                for failure in named.group(1).split() if named else ():
                    found[failure].append(f"{file.relative_to(TESTS.parent)}::{node.name}")
    return found


def files() -> list[Path]:
    """Where failures are played."""
    return [*TESTS.glob("concurrency/test_*.py"), *TESTS.glob("conduct/failures/test_*.py")]


def is_control(test: str) -> bool:
    return "::test_control_" in test


if __name__ == "__main__":
    for failure, tests in sorted(played(files()).items()):
        print(failure)
        print("\n".join(f"  {test}" for test in tests))
