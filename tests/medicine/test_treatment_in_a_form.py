"""A form of a protocol asks for body size, renal function, doses and radiotherapy, in units and options of its own."""

from __future__ import annotations

from typing import Any

import pytest

from equipoise.knowledge.medical_rules import Occasion, bind, derive_items
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from tests.spec.example import read

CHANGE = """
codelists:
- id: dose_status
  codes:
  - {code: on_time, label: {en: On time, zh: 按时}}
  - {code: early, label: {en: Early, zh: 提前}}
  - {code: delayed, label: {en: Delayed, zh: 延迟}}
  - {code: reduced, label: {en: Reduced, zh: 减量}}
  - {code: delayed_reduced, label: {en: Delayed and reduced, zh: 延迟且减量}}
  - {code: increased, label: {en: Increased, zh: 增量}}
  - {code: above_maximum, label: {en: Above the maximum, zh: 超过最大剂量}}
  - {code: omitted, label: {en: Omitted, zh: 省略}}
forms:
- id: cisplatin
  title: {en: Cisplatin, zh: 顺铂}
  domain: EC
  date_item: dose_date
  items:
  - {id: dose_date, label: {en: Day, zh: 日期}, type: date}
  - {id: stature, label: {en: Height, zh: 身高}, type: decimal, unit: m, decimals: 2}
  - {id: mass, label: {en: Weight, zh: 体重}, type: decimal, unit: kg, decimals: 1}
  - {id: bsa, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2, decimals: 2, required: false}
  - {id: due, label: {en: Planned, zh: 计划剂量}, type: decimal, unit: mg, decimals: 0, required: false}
  - {id: was_given, label: {en: Given, zh: 已给药}, type: boolean}
  - {id: amount, label: {en: Dose, zh: 剂量}, type: decimal, unit: g, decimals: 3, required: false}
  - {id: became, label: {en: Status, zh: 情况}, type: code, codelist: dose_status, required: false}
  - {id: delay, label: {en: Delay, zh: 延迟}, type: integer, unit: d, required: false}
  - {id: total, label: {en: Total, zh: 累积}, type: decimal, unit: mg/m2, decimals: 1, required: false}
  - {id: rdi, label: {en: Intensity, zh: 剂量强度}, type: decimal, unit: "%", decimals: 1, required: false}
  derivations:
  - {id: size, method: body_surface_area, inputs: {height: stature, weight: mass}, gives: {body_surface: bsa}}
  - {id: plan, method: planned_dose, inputs: {body_surface: bsa}, options: {planned_dose: 100, unit: mg/m2}, gives: {dose: due}}
  - id: course
    method: dose_given
    inputs: {given: was_given, dose: amount, body_surface: bsa}
    options: {planned_dose: 100, unit: mg/m2, every_days: 21, cycles: 3}
    gives: {status: became, delay_days: delay, cumulative_per_m2: total, relative_dose_intensity: rdi}
- id: radiotherapy
  title: {en: Radiotherapy, zh: 放疗}
  domain: PR
  items:
  - {id: first, label: {en: First, zh: 首次}, type: date, required: false}
  - {id: beyond, label: {en: Beyond plan, zh: 超出天数}, type: integer, unit: d, required: false}
  groups:
  - id: sessions
    label: {en: Fractions, zh: 照射}
    items:
    - {id: session_day, label: {en: Day, zh: 日期}, type: date}
    - {id: gray, label: {en: Dose, zh: 剂量}, type: decimal, unit: cGy, decimals: 0}
  derivations:
  - id: rt
    method: radiotherapy_fractions
    options: {dose: 6.36, fractions: 3, holidays: ["2026-06-02"]}
    rows: {fractions: {group: sessions, fields: {date: session_day, dose: gray}}}
    gives: {start: first, interruption_days: beyond}
"""


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    reading, _ = read(CHANGE)
    assert [str(finding) for finding in reading.findings if finding.severity == "error"] == []
    assert reading.protocol is not None
    return reading.protocol


def fill(
    of: Protocol, form: str, day: str, values: dict[str, Any], groups: dict | None = None, before: tuple = ()
) -> tuple[dict, list]:
    """The values of a record with what its derivations give, in their order, and the codes of what they remark."""
    filled, codes = dict(values), []
    for bound in bind(of, form):
        given, said = derive_items(of, bound, Occasion(day, "", 1, before), filled, groups or {})
        filled |= given
        codes += [one.check for one in said]
    return filled, codes


def test_doses_follow_from_units_of_the_form_and_from_its_earlier_records(protocol) -> None:
    first, said = fill(
        protocol, "cisplatin", "2026-06-01", {"stature": "1.70", "mass": "65.0", "was_given": True, "amount": "0.175"}
    )
    assert (first["bsa"], first["due"], first["became"], first["total"], first["rdi"]) == (
        "1.75",
        "175",
        "on_time",
        "100.0",
        "100.0",
    )
    assert not said
    record = RecordRow("P1", "", 1, "cisplatin", "2026-06-01", 1, first)
    late, said = fill(
        protocol,
        "cisplatin",
        "2026-06-29",
        {"stature": "1.70", "mass": "60.0", "was_given": True, "amount": "0.168"},
        before=(record,),
    )
    assert (late["bsa"], late["became"], late["delay"], late["total"], late["rdi"]) == (
        "1.68",
        "delayed",
        7,
        "200.0",
        "85.7",
    )
    assert not said


def test_a_height_in_meters_entered_as_centimeters_is_told_at_its_item(protocol) -> None:
    filled, said = fill(
        protocol, "cisplatin", "2026-06-01", {"stature": "170", "mass": "65.0", "was_given": True, "amount": "0.175"}
    )
    assert filled["bsa"] is filled["due"] is None
    assert said == ["size.height", "course.size_missing"]


def test_fractions_are_read_from_rows_in_the_units_of_the_form(protocol) -> None:
    rows = [{"session_day": f"2026-06-{day:02}", "gray": "212"} for day in (1, 3, 5)]
    filled, said = fill(protocol, "radiotherapy", "2026-06-05", {}, {"sessions": rows})
    assert (filled["first"], filled["beyond"]) == (
        "2026-06-01",
        1,
    )  # planned on the 1st, 3rd and 4th: the 2nd is a holiday
    assert said == ["rt.missed_without_reason"]


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ("fractions: 3,", "fractions: 0,", "more than 0 is asked for"),
        ("dose: 6.36,", "dose: -1,", "more than 0 is asked for"),
        ("fractions: 3,", "fractions: 3, fractions_per_week: 8,", "at most 7 is asked for"),
        ('"2026-06-02"', "Christmas", "Christmas cannot be read as that"),
    ],
)
def test_an_option_beyond_its_limits_is_refused_by_check(said, instead, why) -> None:
    findings = read(CHANGE.replace(said, instead))[0].findings
    assert [(one.code, one.why) for one in findings if one.severity == "error"] == [("derivation.option", why)]
