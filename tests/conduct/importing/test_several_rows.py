"""Rows for each visit or event: what several rows of a participant say becomes records, occurrences and rows of groups."""

from __future__ import annotations

import pytest

from tests.conduct.importing.event_trial import ACTS, BASELINE, faults, lines, new_study, recorded, taking

HEAD = "acts:\n  rows: several\n" + ACTS + "  records:\n" + BASELINE


def mapping(columns: str, records: str, more: str = "", head: str = HEAD) -> str:
    return f"columns: {{{columns}}}\n{more}{head}{records}"


AES = mapping(
    "id: text, event: text, how: text",
    """\
  - form: ae
    visit: events
    numbered: true
    when: event IS NOT NULL
    values: {ae_term: event, ae_severity: "CASE how WHEN '1' THEN 'mild' WHEN '2' THEN 'severe' END"}
""",
)
AE_FILE = lines("id,event,how", "P1,rash,1", "P2,,", "P1,fever,2", "P1,cough,1")


def test_a_row_for_each_event_becomes_an_occurrence_for_each_in_the_order_of_the_file(tmp_path):
    report = taking(tmp_path, AE_FILE, AES)
    assert not report.errors
    found = [(p["occurrence"], p["values"]["ae_term"], p["values"]["ae_severity"]) for p in recorded(tmp_path, "ae")]
    assert found == [(1, "rash", "mild"), (2, "fever", "severe"), (3, "cough", "mild")]
    study = new_study(tmp_path)
    acts = [e.act.partition(", ")[2] for e in study.store.read(study.id, kinds=["form_recorded"])]
    assert acts == [
        "line 2+4-5, screening baseline",
        "line 2, events ae",
        "line 4, events ae 2",
        "line 5, events ae 3",
        "line 3, screening baseline",
    ]


def test_control_without_a_word_about_it_two_rows_of_one_participant_are_refused_and_the_remedy_is_true(tmp_path):
    alone = AES.replace("  rows: several\n", "")
    found = faults(tmp_path, AE_FILE, alone)
    assert [(f.code, f.where.line) for f in found] == [("import.participant_twice", 4), ("import.participant_twice", 5)]
    assert "write `rows: several` under `acts`" in found[0].mend
    assert "请在" in found[0].say("zh").mend


REDCAP = """\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,seen,better,alt,uln
1,baseline_arm_1,,,,,,
1,month_3_arm_1,,,2023-06-01,0,,
1,month_3_arm_1,lab,1,2023-06-02,,30,40
1,month_6_arm_1,,,2023-09-01,1,,
1,month_6_arm_1,lab,1,2023-09-02,,31,40
2,baseline_arm_1,,,,,,
"""
VISIT = (
    "CASE redcap_event_name WHEN 'month_3_arm_1' THEN 'every_3_months' WHEN 'month_6_arm_1' THEN 'every_3_months' END"
)
MONTH = "CASE redcap_event_name WHEN 'month_3_arm_1' THEN 1 WHEN 'month_6_arm_1' THEN 2 END"
REDCAP_MAP = mapping(
    "record_id: text, redcap_event_name: text, redcap_repeat_instrument: text, redcap_repeat_instance: integer, "
    "seen: date, better: boolean, alt: decimal, uln: decimal",
    f"""\
  - form: follow_up
    visit: every_3_months
    occurrence: "{MONTH}"
    when: redcap_repeat_instrument IS NULL AND seen IS NOT NULL
    values: {{seen_date: seen, progressed: NOT better}}
  - form: labs
    visit: "{VISIT}"
    occurrence: "{MONTH}"
    when: COALESCE(redcap_repeat_instrument = 'lab', FALSE)
    values: {{lab_date: seen, alt: alt, alt_uln: uln}}
""",
    "confirm:\n- {id: no_baseline, check: x1.baseline_missing, reason: {en: Taken elsewhere., zh: 在外院检查。}}\n"
    "ignore: [redcap_repeat_instance]\n".replace("ignore: [redcap_repeat_instance]\n", ""),
    HEAD.replace("participant: id", "participant: record_id"),
).replace("redcap_repeat_instance: integer, ", "")


