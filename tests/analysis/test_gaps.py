"""Who had a value erased that a result reads is in none of its numbers, and every result says so: nobody is event-free
because the record of the event is gone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from equipoise.analysis import analyze_cut, trace
from equipoise.analysis.safety import watch_cut
from equipoise.conduct.acts import CorrectValue, Lock, RecordForm
from equipoise.datacut import freeze
from equipoise.reports import write_report
from tests.conduct.small_trial import SECRET, Trial, open_trial
from tests.seeing import everything

TREATED = """
sets:
- {id: heavy, label: {en: Heavy, zh: 体重}, rule: randomized AND weight > 30}
analyses:
- {id: by_sex, label: {en: By sex, zh: 按性别}, endpoint: os, set: itt, by: sex, method: kaplan_meier, role: descriptive}
- {id: heavy_km, label: {en: Heavy, zh: 体重}, endpoint: os, set: heavy, method: kaplan_meier, role: descriptive}
"""
DIED = """
variables:
- {id: died, label: {en: Died, zh: 死亡}, type: boolean, pick: {item: death_date, which: any}}
safety_rules:
- id: deaths
  label: {en: Deaths, zh: 死亡}
  event: died
  set: itt
  boundary: {kind: beta_binomial, acceptable: 0.1, prior: [0.2, 1.8], certainty: 0.9, participants: 20, first: 3}
  action: {en: The committee decides., zh: 由委员会决定。}
