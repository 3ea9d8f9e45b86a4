"""Where everything stands: from a path inside a document back to file and line.

Promises an answer for every path, the nearest enclosing place when the path itself is not written down. Paths are
shown with the ids that people gave (`forms.baseline.items.age`), never with positions in a list that they must count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from equipoise.findings import Where

__all__ = ["Path", "Positions", "spell"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Positions:
    """The plain data as read, and for each of its containers the file and the line of each key or element.

    `marks` is keyed by the identity of the container, which `data` keeps alive; so sections read from several files
    can be joined into one document without losing where they came from.
    """

    file: str = ""
    data: Any = None
    marks: dict[int, tuple[str, dict[str | int, int]]] = field(default_factory=dict)

    def where(self, *path: str | int) -> Where:
        """The place of `path`; of its nearest enclosing part when the path is not written in the file."""
        file, line, here = self.file, 0, self.data
        for step in path:
            if not isinstance(here, (dict, list)):
                break
            marked, lines = self.marks.get(id(here), (file, {}))
            if step in lines:
                file, line = marked, lines[step]
            here = child(here, step)
            if step not in lines and id(here) in self.marks:  # joined from several files: the part knows its own file
                own, own_lines = self.marks[id(here)]
                file, line = own, min(own_lines.values(), default=1)
        return Where(file, line, spell(self.data, path))


def child(here: Any, step: str | int) -> Any:
    """The part of `here` at `step`, or None."""
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
        return here[step]
    return None


def spell(data: Any, path: Path) -> str:
    """The path in words: keys joined by dots, elements of lists by their id."""
    parts: list[str] = []
    here = data
    for step in path:
        here = child(here, step)
        if isinstance(step, int):
            name = here.get("id") if isinstance(here, dict) else None
            parts.append(f".{name}" if isinstance(name, str) else f"[{step + 1}]")
        else:
            parts.append(f".{step}")
    return "".join(parts).lstrip(".")
