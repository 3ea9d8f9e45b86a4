"""A workbook is taken in as its sheet would be as CSV; encodings that cannot be known are shown side by side."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.conduct.importing import workbooks
from equipoise.conduct.importing.encodings import decode
from equipoise.conduct.importing.mapping import Reads
from equipoise.findings import Unreadable
from tests.conduct.importing.event_trial import ACTS, BASELINE, faults, recorded, taking
from tests.conduct.importing.xlsx_aid import workbook

RECORD = "  - {form: facts, visit: screening, values: {count_of: n, size: s, smoker: y, day_of: d, note_of: t}}\n"
MAPPING = f"columns: {{id: text, n: integer, s: decimal, y: boolean, d: date, t: text}}\nacts:\n{ACTS}  records:\n{BASELINE}{RECORD}"
HEADER: list[object] = ["id", "n", "s", "y", "d", "t"]
ROWS: list[list[object]] = [
    HEADER,
    ["P1", 52, 60.5, True, date(2023, 3, 1), "x"],
    [],
    ["P2", 7, 1e-7, False, "2023-03-02", 5],
]


def test_a_workbook_is_taken_in_with_its_numbers_days_and_truths(tmp_path):
    report = taking(tmp_path, workbook(data=ROWS), MAPPING, name="data.xlsx")
    assert not report.errors, report.errors[0].tell()
    values = [
        tuple(p["values"][name] for name in ("count_of", "size", "smoker", "day_of", "note_of"))
        for p in recorded(tmp_path, "facts")
    ]
    assert values == [(52, "60.5", True, "2023-03-01", "x"), (7, "0.0000001", False, "2023-03-02", "5")]
    assert [f.where.line for f in report.findings if f.code == "import.blank_line"] == [3]


def test_days_as_numbers_and_days_as_text_in_one_column_are_read_together(tmp_path):
    rows = [
        HEADER,
        ["P1", 1, 1, True, 44986, "x"],
        ["P2", 1, 1, True, date(2023, 3, 2), "x"],
        ["P3", 1, 1, True, "2023/3/3", "x"],
    ]
    said = MAPPING + 'dates: {d: {formats: [iso, "%Y/%m/%d", excel]}}\n'
    assert not taking(tmp_path, workbook(data=rows), said, name="data.xlsx").errors
    assert [p["values"]["day_of"] for p in recorded(tmp_path, "facts")] == ["2023-03-01", "2023-03-02", "2023-03-03"]


def test_control_a_cell_with_an_error_is_told_with_its_place_and_never_an_empty_one(tmp_path):
    rows = [HEADER, ["P1", "#DIV/0!", 1, True, date(2023, 3, 1), "x"]]
    (finding,) = faults(tmp_path, workbook(data=rows), MAPPING, name="data.xlsx")
    assert (finding.code, finding.where.line) == ("import.error_cell", 2)
    assert "cell B2 holds the error `#DIV/0!`" in finding.what
    assert "单元格B2" in finding.say("zh").what
    # The reader behind it gives nothing for such a cell.
    sheet, told, _ = workbooks.read_sheet(workbook(data=rows), "data.xlsx", None, "map.yaml")
    assert (sheet[1][1], len(told)) == ("", 1)


def test_of_several_sheets_one_is_named(tmp_path):
    two = workbook(data=ROWS, other=[["a"], ["b"]], empty=[])
    (finding,) = faults(tmp_path, two, MAPPING, name="data.xlsx")
    assert "its" not in finding.what
    assert "data, other" in finding.why
    assert "`reads: {sheet: 'data'}`" in finding.mend
    assert not faults(tmp_path, two, MAPPING + "reads: {sheet: 'data'}\n", name="data.xlsx")
    (finding,) = faults(tmp_path, two, MAPPING + "reads: {sheet: Data}\n", name="data.xlsx")
    assert finding.code == "import.sheet"
    assert faults(tmp_path, workbook(data=[]), MAPPING, name="data.xlsx")[0].code == "import.empty"
    assert faults(tmp_path, workbook(data=[[], ["id"]]), MAPPING, name="data.xlsx")[0].code == "import.no_header"


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0 and no more"])
def test_what_begins_as_a_workbook_and_is_none_is_told(content, tmp_path):
    (finding,) = faults(tmp_path, content, MAPPING, name="data.xlsx")
    assert finding.code == "import.workbook"
    assert "UTF-16" not in finding.tell()


def test_a_package_without_sheets_is_told(tmp_path):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("a.txt", "a")
    assert faults(tmp_path, packed.getvalue(), MAPPING, name="data.xlsx")[0].code == "import.workbook"


def test_a_workbook_that_unpacks_beyond_measure_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "_UNPACKED_MAX", 1000)
    (finding,) = faults(tmp_path, workbook(data=ROWS), MAPPING, name="data.xlsx")
    assert "unpacks to" in finding.what


CSV = "id,n,s,y,d,t\nP1,1,1,1,2023-03-01,{}\n"


def undecided(content: bytes, said: str = "utf-8"):
    with pytest.raises(Unreadable) as raised:
        decode(content, Reads(encoding=said), "data.csv", "map.yaml")  # type: ignore[arg-type]
    (finding,) = raised.value.findings
    return finding


@pytest.mark.parametrize(
    ("content", "first", "readings"),
    [
        (CSV.format("Müller").encode("latin-1"), "windows-1252", ("`Müller` (windows-1252)", "`M黮ler` (gbk)")),
        (CSV.format("鼻咽癌患者").encode("gbk"), "gbk", ("`鼻咽癌患者` (gbk)", "(windows-1252)")),
        (CSV.format("Garçon né").encode("latin-1"), "windows-1252", ("`Garçon` (windows-1252)",)),
    ],
)
def test_an_encoding_that_the_bytes_do_not_tell_is_shown_in_each_reading(content, first, readings):
    finding = undecided(content)
    assert "its bytes do not say how it is written" in finding.what
    assert "looks like" not in finding.tell()
    assert all(reading in finding.why for reading in readings)
    assert f"for example `reads: {{encoding: {first}}}`" in finding.mend
    assert "可读作" in finding.say("zh").why
    assert finding.where.line == 2


def test_control_a_name_that_an_encoding_spoils_is_told_with_the_other_reading():
    content = CSV.format("Müller").encode("latin-1")
    text, (told,) = decode(content, Reads(encoding="gbk"), "data.csv", "map.yaml")
    assert "M黮ler" in text
    assert told.severity == "warning"
    assert "read as windows-1252 instead of gbk it would be `Müller`" in told.why
    _, (told,) = decode(CSV.format("鼻咽癌").encode("gbk"), Reads(encoding="latin-1"), "data.csv", "map.yaml")
    assert "鼻咽癌" in told.why
    for name, encoding in (("Müller", "latin-1"), ("鼻咽癌", "gbk"), ("Müller", "utf-8")):
        assert decode(CSV.format(name).encode(encoding), Reads(encoding=encoding), "", "")[1] == []  # type: ignore[arg-type]
