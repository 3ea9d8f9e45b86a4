"""From T, N and M to the stage group of either edition, and from one edition to the other.

A category that is not known (None) may be any of its edition's, X among them; a stage is given only when all of these
agree. A recorded TX or NX is a category like the others: it has a stage where the table says "any". A combination that
stands in no line of the table has no stage. Sources: see tables.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

from equipoise.medicine.staging.tables import M_8, M_9, STAGES_8, STAGES_9, Edition, N, T, groups
from equipoise.wording.literals import literals_checked

__all__ = [
    "LESIONS_M1A_MAX",
    "Crossing",
    "Stages",
    "crosswalk",
    "derive_stages",
    "m_of_version_9",
    "n_of_version_9",
    "only",
    "possible_stages",
    "stage_crossings",
    "stage_of",
]

LESIONS_M1A_MAX = 3
"""Version 9: up to three metastatic lesions, in one organ or more, are M1a; more are M1b (Pan et al. 2024)."""

Possible = frozenset[str | None]
"""What a category or stage may be; None among them means that it may have none."""


def only(possible: Collection[str | None]) -> str | None:
    """The one value on which all possibilities agree, or None."""
    return next(iter(possible)) if len(possible) == 1 else None


@literals_checked
def stage_of(edition: Edition, t: str | None, n: str | None, m: str | None) -> str | None:
    """The stage of known categories in that edition's own words (M0/M1, or M0/M1a/M1b); None when it has none."""
    if t is None or n is None or m is None:
        return None
    for group in groups(edition):
        if (
            (group.t is None or t in group.t)
            and (group.n is None or n in group.n)
            and (group.m is None or m in group.m)
        ):
            return group.stage
    return None


@literals_checked
def possible_stages(
    edition: Edition, t: Collection[str | None], n: Collection[str | None], m: Collection[str | None]
) -> Possible:
    """Every stage that these possible categories may have."""
    return frozenset(stage_of(edition, *categories) for categories in product(t, n, m))


def n_of_version_9(n: str | None, ene: bool | None) -> Possible:
    """What N of the 8th edition may be in Version 9: advanced radiologic extranodal extension makes N1 and N2 an N3."""
    if n is None:
        return Possible(N)
    if n not in ("N1", "N2"):
        return Possible((n,))
    return Possible(("N3", n)) if ene is None else Possible(("N3",)) if ene else Possible((n,))


def m_of_version_9(m: str | None, lesions: int | None) -> Possible:
    """What M of the 8th edition may be in Version 9. A count below 1 cannot be true of M1, so it tells nothing."""
    if m is None:
        return Possible(M_9)
    if m == "M0":
        return Possible(("M0",))
    if lesions is None or lesions < 1:
        return Possible(("M1a", "M1b"))
    return Possible(("M1a",)) if lesions <= LESIONS_M1A_MAX else Possible(("M1b",))


@dataclass(frozen=True, slots=True)
class Stages:
    """Both stages of one disease, and the categories of Version 9; None is not known, or none."""

    stage_8: str | None
    stage_9: str | None
    n_9: str | None
    m_9: str | None


def derive_stages(t: str | None, n: str | None, m: str | None, ene: bool | None, lesions: int | None) -> Stages:
    """Both stages from T, N and M of the 8th edition and the two descriptors that Version 9 adds.

    T is the same in both editions: Version 9 clarified its wording and kept its substance (Pan et al. 2024). Where
    doubtful bone or nerves make a difference, derive T from the descriptors (`categories.py`).
    """
    ts = T if t is None else (t,)
    n_9, m_9 = n_of_version_9(n, ene), m_of_version_9(m, lesions)
    return Stages(
        only(possible_stages("8", ts, N if n is None else (n,), M_8 if m is None else (m,))),
        only(possible_stages("9", ts, n_9, m_9)),
        only(n_9),
        only(m_9),
    )


@dataclass(frozen=True, slots=True)
class Crossing:
    """One fully known disease in both editions. `ene` is None without nodes, `lesions` without metastasis."""

    t: str
    n: str
    m: str
    ene: bool | None
    lesions: int | None
    stages: Stages


def crosswalk() -> Iterator[Crossing]:
    """Every combination of 8th-edition T, N and M, with and without advanced extranodal extension, few lesions
    and many.
    """
    for t, n, m in product(T, N, M_8):
        for ene in (False, True) if n in ("N1", "N2", "N3") else (None,):
            for lesions in (LESIONS_M1A_MAX, LESIONS_M1A_MAX + 1) if m == "M1" else (None,):
                yield Crossing(t, n, m, ene, lesions, derive_stages(t, n, m, ene, lesions))


def stage_crossings() -> dict[str, tuple[str, ...]]:
    """For each stage of the 8th edition, the stages of Version 9 that it may become, in their order."""
    reached: dict[str, set[str]] = {stage: set() for stage in STAGES_8}
    for crossing in crosswalk():
        if crossing.stages.stage_8 is not None and crossing.stages.stage_9 is not None:
            reached[crossing.stages.stage_8].add(crossing.stages.stage_9)
    return {stage: tuple(sorted(found, key=STAGES_9.index)) for stage, found in reached.items()}
