"""`equipoise act` and `equipoise status` as they are typed: receipts, refusals, forms by fields and files."""

from __future__ import annotations

import io
import json
import sys

import pytest

from equipoise.cli.act_command import read_fields
from equipoise.cli.main import main
from equipoise.conduct.acts import ACT_BY_NAME
from equipoise.conduct.folder.study import open_study
from equipoise.findings import Refusal
from equipoise.protocol.yaml_reading import read_yaml
from tests.conduct.small_trial import DAY, FULL, REMARK
from tests.spec.minimal import write_minimal


@pytest.fixture
def study(tmp_path, capsys):
    folder = tmp_path / "study"
    assert main(["new", str(folder), "--protocol", str(write_minimal(tmp_path / "protocol", FULL, REMARK))]) == 0
    assert act(folder, "open_site", "custodian", site="S01", date=DAY) == 0
    assert act(folder, "appoint", "custodian", person="li", name="Li", role="investigator", site="S01") == 0
    capsys.readouterr()
    return folder


def act(folder, name, who, /, *more, **fields) -> int:
    pairs = [part for key, value in fields.items() for part in ("--set", f"{key.replace('__', '.')}={value}")]
    return main(["act", str(folder), name, "--as", who, *pairs, *more])


def head(folder) -> int:
    study = open_study(folder)
    return study.store.head(study.id).seq


def consented(folder) -> None:
    act(folder, "screen", "li", participant="P1", site="S01", date=DAY)
    act(folder, "consent", "li", participant="P1", date=DAY)


def test_without_a_name_every_act_is_listed_with_its_fields(study, capsys):
    assert main(["act", str(study)]) == 0
    text = capsys.readouterr().out
    for name in (*ACT_BY_NAME, "amend"):
        assert f"\n  {name} " in text
    assert "participant, date, [version]" in text


def test_a_receipt_says_what_was_done_and_where_it_stands(study, capsys):
    assert act(study, "screen", "li", "--id", "click", participant="P1", site="S01", date=DAY) == 0
    text = capsys.readouterr().out
    assert text.startswith("P1 was screened (entry 6).\nact id click\nledger head ")
    assert act(study, "screen", "li", "--id", "click", participant="P1", site="S01", date=DAY) == 0
    assert capsys.readouterr().out == text


def test_a_refusal_prints_its_findings_and_is_an_entry(study, capsys):
    before = head(study)
    assert act(study, "screen", "li", participant="P1", site="S02", date=DAY) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "may not do `screen` at site S02" in said.err
    assert head(study) == before + 1


def test_json_gives_receipts_and_refusals_to_programs(study, capsys):
    assert act(study, "screen", "li", "--json", participant="P1", site="S01", date=DAY) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["kind"] for entry in told["entries"]] == ["screened"]
    assert act(study, "consent", "li", "--json", participant="P1", date="2024-02-30") == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "date.impossible"


def test_a_form_is_filled_in_by_fields_with_rows_and_overrides(study, capsys):
    consented(study)
    page = {
        "values__seen_on": DAY,
        "values__height": "220",
        "values__mass": "60",
        "values__smoker": "no",
        "values__stopped": "否",
    }
    rows = {"groups__lesions__1__lesion_place": "lung", "groups__lesions__1__lesion_size": "14"}
    where = {"participant": "P1", "visit": "screening", "form": "checkup", "occurrence": "1"}
    assert act(study, "record", "li", **where, **page, **rows) == 1
    assert "overrides {height.range: reason}" in capsys.readouterr().err
    assert act(study, "record", "li", "--json", **where, **page, **rows, overrides__height__range="seen") == 0
    told = json.loads(capsys.readouterr().out)
    assert [warning["code"] for warning in told["warnings"]] == ["form.soft"]
    opened = open_study(study)
    record = opened.store.projected(opened.id, "records", "P1 screening 1 checkup")
    assert record["groups"]["lesions"] == [{"lesion_place": "lung", "lesion_size": 14}]
    assert record["values"]["smoker"] is record["values"]["stopped"] is False


