"""The foreign file as bytes: encodings, quotes, rows and columns that do not fit; each a Finding, none a guess."""

from __future__ import annotations

import os

import pytest

from equipoise.conduct.importing import table_reading
from equipoise.findings import Unreadable
from tests.conduct.importing.aid import FEW, HEADER, MAPPING, findings_of, row, table, take_in, write

CHINESE = "\n".join(f"{line},{'备注' if line == HEADER else '口咽癌'}" for line in FEW.splitlines()) + "\n"
IGNORING = MAPPING.replace("columns:\n", "ignore: [备注]\ncolumns:\n")


def saying(encoding):
    return IGNORING.replace("encoding: utf-8", f"encoding: {encoding}")


def only(folder, data, mapping=MAPPING):
    (finding,) = findings_of(folder, data, mapping)
    return finding


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d,
        lambda d: d.replace(b"\n", b"\r\n"),
        lambda d: d.replace(b"\n", b"\r"),
        lambda d: b"\xef\xbb\xbf" + d,
        lambda d: d + b"\n\n\n",
        lambda d: d.rstrip(),
    ],
)
def test_line_ends_a_utf8_mark_and_empty_lines_at_the_end_change_nothing(change, tmp_path):
    report = take_in(tmp_path, change(FEW.encode()))
    assert (report.rows, report.acts) == (3, 18)
    assert {f.code for f in report.findings} <= {"import.accepted", "import.accept_unused"}


@pytest.mark.parametrize(("encoding", "likely"), [("gbk", "(gbk)"), ("utf-16", "UTF-16")])
def test_another_encoding_is_told_with_what_to_write_and_then_works(encoding, likely, tmp_path):
    finding = only(tmp_path, CHINESE.encode(encoding), IGNORING)
    assert finding.code == "import.encoding"
    assert likely in finding.tell()
    assert f"reads: {{encoding: {encoding}}}" in finding.mend
    assert take_in(tmp_path, CHINESE.encode(encoding), saying(encoding)).rows == 3


def test_a_latin_file_is_told_as_one(tmp_path):
    finding = only(tmp_path, CHINESE.replace("备注", "é").replace("口咽癌", "ü").encode("latin-1"))
    assert "(windows-1252)" in finding.why


def test_utf8_is_not_read_as_gbk_because_the_mapping_says_so(tmp_path):
    assert "looks like UTF-8" in only(tmp_path, CHINESE.encode(), saying("gbk")).what


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(data, tmp_path):
    assert only(tmp_path, data).code == "import.empty"


def test_an_empty_first_line_is_told(tmp_path):
    assert only(tmp_path, "\n" + FEW).code == "import.no_header"


def test_a_file_with_a_header_alone_is_told(tmp_path):
    assert only(tmp_path, HEADER + "\n").code == "import.no_rows"


def test_a_nul_byte_is_told_with_its_line(tmp_path):
    finding = only(tmp_path, FEW.replace("65", "6\x005"))
    assert (finding.code, finding.where.line) == ("import.nul", 3)


@pytest.mark.parametrize(
    ("cell", "words"), [('"65', "never closed"), ('"6"5', "closed before the cell ends"), ("'65", None)]
)
def test_a_quote_that_does_not_fit_is_told_where_its_row_begins(cell, words, tmp_path):
    finding = only(tmp_path, table(row(1), row(2, age=cell), row(3)))
    assert finding.where.line == 3
    assert words is None or words in finding.what


def test_a_cell_may_hold_line_ends_within_quotes_and_later_rows_keep_their_lines(tmp_path):
    data = "\n".join([HEADER + ",note", row(1) + ',"two\nlines"', row(2, sex=3) + ",x"]) + "\n"
    assert only(tmp_path, data).where.line == 4


@pytest.mark.parametrize(("extra", "cells"), [(",7", 14), (None, 12)])
def test_a_row_with_too_many_or_too_few_cells_is_told(extra, cells, tmp_path):
    second = row(2) + extra if extra else row(2).rpartition(",")[0]
    finding = only(tmp_path, table(row(1), second))
    assert (finding.code, finding.where.line) == ("import.ragged_row", 3)
    assert f"{cells} cells and the header 13" in finding.what


def test_an_empty_line_between_rows_is_told_and_passed_over(tmp_path):
    report = take_in(tmp_path, table(row(1), "", row(2)))
    assert report.acts == 12
    assert [(f.where.line, f.severity) for f in report.findings if f.code == "import.blank_line"] == [(3, "warning")]


