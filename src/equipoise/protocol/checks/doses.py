"""Doses: what scales them, where they are recorded, when they are changed, and the advice that a form keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from equipoise.arms import SEVERITY, DoseRule, DrugDose, GivenBy, Radiotherapy, Treatment
from equipoise.forms import Form, Item, StoredAdvice
from equipoise.protocol.checks.forms import point_of_form
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import WHILE_IT_RUNS, Timeline
from equipoise.protocol.scope import names_behind
from equipoise.rules import names_of
from equipoise.units import same_quantity

__all__ = ["check_doses"]

Path = tuple[str | int, ...]
_NUMBERS = ("integer", "decimal")
# Unit of a dose to the unit of what it is multiplied with; the product is a mass (Calvert's formula for the last).
_SCALES = {"mg/m2": "m2", "mg/kg": "kg", "mg.min/mL": "mL/min"}
_TYPES = {"recommendation": ("code", "text"), "percent": _NUMBERS, "dose": _NUMBERS, "days": _NUMBERS, "reasons": ("text",),
          "not_known": ("text",)}  # fmt: skip


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
            look.add("rule.not_yet_recorded", here, f"the dose is multiplied with `{name}`, which cannot be used here",
                     line.never[name], "Define a variable with `pick`, and name that.")  # fmt: skip
        else:
            look.refer(here, name, line.columns, "item or variable")
        return
    wanted = next((scale for unit, scale in _SCALES.items() if same_quantity(unit, drug.unit)), None)
    if wanted is None:
        look.add("dose.scale", here, f"a dose in {drug.unit} is multiplied with `{name}`", "it is the same for everybody",
                 "Remove `scaled_by`, or give the dose by m2, by kg or as an area under the curve.")  # fmt: skip
    elif column.type not in _NUMBERS or column.unit is None or not same_quantity(column.unit, wanted):
        what = f"a dose in {drug.unit} is multiplied with `{name}`"
        look.add("dose.scale", here, what, f"that is in {column.unit or 'no unit'}, and {wanted} is needed",
                 f"Name an item or a variable in {wanted}.")  # fmt: skip


def _given(look: Inspection, treatment: DrugDose | Radiotherapy, by: GivenBy, path: Path) -> None:
    """Items of one form and, but for the single items, of one group; each of the type that it must have."""
    if not look.refer((*path, "form"), by.form, look.protocol.form_by_id, "form"):
        return
    form = look.protocol.form_by_id[by.form]
    items = {item.id: (group, item) for group, item in form.all_items()}
    named = {"date": by.date, "given": by.given, "dose": by.dose, "fractions": by.fractions}
    groups = set()
    for key, name in named.items():
        if name is None or not look.refer((*path, key), name, items, f"item of form {form.id}"):
            continue
        group, item = items[name]
        groups |= {group} - {None}
        _given_item(look, treatment, key, item, (*path, key))
    if len(groups) > 1:
        look.add("dose.two_groups", path, f"what was given stands in the groups {', '.join(sorted(map(str, groups)))}",
                 "rows of two groups do not belong together", "Name items of one group.")  # fmt: skip
    if by.date is None and form.date_item is None:
        look.add("dose.no_date", path, f"nothing says on which day form `{form.id}` was about",
                 "a dose without its day has no place in the plan", "Name `date`, or give the form a `date_item`.")  # fmt: skip
    if by.fractions is not None and isinstance(treatment, DrugDose):
        look.add("dose.fractions", (*path, "fractions"), "a drug is given in fractions", "radiotherapy is",
                 "Remove it.")  # fmt: skip


def _given_item(look: Inspection, treatment: DrugDose | Radiotherapy, key: str, item: Item, path: Path) -> None:
    wanted = {"date": ("date", "datetime"), "given": ("boolean",)}.get(key, _NUMBERS)
    if item.type not in wanted:
        look.add("dose.item", path, f"`{item.id}` is of type {item.type}", f"here {' or '.join(wanted)} is needed",
                 "Name another item.")  # fmt: skip
        return
    units = ("Gy",) if isinstance(treatment, Radiotherapy) else (treatment.unit, "mg")
    if key == "dose" and not any(item.unit and same_quantity(item.unit, unit) for unit in units):
        look.add("unit.mismatch", path, f"`{item.id}` is in {item.unit or 'no unit'}",
                 f"the dose is planned in {units[0]}, and nothing is guessed", f"Record it in {' or in '.join(units)}.")  # fmt: skip


def _rule(
    look: Inspection, line: Timeline, rule: DoseRule, treatments: Mapping[str, list[Treatment]], path: Path
) -> None:
    if not look.refer((*path, "treatment"), rule.treatment, treatments, "treatment"):
        return
    known = treatments[rule.treatment]
    if rule.recommend == "reduce":
        drugs = [t for t in known if isinstance(t, DrugDose)]
        if not drugs:
            look.add("dose.no_dose", (*path, "recommend"), f"`{rule.treatment}` is to be reduced", "only a drug's dose is",
                     "Write delay, omit or stop.")  # fmt: skip
        for drug in drugs:
            if rule.to_dose is not None and rule.to_dose >= drug.dose.value:
                look.add("dose.not_lower", (*path, "to_dose"), f"the dose is reduced to {rule.to_dose:g}",
                         f"{drug.dose.value:g} {drug.unit} is planned", "Give a lower dose.")  # fmt: skip
    point, place = _point(line, known)
    columns, elsewhere = line.known_by(point, place)
    check_in_place(look, rule.when, (*path, "when"), columns, elsewhere, "boolean")


def _point(line: Timeline, treatments: Iterable[Treatment]) -> tuple[float, str]:
    """From when on doses are recorded: what is not known there cannot decide about the first of them."""
    forms = {t.given_by.form for t in treatments if isinstance(t, (DrugDose, Radiotherapy)) and t.given_by is not None}
    points = [point_of_form(line, form) for form in sorted(forms) if form in line.protocol.form_by_id]
    return min(points, default=(WHILE_IT_RUNS, "the end of the trial"))


def _advice(look: Inspection, form: Form, advice: StoredAdvice, treatments: Mapping[str, object], path: Path) -> None:
    if look.refer((*path, "treatment"), advice.treatment, treatments, "treatment") and not any(
        rule.treatment == advice.treatment for rule in look.protocol.dose_rules
    ):
        look.warn("advice.no_rules", (*path, "treatment"), f"advice about `{advice.treatment}` is kept",
                  "no dose rule is about it", "Write dose rules, or remove the advice.")  # fmt: skip
    singles = {item.id: (j, item) for j, item in enumerate(form.items)}
    for key, name in advice.gives.items():
        here = (*path, "gives", key)
        if not look.refer(here, name, singles, "single item of this form"):
            continue
        j, item = singles[name]
        if item.type not in _TYPES[key]:
            look.add("advice.type", here, f"`{name}` is of type {item.type}", f"{key} is {' or '.join(_TYPES[key])}",
                     "Name another item.")  # fmt: skip
        codes = look.protocol.codelist_by_id.get(item.codelist or "")
        lacking = (
            sorted(set(SEVERITY) - {code.code for code in codes.codes}) if key == "recommendation" and codes else []
        )
        if lacking:
            look.add("rule.unknown_code", here, f"`{name}` cannot be {', '.join(lacking)}", "codelist "
                     f"{item.codelist} does not define it", f"Its codes must include {', '.join(SEVERITY)}.")  # fmt: skip
        if item.required or item.computed or item.shown_when or name in form.derived_items():
            look.add("advice.entered", (*path[:2], "items", j), f"`{name}` keeps advice and is asked for, hidden or computed as well",
                     "nobody enters it, and it may be empty", "Write `required: false`, and no rule that shows or computes it.")  # fmt: skip


def _circle(look: Inspection, rule: DoseRule, advised: set[str], path: Path) -> None:
    """Whether a rule rests on the advice that it takes part in."""
    seen = names_behind(look.protocol, names_of(rule.when))
    if found := sorted(seen & advised):
        look.add("rule.circle", (*path, "when"), f"the advice rests on itself: `{found[0]}` keeps advice about {rule.treatment}",
                 "what was advised would decide what is advised", "Use what was given, not what was advised.")  # fmt: skip
