"""How the language is specified: a sentence (the test's name), prose (its docstring), and a piece of YAML that is accepted,
or refused with a stated Finding. The manual is written from the same objects that the tests run.

Each piece of YAML is a change of the demonstration trial (`demonstration()`); see `tests.spec.minimal` for how it merges.
"""

from __future__ import annotations

import inspect
import tempfile
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from equipoise.findings import Finding
from equipoise.protocol.reading import Reading, read_protocol
from equipoise.protocol.scope import participant_columns
from equipoise.rules import Column, compute
from tests.spec.minimal import minimal_data, minimal_protocol, write_minimal
from tests.spec.rich import RICH

__all__ = ["Example", "accepted", "answers", "demonstration", "line_of", "read", "refused", "warned"]


_PROPER = {
    "yaml": "YAML",
    "sql": "SQL",
    "chinese": "Chinese",
    "windows": "Windows",
    "cox": "Cox",
    "ucum": "UCUM",
    "iso": "ISO",
}


def demonstration() -> dict[str, Any]:
    """The demonstration trial as data: at least one of every clause, and no Finding."""
    return minimal_data(RICH)


@dataclass(frozen=True)
class Example:
    """One example of the manual, and what is expected of it."""

    test: Callable[..., None]
    text: str
    code: str = ""
    at: str = ""
    severity: str = "error"
    rows: tuple[tuple[Mapping[str, Any], Any], ...] = ()

    @property
    def sentence(self) -> str:
        words = self.test.__name__.removeprefix("test_").replace("_", " ").replace("1 1", "1.1")
        words = " ".join(_PROPER.get(word, word) for word in words.split())
        return f"{words[0].upper()}{words[1:]}."

    @property
    def prose(self) -> str:
        return inspect.cleandoc(self.test.__doc__ or "")

    def findings(self) -> list[Finding]:
        """What the check says of the demonstration trial with this change."""
        return read(self.text)[0].findings

    def run(self) -> None:
        if self.rows:
            columns = named_columns()
            said = [compute(self.text, row, columns) for row, _ in self.rows]
            assert said == [answer for _, answer in self.rows]
            return
        reading, written = read(self.text)
        if not self.code:
            assert [str(f) for f in reading.findings] == []
            assert reading.protocol is not None
            return
        told = [(f.code, f.where.path, f.severity) for f in reading.findings]
        assert told == [(self.code, self.at, self.severity)], [str(f) for f in reading.findings]
        assert reading.findings[0].where.line == line_of(written, self.at)


@cache
def named_columns() -> dict[str, Column]:
    """What a participant-level rule of the demonstration trial may name, and its items however often they are recorded."""
    trial = minimal_protocol(RICH)
    return {name: Column(name, item.type) for name, (_, _, item) in trial.item_by_id.items()} | participant_columns(
        trial
    )


def read(*changes: str | dict[str, Any]) -> tuple[Reading, str]:
    """The demonstration trial with changes, written to a file and read back; and the file's text."""
    with tempfile.TemporaryDirectory() as folder:
        place = write_minimal(Path(folder) / "trial", RICH, *changes)
        return read_protocol(place), (place / "protocol.yaml").read_text("utf-8")


def line_of(text: str, path: str) -> int:
    """The line at which `path` (spelled as Findings spell it) stands, found anew from PyYAML's own nodes.

    A part that is not written down has the line of the nearest part around it that is.
    """
    node, line = yaml.compose(text, yaml.CSafeLoader), 0
    for step in [s for s in path.replace("[", ".[").split(".") if s]:
        here, found = _step(node, step)
        if found is None:
            return line
        node, line = found, here
    return line


def _step(node: Any, step: str) -> tuple[int, Any]:
    if isinstance(node, yaml.SequenceNode):
        for place, part in enumerate(node.value, start=1):
            own = {k.value: v.value for k, v in part.value} if isinstance(part, yaml.MappingNode) else {}
            if own.get("id") == step or f"[{place}]" == step:
                return part.start_mark.line + 1, part
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    return 0, None


def _test(made: Callable[[Callable[..., None]], Example]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    def decorate(function: Callable[..., None]) -> Callable[[], None]:
        example = made(function)

        def test() -> None:
            example.run()

        test.__name__, test.__doc__, test.__module__ = function.__name__, function.__doc__, function.__module__
        test.example = example  # type: ignore[attr-defined]
        return test

    return decorate


def accepted(text: str) -> Any:
    """The YAML is accepted without a Finding."""
    return _test(lambda function: Example(function, textwrap.dedent(text).strip()))


def refused(text: str, code: str, at: str) -> Any:
    """The YAML is refused with exactly one Finding: this code at this path, and the line at which the path stands."""
    return _test(lambda function: Example(function, textwrap.dedent(text).strip(), code, at))


def warned(text: str, code: str, at: str) -> Any:
    """The YAML is accepted with exactly one warning."""
    return _test(lambda function: Example(function, textwrap.dedent(text).strip(), code, at, "warning"))


def answers(rule: str, *rows: tuple[Mapping[str, Any], Any]) -> Any:
    """The rule gives these answers for these values; None is *not yet known*."""
    return _test(lambda function: Example(function, rule, rows=rows))
