"""What an assessment finds of participants in a scenario, by stratum and arm: rates, or numbers.

Exact where the endpoint rests on one answer of one visit whose chance depends on the arm and the factors of
randomization alone. Otherwise virtual participants live through the visits, once in each arm by the same lots, and what
the protocol's own derivation makes of them is counted: those of whom it knows nothing are not assessed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import pstdev
from typing import Any

from equipoise.chance import Stream
from equipoise.design import Distribution, Scenario
from equipoise.endpoints import Endpoint
from equipoise.findings import Where
from equipoise.forms.facets import rule_type
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import participant_columns
from equipoise.rules import Column, compute, read_rule
from equipoise.simulation.compile.kinds import People, levels_of
from equipoise.simulation.trials.parts import Shown
from equipoise.simulation.words import refuse
from equipoise.units import months_to_days
from equipoise.virtual.defaults import LEAVING, SILENT
from equipoise.virtual.outcomes import draw_strikes
from equipoise.virtual.participants import VirtualParticipant
from equipoise.virtual.schedule import planned_days, visit_day
from equipoise.virtual.script import Script, drawn_behind, items_behind
from equipoise.virtual.trial import VirtualTrial, make_virtual_trial
from equipoise.visits import Visit
from equipoise.wording import bare

__all__ = ["Found", "find_found"]

TIMES = 2
"""So often each virtual participant lives on from randomization, each time by other lots."""
_FEW = 40
"""Values below which those of a stratum are too few to be told apart from all others."""
_MISSED_MAX = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """`by`: levels and place of the arm to what is found. `dropout`: the hazard per month at which people are lost
    besides. `drawn`: so many virtual participants were counted; 0 where it is exact."""

    by: Mapping[tuple[tuple[str, ...], int], Shown]
    everybody: tuple[Shown, Shown]
    dropout: float
    drawn: int

    def of(self, levels: tuple[str, ...], arm: int) -> Shown:
        """Of a stratum; of everybody, where nobody of it was met."""
        return self.by.get((levels, arm), self.everybody[arm])

    def spread(self, arm: int) -> float:
        """The standard deviation of numbers."""
        shown = self.everybody[arm]
        return pstdev(shown.values) if shown.values else shown.sd


def find_found(
    protocol: Protocol,
    scenario: Scenario,
    endpoint: Endpoint,
    arms: tuple[str, str],
    months: float,
    where: Where,
    people: People | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """What is found in either arm, so many months after joining. Raises Refusal when it rests on what is not played."""
    exact = _exactly(protocol, scenario, endpoint, arms)
    if exact is not None:
        return exact
    reading = _Reading(protocol, scenario, endpoint, months, where)
    eligible, _ = (people or People()).of(protocol, scenario, progress)
    if not eligible:
        refuse("simulation.nobody_eligible", f"scenarios.{scenario.id}.items", screened=0)
    values: dict[tuple[tuple[str, ...], int], list[float | None]] = {}
    for person in eligible:
        levels = levels_of(protocol, person)
        for place in sorted({arms.index(arm) if arms[0] != arms[1] else 1 for arm in arms}):
            for time in range(TIMES):
                values.setdefault((levels, place), []).append(reading.value(person, arms[place], time))
    binary = endpoint.kind == "binary"
    pooled = [[v for (_, place), found in values.items() if place == arm for v in found] for arm in (0, 1)]
    for arm, found in enumerate(pooled):
        if found and all(value is None for value in found):
            refuse("simulation.nothing_found", where, endpoint=endpoint.id, arm=arms[arm], scenario=scenario.id)
    everybody = [_shown(found, binary=binary) if found else None for found in pooled]
    known = everybody[1]
    assert known is not None
    by = {
        key: _shown(found, binary=binary)
        for key, found in values.items()
        if sum(value is not None for value in found) >= _FEW
    }
    return Found(by, (everybody[0] or known, known), 0.0, len(eligible))


def _shown(found: Sequence[float | None], *, binary: bool) -> Shown:
    values = sorted(value for value in found if value is not None)
    present = len(values) / len(found)
    if binary:
        return Shown(rate=math.fsum(values) / len(values), present=present)
    return Shown(values=tuple(values), present=present)


# Exactly --------------------------------------------------------------------------------------------------------------


def _exactly(protocol: Protocol, scenario: Scenario, endpoint: Endpoint, arms: tuple[str, str]) -> Found | None:
    """Rates that follow from one answer's chance; None when more hangs on the endpoint."""
    if endpoint.kind != "binary" or any(outcome.ends for outcome in scenario.outcomes):
        return None
    hows = {name: how.value for name, how in scenario.items.items()}
    names = read_rule(endpoint.rule).names
    behind = items_behind(protocol, names)
    if len(behind) != 1 or scenario.visit_days:
        return None
    (name,) = behind
    visit, how = _only_visit(protocol, name), hows.get(name)
    factors = protocol.randomization.stratify_by.value
    plain = how is not None and not how.missing and (how.choice or how.choice_by or how.chance) is not None
    if visit is None or how is None or not plain or not _stands_alone(protocol, name):
        return None
    if {n for _, rule in how.rules() for n in read_rule(rule).names} - {"arm", *factors}:
        return None
    truths = _truths(protocol, endpoint, name, visit, (True, False) if how.chance is not None else how.codes())
    present = 1 - _missed_by_all(protocol, scenario)
    by: dict[tuple[tuple[str, ...], int], Shown] = {}
    for levels in _every_level(protocol, factors):
        for place, arm in enumerate(arms):
            chances = _chances(how, _typed(protocol, dict(zip(factors, levels, strict=True))), arm)
            if chances is None or any(truths.get(code) is None for code, chance in chances.items() if chance > 0):
                return None
            rate = math.fsum(chance for code, chance in chances.items() if truths.get(code))
            by[levels, place] = Shown(rate=min(rate, 1.0), present=present)
    if not by:
        return None
    first = next(iter(by))[0]
    dropout = LEAVING * (bare(scenario.withdrawal_per_month) or 0.0)
    return Found(by, (by[first, 0], by[first, 1]), dropout, 0)


