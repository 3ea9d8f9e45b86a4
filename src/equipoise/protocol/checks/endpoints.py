"""Endpoints, analysis sets, estimands, analyses and the baseline table: names that resolve and methods that fit."""

from __future__ import annotations

from equipoise.endpoints import TimeToEvent
from equipoise.estimands import Analysis
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.rules import Column

__all__ = ["check_analyses", "check_endpoints"]

Path = tuple[str | int, ...]
_FITS = {"proportion": "binary", "mean": "continuous"}  # every other method is about time to event
_COMPARES = ("logrank", "maxcombo", "cox", "rmst", "proportional_hazards")


def _resolve(
    look: Inspection,
    path: Path,
    name: str,
    columns: dict[str, Column],
    elsewhere: dict[str, str],
    types: tuple[str, ...],
    asked: str,
) -> bool:
    """Whether `name` is a participant-level name of one of the types; if not, a Finding."""
    if name in elsewhere and name not in columns:
        look.add(
            "rule.not_yet_recorded",
            path,
            f"`{name}` cannot be named here",
            elsewhere[name],
            "Define a variable with `pick`, or use what is recorded by then.",
        )
        return False
    if not look.refer(path, name, columns, "item, variable or built-in"):
        return False
    if columns[name].type not in types:
        look.add(
            "rule.wrong_type",
            path,
            f"`{name}` is of type {columns[name].type}",
            f"{asked} is needed here",
            "Name another item or variable.",
        )
        return False
    return True


def check_endpoints(look: Inspection, line: Timeline) -> None:
    """Every endpoint."""
    columns, elsewhere = line.known_by(AT_THE_CUT, "the end of the trial")
    for i, endpoint in enumerate(look.protocol.endpoints):
        path: Path = ("endpoints", i)
        if isinstance(endpoint, TimeToEvent):
            _time_to_event(look, endpoint, path, columns, elsewhere)
        else:
            check_in_place(
                look,
                endpoint.rule,
                (*path, "rule"),
                columns,
                elsewhere,
                "boolean" if endpoint.kind == "binary" else "number",
            )
            if endpoint.kind == "continuous" and endpoint.unit is not None:
                check_unit(look, endpoint.unit, (*path, "unit"))
    primary = [e.id for e in look.protocol.endpoints if e.role == "primary"]
    if not look.lost and look.whole:
        if not primary:
            look.add(
                "endpoint.no_primary",
                ("endpoints",),
                "no endpoint is primary",
                "the design and the conclusion rest on one",
                "Give one endpoint `role: primary`.",
            )
        elif len(primary) > 1:
            look.warn(
                "endpoint.several_primary",
                ("endpoints",),
                f"{len(primary)} endpoints are primary: {', '.join(primary)}",
                "the chance of a false positive grows with each, unless alpha is shared",
                "Say in the narrative how alpha is shared, or make one primary.",
            )
    for i, set_ in enumerate(look.protocol.sets):
        check_in_place(look, set_.rule, ("sets", i, "rule"), columns, elsewhere, "boolean")


def _time_to_event(
    look: Inspection, endpoint: TimeToEvent, path: Path, columns: dict[str, Column], elsewhere: dict[str, str]
) -> None:
    dates = ("date", "datetime")
    if endpoint.origin is not None:
        _resolve(look, (*path, "origin"), endpoint.origin, columns, elsewhere, dates, "a date")
    for section in ("events", "censoring"):
        for j, source in enumerate(getattr(endpoint, section)):
            here = (*path, section, j)
            _resolve(look, (*here, "date"), source.date, columns, elsewhere, dates, "a date")
            if source.when is not None:
                check_in_place(look, source.when, (*here, "when"), columns, elsewhere, "boolean")
    if endpoint.events and all(source.kind == "competing" for source in endpoint.events):
        look.add(
            "endpoint.no_event",
            (*path, "events"),
            "every event source is competing",
            "the endpoint itself could never occur",
            "Mark at least one source `kind: event`.",
        )
    if endpoint.death == "competing" and endpoint.events and all(source.kind == "event" for source in endpoint.events):
        look.add(
            "endpoint.death",
            (*path, "death"),
            f"death competes with {endpoint.id}",
            "no event source is competing, so that a death would be left out",
            "Mark the source of deaths `kind: competing`, or correct `death`.",
        )
    if endpoint.duration is not None:
        _resolve(
            look, (*path, "duration"), endpoint.duration, columns, elsewhere, ("integer", "decimal"), "a number of days"
        )
    if endpoint.event is not None:
        check_in_place(look, endpoint.event, (*path, "event"), columns, elsewhere, "boolean")


