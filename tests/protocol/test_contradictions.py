"""What a clause says against itself is said in both languages, whichever room the clause stands in; one case for each."""

from __future__ import annotations

import inspect

import pytest
import yaml
from pydantic import ValidationError

from equipoise.protocol.schema import clauses
from equipoise.wording import Clause, Inconsistent, speaking
from equipoise.wording.words import TABLE

CLAUSES = {clause.__name__: clause for clause in clauses()}
_TEXT = "{en: x, zh: 甲}"
_VISIT = f"id: v, label: {_TEXT}"
_DESIGN = "endpoint: os, sides: 2, question: superiority, alpha: 0.05, power: 0.8"
_DRUG = f"kind: drug, id: d, label: {_TEXT}, unit: mg, route: oral"
_RULE = f"id: r, treatment: t, when: a, reason: {_TEXT}"

_ENDPOINT = f"label: {_TEXT}, short: x, description: {_TEXT}, role: primary, death: event"

# The clause, what is written, and the wording.
CASES: list[tuple[str, str, str]] = [
    ("Protocol", "{languages: [en, en]}", "languages.twice"),
    ("Text", "{zh: 年龄}", "text.another_language"),
    ("DoseRule", f"{{{_RULE}, recommend: stop, assumption: true}}", "assumption.source"),
    ("DoseRule", f"{{{_RULE}, recommend: reduce}}", "dose_rule.reduce"),
    ("DrugSchedule", "{count: 3, phases: [{every_days: 7, count: 4}]}", "schedule.one_way"),
    ("DrugSchedule", "{every_days: 7}", "schedule.incomplete"),
    ("DrugSchedule", "{every_days: 7, count: 1, days: [5, 1-2]}", "schedule.days_order"),
    ("DosePhase", "{every_days: 7, count: 1, days: [6-8]}", "schedule.days_outside"),
    (
        "DrugSchedule",
        "{phases: [{every_days: 7, count: 4}, {first_day: 22, every_days: 7, count: 4}]}",
        "schedule.phases_order",
    ),
    ("DrugDose", f"{{{_DRUG}, schedule: {{every_days: 7, count: 4}}}}", "drug.dose"),
    ("DoseRule", f"{{{_RULE}, recommend: delay}}", "dose_rule.delay"),
    ("Item", f"{{id: a, label: {_TEXT}, type: code}}", "item.codelist"),
    ("Item", f"{{id: a, label: {_TEXT}, type: qualified_number}}", "item.qualifiers"),
    ("Item", f"{{id: a, label: {_TEXT}, type: qualified_number, qualifiers: {{ND: half}}}}", "item.qualifiers.word"),
    ("Item", f"{{id: a, label: {_TEXT}, type: date, impute: {{day: first}}}}", "item.impute"),
    ("Form", f"{{id: a, title: {_TEXT}}}", "form.empty"),
    ("Visit", f"{{{_VISIT}}}", "visit.no_day"),
    ("Visit", f"{{{_VISIT}, kind: log, day: 3}}", "visit.log"),
    ("Visit", f"{{{_VISIT}, kind: log, window: {{after: 3}}}}", "visit.log"),
    ("Visit", f"{{{_VISIT}, kind: log, optional: true}}", "visit.log"),
    ("Visit", f"{{{_VISIT}, kind: log, forms: [a], past_forms: [a]}}", "visit.log"),
    (
        "Visit",
        f"{{{_VISIT}, anchor: consent, day: 0, repeat: {{value: {{every_days: 9000, count: 9}}}}}}",
        "visit.century",
    ),
    ("DrugSchedule", "{every_days: 9000, count: 9}", "schedule.century"),
    ("Variable", f"{{id: a, label: {_TEXT}, type: integer}}", "variable.one_origin"),
    ("Variable", f"{{id: a, label: {_TEXT}, type: code, rule: b}}", "variable.codelist"),
    ("TimeToEvent", f"{{kind: time_to_event, id: a, {_ENDPOINT}}}", "time_to_event.one_way"),
    ("LogrankWeight", "{kind: modest, rho: 1, level: 0.5}", "weight.fleming_harrington"),
    ("LogrankWeight", "{kind: fleming_harrington, level: 0.5}", "weight.modest"),
    ("LogrankWeight", "{kind: fleming_harrington, delay_days: 30}", "weight.delay"),
    ("LogrankWeight", "{kind: early_zero}", "weight.early_zero"),
    ("LogrankWeight", "{kind: modest}", "weight.delay_or_level"),
    ("Hazard", "{}", "hazard.one_way"),
    ("Hazard", "{median_months: 9, at_months: 12}", "hazard.one_way"),
    ("Hazard", "{per_month: [0.1], survival: 0.5}", "hazard.one_way"),
    ("Hazard", "{median_months: 9, cuts_months: [3]}", "hazard.one_way"),
    ("Hazard", "{per_month: [0.1, 0.2]}", "hazard.pieces"),
    ("Hazard", "{per_month: [0.1, 0.2, 0.3], cuts_months: [2, 1]}", "hazard.order"),
    ("Accrual", "{months: [1, 2], per_month: [1]}", "accrual.rates"),
    ("Accrual", "{months: [1], per_month: [0]}", "accrual.positive"),
    ("PriorComponent", "{weight: 1, hazard_ratio: 0.7}", "prior.firmness"),
    ("Rates", "{control: 30, experimental: 0.4}", "rates.shares"),
    ("Means", "{control: 1, experimental: 2, sd: 0}", "means.spread"),
    ("Design", f"{{{_DESIGN}, alpha: 0.6}}", "design.alpha"),
    ("Design", f"{{{_DESIGN}, alpha: 1.0e-20}}", "design.alpha_least"),
    ("Design", f"{{{_DESIGN}, power: 1}}", "design.power"),
    ("Design", f"{{{_DESIGN}, power: 0.9999999999999}}", "design.power_most"),
    ("Design", f"{{{_DESIGN}, hazard_ratio: -1}}", "design.hazard_ratio"),
    ("Design", f"{{{_DESIGN}, cured: 1}}", "design.cured"),
    ("Design", f"{{{_DESIGN}, relevant_hazard_ratio: 2}}", "design.relevant_hazard_ratio"),
    ("Design", f"{{{_DESIGN}, question: non_inferiority}}", "design.margin"),
    ("Design", f"{{{_DESIGN}, looks: {{value: [{{information: 0.5}}]}}}}", "design.looks"),
    (
        "ExactBinomial",
        "{kind: exact_binomial, acceptable: 0.2, level: 0.05, participants: 3, first: 5}",
        "safety.first",
    ),
    ("Modifier", "{when: a, ratios: [1, 2]}", "modifier.pieces"),
    ("Modifier", "{when: a, ratios: [1, 2], cuts_months: [0]}", "modifier.cuts"),
    ("Follow", "{id: f, after: a, form: a, visit: v, date_item: d, days: [5, 1]}", "follow.days"),
    ("Spread", "[1, 2, 3]", "spread.pair"),
    ("Spread", "{mean: 1, sd: -2}", "spread.sd"),
    ("Distribution", "{}", "distribution.one_kind"),
    ("Distribution", "{days_after: [1, 2]}", "distribution.days_after"),
    ("Distribution", "{uniform: [1, 2], min: 1}", "distribution.bounds"),
    ("Distribution", "{choice: {a: 0}}", "distribution.weights"),
]


