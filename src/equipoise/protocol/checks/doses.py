"""Doses: what scales them, where they are recorded, when they are changed, and the advice that a form keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter

from equipoise.arms import SEVERITY, DoseRule, DrugDose, Radiotherapy, Treatment
from equipoise.forms import Form, Item, StoredAdvice
from equipoise.numerals import amount_text
from equipoise.protocol.checks.forms import point_of_form
from equipoise.protocol.checks.given_by import check_digits, check_given_by, check_one_record_one_dose
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import WHILE_IT_RUNS, Timeline
from equipoise.protocol.scope import names_behind
from equipoise.protocol.words import either, phrase
from equipoise.rules import names_of
from equipoise.units import same_quantity
from equipoise.words import Phrase

__all__ = ["check_doses"]

Path = tuple[str | int, ...]
_NUMBERS = ("integer", "decimal")
# Unit of a dose to the unit of what it is multiplied with; the product is a mass (Calvert's formula for the last).
_SCALES = {"mg/m2": "m2", "mg/kg": "kg", "mg.min/mL": "mL/min"}
_TYPES = {
    "recommendation": ("code", "text"),
    "percent": _NUMBERS,
    "dose": _NUMBERS,
    "days": _NUMBERS,
    "reasons": ("text",),
    "not_known": ("text",),
}


def check_doses(look: Inspection, line: Timeline) -> None:
    """Every treatment's scale and record, every dose rule, and every form that keeps advice."""
    protocol = look.protocol
    treatments: dict[str, list[Treatment]] = {}
    for i, arm in enumerate(protocol.arms):
        for j, treatment in enumerate(arm.regimen):
            treatments.setdefault(treatment.id, []).append(treatment)
            path: Path = ("arms", i, "regimen", j)
            if isinstance(treatment, DrugDose) and treatment.scaled_by is not None:
                _scale(look, line, treatment, path)
            if isinstance(treatment, (DrugDose, Radiotherapy)) and treatment.given_by is not None:
                check_given_by(look, treatment, treatment.given_by, (*path, "given_by"))
        check_one_record_one_dose(look, arm, ("arms", i, "regimen"))
    for k, rule in enumerate(protocol.dose_rules):
        _rule(look, line, rule, treatments, ("dose_rules", k))
    advised: dict[str, set[str]] = {}
    for i, form in enumerate(protocol.forms):
        for j, advice in enumerate(form.advice):
            _advice(look, form, advice, treatments, ("forms", i, "advice", j))
            advised.setdefault(advice.treatment, set()).update(advice.gives.values())
    for k, rule in enumerate(protocol.dose_rules):
        _circle(look, rule, advised.get(rule.treatment, set()), ("dose_rules", k))


def _scale(look: Inspection, line: Timeline, drug: DrugDose, path: Path) -> None:
    name, here = drug.scaled_by or "", (*path, "scaled_by")
    column = line.columns.get(name)
    if column is None:
        if name in line.never:
            look.add("rule.not_yet_recorded/dose", here, name=name, why=line.never[name])
        else:
            look.refer(here, name, line.columns, "item or variable")
        return
    wanted = next((scale for unit, scale in _SCALES.items() if same_quantity(unit, drug.unit)), None)
    if wanted is None:
        look.add("dose.scale/fixed", here, dose_unit=drug.unit, name=name)
    elif column.type not in _NUMBERS or column.unit is None or not same_quantity(column.unit, wanted):
        unit = column.unit or phrase("unit.none")
        look.add("dose.scale", here, dose_unit=drug.unit, name=name, unit=unit, wanted=wanted)


def _rule(
    look: Inspection, line: Timeline, rule: DoseRule, treatments: Mapping[str, list[Treatment]], path: Path
) -> None:
    if not look.refer((*path, "treatment"), rule.treatment, treatments, "treatment"):
        return
    known = treatments[rule.treatment]
    if rule.recommend == "reduce":
        drugs = [t for t in known if isinstance(t, DrugDose)]
        if not drugs:
            look.add("dose.no_dose", (*path, "recommend"), treatment=rule.treatment)
        for drug in drugs:
            if rule.to_dose is not None and rule.to_dose >= max(drug.doses):
                facts = {"dose": amount_text(rule.to_dose), "planned": amount_text(max(drug.doses)), "unit": drug.unit}
                look.add("dose.not_lower", (*path, "to_dose"), **facts)
    point, place = _point(line, known)
    columns, elsewhere = line.known_by(point, place)
    check_in_place(look, rule.when, (*path, "when"), columns, elsewhere, "boolean")


def _point(line: Timeline, treatments: Iterable[Treatment]) -> tuple[float, Phrase]:
    """From when on doses are recorded: what is not known there cannot decide about the first of them."""
    forms = {t.given_by.form for t in treatments if isinstance(t, (DrugDose, Radiotherapy)) and t.given_by is not None}
    points = [point_of_form(line, form) for form in sorted(forms) if form in line.protocol.form_by_id]
    if not points:
        return WHILE_IT_RUNS, phrase("place.end")
    return min(points, key=itemgetter(0))


def _advice(
    look: Inspection, form: Form, advice: StoredAdvice, treatments: Mapping[str, list[Treatment]], path: Path
) -> None:
    if look.refer((*path, "treatment"), advice.treatment, treatments, "treatment") and not any(
        rule.treatment == advice.treatment for rule in look.protocol.dose_rules
    ):
        look.warn("advice.no_rules", (*path, "treatment"), treatment=advice.treatment)
    singles = {item.id: (j, item) for j, item in enumerate(form.items)}
    for key, name in advice.gives.items():
        if look.refer((*path, "gives", key), name, singles, "single item of this form"):
            place, item = singles[name]
            _keeps(look, key, item, (*path, "gives", key))
            if key == "dose":
                for treatment in treatments.get(advice.treatment, ()):
                    check_digits(look, treatment, item, (*path, "gives", key))
            if item.required or item.computed or item.shown_when or name in form.derived_items():
                look.add("advice.entered", (*path[:2], "items", place), item=name)


def _keeps(look: Inspection, key: str, item: Item, path: Path) -> None:
    """Whether the item can keep that part of an advice."""
    if item.type not in _TYPES[key]:
        look.add("advice.type", path, item=item.id, type=item.type, key=key, types=either(_TYPES[key]))
    codes = look.protocol.codelist_by_id.get(item.codelist or "")
    if key != "recommendation" or codes is None:
        return
    if lacking := sorted(set(SEVERITY) - {code.code for code in codes.codes}):
        facts = {"item": item.id, "lacking": lacking, "codelist": item.codelist, "codes": tuple(SEVERITY)}
        look.add("rule.unknown_code/advice", path, **facts)


def _circle(look: Inspection, rule: DoseRule, advised: set[str], path: Path) -> None:
    """Whether a rule rests on the advice that it takes part in."""
    seen = names_behind(look.protocol, names_of(rule.when))
    if found := sorted(seen & advised):
        look.add("rule.circle/advice", (*path, "when"), item=found[0], treatment=rule.treatment)
