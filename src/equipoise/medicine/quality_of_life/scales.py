"""Which items make which scale, as data (`scales.csv`). Items of a module count from 1, as on its own page.

QLQ-C30 version 3.0: Fayers et al., EORTC QLQ-C30 Scoring Manual, 3rd ed. 2001, as in PROscorer (eb01e000). The maps of
the modules are public transcriptions: `verified` is False until somebody has held them against EORTC's manual, and the
source of a method says so. Items 31 to 35 of the H&N35 are answered no (1) or yes (2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from equipoise.medicine.tables import read_table
from equipoise.wording.literals import literals_checked

__all__ = ["INSTRUMENTS", "Instrument", "ScoredScale", "instrument_of"]

Kind = Literal["function", "global", "symptom"]


@literals_checked
@dataclass(frozen=True, slots=True)
class ScoredScale:
    """Items scored together. High is good for `function` and `global`, bad for `symptom`."""

    id: str
    items: tuple[int, ...]
    lowest: int
    highest: int
    kind: Kind
    name: Mapping[str, str]

    @property
    def high_is_good(self) -> bool:
        """Whether a higher score is better for the person."""
        return self.kind != "symptom"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire: its scales, and whether its item map was checked against the manual."""

    id: str
    scales: tuple[ScoredScale, ...]
    verified: bool

    @property
    def items(self) -> tuple[int, ...]:
        """The numbers of its items."""
        return tuple(sorted(item for scale in self.scales for item in scale.items))

    def answers_of(self, item: int) -> tuple[int, int]:
        """The lowest and the highest answer to an item."""
        return next((one.lowest, one.highest) for one in self.scales if item in one.items)


INSTRUMENTS: Mapping[str, bool] = {"qlq_c30": True, "qlq_hn35": False, "qlq_hn43": False}
"""The questionnaires, and whether their map of items is one that we could check."""


@cache
def instrument_of(name: str) -> Instrument:
    """The questionnaire of that id."""
    scales = tuple(
        ScoredScale(
            row["scale"],
            tuple(map(int, row["items"].split())),
            int(row["lowest"]),
            int(row["highest"]),
            row["kind"],  # type: ignore[arg-type]
            {"en": row["en"], "zh": row["zh"]},
        )
        for row in read_table("quality_of_life/scales.csv")
        if row["instrument"] == name
    )
    return Instrument(name, scales, INSTRUMENTS[name])
