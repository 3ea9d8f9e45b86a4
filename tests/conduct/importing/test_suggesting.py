"""A mapping to begin with: whatever the file, the reader accepts what is suggested, and each doubt is said beside it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from equipoise.cli import main
from equipoise.conduct.importing.mapping_checks import check_mapping
from equipoise.conduct.importing.mapping_reading import read_mapping
from equipoise.conduct.importing.suggesting import suggest_mapping
from equipoise.findings import Refusal, Unreadable
from equipoise.protocol.reading import load_protocol
from tests.conduct.importing.aid import TRIAL
from tests.conduct.importing.event_trial import EVENTS, taking
from tests.conduct.importing.xlsx_aid import workbook
from tests.spec.minimal import write_minimal


@pytest.fixture(scope="module")
def protocol(tmp_path_factory):
    return load_protocol(write_minimal(tmp_path_factory.mktemp("trial"), EVENTS))


@pytest.fixture(scope="module")
def oropharynx():
    return load_protocol(TRIAL)


FILES: dict[str, str | bytes] = {
    "a row for each participant": "Subject,Visit Date,AGE,Sex,Weight (kg),Arm\nP1,2023-03-01,50,F,60.5,A\nP2,2023-03-02,61,Male,70,B\n",
    "semicolons and decimal commas": "id;visit_date;age;gender;weight\n001;01.03.2023;50;Female;60,5\n002;31.03.2023;61;Male;70,25\n",
    "events": "id,ae_term,ae_severity,lab_date,alt,alt_uln\nP1,rash,mild,,,\nP1,,,2023-06-01,30,40\n",
    "an export with repeating instruments": "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,age,sex,lab_date,alt,alt_uln\n"
    "1,baseline_arm_1,,,50,1,,,\n1,month_3_arm_1,labs,1,,,2023-06-01,30,40\n1,month_3_arm_1,labs,2,,,2023-07-01,30,40\n",
    "lesions": "id,lesion,diameter,scanned\nP1,liver,20,maybe\nP1,lung,15,yes\n",
    "days that may be months": "id,visit date,age,level_of,onset_of,site\nP1,03/04/2023,50,<400,2023-04,S01\nP2,01/02/2023,51,12,2023-04-01,S02\n",
    "two digits of the year": "id,visit_date,age\nP1,13.04.23,50\n",
    "words for nothing": "id,age,weight\nP1,NA,60\nP2,51,unknown\n",
    "an older encoding": "编号,年龄,性别\nP1,50,女\nP2,61,男\n".encode("gbk"),
    "odd names of columns": 'no,"a ""b""",x: y,case\n1,2,3,4\n',
    "a header alone": "id,age\n",
    "nothing that fits": "a,b\n1,2\n",
    "names of columns that are words of YAML": "yes,no,on\n1,2,3\n",
}  # fmt: skip


def accepted(folder: Path, text: str, protocol) -> list[str]:
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    return [str(f) for f in check_mapping(read_mapping(folder / "map.yaml"), protocol) if f.severity == "error"]


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_suggested_is_a_mapping_that_the_reader_accepts(case, language, tmp_path, protocol):
    data = FILES[case]
    file = tmp_path / "data.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    text = suggest_mapping(file, protocol, language)
    assert accepted(tmp_path, text, protocol) == []
    assert ("逐一核对" if language == "zh" else "Look at each line") in text


def test_control_a_suggestion_with_a_name_that_is_none_is_not_accepted(tmp_path, protocol):
    file = tmp_path / "data.csv"
    file.write_text(FILES["a row for each participant"], encoding="utf-8")
    assert accepted(tmp_path, suggest_mapping(file, protocol).replace("age: AGE", "age: AEG"), protocol)


def test_the_published_file_gets_a_mapping_whose_doubts_name_both_sides(tmp_path, oropharynx):
    text = suggest_mapping(TRIAL / "oropharynx.csv", oropharynx)
    assert accepted(tmp_path, text, oropharynx) == []
    assert "age: age\n" in text
    assert "# ? the file has 2, 1, the protocol M, F; name each value" in text


def test_a_suggestion_takes_a_plain_file_in_once_its_doubts_are_settled(tmp_path, protocol):
    file = tmp_path / "data.csv"
    file.write_text("id,visit_date,age,sex,weight\nP1,2023/03/01,50,F,60.5\nP2,2023/03/02,61,M,70\n", encoding="utf-8")
    text = suggest_mapping(file, protocol)
    text += "" if "randomized:" in text else "  # no arm\n"
    assert 'visit_date: {formats: ["%Y/%m/%d"]}' in text
    report = taking(tmp_path, file.read_bytes(), text)
    assert not report.errors, [f.tell() for f in report.errors]


