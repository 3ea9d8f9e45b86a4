"""Endpoints, analysis sets, estimands, analyses and the baseline table: names that resolve and methods that fit.

Which kinds of endpoint and which options a method takes is said by the table of `estimands`, and what an endpoint names
by the declaration of its kind; nothing of either is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.design import Design
from equipoise.endpoints import KINDS, Endpoint, TimeToEvent, Use, kind_of
from equipoise.estimands import METHODS, Analysis, PlannedMethod, planned_method, unused_options, users_of
from equipoise.findings import Where
from equipoise.forms import DATES_OF_DEATH
from equipoise.protocol.answering import answers_design
from equipoise.protocol.checks.groups import check_groups
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.protocol.document import Protocol
from equipoise.protocol.words import phrase
from equipoise.rules import Column, Expectation, check_rule, names_of
from equipoise.words import Phrase

__all__ = ["check_analyses", "check_endpoints"]

Path = tuple[str | int, ...]
Columns = dict[str, Column]
Elsewhere = dict[str, Any]

_CLASSES = ("code", "boolean", "text", "integer")
_SHOWN = ("integer", "decimal", "code", "boolean", "text", "date")
# A single name that an endpoint uses: the types that it may have, and what is asked for.
_SINGLE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "date": (("date", "datetime"), "asked.date"),
    "days": (("integer", "decimal"), "asked.days"),
}
_EXPECTED: Mapping[str, Expectation] = {"boolean": "boolean", "number": "number"}


def _resolve(
    look: Inspection,
    path: Path,
    name: str,
    known: tuple[Columns, Elsewhere],
    types: tuple[str, ...],
    asked: Phrase,
) -> bool:
    """Whether `name` is a participant-level name of one of the types; if not, a Finding."""
    columns, elsewhere = known
    if name in elsewhere and name not in columns:
        look.add("rule.not_yet_recorded/endpoint", path, name=name, because=elsewhere[name])
        return False
    if not look.refer(path, name, columns, "item, variable or built-in"):
        return False
    if columns[name].type not in types:
        look.add("rule.wrong_type/endpoint", path, name=name, type=columns[name].type, asked=asked)
        return False
    return True


def check_endpoints(look: Inspection, line: Timeline) -> None:
    """Every endpoint and every analysis set."""
    known = line.known_by(AT_THE_CUT, phrase("place.end"))
    for i, endpoint in enumerate(look.protocol.endpoints):
        path: Path = ("endpoints", i)
        for use in kind_of(endpoint).uses(endpoint):
            _use(look, use, (*path, *use.path), known, getattr(endpoint, "unit", None))
        if isinstance(endpoint, TimeToEvent):
            _competing(look, endpoint, path)
        unit = getattr(endpoint, "unit", None)
        if unit is not None:
            check_unit(look, unit, (*path, "unit"))
    primary = [e.id for e in look.protocol.endpoints if e.role == "primary"]
    if not look.lost and look.whole:
        if not primary:
            look.add("endpoint.no_primary", ("endpoints",))
        elif len(primary) > 1:
            look.warn("endpoint.several_primary", ("endpoints",), count=len(primary), endpoints=primary)
    for i, set_ in enumerate(look.protocol.sets):
        check_in_place(look, set_.rule, ("sets", i, "rule"), *known, "boolean")


def _use(look: Inspection, use: Use, path: Path, known: tuple[Columns, Elsewhere], unit: str | None) -> None:
    """One place where an endpoint names something. `unit` is the endpoint's own."""
    if use.needs in _SINGLE:
        types, asked = _SINGLE[use.needs]
        _resolve(look, path, use.says, known, types, phrase(asked))
    else:
        own = unit if use.needs == "number" else None
        if check_in_place(look, use.says, path, *known, _EXPECTED[use.needs], None, own) and not names_of(use.says):
            look.add("endpoint.constant", path, rule=use.says)
        elif use.needs == "number" and unit is None:
            _unit_left_out(look, use.says, path, known[0])


def _unit_left_out(look: Inspection, rule: str, path: Path, columns: Columns) -> None:
    """A rule that gives what one of its names is measured in, at an endpoint without a unit: means would have none."""

    def fits(unit: str) -> bool:
        return not check_rule(rule, columns, expect="number", where=Where(), expect_unit=unit)

    if fits("kg") and fits("d"):  # a rule that is of no unit in particular
        return
    units = dict.fromkeys(columns[name].unit for name in names_of(rule) if name in columns)
    for unit in units:
        if unit is not None and fits(unit):
            look.warn("endpoint.unit", (*path[:-1], "unit"), rule=rule, unit=unit)
            return


