"""A randomization list from elsewhere: checked by a command, and told when it runs out; never one arm is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, OpenSite, RecordAllocation
from equipoise.conduct.folder.study import create_study
from equipoise.findings import Refusal
from equipoise.randomization.uploaded import ListRow, read_list
from tests.conduct.small_trial import DAY, Trial
from tests.spec.minimal import write_minimal

RECORDED = "roles: ~\nrandomization: {scheme: {kind: recorded, description: {en: office, zh: 办公室}, sizes: ~}}"
SOUND = "stratum,slot,arm\n" + "".join(f"sex={sex},{n},{'ABBAABAB'[n - 1]}\n" for sex in "FM" for n in range(1, 6))


def written(home: Path, text: str) -> str:
    (home / "list.csv").write_text(text, "utf-8")
    return str(home / "list.csv")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Four of five places of one stratum are used, and none of the other."""
    home = tmp_path_factory.mktemp("recorded")
    made = create_study(home / "study", write_minimal(home / "protocol", RECORDED))
    trial = Trial(made.desk(), made.store)
    trial.do(OpenSite("S01", DAY), Appoint("li", "Li", "investigator", "S01"), as_="custodian")
    for n in range(1, 5):
        trial.do(RecordAllocation(trial.enrolled(f"P{n}"), DAY, "ABBA"[n - 1], "list 1", {"sex": "F"}))
    return made


def test_a_sound_list_passes_and_says_what_it_cannot_see(tmp_path, capsys):
    protocol = write_minimal(tmp_path / "p", RECORDED)
    assert main(["list", written(tmp_path, SOUND), "--protocol", str(protocol)]) == 0
    said = capsys.readouterr()
    assert "10 slots in 2 strata" in said.out
    assert "labels exchanged" in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SOUND + "sex=F,5,A\n", "appears again"),
        (SOUND.replace("sex=F,2,B\n", ""), "follows slot"),
        (SOUND.replace("sex=F,2,B", "sex=F,2,C"), "no arm 'C'"),
        (SOUND.replace("sex=M", "sex=X"), "no stratum 'sex=X'"),
        ("\n".join(line for line in SOUND.splitlines() if "sex=M" not in line), "no slot for sex=M"),
        (SOUND.replace("sex=F,2,B", "sex=F,two,B"), "'two' is no slot"),
        ("place,arm\n1,A\n", "no columns stratum, slot"),
        ("", "no columns stratum, slot, arm"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_by_line(text, code, tmp_path, capsys):
    protocol = write_minimal(tmp_path / "p", RECORDED)
    assert main(["list", written(tmp_path, text), "--protocol", str(protocol)]) == 1
    assert code in capsys.readouterr().err


def test_blocks_of_a_recorded_list_are_held_to_their_ratio(tmp_path, capsys):
    """F15: an unequal ratio within a block."""
    protocol = write_minimal(tmp_path / "p", RECORDED)
    uneven = SOUND.replace("sex=F,3,B", "sex=F,3,A")
    assert main(["list", written(tmp_path, uneven), "--protocol", str(protocol)]) == 0
    assert main(["list", written(tmp_path, uneven), "--protocol", str(protocol), "--blocks", "4"]) == 1
    assert "slots 1 to 4 of sex=F" in capsys.readouterr().err


def test_what_is_no_text_is_refused():
    with pytest.raises(Refusal, match="no table of text"):
        read_list(b"\xff\xfe\x00", "x.csv")
    assert read_list("\ufeffArm, slot ,STRATUM,by\nA,1,all,li\n\n".encode(), "x") == [ListRow("all", 1, "A", 2)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_alarm_of_four_fifths_is_told_by_the_command_and_by_status(study, tmp_path, capsys, language):
    """F19: 4 of 5 is 80 %; nobody's arm is counted."""
    protocol = str(study.folder / "protocol")
    assert main(["status", str(study.folder), "--lang", language]) == 0
    assert "sex=F" not in capsys.readouterr().out
    file = study.key_folder / "list.csv"
    file.write_text(SOUND, "utf-8")
    try:
        said = ["status", str(study.folder), "--lang", language]
        assert main(said) == 0
        told = capsys.readouterr().out
        assert ("4 of 5 slots of sex=F" if language == "en" else "5个位置已用4个") in told
        assert "sex=M" not in told
        assert main([*said, "--json"]) == 0
        assert [one["code"] for one in json.loads(capsys.readouterr().out)["running_out"]] == ["list.nearly_exhausted"]
        file.write_text(SOUND.replace("sex=F,5,A\n", ""), "utf-8")
        assert main(["list", str(file), "--protocol", protocol, "--study", str(study.folder), "--lang", language]) == 1
        assert ("4 of 4" if language == "en" else "4个位置已用4个") in capsys.readouterr().err
        file.write_text("nonsense", "utf-8")
        assert main(said) == 0
        assert ("no columns" if language == "en" else "没有stratum") in capsys.readouterr().out
    finally:
        file.unlink()


def test_control_three_of_five_raise_no_alarm(study, tmp_path, capsys):
    longer = SOUND + "sex=F,6,B\n"
    assert (
        main(
            [
                "list",
                written(tmp_path, longer),
                "--protocol",
                str(study.folder / "protocol"),
                "--study",
                str(study.folder),
            ]
        )
        == 0
    )
    assert capsys.readouterr().err == ""
