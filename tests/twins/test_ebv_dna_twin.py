"""Frames of EBV DNA are the plain functions, row by row and series by series.

Status, patterns and days have no tolerance. Values have one of 1e-15 (relative): a factor of copies per IU is multiplied
exactly and rounded once in the plain way, and in binary numbers in the frame.
"""

from datetime import date, timedelta
from itertools import product

import numpy as np
import polars as pl
import pytest

from equipoise.medicine.ebv_dna import Clearance, Measurement, Sample, derive_clearance, derive_result, reaches
from equipoise.medicine.ebv_dna.frame import clearance_frame, result_frame

FIELDS = (
    "value",
    "unit",
    "detected",
    "lod",
    "loq",
    "copies_per_iu",
    "copies_per_reaction",
    "elution_ul",
    "pcr_ul",
    "plasma_ml",
)
VALUES = (None, -1.0, 0.0, 4.0, 10.0, 40.0, 50.0, 1500.0, float("nan"), float("inf"))
ROWS = [
    (*row[:6], *reaction)
    for row in product(VALUES, (None, "copies_per_ml", "iu_per_ml"), (None, True, False), (None, 0.0, 10.0), (None, 50.0),
                       (None, 0.28, -1.0))
    for reaction in ((None,) * 4, (3.0, 50.0, 5.0, 0.5), (3.0, 50.0, 0.0, 0.5), (0.0, 50.0, 5.0, 0.5))
]  # fmt: skip
TYPES = [pl.Float64, pl.String, pl.Boolean, *[pl.Float64] * 7]


def close(a, b):
    return a == b or (None not in (a, b) and isinstance(a, float) and abs(a - b) <= 1e-15 * abs(b))


def apart(threshold, plain=derive_result):
    frame = result_frame(pl.DataFrame(ROWS, schema=dict(zip(FIELDS, TYPES, strict=True)), orient="row"), threshold)
    found = frame.select("status", "copies_per_ml", "lod_copies_per_ml", "reached").rows()
    bad = []
    for row, ours in zip(ROWS, found, strict=True):
        said = plain(Measurement(**dict(zip(FIELDS, row, strict=True))))
        theirs = (said.status, said.copies_per_ml, said.lod_copies_per_ml, reaches(said, threshold))
        if not all(close(a, b) for a, b in zip(ours, theirs, strict=True)):
            bad.append((row, ours, theirs))
    return bad


@pytest.mark.parametrize("threshold", [0, 10, 1500])
def test_a_frame_of_results_is_the_plain_function(threshold):
    assert apart(threshold) == []


def test_control_a_rule_that_ignores_the_laboratorys_word_is_noticed():
    def careless(m):
        return derive_result(Measurement(m.value, m.unit, None, m.lod, m.loq, m.copies_per_iu))

    assert apart(0, careless)


PHASES = ("baseline", "early", "intermediate", "late", "other")


def drawn(participants=1500, seed=3):
    rng = np.random.default_rng(seed)
    made = {}
    for who in range(participants):
        phases = [phase for phase in PHASES for _ in range(rng.integers(0, 3))]
        made[f"P{who}"] = [
            Sample(date(2024, 1, 1) + timedelta(days=21 * place), phase, (None, True, False)[rng.integers(0, 3)],
                   (None, 0.0, float(rng.integers(1, 9000)))[rng.integers(0, 3)])
            for place, phase in enumerate(phases)
        ]  # fmt: skip
    return {who: samples for who, samples in made.items() if samples}


def series_apart(made, planned, plain=derive_clearance):
    rows = [(who, s.day, s.phase, s.reached, s.copies_per_ml) for who, samples in made.items() for s in samples]
    schema = {
        "participant": pl.String,
        "day": pl.Date,
        "phase": pl.String,
        "reached": pl.Boolean,
        "copies_per_ml": pl.Float64,
    }
    frame = clearance_frame(pl.DataFrame(rows, schema=schema, orient="row"), planned)
    found = {row[0]: Clearance(*row[1:]) for row in frame.rows()}
    assert list(found) == list(made)
    return [
        (who, found[who], plain(samples, planned))
        for who, samples in made.items()
        if found[who] != plain(samples, planned)
    ]


@pytest.mark.parametrize("planned", [("early", "intermediate", "late"), ("intermediate",), ()])
def test_a_frame_of_series_is_the_plain_function(planned):
    made = drawn()
    assert series_apart(made, planned) == []
    assert len({derive_clearance(samples, planned).pattern for samples in made.values()}) == 8


def test_control_series_read_backwards_are_noticed():
    made = drawn(200)
    assert series_apart(made, (), lambda samples, planned: derive_clearance(samples[::-1], planned))
