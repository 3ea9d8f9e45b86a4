"""A plugin of pytest that learns which tests run which functions of the source, and how long each test takes.

`pytest -p tests.mutants.covering` writes `.mutants/covering.json`: {function: {test: seconds}}, a function being
`FILE:QUALIFIED.NAME`, the seconds those of the processor: what else the machine does is nothing of the test's. A compiled kernel is seen by its callers only; its file stands for it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

__all__ = ["FOLDER", "read_covering"]

ROOT = Path(__file__).resolve().parents[2]
SOURCE = f"{ROOT / 'src' / 'equipoise'}{os.sep}"
FOLDER = ROOT / ".mutants"
_ran: dict[str, dict[str, float]] = defaultdict(dict)
_codes: set[CodeType] = set()


def _see(frame: FrameType, event: str, _arg: Any) -> None:
    if event == "call":
        _codes.add(frame.f_code)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What runs while one test is set up, runs and is taken down counts for it."""
    _codes.clear()
    sys.setprofile(_see)
    threading.setprofile(_see)
    began = time.process_time()
    try:
        return (yield)
    finally:
        took = time.process_time() - began
        sys.setprofile(None)
        threading.setprofile(None)
        for code in list(_codes):
            if code.co_filename.startswith(SOURCE):
                name = code.co_qualname.replace(".<locals>", "").split(".<")[0]
                _ran[f"{code.co_filename.removeprefix(SOURCE)}:{name}"][item.nodeid] = round(took, 3)


def pytest_sessionfinish() -> None:
    """Each process writes its own part."""
    if not _ran:
        return
    FOLDER.mkdir(exist_ok=True)
    part = os.environ.get("PYTEST_XDIST_WORKER", "all")
    (FOLDER / f"covering-{part}.json").write_text(json.dumps(_ran), encoding="utf-8")


def read_covering() -> dict[str, dict[str, float]]:
    """What every process learned."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for part in FOLDER.glob("covering-*.json"):
        for function, tests in json.loads(part.read_text("utf-8")).items():
            found[function].update(tests)
    return found
