"""An analysis stands in its folder whole or not at all, and removes nothing that no analysis made."""

import json
from pathlib import Path

import polars as pl
import pytest

from equipoise.findings import Refusal
from equipoise.reports import write_report
from tests.analysis.trial import small_trial, write_analysis

PAGES = {"report.en.html", "report.zh.html", "report.html"}


@pytest.fixture
def trial(tmp_path):
    return small_trial(tmp_path / "study", 8)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_analysis_takes_the_place_of_an_earlier_one_with_all_that_was_its(trial, tmp_path):
    out = tmp_path / "out"
    write_report(trial, out=out, entry=40)
    early = files(out)
    write_report(trial, out=out)
    write_report(trial, out=tmp_path / "fresh")
    assert files(out) == files(tmp_path / "fresh") != early
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("name", ["rows/notes.txt", "rows/mine.csv", "results.json", "report.html"])
def test_what_no_analysis_made_is_never_removed(trial, tmp_path, name):
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        write_report(trial, out=tmp_path / "out")
    assert [finding.code for finding in refused.value.findings] == ["analysis.place_taken"]
    assert files(tmp_path / "out") == {name: b"mine"}


def test_a_stranger_among_the_rows_of_an_earlier_analysis_stops_the_next(trial, tmp_path):
    out = tmp_path / "out"
    write_report(trial, out=out)
    (out / "rows" / "notes.txt").write_text("mine", encoding="utf-8")
    before = files(out)
    with pytest.raises(Refusal, match="notes.txt"):
        write_report(trial, out=out, entry=40)
    assert files(out) == before


def test_other_files_beside_an_analysis_stay(trial, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_report(trial, out=tmp_path)
    assert PAGES | {"notes.txt", "results.json", "rows"} <= {path.name for path in tmp_path.iterdir()}


def test_a_file_is_no_place_for_an_analysis(trial, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="it is a file"):
        write_analysis(trial, out=tmp_path / "out")


@pytest.mark.parametrize("at", ["report.zh.html", "results.json", "rows"])
def test_a_disk_that_fills_up_leaves_the_earlier_analysis_as_it_was(trial, tmp_path, monkeypatch, at):
    out = tmp_path / "out"
    write_report(trial, out=out, entry=40)
    before = files(tmp_path)
    write_text, write_csv = Path.write_text, pl.DataFrame.write_csv

    def full_text(path, *args, **options):
        if path.name == at:
            raise OSError(28, "No space left on device")
        return write_text(path, *args, **options)

    def full_csv(frame, path, **options):
        if at == "rows":
            raise pl.exceptions.ComputeError("parquet: underlying IO error: No space left on device (os error 28)")
        return write_csv(frame, path, **options)

    monkeypatch.setattr(Path, "write_text", full_text)
    monkeypatch.setattr(pl.DataFrame, "write_csv", full_csv)
    for place in (out, tmp_path / "fresh"):
        with pytest.raises(Refusal, match="no space left on device"):
            write_report(trial, out=place)
    assert files(tmp_path) == before
    assert not (tmp_path / "fresh").exists()


def test_control_without_a_full_disk_the_same_command_replaces_the_earlier_analysis(trial, tmp_path):
    write_report(trial, out=tmp_path / "out", entry=40)
    write_report(trial, out=tmp_path / "out")
    assert (
        json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))["cut"]["seq"]
        == trial.store.head("DEMO").seq
    )
