"""A randomization list from elsewhere: checked by a command, and told when it runs out; never one arm is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, OpenSite, RecordAllocation, record_allocation
from equipoise.conduct.folder.study import create_study, open_study
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
        # Put there by hand, nobody agreed to it: that is told first.
        said = ["status", str(study.folder), "--lang", language]
        assert main(said) == 0
        told = capsys.readouterr().out
        assert ("4 of 5 slots of sex=F" if language == "en" else "5个位置已用4个") in told
        assert "sex=M" not in told
        assert main([*said, "--json"]) == 0
        assert [one["code"] for one in json.loads(capsys.readouterr().out)["running_out"]] == [
            "list.not_agreed",
            "list.nearly_exhausted",
        ]
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


# By two persons -----------------------------------------------------------------------------------------------------


@pytest.fixture
def begun(tmp_path):
    """A study without a list, two statisticians who see arms, and a participant who waits for an allocation."""
    made = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", RECORDED))
    trial = Trial(made.desk(), made.store)
    trial.do(OpenSite("S01", DAY), Appoint("li", "Li", "investigator", "S01"), as_="custodian")
    for person in ("stat", "sun"):
        trial.do(Appoint(person, person.title(), "unblinded_statistician", organization="CRO"), as_="custodian")
    trial.enrolled("P1")
    made.store.close()
    return tmp_path


def list_command(home: Path, text: str, who: str, *more: str) -> int:
    study = str(home / "study")
    asked = ["list", written(home, text), "--protocol", f"{study}/protocol", "--study", study, "--as", who]
    return main([*asked, *more])


def record(home: Path) -> int:
    fields = {"participant": "P1", "date": DAY, "arm": "A", "source": "list", "factors.sex": "F"}
    sets = [f"--set={key}={value}" for key, value in fields.items()]
    return main(["act", str(home / "study"), "record_allocation", "--as", "li", *sets])


def requested(home: Path) -> str:
    study = open_study(home / "study")
    (number,) = study.desk().state().requests
    study.store.close()
    return str(number)


def test_a_list_is_in_force_once_a_second_person_has_checked_the_same_file(begun, capsys):
    """F15: the trial run is signed by two, and nobody is allocated before."""
    assert list_command(begun, SOUND, "stat", "--take") == 0
    said = capsys.readouterr()
    assert "10 slots in 2 strata" in said.out
    assert "waits for a second person" in said.out
    request = requested(begun)
    assert record(begun) == 1
    assert "not in force" in capsys.readouterr().err
    assert list_command(begun, SOUND, "stat", "--agree", request) == 1
    assert "two persons" in capsys.readouterr().err
    assert list_command(begun, SOUND, "li", "--agree", request) == 1
    assert (
        list_command(begun, SOUND.replace("F,1,A", "F,1,B").replace("F,2,B", "F,2,A"), "sun", "--agree", request) == 1
    )
    assert "is not the file" in capsys.readouterr().err
    study = str(begun / "study")
    assert main(["act", study, "agree", "--as", "sun", f"--set=request={request}"]) == 1
    assert "was looked at" in capsys.readouterr().err
    kept = begun / "study" / "keys" / "list.csv"
    assert not kept.exists()
    assert list_command(begun, SOUND, "sun", "--agree", request) == 0
    assert "`take_list`, asked for by stat, was agreed to" in capsys.readouterr().out
    assert kept.read_text("utf-8") == SOUND
    assert kept.stat().st_mode & 0o777 == 0o600
    assert record(begun) == 0
    assert main(["verify", study]) == 0
    assert main(["status", study, "--lang", "zh"]) == 0
    assert "已启用者" not in capsys.readouterr().out
    # Another list in its place, to the byte: nobody is allocated from it.
    kept.write_text(SOUND + "\n", "utf-8")
    assert main(["status", study]) == 0
    assert "not the one that is in force" in capsys.readouterr().out
    assert record(begun) == 1
    assert "not in force" in capsys.readouterr().err


def test_control_without_the_question_an_unagreed_list_is_used(begun, monkeypatch):
    monkeypatch.setattr(record_allocation, "_need_agreed_list", lambda state, setting: None)
    assert list_command(begun, SOUND, "stat", "--take") == 0
    assert record(begun) == 0


def test_what_the_check_refuses_is_asked_for_by_nobody(begun, capsys):
    uneven = "roles: ~\nrandomization: {ratio: {A: 2, B: 1}, scheme: {kind: recorded, description: {en: o, zh: 处}, sizes: ~}}"
    protocol = write_minimal(begun / "uneven", uneven)
    thirds = "stratum,slot,arm\n" + "".join(f"sex={s},{n},{'AABABA'[n - 1]}\n" for s in "FM" for n in range(1, 7))
    swapped = thirds.translate(str.maketrans("AB", "BA"))
    said = ["--protocol", str(protocol), "--blocks", "3"]
    assert main(["list", written(begun, thirds), *said]) == 0
    # Labels exchanged: seen where the ratio is unequal; at 1:1 only the second person can, with the source in hand.
    assert main(["list", written(begun, swapped), *said]) == 1
    capsys.readouterr()
    for faulty in (
        SOUND + "sex=F,5,A\n",
        SOUND.replace("sex=F,2,B\n", ""),
        "\n".join(line for line in SOUND.splitlines() if "sex=M" not in line),
    ):
        assert list_command(begun, faulty, "stat", "--take") == 1
    assert list_command(begun, SOUND.replace("sex=F,3,B", "sex=F,3,A"), "stat", "--take", "--blocks", "4") == 1
    study = open_study(begun / "study")
    assert study.desk().state().requests == {}
    study.store.close()
    asked = ["list", written(begun, SOUND), "--protocol", str(begun / "study" / "protocol"), "--take"]
    assert main(asked) == 1
    assert "--study STUDY --as PERSON" in capsys.readouterr().err
