"""What is changed after unlocking is marked, listed, and shown with what it does to the primary result."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from equipoise.reports import write_report
from tests.analysis.trial import Trial


def played(tmp_path: Path) -> Trial:
    trial = Trial(tmp_path)
    trial.say(
        "study_opened", {"environment": "production", "protocol_version": "1.0", "protocol_digest": "d" * 64}, None
    )
    for place in range(8):
        name = f"P{place}"
        trial.enter(name, date(2024, 1, 1 + place), arm="AB"[place % 2])
        trial.record(name, "events", "death", {"death_date": f"2024-0{2 + place % 7}-15"})
    trial.say("locked", {"reason": "final", "scope": "study"})
    return trial


def late(trial: Trial) -> Trial:
    trial.say("unlocked", {"reason": "one date was wrong", "scope": "study"})
    trial.correct("P3", "events", "death", "death_date", "2024-05-15", "2024-12-31")
    return trial


def test_a_change_after_unlocking_is_listed_and_the_primary_result_is_told_without_it(tmp_path):
    trial = played(tmp_path)
    before = {r["id"]: r for r in analyze_cut(freeze(trial), trial.protocol).results["results"]}
    run = analyze_cut(freeze(late(trial)), trial.protocol)
    told = run.results["late_changes"]
    (change,) = told["changes"]
    assert (change["participant"], change["item"], change["after"]) == ("P3", "death_date", ["unlocked"])
    (primary,) = told["primary"]
    assert primary["id"] == "os_logrank"
    assert primary["differs"]["p_value"]["without"] == before["os_logrank"]["p_value"]
    assert primary["differs"]["p_value"]["with"] != before["os_logrank"]["p_value"]


def test_the_report_says_it_in_both_languages(tmp_path):
    report = write_report(late(played(tmp_path)), out=tmp_path / "out")
    assert any("1 entries came after the study was unlocked or unsealed" in line for line in report.lines())
    assert "came after the study was unlocked" in (tmp_path / "out" / "report.en.html").read_text("utf-8")
    assert "研究解锁或揭盲后有 1 个条目" in (tmp_path / "out" / "report.zh.html").read_text("utf-8")


def test_nothing_is_told_where_nothing_came_after(tmp_path):
    trial = played(tmp_path)
    assert analyze_cut(freeze(trial), trial.protocol).results["late_changes"] is None


def test_control_a_cut_that_leaves_nothing_out_is_caught(tmp_path, monkeypatch):
    module = sys.modules["equipoise.datacut.freeze"]
    gather = module.gather
    monkeypatch.setattr(module, "gather", lambda store, name, upto, *_, **__: gather(store, name, upto))
    with pytest.raises((AssertionError, KeyError)):
        test_a_change_after_unlocking_is_listed_and_the_primary_result_is_told_without_it(tmp_path)
