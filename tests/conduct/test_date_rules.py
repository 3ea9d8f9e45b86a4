"""What becomes of a date that does not agree is what the protocol says: asked about, kept as a deviation, or refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from equipoise.analysis.deviations import list_deviations
from equipoise.cli.language import Voice
from equipoise.cli.query_lines import query_lines
from equipoise.conduct.acts import Act, CorrectDate, CorrectValue, RecordForm, Screen, Withdraw
from equipoise.conduct.folder.query_list import list_queries
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.following import noticing
from equipoise.conduct.following.noticing import KEYS
from equipoise.datacut import freeze
from equipoise.protocol.identity import protocol_digest
from equipoise.visits import DateRules
from tests.conduct.small_trial import Trial, open_trial
from tests.conduct.test_noticing import LATER, PAST, dated, moved, queries, seen, study
from tests.spec.minimal import minimal_protocol

SECOND = """
forms:
- {id: second_scan, title: {en: Second, zh: 二}, date_item: second_date, items: [{id: second_date, label: {en: Date, zh: 日期}, type: date}]}
visits:
- {id: month_1, forms: [scan, second_scan]}
"""
DIED = "forms: [{id: death, items: [{id: death_date, cdash: DTHDAT}]}]"


def played(*acts: Callable[[Trial], Act], dates: str = "") -> Trial:
    trial = open_trial(PAST, DIED, *filter(None, (dates,)))
    trial.randomized()
    trial.clock.append(LATER)
    for act in acts:
        trial.do(act(trial))
    return trial


def death(_trial: Trial) -> Act:
    return RecordForm("P1", "notes", "death", {"death_date": "2024-04-20"})


# Key to what stands before, and the act that brings the date about which does not agree.
BROUGHT: dict[str, tuple[tuple[Callable[[Trial], Act], ...], Callable[[Trial], Act]]] = {
    "window": ((), lambda _: seen("2024-06-20")),
    "order": ((lambda _: seen("2024-05-01"),), lambda _: dated("scan", "month_1", "2024-05-02")),
    "acts": ((), lambda _: CorrectDate("P1", "enrollment", "2024-02-03", "misread")),
    "opening": ((), lambda _: Screen("P2", "S01", "2024-01-31")),
    "consent": ((), lambda _: dated("harm", "harms", "2024-01-20")),
    "leaving": ((lambda _: seen("2024-05-01"),), lambda _: Withdraw("P1", "2024-04-20", "moved", "follow_up")),
    "death": ((lambda _: seen("2024-05-01"),), death),
}


def said(key: str, held: str) -> str:
    return f"dates: {{{key}: {held}}}"


def test_there_is_a_case_for_every_key():
    assert set(BROUGHT) == set(DateRules.model_fields) == set(KEYS.values())


@pytest.mark.parametrize("key", BROUGHT)
def test_where_nothing_is_said_it_is_asked_and_so_it_is_where_asked_is_said(key):
    before, act = BROUGHT[key]
    for dates in ("", said(key, "asked")):
        trial = played(*before, dates=dates)
        receipt = trial.do(act(trial))
        assert [KEYS[row["check"]] for row in queries(trial) if row["status"] == "open"] == [key]
        assert "was opened" in receipt.summary
        trial.check_whole()


@pytest.mark.parametrize("key", BROUGHT)
def test_what_is_kept_is_a_deviation_about_which_nobody_is_asked(key):
    before, act = BROUGHT[key]
    trial = played(*before, dates=said(key, "kept"))
    receipt = trial.do(act(trial))
    assert [(KEYS[row["check"]], row["status"]) for row in queries(trial)] == [(key, "closed")]
    assert "1 deviation kept" in receipt.summary and "was opened" not in receipt.summary and not receipt.findings
    assert "保留偏离1项" in receipt.say("zh")
    assert [KEYS[check] for check in study_status(study(trial)).noticed] == [key]
    assert [KEYS[row["check"]] for row in list_deviations(freeze(study(trial), arms="hidden"))["noticed"]] == [key]
    trial.check_whole()


@pytest.mark.parametrize("key", BROUGHT)
def test_what_is_refused_leaves_the_refusal_alone_and_names_the_key(key):
    before, act = BROUGHT[key]
    trial = played(*before, dates=said(key, "refused"))
    head = trial.head()
    refusal = trial.refused(act(trial))
    assert [one.code for one in refusal.findings] == ["date.refused"]
    assert (
        f"dates.{key}: refused" in refusal.findings[0].mend
        and f"dates.{key}: refused" in refusal.findings[0].say("zh").mend
    )
    assert trial.kinds(after=head) == ["refused"]
    trial.check_whole()


def test_a_kept_deviation_that_a_correction_mends_is_none_any_more():
    trial = played(lambda _: seen("2024-06-20"), dates=said("window", "kept"))
    trial.do(moved("2024-05-01"))
    assert study_status(study(trial)).noticed == {}
    trial.do(moved("2024-06-21"))
    assert study_status(study(trial)).noticed == {"visit.window": 1}
    trial.check_whole()


def test_a_kept_deviation_is_told_as_such_in_the_list_of_queries():
    trial = played(lambda _: seen("2024-06-20"), dates=said("window", "kept"))
    of = study(trial)
    for language, words in (("en", "kept as a deviation on"), ("zh", "作为偏离保留")):
        lines = query_lines(trial.desk.protocol, list_queries(of, statuses=("closed",)), Voice(language))
        assert any(words in line for line in lines)


def test_what_stood_before_does_not_refuse_another_form_of_the_same_visit():
    """Taken in under another version of the protocol, say: whoever adds to it brings nothing about."""
    trial = played(lambda _: dated("scan", "month_1", "2024-01-15"), dates=SECOND)
    trial.desk.protocol = trial.desk.protocol.model_copy(update={"dates": DateRules(window="refused")})
    trial.do(RecordForm("P1", "month_1", "second_scan", {"second_date": "2024-03-02"}))
    assert trial.codes(CorrectValue("P1", "month_1", "scan", "scan_date", "2024-01-14", "worse")) == ["date.refused"]


def test_a_protocol_without_the_key_keeps_its_digest():
    plain = minimal_protocol()
    assert protocol_digest(plain) == protocol_digest(minimal_protocol("dates: {window: asked}"))
    assert protocol_digest(plain) != protocol_digest(minimal_protocol("dates: {window: kept}"))


def test_control_a_desk_that_ignores_the_key_asks_about_everything(monkeypatch):
    monkeypatch.setattr(noticing, "_held", lambda *_: "asked")
    for test in (
        test_what_is_kept_is_a_deviation_about_which_nobody_is_asked,
        test_what_is_refused_leaves_the_refusal_alone_and_names_the_key,
    ):
        with pytest.raises(AssertionError):
            test("window")