def _only_visit(protocol: Protocol, name: str) -> Visit | None:
    """The one visit after randomization at which the item is asked, once and of everybody."""
    form, group, _ = protocol.item_by_id[name]
    asked = [visit for visit in protocol.visits if form.id in visit.forms]
    if len(asked) != 1 or group is not None:
        return None
    visit = asked[0]
    after = visit.anchor == "randomization" and visit.day is not None and visit.day.value > 0
    return visit if after and visit.repeat is None and visit.when is None and not visit.optional else None


def _stands_alone(protocol: Protocol, name: str) -> bool:
    """Whether the answer is asked of everybody and is bent by no check."""
    form, _, item = protocol.item_by_id[name]
    checked = {one for check in form.checks for one in items_behind(protocol, read_rule(check.rule).names)}
    free = item.computed is None and item.shown_when is None and item.required and item.required_when is None
    return free and name not in checked


def _truths(
    protocol: Protocol, endpoint: Endpoint, name: str, visit: Visit, codes: Sequence[Any]
) -> Mapping[Any, bool | None]:
    """What the endpoint's rule says of somebody with each answer."""
    found: dict[Any, bool | None] = {}
    form, day = protocol.item_by_id[name][0], date(2021, 6, 1)
    for code in codes:
        person = VirtualParticipant(Script(protocol), 0, "V", protocol.sites[0], Stream(0, "found"))
        person.learn(screened_date=day, consented_date=day, enrolled_date=day, randomized_date=day)
        typed = _answer(protocol, name, code)
        person.keep(RecordRow("V", visit.id, 1, form.id, day.isoformat(), 0, {name: typed}, {}))
        found[code] = person.says(endpoint.rule)  # type: ignore[union-attr]
    return found


def _answer(protocol: Protocol, name: str, code: Any) -> Any:
    """A code as the form holds it."""
    type_ = rule_type(protocol.item_by_id[name][2].type)
    if isinstance(code, str) and type_ == "boolean":
        return code.lower() == "true"
    return int(code) if isinstance(code, str) and type_ == "integer" else code