def test_fields_come_from_a_file_or_standard_input_and_set_goes_before(study, tmp_path, monkeypatch, capsys):
    consented(study)
    file = tmp_path / "act.yaml"
    file.write_text(
        "participant: P1\nvisit: notes\nform: remark\nobserved: 2024-02-01\nvalues: {remark_text: one}\n", "utf-8"
    )
    assert act(study, "record", "li", "--file", str(file)) == 0
    data = json.dumps(
        {"participant": "P1", "visit": "notes", "form": "remark", "occurrence": 2, "values": {"remark_text": "二"}}
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert act(study, "record", "li", "--file", "-", occurrence="3") == 0
    assert "recorded at notes (3)" in capsys.readouterr().out


AS_WRITTEN = ["4.20", "0.100", "00012.5", "+5", "123456789012345.123456789", "1e5", "5e-05"]
NAMES = ["00012", "12.10", "true", "1e5", "0x1F", "0o17", "+5", "-0", "2024-01-15", "12:30", "1_000", ".5"]


@pytest.mark.parametrize(
    ("item", "written"), [*(("weight", one) for one in AS_WRITTEN), *(("remark", one) for one in NAMES)]
)
def test_a_file_says_what_the_same_text_says_on_the_command_line(tmp_path, item, written):
    """A batch number 00012 is not 12, and 4.20 was measured to two digits: YAML's own numbers are not asked."""
    file = tmp_path / "act.yaml"
    file.write_text(f"values:\n  {item}: {written}\n")
    by_file, by_hand = read_fields([], str(file)), read_fields([f"values.{item}={written}"], None)
    assert by_file == by_hand == {"values": {item: written}}


def test_a_file_of_programs_is_read_as_written_too(tmp_path):
    file = tmp_path / "act.json"
    file.write_text(
        json.dumps({"values": {"dose": 4.2, "given": True, "batch": "00012", "why": None}, "occurrence": 2})
    )
    values = {"dose": "4.2", "given": "true", "batch": "00012", "why": None}
    assert read_fields([], str(file)) == {"values": values, "occurrence": "2"}


def test_control_numbers_of_yaml_would_lose_what_was_written():
    assert read_yaml(b"a: 00012\nb: 4.20", "x").data == {"a": 12, "b": 4.2}


def test_a_list_of_acts_is_kept_together_or_not_at_all(study, tmp_path, capsys):
    file = tmp_path / "acts.yaml"
    good = f"- {{act: screen, participant: P1, site: S01, date: {DAY}}}\n"
    good += f"- {{act: consent, participant: P1, date: {DAY}}}\n"
    file.write_text(good + "- {act: enroll, participant: P1, date: 2024-02-30}\n", "utf-8")
    before = head(study)
    run = ["act", str(study), "--as", "li", "--file", str(file)]
    assert main(run) == 1
    assert "act 3 (enroll): date" in capsys.readouterr().err
    refused = head(study)
    assert refused == before + 1  # of the list nothing was kept, but that it was refused
    file.write_text(good, "utf-8")
    assert main([*run, "--dry-run"]) == 0
    assert "dry run: nothing was kept" in capsys.readouterr().out
    assert head(study) == refused
    assert main([*run, "--id", "day"]) == 0
    assert main([*run, "--id", "day"]) == 0
    assert head(study) == refused + 2


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["screen"], 1, "--as PERSON"),
        (["scren", "--as", "li"], 1, "Did you mean screen?"),
        (["screen", "--as", "li", "--set", "participant"], 1, "KEY=VALUE"),
        (["screen", "--as", "li", "--set", "participant=P1", "--set", "shoe=9"], 1, "has no `shoe`"),
        (["record", "--as", "li", "--set", "values=1", "--set", "values.age=2"], 1, "there is a value before `age`"),
        (["record", "--as", "li", "--set", "groups.g.3.x=2"], 1, "rows 1 to 1"),
        (["record", "--as", "li", "--set", "occurrence=two"], 1, "a whole number is asked for"),
        (["screen", "--as", "li", "--file", "nowhere.yaml"], 2, "no such file"),
        (["--as", "li", "--file", "nowhere.yaml"], 2, "no such file"),
        (["amend", "--as", "custodian", "--set", "summary=x"], 1, "protocol (a folder or a file) and summary"),
        (["amend", "--as", "custodian", "--set", "summary=x", "--set", "protocol=nowhere"], 2, "no such protocol"),
        (
            ["screen", "--as", "l\udcffi", "--set", "participant=P1", "--set", "site=S01", "--set", f"date={DAY}"],
            1,
            "no role",
        ),
    ],
)
def test_bad_input_is_told_and_never_a_traceback(study, capsys, arguments, code, word):
    assert main(["act", str(study), *arguments]) == code
    said = capsys.readouterr()
    assert word in said.err
    assert "Traceback" not in said.err
    assert "fault of ours" not in said.err


