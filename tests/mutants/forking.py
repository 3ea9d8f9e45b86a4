"""A plugin of pytest that tries many changes in one process: everything is imported and collected once, then each
change gets a child of its own, in which the functions of the changed file get their new code and the tests are run.

`EQUIPOISE_MUTANTS` names a file with one trial a line: {file, number, tests, seconds}; `EQUIPOISE_ANSWERS` the file that
gets the answers. A child that does not end in time is ended, and so is all that it started: what never answers is noticed.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.mutants.child import module_of, put_in_force
from tests.mutants.nodes import SOURCE, changed_tree

__all__ = ["put_in_place"]

NOTICED, UNNOTICED, FRESH = 1, 0, 77
PATIENCE = 10.0, 6.0  # seconds of the processor at least, and times as many as the tests took when they were learned
ASLEEP = 20.0  # times as long by the clock: who waits for something uses no processor
MEMORY = 16 * 2**30  # bytes that a child may ask for: a change may ask for an array without end
FAILED = "failed"  # the file in which a child leaves the name of the test that noticed
_OPTIMIZED = 1  # of co_flags: a function, not a module or the body of a class


def pytest_configure(config: pytest.Config) -> None:
    """Generated examples are the same each time, are kept nowhere, and are not made smaller."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of running the tests: every trial in a child of its own."""
    items = {item.nodeid: item for item in session.items}
    alone: dict[str, bool] = {}  # whether a test passes in a child in which nothing is changed
    with Path(os.environ["EQUIPOISE_ANSWERS"]).open("w", encoding="utf-8") as answers:
        for line in Path(os.environ["EQUIPOISE_MUTANTS"]).read_text("utf-8").splitlines():
            asked = json.loads(line)
            began = time.monotonic()
            answer = _ask(session, items, asked, alone)
            told = {"number": asked["number"], "file": asked["file"], "answer": answer}
            answers.write(json.dumps(told | {"took": round(time.monotonic() - began, 2)}) + "\n")
            answers.flush()
    return True


def _ask(session: pytest.Session, items: dict[str, pytest.Item], asked: dict[str, Any], alone: dict[str, bool]) -> int:
    """Run the trial; a test that fails without a change too has said nothing, and is not asked again."""
    change, seconds = (asked["file"], asked["number"]), asked["seconds"]
    while True:
        chosen = [items[test] for test in asked["tests"] if test in items and alone.get(test, True)]
        answer, failed = _in_child(session, chosen, seconds, change)
        if failed is None:
            return answer
        if failed not in alone:
            alone[failed] = _in_child(session, [items[failed]], seconds)[0] == UNNOTICED
        if alone[failed]:
            return answer


def _in_child(
    session: pytest.Session, items: Sequence[pytest.Item], seconds: float, change: tuple[str, int] | None = None
) -> tuple[int, str | None]:
    """The answer, and the test that failed where one did."""
    home = tempfile.mkdtemp(prefix="equipoise-mutant-")
    pid = os.fork()
    if not pid:
        code = NOTICED
        try:
            os.setsid()
            most = math.ceil(_patience(seconds))
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
            code = _run(session, items, home, change)
        finally:
            os._exit(code)
    try:
        answer, said = _answer(pid, ASLEEP * _patience(seconds)), Path(home, FAILED)
        return answer, said.read_text("utf-8") if said.is_file() else None
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _patience(seconds: float) -> float:
    return PATIENCE[0] + PATIENCE[1] * seconds


def _answer(pid: int, patience: float) -> int:
    """The child's exit code; one that does not end within `patience` seconds has noticed."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return code if code in (UNNOTICED, FRESH) else NOTICED
        time.sleep(0.005)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return NOTICED


def _run(session: pytest.Session, items: Sequence[pytest.Item], home: str, change: tuple[str, int] | None) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    session.config.pluginmanager.unregister(name="terminalreporter")
    session.config._tmp_path_factory._basetemp = Path(home)  # type: ignore[attr-defined]
    if change and not put_in_place(*change):
        return FRESH
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            Path(home, FAILED).write_text(item.nodeid, encoding="utf-8")
            return NOTICED
    return UNNOTICED


def put_in_place(file: str, number: int) -> bool:
    """Give the living functions of the file their code with this node changed; False where that is not enough.

    A module or a class that computes something when it is imported has done so already: it needs a fresh process. What
    nobody has imported yet is imported changed.
    """
    path = SOURCE / file
    source = path.read_text("utf-8")
    if module_of(file) not in sys.modules and "compiling" not in source:
        put_in_force(file, number)
        return True
    old = compile(source, str(path), "exec")
    new = compile(changed_tree(source, number), str(path), "exec")
    pairs = list(_pairs(old, new))
    changed = [before for before, after in pairs if _own(before) != _own(after)]
    if not changed or not all(code.co_flags & _OPTIMIZED for code in changed):
        return False
    codes = dict(pairs)
    reached = False
    gc.unfreeze()  # what was made before the tests began is looked at by nobody while it is frozen (tests/conftest.py)
    living = gc.get_objects()
    for remembered in [one for one in living if type(one) is _lru_cache_wrapper]:
        if str(remembered.__module__).startswith("equipoise"):
            remembered.cache_clear()  # what was worked out before the change knows nothing of it
    for function in [one for one in living if type(one) is FunctionType]:
        code = function.__code__
        if code in codes and code.co_filename == str(path):
            reached = reached or any(inner in changed for inner, _ in _pairs(code, code))
            function.__code__ = codes[code]
    if "compiling" in source:  # a kernel compiled before would be as it was: today nothing is compiled
        os.environ["NUMBA_DISABLE_JIT"] = "1"
    return reached


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Each code object with its changed one, the outer before the inner."""
    yield old, new
    for before, after in zip(_inner(old), _inner(new), strict=True):
        yield from _pairs(before, after)


def _inner(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _own(code: CodeType) -> tuple[Any, ...]:
    """What a code object itself does, without what it holds inside."""
    return code.co_code, tuple(repr(one) for one in code.co_consts if not isinstance(one, CodeType)), code.co_names
