"""Nobody is half a participant, and in a trial of one arm nobody is randomized."""

from __future__ import annotations

import re

import pytest

from equipoise.reports.design_document.numbers import count, whole
from equipoise.reports.figures import flow_figure
from equipoise.reports.words import words_in

_ARM = {"received": 3, "withdrew": {}, "withdrew_reasons": {}, "in_error": 1, "in_set": 4, "analyzed": 4}
LABELS = {arm: {"en": arm, "zh": arm} for arm in ("A", "B", "masked_A", "masked_B")}


def drawn(arms, language, received=3):
    columns = [_ARM | {"arm": arm, "allocated": 4, "not_analyzed": {}, "received": received} for arm in arms]
    counts = dict.fromkeys(("not_consented", "withdrew_before", "not_yet_known"), 0)
    flow = counts | {"screened": 5, "not_randomized": 1, "excluded_by_criterion": [], "randomized": 4, "arms": columns}
    labels = {arm: LABELS[arm] for arm in LABELS if arm.removeprefix("masked_") in arms}
    return re.sub(r"<[^>]*>|\s+", " ", flow_figure(flow, labels, words_in(language), language))


@pytest.mark.parametrize(("language", "word"), [("en", "andomi"), ("en", "llocat"), ("zh", "随机"), ("zh", "分配")])
def test_the_flow_of_one_arm_randomizes_nobody(language, word):
    assert word not in drawn(["A"], language)
    assert word not in drawn(["A"], language, None)


def test_control_the_flow_of_two_arms_does():
    assert "Randomized: 4" in drawn(["A", "B"], "en")
    assert "llocat" in drawn(["A", "B"], "en")


@pytest.mark.parametrize(
    ("needed", "said"), [(21.5, "22"), (21.01, "22"), (43.0, "43"), (43 + 1e-9, "43"), (1200.2, "1,201")]
)
def test_people_are_whole_and_rounded_up(needed, said):
    assert whole(needed) == said


def test_control_an_expected_number_keeps_its_decimal():
    assert count(21.5) == "21.5"
    assert whole(None) == count(None)
