"""The tables of staging as they stand in the files beside this one, in the order of their rows.

Sources. 8th edition: AJCC Cancer Staging Manual, 8th ed. (2017), chapter 9, from two transcriptions of its categories
and the MSD Manual's table of its groups; T0 with N1 or N2 is textbook knowledge, not checked against the source.
Version 9: Pan et al., JAMA Oncol 2024; 10: 1627 (doi 10.1001/jamaoncol.2024.4354), in force from 1 January 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from equipoise.medicine.tables import read_table

__all__ = [
    "EDITIONS",
    "M_8",
    "M_9",
    "STAGES_8",
    "STAGES_9",
    "Edition",
    "Extension",
    "N",
    "StageGroup",
    "T",
    "extensions",
    "groups",
]

Edition = Literal["8", "9"]
EDITIONS: tuple[Edition, ...] = ("8", "9")
T = ("TX", "T0", "Tis", "T1", "T2", "T3", "T4")
N = ("NX", "N0", "N1", "N2", "N3")
M_8 = ("M0", "M1")
M_9 = ("M0", "M1a", "M1b")
STAGES_8 = ("0", "I", "II", "III", "IVA", "IVB")
STAGES_9 = ("0", "IA", "IB", "II", "III", "IVA", "IVB")


@dataclass(frozen=True, slots=True)
class StageGroup:
    """One line of a stage table; None stands for any category."""

    edition: str
    stage: str
    t: frozenset[str] | None
    n: frozenset[str] | None
    m: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Extension:
    """One anatomical descriptor: the T it makes in each edition, and what Version 9 asks to be unequivocal first."""

    descriptor: str
    t: dict[str, str]
    sure_9: str
    meaning: str


@cache
def groups(edition: Edition) -> tuple[StageGroup, ...]:
    """The lines of that edition's stage table; the first that fits is the stage."""

    def cell(text: str) -> frozenset[str] | None:
        return None if text == "any" else frozenset(text.split())

    return tuple(
        StageGroup(row["edition"], row["stage"], cell(row["t"]), cell(row["n"]), cell(row["m"]))
        for row in read_table("staging/groups.csv")
        if row["edition"] == edition
    )


@cache
def extensions() -> tuple[Extension, ...]:
    """Every descriptor of the primary tumor's extent."""
    return tuple(
        Extension(row["descriptor"], {"8": row["t_8"], "9": row["t_9"]}, row["sure_9"], row["meaning"])
        for row in read_table("staging/extent.csv")
    )