def check_analyses(look: Inspection, line: Timeline) -> None:
    """Estimands, analyses and the baseline table."""
    protocol = look.protocol
    columns, elsewhere = line.known_by(AT_THE_CUT, "the end of the trial")
    sets = {s.id for s in protocol.sets}
    endpoints = {e.id: e.kind for e in protocol.endpoints}
    for i, estimand in enumerate(protocol.estimands):
        look.refer(("estimands", i, "population"), estimand.population, sets, "analysis set")
        look.refer(("estimands", i, "endpoint"), estimand.endpoint, endpoints, "endpoint")
    estimands = {e.id: e for e in protocol.estimands}
    for i, analysis in enumerate(protocol.analyses):
        path: Path = ("analyses", i)
        look.refer((*path, "set"), analysis.set, sets, "analysis set")
        if look.refer((*path, "endpoint"), analysis.endpoint, endpoints, "endpoint"):
            _method(look, analysis, endpoints[analysis.endpoint], path)
        if analysis.estimand is not None and look.refer((*path, "estimand"), analysis.estimand, estimands, "estimand"):
            estimand = estimands[analysis.estimand]
            if estimand.endpoint != analysis.endpoint and estimand.endpoint in endpoints:
                look.add(
                    "analysis.estimand",
                    (*path, "estimand"),
                    f"the analysis is about endpoint {analysis.endpoint}",
                    f"estimand {estimand.id} is about {estimand.endpoint}",
                    "Name the estimand of this endpoint.",
                )
        _grouping(look, analysis, path, columns, elsewhere)
    _roles(look)
    _baseline(look, line)


def _method(look: Inspection, analysis: Analysis, kind: str, path: Path) -> None:
    needed = _FITS.get(analysis.method, "time_to_event")
    if kind != needed:
        words = {
            "binary": "true-or-false endpoints",
            "continuous": "continuous endpoints",
            "time_to_event": "times to an event",
        }
        look.add(
            "analysis.method",
            (*path, "method"),
            f"method {analysis.method} on a {kind.replace('_', '-')} endpoint",
            f"it is made for {words[needed]}",
            "Choose another method or endpoint.",
        )
    if (analysis.rho or analysis.gamma) and analysis.method != "logrank":
        look.add(
            "analysis.option",
            path,
            f"rho or gamma with method {analysis.method}",
            "these weights belong to the log-rank test (Fleming-Harrington)",
            "Remove them.",
        )
    _weights(look, analysis, path)
    if analysis.method == "milestone" and not analysis.at_days:
        look.add(
            "analysis.option",
            path,
            "a milestone without a day",
            "survival is to be compared at a time",
            "Add `at_days: [...]`.",
        )
    if analysis.method == "rmst" and analysis.tau_days is None:
        look.warn(
            "analysis.option",
            path,
            "a restricted mean without its limit",
            "it will be chosen from the data, which a plan should not leave open",
            "Add `tau_days`.",
        )
    if analysis.covariates and analysis.method not in ("cox", "proportional_hazards"):
        look.add(
            "analysis.option",
            (*path, "covariates"),
            f"covariates with method {analysis.method}",
            "only Cox's model takes covariates",
            "Remove them, or use `method: cox`.",
        )


