"""The published file: every blemish told row by row, taken in by its mapping, all or nothing, once."""

from __future__ import annotations

import hashlib
import re

import pytest
import yaml

from equipoise.conduct.folder.study import open_study
from equipoise.conduct.importing import run_import
from tests.conduct.importing.aid import (
    CSV,
    FEW,
    MAPPING,
    TRIAL,
    accepting,
    blemishes,
    findings_of,
    new_study,
    suggested,
    take_in,
    without,
    write,
)

CLAUSES = {
    "grade_missing": (137, "grade", "9"),
    "condition_missing": (160, "condition", "9"),
    "condition_undocumented": (142, "condition", "0"),
}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    study = new_study(folder)
    return study, run_import(study, TRIAL / "oropharynx.csv", TRIAL / "import.yaml")


def entries(study, kind):
    return list(study.store.read(study.id, kinds=[kind]))


def test_the_file_has_195_dates_two_nines_and_one_zero():
    found = [(column, text) for _, column, text in blemishes() if column != "entry_date"]
    assert sorted(found) == [("condition", "0"), ("condition", "9"), ("grade", "9")]
    assert len(blemishes()) == 198


def test_every_blemish_is_told_with_its_line_column_and_value_and_nothing_else_is(taken_in):
    _, report = taken_in
    told = [(f.where.line, f.where.path, re.match("`(.*?)`", f.what).group(1)) for f in report.findings]
    assert sorted(told) == sorted(blemishes())
    assert {f.severity for f in report.findings} == {"warning"}
    assert all("import.yaml:" in f.mend and f.why for f in report.findings)


def test_control_a_blemish_more_in_the_file_is_a_blemish_more_told(tmp_path):
    report = take_in(tmp_path, CSV.replace("\n1,2,2,1,1,", "\n1,2,2,1,9,", 1))
    assert len(report.findings) == len(blemishes()) + 1


def test_all_195_participants_are_randomized_and_recorded(taken_in):
    study, report = taken_in
    assert (report.rows, report.acts, report.accepted) == (195, 195 * 6, 198)
    for kind, count in {
        "screened": 195,
        "consented": 195,
        "enrolled": 195,
        "allocation_recorded": 195,
        "form_recorded": 390,
    }.items():
        assert len(entries(study, kind)) == count


def test_each_site_is_open_since_its_first_participant(taken_in):
    study, report = taken_in
    assert report.sites_opened == tuple(f"institution_{n}" for n in range(1, 7))
    first = {}
    for entry in entries(study, "screened"):
        first[entry.site] = min(first.get(entry.site, "9"), entry.payload["date"])
    assert {e.site: e.payload["date"] for e in entries(study, "site_opened")} == first


def test_the_ledger_names_the_file_and_the_mapping_by_their_sha_256(taken_in):
    study, report = taken_in
    (noted,) = entries(study, "file_imported")
    assert noted.seq == report.entries[0]
    assert noted.payload["file"]["sha256"] == hashlib.sha256((TRIAL / "oropharynx.csv").read_bytes()).hexdigest()
    assert noted.payload["mapping"]["sha256"] == hashlib.sha256((TRIAL / "import.yaml").read_bytes()).hexdigest()
    assert noted.payload["mapping"]["text"] == MAPPING
    assert noted.payload["accepted"] == {
        "condition_missing": 1,
        "condition_undocumented": 1,
        "dates.entry_date": 195,
        "grade_missing": 1,
    }


def test_every_act_names_its_import_and_its_row_so_that_a_number_leads_back_to_it(taken_in):
    study, report = taken_in
    lines = CSV.splitlines()
    for entry in entries(study, "form_recorded"):
        line = int(re.fullmatch(rf"import {report.import_id}, line (\d+), (baseline|follow_up)", entry.act).group(1))
        assert entry.participant == f"RTOG-{int(lines[line - 1].split(',')[0]):03d}"


def test_the_record_keeps_what_the_file_said_and_why_it_was_taken_in(taken_in):
    study, _ = taken_in
    checks = {
        (int(entry.act.split(", ")[1].removeprefix("line ")), check["item"]): check
        for entry in entries(study, "form_recorded")
        for check in entry.payload["checks"]
    }
    assert len(checks) == 198
    for line, column, text in blemishes():
        assert checks[line, column]["original"] == text
        assert re.search(r"[\u4e00-\u9fff]", checks[line, column]["reason"])
    assert checks[142, "condition"]["check"] == "condition_undocumented"


