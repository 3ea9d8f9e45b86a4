"""The mapping: what is wrong with it is told with file and line before a row is read, everything at once."""

from __future__ import annotations

import pytest

from equipoise.conduct.importing import taking_in
from equipoise.findings import Refusal, Unreadable
from tests.conduct.importing.aid import MAPPING, findings_of, row, table, take_in


def line_of(text, mapping=MAPPING):
    return next(number for number, line in enumerate(mapping.splitlines(), start=1) if text in line)


FAULTS = {
    "unknown key": ("when: grade = 9", "wen: grade = 9", "wen: grade", "shape.unknown_key", "Did you mean `when`?"),
    "unknown encoding": ("utf-8", "utf-9", "utf-9", "shape.unknown_choice", "Did you mean `utf-8`?"),
    "unknown type": ("case: integer", "case: number", "case: number", "shape.unknown_choice", "integer, decimal"),
    "unknown column in a rule": ("age: age", "age: aeg", "age: aeg", "rule.unknown_name", "Did you mean `age`?"),
    "unknown column accepted": (
        "column: grade",
        "column: grad",
        "column: grad",
        "mapping.unknown_column",
        "Did you mean `grade`?",
    ),
    "a rule that is no condition": (
        "when: grade = 9",
        "when: grade + 9",
        "when: grade + 9",
        "rule.wrong_type",
        "true or false is needed",
    ),
    "a number for a date": (
        "screened: entry_date",
        "screened: age",
        "screened: age",
        "rule.wrong_type",
        "a date is needed",
    ),
    "a truth for a number": ("age: age", "age: sex = 1", "age: sex = 1", "rule.wrong_type", "whole number is needed"),
    "a code nobody defined": ("THEN 'M'", "THEN 'X'", "THEN 'X'", "rule.unknown_code", "The codes are: F, M"),
    "an arm nobody defined": ("THEN 'test'", "THEN 'tset'", "'tset'", "rule.unknown_code", "Did you mean 'test'?"),
    "an unknown form": (
        "form: baseline",
        "form: bseline",
        "bseline",
        "mapping.unknown_name",
        "Did you mean `baseline`?",
    ),
    "an unknown visit": (
        "visit: baseline",
        "visit: bseline",
        "bseline",
        "mapping.unknown_name",
        "Did you mean `baseline`?",
    ),
    "a form of another visit": (
        "visit: baseline",
        "visit: follow_up",
        "form: baseline",
        "mapping.form_not_due",
        "its forms are follow_up",
    ),
    "an unknown item": ("t_stage: CAST", "tstage: CAST", "tstage", "mapping.unknown_name", "Did you mean `t_stage`?"),
    "no century": (", century: 1900", "", "format: dddyy", "mapping.date_format", "century: 1900"),
    "a format of nothing": (
        "format: dddyy, century: 1900",
        'format: "%q"',
        "%q",
        "mapping.date_format",
        "is not part of a date",
    ),
    "a number for dates": (
        "entry_date: text",
        "entry_date: integer",
        "{format: dddyy",
        "mapping.date_type",
        "`entry_date: text`",
    ),
    "becomes what the column cannot hold": (
        "becomes: null",
        "becomes: many",
        "becomes: many",
        "mapping.becomes",
        "of type integer",
    ),
    "a function that is none": (
        "age: age",
        "age: system(age)",
        "system",
        "rule.unreadable",
        "not part of the rule language",
    ),
    "a query": ("age: age", "age: (SELECT 1)", "SELECT", "rule.unreadable", "not part of the rule language"),
    "a clause twice": ("id: condition_missing", "id: grade_missing", None, "mapping.duplicate_id", "Rename"),
    "no reason in Chinese": (
        ", zh: 数据说明规定9为分化程度缺失的代码。",
        "",
        None,
        "shape.missing_language",
        "Add `zh: ...`",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_mapping_is_told_with_its_line(fault, tmp_path):
    before, after, line, code, words = FAULTS[fault]
    spoiled = MAPPING.replace(before, after, 1)
    assert spoiled != MAPPING
    found = [f for f in findings_of(tmp_path, mapping=spoiled) if f.code == code]
    assert len(found) == 1
    assert words in str(found[0])
    assert found[0].where.file.endswith("map.yaml")
    assert found[0].where.line == line_of(line, spoiled) if line else found[0].where.line > 0


def test_all_faults_are_told_at_once(tmp_path):
    spoiled = (
        MAPPING.replace("age: age", "age: aeg")
        .replace("form: baseline", "form: bseline")
        .replace(", century: 1900", "")
    )
    spoiled = spoiled.replace("when: grade = 9", "when: grade")
    assert {f.code for f in findings_of(tmp_path, mapping=spoiled)} == {
        "mapping.unknown_name",
        "mapping.date_format",
        "rule.wrong_type",
    }


def test_a_required_item_that_nothing_fills_is_told(tmp_path):
    spoiled = MAPPING.replace("      t_stage: CAST(t_stage AS VARCHAR)\n", "")
    assert [f.code for f in findings_of(tmp_path, mapping=spoiled)] == ["mapping.item_left_out"]


def test_a_column_that_goes_nowhere_is_a_warning(tmp_path):
    spoiled = MAPPING.replace("      grade: CAST(grade AS VARCHAR)\n", "").replace("when: grade = 9", "when: age = 900")
    found = [
        f.where.path for f in take_in(tmp_path, table(row(1)), spoiled).findings if f.code == "mapping.unused_column"
    ]
    assert found == ["columns.grade"]


def test_a_column_cannot_be_read_and_ignored(tmp_path):
    assert (
        findings_of(tmp_path, mapping=MAPPING.replace("columns:\n", "ignore: [age]\ncolumns:\n"))[0].code
        == "mapping.ignored_and_read"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Unreadable),
        ("# nothing\n", Unreadable),
        ("acts: [\n", Unreadable),
        ("a: b\n", Refusal),
        ("- 1\n", Refusal),
        ("x" * 600_000, Unreadable),
        ("columns: {a: text}\nacts: {participant: a}\nacts: {}\n", Refusal),
    ],
)
def test_what_is_no_mapping_is_told(text, kind, tmp_path):
    with pytest.raises(Refusal) as raised:
        take_in(tmp_path, mapping=text)
    assert type(raised.value) is kind
    assert all("protocol" not in f.why and "protocol" not in f.mend for f in raised.value.findings)