def _every_level(protocol: Protocol, factors: Sequence[str]) -> list[tuple[str, ...]]:
    """Every combination of levels that the factors can have; empty when they cannot be listed."""
    sites = {site.id for site in protocol.sites}
    listed: list[list[str]] = []
    columns = participant_columns(protocol)
    for name in factors:
        if name == "site":
            listed.append(sorted(sites))
            continue
        column = columns.get(name)
        codes = getattr(column, "codes", None)
        if column is not None and column.type == "boolean":
            listed.append(["true", "false"])
        elif codes:
            listed.append([str(code) for code in codes])
        elif name in protocol.item_by_id and (codelist := protocol.item_by_id[name][2].codelist):
            known = next(one for one in protocol.codelists if one.id == codelist)
            listed.append([code.code for code in known.codes])
        else:
            return []
    return [tuple(levels) for levels in itertools.product(*listed)]


def _typed(protocol: Protocol, levels: Mapping[str, str]) -> dict[str, tuple[Any, Column]]:
    """Levels as rules compute with them."""
    columns = participant_columns(protocol)
    found: dict[str, tuple[Any, Column]] = {}
    for name, level in levels.items():
        column = columns.get(name) or Column(name, "text")
        value: Any = level == "true" if column.type == "boolean" else level
        found[name] = (int(level) if column.type == "integer" else value), column
    return found


def _chances(how: Distribution, levels: Mapping[str, tuple[Any, Column]], arm: str) -> dict[Any, float] | None:
    """The probability of each answer; None when a rule does not say."""

    def tells(rule: str) -> Any:
        values = {name: value for name, (value, _) in levels.items()} | {"arm": arm}
        columns = {name: column for name, (_, column) in levels.items()} | {"arm": Column("arm", "text")}
        names = read_rule(rule).names
        return compute(rule, {n: values[n] for n in names}, {n: columns[n] for n in names})

    if how.chance is not None:
        chance = tells(how.chance)
        if chance is None:
            return None
        share = min(max(float(chance), 0.0), 1.0)
        return {True: share, False: 1 - share}
    weights = how.choice
    if weights is None:
        weights = next((one.choice for one in how.choice_by or () if one.when is None or tells(one.when) is True), None)
    if weights is None:
        return None
    total = math.fsum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


# By living ------------------------------------------------------------------------------------------------------------


def _missed_at(scenario: Scenario, site: str) -> float:
    """The share of visits that are missed at a site; how careful it happens to be is left out."""
    own = scenario.sites[site].value.missed_visit if site in scenario.sites else None
    given = scenario.missed_visit.value if scenario.missed_visit is not None else SILENT["missed_visit"]
    return min(given if own is None else own, _MISSED_MAX)


def _missed_by_all(protocol: Protocol, scenario: Scenario) -> float:
    """The share of visits that are missed, over all sites by their shares."""
    shares = {
        site.id: scenario.site_shares.get(site.id, 0.0) if scenario.site_shares else 1.0 for site in protocol.sites
    }
    total = math.fsum(shares.values())
    return math.fsum(share * _missed_at(scenario, site) for site, share in shares.items()) / total