"""


def played(*changes: str) -> Trial:
    """Six participants, each of whom died."""
    trial = open_trial(*changes)
    trial.clock[-1] = trial.clock[-1].replace(year=2025)
    for n in range(6):
        name = trial.randomized(f"P{n}", sex="FM"[n % 2])
        trial.do(RecordForm(name, "every_3_months", "follow_up", {"seen_date": "2024-05-01", "progressed": False}))
        trial.do(RecordForm(name, "notes", "death", {"death_date": f"2024-0{6 + n % 3}-1{n}"}))
    return trial


def study_of(trial: Trial, folder) -> SimpleNamespace:
    return SimpleNamespace(
        folder=folder,
        protocol=trial.desk.protocol,
        protocol_digest=trial.desk.digest,
        store=trial.store,
        secret=lambda: SECRET,
        kept=lambda _digest: trial.desk.protocol,
        id=trial.study,
        reader=everything,
    )


def entry_of(trial: Trial, name: str, form: str) -> int:
    return next(
        e.seq
        for e in trial.entries()
        if e.kind == "form_recorded" and e.participant == name and e.payload and e.payload["form"] == form
    )


def results(trial: Trial, folder) -> dict:
    study = study_of(trial, folder)
    return analyze_cut(freeze(study), study.protocol).results


def by_id(told: dict) -> dict:
    return {one["id"]: one for one in told["results"]}


@pytest.mark.parametrize("named", [{"item": "death_date"}, {"whole": True}], ids=["item", "whole"])
def test_an_erased_death_is_a_gap_and_never_a_survivor(tmp_path, named):
    trial = played()
    trial.do(Lock("final"), as_="custodian")
    before = by_id(results(trial, tmp_path))["os_logrank"]
    trial.erased(entry_of(trial, "P1", "death"), **named)
    told = results(trial, tmp_path)
    now = by_id(told)["os_logrank"]
    assert (before["n"], before["events"], now["n"], now["events"]) == (6, 6, 5, 5)
    assert now["erased"] == [{"participant": "P1", "items": ["death_date"]}]
    (note,) = [one for one in now["findings"] if one["code"] == "analysis.erased"]
    assert "of 1 participants" in note["what"] and "1名受试者" in note["zh"]["what"]
    assert sum(arm["not_analyzed"].get("erased", 0) for arm in told["flow"]["arms"]) == 1
    (erasure,) = told["erasures"]
    assert (erasure["by"], erasure["agreed_by"], erasure["items"]) == ("custodian", "zhou", {"death_date": 1})


def test_a_value_that_was_recorded_anew_closes_the_gap_and_the_erasure_is_told_still(tmp_path):
    trial = played()
    trial.erased(entry_of(trial, "P1", "death"), item="death_date")
    trial.erased(entry_of(trial, "P2", "death"), whole=True)
    assert by_id(results(trial, tmp_path))["os_logrank"]["n"] == 4
    trial.do(CorrectValue("P1", "notes", "death", "death_date", "2024-06-12", "seen in the register"))
    trial.do(RecordForm("P2", "notes", "death", {"death_date": "2024-06-12"}))
    told = results(trial, tmp_path)
    assert (by_id(told)["os_logrank"]["events"], len(told["erasures"])) == (6, 2)
    assert "erased" not in by_id(told)["os_logrank"]


def test_a_group_or_a_set_that_nobody_can_tell_any_more_is_a_gap_of_those_results_alone(tmp_path):
    trial = played(TREATED)
    trial.erased(entry_of(trial, "P1", "baseline"), item="sex")
    trial.erased(entry_of(trial, "P2", "baseline"), item="weight")
    found = by_id(results(trial, tmp_path))
    codes = {name: {one["code"] for one in result["findings"]} for name, result in found.items()}
    assert sum(one["n"] for name, one in found.items() if name.startswith("by_sex.")) == 5
    assert sum(one["n"] for name, one in found.items() if name.startswith("heavy_km")) == 5
    assert all("analysis.erased" in codes[name] for name in found if name.startswith(("by_sex", "heavy_km")))
    assert found["os_logrank"]["n"] == 6 and "analysis.erased" not in codes["os_logrank"]


def test_who_had_the_event_of_a_safety_rule_erased_is_not_known(tmp_path):
    trial = played(DIED)
    trial.erased(entry_of(trial, "P1", "death"), whole=True)
    protocol = trial.desk.protocol
    (watched,) = [
        watch_cut(freeze(study_of(trial, tmp_path)), protocol, rule, "pooled") for rule in protocol.safety_rules
    ]
    assert watched.not_known == ("P1",)
    assert len(watched.counts[0].events) == 5


def test_the_report_the_diagram_and_the_trace_show_the_gap_in_both_languages(tmp_path):
    trial = played()
    trial.erased(entry_of(trial, "P1", "death"), item="death_date", reason="another person's")
    study = study_of(trial, tmp_path)
    write_report(study, out=tmp_path / "out")
    english = (tmp_path / "out" / "report.en.html").read_text("utf-8")
    chinese = (tmp_path / "out" / "report.zh.html").read_text("utf-8")
    for words in (
        "Of P1, 1 values of form death were erased (death_date): asked by custodian, agreed by zhou",
        "What it reads was erased: 1",
        "hat this reads was erased of 1 participants",
    ):
        assert words in english.replace("&#39;", "'"), words
    for words in (
        "P1：表单death有 1 个数值被删除（death_date）：由custodian提出，zhou同意",
        "所需数据已被删除：1",
        "有1名受试者的所需数据已被删除",
    ):
        assert words in chinese, words
    lines = trace(study, "os_logrank", out=tmp_path / "out").lines()
    assert any("what this reads was erased" in line for line in lines)


def test_control_a_safety_rule_that_does_not_look_for_it_counts_who_lived(tmp_path, monkeypatch):
    monkeypatch.setattr("equipoise.analysis.safety.erased_behind", lambda *_: {})
    with pytest.raises(AssertionError):
        test_who_had_the_event_of_a_safety_rule_erased_is_not_known(tmp_path)


def test_control_a_gap_that_is_not_looked_for_makes_a_survivor(tmp_path, monkeypatch):
    for name in ("rows", "selection", "sets"):
        monkeypatch.setattr(f"equipoise.analysis.{name}.erased_behind", lambda *_: {})
    with pytest.raises(AssertionError):
        test_an_erased_death_is_a_gap_and_never_a_survivor(tmp_path, {"item": "death_date"})
