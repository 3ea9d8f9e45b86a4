"""What is asked of a command oddly is told plainly: an empty path, a day that has not come, a place that may not be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from equipoise.cli.main import main
from equipoise.whole import write_whole
from tests.ledger.small_study import small_study


@pytest.mark.parametrize(("language", "says"), [("en", "the path is empty"), ("zh", "路径为空")])
@pytest.mark.parametrize("command", ["check", "show", "design"])
def test_an_empty_path_is_said_to_be_empty(
    command: str, language: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "", "--language", language]) == 2
    told = capsys.readouterr()
    assert says in told.out + told.err


def test_a_cut_of_a_day_that_has_not_come_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_study(tmp_path, 2)
    study = str(tmp_path / "study")
    assert main(["cut", study, "--date", "2999-01-01"]) == 0
    assert "the day 2999-01-01 has not come" in capsys.readouterr().err
    assert main(["analyze", study, "--date", "2999-01-01", "--lang", "zh"]) == 0
    assert "日期2999-01-01尚未到来" in capsys.readouterr().err


def test_control_a_cut_of_today_is_not_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_study(tmp_path, 2)
    assert main(["cut", str(tmp_path / "study"), "--out", str(tmp_path / "elsewhere")]) == 0
    assert "has not come" not in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir())
    assert not list((tmp_path / "study" / "cuts").iterdir())


def test_a_place_that_may_not_be_written_is_named_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(name: object, *_args: object) -> int:
        raise PermissionError(13, "Permission denied", str(name))

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(PermissionError) as told:
        write_whole(tmp_path / "shown.md", "text")
    assert told.value.filename == str(tmp_path / "shown.md")
