"""`--arms`: a double-blind trial is reported by letters to its committee, and by name to nobody while it is sealed."""

from __future__ import annotations

import json

import pytest

from equipoise.cli.main import main
from tests.spec.minimal import write_minimal

DOUBLE = "randomization: {blinding: double}"


@pytest.fixture
def study(tmp_path, capsys):
    folder = tmp_path / "study"
    protocol = write_minimal(tmp_path / "protocol", DOUBLE)
    assert main(["new", str(folder), "--protocol", str(protocol), "--rehearsal"]) == 0
    assert main(["rehearse", str(folder), "--participants", "12", "--seed", "3"]) == 0
    capsys.readouterr()
    return folder


def groups(out) -> set[str]:
    results = json.loads((out / "results.json").read_text("utf-8"))["results"]
    return {one["group"] for one in results if one.get("group")}


def test_arms_are_hidden_unless_asked_for_and_masked_when_asked_for(study, tmp_path):
    assert main(["analyze", str(study), "--out", str(tmp_path / "hidden")]) == 0
    assert main(["analyze", str(study), "--arms", "masked", "--out", str(tmp_path / "masked")]) == 0
    assert groups(tmp_path / "hidden") == set()
    assert groups(tmp_path / "masked") == {"masked_A", "masked_B"}
    results = json.loads((tmp_path / "masked" / "results.json").read_text("utf-8"))
    assert results["arms"] == "masked"


@pytest.mark.parametrize("command", ["analyze", "cut"])
def test_arms_are_not_shown_before_the_unsealing(study, command, capsys):
    assert main([command, str(study), "--arms", "shown"]) == 1
    assert "double-blind" in capsys.readouterr().err


def test_control_an_open_trial_shows_its_arms(tmp_path):
    folder = tmp_path / "open"
    assert main(["new", str(folder), "--protocol", str(write_minimal(tmp_path / "protocol")), "--rehearsal"]) == 0
    assert main(["rehearse", str(folder), "--participants", "12", "--seed", "3"]) == 0
    assert main(["analyze", str(folder), "--out", str(tmp_path / "shown")]) == 0
    assert groups(tmp_path / "shown") == {"A", "B"}
