"""`python -m tests.validation`: run every test that a row names, and write docs/validation/README.md."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.validation.page import page
from tests.validation.rows import ROOT, Row, faults_of, read_rows

PAGE = ROOT / "docs" / "validation" / "README.md"


def main() -> int:
    """Write the page; 1 where a row is at fault or a test failed."""
    rows = read_rows()
    if faults := faults_of(rows):
        print("\n".join(faults), file=sys.stderr)
        return 1
    # One of the tests holds the page against the rows: it is written for them first.
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(rows, {}, "nothing yet") + "\n", "utf-8")
    ends = run(sorted({test for row in rows for test in (*row.tests, *row.controls)}))
    results = {row.id: of_row(row, ends) for row in rows if row.verdict != "waits"}
    PAGE.write_text(page(rows, results, f"the sources with tree {tree()}") + "\n", "utf-8")
    return 1 if any("failed" in one for one in results.values()) else 0


def run(tests: list[str]) -> dict[str, list[tuple[str, str]]]:
    """How the tests ended: file to (function, outcome)."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        files = [f"tests/{test}" for test in tests]
        command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope", f"--junitxml={told}", *files]
        subprocess.run(command, cwd=ROOT, check=False)
        cases = ET.parse(told).getroot().iter("testcase")  # noqa: S314  written by our own run
        ends: dict[str, list[tuple[str, str]]] = {}
        for case in cases:
            file = case.get("classname", "").removeprefix("tests.").replace(".", "/") + ".py"
            outcome = next((o for o in ("failure", "error", "skipped") if case.find(o) is not None), "passed")
            name = case.get("name", "").partition("[")[0]
            ends.setdefault(file, []).append((name, {"failure": "failed", "error": "failed"}.get(outcome, outcome)))
    return ends


def of_row(row: Row, ends: dict[str, list[tuple[str, str]]]) -> dict[str, int]:
    """How many of the row's tests ended how."""
    counted: Counter[str] = Counter()
    for file in sorted({test.partition("::")[0] for test in (*row.tests, *row.controls)}):
        named = {test.partition("::")[2] for test in (*row.tests, *row.controls) if test.partition("::")[0] == file}
        counted.update(how for name, how in ends.get(file, ()) if "" in named or name in named)
    return dict(counted)


def tree() -> str:
    """The name that the history gives to the sources as they stand in the index."""
    git = ["git", "ls-files", "-s", "src", "protocols"]
    listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True).stdout
    hashed = subprocess.run(["git", "hash-object", "--stdin"], cwd=ROOT, check=True, capture_output=True, input=listed)
    return hashed.stdout.decode().strip()[:12]


if __name__ == "__main__":
    sys.exit(main())