def _weights(look: Inspection, analysis: Analysis, path: Path) -> None:
    """Weights belong to one log-rank test, or to a combination of several."""
    given = len(analysis.weights)
    if analysis.method == "maxcombo" and not given:
        look.add(
            "analysis.option",
            path,
            "a combination without weights",
            "it is the greatest of several weighted log-rank tests, and the plan names them",
            "Add `weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}]`.",
        )
    elif given and analysis.method not in ("logrank", "maxcombo"):
        look.add(
            "analysis.option",
            (*path, "weights"),
            f"weights with method {analysis.method}",
            "they belong to the log-rank test",
            "Remove them.",
        )
    elif given > 1 and analysis.method == "logrank":
        look.add(
            "analysis.option",
            (*path, "weights"),
            f"{given} weights for one log-rank test",
            "the choice among them would have to be allowed for",
            "Keep one, or use `method: maxcombo`.",
        )
    elif given and (analysis.rho or analysis.gamma):
        look.add(
            "analysis.option",
            (*path, "weights"),
            "weights beside rho or gamma",
            "one of the two says how deaths are weighed",
            "Write rho and gamma into the weight.",
        )


def _grouping(
    look: Inspection, analysis: Analysis, path: Path, columns: dict[str, Column], elsewhere: dict[str, str]
) -> None:
    classes = ("code", "boolean", "text", "integer")
    for key, names in (("strata", analysis.strata), ("covariates", analysis.covariates)):
        types = classes if key == "strata" else (*classes, "decimal")
        for j, name in enumerate(names):
            _resolve(
                look,
                (*path, key, j),
                name,
                columns,
                elsewhere,
                types,
                "a classification" if key == "strata" else "a number or a classification",
            )
    for key, grouping in (("by", analysis.by), ("subgroup", analysis.subgroup)):
        if grouping is not None:
            _resolve(look, (*path, key), grouping, columns, elsewhere, classes, "a classification")
    if analysis.by is None and analysis.method in ("logrank", "maxcombo", "rmst"):
        look.add(
            "analysis.by",
            (*path, "by"),
            f"method {analysis.method} without groups",
            "it compares groups",
            "Leave `by` out to compare the arms.",
        )
    if analysis.reference is not None and analysis.by is not None:
        codes = (
            {arm.id for arm in look.protocol.arms}
            if analysis.by == "arm"
            else (columns[analysis.by].codes if analysis.by in columns else None)
        )
        if codes is not None:
            look.refer(
                (*path, "reference"),
                analysis.reference,
                codes,
                "arm" if analysis.by == "arm" else f"value of {analysis.by}",
            )


def _roles(look: Inspection) -> None:
    protocol = look.protocol
    primary = [(i, a) for i, a in enumerate(protocol.analyses) if a.role == "primary"]
    asked = any(endpoint.role == "primary" for endpoint in protocol.endpoints)
    if protocol.analyses and asked and not primary and not look.lost:
        look.warn(
            "analysis.no_primary",
            ("analyses",),
            "no analysis is primary",
            "the trial's question has no planned answer",
            "Give one analysis `role: primary`.",
        )
    roles = {e.id: e.role for e in protocol.endpoints}
    for i, analysis in primary:
        if roles.get(analysis.endpoint, "primary") != "primary":
            look.warn(
                "analysis.primary",
                ("analyses", i, "role"),
                f"a primary analysis of the {roles[analysis.endpoint]} endpoint {analysis.endpoint}",
                "the primary analysis answers the primary endpoint",
                "Change one of the two roles.",
            )
        if analysis.method not in (*_COMPARES, "milestone", "proportion", "mean", "cumulative_incidence"):
            look.warn(
                "analysis.primary",
                ("analyses", i, "method"),
                f"{analysis.method} as primary analysis",
                "it compares nothing",
                "Choose a comparison.",
            )


def _baseline(look: Inspection, line: Timeline) -> None:
    at = look.protocol.randomization.at
    places = {visit.id: float(i) for i, visit in enumerate(look.protocol.visits)}
    columns, elsewhere = line.known_by(places.get(at, AT_THE_CUT), f"visit {at}, where participants are randomized")
    for i, name in enumerate(look.protocol.baseline):
        if (
            _resolve(
                look,
                ("baseline", i),
                name,
                columns,
                elsewhere,
                ("integer", "decimal", "code", "boolean", "text", "date"),
                "a value that a table can show",
            )
            and name in look.protocol.baseline[:i]
        ):
            look.add("name.duplicate", ("baseline", i), f"`{name}` is listed twice", "once is enough", "Remove one.")
