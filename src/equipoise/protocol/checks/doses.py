"""Doses: what scales them, where they are recorded, when they are changed, and the advice that a form keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter

from equipoise.arms import SEVERITY, DoseRule, DrugDose, GivenBy, Radiotherapy, Treatment
from equipoise.forms import Form, Item, StoredAdvice
from equipoise.protocol.checks.forms import point_of_form
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
                _given(look, treatment, treatment.given_by, (*path, "given_by"))
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


def _given(look: Inspection, treatment: DrugDose | Radiotherapy, by: GivenBy, path: Path) -> None:
    """Items of one form and, but for the single items, of one group; each of the type that it must have."""
    if not look.refer((*path, "form"), by.form, look.protocol.form_by_id, "form"):
        return
    form = look.protocol.form_by_id[by.form]
    items = {item.id: (group, item) for group, item in form.all_items()}
    named = {"date": by.date, "given": by.given, "dose": by.dose, "fractions": by.fractions}
    groups = set()
    for key, name in named.items():
        if name is None or not look.refer((*path, key), name, items, "item of form", form=form.id):
            continue
        group, item = items[name]
        groups |= {group} - {None}
        _given_item(look, treatment, key, item, (*path, key))
    if len(groups) > 1:
        look.add("dose.two_groups", path, groups=groups)
    if by.date is None and form.date_item is None:
        look.add("dose.no_date", path, form=form.id)
    if by.fractions is not None and isinstance(treatment, DrugDose):
        look.add("dose.fractions", (*path, "fractions"))


def _given_item(look: Inspection, treatment: DrugDose | Radiotherapy, key: str, item: Item, path: Path) -> None:
    wanted = {"date": ("date", "datetime"), "given": ("boolean",)}.get(key, _NUMBERS)
    if item.type not in wanted:
        look.add("dose.item", path, item=item.id, type=item.type, types=either(wanted))
        return
    units = ("Gy",) if isinstance(treatment, Radiotherapy) else tuple(dict.fromkeys((treatment.unit, "mg")))
    if key == "dose" and not any(item.unit and same_quantity(item.unit, unit) for unit in units):
        unit = item.unit or phrase("unit.none")
        # A drug may be recorded as it is planned or as the mass that was given; radiotherapy has one unit.
        record = phrase("dose.in_either", one=units[0], other=units[1]) if len(units) > 1 else units[0]
        look.add("unit.mismatch/dose", path, item=item.id, unit=unit, planned=units[0], units=record)


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
            if rule.to_dose is not None and rule.to_dose >= drug.dose.value:
                facts = {"dose": rule.to_dose, "planned": drug.dose.value, "unit": drug.unit}
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


def _advice(look: Inspection, form: Form, advice: StoredAdvice, treatments: Mapping[str, object], path: Path) -> None:
    if look.refer((*path, "treatment"), advice.treatment, treatments, "treatment") and not any(
        rule.treatment == advice.treatment for rule in look.protocol.dose_rules
    ):
        look.warn("advice.no_rules", (*path, "treatment"), treatment=advice.treatment)
    singles = {item.id: (j, item) for j, item in enumerate(form.items)}
    for key, name in advice.gives.items():
        if look.refer((*path, "gives", key), name, singles, "single item of this form"):
            place, item = singles[name]
            _keeps(look, key, item, (*path, "gives", key))
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
