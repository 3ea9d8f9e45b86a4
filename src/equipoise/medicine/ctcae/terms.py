"""The terms of this kind of trial: names, MedDRA code and system organ class by edition, grades that exist, and what
they say.

Grade descriptions are our own words after CTCAE v5.0; those of a measured grade are made from its limits. MedDRA codes
as in a public transcription of v5.0 (oncohub/CTCAE5); codes and clinical terms of v6.0 are not known here and are left
empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from equipoise.medicine.ctcae.criteria import VERSIONS, Limit, Version, limits_of
from equipoise.medicine.tables import read_table
from equipoise.wording.literals import literals_checked

__all__ = [
    "ORGAN_CLASSES",
    "Term",
    "describe_grade",
    "term_of",
    "terms",
    "terms_measured_by",
    "terms_without_limits",
]

ORGAN_CLASSES: Mapping[str, Mapping[str, str]] = {
    "blood": {"en": "Blood and lymphatic system disorders", "zh": "血液及淋巴系统疾病"},
    "ear": {"en": "Ear and labyrinth disorders", "zh": "耳及迷路类疾病"},
    "endocrine": {"en": "Endocrine disorders", "zh": "内分泌系统疾病"},
    "gastrointestinal": {"en": "Gastrointestinal disorders", "zh": "胃肠系统疾病"},
    "general": {"en": "General disorders and administration site conditions", "zh": "全身性疾病及给药部位各种反应"},
    "immune": {"en": "Immune system disorders", "zh": "免疫系统疾病"},
    "infections": {"en": "Infections and infestations", "zh": "感染及侵染类疾病"},
    "injury": {"en": "Injury, poisoning and procedural complications", "zh": "各类损伤、中毒及操作并发症"},
    "investigations": {"en": "Investigations", "zh": "各类检查"},
    "metabolism": {"en": "Metabolism and nutrition disorders", "zh": "代谢及营养类疾病"},
    "musculoskeletal": {"en": "Musculoskeletal and connective tissue disorders", "zh": "各种肌肉骨骼及结缔组织疾病"},
    "nervous": {"en": "Nervous system disorders", "zh": "各类神经系统疾病"},
    "renal": {"en": "Renal and urinary disorders", "zh": "肾脏及泌尿系统疾病"},
    "respiratory": {"en": "Respiratory, thoracic and mediastinal disorders", "zh": "呼吸系统、胸及纵隔疾病"},
    "skin": {"en": "Skin and subcutaneous tissue disorders", "zh": "皮肤及皮下组织类疾病"},
    "vascular": {"en": "Vascular disorders", "zh": "血管与淋巴管类疾病"},
}

# What grades 4 and 5 say wherever a term adds nothing of its own.
_GENERAL = {
    4: {"en": "Life-threatening; urgent treatment needed", "zh": "危及生命；需紧急干预"},
    5: {"en": "Death from it", "zh": "死亡"},
}
_WHEN = {
    "": {"en": "", "zh": ""},
    "baseline_high": {"en": " (baseline above normal)", "zh": "（基线高于正常）"},
    "baseline_not_high": {"en": " (baseline not above normal)", "zh": "（基线未高于正常）"},
    "baseline_low": {"en": " (baseline below normal)", "zh": "（基线低于正常）"},
    "baseline_not_low": {"en": " (baseline not below normal)", "zh": "（基线未低于正常）"},
    "symptoms": {"en": " with symptoms or consequences", "zh": "且有症状或后果"},
    "anticoagulation": {"en": " (on anticoagulants)", "zh": "（抗凝治疗中）"},
    "above_uln": {"en": " and > ULN", "zh": "且>正常上限"},
    "below_lln": {"en": " and < LLN", "zh": "且<正常下限"},
}
_OF = {
    "lln": {"en": "LLN", "zh": "正常下限"},
    "uln": {"en": "ULN", "zh": "正常上限"},
    "baseline": {"en": "baseline", "zh": "基线"},
}
_BOUND = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}


@literals_checked
@dataclass(frozen=True, slots=True)
class Term:
    """One adverse event term. `grades` and `organ_class` by edition; an edition
    that is not in `names` is not known here.
    """

    id: str
    kind: Literal["measured", "judged"]
    names: Mapping[Version, str]
    name_zh: str
    meddra: str | None
    organ_class: Mapping[Version, str]
    grades: Mapping[Version, tuple[int, ...]]
    analytes: tuple[str, ...]
    direction: Literal["low", "high"] | None
    aliases: tuple[str, ...]

    @literals_checked
    def name(self, version: Version) -> Mapping[str, str]:
        """What the edition calls it, in both languages; the other edition's name where this one is not known."""
        return {"en": self.names.get(version) or next(iter(self.names.values())), "zh": self.name_zh}


