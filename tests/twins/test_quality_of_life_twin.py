"""Scores of a table of questionnaires are the scores of each, missing and impossible answers included."""

import numpy as np
import polars as pl
import pytest

from equipoise.medicine.quality_of_life import INSTRUMENTS, score_answers
from equipoise.medicine.quality_of_life.frames import score_frame
from equipoise.medicine.quality_of_life.scales import instrument_of


def answers(name, rows, seed):
    rng = np.random.default_rng(seed)
    columns = {}
    for item in instrument_of(name).items:
        _, highest = instrument_of(name).answers_of(item)
        drawn = rng.integers(0, highest + 2, rows)  # 0 and one too many do not exist
        columns[f"q{item}"] = [
            None if hole else int(one) for one, hole in zip(drawn, rng.random(rows) < 0.2, strict=True)
        ]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def scores_by_row(name, table):
    plain = [
        score_answers(name, {int(key[1:]): value for key, value in row.items()}) for row in table.iter_rows(named=True)
    ]
    return [list(one.values()) for one in plain], list(plain[0])


def agree(name, table):
    plain, scales = scores_by_row(name, table)
    columns = score_frame(table, name).select(scales).rows()
    return all(
        (a is None) == (b is None) and (a is None or a == pytest.approx(b, abs=1e-9))
        for one, other in zip(plain, columns, strict=True)
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_table_is_scored_as_its_rows_are(name):
    assert agree(name, answers(name, 400, 7))


def test_complete_questionnaires_have_their_summary():
    table = pl.DataFrame({f"q{item}": [1, 2, 3] for item in range(1, 31)})
    assert agree("qlq_c30", table)
    assert score_frame(table, "qlq_c30", score_prefix="s_")["s_summary"].null_count() == 0


def test_an_item_without_a_column_was_not_asked():
    table = answers("qlq_c30", 50, 3).drop("q8", "q29")
    assert agree("qlq_c30", table)
    assert score_frame(table, "qlq_c30")["dy"].null_count() == 50


def test_control_scores_of_other_rows_are_noticed():
    table = answers("qlq_c30", 50, 3)
    plain, scales = scores_by_row("qlq_c30", table)
    shifted = score_frame(table.reverse(), "qlq_c30").select(scales).rows()
    assert [tuple(row) for row in plain] != shifted
