"""What the system notices against the protocol: days outside a window or out of order, and corrections after chance."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from equipoise.analysis.deviations import list_deviations
from equipoise.conduct import desk as desk_module
from equipoise.conduct.acts import CloseQuery, Consent, CorrectValue, RecordForm
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import Study
from equipoise.conduct.state.query import DEVIATIONS, UNCLOSED
from equipoise.datacut import freeze
from tests.chinese import english_in, holds_chinese
from tests.conduct.small_trial import Trial, open_trial
from tests.seeing import SeenStudy

LATER = datetime(2026, 6, 1, 8, tzinfo=UTC)  # randomized on 2024-02-01: the visits are planned for 1 May, 30 July ...
PAST = """
forms:
- {id: scan, title: {en: Scan, zh: 影像}, date_item: scan_date, items: [{id: scan_date, label: {en: Date, zh: 日期}, type: date}]}
- id: harm
  title: {en: Adverse event, zh: 不良事件}
  domain: AE
  date_item: harm_date
  items: [{id: harm_date, label: {en: Began on, zh: 开始日期}, type: date}]
visits:
- {id: screening, forms: [baseline, checkup, scan], past_forms: [scan]}
- {id: month_1, label: {en: Month 1, zh: 第1个月}, anchor: randomization, day: 30, forms: [scan]}
- {id: harms, label: {en: Harms, zh: 不良事件}, kind: log, forms: [harm]}
"""
STRATA = "factors: [{id: sex, label: {en: Sex, zh: 性别}}]"


@pytest.fixture
def trial() -> Trial:
    opened = open_trial(PAST)
    opened.randomized()
    opened.clock.append(LATER)
    return opened


def queries(trial: Trial) -> list[dict]:
    rows = trial.store.projection(trial.study, "queries").values()
    return [row for row in rows if row["check"] in DEVIATIONS]


def study(trial: Trial) -> Study:
    return SeenStudy(Path(), trial.desk.protocol, trial.desk.digest, trial.store)


def checks(trial: Trial) -> list[str]:
    return [row["check"] for row in queries(trial) if row["status"] in UNCLOSED]


def seen(day: str, occurrence: int = 1, reason: str = "") -> RecordForm:
    return RecordForm(
        "P1",
        "every_3_months",
        "follow_up",
        {"seen_date": day, "progressed": False},
        occurrence=occurrence,
        reason=reason,
    )


def dated(form: str, visit: str, day: str) -> RecordForm:
    return RecordForm("P1", visit, form, {f"{form}_date": day})


def moved(day: str) -> CorrectValue:
    return CorrectValue("P1", "every_3_months", "follow_up", "seen_date", day, "mistyped")


@pytest.mark.parametrize(
    ("day", "occurrence", "said"),
    [
        ("2024-05-01", 1, None),
        ("2024-04-17", 1, None),  # the first day of the window
        ("2024-05-15", 1, None),  # and its last
        ("2024-04-16", 1, "1 days too early"),
        ("2024-05-16", 1, "1 days too late"),
        ("2024-07-30", 2, None),
        ("2024-05-01", 2, "76 days too early"),
        ("1999-01-01", 1, "before randomization (2024-02-01)"),
        ("2024-01-31", 1, "before randomization (2024-02-01)"),
        ("2025-11-01", 1, "535 days too late"),
    ],
)
def test_a_visit_outside_its_window_is_asked_about_and_recorded(trial, day, occurrence, said):
    trial.do(seen(day, occurrence))
    asked = queries(trial)
    assert [row["check"] for row in asked] == ([] if said is None else ["visit.window"])
    for row in asked:
        text = row["steps"][0]["text"]
        assert said in text["en"]
        assert holds_chinese(text["zh"])
        assert not english_in(text["zh"].replace("every_3_months", ""))
        assert (row["visit"], row["occurrence"], row["form"], row["items"]) == (
            "every_3_months",
            occurrence,
            "follow_up",
            ["seen_date"],
        )
    trial.check_whole()


def test_control_a_desk_that_looks_at_no_day_takes_a_visit_of_1999_in_silence(trial, monkeypatch):
    monkeypatch.setattr(desk_module, "decide_notices", lambda *_: [])
    trial.do(seen("1999-01-01"))
    assert queries(trial) == []


def test_whoever_records_it_is_told_at_once(trial):
    receipt = trial.do(seen("1999-01-01"))
    assert "query" in receipt.summary.lower()
    assert any("before randomization" in finding.say("en").what + finding.say("en").why for finding in receipt.findings)


def test_a_correction_that_mends_it_closes_the_query_and_ends_the_deviation(trial):
    trial.do(seen("1999-01-01"), moved("2024-05-01"))
    assert [row["status"] for row in queries(trial)] == ["closed"]
    assert study_status(study(trial)).noticed == {}
    trial.do(moved("2024-08-01"))
    assert checks(trial) == ["visit.window"]
    trial.check_whole()


def test_what_a_person_closes_with_a_reason_stays_a_deviation_and_is_not_asked_again(trial):
    trial.do(seen("2024-06-01"))
    [asked] = queries(trial)
    trial.do(CloseQuery("P1", asked["query"], "the participant was abroad"), as_="zhao")
    trial.do(CorrectValue("P1", "every_3_months", "follow_up", "progressed", True, "read again"))
    assert checks(trial) == []
    assert study_status(study(trial)).noticed == {"visit.window": 1}
    trial.do(moved("2024-06-20"))
    assert checks(trial) == ["visit.window"]


def test_a_visit_of_several_forms_is_asked_about_once(trial):
    trial.do(
        RecordForm(
            "P1",
            "screening",
            "checkup",
            {"seen_on": "2025-06-01", "height": "170", "mass": "60", "smoker": False, "stopped": False},
        )
    )
    trial.do(CorrectValue("P1", "screening", "baseline", "visit_date", "2025-06-01", "mistyped"))
    assert checks(trial) == ["visit.window"]


def test_a_form_that_tells_of_the_past_may_lie_before_the_window_and_not_after_it(trial):
    trial.do(dated("scan", "screening", "2023-11-01"))
    assert checks(trial) == []
    trial.do(CorrectValue("P1", "screening", "scan", "scan_date", "1987-11-01", "mistyped"))
    assert checks(trial) == ["visit.window"]
    assert "days from its planned day" in queries(trial)[0]["steps"][0]["text"]["en"]
    trial.do(CorrectValue("P1", "screening", "scan", "scan_date", "2023-11-01", "mistyped"))
    assert checks(trial) == []
    trial.do(CorrectValue("P1", "screening", "scan", "scan_date", "2024-03-20", "mistyped"))
    assert checks(trial) == ["visit.window"]


@pytest.mark.parametrize(
    ("day", "asked"),
    [("2024-03-02", []), ("2024-08-30", []), ("2024-09-30", ["visit.window"]), ("2024-01-15", ["visit.window"])],
)
def test_a_visit_without_a_window_is_asked_about_when_it_lies_half_a_year_off_or_before_its_anchor(trial, day, asked):
    trial.do(dated("scan", "month_1", day))
    assert checks(trial) == asked


def test_visits_in_the_wrong_order_are_asked_about(trial):
    trial.do(seen("2024-07-30", 2), dated("scan", "month_1", "2024-08-01"))
    assert checks(trial) == ["visit.order"]
    assert "after Every 3 months (2)" in queries(trial)[0]["steps"][0]["text"]["en"]


def test_a_visit_before_the_one_that_comes_before_it_is_asked_about(trial):
    trial.do(dated("scan", "month_1", "2024-06-01"), seen("2024-05-10"))
    assert checks(trial) == ["visit.order"]
    assert "before Month 1" in queries(trial)[0]["steps"][0]["text"]["en"]


def test_an_adverse_event_before_consent_is_asked_about(trial):
    trial.do(dated("harm", "harms", "2024-02-01"))
    assert checks(trial) == []
    trial.do(CorrectValue("P1", "harms", "harm", "harm_date", "2023-02-01", "mistyped"))
    assert checks(trial) == ["event.before_consent"]


def corrected(item: str, value: object) -> CorrectValue:
    return CorrectValue("P1", "screening", "baseline", item, value, "mistyped")


def test_a_correction_that_changes_the_stratum_is_told_and_the_true_one_is_noted(trial):
    trial.do(corrected("sex", "M"))
    [asked] = queries(trial)
    assert (asked["check"], asked["form"]) == ("allocation.stratum", None)
    assert "Sex: used F, now M" in asked["steps"][0]["text"]["en"]
    assert "用F，现为M" in asked["steps"][0]["text"]["zh"]
    [noted] = [entry.payload for entry in trial.entries() if entry.kind == "true_stratum_recorded"]
    assert (noted["factors"], noted["by"]) == ({"sex": "M"}, "system")
    people = freeze(study(trial), arms="hidden").participants
    assert people.select("used_sex", "true_sex").row(0) == ("F", "M")
    assert study_status(study(trial)).noticed == {"allocation.stratum": 1}
    trial.check_whole()


def test_a_correction_back_to_the_stratum_that_was_used_mends_it(trial):
    trial.do(corrected("sex", "M"), corrected("sex", "F"))
    assert checks(trial) == []
    noted = [entry.payload["factors"] for entry in trial.entries() if entry.kind == "true_stratum_recorded"]
    assert noted == [{"sex": "M"}, {"sex": "F"}]
    trial.check_whole()


def test_a_correction_that_takes_eligibility_away_is_told(trial):
    trial.do(corrected("age", 16))
    [asked] = queries(trial)
    assert asked["check"] == "allocation.eligibility"
    assert "I1 (Adults)" in asked["steps"][0]["text"]["en"]
    trial.do(corrected("age", 61))
    assert checks(trial) == []


def test_a_correction_before_the_allocation_raises_nothing():
    trial = open_trial(PAST)
    trial.enrolled()
    trial.do(corrected("sex", "M"), corrected("age", 16))
    assert queries(trial) == []


def test_control_without_the_rule_a_changed_stratum_is_taken_in_silence(trial, monkeypatch):
    monkeypatch.setattr(desk_module, "decide_notices", lambda *_: [])
    trial.do(corrected("sex", "M"))
    assert "true_stratum_recorded" not in trial.kinds()
    assert queries(trial) == []


def test_the_cut_lists_what_was_noticed_beside_what_was_reported(trial):
    trial.do(seen("2024-06-01"), corrected("sex", "M"))
    cut = freeze(study(trial), arms="hidden")
    noticed = list_deviations(cut)["noticed"]
    assert [(row["check"], row["participant"]) for row in noticed] == [
        ("visit.window", "P1"),
        ("allocation.stratum", "P1"),
    ]
    assert all(row["text_en"] and row["text_zh"] for row in noticed)


def test_the_cut_lists_what_a_person_closed_and_not_what_a_correction_mended(trial):
    trial.do(seen("2024-06-01"), seen("2024-06-20", 2))
    first, _ = queries(trial)
    trial.do(CloseQuery("P1", first["query"], "the participant was abroad"), as_="zhao")
    noticed = lambda: [row["occurrence"] for row in list_deviations(freeze(study(trial), arms="hidden"))["noticed"]]  # noqa: E731
    assert noticed() == [1, 2]
    trial.do(CorrectValue("P1", "every_3_months", "follow_up", "seen_date", "2024-07-30", "mistyped", occurrence=2))
    assert [row["status"] for row in queries(trial)] == ["closed", "closed"]
    assert noticed() == [1]


def test_an_event_before_consent_is_not_asked_about_twice_where_the_form_asks_itself():
    check = "{id: after, severity: query, rule: harm_date >= consented_date, message: {en: Early, zh: 过早}}"
    trial = open_trial(PAST, f"forms: [{{id: harm, checks: [{check}]}}]")
    trial.randomized()
    trial.clock.append(LATER)
    trial.do(dated("harm", "harms", "2023-02-01"))
    assert checks(trial) == []


def test_visits_whose_windows_overlap_may_come_in_either_order():
    wide = "visits: [{id: half_year, label: {en: Half a year, zh: 半年}, anchor: randomization, day: 175, window: {before: 30, after: 30}, forms: [follow_up]}]"
    trial = open_trial(PAST, wide)
    trial.randomized()
    trial.clock.append(LATER)
    half = RecordForm("P1", "half_year", "follow_up", {"seen_date": "2024-08-10", "progressed": False})
    trial.do(half, seen("2024-07-30", 2))
    assert checks(trial) == []


@pytest.mark.parametrize(
    ("anchor", "word"), [("consent", "知情同意"), ("enrollment", "入选"), ("randomization", "随机分组")]
)
def test_the_moment_from_which_a_visit_counts_is_named(anchor, word):
    visit = f"visits: [{{id: later, label: {{en: Later, zh: 后续}}, anchor: {anchor}, day: 30, window: {{before: 3, after: 3}}, forms: [scan]}}]"
    trial = open_trial(PAST, visit)
    trial.randomized()
    trial.clock.append(LATER)
    trial.do(dated("scan", "later", "2023-12-01"))
    [text] = [row["steps"][0]["text"] for row in queries(trial)]
    assert f"before {anchor} (2024-02-01)" in text["en"]
    assert f"早于其前的{word}" in text["zh"]


@pytest.mark.parametrize("order", [1, -1])
def test_somebody_who_was_seen_after_the_day_of_death_is_asked_about_in_either_order(order):
    trial = open_trial(PAST, "forms: [{id: death, items: [{id: death_date, cdash: DTHDTC}]}]")
    trial.randomized()
    trial.clock.append(LATER)
    for act in (RecordForm("P1", "events", "death", {"death_date": "2024-04-20"}), seen("2024-05-01"))[::order]:
        trial.do(act)
    (asked,) = [row for row in queries(trial) if row["check"] == "visit.after_death"]
    said = asked["steps"][0]["text"]
    assert all("2024-04-20" in said[language] and "2024-05-01" in said[language] for language in ("en", "zh"))


def test_somebody_who_was_randomized_after_the_day_of_death_is_asked_about_until_it_is_mended():
    trial = open_trial(PAST, "forms: [{id: death, items: [{id: death_date, cdash: DTHDTC}]}]")
    trial.randomized()
    trial.clock.append(LATER)
    trial.do(RecordForm("P1", "events", "death", {"death_date": "2024-01-20"}))
    (asked,) = [row for row in queries(trial) if row["check"] == "act.after_death"]
    said = asked["steps"][0]["text"]
    assert "screening is dated 2024-02-01" in said["en"] and "died on 2024-01-20" in said["en"]
    assert "筛选的日期为2024-02-01" in said["zh"]
    trial.do(CorrectValue("P1", "events", "death", "death_date", "2024-04-20", "misread"))
    (asked,) = [row for row in queries(trial) if row["check"] == "act.after_death"]
    assert asked["status"] == "closed"
    trial.do(Consent("P1", "2024-05-02"))
    (_, asked) = [row for row in queries(trial) if row["check"] == "act.after_death"]
    assert "consent is dated 2024-05-02" in asked["steps"][0]["text"]["en"] and asked["status"] == "open"
    trial.check_whole()
