"""What a form may ask of CTCAE about clinical terms: whether a grade exists and what it says; weight loss;
febrile neutropenia.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from equipoise.medicine.ctcae.clinical import grade_febrile_neutropenia, grade_weight_loss, weight_lost_percent
from equipoise.medicine.ctcae.laboratory_methods import BASELINE_VISITS, EDITIONS, GRADES, SOURCE
from equipoise.medicine.ctcae.remarks import remark_of
from equipoise.medicine.ctcae.terms import ORGAN_CLASSES, describe_grade, term_of
from equipoise.medicine.method import Derived, Method, Observation, Option, Port, Remark

__all__ = ["METHODS"]


def _derive_term(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    del before
    version = EDITIONS[options["version"]]
    term = term_of(str(now.values.get("term")))
    names = ("possible", "description_en", "description_zh", "organ_class_en", "organ_class_zh", "meddra")
    if term is None or version not in term.grades:
        return Derived(dict.fromkeys(names))
    organ_class = ORGAN_CLASSES[term.organ_class[version]]
    grade = now.values.get("grade")
    number = int(grade) if grade is not None and str(grade).isdecimal() else None
    exists = None if number is None else number in term.grades[version]
    said = None if number is None else describe_grade(term, number, version)
    values = {
        "possible": exists,
        "description_en": said["en"] if said else None,
        "description_zh": said["zh"] if said else None,
        "organ_class_en": organ_class["en"],
        "organ_class_zh": organ_class["zh"],
        "meddra": term.meddra,
    }
    if exists is not False:
        return Derived(values)
    listed = ", ".join(map(str, term.grades[version]))
    found = remark_of(
        "grade_not_possible",
        value=str(number),
        unit="",
        term=term.name(version),
        listed=listed,
        names=("term", "grade"),
    )
    return Derived(values, (replace(found, severity="hard") if options.get("impossible") == "refuse" else found,))


def _derive_weight(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    visits = options.get("baseline_visits") or ()
    visits = (visits,) if isinstance(visits, str) else tuple(visits)
    weight, baseline = now.values.get("weight"), now.values.get("baseline")
    if now.visit in visits:
        baseline = weight
    elif baseline is None:
        earlier = [one.values["weight"] for one in before if one.visit in visits and one.values.get("weight")]
        baseline = earlier[-1] if earlier else None
    percent = weight_lost_percent(weight, baseline)
    graded = grade_weight_loss(weight, baseline)
    values = {
        "grade": None if graded.grade is None else str(graded.grade),
        "grade_number": graded.grade,
        "percent": percent,
    }
    remarks: tuple[Remark, ...] = ()
    if weight is not None and baseline is None:
        remarks = (remark_of("weight_baseline_missing", value=f"{weight:.12g}", unit="kg", term={}, names=("weight",)),)
    return Derived(values, remarks)


def _derive_fever(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    del before, options
    get = now.values.get
    graded = grade_febrile_neutropenia(
        get("neutrophils"), get("temperature"), sustained=get("sustained"), life_threatening=get("life_threatening")
    )
    remarks = tuple(
        remark_of(note, value=f"{get('temperature'):g}", unit="°C", term={}, names=("sustained",))
        for note in graded.notes
        if note == "duration_missing"
    )
    grade = None if graded.grade is None else str(graded.grade)
    return Derived({"grade": grade, "grade_number": graded.grade}, remarks)


METHODS = {
    "ctcae_term_grade": Method(
        "ctcae_term_grade",
        {"en": "whether a CTCAE term has a grade, and what that says", "zh": "CTCAE术语是否有该级别及其含义"},
        SOURCE + "; descriptions in our own words",
        _derive_term,
        inputs={
            "term": Port("code", "the term; one that is not in the table is left alone"),
            "grade": Port("code", "the grade that was given", required=False),
        },
        outputs={
            "possible": Port(
                "boolean",
                "whether the term has that grade",
                asks="grade_not_possible",
                asks_unless=("impossible", "refuse"),
            ),
            "description_en": Port("text", "what the grade says, in English"),
            "description_zh": Port("text", "what the grade says, in Chinese"),
            "organ_class_en": Port("text", "system organ class, in English"),
            "organ_class_zh": Port("text", "system organ class, in Chinese"),
            "meddra": Port("text", "MedDRA code of the term in v5.0"),
        },
        options={
            "impossible": Option(
                "text",
                "whether a grade that the term lacks is asked about or refused",
                codes=("ask", "refuse"),
                default="ask",
            )
        },
        versions=tuple(EDITIONS),
    ),
    "weight_loss_grade": Method(
        "weight_loss_grade",
        {"en": "CTCAE grade of weight loss", "zh": "体重下降的CTCAE分级"},
        "CTCAE v5.0, NCI, 27 November 2017",
        _derive_weight,
        inputs={
            "weight": Port("decimal", "weight", unit="kg"),
            "baseline": Port("decimal", "weight before treatment", unit="kg", required=False),
        },
        outputs={
            "grade": Port("code", "the grade, 0 to 3", codes=GRADES[:4]),
            "grade_number": Port("integer", "the same as a number"),
            "percent": Port("decimal", "weight lost since baseline, negative after a gain", unit="%"),
        },
        options={"baseline_visits": BASELINE_VISITS},
        versions=("CTCAE v5.0",),
        looks_back=True,
    ),
    "febrile_neutropenia": Method(
        "febrile_neutropenia",
        {
            "en": "febrile neutropenia from neutrophils and temperature",
            "zh": "由中性粒细胞与体温判定发热性中性粒细胞减少",
        },
        "CTCAE v5.0, NCI, 27 November 2017",
        _derive_fever,
        inputs={
            "neutrophils": Port("decimal", "neutrophil count", unit="10*9/L"),
            "temperature": Port("decimal", "highest body temperature", unit="Cel"),
            "sustained": Port("boolean", "38.0 °C or more for over an hour", required=False),
            "life_threatening": Port("boolean", "its consequences threaten life", required=False),
        },
        outputs={
            "grade": Port("code", "0, 3 or 4", codes=("0", "3", "4")),
            "grade_number": Port("integer", "the same as a number"),
        },
        versions=("CTCAE v5.0",),
    ),
}
"""What a form may ask for."""
