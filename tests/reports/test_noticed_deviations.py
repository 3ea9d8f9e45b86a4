"""The report lists what the system noticed beside what people reported, in either language and with its entry."""

from __future__ import annotations

import pytest

from equipoise.conduct.state.query import DEVIATIONS
from equipoise.reports import context
from equipoise.reports.words import words_in


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_noticed_deviation_has_its_name_and_its_text(language):
    noticed = [
        {"seq": seq, "date": "2024-05-01", "participant": "P1", "check": check, "text_en": "late", "text_zh": "过晚"}
        for seq, check in enumerate(DEVIATIONS, start=7)
    ]
    reported = {
        "total": 1,
        "participants": 1,
        "listed": [{"seq": 5, "category": "visit", "text": "x"}],
        "noticed": noticed,
    }
    told = context._deviations(reported, words_in(language), language)
    assert [row["seq"] for row in told["listed"]] == [5, *range(7, 7 + len(DEVIATIONS))]
    assert {row["text"] for row in told["listed"][1:]} == {"late" if language == "en" else "过晚"}
    assert len({row["category"] for row in told["listed"]}) == 1 + len(DEVIATIONS)
    assert str(len(DEVIATIONS)) in told["words"]


def test_a_result_of_before_has_none():
    told = context._deviations({"total": 0, "participants": 0, "listed": []}, words_in("en"), "en")
    assert told["listed"] == []


@pytest.mark.parametrize(
    ("total", "people", "said"),
    [(1, 1, "1 deviation was reported, in 1 participant."), (2, 1, "2 deviations were"), (3, 2, "in 2 participants.")],
)
def test_one_is_told_as_one(total, people, said):
    reported = {"total": total, "participants": people, "listed": []}
    assert said in context._deviations(reported, words_in("en"), "en")["words"]
    assert f"{total} 次方案偏离，涉及 {people} 名受试者" in context._deviations(reported, words_in("zh"), "zh")["words"]
