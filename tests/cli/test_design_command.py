"""`equipoise design` as it is typed: one screen, every number, the document whole or not at all, and Findings."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from equipoise import whole
from equipoise.cli.main import main
from tests.reports.design_cases import CASES, SURVIVAL
from tests.spec.minimal import write_minimal

FILES = ["design.html", "design.json", "design.md", "figures"]


def write(folder: Path, *changes: str) -> str:
    return str(write_minimal(folder, *changes))


def test_one_screen_says_what_was_assumed_what_follows_and_what_it_rests_on(capsys):
    assert main(["design", "npc-nimotuzumab"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for words in ("hazard ratio 0.60*", "(* assumed)", "8 more than needed", "2.538", "effect delayed by 6 months"):
        assert words in out
    assert len(out.splitlines()) <= 34


def test_the_screen_is_in_either_language(capsys):
    assert main(["design", "npc-nimotuzumab", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "风险比 0.60*" in out
    assert "比所需多8" in out
    assert "more than" not in out


def test_every_number_as_json(capsys):
    assert main(["design", "npc-nimotuzumab", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["required"]["whole_participants"] == 262
    assert data["planned"]["participants"] == 270
    assert data["power"] == pytest.approx(0.80175, abs=1e-5)
    assert [look["upper"] for look in data["looks"]] == pytest.approx([2.5379876, 1.6621066], abs=1e-6)


def test_json_stays_json_when_files_are_written_and_warnings_told(tmp_path, capsys):
    path = write(tmp_path / "p", *CASES["short_of_power"])
    assert main(["design", path, "--json", "--out", str(tmp_path / "out")]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)["findings"]
    assert {finding["code"] for finding in told} >= {"design.power"}
    assert all(finding["file"].endswith("protocol.yaml") and finding["line"] > 0 for finding in told)
    assert "warning: " in err
    assert "design.html" in err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_document_is_written_with_its_figures_and_numbers(tmp_path, capsys, language):
    out = tmp_path / "deep" / "design"
    assert main(["design", "npc-nimotuzumab", "--out", str(out), "--lang", language]) == 0
    assert sorted(p.name for p in out.iterdir()) == FILES
    assert sorted(p.name for p in (out / "figures").iterdir()) == [
        "boundaries.svg",
        "calendar.svg",
        "foresight-1.svg",
        "power.svg",
        "safety-fatal_events-figure.svg",
        "safety-infusion_reactions-figure.svg",
        "tornado.svg",
    ]
    html, markdown = ((out / name).read_text("utf-8") for name in ("design.html", "design.md"))
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in html
    for figure in (out / "figures").iterdir():
        assert figure.read_text("utf-8").strip() in html
        assert f"(figures/{figure.name})" in markdown
    assert str(out / "design.html") in capsys.readouterr().out


@pytest.mark.long
def test_written_again_it_is_the_same_and_leaves_other_files_alone(tmp_path, capsys):
    other = tmp_path / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    assert main(["design", "npc-nimotuzumab", "--out", str(tmp_path)]) == 0
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert main(["design", "npc-nimotuzumab", "--out", str(tmp_path)]) == 0
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    assert other.read_text("utf-8") == "mine"


def test_a_write_that_fails_leaves_nothing_and_what_was_there(tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"
    write, calls = whole._write, []

    def failing(file, *given, **options):
        calls.append(file)
        if len(calls) == 4:
            raise OSError(28, "No space left on device", str(file))
        return write(file, *given, **options)

    monkeypatch.setattr(whole, "_write", failing)
    assert main(["design", "npc-nimotuzumab", "--out", str(out)]) == 1
    assert "no space left on device" in capsys.readouterr().err
    assert not out.exists()
    monkeypatch.undo()
    assert main(["design", "npc-nimotuzumab", "--out", str(out)]) == 0
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    calls.clear()
    monkeypatch.setattr(whole, "_write", failing)
    assert main(["design", "npc-nimotuzumab", "--lang", "zh", "--out", str(out)]) == 1
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_ctrl_c_in_the_middle_leaves_nothing(tmp_path, capsys, monkeypatch):
    write = whole._write

    def stopped(file, raw, *given, **options):
        if raw.startswith(b"{"):
            raise KeyboardInterrupt
        return write(file, raw, *given, **options)

    monkeypatch.setattr(whole, "_write", stopped)
    assert main(["design", "npc-nimotuzumab", "--out", str(tmp_path / "out")]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_control_a_part_that_is_left_behind_would_be_seen(tmp_path):
    (tmp_path / ".design.html.part").write_text("", encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) != FILES


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path, capsys):
    tmp_path.chmod(0o500)
    try:
        assert main(["design", "npc-nimotuzumab", "--out", str(tmp_path / "out")]) == 1
    finally:
        tmp_path.chmod(0o700)


def test_a_file_where_the_folder_should_be(tmp_path, capsys):
    (tmp_path / "out").write_text("", encoding="utf-8")
    assert main(["design", "npc-nimotuzumab", "--out", str(tmp_path / "out")]) == 1
    err = capsys.readouterr().err
    assert "could not be written" in err
    assert "Traceback" not in err


def test_a_protocol_without_a_design_is_told_what_to_add(capsys):
    assert main(["design", "oropharynx-rtog"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    for words in ("protocol.yaml", "the protocol has no design", "`hazard_ratio`", "source"):
        assert words in err


BAD = {
    "power below alpha": ("design: {power: 0.02}", "power"),
    "no effect": ("design: {hazard_ratio: 1}", "hazard ratio"),
    "more spent than there is": (
        "design: {looks: [{information: 0.5}, {information: 1}], spending: {kind: user, values: [0.02, 0.05]}}",
        "spen",
    ),
    "looks out of order": ("design: {looks: [{information: 0.8}, {information: 0.5}, {information: 1}]}", "looks"),
    "no accrual": ("design: {accrual: {months: [12], per_month: [0]}}", "accrual"),
    "negative hazard": (
        "design: {control: ~}\x00design: {control: {per_month: [-0.1]}}",
        "`per_month` is -0.1; it must be at least 0",
    ),
    "never reached": ("design: {participants: 100, events: 99}", "never expected"),
    "absurd": ("design: {hazard_ratio: 0.9999}", "mistake"),
    "everybody cured": ("design: {cured: 0.6}", "cured"),
    "no arm to compare with": ("arms: [{id: B, role: experimental}]", "arms"),
    "incomplete": ("design: {hazard_ratio: ~}", "`hazard_ratio` is missing"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_a_finding_and_writes_nothing(tmp_path, capsys, name):
    change, words = BAD[name]
    path = write(tmp_path / "p", SURVIVAL, *change.split("\x00"))
    out = tmp_path / "out"
    assert main(["design", path, "--out", str(out)]) == 1
    shown, err = capsys.readouterr()
    assert shown == ""
    assert words in err
    assert "fault of ours" not in err
    assert not out.exists()


@pytest.mark.parametrize("number", [".inf", "-.inf", ".nan"])
def test_what_is_not_finite_is_refused_where_it_stands(tmp_path, capsys, number):
    file = Path(write(tmp_path / "p", SURVIVAL, "design: {dropout_per_month: 0.0123}"))
    file = file / "protocol.yaml" if file.is_dir() else file
    file.write_text(file.read_text("utf-8").replace("0.0123", number), encoding="utf-8")
    assert main(["design", str(file)]) in (1, 2)
    err = capsys.readouterr().err
    assert "is not a finite number" in err
    assert f"{file.name}:" in err


def test_what_cannot_be_read(tmp_path, capsys):
    assert main(["design", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "protocol.yaml").write_text("design: [", encoding="utf-8")
    assert main(["design", str(tmp_path)]) == 2
    assert main(["design", "npc-nimotuzumab", "--simulation", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_results_of_another_protocol_do_not_stand_in_the_document(tmp_path, capsys):
    estimate = {"value": 0.5, "error": 0.1}
    looks = [{"reject": estimate, "accept": estimate}] * 2
    data = {
        "protocol": {"digest": "0" * 64},
        "seed": 1,
        "scenarios": [{"scenario": "base", "trials": 10, "power": estimate, "looks": looks}],
    }
    (tmp_path / "simulation.json").write_text(json.dumps(data), encoding="utf-8")
    out = tmp_path / "out"
    assert main(["design", "npc-nimotuzumab", "--simulation", str(tmp_path), "--out", str(out)]) == 1
    assert "another protocol" in capsys.readouterr().err
    assert not out.exists()
