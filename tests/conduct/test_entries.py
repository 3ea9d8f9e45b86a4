"""Every kind of entry is declared once: named in both languages, applied alike by every reader, and told without its words gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.entries.applying import with_facts
from equipoise.conduct.replay.kinds import KIND_OF, KINDS
from equipoise.conduct.replay.receipt import sentence_of, summarize, warnings_of
from equipoise.conduct.state.state import ParticipantState
from equipoise.ledger import Entry, Fact
from equipoise.protocol.scope import BUILT_INS
from equipoise.words import fields_of
from tests.conduct.small_trial import BASELINE, DAY, open_trial

ASKING = """
forms:
- id: baseline
  checks:
  - {id: grown_up, rule: age >= 45, severity: query, message: {en: Too young, zh: 年龄过小}}
  - {id: heavy, rule: weight >= 40, severity: query, message: {en: Too light, zh: 体重过轻}}
"""


def entry(kind: str, payload: dict | None, seq: int = 7) -> Entry:
    return Entry("DEMO", seq, kind, "a", "li", "", "S01", "P1", "2024-03-01T08:00:00.000Z", payload, "", "", "", "")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_said_in_both_languages_with_the_same_facts(kind):
    english, chinese = kind.sentence
    assert fields_of(english) == fields_of(chinese)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)
    assert not english.endswith(".")


def test_the_kinds_have_names_of_their_own_and_make_known_what_rules_may_name():
    assert len(KIND_OF) == len(KINDS)
    assert {name for kind in KINDS for name in kind.makes_known} == BUILT_INS.keys() - {
        "participant",
        "site",
        "cut_date",
    }


def test_what_can_be_erased_with_its_whole_says_what_goes_with_it():
    by_erasure = {how: [kind.name for kind in KINDS if kind.erasure == how] for how in {kind.erasure for kind in KINDS}}
    assert by_erasure["alone"] == ["form_drafted", "deviation_reported", "refused"]
    assert by_erasure["record"] == ["form_recorded"]
    assert sorted(by_erasure["with_record"]) == ["record_kept", "value_corrected"]
    assert by_erasure["query"] == ["query_raised"]
    assert sorted(by_erasure["with_query"]) == ["query_answered", "query_closed", "query_reopened"]


def test_every_entry_of_a_busy_study_is_told_in_both_languages():
    trial = open_trial(ASKING)
    trial.randomized("P1")
    trial.randomized("P2", age=44, weight="35.0")
    trial.do(a.Withdraw("P1", "2024-02-10", "tired", "treatment"), a.ReportDeviation("P1", DAY, "visit", "late"))
    trial.do(a.MarkInError("P2", "too light"), a.RecordTrueStratum("P2", {"sex": "M"}, "misread"))
    trial.do(a.Pause("label", "sex=F"), a.Resume("label", "sex=F"), a.CloseSite("S02", DAY), as_="ma")
    trial.refused(a.Randomize("P1", DAY))
    trial.do(a.Lock("final", open_queries=2), as_="custodian")
    trial.both(a.Unlock("late data"))
    told = {entry.kind: (sentence_of(entry), sentence_of(entry, "zh")) for entry in trial.entries()}
    assert told["withdrawn"] == ("P1 withdrew from treatment", "P1已退出治疗")
    assert told["study_paused"] == ("Stratum sex=F is paused", "分层sex=F已暂停")
    assert told["locked"] == ("The study is locked with 2 queries not closed", "研究已锁定，尚有2项质疑未关闭")
    assert told["refused"] == ("`randomize` was refused", "“randomize”被拒绝")
    assert told["study_opened"][0] == "The study is opened with version 1.0 of the protocol"
    for english, chinese in told.values():
        assert "{" not in english + chinese


def test_a_receipt_tells_the_queries_of_the_system_in_both_languages():
    trial = open_trial(ASKING)
    trial.consented()
    light = a.RecordForm("P1", "screening", "baseline", {**BASELINE, "age": 44, "weight": "35.0"})
    opened = trial.do(light)
    first, second = (f"Q{entry.seq:04d}" for entry in opened.entries[1:])
    assert f"; queries {first}, {second} were opened" in opened.summary
    assert f"；已生成质疑{first}、{second}" in opened.say("zh")
    assert [finding.say("zh").what for finding in opened.findings] == [f"已生成质疑{first}", f"已生成质疑{second}"]
    mended = trial.do(replace(light, values={**BASELINE, "age": 50, "weight": "60.0"}, reason="typo"))
    assert f"; queries {first}, {second} were closed" in mended.summary
    assert f"；质疑{first}、{second}已关闭" in mended.say("zh")
    one = trial.do(replace(light, values={**BASELINE, "age": 44, "weight": "60.0"}, reason="misread"))
    trial.do(a.Lock("final", open_queries=1), as_="custodian")
    assert sentence_of(trial.entries()[-1]) == "The study is locked with 1 query not closed"
    assert "was opened" in one.summary


def test_nothing_to_change_and_an_unknown_kind_are_said_too():
    assert summarize((), None, "zh") == "无需更改：已有相同记录。"
    stranger = entry("moon_landed", {})
    assert sentence_of(stranger) == "moon landed"
    assert warnings_of((stranger,)) == ()


def test_looking_ahead_leaves_the_participant_alone():
    person = ParticipantState("P1", "S01", DAY)
    said = {"date": DAY, "version": "1.0"}
    gone = {"date": DAY, "extent": "consent", "reason": "no"}
    after = with_facts(person, [Fact("consented", said, "P1", "S01"), Fact("withdrawn", gone, "P1", "S01")], KIND_OF)
    assert (after.status, person.status, person.consents, person.withdrawals) == ("withdrawn", "screened", [], [])
