"""The terms of RECIST 1.1: lesions as they are reported at an assessment, and the choices that a protocol makes.

Lengths are kept as whole micrometers once they are read, so that a limit of 30 % or 20 % is met exactly or not at all.
Knows no form. Eisenhauer 2009, Eur J Cancer 45:228, sections 3 and 4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = [
    "CERTAINTIES",
    "CODES",
    "FOLLOWED",
    "NEW_LESIONS",
    "NODE_NORMAL_BELOW",
    "PETS",
    "ROLES",
    "STATES",
    "STATUSES",
    "TOO_SMALL",
    "Assessment",
    "NewLesion",
    "NonTarget",
    "Plan",
    "Target",
    "micrometers",
    "millimeters",
    "size_of",
    "truncated_percent",
]

CODES = ("none", "CR", "PR", "SD", "non_CR_non_PD", "PD", "NE")
"""Every response there is. `none`: there were no such lesions at baseline."""
STATES = ("measured", "too_small", "disappeared", "not_evaluable", "merged")
STATUSES = ("present", "absent", "unequivocal_progression", "not_evaluable")
CERTAINTIES = ("unequivocal", "equivocal")
PETS = ("none", "baseline_negative", "no_baseline", "known_site")
"""What FDG-PET has to do with a new lesion: nothing; seen by PET after a negative PET at baseline; seen by PET without
one at baseline (it counts once CT confirms it); at a site known at baseline (it is not new). Section 4.3.5.
"""
ROLES = ("before_baseline", "baseline", "assessment")
NEW_LESIONS = ("none", "equivocal", "unequivocal")
FOLLOWED = ("CR", "PR", "SD", "non_CR_non_PD")
"""Responses during which the disease was held."""

TOO_SMALL = 5_000
"""Seen but too small to measure counts as 5 mm (section 4.3.1)."""
NODE_NORMAL_BELOW = 10_000
"""A node with a short axis below 10 mm is normal (section 3.1)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One row of target lesions. `diameter_mm`: the longest diameter, of a node the short axis. No state means
    measured.

    A fragment names in `split_from` the lesion of the baseline; a lesion that coalesced has the state merged and names
    in `merged_into` the row that holds the one maximal diameter.
    """

    lesion: str | None
    diameter_mm: float | Decimal | None = None
    state: str | None = None
    node: bool | None = None
    organ: str | None = None
    split_from: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class NonTarget:
    """One row of non-target lesions. The short axis, where a node has one, decides between present and absent."""

    lesion: str | None
    status: str | None = None
    node: bool | None = None
    organ: str | None = None
    short_axis_mm: float | Decimal | None = None


@dataclass(frozen=True, slots=True)
class NewLesion:
    """One lesion that was not there at baseline, or lies where nobody looked at baseline.
    No certainty means equivocal.
    """

    lesion: str | None
    certainty: str | None = None
    pet: str | None = None
    organ: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was seen on one day. `markers_normal` matters where markers were raised at baseline; None
    where nobody asks.
    """

    day: date
    targets: tuple[Target, ...] = ()
    nontargets: tuple[NonTarget, ...] = ()
    news: tuple[NewLesion, ...] = ()
    markers_normal: bool | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The protocol's choices (sections 4.5 and 4.6). Stable disease counts from `min_sd_days` after the start on.

    With confirmation, a response counts when it is seen again `confirmation_days` later or more, with at most
    `not_evaluable_between_max` assessments in between that could not be evaluated.
    """

    confirmation: bool = False
    min_sd_days: int = 42
    confirmation_days: int = 28
    not_evaluable_between_max: int = 1


def micrometers(mm: float | Decimal | None) -> int | None:
    """Whole micrometers; None for what is no length (missing, negative, not finite)."""
    if mm is None or not math.isfinite(mm) or mm < 0:
        return None
    return round(Decimal(str(mm)) * 1000)


def millimeters(length: int | None) -> float | None:
    """Back to millimeters."""
    return None if length is None else length / 1000


def size_of(row: Target) -> int | None:
    """What the row counts, in micrometers; None when that cannot be known. A merged row has no size of its own."""
    if row.state in (None, "measured"):
        return micrometers(row.diameter_mm)
    if row.state == "too_small":
        measured = micrometers(row.diameter_mm)
        return TOO_SMALL if measured is None else measured
    return 0 if row.state == "disappeared" else None


def truncated_percent(change: int, of: int) -> float | None:
    """The change in percent with two decimals, cut towards zero: it never reads as a limit that was not reached."""
    if of == 0:
        return None
    cut = abs(change) * 10_000 // of
    return (cut if change >= 0 else -cut) / 100
