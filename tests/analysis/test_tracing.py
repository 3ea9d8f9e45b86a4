"""A number leads to its rows, and each row to the entries: who, when, what, corrected why."""

import json
from datetime import date

import polars as pl
import pytest

from equipoise.analysis import trace
from equipoise.analysis.tracing import TracedEntry, trace_all
from equipoise.findings import Refusal
from tests.analysis.trial import Trial, small_trial, write_analysis
from tests.spec.minimal import minimal_protocol


@pytest.fixture
def analyzed(tmp_path):
    trial = small_trial(tmp_path, 12)
    trial.correct("P001", "events", "death", "death_date", "2024-04-05", "2024-04-06")
    write_analysis(trial, out=tmp_path / "out")
    return trial, tmp_path / "out"


def test_a_result_leads_to_its_rows_and_their_entries(analyzed):
    trial, out = analyzed
    traced = trace(trial, "os_km.A", out=out)
    assert traced.total == len(traced.rows) == traced.result["n"] == 6
    assert [e.kind for e in traced.rows[0].entries] == [
        "allocated",
        "form_recorded",
        "form_recorded",
        "value_corrected",
    ]
    assert traced.rows[0].entries[-1].says["reason"] == "misread"
    assert all(entry.participant == row.participant for row in traced.rows for entry in row.entries)


def test_the_name_of_an_analysis_traces_every_result_that_it_gives(analyzed):
    trial, out = analyzed
    both = trace_all(trial, "os_km", out=out)
    assert [one.result["id"] for one in both] == ["os_km.B", "os_km.A"]
    assert [one.total for one in both] == [6, 6]
    assert trace_all(trial, "os_km.A", out=out) == both[1:]
    assert [one.result["id"] for one in trace_all(trial, "os_km", out=out, participant="P001")] == ["os_km.A"]
    assert [len(one.rows) for one in trace_all(trial, "os_km", out=out, limit=2)] == [2, 2]


@pytest.mark.parametrize(
    ("name", "participant", "code"),
    [
        ("os", None, "trace.no_such_result"),
        ("os_km", "P999", "trace.not_in_result"),
        ("os_km.A", "P002", "trace.not_in_result"),
    ],
)
def test_an_analysis_that_is_not_there_and_a_person_who_is_in_none_of_it_are_said(analyzed, name, participant, code):
    trial, out = analyzed
    with pytest.raises(Refusal) as refused:
        trace_all(trial, name, out=out, participant=participant)
    assert refused.value.findings[0].code == code


def test_one_participant_can_be_asked_for(analyzed):
    trial, out = analyzed
    assert [r.participant for r in trace(trial, "os_logrank", out=out, participant="P002").rows] == ["P002"]


def test_the_trace_reads_as_text(analyzed):
    trial, out = analyzed
    text = "\n".join(trace(trial, "os_km.A", out=out).lines(1))
    assert "dr-li (investigator)  value_corrected  death.death_date: 2024-04-05 -> 2024-04-06 (misread)" in text
    assert "5 more rows" in text


def test_the_seal_of_an_allocation_is_not_printed(analyzed):
    trial, out = analyzed
    assert "v1." not in "\n".join(trace(trial, "os_logrank", out=out).lines())


def test_the_newest_analysis_is_found_by_itself(analyzed):
    trial, _ = analyzed
    write_analysis(trial, out=trial.folder / "reports" / "entry-20", entry=20)
    write_analysis(trial, out=trial.folder / "reports" / "entry-60", entry=60)
    assert trace(trial, "os_km.A").result["cut"] == 60


@pytest.mark.parametrize(
    ("result", "participant", "code"),
    [("os_km.Z", None, "trace.no_such_result"), ("os_km.A", "P002", "trace.not_in_result")],
)
def test_what_is_not_there_is_said(analyzed, result, participant, code):
    trial, out = analyzed
    with pytest.raises(Refusal) as refused:
        trace(trial, result, out=out, participant=participant)
    assert refused.value.findings[0].code == code


def test_control_rows_that_name_an_entry_beyond_the_cut_are_refused(analyzed):
    trial, out = analyzed
    path = out / "rows" / "os_km.A.parquet"
    rows = pl.read_parquet(path)
    rows.with_columns(pl.lit([9999], dtype=pl.List(pl.Int64)).alias("seqs")).write_parquet(path)
    with pytest.raises(Refusal, match="not found"):
        trace(trial, "os_km.A", out=out)