def test_the_missing_are_missing_and_the_dates_are_days(taken_in):
    study, _ = taken_in
    values = {
        e.participant: e.payload["values"] for e in entries(study, "form_recorded") if e.payload["form"] == "baseline"
    }
    assert [name for name, v in values.items() if v["grade"] is None] == ["RTOG-136"]
    assert [name for name, v in values.items() if v["condition"] is None] == ["RTOG-141", "RTOG-159"]
    days = [v["entry_date"] for v in values.values()]
    assert (days[0], min(days), max(days)) == ("1968-01-24", "1968-01-24", "1972-10-02")


def test_the_importer_acts_and_is_gone_afterwards(taken_in):
    study, report = taken_in
    assert {(e.actor, e.role) for e in entries(study, "form_recorded")} == {("importer", "importer")}
    assert study.desk().state().people["importer"].appointed == []
    assert entries(study, "person_dismissed")[-1].seq == report.entries[1] == study.store.head(study.id).seq


def test_the_same_import_again_adds_nothing_and_says_when_it_was(taken_in):
    study, first = taken_in
    before = study.store.head(study.id)
    again = run_import(open_study(study.folder), TRIAL / "oropharynx.csv", TRIAL / "import.yaml")
    assert again.taken_in_before == first.entries[0]
    assert again.acts == 0
    assert not again.errors
    assert study.store.head(study.id) == before


def test_another_file_about_the_same_participants_is_refused_row_by_row(taken_in, tmp_path):
    study, _ = taken_in
    before = study.store.head(study.id)
    report = run_import(study, *write(tmp_path, FEW))
    assert [(f.code, f.where.line, f.where.path) for f in report.errors] == [
        ("participant.taken", n, "case") for n in (2, 3, 4)
    ]
    assert study.store.head(study.id) == before


def test_a_dry_run_tells_the_same_and_leaves_nothing(taken_in, tmp_path):
    _, kept = taken_in
    study = new_study(tmp_path)
    before = study.store.head(study.id)
    report = run_import(study, TRIAL / "oropharynx.csv", TRIAL / "import.yaml", dry_run=True)
    assert [(f.where.line, f.what) for f in report.findings] == [(f.where.line, f.what) for f in kept.findings]
    assert (report.acts, report.entries) == (kept.acts, None)
    assert study.store.head(study.id) == before
    assert study.desk().state().sites == {}


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_blemish_that_the_mapping_does_not_accept_stops_the_whole_file(clause, tmp_path):
    line, column, text = CLAUSES[clause]
    (finding,) = findings_of(tmp_path, CSV, without(clause))
    assert (finding.where.line, finding.where.path) == (line, column)
    assert f"`{text}` is not a code of {column}" in finding.what


@pytest.mark.parametrize("clause", CLAUSES)
def test_the_clause_that_a_finding_proposes_takes_the_file_in(clause, tmp_path):
    spoiled = without(clause)
    (finding,) = findings_of(tmp_path, CSV, spoiled)
    mended = accepting(suggested(finding), mapping=spoiled)
    assert yaml.safe_load(mended)
    assert len(take_in(tmp_path, CSV, mended, dry_run=True).findings) == 198


def test_without_a_date_format_nothing_is_taken_in(tmp_path):
    spoiled = re.sub(r"dates:\n(  .*\n)+", "", MAPPING)
    (finding,) = findings_of(tmp_path, CSV, spoiled)
    assert (finding.code, finding.where.path) == ("mapping.date_without_format", "columns.entry_date")


def test_without_any_clause_every_blemish_is_told_at_once(tmp_path):
    spoiled = MAPPING
    for clause in CLAUSES:
        spoiled = without(clause, spoiled)
    found = findings_of(tmp_path, CSV, spoiled.replace("accept:\n", ""))
    assert sorted((f.where.line, f.where.path) for f in found) == sorted(place[:2] for place in CLAUSES.values())
