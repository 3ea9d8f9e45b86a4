"""Which numbers of a reference are compared: a case's outputs note what is read of them, and what nobody reads is found."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from _pytest.mark import ParameterSet

__all__ = ["Watched", "play", "still_unread", "unread", "watch"]


class Watched(dict[str, Any]):
    """Numbers by name that note which of them were read. `peek` reads without noting, `note` notes without reading."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__({key: Watched(value) if isinstance(value, dict) else value for key, value in given.items()})
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self else default

    def peek(self, key: str) -> Any:
        return super().__getitem__(key)

    def note(self, keys: Iterable[str]) -> None:
        self.read.update(keys)

    def unread(self, before: str = "") -> Iterator[str]:
        for key, value in super().items():
            if isinstance(value, Watched):
                yield from value.unread(f"{before}{key}.")
            elif key not in self.read:
                yield f"{before}{key}"


def watch(cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cases, with watched outputs."""
    return [case | {"outputs": Watched(case["outputs"])} for case in cases]


def unread(cases: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    """Case and name of every number that nobody has read."""
    return {(case["id"], name) for case in cases for name in case["outputs"].unread()}


def play(module: ModuleType, but: str) -> None:
    """Run every test of a module that is no control, with each of its parameters: what a test reads, it compares."""
    for name, test in list(vars(module).items()):
        own = getattr(test, "__module__", "") == module.__name__
        if not own or not name.startswith("test_") or name.startswith("test_control") or name == but:
            continue
        marks = [mark.args for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
        choices = []
        for names, values in marks:
            keys = [one.strip() for one in names.split(",")] if isinstance(names, str) else list(names)
            # `pytest.param` holds the values beside their marks.
            given = [
                value.values if isinstance(value, ParameterSet) else value if len(keys) > 1 else (value,)
                for value in values
            ]
            choices.append([dict(zip(keys, one, strict=True)) for one in given])
        for chosen in itertools.product(*choices):
            test(**{key: value for part in chosen for key, value in part.items()})


def still_unread(module: ModuleType, cases: Iterable[dict[str, Any]], named: Iterable[str]) -> set[str]:
    """The names of numbers that no test of the module reads and that are not `named` with a reason.

    After a whole run of the module nothing is played again. A name is that of a field, or of a case and its field.
    """
    known, every = set(named), list(cases)
    if _left(every, known):
        play(module, "test_every_field_is_compared_or_named")
    return _left(every, known)


def _left(cases: list[dict[str, Any]], known: set[str]) -> set[str]:
    return {
        f"{case}: {name}" for case, name in unread(cases) if not known & {name, name.split(".")[-1], f"{case}: {name}"}
    }