def test_an_export_with_events_and_repeating_instruments_is_taken_in(tmp_path):
    report = taking(tmp_path, REDCAP, "ignore: [redcap_repeat_instance]\n" + REDCAP_MAP)
    assert not report.errors, report.errors[0].tell()
    seen = [
        (p["visit"], p["occurrence"], p["values"]["seen_date"], p["values"]["progressed"])
        for p in recorded(tmp_path, "follow_up")
    ]
    assert seen == [("every_3_months", 1, "2023-06-01", True), ("every_3_months", 2, "2023-09-01", False)]
    labs = [(p["occurrence"], p["values"]["alt"], p["observed"]) for p in recorded(tmp_path, "labs")]
    assert labs == [(1, "30", "2023-06-02"), (2, "31", "2023-09-02")]


def test_a_condition_on_an_empty_cell_is_told_with_a_remedy_that_works_when_it_is_followed(tmp_path):
    bare = REDCAP_MAP.replace("COALESCE(redcap_repeat_instrument = 'lab', FALSE)", "redcap_repeat_instrument = 'lab'")
    found = faults(tmp_path, REDCAP, "ignore: [redcap_repeat_instance]\n" + bare)
    assert {f.code for f in found} == {"import.neither"}
    assert [f.where.line for f in found] == [2, 3, 5, 7]
    assert "Complete the row" not in found[0].tell()
    clause = "COALESCE(redcap_repeat_instrument = 'lab', FALSE)"
    assert f"`{clause}`" in found[0].mend
    assert f"`{clause}`" in found[0].say("zh").mend
    mended = bare.replace("when: redcap_repeat_instrument = 'lab'", f"when: {clause}")
    assert not taking(tmp_path, REDCAP, "ignore: [redcap_repeat_instance]\n" + mended).errors


def test_a_question_of_a_medical_rule_is_confirmed_by_the_clause_that_the_finding_proposes(tmp_path):
    confirm = (
        "confirm:\n- {id: no_baseline, check: x1.baseline_missing, reason: {en: Taken elsewhere., zh: 在外院检查。}}\n"
    )
    high = REDCAP.replace(",30,40", ",300,40").replace(",31,40", ",310,40")
    asked = ("ignore: [redcap_repeat_instance]\n" + REDCAP_MAP).replace(confirm, "")
    found = faults(tmp_path, high, asked)
    assert {(f.code, f.where.line) for f in found} == {("form.soft", 4), ("form.soft", 6)}
    assert "confirm it under `confirm`" in found[0].mend
    assert "overrides" not in found[0].tell() + found[0].tell("zh")
    clause = "{id: x1_baseline_missing, check: x1.baseline_missing, reason: {en: ..., zh: ...}}"
    assert clause in found[0].mend
    assert clause in found[0].say("zh").mend
    report = taking(tmp_path, high, f"confirm:\n- {clause}\n{asked}")
    assert not report.errors
    told = [f for f in report.findings if f.code == "import.confirmed"]
    assert [(f.where.line, "x1.baseline_missing" in f.what) for f in told] == [(4, True), (6, True)]
    kept = [c for p in recorded(tmp_path, "labs") for c in p["checks"]]
    assert [(c["check"], c["reason"]) for c in kept] == [("x1.baseline_missing", "... / ...")] * 2


def test_a_confirmation_for_some_rows_only_leaves_the_others_asked(tmp_path):
    high = REDCAP.replace(",30,40", ",300,40").replace(",31,40", ",310,40")
    some = REDCAP_MAP.replace("check: x1.baseline_missing,", "check: x1.baseline_missing, when: alt < 305,")
    assert [f.where.line for f in faults(tmp_path, high, "ignore: [redcap_repeat_instance]\n" + some)] == [6]


