"""EBV DNA as a form may ask for it: `ebv_dna` for one result, `ebv_clearance` for the series that the results make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from equipoise.medicine.ebv_dna.clearance import PATTERNS, PHASES, STATES, Clearance, Phase, Sample, derive_clearance
from equipoise.medicine.ebv_dna.measurement import (
    COPIES_PER_REACTION_MIN,
    STATUSES,
    UNITS,
    EbvResult,
    Measurement,
    derive_result,
    in_copies,
    of_reaction,
    reaches,
)
from equipoise.medicine.ebv_dna.words import phrase, remark
from equipoise.medicine.method import Derived, Method, Observation, Option, Port, Remark

__all__ = ["METHODS"]

_NUMBERS = ("value", "lod", "loq", "copies_per_iu", "copies_per_reaction", "elution_ul", "pcr_ul", "plasma_ml")
_REACTION_TOLERANCE = 0.1
_SERIES = ("laboratory", "assay", "target", "unit")


def _measurement(of: Mapping[str, Any], options: Mapping[str, Any]) -> Measurement:
    """The measurement of a record; where it says no unit or factor, the protocol's."""
    numbers = {name: of.get(name) for name in _NUMBERS}
    if numbers["copies_per_iu"] is None:
        numbers["copies_per_iu"] = options.get("copies_per_iu")
    unit = of.get("unit") or options.get("unit")
    return Measurement(unit=unit, detected=of.get("detected"), **numbers)