def test_control_results_of_another_ledger_are_refused(analyzed):
    trial, out = analyzed
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    for result in results["results"]:
        result["head"] = "0" * 64
    (out / "results.json").write_text(json.dumps(results), encoding="utf-8")
    with pytest.raises(Refusal, match="is not the one that was analyzed"):
        trace(trial, "os_km.A", out=out)


def _emptied(out):
    (out / "results.json").write_text("[]", encoding="utf-8")


def _without_a_cut(out):
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    del results["results"][0]["cut"]
    (out / "results.json").write_text(json.dumps(results), encoding="utf-8")


def _without_rows(out):
    (out / "rows" / "os_logrank.parquet").unlink()


def _cut_short(out):
    file = out / "rows" / "os_logrank.parquet"
    file.write_bytes(file.read_bytes()[:200])


def _of_something_else(out):
    pl.DataFrame({"participant": ["P001"], "age": [5]}).write_parquet(out / "rows" / "os_logrank.parquet")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_emptied, "trace.no_results"),
        (_without_a_cut, "trace.no_results"),
        (_without_rows, "trace.no_rows"),
        (_cut_short, "trace.no_rows"),
        (_of_something_else, "trace.no_rows"),
    ],
)
def test_a_damaged_analysis_folder_is_told_and_not_stumbled_over(analyzed, damage, code):
    trial, out = analyzed
    damage(out)
    with pytest.raises(Refusal) as refused:
        trace(trial, "os_logrank", out=out)
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize(("blinding", "told"), [("double", False), ("open", True)])
def test_what_was_analyzed_blind_is_traced_blind(tmp_path, blinding, told):
    recorded = {"kind": "recorded", "description": {"en": "Envelopes", "zh": "信封"}}
    changes = ({"randomization": {"blinding": blinding, "scheme": None}}, {"randomization": {"scheme": recorded}})
    trial = Trial(tmp_path, protocol=minimal_protocol(*changes))
    trial.enter("P001", date(2024, 1, 5))
    said = {"date": "2024-01-05", "arm": "B", "factors": {"sex": "F"}, "source": "envelope 7, arm B"}
    trial.say("enrolled", {"date": "2024-01-05", "verdicts": {}}, "P001")
    trial.say("allocation_recorded", said, "P001")
    write_analysis(trial, out=tmp_path / "out")
    text = "\n".join(trace(trial, "os_logrank", out=tmp_path / "out").lines())
    assert "allocation_recorded" in text
    assert ("arm=B" in text, "envelope 7" in text) == (told, told)


def test_a_trace_reads_in_chinese(analyzed):
    trial, out = analyzed
    text = "\n".join(trace(trial, "os_km.A", out=out).lines(1, "zh"))
    assert "方法kaplan_meier，终点os" in text
    assert "条目" in text
    assert "另有5行" in text


def test_what_was_erased_is_told_as_such():
    entry = TracedEntry(
        3, "form_recorded", "dr-li", "investigator", "S01", "P001", "2024-01-01T08:00:00", "ab" * 32, None
    )
    assert "(erased)" in entry.line()
    assert "（已删除）" in entry.line("zh")


def test_notes_of_a_result_are_told_in_both_languages(tmp_path):
    trial = Trial(tmp_path)
    trial.enter("P001", date(2024, 1, 10), arm="A")
    write_analysis(trial, out=tmp_path / "out")
    traced = trace(trial, "os_logrank", out=tmp_path / "out")
    assert any(line.startswith("note: there are not two groups to compare; ") for line in traced.lines())
    assert any(line.startswith("备注：没有两个可比较的组；") for line in traced.lines(language="zh"))


def test_a_study_without_an_analysis_says_so(tmp_path):
    trial = Trial(tmp_path)
    for out, code in ((None, "trace.no_analysis"), (tmp_path / "nowhere", "trace.no_results")):
        with pytest.raises(Refusal) as refused:
            trace(trial, "os_logrank", out=out)
        assert [finding.code for finding in refused.value.findings] == [code]