def test_a_confirmation_that_nothing_asks_for_is_a_warning_and_one_that_no_form_knows_is_refused(tmp_path):
    report = taking(tmp_path, REDCAP, "ignore: [redcap_repeat_instance]\n" + REDCAP_MAP, dry_run=True)
    assert [f.code for f in report.findings].count("import.confirm_unused") == 1
    other = REDCAP_MAP.replace("check: x1.baseline_missing", "check: x9.baseline_missing")
    (finding,) = faults(tmp_path, REDCAP, "ignore: [redcap_repeat_instance]\n" + other)
    assert finding.code == "mapping.unknown_check"
    assert "x1. ..." in finding.why


LESIONS = lines("id,place,mm", "P1,liver,20", "P1,lung,15", "P2,,")
GROUPS = mapping(
    "id: text, place: text, mm: integer",
    """\
  - form: tumor
    visit: screening
    values: {scanned: 'TRUE'}
    groups:
      lesions:
      - values: {lesion: place, diameter: mm}
""",
)


def test_rows_of_the_file_become_rows_of_a_group(tmp_path):
    assert not taking(tmp_path, LESIONS, GROUPS).errors
    assert [p["groups"]["lesions"] for p in recorded(tmp_path, "tumor")] == [
        [{"lesion": "liver", "diameter": 20}, {"lesion": "lung", "diameter": 15}],
        [],
    ]


def test_columns_beside_one_another_become_rows_of_a_group_too(tmp_path):
    wide = lines("id,p1,mm1,p2,mm2", "P1,liver,20,lung,15", "P2,node,12,,")
    clauses = "      - values: {lesion: p1, diameter: mm1}\n      - values: {lesion: p2, diameter: mm2}\n"
    said = mapping(
        "id: text, p1: text, mm1: integer, p2: text, mm2: integer",
        f"  - form: tumor\n    visit: screening\n    groups:\n      lesions:\n{clauses}",
        head=HEAD.replace("  rows: several\n", ""),
    )
    assert not taking(tmp_path, wide, said).errors
    assert [[row["diameter"] for row in p["groups"]["lesions"]] for p in recorded(tmp_path, "tumor")] == [
        [20, 15],
        [12],
    ]


def test_what_is_wrong_in_a_row_of_a_group_is_told_at_its_line_and_can_be_accepted_there_alone(tmp_path):
    found = faults(tmp_path, LESIONS.replace("lung,15", "lung,").replace("liver,20", "liver,120"), GROUPS)
    assert [(f.code, f.where.line, f.where.path) for f in found] == [("form.soft", 2, "mm"), ("form.required", 3, "mm")]
    accept = (
        "accept:\n"
        "- {id: large, column: mm, when: mm > 100, reason: {en: Measured twice., zh: 已复测。}}\n"
        "- {id: lost, column: mm, when: mm IS NULL AND place = 'lung', becomes: null, reason: {en: Lost., zh: 遗失。}}\n"
    )
    spoiled = LESIONS.replace("lung,15", "lung,").replace("liver,20", "liver,120")
    assert not taking(tmp_path, spoiled, accept + GROUPS).errors
    (kept, _) = recorded(tmp_path, "tumor")
    assert {(c["check"], c["item"]) for c in kept["checks"]} == {
        ("diameter.range[1]", "lesions[1].diameter"),
        ("lost", "lesions[2].diameter"),
        ("large", "lesions[1].diameter"),
    }


def test_control_an_absence_accepted_in_one_row_of_a_group_excuses_no_other(tmp_path):
    accept = "accept:\n- {id: lost, column: mm, when: mm IS NULL AND place = 'lung', becomes: null, reason: {en: Lost., zh: 遗失。}}\n"
    both = lines("id,place,mm", "P1,liver,", "P1,lung,")
    assert [(f.code, f.where.line) for f in faults(tmp_path, both, accept + GROUPS)] == [("form.required", 2)]