def _result(now: Observation, _before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    measured = _measurement(now.values, options)
    result = derive_result(measured)
    values = {
        "copies_per_ml": result.copies_per_ml,
        "status": None if all(value is None for value in now.values.values()) else result.status,
        "reached": reaches(result, options.get("threshold") or 0),
    }
    return Derived(values, (*_value_remarks(measured, result), *_run_remarks(measured, now.values.get("ct"), options)))


def _said(number: float) -> str:
    return f"{number:.10g}"


def _value_remarks(m: Measurement, result: EbvResult) -> Iterable[Remark]:
    value = m.value
    if value is not None and value < 0:
        yield remark("negative_value", "value", value=_said(value))
        return
    if value is not None and m.unit is None:
        yield remark("unit_missing", "value", "unit", value=_said(value))
    if m.unit == "iu_per_ml" and value and in_copies(value, m.unit, m.copies_per_iu) is None:
        yield remark("factor_missing", "unit", "copies_per_iu")
    bad = any(limit is not None and limit <= 0 for limit in (m.lod, m.loq))
    if bad or (m.lod is not None and m.loq is not None and m.loq < m.lod):
        lod, loq = ("-" if limit is None else _said(limit) for limit in (m.lod, m.loq))
        yield remark("limits_implausible", "lod", "loq", lod=lod, loq=loq)
    if m.lod is None and (value is not None or m.detected is not None):
        yield remark("lod_missing", "lod")
    if value is None:
        return
    said = _said(value)
    if value == 0 and m.detected:
        yield remark("zero_though_detected", "detected", "value")
    elif value > 0 and m.detected is False:
        yield remark("value_though_not_detected", "detected", "value", value=said)
    elif m.detected and m.lod is not None and value < m.lod:
        yield remark("below_lod_though_detected", "detected", "value", "lod", value=said, lod=_said(m.lod))
    elif value > 0 and m.detected is None and result.status == "not_known":
        yield remark("detection_not_said", "detected", "value", value=said)


def _run_remarks(m: Measurement, ct: float | None, options: Mapping[str, Any]) -> Iterable[Remark]:
    copies = m.copies_per_reaction
    low, high = options.get("ct_min", 10), options.get("ct_max", 45)
    if ct is not None and not low <= ct <= high:
        yield remark("ct_implausible", "ct", ct=_said(ct), low=_said(low), high=_said(high))
    elif ct is not None and m.detected is False:
        yield remark("ct_though_not_detected", "ct", "detected", ct=_said(ct))
    if copies is None:
        return
    if m.detected and copies < COPIES_PER_REACTION_MIN:
        yield remark(
            "few_copies_per_reaction", "copies_per_reaction", copies=_said(copies), least=COPIES_PER_REACTION_MIN
        )
    computed, reported = of_reaction(m), in_copies(m.value, m.unit, m.copies_per_iu)
    if computed is None:
        if m.value is None:
            yield remark("volumes_missing", "elution_ul", "pcr_ul", "plasma_ml")
    elif reported and abs(computed - reported) > _REACTION_TOLERANCE * reported:
        yield remark(
            "reaction_disagrees",
            "value",
            "copies_per_reaction",
            value=_said(reported),
            computed=f"{computed:.4g}",
            percent=f"{100 * _REACTION_TOLERANCE:g}",
        )


def _phase(visit: str, options: Mapping[str, Any]) -> Phase:
    if visit in _visits(options, "baseline"):
        return "baseline"
    return next((phase for phase in PHASES if visit in _visits(options, phase)), "other")


def _visits(options: Mapping[str, Any], phase: str) -> tuple[str, ...]:
    named = options.get(f"{phase}_visits") or ()
    return (named,) if isinstance(named, str) else tuple(named)


def _series(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    threshold = options.get("threshold") or 0
    samples = []
    for moment in (*before, now):
        result = derive_result(_measurement(moment.values, options))
        reached = reaches(result, threshold)
        samples.append(Sample(moment.day, _phase(moment.visit, options), reached, result.copies_per_ml))
    found = derive_clearance(samples, [phase for phase in PHASES if _visits(options, phase)])
    values = {
        "state": found.state,
        "cleared_on": found.cleared_on,
        "pattern": found.pattern,
        "lowest": found.lowest_copies_per_ml,
        "rebound": found.rebound,
    }
    if all(value is None for value in now.values.values()) and not before:
        values["state"] = None
    return Derived(values, tuple(_series_remarks(now, before, samples[-1], found, threshold)))


def _series_remarks(
    now: Observation, before: Sequence[Observation], last: Sample, found: Clearance, threshold: float
) -> Iterable[Remark]:
    changed = [
        name
        for name in _SERIES
        if now.values.get(name) is not None
        and (earlier := _latest(before, name)) is not None
        and earlier.values[name] != now.values[name]
    ]
    if changed:
        days = [earlier.day for name in changed if (earlier := _latest(before, name)) is not None]
        yield remark(
            "assay_changed",
            *changed,
            what=list(map(phrase, changed)),
            day=max((day.isoformat() for day in days if day is not None), default="-"),
        )
    if last.reached is None:
        return
    if found.state == "uninformative" and last.phase == "baseline":
        least = phrase("threshold", least=_said(threshold)) if threshold > 0 else phrase("detection")
        yield remark("baseline_negative", "value", "detected", threshold=least)
    elif found.state == "uninformative" and last.reached:
        yield remark("appeared", "value", "detected")
    elif found.state == "not_known" and last.phase != "baseline":
        yield remark("baseline_missing", "value")
    elif found.state == "rebound":
        yield remark("reappeared", "value", "detected", day=found.cleared_on or "-")


def _latest(before: Sequence[Observation], name: str) -> Observation | None:
    return next((moment for moment in reversed(before) if moment.values.get(name) is not None), None)


_RESULT = {
    "value": Port(
        "decimal",
        "the result in the unit of `unit`; 0 when not detected, empty when detected and not quantified",
        required=False,
        empty_when={"detected": (True,)},
    ),
    "unit": Port("code", "the unit of the result and of the limits", codes=tuple(UNITS), required=False),
    "detected": Port("boolean", "whether the laboratory calls EBV DNA detected", required=False),
    "lod": Port("decimal", "limit of detection, in the unit of the result", required=False),
    "loq": Port("decimal", "limit of quantification, in the unit of the result", required=False),
    "copies_per_iu": Port("decimal", "copies that make one IU by this assay", required=False),
    "copies_per_reaction": Port("decimal", "copies in one reaction", required=False),
    "elution_ul": Port("decimal", "volume of the eluted DNA", unit="uL", required=False),
    "pcr_ul": Port("decimal", "volume of eluted DNA in one reaction", unit="uL", required=False),
    "plasma_ml": Port("decimal", "plasma that was extracted", unit="mL", required=False),
}
_OPTIONS = {
    "threshold": Option(
        "decimal", "copies/mL from which EBV DNA counts as reached; 0: any (published: > 0, 1500, 4000)", default=0
    ),
    "unit": Option("text", "the unit of all results, where the form does not ask it", codes=tuple(UNITS)),
    "copies_per_iu": Option("decimal", "copies that make one IU, where one assay is used throughout"),
}

METHODS = {
    "ebv_dna": Method(
        id="ebv_dna",
        meaning={
            "en": "Plasma EBV DNA in copies/mL, and whether it was detected",
            "zh": "血浆EBV DNA（拷贝/mL）及是否检出",
        },
        source="Le et al., Clin Cancer Res 2013; 19: 2208 (detection); copies per reaction to copies/mL: textbook"
        " knowledge",
        derive=_result,
        inputs={**_RESULT, "ct": Port("decimal", "cycle threshold", required=False)},
        outputs={
            "copies_per_ml": Port("decimal", "EBV DNA; 0 when not detected", unit="{copies}/mL"),
            "status": Port("code", "detected, detected below quantification, not detected, not known", codes=STATUSES),
            "reached": Port("boolean", "EBV DNA at or above the threshold"),
        },
        options={
            **_OPTIONS,
            "ct_min": Option("decimal", "lowest plausible Ct (textbook knowledge)", default=10),
            "ct_max": Option("decimal", "highest plausible Ct: the cycles of a run (textbook knowledge)", default=45),
        },
    ),
    "ebv_clearance": Method(
        id="ebv_clearance",
        meaning={
            "en": "Clearance of plasma EBV DNA over the samples of a participant",
            "zh": "受试者血浆EBV DNA的清除过程",
        },
        source=(
            "definition of this project in the spirit of Lv et al., Nat Commun 2019; 10: 3941, whose exact rule was"
            " not "
            "at hand; assays: Le et al., Clin Cancer Res 2013; 19: 2208"
        ),
        derive=_series,
        inputs={
            **_RESULT,
            "assay": Port("text", "the assay", required=False),
            "target": Port("text", "the target sequence", required=False),
            "laboratory": Port("text", "the laboratory", required=False),
        },
        outputs={
            "state": Port("code", "where the latest sample stands", codes=STATES),
            "cleared_on": Port("date", "day of the first sample below the threshold after a positive baseline"),
            "pattern": Port("code", "pattern of clearance; none while it can still become several", codes=PATTERNS),
            "lowest": Port("decimal", "lowest value so far", unit="{copies}/mL"),
            "rebound": Port("boolean", "EBV DNA came back after it had cleared"),
        },
        options={
            **_OPTIONS,
            "baseline_visits": Option("visits", "visits before treatment", required=True),
            "early_visits": Option("visits", "visits after the first cycle of induction"),
            "intermediate_visits": Option("visits", "visits after induction"),
            "late_visits": Option("visits", "visits at the end of radiotherapy"),
        },
        looks_back=True,
    ),
}
