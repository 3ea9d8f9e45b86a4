"""`equipoise import` as its user meets it: what is printed where, and the exit codes."""

from __future__ import annotations

import pytest

from equipoise.cli import main
from equipoise.conduct.importing import render_findings
from equipoise.findings import Where
from tests.conduct.importing.aid import CSV, FEW, MAPPING, new_study, row, table, without, write
from tests.prose import prose


@pytest.fixture
def folder(tmp_path, monkeypatch):
    new_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *options):
    code = main(["import", "study", "data.csv", "--map", "map.yaml", *options])
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    return code, said.out, said.err


def test_it_tells_row_by_row_what_it_takes_in_and_where_the_entries_are(folder, capsys):
    write(folder, CSV)
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert "data.csv:137 grade: `9` is taken as missing; " in out
    assert all(f"line {line}: " in out for line in range(2, 197))
    assert "195 rows, 1,170 acts, 6 sites opened; 198 blemishes told, each accepted by the mapping." in out
    assert max(map(len, out.splitlines())) < 260
    code, out, _ = run(capsys)
    assert code == 0
    assert "before (entry 3); nothing was added" in out


def test_quiet_counts_and_does_not_list(folder, capsys):
    write(folder)
    code, out, _ = run(capsys, "--quiet")
    assert code == 0
    assert "line 2" not in out
    assert "3 blemishes told" in out


def test_a_dry_run_says_that_nothing_was_written(folder, capsys):
    write(folder)
    assert "Nothing was written." in run(capsys, "--dry-run")[1]
    assert "3 rows, 18 acts" in run(capsys)[1]


@pytest.mark.parametrize(
    ("data", "mapping", "code"),
    [
        (CSV, without("grade_missing"), 1),
        (FEW, MAPPING.replace("age: age", "age: aeg"), 1),
        (b"", MAPPING, 2),
        ("é".encode("latin-1"), MAPPING, 2),
        (FEW, "", 2),
        (FEW.replace("grade", "g"), MAPPING, 1),
        (table("1,2"), MAPPING, 1),
    ],
)
def test_exit_code_1_means_findings_and_2_that_something_could_not_be_read(data, mapping, code, folder, capsys):
    write(folder, data, mapping)
    got, out, err = run(capsys)
    assert (got, out) == (code, "")
    assert "data.csv" in err or "map.yaml" in err


def test_rows_that_say_the_same_stand_under_one_heading(folder, capsys):
    write(folder, table(*(row(n, t_stage=7) for n in range(1, 8)), row(8, sex=3)))
    _, _, err = run(capsys)
    lines = err.splitlines()
    assert lines[0].startswith("data.csv t_stage, 7 rows: `7` is not a code of t_stage; ")
    assert lines[1].split() == [word for n in range(2, 9) for word in ("line", str(n))]
    assert lines[2].startswith("data.csv:9 sex: ")
    assert lines[-1] == "8 findings to mend in 8 rows; nothing was written."


def test_a_column_full_of_different_faults_is_one_group_with_one_example():
    found = [prose("c", Where("f", n, "age"), f"`{n}` is odd", "why", f"Write {n}.") for n in range(2, 30)]
    lines = render_findings(found, width=80)
    assert lines[0] == "f age, 28 rows: why. For line 2: Write 2."
    assert all(f"line {n}: `{n}` is odd" in "\n".join(lines) for n in range(2, 30))
    assert max(map(len, lines)) <= 80
    assert render_findings(found, rows_max=5)[-1] == "    and 23 rows more"