def test_rows_that_say_different_things_about_one_record_are_told_with_both_lines(tmp_path):
    said = mapping("id: text, mm: integer", "  - {form: facts, visit: screening, values: {count_of: mm}}\n")
    (finding,) = faults(tmp_path, lines("id,mm", "P1,20", "P2,7", "P1,21"), said)
    assert (finding.code, finding.where.line) == ("import.rows_disagree", 4)
    assert "count_of is `21` here and `20` on line 2" in finding.what
    assert "第2行为`20`" in finding.say("zh").what
    assert not faults(tmp_path, lines("id,mm", "P1,20", "P2,7", "P1,"), said)


def test_a_row_that_stands_twice_is_told_where_rows_belong_together(tmp_path):
    report = taking(tmp_path, lines("id,place,mm", "P1,liver,20", "P1,liver,20"), GROUPS, dry_run=True)
    assert [(f.where.line, f.severity) for f in report.findings if f.code == "import.same_row"] == [(3, "warning")]


def test_a_visit_that_no_form_is_due_at_is_told_at_the_row_and_in_the_mapping(tmp_path):
    said = mapping("id: text, at: text, mm: integer", "  - {form: facts, visit: at, values: {count_of: mm}}\n")
    (finding,) = faults(tmp_path, lines("id,at,mm", "P1,events,1"), said)
    assert (finding.code, finding.where.line, finding.where.path) == ("import.unknown_visit", 2, "at")
    assert not faults(tmp_path, lines("id,at,mm", "P1,screening,1"), said)
    (finding,) = faults(
        tmp_path,
        lines("id,at,mm", "P1,a,1"),
        said.replace("visit: at", "visit: \"CASE at WHEN 'a' THEN 'screning' END\""),
    )
    assert finding.code == "rule.unknown_code"
    assert "screening" in finding.mend


@pytest.mark.parametrize(
    ("spoiled", "code", "words"),
    [
        (("lesions:", "lesion:"), "mapping.unknown_name", "no group of form tumor `lesion`"),
        (("diameter: mm", "diametre: mm"), "mapping.unknown_name", "Did you mean `diameter`?"),
        ((", diameter: mm", ""), "mapping.item_left_out", "asks for `diameter`"),
        (("diameter: mm", "diameter: place"), "rule.wrong_type", "whole number is needed"),
        (("- values: {lesion", "- when: mm\n        values: {lesion"), "rule.wrong_type", "true or false"),
        (("    values: {scanned: 'TRUE'}\n    groups:\n      lesions:\n      - values: {lesion: place, diameter: mm}\n", ""), "shape.", "it fills in nothing"),
        (("visit: screening\n    values: {scanned", "visit: screening\n    numbered: true\n    occurrence: '1'\n    values: {scanned"), "shape.", "either counted"),
    ],
)  # fmt: skip
def test_a_fault_in_what_fills_groups_is_told_before_any_row(spoiled, code, words, tmp_path):
    assert spoiled[0] in GROUPS
    found = [f for f in faults(tmp_path, LESIONS, GROUPS.replace(*spoiled)) if f.code.startswith(code)]
    assert words in found[0].tell()
    assert found[0].where.file.endswith("map.yaml")


def test_blank_rows_of_a_spreadsheet_are_passed_over_with_a_word(tmp_path):
    data = lines("id,place,mm", "P1,liver,20", ",,", "P2,,", ",,", ", ,", ",")
    report = taking(tmp_path, data, GROUPS)
    assert not report.errors
    assert [(f.where.line, f.severity) for f in report.findings if f.code == "import.blank_line"] == [
        (n, "warning") for n in (3, 5, 6, 7)
    ]
    assert "nothing but empty cells" in next(f.what for f in report.findings if f.code == "import.blank_line")
    assert len(recorded(tmp_path, "baseline")) == 2


