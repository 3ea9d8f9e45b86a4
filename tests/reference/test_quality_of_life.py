"""Scores of the QLQ-C30 against PROscorer's way of working them out, on random answers of which some are missing.

Recipe: raybaser/PROscorer, commit eb01e000, R/qlq_c30.R with PROscorerTools::scoreScale: items of functioning scales are
turned round (5 - answer), the mean of those answered is laid from 0 to 100, NaN when more than half are missing (okmiss =
0.50). Items as that file lists them. No R was run: the steps are repeated here in numpy in its order. Tolerance: the same
sums in another order, 1e-12 of 100.
"""

import math

import numpy as np
import pytest

from equipoise.medicine.quality_of_life import score_answers, scoring
from equipoise.medicine.quality_of_life.scales import ScoredScale

# name: (items, reversed)
PROSCORER = {
    "ql": (range(29, 31), False), "pf": (range(1, 6), True), "rf": (range(6, 8), True), "ef": (range(21, 25), True),
    "cf": ((20, 25), True), "sf": (range(26, 28), True), "fa": ((10, 12, 18), False), "nv": (range(14, 16), False),
    "pa": ((9, 19), False), "dy": ((8,), False), "sl": ((11,), False), "ap": ((13,), False), "co": ((16,), False),
    "di": ((17,), False), "fi": ((28,), False),
}  # fmt: skip


def their_scores(answers):
    found = {}
    for name, (items, turned) in PROSCORER.items():
        values = np.array([np.nan if answers[item] is None else answers[item] for item in items], dtype=float)
        least, most = (1, 7) if name == "ql" else (1, 4)
        values = least + most - values if turned else values
        too_few = np.isnan(values).mean() > 0.5
        found[name] = math.nan if too_few else (np.nanmean(values) - least) * 100 / (most - least)
    parts = [
        found[n] if n in ("pf", "rf", "ef", "cf", "sf") else 100 - found[n] for n in PROSCORER if n not in ("ql", "fi")
    ]
    found["summary"] = float(np.mean(parts))
    return found


def random_answers(seed):
    rng = np.random.default_rng(seed)
    missing = rng.random() * 0.5
    return {
        item: None if rng.random() < missing else int(rng.integers(1, 8 if item > 28 else 5)) for item in range(1, 31)
    }


def differences(seeds):
    found = []
    for seed in seeds:
        answers = random_answers(seed)
        ours, theirs = score_answers("qlq_c30", answers), their_scores(answers)
        for name, score in theirs.items():
            given = math.nan if ours[name] is None else ours[name]
            if not (math.isnan(given) and math.isnan(score)) and given != pytest.approx(score, abs=1e-10):
                found.append((seed, name, ours[name], score))
    return found


def test_scores_are_proscorers():
    assert differences(range(300)) == []


def test_control_a_scale_that_is_not_turned_round_is_noticed(monkeypatch):
    plain = scoring.score_scale

    def forgetful(scale, answers):
        if scale.id != "rf":
            return plain(scale, answers)
        return plain(ScoredScale(scale.id, scale.items, scale.lowest, scale.highest, "symptom", scale.name), answers)

    monkeypatch.setattr(scoring, "score_scale", forgetful)
    assert {name for _, name, *_ in differences(range(40))} == {"rf", "summary"}