def test_what_repeats_is_said_to_repeat_and_nothing_nearly_alike_is_taken_for_the_same(tmp_path, protocol):
    file = tmp_path / "data.csv"
    file.write_text("id,ae_term,ae_severity\nP1,rash,mild\nP1,fever,severely\n", encoding="utf-8")
    text = suggest_mapping(file, protocol)
    assert "rows: several" in text
    assert "numbered: true" in text
    assert "THEN 'severe'" not in text


@pytest.mark.parametrize(
    ("item", "said"),
    [("size", "1.234,5"), ("size", "10²"), ("count_of", "52.5"), ("day_of", "44985.5"), ("moment_of", "yesterday"),
     ("onset_of", "2023/04"), ("level_of", "Not detected"), ("smoker", "2023-01-01")],
)  # fmt: skip
def test_a_column_of_an_items_own_name_is_never_left_out_whatever_it_holds(item, said, tmp_path, protocol):
    """Left out in silence, all its values were gone from a study that took the file in without a word."""
    file = tmp_path / "data.csv"
    file.write_text(f"id;visit_date;age;sex;weight;{item}\nP1;2023-03-01;50;F;60;{said}\n", encoding="utf-8")
    text = suggest_mapping(file, protocol)
    assert accepted(tmp_path, text, protocol) == []
    assert f"      {item}: " in text
    assert "ignore" not in text
    told = [line for line in text.splitlines() if line.startswith(f"      {item}: ")]
    assert "# ?" in told[0]
    with suppress(Refusal):
        assert taking(tmp_path, file.read_bytes(), text).errors


def test_columns_that_are_left_out_though_they_hold_something_are_asked_about(tmp_path, protocol):
    file = tmp_path / "data.csv"
    file.write_text("id,age,blood pressure,empty\nP1,50,120,\n", encoding="utf-8")
    assert 'ignore: ["blood pressure", empty]  # ? nothing is taken from blood pressure' in suggest_mapping(
        file, protocol
    )


@pytest.mark.parametrize("break_", ["\r\n", "\r", "\n", "\x85", "\u2028", "\x0b", "\x07", "\x00"])
def test_whatever_breaks_a_line_in_a_cell_or_a_name_breaks_no_line_of_the_mapping(break_, tmp_path, protocol):
    file = tmp_path / "data.csv"
    file.write_bytes(f'id,"age{break_}in years",note_of,sex\nP1,50,"one{break_}two","F{break_}"\n'.encode())
    try:
        text = suggest_mapping(file, protocol)
    except Unreadable:
        assert break_ == "\x00"
        return
    assert accepted(tmp_path, text, protocol) == []


def test_a_workbook_is_looked_at_too(tmp_path, protocol):
    file = tmp_path / "data.xlsx"
    file.write_bytes(workbook(data=[["id", "visit_date", "age"], ["P1", date(2023, 3, 1), 50]], more=[["x"]]))
    text = suggest_mapping(file, protocol)
    assert "sheet: 'data'}  # ? the sheets are data, more" in text
    assert "visit_date: visit_date" in text
    assert accepted(tmp_path, text, protocol) == []


def test_the_command_writes_it_and_writes_over_nothing(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_minimal(tmp_path / "trial", EVENTS)
    Path("data.csv").write_text("id,age\nP1,50\n", encoding="utf-8")
    assert main(["import", "--suggest", "data.csv", "--protocol", "trial", "--lang", "en"]) == 0
    assert "acts:" in capsys.readouterr().out
    command = ["import", "--suggest", "data.csv", "--protocol", "trial", "--out", "map.yaml"]
    assert main([*command, "--lang", "zh"]) == 0
    assert "映射初稿" in capsys.readouterr().out
    assert main([*command, "--lang", "en"]) == 2
    assert "nothing is written over" in capsys.readouterr().err
    assert main(["import", "--suggest", "data.csv", "--lang", "en"]) == 2
    assert "--protocol" in capsys.readouterr().err
    assert main(["import", "study", "--lang", "en"]) == 2
    assert "file, --map" in capsys.readouterr().err


def test_names_and_days_and_visits_that_are_not_sure_are_said_to_be_so(tmp_path, oropharynx):
    file = tmp_path / "data.csv"
    file.write_text("id,t stage code,seen\nP1,3,1968-01-24\n", encoding="utf-8")
    text = suggest_mapping(file, oropharynx)
    assert "is t stage code the same as T stage?" in text
    assert "no column is called so; seen is the nearest date" in text


def test_a_form_of_several_visits_is_asked_about(tmp_path):
    more = EVENTS.replace("forms: [death, ae]", "forms: [death, ae, facts]")
    protocol = load_protocol(write_minimal(tmp_path / "trial", more))
    file = tmp_path / "data.csv"
    file.write_text("id,size\nP1,2.5\n", encoding="utf-8")
    assert "the form belongs to screening" in suggest_mapping(file, protocol)