def _competing(look: Inspection, endpoint: TimeToEvent, path: Path) -> None:
    kinds = {source.kind for source in endpoint.events}
    if kinds == {"competing"}:
        look.add("endpoint.no_event", (*path, "events"))
    if endpoint.death == "competing" and kinds == {"event"}:
        look.add("endpoint.death", (*path, "death"), endpoint=endpoint.id)
    elif endpoint.events:
        _deaths(look, endpoint, path)


def _deaths(look: Inspection, endpoint: TimeToEvent, path: Path) -> None:
    """What is said of death, held against the sources, where an item is known to hold its date (CDASH DTHDAT).

    A source may rest on it by a variable of several dates; only one that is the date itself cannot censor.
    """
    protocol = look.protocol
    dates = {item.id for _, _, item in protocol.item_by_id.values() if item.cdash in DATES_OF_DEATH}
    if not dates:
        return
    if endpoint.death != "censored":
        if not any(one.kind == endpoint.death and dates & _rests_on(protocol, one.date) for one in endpoint.events):
            said = {"endpoint": endpoint.id, "death": endpoint.death, "item": sorted(dates)}
            look.add("endpoint.death/source", (*path, "death"), **said)
        return
    for one in endpoint.events:
        picked = protocol.variable_by_id.get(one.date)
        name = picked.pick.item if picked is not None and picked.pick is not None else one.date
        if name in dates:
            look.add("endpoint.death/censored", (*path, "death"), endpoint=endpoint.id, event=one.id, item=name)


def _rests_on(protocol: Protocol, name: str) -> set[str]:
    """The items and built-ins that a name is made of in the end."""
    found, open_ = set[str](), [name]
    while open_:
        if (one := open_.pop()) not in found:
            found.add(one)
            variable = protocol.variable_by_id.get(one)
            open_.extend(variable.rests_on() if variable is not None else ())
    return found


def check_analyses(look: Inspection, line: Timeline) -> None:
    """Estimands, analyses and the baseline table."""
    protocol = look.protocol
    known = line.known_by(AT_THE_CUT, phrase("place.end"))
    sets = {s.id for s in protocol.sets}
    endpoints = {e.id: e for e in protocol.endpoints}
    for i, estimand in enumerate(protocol.estimands):
        look.refer(("estimands", i, "population"), estimand.population, sets, "analysis set")
        look.refer(("estimands", i, "endpoint"), estimand.endpoint, endpoints, "endpoint")
    estimands = {e.id: e for e in protocol.estimands}
    for i, analysis in enumerate(protocol.analyses):
        path: Path = ("analyses", i)
        method = planned_method(analysis.method)
        look.refer((*path, "set"), analysis.set, sets, "analysis set")
        if look.refer((*path, "endpoint"), analysis.endpoint, endpoints, "endpoint"):
            _fits(look, method, endpoints[analysis.endpoint], path)
        if analysis.estimand is not None and look.refer((*path, "estimand"), analysis.estimand, estimands, "estimand"):
            asked = estimands[analysis.estimand].endpoint
            if asked != analysis.endpoint and asked in endpoints:
                _other_endpoint(look, analysis, asked, (*path, "estimand"))
        _options(look, analysis, method, path)
        _grouping(look, analysis, path, known)
        check_groups(look, analysis, method, path, known[0])
    _roles(look)
    _baseline(look, line)


def _other_endpoint(look: Inspection, analysis: Analysis, other: str, path: Path) -> None:
    look.add("analysis.estimand", path, endpoint=analysis.endpoint, estimand=analysis.estimand, other=other)


def _fits(look: Inspection, method: PlannedMethod, endpoint: Endpoint, path: Path) -> None:
    """Whether the method is made for endpoints of this kind."""
    kind = kind_of(endpoint)
    if kind.id not in method.kinds:
        made_for = [Phrase(*one.noun) for one in KINDS if one.id in method.kinds]
        shown = Phrase(kind.id.replace("_", "-"), kind.noun[1])
        look.add("analysis.method", (*path, "method"), method=method.id, kind=shown, made_for=made_for)


def _options(look: Inspection, analysis: Analysis, method: PlannedMethod, path: Path) -> None:
    """Every option that is written is one that the method uses, and those are there that it cannot do without.

    An option that changes nothing is not harmless: the protocol promises it, and whoever reads the result believes it.
    """
    endpoint = next((e for e in look.protocol.endpoints if e.id == analysis.endpoint), None)
    for option in unused_options(analysis):
        _unused(look, option, method, endpoint, (*path, option))
    for option in method.needs:
        if not getattr(analysis, option):
            look.add(f"analysis.option/{option}", path, method=method.id, lacking=option)
    for option in method.wants:
        if getattr(analysis, option) is None:
            look.warn(f"analysis.option/{option}", path, method=method.id, lacking=option)
    days = analysis.at_days
    for place, day in enumerate(days):
        if day in days[:place]:
            look.add("analysis.option/same_day", (*path, "at_days", place), day=f"{day:g}")
    if not analysis.weights or analysis.method != "logrank":
        return
    if len(analysis.weights) > 1:
        look.add("analysis.option/one_weight", (*path, "weights"), count=len(analysis.weights))
    elif analysis.rho or analysis.gamma:
        look.add("analysis.option/weighed_twice", (*path, "weights"))