@pytest.mark.parametrize("content", ["- 1\n", "just words\n", "a: [1\n", "", "[{participant: P1}]\n"])
def test_a_file_that_holds_no_act_is_told(study, tmp_path, capsys, content):
    file = tmp_path / "acts.yaml"
    file.write_text(content, "utf-8")
    assert main(["act", str(study), "--as", "li", "--file", str(file)]) in (1, 2)
    assert main(["act", str(study), "screen", "--as", "li", "--file", str(file)]) in (1, 2)
    assert "fault of ours" not in capsys.readouterr().err


def test_an_amendment_takes_the_path_of_the_new_version(study, tmp_path, capsys):
    new = write_minimal(tmp_path / "two", FULL, REMARK, "study: {version: '2.0'}")
    assert act(study, "amend", "custodian", "--dry-run", protocol=new, summary="x") == 0
    assert act(study, "amend", "custodian", protocol=new, summary="approved on 2024-02-01") == 0
    assert "Version 2.0 of the protocol is in force" in capsys.readouterr().out
    assert main(["status", str(study), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "2.0"


def test_the_status_is_printed_for_people_and_for_programs(study, capsys):
    consented(study)
    capsys.readouterr()
    assert main(["status", str(study)]) == 0
    assert "reached: screened 1, consented 1, enrolled 0, randomized 0" in capsys.readouterr().out
    assert main(["status", str(study), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["participants"]["consented"] == 1


def test_fields_are_put_where_their_dots_lead():
    pairs = ["values.age=51", "values.name=a=b", "groups.g.1.x=1", "groups.g.2.x=", "overrides.x.range[2]=seen"]
    assert read_fields(pairs, None) == {
        "values": {"age": "51", "name": "a=b"},
        "groups": {"g": [{"x": "1"}, {"x": ""}]},
        "overrides": {"x.range[2]": "seen"},
    }
    with pytest.raises(Refusal):
        read_fields(["=1"], None)


def test_a_cut_and_a_checkpoint_are_noted_for_whoever_may_make_them(study, tmp_path, capsys):
    consented(study)
    before = head(study)
    assert main(["cut", str(study), "--as", "li"]) == 1
    assert not list((study / "cuts").iterdir())
    assert main(["cut", str(study), "--as", "custodian", "--entry", str(before)]) == 0
    file = tmp_path / "c.json"
    assert main(["checkpoint", str(study), "--out", str(file), "--as", "custodian", "--kept", "the safe"]) == 0
    opened = open_study(study)
    notes = {
        entry.kind: entry.payload for entry in opened.store.read(opened.id, after=before) if entry.kind != "refused"
    }
    assert notes["cut_made"]["seq"] == before
    assert notes["checkpoint_signed"] == {
        "seq": before + 2,
        "head": json.loads(file.read_text("utf-8"))["head"],
        "kept": "the safe",
    }
    assert main(["verify", str(study), "--anchor", str(file)]) == 0