@cache
def terms() -> Mapping[str, Term]:
    """All terms by id, in the order of the table."""
    found = {}
    for row in read_table("ctcae/terms.csv"):
        known = [v for v in VERSIONS if row[f"name_{v[0]}"]]
        found[row["id"]] = Term(
            row["id"],
            row["kind"],  # type: ignore[arg-type]
            {v: row[f"name_{v[0]}"] for v in known},
            row["name_zh"],
            row["meddra"] or None,
            {v: row[f"soc_{v[0]}"] for v in known},
            {v: tuple(map(int, row[f"grades_{v[0]}"])) for v in known},
            tuple(row["analytes"].split()),
            row["direction"] or None,  # type: ignore[arg-type]
            tuple(row["aliases"].split()),
        )
    return found


@cache
def term_of(name: str) -> Term | None:
    """The term of that id or alias (a codelist may keep a shorter one), or None."""
    return terms().get(name) or next((one for one in terms().values() if name in one.aliases), None)


@cache
def terms_measured_by(analyte: str, version: Version) -> tuple[Term, ...]:
    """The terms whose grade follows, in that edition, from a result of that analyte."""
    return tuple(one for one in terms().values() if analyte in one.analytes and limits_of(one.id, version))


@cache
def terms_without_limits(analyte: str, version: Version) -> tuple[Term, ...]:
    """One term for each direction in which that edition has no limits for the analyte and another edition has: what
    lies beyond the limit of normal there is not looked at. The edition's own term of judgement where it has one.
    """
    known = {one.direction for one in terms_measured_by(analyte, version)}
    found: dict[str | None, Term] = {}
    candidates = [one for one in terms().values() if analyte in one.analytes and one.direction not in known]
    for one in sorted(candidates, key=lambda term: version not in term.names):
        found.setdefault(one.direction, one)
    return tuple(found.values())


@cache
def _described() -> Mapping[tuple[str, str, int], Mapping[str, str]]:
    return {
        (row["term"], version, int(row["grade"])): {"en": row["en"], "zh": row["zh"]}
        for row in read_table("ctcae/descriptions.csv")
        for version in row["versions"].split()
    }


@literals_checked
def describe_grade(term: Term, grade: int, version: Version) -> Mapping[str, str] | None:
    """What that grade of the term means, in both languages; None
    where the edition has no such grade or is not known here.
    """
    if grade not in term.grades.get(version, ()):
        return None
    own = _described().get((term.id, version, grade))
    if own is not None:
        return own
    limits = [one for one in limits_of(term.id, version) if one.grade == grade]
    if limits:
        joined = {"en": "; or ", "zh": "；或"}
        return {language: joined[language].join(_said(one, language) for one in limits) for language in joined}
    return _GENERAL.get(grade)


def _said(limit: Limit, language: str) -> str:
    number = f"{limit.limit:g}"
    if limit.of != "absolute":
        number = _OF[limit.of][language] if limit.limit == 1 else f"{number} × {_OF[limit.of][language]}"
    if limit.plus:
        number += f" + {limit.plus:g}"
    unit = f" {limit.unit}" if limit.unit else ""
    return f"{_BOUND[limit.bound]} {number}{unit}{_WHEN[limit.when][language]}{_WHEN[limit.also][language]}"
