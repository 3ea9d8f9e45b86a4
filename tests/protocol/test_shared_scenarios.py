"""Scenarios that share their participants by an alias are checked once, and no fault of theirs is missed."""

from __future__ import annotations

from pathlib import Path

from equipoise.protocol.reading import read_protocol
from tests.spec.minimal import MINIMAL

SCENARIO = """\
- id: {name}
  label: {{en: One way, zh: 一种情形}}
  accrual: {{months: [12], per_month: [5]}}
  follow_up_months: 12
  items: {items}
"""
WRONG = "{sex: {choice: {W: 1}}}"


def _told(folder: Path, *items: str) -> list[tuple[str, str]]:
    scenarios = "".join(SCENARIO.format(name=f"s{n}", items=text) for n, text in enumerate(items, start=1))
    (folder / "protocol.yaml").write_text(f"{MINIMAL}scenarios:\n{scenarios}", "utf-8")
    return [(finding.code, finding.where.path) for finding in read_protocol(folder).findings]


def test_a_fault_in_what_scenarios_share_is_told_once(tmp_path: Path) -> None:
    assert _told(tmp_path, f"&people {WRONG}", "*people", "*people") == [
        ("rule.unknown_code", "scenarios.s1.items.sex")
    ]


def test_a_fault_that_is_written_twice_is_told_twice(tmp_path: Path) -> None:
    told = _told(tmp_path, WRONG, WRONG)
    assert told == [("rule.unknown_code", "scenarios.s1.items.sex"), ("rule.unknown_code", "scenarios.s2.items.sex")]


def test_control_a_scenario_of_its_own_after_a_shared_one_is_checked(tmp_path: Path) -> None:
    told = _told(tmp_path, "&people {sex: {choice: {F: 1}}}", "*people", WRONG)
    assert told == [("rule.unknown_code", "scenarios.s3.items.sex")]
