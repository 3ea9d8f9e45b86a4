"""What can be read and is odd all the same is told at the import, row by row, and stops nothing."""

from __future__ import annotations

import pytest

from tests.conduct.importing.event_trial import ACTS, BASELINE, lines, taking

OUTCOME = "  - {form: outcome, visit: screening, values: {died: status = 1, os_days: days}}\n"
MAPPING = f"columns: {{id: text, status: integer, days: integer}}\nacts:\n{ACTS}  records:\n{BASELINE}{OUTCOME}"


def odd(folder, mapping: str, *rows: str):
    report = taking(folder, lines("id,status,days", *rows), mapping, dry_run=True)
    assert not report.errors, report.errors[0].tell()
    told = ("import.lumped", "import.negative_time", "import.long_time", "import.future")
    return [f for f in report.findings if f.code in told]


@pytest.mark.parametrize(
    ("rule", "result", "zh"),
    [
        ("status = 1", "gives no", "得否"),
        ("status <> 1", "give yes", "得是"),
        ("NOT (status = 1)", "give yes", "得是"),
        ("CASE WHEN status = 1 THEN TRUE ELSE FALSE END", "give no", "得否"),
    ],
)
def test_a_third_value_in_a_column_of_two_is_told(rule, result, zh, tmp_path):
    mapping = MAPPING.replace("died: status = 1", f'died: "{rule}"')
    (finding,) = odd(tmp_path, mapping, "P1,1,10", "P2,0,10", "P3,2,10", "P4,0,10")
    assert finding.severity == "warning"
    assert finding.where.line == 4
    assert "status holds `0` (2 rows), `2` (1 rows)" in finding.what
    assert result.split()[-1] in finding.what
    assert zh in finding.say("zh").what


@pytest.mark.parametrize(
    "rule",
    [
        "CASE WHEN status = 1 THEN TRUE WHEN status = 0 THEN FALSE WHEN status = 2 THEN FALSE END",
        "status >= 1",
        "status IN (1)",
    ],
)
def test_control_a_rule_that_names_every_value_or_orders_them_is_not_asked_about(rule, tmp_path):
    mapping = MAPPING.replace("died: status = 1", f'died: "{rule}"')
    assert not odd(tmp_path, mapping, "P1,1,10", "P2,0,10", "P3,2,10")
    assert not odd(tmp_path, MAPPING, "P1,1,10", "P2,0,10", "P3,0,10")


def test_an_arm_that_takes_all_the_rest_is_told(tmp_path):
    mapping = MAPPING.replace("\"'A'\"", "CASE WHEN status = 1 THEN 'A' ELSE 'B' END").replace("died: status = 1, ", "")
    (finding,) = odd(tmp_path, mapping, "P1,1,10", "P2,0,10", "P3,2,10")
    assert "as the arm" in finding.what
    assert "组别均得" in finding.say("zh").what


def test_times_below_nothing_and_beyond_a_life_are_told(tmp_path):
    found = odd(tmp_path, MAPPING, "P1,1,-400", "P2,0,999999999999", "P3,0,0")
    assert [(f.code, f.where.line, f.where.path) for f in found] == [
        ("import.negative_time", 2, "days"),
        ("import.long_time", 3, "days"),
    ]
    assert "os_days is `-400` d" in found[0].what


def test_a_day_to_come_on_a_form_is_told_and_stops_nothing(tmp_path):
    record = "  - {form: facts, visit: screening, values: {day_of: day}}\n"
    mapping = f"columns: {{id: text, day: date}}\nacts:\n{ACTS}  records:\n{BASELINE}{record}"
    report = taking(tmp_path, lines("id,day", "P1,2999-01-01"), mapping, dry_run=True)
    (finding,) = [f for f in report.findings if f.code == "import.future"]
    assert finding.severity == "warning"
    assert "2999-01-01, which is in the future" in finding.what
