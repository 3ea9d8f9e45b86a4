"""Law: whatever number or day a protocol states, it has a lowest and a highest value, and at both nothing breaks."""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Iterator
from typing import Any

import pytest

from equipoise.protocol.checking import check_protocol
from equipoise.protocol.positions import Positions
from equipoise.protocol.schema import form_schema, protocol_schema
from equipoise.protocol.shape import shape
from equipoise.reports.protocol_document import render_protocol
from equipoise.wording import FIRST_DAY, LAST_DAY
from tests.hunting import examples
from tests.spec.example import demonstration, read

_LEAST, _MOST = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")


def unbounded(schema: Any, place: str = "") -> Iterator[str]:
    """The places of a schema at which any number, however large or small, or any day would do."""
    if isinstance(schema, list):
        for n, part in enumerate(schema):
            yield from unbounded(part, f"{place}/{n}")
    if not isinstance(schema, dict):
        return
    type_ = schema.get("type")
    if type_ in ("number", "integer") and not {"enum", "const"} & schema.keys():
        if not (any(k in schema for k in _LEAST) and any(k in schema for k in _MOST)):
            yield place
    day = schema.get("format") == "date" or (type_ == "string" and "YYYY-MM-DD" in str(schema.get("description")))
    if day and not {"formatMinimum", "formatMaximum"} <= schema.keys():
        yield place
    for key, part in schema.items():
        if key not in ("examples", "enum"):
            yield from unbounded(part, f"{place}/{key}")


@pytest.mark.parametrize("schema", [protocol_schema(), form_schema()], ids=["protocol", "form"])
def test_every_number_and_every_day_has_a_lowest_and_a_highest_value(schema: Any) -> None:
    assert list(unbounded(schema)) == []


def test_control_a_number_or_a_day_without_bounds_is_noticed() -> None:
    schema = protocol_schema()
    del schema["$defs"]["Repeat"]["properties"]["count"]["maximum"]
    del schema["$defs"]["Window"]["properties"]["before"]["minimum"]
    del schema["$defs"]["Scenario"]["properties"]["start"]["formatMaximum"]
    assert sorted(unbounded(schema)) == [
        "/$defs/Repeat/properties/count",
        "/$defs/Scenario/properties/start",
        "/$defs/Window/properties/before",
    ]


ABSURD = {
    "visits: [{id: every_3_months, day: 99999999999}]": "visits.every_3_months.day",
    "visits: [{id: every_3_months, repeat: {every_days: 90, count: 10000000}}]": "visits.every_3_months.repeat.count",
    "visits: [{id: every_3_months, window: {before: 0, after: 400000}}]": "visits.every_3_months.window.after",
    "scenarios: [{id: base, start: 9999-12-01}]": "scenarios.base.start",
    "study: {date: 0001-01-01}": "study.date",
    "arms: [{id: A, regimen: [{id: cisplatin, schedule: {every_days: 21, count: 99999999999}}]}]": "arms.A.regimen.cisplatin.schedule.count",
    "arms: [{id: A, regimen: [{id: cisplatin, dose: 8.1e300}]}]": "arms.A.regimen.cisplatin.dose",
    "randomization: {scheme: {kind: permuted_blocks, sizes: [4000000]}}": "randomization.scheme.sizes[1]",
    "analyses: [{id: os_km, method: milestone, at_days: [-5, 0, 30]}]": "analyses.os_km.at_days[1]",
    "analyses: [{id: os_km, method: milestone, at_days: [0, 999999999]}]": "analyses.os_km.at_days[2]",
    "analyses: [{id: os_logrank, method: rmst, tau_days: 1000000000}]": "analyses.os_logrank.tau_days",
    "design: {follow_up_months: 1.0e9}": "design.follow_up_months",
    "design: {accrual: {value: {months: [12], per_month: [1.0e12]}}}": "design.accrual.value.per_month[1]",
    "forms: [{id: baseline, items: [{id: weight, hard: {max: 1.0e300}}]}]": "forms.baseline.items.weight.hard.max",
    "forms: [{id: baseline, items: [{id: signed_on, label: {en: Signed, zh: 签署}, type: date, hard: {max: 9999-12-31}}]}]": "forms.baseline.items.signed_on.hard.max",
}


@pytest.mark.parametrize("change", ABSURD)
def test_what_no_trial_can_mean_is_refused_where_it_stands(change: str) -> None:
    reading, _ = read(change)
    told = [(f.code, f.where.path) for f in reading.findings if f.severity == "error"]
    assert len(told) == 1
    assert told[0][0] in ("shape.out_of_bounds", "date.impossible")
    assert told[0][1] == ABSURD[change]


def numbers(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every number in the data."""
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        yield path
    for step, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from numbers(part, (*path, step))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(data)
    here = made
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return made


def bound(data: Any, path: tuple[Any, ...], beyond: int) -> float | int | None:
    """The utmost value that the reader takes at `path`, in the direction of `beyond`; None where it has a list."""
    was = data
    for step in path:
        was = was[step]
    absurd = float(beyond) if isinstance(was, float) else beyond
    for finding in shape(Positions("", changed(data, path, absurd))).findings:
        if finding.code == "shape.out_of_bounds":
            said = finding.facts["bound"]
            limit = float(said.facts["limit"])
            if "above" in said.en or "below" in said.en:
                return math.nextafter(limit, 0 if beyond > 0 else math.inf)
            return int(limit) if isinstance(was, int) and limit.is_integer() else limit
    return None


def test_at_their_bounds_no_number_breaks_the_check_or_the_document() -> None:
    """Each number of the demonstration trial at its lowest and its highest value: said to be wrong, or shown."""
    data = demonstration()
    tried = shown = 0
    # Those of one key are of one kind; a short hunt takes every fourth, from a place of its own.
    places = list({tuple(step for step in path if isinstance(step, str)): path for path in numbers(data)}.values())
    every = max(1, 4 // examples(1))
    for path in places[random.randrange(every) :: every]:
        for beyond in (10**18, -(10**18)):
            value = bound(data, path, beyond)
            if value is None:
                continue
            tried += 1
            shaped = shape(Positions("protocol.yaml", changed(data, path, value)))
            if shaped.protocol is None:
                continue
            found = [*shaped.findings, *check_protocol(shaped.protocol, shaped.positions)]
            if not any(f.severity == "error" for f in found):
                shown += 1
                assert render_protocol(shaped.protocol, "zh" if beyond > 0 else "en")
    assert tried > len(places) // every
    assert shown > 4


def test_control_a_number_that_is_not_bounded_gives_none() -> None:
    assert bound(demonstration(), ("equipoise",), 10**18) is None
    assert FIRST_DAY < LAST_DAY
