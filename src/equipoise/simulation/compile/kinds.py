"""Of what kinds the participants of a scenario are: their strata, and for whom the rules of modifiers are true.

Exact where the names rest on independent choices that no criterion bends: shares are then products. Otherwise virtual
participants are drawn as a rehearsal draws them, and counted. Either way the same for the same protocol and scenario.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from equipoise.chance import Stream
from equipoise.design import Accrual, Distribution, Scenario
from equipoise.forms.facets import rule_type
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol, StudyIdentity
from equipoise.rules import read_rule
from equipoise.simulation.words import refuse
from equipoise.virtual.needed import forms_needed
from equipoise.virtual.participants import VirtualParticipant
from equipoise.virtual.schedule import planned_days, site_of_arrival, visit_day
from equipoise.virtual.screening import draw_screening, unmet_criteria
from equipoise.virtual.script import Script, drawn_behind, items_behind
from equipoise.virtual.trial import VirtualTrial, make_virtual_trial
from equipoise.wording import Sourced, Text
from equipoise.wording.literals import literals_checked

__all__ = [
    "DRAWN",
    "ParticipantKind",
    "People",
    "Population",
    "draw_person",
    "drawn_from",
    "find_population",
    "levels_of",
    "people_described",
]

DRAWN = 800
"""Participants drawn: the standard error of a share of one half is 1.8%."""
_COMBINATIONS_MAX = 5000
_ROUNDS_MAX = 8
_DAY = date(2021, 6, 1)
How = Literal["one", "exact", "drawn"]


@dataclass(frozen=True, slots=True)
class ParticipantKind:
    """`levels` of the factors; `says`: for each rule whether it is true in the control and in the experimental arm."""

    share: float
    levels: tuple[str, ...]
    says: tuple[tuple[bool, bool], ...]


@literals_checked
@dataclass(frozen=True, slots=True)
class Population:
    """Kinds in order of their levels; `eligible` is the share of the screened who meet all criteria by their own
    values.

    `how` the shares were found: "one" kind, "exact", or "drawn" from so many participants.
    """

    kinds: tuple[ParticipantKind, ...]
    eligible: float = 1.0
    how: How = "one"
    drawn: int = 0


def find_population(
    protocol: Protocol,
    scenario: Scenario,
    rules: Sequence[str],
    arms: tuple[str, str],
    progress: Callable[[int, int], None] | None = None,
    people: People | None = None,
) -> Population:
    """Kinds by the factors of randomization and by `rules`; `arms` are control and experimental; `people` were drawn
    before.

    Raises Refusal when nobody can be randomized, or a factor stays without a level.
    """
    factors = protocol.randomization.stratify_by.value
    names = [*factors, *(name for rule in rules for name in read_rule(rule).names if name != "arm")]
    bent = scenario.screen_failure is None and _may_fail(protocol, scenario)
    if not names and not bent:
        return Population((ParticipantKind(1.0, (), tuple(_truths(None, rule, arms) for rule in rules)),))
    exact = None if bent else _by_choices(protocol, scenario, names, rules, arms)
    return exact if exact is not None else _by_drawing(protocol, scenario, rules, arms, progress, people or People())


def _may_fail(protocol: Protocol, scenario: Scenario) -> bool:
    """Whether a criterion hangs on an item that the scenario describes: then some are not eligible by their values."""
    criteria = protocol.eligibility.criteria if protocol.eligibility else ()
    rules = [name for criterion in criteria for name in read_rule(criterion.rule).names]
    hows = {name: how.value for name, how in scenario.items.items()}
    return any(_is_chance(hows[name]) for name in items_behind(protocol, rules, hows) if name in hows)


def _is_chance(how: Distribution) -> bool:
    return how.value is None


# Exactly --------------------------------------------------------------------------------------------------------------


def _by_choices(
    protocol: Protocol, scenario: Scenario, names: list[str], rules: Sequence[str], arms: tuple[str, str]
) -> Population | None:
    """The product of independent choices, or None when the names rest on anything else."""
    hows = {name: how.value for name, how in scenario.items.items()}
    if drawn_behind(protocol, names, hows) & scenario.latents.keys():
        return None
    items = sorted(items_behind(protocol, names, hows))
    criteria = protocol.eligibility.criteria if protocol.eligibility else ()
    judged = items_behind(protocol, [n for c in criteria for n in read_rule(c.rule).names], hows)
    checked = {
        name
        for form in protocol.forms
        for check in form.checks
        for name in items_behind(protocol, read_rule(check.rule).names)
    }
    choices: list[list[tuple[Any, float]]] = []
    for name in items:
        _, group, item = protocol.item_by_id[name]
        how = hows.get(name)
        plain = group is None and item.computed is None and item.shown_when is None and not item.hard
        if not plain or how is None or how.missing or name in judged or name in checked:
            return None
        if how.choice is not None:
            total = sum(how.choice.values())
            choices.append([(code, weight / total) for code, weight in how.choice.items() if weight > 0])
        elif how.value is not None:
            choices.append([(how.value, 1.0)])
        else:
            return None
    shares = scenario.site_shares or {site.id: 1.0 for site in protocol.sites}
    sites = [(site, shares.get(site.id, 0.0) / sum(shares.values())) for site in protocol.sites]
    sites = [(site, share) for site, share in sites if share > 0] if "site" in names else [(protocol.sites[0], 1.0)]
    if len(sites) * math.prod(map(len, choices)) > _COMBINATIONS_MAX:
        return None
    found: dict[Any, float] = {}
    bare_script = Script(protocol)
    for site, site_share in sites:
        for values in itertools.product(*choices):
            person = VirtualParticipant(bare_script, 0, "V", site, Stream(0, "kinds"))
            _have(
                person,
                dict(zip(items, (_typed(protocol, n, v[0]) for n, v in zip(items, values, strict=True)), strict=True)),
            )
            signature = _signature(protocol, person, rules, arms)
            found[signature] = found.get(signature, 0.0) + site_share * math.prod(v[1] for v in values)
    return Population(_kinds(found), 1.0, "exact")


def _typed(protocol: Protocol, name: str, value: Any) -> Any:
    """A code of a choice as the form would hold it."""
    type_ = rule_type(protocol.item_by_id[name][2].type)
    if isinstance(value, str) and type_ == "boolean":
        return value.lower() == "true"
    return int(value) if isinstance(value, str) and type_ == "integer" else value


def _have(person: VirtualParticipant, values: dict[str, Any]) -> None:
    """Give a person these values, each on its form at the first visit that uses it."""
    _date_all(person)
    forms: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        forms.setdefault(person.protocol.item_by_id[name][0].id, {})[name] = value
    for form, held in forms.items():
        visit = next(v.id for v in person.protocol.visits if form in v.forms)
        person.keep(RecordRow(person.id, visit, 1, form, _DAY.isoformat(), len(person.records), held, {}))


def _date_all(person: VirtualParticipant) -> None:
    person.learn(screened_date=_DAY, consented_date=_DAY, enrolled_date=_DAY, randomized_date=_DAY)


# By drawing -----------------------------------------------------------------------------------------------------------


def _by_drawing(
    protocol: Protocol,
    scenario: Scenario,
    rules: Sequence[str],
    arms: tuple[str, str],
    progress: Callable[[int, int], None] | None,
    people: People,
) -> Population:
    """Virtual participants through the screening of a rehearsal, until enough of them are eligible."""
    asked = {*protocol.randomization.stratify_by.value, *(name for rule in rules for name in read_rule(rule).names)}
    asked |= {name for one in protocol.scenarios for rule in _modifying(one) for name in read_rule(rule).names}
    eligible, screened = people.of(protocol, scenario, progress, asked)
    if not eligible:
        refuse("simulation.nobody_eligible", f"scenarios.{scenario.id}.items", screened=screened)
    found = Counter(_signature(protocol, person, rules, arms) for person in eligible)
    shares = {key: n / len(eligible) for key, n in found.items()}
    return Population(_kinds(shares), len(eligible) / screened, "drawn", len(eligible))


def _modifying(scenario: Scenario) -> list[str]:
    """The rules by which a scenario tells people apart."""
    return [m.value.when for outcome in scenario.outcomes for m in outcome.modifiers if m.value.when is not None]


class People:
    """Who was drawn last of a protocol: the next scenario mostly describes the same people, under other rules."""

    def __init__(self) -> None:
        self._described = ""
        self._forms: frozenset[str] | None = frozenset()
        self._drawn: tuple[list[VirtualParticipant], int] = ([], 0)

    def of(
        self,
        protocol: Protocol,
        scenario: Scenario,
        progress: Callable[[int, int], None] | None,
        asked: Collection[str] | None = None,
    ) -> tuple[list[VirtualParticipant], int]:
        """The eligible of the scenario, and how many were screened for them.

        `asked`: nothing but these names is asked of them, and forms on which none of these rests stay empty.
        """
        described = people_described(scenario)
        plan = make_virtual_trial(drawn_from(protocol), described, date(2100, 1, 1), 0, lambda _receipt, _who: "")
        forms = None if asked is None else forms_needed(plan, asked)
        name = described.model_dump_json()
        enough = self._forms is None or (forms is not None and forms <= self._forms)
        if name != self._described or not enough:
            self._drawn, self._described, self._forms = _draw(plan, forms, progress), name, forms
        if progress is not None:
            progress(DRAWN, DRAWN)
        return self._drawn


def _draw(
    plan: VirtualTrial, forms: Container[str] | None, progress: Callable[[int, int], None] | None
) -> tuple[list[VirtualParticipant], int]:
    eligible: list[VirtualParticipant] = []
    screened = 0
    while len(eligible) < DRAWN and screened < _ROUNDS_MAX * DRAWN:
        person = draw_person(plan, screened, forms)
        screened += 1
        if not unmet_criteria(plan, person):
            eligible.append(person)
        if progress is not None:
            progress(max(len(eligible), min(screened // _ROUNDS_MAX, DRAWN - 1)), DRAWN)
    return eligible, screened


_OF_PEOPLE = ("items", "latents", "rows", "same_rows", "site_shares", "start")
_NOBODY = Scenario(
    id="people",
    label=Text(en="-", zh="-"),
    accrual=Sourced[Accrual](value=Accrual(months=(1.0,), per_month=(1.0,))),
    follow_up_months=Sourced[float](value=1.0),
)


def people_described(scenario: Scenario) -> Scenario:
    """The scenario with nothing but what it says of people before randomization: whoever is drawn hangs on that alone.

    The stated share of failures is taken off the arrivals; who is drawn is one of the others.
    """
    failures = None if scenario.screen_failure is None else Sourced[float](value=0.0)
    said = {name: getattr(scenario, name) for name in _OF_PEOPLE}
    return _NOBODY.model_copy(update=said | {"screen_failure": failures})


_NOTHING_OF_PEOPLE = ("narrative", "sets", "estimands", "analyses", "baseline", "safety_rules", "scenarios")


def drawn_from(protocol: Protocol) -> Protocol:
    """The protocol without what nobody before randomization hangs on: its plans of analysis, scenarios and texts."""
    bare: dict[str, Any] = dict.fromkeys(_NOTHING_OF_PEOPLE, ()) | {"design": None}
    none = Text(en="-", zh="-")
    named = StudyIdentity(id=protocol.study.id, title=none, short=none, version="-", date="2100-01-01")
    return protocol.model_copy(update=bare | {"study": named})


def draw_person(plan: VirtualTrial, number: int, forms: Container[str] | None = None) -> VirtualParticipant:
    """One of the screened, up to the allocation; `forms`: with these forms alone."""
    stream = Stream(0, "prevalence", number)
    site = site_of_arrival(plan.protocol.sites, plan.scenario.site_shares, stream.child("site").uniform(0))
    person = VirtualParticipant(plan.script, number, f"V{number}", site, stream)
    start = date.fromisoformat(plan.scenario.start)
    person.learn(screened_date=start, consented_date=start)
    for _, record in draw_screening(plan, person, start, forms):
        person.keep(record)
    person.learn(enrolled_date=start + timedelta(days=1))
    for visit in plan.visits_before_allocation:
        anchor = person.built_ins.get(
            {"consent": "consented_date", "enrollment": "enrolled_date"}.get(visit.anchor or "", "")
        )
        if anchor is None or (visit.when is not None and person.says(visit.when) is not True):
            continue
        day = visit_day(anchor, planned_days(visit)[0], visit, 0.5)
        for form in visit.forms:
            if forms is None or form in forms:
                person.keep(person.draw_form((visit.id, 1, form), day))
    person.learn(randomized_date=start + timedelta(days=1))
    return person


def _signature(
    protocol: Protocol, person: VirtualParticipant, rules: Sequence[str], arms: tuple[str, str]
) -> tuple[tuple[str, ...], tuple[tuple[bool, bool], ...]]:
    return levels_of(protocol, person), tuple(_truths(person, rule, arms) for rule in rules)


def levels_of(protocol: Protocol, person: VirtualParticipant) -> tuple[str, ...]:
    """The person's level of each factor of randomization. Raises Refusal when one has none."""
    view = person.view()
    levels = []
    for name in protocol.randomization.stratify_by.value:
        value = view[name]
        if value is None:
            refuse("simulation.factor_missing", f"randomization.stratify_by.{name}", factor=name)
        levels.append(("true" if value else "false") if isinstance(value, bool) else str(value))
    return tuple(levels)


def _truths(person: VirtualParticipant | None, rule: str, arms: tuple[str, str]) -> tuple[bool, bool]:
    """Whether the rule is true in either arm; a rule that names only the arm needs no person."""
    from equipoise.rules import Column, compute

    if person is None:
        control, experimental = (compute(rule, {"arm": arm}, {"arm": Column("arm", "text")}) is True for arm in arms)
        return control, experimental
    if "arm" not in read_rule(rule).names:
        said = person.says(rule) is True
        return said, said
    before = dict(person.built_ins)
    told = []
    for arm in arms:
        person.learn(arm=arm)
        told.append(person.says(rule) is True)
    person.built_ins.clear()
    person.learn(**before)
    return told[0], told[1]


def _kinds(found: dict[Any, float]) -> tuple[ParticipantKind, ...]:
    total = math.fsum(found.values())
    return tuple(
        ParticipantKind(share / total, levels, says) for (levels, says), share in sorted(found.items()) if share > 0
    )
