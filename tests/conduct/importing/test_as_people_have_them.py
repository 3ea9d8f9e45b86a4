"""Files as people have them: a title above the names, merged cells, formulas, rows of units, exports of REDCap."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.conduct.importing import headers, workbooks
from equipoise.conduct.importing.mapping_checks import check_mapping
from equipoise.conduct.importing.mapping_reading import read_mapping
from equipoise.conduct.importing.suggesting import suggest_mapping
from equipoise.protocol.reading import load_protocol
from tests.conduct.importing.event_trial import EVENTS, faults, recorded, taking
from tests.conduct.importing.remedying import follow
from tests.conduct.importing.test_workbooks import HEADER, MAPPING
from tests.conduct.importing.xlsx_aid import Formula, workbook
from tests.spec.minimal import write_minimal

NAMES = "id,n,s,y,d,t"
ROW = "P1,52,60.5,yes,2023-03-01,x"
ONE: list[object] = ["P1", 52, 60.5, True, date(2023, 3, 1), "x"]
TWO: list[object] = ["P2", 7, 1, False, date(2023, 3, 2), "y"]
TITLED: dict[str, tuple[str, str | bytes]] = {
    "a title and an empty line": ("data.csv", f"Export of the study\n\n{NAMES}\n{ROW}\n"),
    "a title in cells": ("data.csv", f"Export of the study,,,,,\n,,,,,\n{NAMES}\n{ROW}\n"),
    "a title with commas": ("data.csv", f"Export, of Monday,,,,\nsites: 1, 2\n{NAMES}\n{ROW}\n"),
    "a title in a workbook": ("data.xlsx", workbook(data=[["Export"], [], HEADER, ONE])),
    "a merged title": ("data.xlsx", workbook(["A1:F1"], data=[["Export"], [None], HEADER, ONE])),
}


@pytest.fixture(scope="module")
def protocol(tmp_path_factory):
    return load_protocol(write_minimal(tmp_path_factory.mktemp("trial"), EVENTS))


def suggested(folder, data: str | bytes, name: str, protocol, language="en") -> str:
    """A mapping to begin with; the reader accepts it."""
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    text = suggest_mapping(folder / name, protocol, language)
    (folder / "begin.yaml").write_text(text, encoding="utf-8")
    assert [str(f) for f in check_mapping(read_mapping(folder / "begin.yaml"), protocol) if f.severity == "error"] == []
    return text


@pytest.mark.parametrize("case", TITLED)
def test_a_title_above_the_names_is_told_with_the_line_in_which_they_stand(case, tmp_path):
    name, data = TITLED[case]
    found = faults(tmp_path, data, MAPPING, name=name)
    assert [one.code for one in found] == ["import.title"]
    assert "line 3 holds 6 of the 6 columns" in found[0].why
    assert "第3行" in found[0].say("zh").why
    assert not taking(tmp_path, data, follow(MAPPING, found[0]), name=name).errors
    assert [one["values"]["count_of"] for one in recorded(tmp_path, "facts")] == [52]


def test_control_without_the_search_a_title_is_told_as_columns_that_are_missing(tmp_path, monkeypatch):
    from equipoise.conduct.importing import table_reading

    monkeypatch.setattr(table_reading, "find_title", lambda *_: [])
    assert len(faults(tmp_path, TITLED["a title in cells"][1], MAPPING)) == 11


def test_a_file_of_another_study_has_no_title(tmp_path):
    assert {one.code for one in faults(tmp_path, "a,b\n1,2\n3,4\n", MAPPING)} == {"import.missing_column"}


@pytest.mark.parametrize(
    ("line", "says"), [(2, "no row begins in line 2"), (900, "the first that holds something is line 1")]
)
def test_a_line_that_holds_no_names_is_told(line, says, tmp_path):
    (finding,) = faults(tmp_path, TITLED["a title and an empty line"][1], MAPPING + f"reads: {{header: {line}}}\n")
    assert says in finding.tell()
    assert finding.code == "import.no_header"


def test_an_empty_first_line_says_where_the_first_that_holds_something_is(tmp_path):
    (finding,) = faults(tmp_path, f"\n\n{NAMES}\n{ROW}\n", MAPPING)
    assert "`reads: {header: 3}`" in finding.mend
    assert not taking(tmp_path, f"\n\n{NAMES}\n{ROW}\n", follow(MAPPING, finding)).errors


@pytest.mark.parametrize("case", TITLED)
def test_a_suggestion_passes_over_the_title(case, tmp_path, protocol):
    name, data = TITLED[case]
    text = suggested(tmp_path, data, name, protocol)
    assert "header: 3}  # ? the names of the columns seem to stand in line 3" in text
    assert "participant: id" in text


@pytest.mark.parametrize(
    ("merged", "told"),
    [
        (["B2:B3"], "B2:B3"),  # one value for two rows
        (["B2:C2"], "B2:C2"),  # one value for two columns
        (["F3:F4"], None),  # below the last row
        (["A4:F4"], None),  # a line of remarks that was merged and emptied
        (["H2:H3"], None),  # beside the table
    ],
)
def test_merged_cells_that_hold_one_value_for_several_are_told(merged, told, tmp_path):
    data = workbook(merged, data=[HEADER, ONE, [cell if n != 1 else None for n, cell in enumerate(TWO)]])
    found = [one for one in faults(tmp_path, data, MAPPING, name="data.xlsx") if one.code == "import.merged"]
    assert [one.facts["cells"] for one in found] == ([told] if told else [])
    for one in found:
        assert "read as empty" in one.why
        assert "取消合并" in one.say("zh").mend


def test_control_a_sheet_that_is_not_looked_at_for_merged_cells_loses_a_value(tmp_path, monkeypatch):
    data = workbook(["B2:B3"], data=[HEADER, ONE, [cell if n != 1 else None for n, cell in enumerate(TWO)]])
    monkeypatch.setattr("equipoise.conduct.importing.table_reading._check_merged", lambda *_: [])
    assert not taking(tmp_path, data, MAPPING, name="data.xlsx").errors
    assert [one["values"].get("count_of") for one in recorded(tmp_path, "facts")] == [52, None]


def test_columns_beyond_z_are_named_as_a_spreadsheet_does():
    assert [workbooks.Merged(1, n, 2, n).cells for n in (1, 26, 27, 703)] == ["A1:A2", "Z1:Z2", "AA1:AA2", "AAA1:AAA2"]


def test_a_formula_is_its_value_and_one_that_nobody_computed_is_told(tmp_path):
    row = ["P1", Formula(52), Formula(60.300000000000004), Formula(True), Formula(date(2023, 3, 1)), Formula("")]
    assert not taking(tmp_path, workbook(data=[HEADER, row]), MAPPING, name="data.xlsx").errors
    (one,) = recorded(tmp_path, "facts")
    assert (one["values"]["count_of"], one["values"]["size"], one["values"]["smoker"]) == (52, "60.3", True)
    assert one["values"].get("note_of") is None
    never = workbook(data=[HEADER, ["P2", 1, Formula(None), True, date(2023, 3, 1), "x"]])
    (finding,) = faults(tmp_path, never, MAPPING, name="data.xlsx")
    assert (finding.code, finding.where.line) == ("import.error_cell", 2)
    assert "cell C2 holds a formula without its value" in finding.what
    assert "打开并保存" in finding.say("zh").mend
    (finding,) = faults(tmp_path, workbook(data=[HEADER, ["P2", Formula("#N/A"), *ONE[2:]]]), MAPPING, name="data.xlsx")
    assert "`#N/A`" in finding.what


def test_a_row_of_units_is_left_out_by_a_clause(tmp_path):
    data = f"{NAMES}\n,number,cm,,,\n{ROW}\n"
    assert {one.code for one in faults(tmp_path, data, MAPPING)} >= {"import.not_a_number", "import.not_an_integer"}
    clause = "leave_out: [{id: units, when: id IS NULL, reason: {en: units, zh: 单位}}]\n"
    assert not taking(tmp_path, data, MAPPING + clause).errors


@pytest.mark.parametrize("word", ["Total", "sum:", "合计"])
def test_a_row_of_totals_is_told_and_left_out_by_the_clause_that_is_proposed(word, tmp_path):
    data = f"{NAMES}\n{ROW}\n{word},52,,,,\n"
    (told,) = [one for one in taking(tmp_path, data, MAPPING, dry_run=True).findings if one.code == "import.total"]
    assert told.where.line == 3
    assert "被当作受试者编号" in told.say("zh").what
    report = taking(tmp_path, data, follow(MAPPING, told))
    assert not [one for one in report.findings if one.code == "import.total"]
    assert len(recorded(tmp_path, "facts")) == 1


def test_control_a_number_that_only_begins_so_is_nobodys_sum(tmp_path):
    report = taking(tmp_path, f"{NAMES}\n{ROW.replace('P1', 'total-1')}\n", MAPPING, dry_run=True)
    assert [one.code for one in report.findings if one.code == "import.total"] == []


REDCAP = """\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,visit_date,age,sex,weight,smoker___1,smoker___2,lab_date,alt,alt_uln,labs_complete
1,baseline_arm_1,,,2023-03-01,50,F,60.5,1,0,,,,
1,month_3_arm_1,labs,1,,,,,,,2023-06-01,30,40,2
1,month_3_arm_1,labs,2,,,,,,,2023-07-01,35,40,2
2,baseline_arm_1,,,2023-03-02,61,M,70,0,1,,,,
"""


def test_an_export_of_redcap_with_checkboxes_gets_a_mapping_to_begin_with(tmp_path, protocol):
    text = suggested(tmp_path, REDCAP, "data.csv", protocol)
    assert "smoker: smoker___1  # ? " in text
    assert "nothing is taken from redcap_event_name, smoker___2, labs_complete" in text
    assert "occurrence: redcap_repeat_instance" in text


def test_headers_look_at_no_more_than_a_page():
    rows = [headers.FileRow(n, ("x",)) for n in range(1, 40)] + [headers.FileRow(40, ("a", "b", "c"))]
    assert headers.header_line(rows) == 1
    assert headers.header_line([]) == 1