class _Reading:
    """What is needed to let virtual participants live on from randomization to the assessment."""

    def __init__(self, protocol: Protocol, scenario: Scenario, endpoint: Endpoint, months: float, where: Where) -> None:
        self.scenario = scenario
        self.rule: str = endpoint.rule  # type: ignore[union-attr]
        self.plan: VirtualTrial = make_virtual_trial(protocol, scenario, date(2100, 1, 1), 0, lambda _r, _w: "")
        self.days = math.ceil(months_to_days(months))
        hows = {name: how.value for name, how in scenario.items.items()}
        names = [*read_rule(self.rule).names]
        names += [n for v in protocol.visits if v.when is not None for n in read_rule(v.when).names]
        names += [
            n for o in scenario.outcomes for m in o.modifiers if m.value.when for n in read_rule(m.value.when).names
        ]
        self.forms = {protocol.item_by_id[name][0].id for name in items_behind(protocol, names, hows)}
        doses = {dosing.form for dosings in self.plan.dosings.values() for dosing in dosings}
        behind = {n for n in drawn_behind(protocol, read_rule(self.rule).names, hows) if n in protocol.item_by_id}
        rests = {protocol.item_by_id[name][0].id for name in behind}
        elsewhere = sorted(rests & (doses | {follow.form for follow in scenario.follows}))
        if elsewhere:
            refuse("simulation.found_elsewhere", where, endpoint=endpoint.id, form=elsewhere[0])

    def value(self, person: VirtualParticipant, arm: str, time: int) -> float | None:
        """What the endpoint's rule says in the end of somebody in this arm; None when nothing. Leaves the person as
        they were."""
        kept, stream, built_ins = len(person.records), person.stream, dict(person.built_ins)
        person.stream = stream.child("life", time)
        try:
            person.learn(arm=arm)
            self._live(person, arm)
            said = person.says(self.rule)
        finally:
            person.stream = stream
            person.built_ins.clear()
            person.learn(**built_ins)
            person.forget(kept)
        return None if said is None else float(said)

    def _live(self, person: VirtualParticipant, arm: str) -> None:
        start: date = person.built_ins["randomized_date"]
        told = person.says
        strikes = draw_strikes(
            self.scenario.outcomes, arm, person.stream.child("outcomes"), lambda rule: told(rule) is True
        )
        dated = [(o, start + timedelta(days=max(1, round(days)))) for o, days in strikes if days < 36525]
        end = min([start + timedelta(days=self.days + 60), *(day for outcome, day in dated if outcome.ends)])
        if leaving := LEAVING * (bare(self.scenario.withdrawal_per_month) or 0.0):
            days = person.stream.child("withdrawal").exponential(0, months_to_days(1) / leaving)
            end = min(end, start + timedelta(days=min(max(1, round(days)), 36525)))
        happens: list[tuple[date, int, Callable[[date], None]]] = []
        for outcome, day in dated:
            if day <= end and outcome.form in self.forms:
                happens.append((day, len(happens), self._strike(person, outcome)))
        for visit in self.plan.visits_after_allocation:
            for number, day in self._visits(person, visit, start):
                if start <= day <= end:
                    happens.append((day, len(happens), self._attend(person, visit, number)))
        for day, _, happen in sorted(happens, key=lambda one: one[:2]):
            happen(day)
        person.learn(cut_date=start + timedelta(days=self.days + 60))

    def _strike(self, person: VirtualParticipant, outcome: Any) -> Callable[[date], None]:
        def strike(day: date) -> None:
            sets = {**outcome.sets, outcome.date_item: Distribution(value=day.isoformat())}
            taken = [n for visit, n, form in person.by_key if (visit, form) == (outcome.visit, outcome.form)]
            place = (outcome.visit, max(taken, default=0) + 1, outcome.form)
            person.keep(person.draw_form(place, day, sets=sets))

        return strike

    def _visits(self, person: VirtualParticipant, visit: Visit, start: date) -> list[tuple[int, date]]:
        """The visits of one kind that take place until the assessment; by the lots of a rehearsal."""
        names = {"consent": "consented_date", "enrollment": "enrolled_date", "randomization": "randomized_date"}
        anchor = person.built_ins.get(names.get(visit.anchor or "", ""))
        planned = planned_days(visit)
        if anchor is None or not planned:
            return []
        lots = person.stream.child("visit", visit.id).uniform(0, 6 * len(planned)).tolist()
        missed = _missed_at(self.scenario, person.site.id)
        found = []
        for number, ahead in enumerate(planned, start=1):
            shift, lot = lots[6 * number - 6], lots[6 * number - 5]
            if lot < missed or (visit.optional and lot < 0.5):
                continue
            if anchor + timedelta(days=ahead) <= start + timedelta(days=self.days):
                found.append((number, visit_day(anchor, ahead, visit, shift)))
        return found

    def _attend(self, person: VirtualParticipant, visit: Visit, number: int) -> Callable[[date], None]:
        def attend(day: date) -> None:
            if visit.when is not None and person.says(visit.when) is not True:
                return
            for form in visit.forms:
                if form in self.forms:
                    person.keep(person.draw_form((visit.id, number, form), day))

        return attend
