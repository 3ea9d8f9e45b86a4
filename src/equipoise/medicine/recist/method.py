"""What a form may ask of RECIST 1.1: where a tumor assessment stands against a baseline that the protocol chooses.

Two derivations with two baselines may stand on one form: response to induction, and response to what followed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equipoise.medicine.method import Derived, Method, Observation, Option, Port
from equipoise.medicine.recist.course import Timepoint, derive_course
from equipoise.medicine.recist.inputs import remarks_on_baseline_inputs, remarks_on_course, remarks_on_inputs
from equipoise.medicine.recist.lesions import (
    CERTAINTIES,
    CODES,
    NEW_LESIONS,
    PETS,
    ROLES,
    STATES,
    STATUSES,
    Assessment,
    NewLesion,
    NonTarget,
    Plan,
    Target,
)
from equipoise.medicine.recist.measurable import METHODS as IMAGING
from equipoise.medicine.recist.remarks import remarks_on_assessment, remarks_on_baseline

__all__ = ["METHODS"]

_OUTPUTS = {
    "role": "role",
    "sum": "sum_mm",
    "measured": "measured_mm",
    "baseline_sum": "baseline_mm",
    "nadir": "nadir_mm",
    "change_from_baseline_percent": "change_from_baseline_percent",
    "change_from_nadir_percent": "change_from_nadir_percent",
    "change_from_nadir": "change_from_nadir_mm",
    "target_response": "target_response",
    "nontarget_response": "nontarget_response",
    "new_lesion": "new_lesion",
    "overall": "overall",
    "best_so_far": "best_so_far",
    "progression_on": "progression_on",
}


def _assessment(moment: Observation) -> Assessment | None:
    if moment.day is None:
        return None
    rows = moment.rows
    return Assessment(
        moment.day,
        tuple(
            Target(
                r.get("lesion"),
                r.get("diameter"),
                r.get("state"),
                r.get("node"),
                r.get("organ"),
                r.get("split_from"),
                r.get("merged_into"),
            )
            for r in rows.get("targets", ())
        ),
        tuple(
            NonTarget(r.get("lesion"), r.get("status"), r.get("node"), r.get("organ"), r.get("short_axis"))
            for r in rows.get("nontargets", ())
        ),
        tuple(
            NewLesion(r.get("lesion"), r.get("certainty"), r.get("pet"), r.get("organ")) for r in rows.get("news", ())
        ),
        moment.values.get("markers_normal"),
    )


def _visits(options: Mapping[str, Any]) -> tuple[str, ...]:
    given = options.get("baseline_visits") or ()
    return (given,) if isinstance(given, str) else tuple(given)


def _plan(options: Mapping[str, Any]) -> Plan:
    given = {name: options.get(name) for name in ("min_sd_days", "confirmation_days", "not_evaluable_between_max")}
    numbers = {name: int(number) for name, number in given.items() if number is not None}
    return Plan(bool(options.get("confirmation")), **numbers)


def _organ_groups(options: Mapping[str, Any]) -> dict[str, str]:
    """Each organ of a group with the name of the group: `left lung + right lung` are one organ."""
    groups = [str(text) for text in options.get("one_organ") or ()]
    return {name.strip().casefold(): group for group in groups for name in group.split("+")}


def _derive(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    """The baseline is the last record at the baseline visits; what lies between it and this record is its course."""
    derived = _against_baseline(now, before, options)
    return derived if options.get("remarks", True) else Derived(derived.values)


def _against_baseline(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    visits = _visits(options)
    if now.visit in visits:
        days_max = options.get("baseline_days_max")
        days_max = 28 if days_max is None else int(days_max)
        remarks = remarks_on_baseline(now, days_max=days_max, one_organ=_organ_groups(options))
        points = _points(now, [], options)
        return Derived(_said(points), (*remarks, *remarks_on_inputs(now), *remarks_on_baseline_inputs(now)))
    places = [place for place, moment in enumerate(before) if moment.visit in visits]
    if not places:
        return Derived(dict.fromkeys(_OUTPUTS) | {"role": "before_baseline"})
    baseline, between = before[places[-1]], before[places[-1] + 1 :]
    course = [baseline, *between]
    points = _points(now, course, options)
    least = options.get("apart_days_min")
    remarks = [
        *remarks_on_assessment(now, baseline, between),
        *remarks_on_inputs(now),
        *remarks_on_course(now, course, points, least_days=14 if least is None else int(least)),
    ]
    return Derived(_said(points), tuple(remarks))


def _points(now: Observation, course: Sequence[Observation], options: Mapping[str, Any]) -> list[Timepoint]:
    """What the dated assessments up to this one give; nothing where this one, or the baseline, has no day."""
    seen = [_assessment(moment) for moment in course]
    last = _assessment(now)
    if last is None or (seen and seen[0] is None):
        return []
    dated = [one for one in seen if one is not None]
    return derive_course([*dated, last], _plan(options), now.values.get("start"))


def _said(points: Sequence[Timepoint]) -> dict[str, Any]:
    """The outputs at the last of the assessments; all open where there is none."""
    if not points:
        return dict.fromkeys(_OUTPUTS)
    return {port: getattr(points[-1], field) for port, field in _OUTPUTS.items()}


def _mm(meaning: str, *, required: bool = True) -> Port:
    return Port("decimal", meaning, unit="mm", required=required)


def _opt(type_: Any, meaning: str, codes: tuple[str, ...] = ()) -> Port:
    return Port(type_, meaning, codes=codes, required=False)


METHODS = {
    "recist": Method(
        "recist",
        {"en": "tumor response by RECIST 1.1 against a baseline", "zh": "按RECIST 1.1以指定基线推导肿瘤疗效"},
        "RECIST 1.1: Eisenhauer 2009, Eur J Cancer 45:228, doi 10.1016/j.ejca.2008.10.026",
        _derive,
        inputs={
            "slice_mm": _mm("slice thickness", required=False),
            "method": _opt("code", f"imaging; known are {', '.join(IMAGING)}"),
            "start": _opt("date", "the day from which stable disease counts: treatment or randomization"),
            "markers_normal": _opt("boolean", "tumor markers are normal, where they were raised at baseline"),
        },
        rows={
            "targets": {
                "lesion": Port("text", "the lesion's name, the same at every assessment"),
                "organ": _opt("code", "the organ"),
                "node": Port("boolean", "whether it is a lymph node"),
                "diameter": Port(
                    "decimal",
                    "longest diameter, of a node the short axis",
                    unit="mm",
                    empty_when={"state": ("disappeared", "merged", "not_evaluable")},
                ),
                "state": Port("code", "what became of it", codes=STATES),
                "split_from": _opt("text", "the lesion of the baseline that it split from"),
                "merged_into": _opt("text", "the lesion that it coalesced into"),
                "long_axis": _mm(
                    "longest diameter of a node, only to see that the short axis was measured", required=False
                ),
                "irradiated": _opt("boolean", "whether it lies where radiotherapy was given before the baseline"),
                "progressed_since": _opt("boolean", "whether an irradiated lesion has progressed since"),
            },
            "nontargets": {
                "lesion": Port("text", "the lesion's name"),
                "organ": _opt("code", "the organ"),
                "node": _opt("boolean", "whether it is a lymph node"),
                "status": Port("code", "what became of it", codes=STATUSES),
                "short_axis": _mm("short axis of a node, where it was measured", required=False),
            },
            "news": {
                "lesion": Port("text", "the lesion's name"),
                "organ": _opt("code", "the organ"),
                "certainty": Port("code", "how sure it is", codes=CERTAINTIES),
                "pet": _opt("code", "what FDG-PET has to do with it", PETS),
            },
        },
        options={
            "baseline_visits": Option("visits", "the visits whose last assessment is the baseline", required=True),
            "confirmation": Option("boolean", "whether CR and PR must be confirmed", default=False),
            "min_sd_days": Option("integer", "days after the start from which stable disease counts", default=42),
            "confirmation_days": Option("integer", "days after which a response is confirmed", default=28),
            "baseline_days_max": Option("integer", "how many days before the start a baseline may lie", default=28),
            "not_evaluable_between_max": Option(
                "integer", "how many assessments that could not be evaluated may lie before a confirmation", default=1
            ),
            "apart_days_min": Option(
                "integer", "assessments that are fewer days apart are asked about: one time point is one", default=14
            ),
            "one_organ": Option(
                "texts", "organs that count as one besides lymph nodes, each group joined by +: left_lung + right_lung"
            ),
            "remarks": Option(
                "boolean",
                "whether it says what does not fit; false for a second baseline, whose lesions were chosen at the"
                " first",
                default=True,
            ),
        },
        outputs={
            "role": Port("code", "what the assessment is to this baseline", codes=ROLES),
            "sum": _mm("sum of the target lesions, when all are accounted for"),
            "measured": _mm("sum of those that were measured"),
            "baseline_sum": _mm("sum at baseline"),
            "nadir": _mm("smallest complete sum before, the baseline's included"),
            "change_from_baseline_percent": Port("decimal", "change of the sum since baseline", unit="%"),
            "change_from_nadir_percent": Port("decimal", "change of the sum since the nadir", unit="%"),
            "change_from_nadir": _mm("change of the sum since the nadir"),
            "target_response": Port("code", "response of the targets", codes=CODES),
            "nontarget_response": Port("code", "response of the non-targets", codes=CODES),
            "new_lesion": Port("code", "new lesions", codes=NEW_LESIONS),
            "overall": Port("code", "overall response at this assessment", codes=CODES),
            "best_so_far": Port("code", "best overall response so far", codes=CODES),
            "progression_on": Port("date", "the day to which progression is dated"),
        },
        versions=("RECIST 1.1",),
        looks_back=True,
    )
}
"""What a form may ask for."""
