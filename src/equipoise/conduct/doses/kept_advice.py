"""The advice that a form keeps: worked out when the form is first recorded, and left as it was ever after.

What was advised is a fact of that day. A correction of a blood count a week later must not change what somebody was
told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from equipoise.conduct.doses.advising import Advice, advise, as_of, find_treatment
from equipoise.conduct.doses.recorded import next_number
from equipoise.conduct.doses.words import phrase, refuse
from equipoise.conduct.guards import today_at
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState
from equipoise.forms import Form, Item
from equipoise.forms.facets import Around, rule_value
from equipoise.forms.values import read_value
from equipoise.knowledge.records import RecordRow
from equipoise.numerals import plainly
from equipoise.protocol.scope import timezone_of
from equipoise.units import convert, same_quantity

__all__ = ["with_advice"]


def with_advice(
    setting: Setting,
    person: ParticipantState,
    form: Form,
    values: Mapping[str, Any],
    observed: str | None,
    before: RecordRow | None,
) -> Mapping[str, Any]:
    """The values of a page with its advice filled in: of the day of the page, or as it was kept.
    Raises Refusal where it was typed.
    """
    if not form.advice:
        return values
    if before is not None:
        kept = {name: before.values.get(name) for name in form.advised_items()}
    else:
        items = {item.id: item for item in form.items}
        day = _day(setting, person, items.get(form.date_item or ""), values, observed)
        known = as_of(person, day)
        knowledge = setting.knowledge(known)
        kept = {}
        for clause in form.advice:
            treatment = find_treatment(setting.protocol, clause.treatment, knowledge.value("arm"))
            number = next_number(setting.protocol, known, treatment, day)
            advice = advise(setting.protocol, knowledge, clause.treatment, day, number)
            for key, name in clause.gives.items():
                kept[name] = _value(key, advice, items[name])
    for name, value in kept.items():
        typed = values.get(name)
        if typed not in (None, "") and str(typed).strip() != str(value):
            advised = phrase("nothing") if value is None else value
            refuse("form.advised", f"{form.id}.{name}", item=name, entered=str(typed), advised=advised)
    return {**values, **kept}


def _value(key: str, advice: Advice, item: Item) -> Any:
    if key == "recommendation":
        return advice.recommendation
    if key == "reasons":
        return "; ".join(rule.id for rule in advice.reasons) or None
    if key == "not_known":
        return "; ".join(open_.rule.id for open_ in advice.not_known) or None
    if key == "days":
        return _number(advice.delay_days, item)
    if key == "percent":
        return _number(advice.percent, item)
    if advice.dose is None or advice.unit is None or item.unit is None or not same_quantity(advice.unit, item.unit):
        return None
    return _number(convert(advice.dose, advice.unit, item.unit), item)


def _number(value: float | None, item: Item) -> Any:
    """As an item holds it: whole, or with its decimals."""
    if value is None:
        return None
    if item.type != "integer" and item.decimals is None:
        # As an amount is printed: a small dose keeps its digits, a quotient does not get a dozen.
        return plainly(value, max(3 + len(str(int(value))), 4))
    places = 0 if item.type == "integer" else item.decimals or 0
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(exact) if item.type == "integer" else format(exact, "f")


def _day(
    setting: Setting, person: ParticipantState, dated: Item | None, values: Mapping[str, Any], observed: str | None
) -> date:
    """The day of the page as it will be dated: at the site, where a time says it; today while nothing can be read."""
    zone = timezone_of(setting.protocol, person.site)
    try:
        said = None if dated is None else read_value(dated, values.get(dated.id), None, zone)
        day = None if dated is None else rule_value(dated, said, Around(zone))
        if day is None and observed:
            day = date.fromisoformat(observed)
    except ValueError:  # the page tells what is wrong with it
        day = None
    return (day.date() if isinstance(day, datetime) else day) or today_at(setting, person.site)