def test_rows_are_left_out_for_a_reason_that_the_ledger_keeps(tmp_path):
    total = LESIONS + ",total,x\n"
    (unread,) = faults(tmp_path, total, GROUPS)
    assert unread.code == "import.not_an_integer"
    (finding,) = faults(tmp_path, LESIONS + ",total,35\n", GROUPS)
    assert finding.code == "import.no_value"
    clause = "{id: no_id, when: id IS NULL, reason: {en: ..., zh: ...}}"
    assert f"under `leave_out` in {tmp_path / 'map.yaml'}: {clause}" in finding.mend
    report = taking(tmp_path, total, f"leave_out:\n- {clause}\n{GROUPS}")
    assert not report.errors
    assert [f.where.line for f in report.findings if f.code == "import.left_out"] == [5]
    study = new_study(tmp_path)
    (noted,) = study.store.read(study.id, kinds=["file_imported"])
    assert noted.payload["accepted"] == {"leave_out.no_id": 1}


def test_a_day_that_has_not_come_yet_is_told_as_such_and_not_as_a_site_that_is_closed(tmp_path):
    said = GROUPS.replace("DATE '2023-03-01'", "DATE '2999-03-01'", 1)
    found = faults(tmp_path, LESIONS, said)
    assert {f.code for f in found} == {"import.future"}
    assert "2999-03-01, which is in the future" in found[0].what
    assert "晚于今日" in found[0].say("zh").what


# The first six participants of `colon` of R's package survival 3.8-3 (Intergroup 0035): one row for the recurrence
# (etype 1) and one for death (etype 2), which comes first.
COLON = """\
id,rx,sex,age,time,status,etype
1,Lev+5FU,1,43,1521,1,2
1,Lev+5FU,1,43,968,1,1
2,Lev+5FU,1,63,3087,0,2
2,Lev+5FU,1,63,3087,0,1
3,Obs,0,71,963,1,2
3,Obs,0,71,542,1,1
"""


def test_a_row_for_each_end_point_fills_one_record_together(tmp_path):
    said = mapping(
        "id: text, rx: text, sex: integer, age: integer, time: integer, status: boolean, etype: integer",
        """\
  - {form: outcome, visit: screening, when: etype = 2, values: {os_days: time, died: status}}
  - {form: outcome, visit: screening, when: etype = 1, values: {rec_days: time, recurred: status}}
""",
        "ignore: []\n",
    ).replace("age: '50', sex: \"'F'\"", "age: age, sex: CASE sex WHEN 1 THEN 'M' WHEN 0 THEN 'F' END")
    said = said.replace("arm: \"'A'\"", "arm: CASE rx WHEN 'Obs' THEN 'B' ELSE 'A' END")
    report = taking(tmp_path, COLON, said)
    assert not report.errors, report.errors[0].tell()
    kept = [
        tuple(p["values"][name] for name in ("os_days", "died", "rec_days", "recurred"))
        for p in recorded(tmp_path, "outcome")
    ]
    assert kept == [(1521, True, 968, True), (3087, False, 3087, False), (963, True, 542, True)]


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("A-1", "a-1"), ("SY-001", "SY-01")])
def test_numbers_that_look_alike_are_asked_about_and_kept_as_written_when_they_are_two_people(one, other, tmp_path):
    data = lines("id,place,mm", f"{one},liver,20", f"{other},lung,15")
    (finding,) = faults(tmp_path, data, GROUPS)
    assert (finding.code, finding.where.line, finding.where.path) == ("participant.alike", 3, "id")
    assert f"{other} looks like {one}" in finding.what
    clause = f"participants: ['{one}', '{other}'], reason: {{en: ..., zh: ...}}}}"
    assert clause in finding.mend
    assert clause in finding.say("zh").mend
    said = finding.mend[finding.mend.index("{id:") :]
    assert not taking(tmp_path, data, f"different:\n- {said}\n{GROUPS}").errors
    study = new_study(tmp_path)
    kept = [(e.participant, e.payload.get("looks_like")) for e in study.store.read(study.id, kinds=["screened"])]
    assert kept == [(one, None), (other, one)]


def test_a_number_in_full_width_digits_is_told_under_its_own_column(tmp_path):
    (finding,) = faults(tmp_path, lines("id,place,mm", "Ｐ１,liver,20"), GROUPS)
    assert (finding.code, finding.where.path) == ("participant.number", "id")