def _unused(look: Inspection, option: str, method: PlannedMethod, endpoint: Endpoint | None, path: Path) -> None:
    """An option that does nothing, with the methods that use it and are made for the endpoint: no other is a remedy."""
    facts = {"option": option, "method": method.id}
    kind = kind_of(endpoint) if endpoint is not None else None
    users = [user for user in users_of(option) if kind is None or kind.id in planned_method(user).kinds]
    if users or kind is None:
        look.add("analysis.option_unused", path, **facts, users=users)
    else:
        look.add("analysis.option_unused/kind", path, **facts, kind=Phrase(kind.noun[0], kind.noun[1]))


def _grouping(look: Inspection, analysis: Analysis, path: Path, known: tuple[Columns, Elsewhere]) -> None:
    classes = phrase("asked.class")
    for j, name in enumerate(analysis.strata):
        _resolve(look, (*path, "strata", j), name, known, _CLASSES, classes)
    for j, name in enumerate(analysis.covariates):
        types = (*_CLASSES, "decimal")
        _resolve(look, (*path, "covariates", j), name, known, types, phrase("asked.covariate"))
    for key, grouping in (("by", analysis.by), ("subgroup", analysis.subgroup)):
        if grouping is not None:
            _resolve(look, (*path, key), grouping, known, _CLASSES, classes)
    if analysis.reference is not None and analysis.by is not None:
        _reference(look, analysis.reference, analysis.by, (*path, "reference"), known[0])


def _reference(look: Inspection, reference: str, by: str, path: Path, columns: Columns) -> None:
    if by == "arm":
        look.refer(path, reference, {arm.id for arm in look.protocol.arms}, "arm")
    elif by in columns and (codes := columns[by].codes) is not None:
        look.refer(path, reference, codes, "value of", of=by)


def _roles(look: Inspection) -> None:
    protocol = look.protocol
    primary = [(i, a) for i, a in enumerate(protocol.analyses) if a.role == "primary"]
    asked = any(endpoint.role == "primary" for endpoint in protocol.endpoints)
    if protocol.analyses and asked and not primary and not look.lost:
        look.warn("analysis.no_primary", ("analyses",))
    roles = {e.id: e.role for e in protocol.endpoints}
    for i, analysis in primary:
        role = roles.get(analysis.endpoint, "primary")
        if role != "primary":
            place = ("analyses", i, "role")
            look.warn("analysis.primary", place, role=phrase(f"role.{role}"), endpoint=analysis.endpoint)
        if not planned_method(analysis.method).compares:
            look.warn("analysis.primary/method", ("analyses", i, "method"), method=analysis.method)
    if protocol.design is not None and primary and not look.lost:
        _answered(look, protocol.design, [analysis for _, analysis in primary])


def _answered(look: Inspection, design: Design, primary: list[Analysis]) -> None:
    """Whether some primary analysis answers the design; what was told of one already is nearer to the cause."""
    faulty = any((found.where.path or "").startswith(f"analyses.{a.id}.") for a in primary for found in look.findings)
    known = (design.endpoint, "primary") in {(endpoint.id, endpoint.role) for endpoint in look.protocol.endpoints}
    if known and not faulty and not any(answers_design(design, analysis) for analysis in primary):
        facts = {"endpoint": design.endpoint, "analyses": [analysis.id for analysis in primary]}
        look.warn("design.unanswered", ("design", "endpoint"), **facts)


def _baseline(look: Inspection, line: Timeline) -> None:
    at = look.protocol.randomization.at
    places = {visit.id: float(i) for i, visit in enumerate(look.protocol.visits)}
    known = line.known_by(places.get(at, AT_THE_CUT), phrase("place.randomization", visit=at))
    for i, name in enumerate(look.protocol.baseline):
        shown = _resolve(look, ("baseline", i), name, known, _SHOWN, phrase("asked.shown"))
        if shown and name in look.protocol.baseline[:i]:
            look.add("name.duplicate/baseline", ("baseline", i), name=name)


assert {option for method in METHODS for option in (*method.needs, *method.wants)} <= {"at_days", "tau_days", "weights"}
