"""What was frozen stays frozen: a cut's folder is whole or not there, and never becomes another cut's."""

import polars as pl
import pytest

from equipoise.datacut import check_place, freeze, write_cut
from equipoise.findings import Refusal
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol


@pytest.fixture
def trial(tmp_path):
    return small_trial(tmp_path, 6)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_cut_may_be_written_again_and_changes_nothing(trial, tmp_path):
    folder = write_cut(freeze(trial), tmp_path / "cuts" / "one")
    before = content(folder)
    assert content(write_cut(freeze(trial), folder)) == before
    assert [path.name for path in folder.parent.iterdir()] == ["one"]


def test_a_cut_never_takes_the_place_of_another(trial, tmp_path):
    cut = freeze(trial)
    folder = write_cut(cut, tmp_path / "one")
    before = content(folder)
    with pytest.raises(Refusal, match=f"the cut at entry {cut.seq} lies there"):
        write_cut(freeze(trial, entry=10), folder)
    assert content(folder) == before


def test_a_folder_that_holds_something_else_is_left_alone(trial, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="something else lies there"):
        write_cut(freeze(trial), tmp_path / "mine")
    assert list(content(tmp_path / "mine")) == ["notes.txt"]


def test_a_disk_that_fills_up_leaves_nothing_behind(trial, tmp_path, monkeypatch):
    cut, written = freeze(trial), []
    write = pl.DataFrame.write_parquet

    def full(frame, file, **options):
        if written:
            file.write_bytes(b"PAR1")
            raise pl.exceptions.ComputeError("parquet: underlying IO error: No space left on device (os error 28)")
        written.append(file)
        write(frame, file, **options)

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(Refusal, match="no space left on device") as refused:
        write_cut(cut, tmp_path / "cuts" / "one")
    assert refused.value.findings[0].say("zh").why == "磁盘空间不足"
    assert list((tmp_path / "cuts").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../one",
        "/one",
        "a/b",
        "a\\b",
        "c:one",
        ".one",
        "a\n",
        "x" * 300,
        "文" * 70,
        " one",
        "one ",
        "@SUM(1)",
        "a\u202eb",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(trial, tmp_path, name):
    assert [finding.code for finding in check_place(freeze(trial), tmp_path, name)] == ["cut.name"]


def test_cuts_that_are_a_link_to_elsewhere_are_refused(trial, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cuts").symlink_to(tmp_path / "elsewhere")
    (finding,) = check_place(freeze(trial), tmp_path / "cuts", "one")
    assert finding.code == "cut.place_linked"
    assert str(tmp_path / "elsewhere") in finding.what


@pytest.mark.parametrize("name", ["entry-64", "interim 1", "第一次期中分析", "2024.06"])
def test_control_a_plain_name_is_taken(trial, tmp_path, name):
    assert check_place(freeze(trial), tmp_path, name) == []


MARKED = """
forms:
- {id: baseline, items: [{id: weight, identifying: true}]}
variables:
- {id: heaviest, label: {en: Heaviest, zh: 最大体重}, type: decimal, pick: {item: weight, which: max}}
- {id: heavy, label: {en: Heavy, zh: 体重大}, type: boolean, rule: weight > 70}
"""


@pytest.mark.parametrize("marked", [True, False])
def test_what_could_tell_who_somebody_is_stays_where_it_was_recorded(tmp_path, marked):
    """The control arm: without the mark the same columns are written."""
    change = MARKED if marked else MARKED.replace(", identifying: true", "")
    cut = freeze(small_trial(tmp_path, 4, protocol=minimal_protocol(change)))
    folder = write_cut(cut, tmp_path / "cut")
    columns = {name for path in folder.glob("*.parquet") for name in pl.read_parquet(path).columns}
    assert ({"weight", "heaviest"} & columns == set()) is marked
    assert "heavy" in columns  # a truth that was computed is what the protocol chose to keep
    assert ("left_out" in (folder / "cut.yaml").read_text("utf-8")) is marked
    assert write_cut(cut, folder) == folder