def contradictions(clause: type[Clause], written: str) -> list[Inconsistent]:
    with pytest.raises(ValidationError) as told:
        clause.model_validate(yaml.safe_load(written), context=speaking(["en"]))
    raised = [error.get("ctx", {}).get("error") for error in told.value.errors()]
    return [error for error in raised if isinstance(error, Inconsistent)]


@pytest.mark.parametrize(("name", "written", "key"), CASES)
def test_a_clause_contradicts_itself_in_both_languages(name: str, written: str, key: str) -> None:
    english, chinese = TABLE.phrases[key]
    (raised,) = contradictions(CLAUSES[name], written)
    assert str(raised) == str(raised.said)
    assert str(raised).startswith(english.partition("{")[0])
    assert raised.said.in_("zh").startswith(chinese.partition("{")[0])


def test_control_what_merely_lacks_a_key_is_no_contradiction() -> None:
    assert contradictions(CLAUSES["Site"], "{}") == []


def test_every_contradiction_has_its_case() -> None:
    assert sorted(set(TABLE.phrases) - {key for _, _, key in CASES}) == []


@pytest.mark.parametrize("module", sorted({clause.__module__ for clause in CLAUSES.values()}))
def test_no_clause_speaks_one_language_only(module: str) -> None:
    source = inspect.getsource(__import__(module, fromlist=["_"]))
    assert "raise ValueError" not in source
