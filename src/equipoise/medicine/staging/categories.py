"""From anatomical descriptors to the T, N and M categories of either edition.

Each descriptor is true, false or not known (None); what comes out is every category that the known ones leave possible,
so an unknown descriptor matters only where it could change the answer. Refuses to grade doubt: who ticks a bone as
involved has judged; Version 9 asks further whether bone and cranial nerves are involved unequivocally. Sources: see
tables.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from equipoise.medicine.staging.groups import Possible, m_of_version_9
from equipoise.medicine.staging.tables import M_8, Edition, T, extensions
from equipoise.wording.literals import literals_checked

__all__ = ["NODE_MM_MAX", "PRIMARIES", "SIDES", "m_categories", "n_categories", "t_categories", "t_extent"]

PRIMARIES = ("tumor", "in_situ", "none_found", "not_assessable")
SIDES = ("none", "unilateral", "bilateral")
NODE_MM_MAX = 60
"""A node of more than 6 cm in greatest dimension is N3 in both editions; one of exactly 6 cm is not."""

Truth = bool | None


def _and(a: Truth, b: Truth) -> Truth:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def _implied(found: Mapping[str, Truth]) -> dict[str, Truth]:
    """The lateral surface is part of the anterolateral: beyond the first is beyond the second."""
    lateral, wider = found.get("beyond_lateral_pterygoid"), found.get("beyond_anterolateral_pterygoid")
    if lateral and wider is None:
        wider = True
    if wider is False and lateral is None:
        lateral = False
    return {**found, "beyond_lateral_pterygoid": lateral, "beyond_anterolateral_pterygoid": wider}


@literals_checked
def t_extent(edition: Edition, found: Mapping[str, Truth]) -> dict[str, Truth]:
    """Whether the tumor reaches what makes it T2, T3 and T4 in that edition."""
    found = _implied(found)
    reached: dict[str, Truth] = {"T2": False, "T3": False, "T4": False}
    for extension in extensions():
        level = extension.t[edition]
        if level not in reached or reached[level]:
            continue
        there = found.get(extension.descriptor)
        if edition == "9" and extension.sure_9:
            there = _and(there, found.get(extension.sure_9))
        if there is not False:
            reached[level] = there
    return reached


@literals_checked
def t_categories(
    edition: Edition, primary: str | None, found: Mapping[str, Truth], ebv_positive_node: Truth = None
) -> Possible:
    """Every T that is possible. `found` maps the descriptors of extent.csv, `bone_unequivocal` and
    `cranial_nerve_unequivocal` to true, false or None.

    T0 is no primary tumor found but EBV-positive cervical nodes; without EBV such a disease has no T here (None).
    Oropharynx and nasal cavity alone remain T1.
    """
    extent = t_extent(edition, found)
    if primary is None:
        if True not in extent.values():
            return Possible(T)
        primary = "tumor"
    if primary == "in_situ":
        return Possible(("Tis",))
    if primary == "not_assessable":
        return Possible(("TX",))
    if primary == "none_found":
        return Possible(("T0", None)) if ebv_positive_node is None else Possible(("T0" if ebv_positive_node else None,))
    possible: set[str | None] = set()
    for level in ("T4", "T3", "T2"):
        if extent[level] is not False:
            possible.add(level)
        if extent[level]:
            return Possible(possible)
    return Possible(possible | {"T1"})


def _n(edition: Edition, cervical: str, retropharyngeal: str, large: bool, low: bool, ene: bool) -> tuple[str, ...]:
    """The N of known descriptors; two where no definition fits, none where they contradict one another."""
    if cervical == "none" and (low or (retropharyngeal == "none" and (large or ene))):
        return ()
    if low or (edition == "9" and ene) or (large and cervical != "none"):
        return ("N3",)
    if large:  # N1 has retropharyngeal nodes up to 6 cm, N3 cervical nodes above 6 cm: no text says what this is
        return ("N1", "N3")
    if cervical == "bilateral":
        return ("N2",)
    return ("N0",) if cervical == retropharyngeal == "none" else ("N1",)


@literals_checked
def n_categories(
    edition: Edition,
    cervical: str | None,
    retropharyngeal: str | None,
    largest_mm: float | None,
    below_cricoid: Truth,
    ene: Truth,
) -> Possible:
    """Every N that is possible. Sides are none, unilateral or bilateral (midline nodes count as unilateral); cervical
    nodes may also be not_assessable, which is NX.

    Retropharyngeal nodes are N1 on one side or both. `largest_mm` is the largest involved node, `below_cricoid` whether
    any reaches below the caudal border of the cricoid cartilage, `ene` advanced radiologic extranodal extension, which
    only Version 9 asks. Descriptors that contradict one another leave no category (None).
    """
    if cervical == "not_assessable":
        return Possible(("NX",))
    either = (False, True)
    possible: set[str | None] = set()
    for known in product(
        SIDES if cervical is None else (cervical,),
        SIDES if retropharyngeal is None else (retropharyngeal,),
        either if largest_mm is None else (largest_mm > NODE_MM_MAX,),
        either if below_cricoid is None else (below_cricoid,),
        (False,) if edition == "8" else either if ene is None else (ene,),
    ):
        possible.update(_n(edition, *known))
    return Possible(possible or {None})


@literals_checked
def m_categories(edition: Edition, metastasis: Truth, lesions: int | None) -> Possible:
    """Every M that is possible; a count of at least one lesion says that there is metastasis
    where nothing else does.
    """
    if metastasis is None and lesions is not None and lesions > 0:
        metastasis = True
    m = None if metastasis is None else "M1" if metastasis else "M0"
    if edition == "9":
        return m_of_version_9(m, lesions)
    return Possible(M_8) if m is None else Possible((m,))
