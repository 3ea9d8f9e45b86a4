"""The demo: whole or not at all, again and again in its own place, and never over anything of somebody else's."""

import contextlib
import io
import shutil

import pytest

from equipoise.cli import main
from equipoise.conduct.folder.study import open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.rehearsal import rehearsal

FEW = ["--participants", "6"]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A demo, and what was said while it was made."""
    out = tmp_path_factory.mktemp("demo") / "somewhere" / "demo-output"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["demo", str(out), *FEW]) == 0
    return out, said.getvalue()


@pytest.fixture(scope="module")
def first(told):
    return told[0]


@pytest.fixture
def demo(first, tmp_path):
    return shutil.copytree(first, tmp_path / "demo-output")


def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_both_studies_hold_and_both_reports_are_there_in_both_languages(first):
    for folder, environment in (("oropharynx", "production"), ("npc-nimotuzumab", "rehearsal")):
        study = open_study(first / folder)
        assert study.environment == environment
        assert [f for f in verify_study(study).findings if f.severity == "error"] == []
        study.store.close()
        for page in ("report.en.html", "report.zh.html", "results.json"):
            assert len(list((first / folder / "reports").glob(f"entry-*/{page}"))) == 1
    assert [path.name for path in first.parent.iterdir()] == ["demo-output"]


def test_it_says_where_the_reports_are_what_came_out_and_what_to_try(told, demo):
    said = told[1].replace(str(told[0]), str(demo))
    pages = [line.strip() for line in said.splitlines() if line.strip().endswith(".html")]
    assert len(pages) == 4
    assert all((demo / page.split("demo-output/")[1]).is_file() for page in pages)
    assert "chi-square 0.926" in said
    assert "1.18 (95% CI 0.85 to 1.64)" in said
    commands = [line.split("equipoise ", 1)[1].split() for line in said.splitlines() if "equipoise " in line]
    assert [command[0] for command in commands] == ["trace", "verify", "status"]
    for command in commands:
        assert main(command) == 0


@pytest.mark.long
def test_an_earlier_demo_is_replaced_even_after_its_commands_were_tried(demo):
    assert main(["verify", str(demo / "npc-nimotuzumab")]) == 0
    (demo / "npc-nimotuzumab" / "ledger.sqlite-wal").touch()
    key = demo / "npc-nimotuzumab" / "keys" / "allocation.key"  # of a rehearsal: the same, written anew
    before = key.stat().st_mtime_ns
    assert main(["demo", str(demo), *FEW]) == 0
    assert key.stat().st_mtime_ns != before
    assert [path.name for path in demo.parent.iterdir()] == ["demo-output"]


@pytest.mark.parametrize("name", ["mine.txt", "oropharynx/reports/mine.csv", "npc-nimotuzumab/cuts/a/b.parquet"])
def test_what_somebody_put_there_is_never_deleted(demo, name, capsys):
    (demo / name).parent.mkdir(parents=True, exist_ok=True)
    (demo / name).write_text("mine", encoding="utf-8")
    before = snapshot(demo)
    assert main(["demo", str(demo), *FEW]) == 1
    assert name in capsys.readouterr().err
    assert snapshot(demo) == before


@pytest.mark.parametrize("kind", ["file", "folder", "forged", "link"])
def test_a_place_that_is_not_a_demo_is_left_alone(tmp_path, kind, capsys):
    out = tmp_path / "out"
    if kind == "file":
        out.write_text("mine", encoding="utf-8")
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        out.symlink_to(tmp_path / "elsewhere")
    else:
        out.mkdir()
        (out / "thesis.txt").write_text("mine", encoding="utf-8")
        (out / "demo.yaml").write_text("made_by: [" if kind == "forged" else "files: [thesis.txt]", encoding="utf-8")
    assert main(["demo", str(out), *FEW]) == 1
    said = capsys.readouterr().err
    assert "cannot be put here" in said
    assert "Traceback" not in said
    assert out.is_symlink() or snapshot(tmp_path)


def test_an_empty_folder_will_do(tmp_path, monkeypatch):
    from equipoise.cli import demo_command

    made = []
    monkeypatch.setattr(demo_command, "_make", lambda folder, *_: made.append(folder) or (None, None))
    monkeypatch.setattr(demo_command, "_tell_what_to_look_at", lambda *_: None)
    (tmp_path / "out").mkdir()
    assert main(["demo", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "demo.yaml").is_file()
    assert not made[0].exists()


def test_interrupted_it_leaves_nothing_behind_and_keeps_the_earlier_demo(demo, monkeypatch, capsys):
    before = snapshot(demo)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(rehearsal.Rehearsal, "_invite", interrupted)
    assert main(["demo", str(demo), *FEW]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert snapshot(demo) == before
    assert [path.name for path in demo.parent.iterdir()] == ["demo-output"]


def test_nonsense_is_told_and_leaves_nothing(tmp_path, capsys):
    assert main(["demo", str(tmp_path / "out"), "--participants", "0"]) == 1
    assert "0 participants cannot be rehearsed" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
