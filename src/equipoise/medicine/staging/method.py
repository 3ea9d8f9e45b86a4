"""Staging as a form may ask for it: `npc_stage` from T, N and M, `npc_categories` from what was seen.

Both say what both editions say. What the investigator recorded is never replaced: a disagreement is a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from equipoise.medicine.method import Derived, Method, Observation, Port, Remark
from equipoise.medicine.staging.categories import (
    NODE_MM_MAX,
    PRIMARIES,
    SIDES,
    m_categories,
    n_categories,
    t_categories,
    t_extent,
)
from equipoise.medicine.staging.groups import Possible, derive_stages, only, possible_stages, stage_of
from equipoise.medicine.staging.tables import EDITIONS, M_8, M_9, STAGES_8, STAGES_9, N, T, extensions
from equipoise.medicine.staging.words import phrase, remark

__all__ = ["METHODS"]

_SOURCE = "AJCC/UICC 8th edition (2017); AJCC Version 9: Pan et al., JAMA Oncol 2024; 10: 1627"
_NODE_MM_PLAUSIBLE = (3, 200)
_WITHOUT_TUMOR = ("in_situ", "none_found", "not_assessable")


def _stage(now: Observation, _before: Sequence[Observation], _options: Mapping[str, Any]) -> Derived:
    value = now.values.get
    t, n, m, ene, lesions = value("t"), value("n"), value("m"), value("ene"), value("metastatic_lesions")
    found = derive_stages(t, n, m, ene, lesions)
    values = {"stage_8": found.stage_8, "stage_9": found.stage_9, "n_9": found.n_9, "m_9": found.m_9}
    return Derived(values, tuple(_stage_remarks(t, n, m, ene, lesions, found.n_9, found.m_9)))


def _stage_remarks(
    t: str | None, n: str | None, m: str | None, ene: bool | None, lesions: int | None, n_9: str | None, m_9: str | None
) -> Iterable[Remark]:
    if t is not None and n is not None and m is not None:
        without = [edition for edition in EDITIONS if _is_without_stage(edition, t, n, m, n_9, m_9)]
        if without:
            told = [phrase(f"edition_{edition}") for edition in without]
            editions = told[0] if len(told) == 1 else phrase("both_editions", one=told[0], other=told[1])
            yield remark("no_stage", "t", "n", "m", t=t, n=n, m=m, edition=editions)
    if ene and n in ("N0", "NX"):
        yield remark("ene_without_nodes", "n", "ene", n=n)
    if lesions is not None and ((m == "M0" and lesions != 0) or (m == "M1" and lesions < 1)):
        yield remark("lesions_contradict", "m", "metastatic_lesions", m=m, lesions=lesions)


def _is_without_stage(edition: str, t: str, n: str, m: str, n_9: str | None, m_9: str | None) -> bool:
    if edition == "8":
        return stage_of("8", t, n, m) is None
    return n_9 is not None and m_9 is not None and stage_of("9", t, n_9, m_9) is None


def _categories(now: Observation, _before: Sequence[Observation], _options: Mapping[str, Any]) -> Derived:
    given = now.values
    value = given.get
    values: dict[str, str | None] = {}
    possible: dict[str, Possible] = {}
    for edition in EDITIONS:
        size = value("largest_node")
        t = t_categories(edition, value("primary"), given, value("ebv_positive_node"))
        n = n_categories(
            edition,
            value("cervical_nodes"),
            value("retropharyngeal_nodes"),
            size if size is not None and size > 0 else None,
            value("below_cricoid"),
            value("ene"),
        )
        m = m_categories(edition, value("metastasis"), value("metastatic_lesions"))
        for letter, found in zip("tnm", (t, n, m), strict=True):
            values[f"{letter}_{edition}"] = only(found)
            possible[f"{letter}_{edition}"] = found
        values[f"stage_{edition}"] = only(possible_stages(edition, t, n, m))
    return Derived(values, tuple(_category_remarks(given, possible)))


def _category_remarks(given: Mapping[str, Any], possible: Mapping[str, Possible]) -> Iterable[Remark]:
    value = given.get
    for letter in "tnm":
        recorded, found = value(letter), possible[f"{letter}_8"]
        if recorded is not None and recorded not in found and found != {None}:
            derived = " / ".join(sorted(category for category in found if category is not None))
            yield remark(f"{letter}_differs", letter, name=letter.upper(), recorded=recorded, derived=derived)
    primary = value("primary")
    if primary not in (None, "tumor") and any(True in t_extent(edition, given).values() for edition in EDITIONS):
        yield remark(
            "primary_contradicts",
            "primary",
            primary=phrase(str(primary)) if primary in _WITHOUT_TUMOR else str(primary),
        )
    if primary == "none_found" and value("ebv_positive_node") is False:
        yield remark("primary_not_nasopharyngeal", "primary", "ebv_positive_node")
    surfaces = ("beyond_lateral_pterygoid", "beyond_anterolateral_pterygoid")
    if value(surfaces[0]) and value(surfaces[1]) is False:
        yield remark("surfaces_contradict", *surfaces)
    yield from _node_remarks(given)
    metastasis, lesions = value("metastasis"), value("metastatic_lesions")
    if lesions is not None and (lesions < 0 or (metastasis is not None and metastasis != (lesions > 0))):
        yield remark("lesions_contradict/metastasis", "metastasis", "metastatic_lesions", lesions=lesions)


def _node_remarks(given: Mapping[str, Any]) -> Iterable[Remark]:
    value = given.get
    cervical, retropharyngeal, size = value("cervical_nodes"), value("retropharyngeal_nodes"), value("largest_node")
    sized = (size or 0) > 0
    if cervical == "none" and (
        value("below_cricoid") or value("ebv_positive_node") or (retropharyngeal == "none" and (sized or value("ene")))
    ):
        yield remark("nodes_contradict", "cervical_nodes", "retropharyngeal_nodes")
    if cervical == "none" and retropharyngeal in SIDES[1:] and (size or 0) > NODE_MM_MAX:
        yield remark("retropharyngeal_over_6cm", "retropharyngeal_nodes", "largest_node", size=f"{size:g}")
    low, high = _NODE_MM_PLAUSIBLE
    if size is not None and not low <= size <= high and (size != 0 or cervical != "none"):
        yield remark("node_size_implausible", "largest_node", size=f"{size:g}")


def _truth(meaning: str, *, required: bool = True) -> Port:
    return Port("boolean", meaning, required=required)


def _code(meaning: str, codes: tuple[str, ...], *, required: bool = True) -> Port:
    return Port("code", meaning, codes=codes, required=required)


_VERSION_9 = {
    "ene": _truth(
        "advanced radiologic extranodal extension (adjacent muscle, skin, neurovascular bundle)", required=False
    ),
    "metastatic_lesions": Port("integer", "number of metastatic lesions, in one organ or more", required=False),
}
_STAGES = {
    "stage_8": _code("stage group by the 8th edition", STAGES_8),
    "stage_9": _code("stage group by Version 9", STAGES_9),
}
_EXTENT = {
    extension.descriptor: _truth(extension.meaning, required=bool(extension.t["8"])) for extension in extensions()
}

METHODS = {
    "npc_stage": Method(
        id="npc_stage",
        meaning={
            "en": "Stage of nasopharyngeal carcinoma from T, N and M, by the 8th edition and by Version 9",
            "zh": "由T、N、M推导鼻咽癌分期（第8版与第9版）",
        },
        source=_SOURCE,
        derive=_stage,
        inputs={
            "t": _code("T category", T),
            "n": _code("N category by the 8th edition", N),
            "m": _code("M category by the 8th edition", M_8),
            **_VERSION_9,
        },
        outputs={
            **_STAGES,
            "n_9": _code("N category by Version 9", N),
            "m_9": _code("M category by Version 9", M_9),
        },
    ),
    "npc_categories": Method(
        id="npc_categories",
        meaning={
            "en": "T, N, M and stage of nasopharyngeal carcinoma from the structures involved, by both editions",
            "zh": "由受侵结构推导鼻咽癌T、N、M及分期（第8版与第9版）",
        },
        source=_SOURCE,
        derive=_categories,
        inputs={
            "primary": _code("the primary tumor: invasive, in situ, none found, or not assessable", PRIMARIES),
            "ebv_positive_node": _truth("an EBV-positive cervical node, where no primary is found", required=False),
            **_EXTENT,
            "bone_unequivocal": _truth("the bone involvement is unequivocal (Version 9)", required=False),
            "cranial_nerve_unequivocal": _truth(
                "the cranial nerve involvement is unequivocal, radiologic or clinical (Version 9)", required=False
            ),
            "cervical_nodes": _code("involved cervical nodes", (*SIDES, "not_assessable")),
            "retropharyngeal_nodes": _code("involved retropharyngeal nodes", SIDES),
            "largest_node": Port("decimal", "greatest dimension of the largest involved node", unit="mm"),
            "below_cricoid": _truth("an involved node below the caudal border of the cricoid cartilage"),
            "metastasis": _truth("distant metastasis"),
            **_VERSION_9,
            "t": _code("T as it was recorded (8th edition)", T, required=False),
            "n": _code("N as it was recorded (8th edition)", N, required=False),
            "m": _code("M as it was recorded (8th edition)", M_8, required=False),
        },
        outputs={
            "t_8": _code("T category by the 8th edition", T),
            "n_8": _code("N category by the 8th edition", N),
            "m_8": _code("M category by the 8th edition", M_8),
            "t_9": _code("T category by Version 9", T),
            "n_9": _code("N category by Version 9", N),
            "m_9": _code("M category by Version 9", M_9),
            **_STAGES,
        },
    ),
}
