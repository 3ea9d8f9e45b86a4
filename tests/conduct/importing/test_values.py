"""Cells: what does not fit is told with row, column and value, and accepted only by a clause that says what to do."""

from __future__ import annotations

import pytest

from tests.conduct.importing.aid import MAPPING, accepting, findings_of, row, suggested, table, take_in

SPOILED = {
    "age x": ({"age": "x"}, "value", "age", "not a whole number"),
    "age above": ({"age": 200}, "value", "age", "above 110"),
    "age unusual": ({"age": 95}, "form", "age", "above 90"),
    "no age": ({"age": ""}, "form", "age", "has no value"),
    "no time": ({"time": ""}, "form", "time", "has no value"),
    "a sex nobody mapped": ({"sex": 3}, "import", "sex", "nothing becomes of it as sex"),
    "a stage nobody defined": ({"t_stage": 7}, "value", "t_stage", "not a code of t_stage"),
    "a day too late": ({"entry_date": 36968}, "import", "entry_date", "day 369 of 1968"),
    "no such day": ({"entry_date": "12.3.68"}, "import", "entry_date", "not a day written as dddyy"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_value_that_does_not_fit_is_told_with_its_place(case, tmp_path):
    changes, _, column, words = SPOILED[case]
    (finding,) = findings_of(tmp_path, table(row(1), row(2, **changes), row(3)))
    assert (finding.where.line, finding.where.path) == (3, column)
    assert finding.where.file.endswith("data.csv")
    assert words in finding.what
    assert "map.yaml" in finding.mend


@pytest.mark.parametrize("case", sorted(set(SPOILED) - {"a day too late", "no such day"}))
def test_the_proposed_clause_takes_it_in_and_tells_it(case, tmp_path):
    changes, _, column, _ = SPOILED[case]
    data = table(row(1), row(2, **changes), row(3))
    (finding,) = findings_of(tmp_path, data)
    report = take_in(tmp_path, data, accepting(suggested(finding)))
    assert not report.errors
    assert [f.where.line for f in report.findings if f.where.path == column and f.code == "import.accepted"] == [3]


def test_an_impossible_date_can_be_taken_as_another_day_when_the_mapping_says_which(tmp_path):
    clause = (
        "{id: late, column: entry_date, written: '36968', becomes: '1968-12-31', reason: {en: A slip., zh: 笔误。}}"
    )
    report = take_in(tmp_path, table(row(1, entry_date=36968)), accepting(clause))
    assert [f.what for f in report.findings if f.code == "import.accepted"] == ["`36968` is taken as 1968-12-31"]


def test_a_confirmed_value_stays_and_the_ledger_keeps_the_reason(tmp_path):
    from equipoise.conduct.folder.study import open_study

    clause = "{id: old, column: age, when: age > 90, reason: {en: Seen on the chart., zh: 已核对病历。}}"
    take_in(tmp_path, table(row(1, age=95)), accepting(clause))
    study = open_study(tmp_path / "study")
    payload = next(
        e.payload for e in study.store.read(study.id, kinds=["form_recorded"]) if e.payload["form"] == "baseline"
    )
    assert payload["values"]["age"] == 95
    assert {c["check"]: c["reason"] for c in payload["checks"]}["age.range"] == "Seen on the chart. / 已核对病历。"


def test_every_fault_of_every_row_is_told_in_one_round(tmp_path):
    data = table(row(1, age="x"), row(2, time=""), row(3, sex=9, site=8), row(4, t_stage=5, time=9999), "1,2")
    found = {(f.where.line, f.where.path) for f in findings_of(tmp_path, data)}
    assert found == {(2, "age"), (3, "time"), (4, "sex"), (4, "site"), (5, "t_stage"), (5, "time"), (6, "")}


def test_two_clauses_that_accept_the_same_cell_are_told(tmp_path):
    clauses = [f"{{id: c{n}, column: age, when: age > 9{n}, becomes: null, reason: {{en: a, zh: 甲}}}}" for n in (1, 2)]
    (finding,) = findings_of(tmp_path, table(row(1, age=95)), accepting(*clauses))
    assert finding.code == "import.accepted_twice"


def test_a_clause_that_meets_no_row_is_a_warning(tmp_path):
    found = [f.where.path for f in take_in(tmp_path, table(row(1))).findings if f.code == "import.accept_unused"]
    assert found == ["accept.grade_missing", "accept.condition_missing", "accept.condition_undocumented"]


def test_a_word_that_stands_for_missing_is_told(tmp_path):
    report = take_in(tmp_path, table(row(1, grade="NA")))
    assert [(f.where.line, f.severity) for f in report.findings if f.code == "import.missing_marker"] == [
        (2, "warning")
    ]


def test_the_same_participant_twice_is_told_with_both_lines(tmp_path):
    (finding,) = findings_of(tmp_path, table(row(1), row(2), row(1)))
    assert (finding.code, finding.where.line) == ("import.participant_twice", 4)
    assert "line 2" in finding.what


def test_an_unknown_site_and_a_missing_number_are_told(tmp_path):
    found = findings_of(tmp_path, table(row(1, institution=9), row("")))
    assert [(f.code, f.where.line) for f in found] == [("import.unknown_site", 2), ("import.no_value", 3)]


def test_a_day_that_is_missing_is_told_once_though_several_acts_need_it(tmp_path):
    clause = "{id: lost, column: entry_date, written: '0', becomes: null, reason: {en: Lost., zh: 遗失。}}"
    (finding,) = findings_of(tmp_path, table(row(1), row(2, entry_date=0)), accepting(clause))
    assert (finding.code, finding.where.line, finding.where.path) == ("import.no_value", 3, "entry_date")


def test_what_the_desk_refuses_is_told_at_its_row(tmp_path):
    later = MAPPING.replace(
        "consented: entry_date", "consented: CASE WHEN age > 60 THEN DATE '1972-12-31' ELSE entry_date END"
    )
    found = findings_of(tmp_path, table(row(1), row(2, age=61)), later)
    assert [(f.code, f.where.line) for f in found] == [("consent.later", 3)]


def test_a_site_that_was_closed_stays_closed(tmp_path):
    from equipoise.conduct.acts import CloseSite, OpenSite
    from tests.conduct.importing.aid import new_study

    desk = new_study(tmp_path).desk()
    for act in (OpenSite("institution_2", "1968-01-01"), CloseSite("institution_2", "1973-01-01")):
        desk.perform(act, as_="custodian")
    (finding,) = findings_of(tmp_path, table(row(1)))
    assert (finding.code, finding.where.line) == ("site.closed", 2)


def test_a_decimal_keeps_the_digits_of_the_file(tmp_path):
    from equipoise.conduct.importing.cells import type_cells
    from equipoise.conduct.importing.mapping_reading import read_mapping
    from equipoise.conduct.importing.table_reading import read_table
    from tests.conduct.importing.aid import write

    file, map_file = write(tmp_path, table(row(1, age="51.20")), MAPPING.replace("age: integer", "age: decimal"))
    source = read_mapping(map_file)
    cells = type_cells(read_table(file, source.mapping, "m")[0], source, lambda *_: None)
    assert (cells.exact["age"], cells.frame["age"].to_list()) == (["51.20"], [51.2])


def test_control_a_sound_row_has_no_fault(tmp_path):
    assert findings_of(tmp_path, table(row(1), row(2))) == []
