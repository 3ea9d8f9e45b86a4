"""A design or a simulation whose files cannot be written, or read, is told in either language."""

from pathlib import Path

import pytest

from equipoise.findings import Refusal, Unreadable
from equipoise.reports.design_document import simulated, writing
from equipoise.reports.simulation_report import writing as simulation_writing


def no_system(error):
    def fails(*_args, **_options):
        raise error

    return fails


def findings_of(function, *given):
    with pytest.raises((Refusal, Unreadable)) as refused:
        function(*given)
    (finding,) = refused.value.findings
    return finding


def test_a_folder_stands_where_a_file_should_be(tmp_path):
    (tmp_path / "design.json").mkdir()
    found = findings_of(writing._write_all, tmp_path, {"design.json": "{}"})
    assert (found.code, found.why) == ("design.not_written", "a folder has this name")
    assert found.say("zh").why == "已有同名文件夹"


def test_the_system_gives_no_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", no_system(OSError()))
    for function, given in (
        (writing._write_all, (tmp_path / "out", {})),
        (simulation_writing.write_simulation, ({}, tmp_path / "out")),
    ):
        monkeypatch.setattr(simulation_writing, "simulation_figures", lambda *_: {})
        found = findings_of(function, *given)
        assert found.why == "the system refuses"
        assert found.say("zh").why == "系统拒绝"


def test_a_folder_stands_where_results_should_be(tmp_path, monkeypatch):
    monkeypatch.setattr(simulation_writing, "simulation_figures", lambda *_: {})
    (tmp_path / "simulation.json").mkdir()
    found = findings_of(simulation_writing.write_simulation, {}, tmp_path)
    assert (found.code, found.why) == ("simulation.not_written", "a folder has this name")


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("{", "simulation.unreadable", "不是JSON"),
        ("[]", "simulation.form", "其数值形式不同"),
        ("{}", "simulation.form", "缺少'scenarios'"),
    ],
)
def test_what_is_no_simulation_is_told_in_chinese_too(tmp_path, text, code, says):
    (tmp_path / "simulation.json").write_text(text, encoding="utf-8")
    found = findings_of(simulated.read_simulated, tmp_path, "0" * 64, 2)
    assert found.code == code
    assert says in found.tell("zh")


def test_a_file_that_the_system_does_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "read_text", no_system(OSError()))
    assert findings_of(simulated.read_simulated, tmp_path / "x.json", "0" * 64, 2).why == "the system refuses"
