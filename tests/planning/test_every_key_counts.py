"""Every key of a design clause moves a number of the design, or `check` says why it would not: key by kind by question.

Each key is changed in turn, or written where it was not. Then the plan differs, or what is asked of it beyond its size; a label
and a note stand in the document. What `check` refuses must be refused at that key. What the clause itself assumes is no answer.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin

import pytest

from equipoise.design import Design
from equipoise.findings import Refusal
from equipoise.planning import appraise, plan_design
from equipoise.protocol.checks.design import check_design
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Positions
from equipoise.reports.design_document import render_design
from equipoise.reports.design_document.data import design_data
from equipoise.wording import Clause, Sourced
from tests.spec.minimal import minimal_protocol

TEXT = {"en": "Interim", "zh": "期中"}
COMMON: dict[str, Any] = {"alpha": 0.025, "sides": 1, "power": 0.8}
LOOKS = {"looks": [{"information": 0.5}, {"information": 1.0}], "spending": {"kind": "kim_demets", "parameter": 2.0}}
CALENDAR = {
    "accrual": {"months": [6.0, 18.0], "per_month": [8.0, 20.0]},
    "follow_up_months": 12.0,
    "dropout_per_month": 0.01,
}
HAZARDS = {
    "endpoint": "os",
    "control": {"per_month": [0.06, 0.05], "cuts_months": [6.0]},
    "hazard_ratio": 0.7,
    "participants": 450,
    "events": 300,
    "prior": {"components": [{"hazard_ratio": 0.8, "events": 60.0}, {"hazard_ratio": 1.0, "sd": 0.5}]},
    "relevant_hazard_ratio": 0.8,
}
RATES = {"endpoint": "heavy", "rates": {"control": 0.3, "experimental": 0.5}, "participants": 250}
MEANS = {"endpoint": "mass", "means": {"control": 60.0, "experimental": 64.0, "sd": 10.0}, "participants": 300}
WORSE = {"question": "non_inferiority"}
BASES: dict[str, dict[str, Any]] = {
    "time to event": COMMON | LOOKS | CALENDAR | HAZARDS | {"question": "superiority"},
    "time to event, not inferior": COMMON | LOOKS | CALENDAR | HAZARDS | WORSE | {"hazard_ratio": 0.95, "margin": 1.3},
    "rates": COMMON | LOOKS | CALENDAR | RATES | {"question": "superiority"},
    "rates, not inferior": COMMON | LOOKS | CALENDAR | RATES | WORSE | {"margin": -0.1},
    "means": COMMON | LOOKS | CALENDAR | MEANS | {"question": "superiority"},
    "means, not inferior": COMMON | LOOKS | CALENDAR | MEANS | WORSE | {"margin": -2.0},
    "rate of one arm": COMMON | LOOKS | CALENDAR | RATES | {"question": "superiority"},
    "mean of one arm": COMMON | LOOKS | CALENDAR | MEANS | {"question": "superiority"},
}
"""What each kind of endpoint states under each question, all of it used."""

CHANGES: dict[str, tuple[Any, ...]] = {
    "question": ("superiority", "non_inferiority"),
    "alpha": (0.03,),
    "sides": (2,),
    "power": (0.85,),
    "control": ({"median_months": 10.0}, {"survival": 0.5, "at_months": 10.0}),
    "control.median_months": (10.0,),
    "control.survival": (0.5,),
    "control.at_months": (10.0,),
    "control.per_month": ([0.06, 0.04],),
    "control.cuts_months": ([7.0],),
    "hazard_ratio": (0.75,),
    "delay_months": (1.0,),
    "cured": (0.1,),
    "method": ("lachin_foulkes",),
    "rates": ({"control": 0.3, "experimental": 0.5},),
    "rates.control": (0.32,),
    "rates.experimental": (0.52,),
    "rates.measure": ("ratio",),
    "means": ({"control": 60.0, "experimental": 64.0, "sd": 10.0},),
    "means.control": (60.5,),
    "means.experimental": (64.5,),
    "means.sd": (11.0,),
    "margin": (-0.05, 1.2),
    "accrual": ({"months": [6.0, 18.0], "per_month": [8.0, 24.0]},),
    "accrual.months": ([7.0, 18.0],),
    "accrual.per_month": ([9.0, 20.0],),
    "follow_up_months": (15.0,),
    "dropout_per_month": (0.02,),
    "participants": (460,),
    "events": (310,),
    "looks": (None,),
    "looks.0.information": (0.6,),
    "looks.0.label": (TEXT,),
    "spending": ({"kind": "user", "values": [0.01, 0.02]},),
    "spending.kind": ("haybittle_peto", "pocock"),
    "spending.parameter": (3.0,),
    "spending.values": ([0.01, 0.02],),
    "futility": (
        {"kind": "z", "values": [0.0]},
        {"kind": "effect_share", "values": [0.1]},
        {"kind": "hazard_ratio", "values": [1.0]},
        {"kind": "kim_demets", "parameter": 2.0},
        {"kind": "hwang_shih_decani", "parameter": -2.0, "binding": True},
        {"kind": "hwang_shih_decani", "parameter": -2.0, "under_null": 0.1},
        {"kind": "z", "values": [0.0], "parameter": 2.0},
    ),
    "prior": ({"components": [{"hazard_ratio": 0.8, "events": 60.0}], "discount": 0.5},),
    "prior.discount": (0.5,),
    "prior.components.0.hazard_ratio": (0.7,),
    "prior.components.0.events": (90.0,),
    "prior.components.1.sd": (0.6,),
    "prior.components.0.weight": (2.0,),
    "relevant_hazard_ratio": (0.75,),
    "note": (TEXT,),
    "endpoint": ("heavy", "mass", "os"),
}
"""The keys, and what they are changed to. A key that a base lacks is written beside it."""
TOLD = ("looks.0.label", "note", "endpoint")
"""Keys that are words: they stand in the document."""
ENDPOINTS = """\
endpoints:
- {kind: binary, id: heavy, label: {en: Heavy, zh: 重}, short: H, description: {en: Heavy, zh: 重}, role: primary, rule: weight > 50, better: higher}
- {kind: continuous, id: mass, label: {en: Mass, zh: 质量}, short: M, description: {en: Mass, zh: 质量}, role: primary, rule: weight, better: higher}
"""


@cache
def trial(arms: int) -> Protocol:
    alone = ("arms: [{id: B, remove: true}]\nrandomization: {ratio: {A: 1, B: ~}}",)
    return minimal_protocol(ENDPOINTS, *(alone if arms == 1 else ()))


def with_design(base: str, clause: dict[str, Any]) -> Protocol:
    found = trial(1 if "one arm" in base else 2)
    return found.model_copy(update={"design": Design.model_validate(clause)})


def refused_at(protocol: Protocol) -> list[str]:
    """The places at which `check` refuses the design."""
    look = Inspection(protocol, Positions(data=protocol.model_dump(mode="json", by_alias=True)))
    check_design(look)
    return [one.where.path for one in look.findings if one.severity == "error"]


def plan_of(protocol: Protocol) -> str:
    return repr(plan_design(protocol))


def answers(protocol: Protocol) -> str:
    """All that the design answers: not what the clause says, nor the protocol that it stands in."""
    plan = plan_design(protocol)
    assert protocol.design is not None
    found = design_data(protocol, plan, appraise(plan, protocol.design))
    return json.dumps({key: value for key, value in found.items() if key not in ("assumed", "protocol")})


def document(protocol: Protocol) -> str:
    plan = plan_design(protocol)
    assert protocol.design is not None
    return render_design(protocol, plan, appraise(plan, protocol.design))


@cache
def of_base(base: str, tell: Callable[[Protocol], str]) -> str:
    return tell(with_design(base, BASES[base]))


def changed(clause: dict[str, Any], key: str, value: Any) -> dict[str, Any] | None:
    """The clause with another value; None where the key has no place in it, or already this value."""
    found = copy.deepcopy(clause)
    *path, last = (int(step) if step.isdigit() else step for step in key.split("."))
    here: Any = found
    for step in path:
        if isinstance(here, dict) and step not in here:
            return None
        here = here[step]
    if (here.get(last) if isinstance(here, dict) else None) == value:
        return None
    here[last] = value
    return found


def verdict(base: str, key: str, value: Any) -> str:
    """`counts`, `refused`, `ignored`; or `impossible` for what the clause itself does not allow, `planning refuses` for what has no
    numbers."""
    clause = changed(BASES[base], key, value)
    if clause is None:
        return ""
    try:
        protocol = with_design(base, clause)
    except ValueError:
        return "impossible"
    if refused_at(protocol):
        return "refused"
    try:
        if plan_of(protocol) != of_base(base, plan_of):
            return "counts"
        tell = document if key in TOLD else answers
        return "counts" if tell(protocol) != of_base(base, tell) else "ignored"
    except Refusal:
        return "planning refuses"


@pytest.mark.parametrize("base", BASES)
def test_the_bases_themselves_can_be_planned(base):
    assert refused_at(with_design(base, BASES[base])) == []
    assert plan_of(with_design(base, BASES[base]))


@pytest.mark.parametrize("base", BASES)
def test_every_key_counts_or_is_refused(base):
    found = {(key, k): verdict(base, key, value) for key, values in CHANGES.items() for k, value in enumerate(values)}
    assert {place for place, said in found.items() if said in ("ignored", "planning refuses")} == set()
    assert sum(said == "counts" for said in found.values()) >= 14


def keys_of(clause: type[Clause], before: str = "") -> set[str]:
    """Every key of a clause and of those inside it."""
    found = set()
    for name, field in clause.model_fields.items():
        found.add(f"{before}{name}")
        for inner in clauses_in(field.annotation):
            found |= keys_of(inner, f"{before}{name}.")
    return found


def clauses_in(hint: Any) -> list[type[Clause]]:
    if isinstance(hint, type) and issubclass(hint, Sourced):
        return clauses_in(hint.model_fields["value"].annotation)
    if get_origin(hint) is None and not isinstance(hint, UnionType):
        own = isinstance(hint, type) and issubclass(hint, Clause) and hint.__module__.startswith("equipoise.design")
        return [hint] if own else []
    return [one for part in get_args(hint) for one in clauses_in(part)]


def test_no_key_of_the_clause_is_left_out():
    """The keys of futility are changed together, since none of them stands alone."""
    changed_keys = {".".join(step for step in key.split(".") if not step.isdigit()) for key in CHANGES}
    futile = {f"futility.{key}" for one in CHANGES["futility"] for key in one}
    assert keys_of(Design) - {"prior.components"} == changed_keys | futile


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ("rates", "dropout_per_month", 0.02),
        ("means", "accrual.per_month", [9.0, 20.0]),
        ("means", "follow_up_months", 15.0),
    ],
)
def test_control_a_key_that_a_plan_ignores_is_noticed(monkeypatch, base, key, value):
    """As it was: rates and means were planned as if nobody were lost and nobody had to join first."""
    from equipoise.planning import of_samples
    from equipoise.planning.attendance import Attendance

    assert verdict(base, key, value) == "counts"
    of_base.cache_clear()
    monkeypatch.setattr(of_samples, "attendance_of", lambda *_: Attendance(None, 1.0, None, 0.0))
    assert verdict(base, key, value) == "ignored"
    of_base.cache_clear()


def test_control_a_margin_that_nothing_is_done_with_is_noticed(monkeypatch):
    from equipoise.protocol.checks import design

    assert verdict("means", "margin", -0.05) == "refused"
    monkeypatch.setattr(design, "_question", lambda *_: None)
    assert verdict("means", "margin", -0.05) == "ignored"
