"""Scores of the QLQ-C30 and its head and neck modules, worked out by hand; what a missing answer and a change of 10 points mean."""

from datetime import date

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from equipoise.medicine.quality_of_life import INSTRUMENTS, change_of, score_answers, summary_score
from equipoise.medicine.quality_of_life.scales import instrument_of

BEST = dict.fromkeys(range(1, 29), 1) | {29: 7, 30: 7}
WORST = dict.fromkeys(range(1, 29), 4) | {29: 1, 30: 1}


def test_the_best_and_the_worst_answers_are_the_ends_of_every_scale():
    best, worst = score_answers("qlq_c30", BEST), score_answers("qlq_c30", WORST)
    for scale in instrument_of("qlq_c30").scales:
        assert {best[scale.id], worst[scale.id]} == {0, 100}
        assert best[scale.id] == (100 if scale.high_is_good else 0)
    assert (best["summary"], worst["summary"]) == (100, 0)


def test_scores_are_those_worked_out_by_hand():
    answers = BEST | {1: 3, 2: 2, 3: 2, 4: 1, 5: 1, 10: 2, 12: 3, 18: 3, 20: 2, 25: 4, 29: 5, 30: 4, 8: 2}
    scores = score_answers("qlq_c30", answers)
    assert scores["pf"] == pytest.approx(100 * (1 - (9 / 5 - 1) / 3))  # mean 1.8
    assert scores["fa"] == pytest.approx(100 * (8 / 3 - 1) / 3)
    assert scores["cf"] == pytest.approx(100 * (1 - (3 - 1) / 3))
    assert scores["ql"] == pytest.approx(100 * (4.5 - 1) / 6)
    assert scores["dy"] == pytest.approx(100 / 3)
    # 13 scales: 73.33 + 33.33 + 3 x 100 functions, 100 - 55.56, 100 - 33.33, and six symptoms that are absent
    assert scores["summary"] == pytest.approx((73.3333333 + 33.3333333 + 300 + 44.4444444 + 66.6666667 + 600) / 13)


def test_a_scale_needs_half_of_its_items():
    half = {21: 2, 22: 2}
    assert score_answers("qlq_c30", half)["ef"] == pytest.approx(100 * 2 / 3)
    assert score_answers("qlq_c30", {21: 2})["ef"] is None
    assert score_answers("qlq_c30", {1: 2, 2: 2})["pf"] is None  # two of five
    assert score_answers("qlq_c30", {10: 2})["fa"] is None  # one of three
    assert score_answers("qlq_c30", {6: 4})["rf"] == 0  # one of two
    assert score_answers("qlq_c30", {})["summary"] is None


def test_the_summary_needs_all_its_thirteen_scales_and_neither_global_health_nor_money():
    for left_out in (28, 29):
        answers = {item: answer for item, answer in BEST.items() if item not in (left_out, 30)}
        assert score_answers("qlq_c30", answers)["summary"] == 100
    assert score_answers("qlq_c30", {item: answer for item, answer in BEST.items() if item != 8})["summary"] is None
    assert summary_score({"pf": 50.0}) is None


def test_an_answer_that_does_not_exist_counts_as_none():
    assert score_answers("qlq_c30", {6: 5, 7: 2})["rf"] == pytest.approx(100 * 2 / 3)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_item_belongs_to_one_scale(name):
    items = instrument_of(name).items
    assert items == tuple(range(1, {"qlq_c30": 30, "qlq_hn35": 35, "qlq_hn43": 43}[name] + 1))


def test_modules_are_flagged_until_their_maps_are_verified():
    assert [name for name, verified in INSTRUMENTS.items() if not verified] == ["qlq_hn35", "qlq_hn43"]
    assert "verify" in method_of("qlq_hn43_scores").source
    assert "verify" not in method_of("qlq_c30_scores").source


def test_yes_and_no_items_run_from_0_to_100():
    scores = score_answers("qlq_hn35", {31: 2, 32: 1, 11: 4})
    assert (scores["painkillers"], scores["supplements"], scores["dry_mouth"]) == (100, 0, 100)


@pytest.mark.parametrize(
    ("score", "baseline", "good", "expected"),
    [
        (60, 50, True, "better"),
        (59.9, 50, True, "stable"),
        (40, 50, True, "worse"),
        (60, 50, False, "worse"),
        (40, 50, False, "better"),
        (50 + 10 * (1 - 1e-12), 50, True, "better"),
        (None, 50, True, None),
        (50, None, True, None),
    ],
)
def test_ten_points_are_a_change(score, baseline, good, expected):
    assert change_of(score, baseline, high_is_good=good) == expected


def moment(visit, day, **values):
    return Observation(date(2025, 3, day), visit, 1, values)


def test_a_form_gets_scores_and_a_wrong_answer_is_refused():
    method = method_of("qlq_c30_scores")
    given = method.derive(moment("v", 1, **{f"q{item}": answer for item, answer in BEST.items()}), [], {})
    assert given.values["pf"] == 100
    assert set(given.values) == set(method.outputs)
    wrong = method.derive(moment("v", 1, q6=7, q29=7), [], {})
    assert [(one.code, one.names, one.severity) for one in wrong.remarks] == [("answer_out_of_range", ("q6",), "hard")]
    assert "1" in wrong.remarks[0].say("zh").why


def test_a_change_is_counted_from_the_last_baseline_visit():
    derive = method_of("quality_of_life_change").derive
    before = [moment("screening", 1, score=70.0), moment("baseline", 2, score=60.0), moment("week_4", 3, score=10.0)]
    options = {"baseline_visits": ("screening", "baseline"), "high_is": "bad", "threshold": 10}
    assert derive(moment("week_8", 9, score=80.0), before, options).values == {"change": 20.0, "verdict": "worse"}
    assert derive(moment("baseline", 2, score=60.0), before[:1], options).values["verdict"] is None
    assert derive(moment("week_8", 9, score=80.0), [], options).values["change"] is None
