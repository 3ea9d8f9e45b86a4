"""What a file asks for, participant by participant: acts under names of their own, and the cells behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from equipoise.conduct.acts import Act

__all__ = ["Case", "CellOrigin", "ImportStep", "said_lines"]

_LINES_LONGEST = 60


@dataclass(frozen=True, slots=True)
class CellOrigin:
    """Where a value comes from: the place of a row, and columns of it."""

    place: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportStep:
    """One act under a name of its own, the rows behind it, and where each of its fields or items comes from.

    An item of a group stands under `lesions[2].size`, and under `size[2]` as checks name it. `confirms`: id of each
    soft check that the mapping confirms, and of the clause that does.
    """

    name: str
    act: Act
    places: tuple[int, ...]
    sources: Mapping[str, CellOrigin]
    confirms: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """What becomes of one participant: of one row of the file, or of several that belong together."""

    places: tuple[int, ...]
    participant: str
    site: str | None = None
    screened: str | None = None
    steps: list[ImportStep] = field(default_factory=list)

    @property
    def place(self) -> int:
        """The first of its rows."""
        return self.places[0]


def said_lines(lines: Iterable[int]) -> str:
    """The lines behind an act, as its id names them: `line 7`, `line 7+9`, `line 7-12`."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    said = "+".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return "line " + (said if len(said) <= _LINES_LONGEST else f"{said[:_LINES_LONGEST].rpartition('+')[0]}+...")