def test_an_allocation_cannot_be_taken_from_a_file_where_arms_are_drawn(tmp_path):
    from equipoise.conduct.importing.mapping_checks import check_mapping
    from equipoise.conduct.importing.mapping_reading import read_mapping
    from equipoise.protocol.reading import load_protocol
    from tests.conduct.importing.aid import TRIAL, write

    found = check_mapping(read_mapping(write(tmp_path)[1]), load_protocol(TRIAL.parent / "npc-nimotuzumab"))
    assert "mapping.not_recorded" in {f.code for f in found}


def test_only_who_may_import_can_and_the_refusal_is_on_the_ledger(tmp_path):
    from tests.conduct.importing.aid import new_study, write

    study = new_study(tmp_path)
    with pytest.raises(Refusal, match="holds no role"):
        taking_in.run_import(study, *write(tmp_path), as_="somebody")
    (entry,) = study.store.read(study.id, after=2)
    assert (entry.kind, entry.payload["act"], entry.actor) == ("refused", "import", "somebody")


def test_nothing_is_taken_into_a_locked_study(tmp_path):
    from equipoise.conduct.acts import Lock
    from tests.conduct.importing.aid import new_study, write

    study = new_study(tmp_path)
    study.desk().perform(Lock("the end"), as_="custodian")
    with pytest.raises(Refusal, match="the study is locked"):
        taking_in.run_import(study, *write(tmp_path))
    assert study.desk().state().participants == {}


def test_records_alone_can_be_taken_in_for_participants_who_are_there(tmp_path):
    take_in(tmp_path, table(row(1), row(2)), MAPPING[: MAPPING.index("  - form: follow_up")])
    head, acts = MAPPING.split("acts:\n")
    participant = next(line for line in acts.splitlines() if "participant:" in line)
    only = "\n".join([head + "acts:", participant, "  records:", acts[acts.index("  - form: follow_up") :]])
    report = take_in(tmp_path, table(row(1), row(3)), only, dry_run=True)
    assert [(f.code, f.where.line) for f in report.errors] == [("participant.unknown", 3)]
    report = take_in(tmp_path, table(row(1), row(2)), only)
    assert (report.acts, report.sites_opened, report.errors) == (2, (), ())


def test_control_the_mapping_itself_has_no_fault(tmp_path):
    assert findings_of(tmp_path) == []