def test_a_column_that_stands_twice_is_told(tmp_path):
    found = findings_of(tmp_path, FEW.replace("n_stage", "t_stage"))
    assert {f.code for f in found} == {"import.duplicate_column", "import.missing_column"}


def test_columns_that_a_spreadsheet_left_behind_are_passed_over_with_a_word(tmp_path):
    header, *rows = FEW.splitlines()
    for spoiled in (
        "\n".join(f"{line},," for line in (header, *rows)),
        "\n".join([header, *(f"{line},, " for line in rows)]),
        "\n".join([f"{header},,", *rows]),
    ):
        folder = tmp_path / str(len(spoiled))
        folder.mkdir()
        report = take_in(folder, spoiled + "\n", dry_run=True)
        assert not report.errors
        assert "import.blank_column" in {finding.code for finding in report.findings}


def test_control_a_column_without_a_name_that_holds_something_is_still_told(tmp_path):
    header, *rows = FEW.splitlines()
    spoiled = "\n".join([f"{header},,", *(f"{line},,x" for line in rows)]) + "\n"
    assert "import.nameless_column" in {finding.code for finding in findings_of(tmp_path, spoiled)}


def test_a_column_without_a_name_is_told(tmp_path):
    assert (
        "column 14 has no name"
        in only(tmp_path, "\n".join([f"{HEADER},", *(f"{line},x" for line in FEW.splitlines()[1:])])).what
    )


def test_a_missing_column_is_told_with_the_nearest_name(tmp_path):
    finding = only(tmp_path, FEW.replace("grade", "Grade"))
    assert finding.where.path == "grade"
    assert "`Grade`" in finding.mend


def test_a_column_more_is_a_warning_unless_it_is_ignored(tmp_path):
    assert [
        f.where.path for f in take_in(tmp_path, CHINESE, dry_run=True).findings if f.code == "import.extra_column"
    ] == ["备注"]
    assert not [f for f in take_in(tmp_path, CHINESE, IGNORING).findings if f.code == "import.extra_column"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_told_and_then_works(delimiter, tmp_path):
    import json

    data = FEW.replace(",", delimiter)
    finding = only(tmp_path, data)
    said = f"delimiter: {json.dumps(delimiter)}"
    assert f"`reads: {{{said}}}`" in finding.mend
    assert take_in(tmp_path, data, MAPPING.replace("encoding: utf-8", said)).rows == 3


def test_a_table_of_a_million_columns_is_refused_at_once(tmp_path):
    finding = only(tmp_path, ",".join(["a"] * 1_000_000) + "\n")
    assert (finding.code, "1000000 columns" in finding.what) == ("import.too_wide", True)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(table_reading, "BYTES_MAX", 100)
    finding = only(tmp_path, FEW)
    assert finding.code == "import.too_large"
    with (tmp_path / "data.csv").open("wb") as file:
        file.truncate(200_000_000)  # sparse: takes no room
    monkeypatch.undo()
    with pytest.raises(Unreadable, match="200 MB"):
        table_reading.read_table(tmp_path / "data.csv", None, "map.yaml")


def test_folders_missing_files_and_devices_are_told(tmp_path):
    from equipoise.conduct.importing import run_import
    from tests.conduct.importing.aid import new_study

    study = new_study(tmp_path)
    file, mapping = write(tmp_path)
    for data, map_, code in [
        (tmp_path, mapping, "import.folder"),
        (tmp_path / "no.csv", mapping, "import.not_found"),
        ("/dev/zero", mapping, "import.not_a_file"),
        (file, tmp_path, "mapping.folder"),
        (file, tmp_path / "no.yaml", "mapping.not_found"),
        (file, file, "mapping.not_a_mapping"),
    ]:
        with pytest.raises(Exception) as raised:
            run_import(study, data, map_)
        assert [f.code for f in raised.value.findings] == [code]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    take_in(tmp_path, FEW, dry_run=True)
    (tmp_path / "data.csv").chmod(0)
    with pytest.raises(Unreadable, match="right to read"):
        table_reading.read_table(tmp_path / "data.csv", None, "map.yaml")


def test_what_the_system_refuses_is_told(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(Unreadable, match=r"permission denied\. Give yourself the right to read it"):
        table_reading.read_table(write(tmp_path)[0], None, "map.yaml")
