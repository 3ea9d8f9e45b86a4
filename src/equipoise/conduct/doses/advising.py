"""What the dose rules of the protocol advise for a participant's next dose, with every reason and everything that is
missing.

Several rules may be true: the most severe recommendation is followed, and among reductions the lowest dose. A rule that
is not yet known is listed with what it lacks and never counts as false: "give" is said only when every rule is known.
Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from equipoise.arms import SEVERITY, DoseRule, DrugDose, Treatment
from equipoise.conduct.state.state import ParticipantState
from equipoise.knowledge.lacking import Lack, lacks_of_item
from equipoise.knowledge.participant import Knowledge, missing_names
from equipoise.medicine.dosing.planning import UNITS, amount_mg, dose_in_unit
from equipoise.protocol.document import Protocol
from equipoise.rules import read_rule
from equipoise.units import convert, same_quantity

__all__ = ["Advice", "OpenRule", "advise", "amount_of", "as_of", "dose_of", "find_treatment", "scale_of"]


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A rule that is not yet known, and the items (or built-ins) that it lacks a value of.

    `because`: of an item that a medical rule left empty, the day of that record and the inputs that lacked then.
    """

    rule: DoseRule
    missing: tuple[str, ...]
    because: Mapping[str, tuple[str | None, tuple[Lack, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """`recommendation` is the most severe of the rules that are true; "give" when all are known and none is; else None.

    `percent` of the planned dose, `dose` in `unit` (mg where it could be worked out, else the treatment's own unit);
    both None when nothing is to be given. `settled`: no rule that is not yet known could change it.
    """

    treatment: str
    on: date
    recommendation: str | None
    percent: float | None
    dose: float | None
    unit: str | None
    delay_days: int | None
    reasons: tuple[DoseRule, ...]
    not_known: tuple[OpenRule, ...]
    settled: bool
    worked_out: bool = False
    """Whether the dose is by the size of a body."""

    @property
    def ask_again_on(self) -> date | None:
        """When a delayed dose is asked about again."""
        return self.on + timedelta(days=self.delay_days) if self.delay_days is not None else None


def advise(protocol: Protocol, knowledge: Knowledge, treatment: str, on: date, number: int = 1) -> Advice:
    """The advice for a dose on a day: for the dose of that number in the plan.

    `knowledge` is what is known on that day (`as_of`).
    """
    true: list[DoseRule] = []
    not_known: list[OpenRule] = []
    for rule in protocol.dose_rules:
        if rule.treatment != treatment:
            continue
        truth, _ = knowledge.holds(rule.when)
        if truth:
            true.append(rule)
        elif truth is None:
            lacking = missing_names(knowledge, sorted(read_rule(rule.when).names))
            records = list(knowledge.records.values())
            why = {name: lacks_of_item(protocol, name, records) for name in lacking}
            because = {name: found for name, found in why.items() if found[1]}
            not_known.append(OpenRule(rule, tuple(lacking), because))
    true.sort(key=lambda rule: -SEVERITY[rule.recommend])
    clause = find_treatment(protocol, treatment, knowledge.value("arm"))
    planned = clause.one_dose(number) if isinstance(clause, DrugDose) else None
    percent = _lowest([rule for rule in true if rule.recommend == "reduce"], planned)
    recommendation = true[0].recommend if true else None if not_known else "give"
    if recommendation == "give" and not_known:
        recommendation = None
    delays = [rule.days for rule in true if rule.days is not None] if recommendation == "delay" else []
    settled = not any(_could_change(open_.rule, recommendation, percent, delays, planned) for open_ in not_known)
    given = percent if recommendation in ("give", "reduce", "delay") else None
    dose, unit = None, None
    if given is not None and clause is not None:
        dose, unit = amount_of(clause, knowledge, given / 100, number=number)
    return Advice(
        treatment,
        on,
        recommendation,
        given,
        dose,
        unit,
        max(delays, default=None),
        tuple(true),
        tuple(not_known),
        settled,
        isinstance(clause, DrugDose) and clause.scaled_by is not None,
    )


def _could_change(
    rule: DoseRule, recommendation: str | None, percent: float, delays: list[int], planned: float | None
) -> bool:
    """Whether the rule, if it were true, would lead to another advice."""
    if recommendation is None or SEVERITY[rule.recommend] > SEVERITY[recommendation]:
        return True
    if rule.recommend == "reduce" and recommendation in ("reduce", "delay"):
        return _lowest([rule], planned) < percent
    return rule.recommend == recommendation == "delay" and (rule.days or 0) > max(delays)


def _lowest(rules: list[DoseRule], planned: float | None) -> float:
    """The lowest share of the planned dose that the rules reduce to, in percent; 100 without any."""
    shares = [100.0]
    for rule in rules:
        if rule.to_percent is not None:
            shares.append(rule.to_percent)
        elif rule.to_dose is not None and planned is not None:
            shares.append(100 * rule.to_dose / planned)
    return min(shares)


def find_treatment(protocol: Protocol, treatment: str, arm: str | None) -> Treatment | None:
    """The treatment in the participant's arm; where the arm is not known, the one that all arms with it have alike."""
    found = [t for a in protocol.arms if arm in (None, a.id) for t in a.regimen if t.id == treatment]
    return found[0] if found and all(t == found[0] for t in found) else None


def amount_of(
    clause: Treatment, knowledge: Knowledge, share: float = 1.0, *, number: int = 1
) -> tuple[float | None, str | None]:
    """A share of the planned dose of that number: in mg for whoever it is where it is by the size of a body that is
    known, else in the treatment's own unit. For radiotherapy Gy of one fraction. Not rounded.
    """
    if clause.kind == "radiotherapy":
        return share * clause.dose_gy.value / clause.fractions.value, "Gy"
    if not isinstance(clause, DrugDose):
        return None, None
    dose, unit = share * clause.plan.dose_of(number), _plan_unit(clause)
    scale = scale_of(clause, knowledge)
    if unit is None or unit == "mg" or scale is None:
        return dose, clause.unit
    return amount_mg(convert(dose, clause.unit, unit), unit, body_surface=scale, weight=scale, gfr=scale), "mg"


def dose_of(clause: DrugDose, knowledge: Knowledge, dose: float | None, unit: str | None) -> float | None:
    """A recorded dose in the treatment's own unit, by what scaled it as known; None where it cannot be told."""
    if dose is None or unit is None:
        return None
    if same_quantity(unit, clause.unit):
        return convert(dose, unit, clause.unit)
    plan = _plan_unit(clause)
    if plan is None or not same_quantity(unit, "mg"):
        return None
    scale = scale_of(clause, knowledge)
    found = dose_in_unit(convert(dose, unit, "mg"), plan, body_surface=scale, weight=scale, gfr=scale)
    return None if found is None else convert(found, plan, clause.unit)


def scale_of(clause: DrugDose, knowledge: Knowledge) -> float | None:
    """What the dose is multiplied with, as known: body surface in m2, weight in kg, or clearance in mL/min."""
    wanted = _SCALES.get(_plan_unit(clause) or "")
    if clause.scaled_by is None or wanted is None:
        return None
    value = knowledge.value(clause.scaled_by)
    return None if value is None else convert(float(value), knowledge.columns[clause.scaled_by].unit, wanted)


_SCALES = {"mg/m2": "m2", "mg/kg": "kg", "mg.min/mL": "mL/min"}


def _plan_unit(clause: DrugDose) -> str | None:
    """The unit of the same quantity in which doses are reckoned; None for others, such as units of activity."""
    return next((unit for unit in UNITS if same_quantity(unit, clause.unit)), None)


def as_of(person: ParticipantState, day: date) -> ParticipantState:
    """The participant as known at the end of a day: without what was observed later."""
    kept = {key: record for key, record in person.records.items() if _by(record.observed, day)}
    return replace(person, records=kept)


def _by(observed: str | None, day: date) -> bool:
    return observed is None or observed[:10] <= day.isoformat()
