"""The sums of target lesions in arrays of courses by assessments: fragments, coalesced lesions, what is missing.

The vectorized half of `sums.py`; the same rules, in the same words, lengths in micrometers. Polars and NumPy are
imported when it is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.medicine.recist.gathering import LesionGrid, coded, find_keys, micrometers_of, place_rows
from equipoise.medicine.recist.lesions import NODE_NORMAL_BELOW, STATES, TOO_SMALL

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Array = np.ndarray[Any, Any]

__all__ = ["Targets", "gather_targets"]

MEASURED, TOO_SMALL_STATE, DISAPPEARED, _, MERGED = range(len(STATES))


@dataclass(frozen=True, slots=True)
class Targets:
    """`any_lesions`, `baseline` (-1 when not known) for each course; the others for each course and assessment."""

    any_lesions: Array
    baseline: Array
    measured: Array
    complete: Array
    gone: Array
    disease: Array


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows in order of `key`: course, place and lesion in one number, of which `cell` is course and place.

    `size` is -1 where it cannot be known, `said` whether the row calls its lesion a node (-1: it does not say),
    `parent` the lesion it split from and `into` the one that it coalesced into, -1 for none. `names` is how many
    lesions have names.
    """

    key: Array
    cell: Array
    course: Array
    place: Array
    lesion: Array
    size: Array
    merged: Array
    said: Array
    parent: Array
    into: Array
    names: int


@dataclass(frozen=True, slots=True)
class _Baseline:
    """The lesions to follow, in order of `key` (course and lesion), each with its course and whether it is a node."""

    key: Array
    course: Array
    node: Array
    total: Array


def gather_targets(rows: pl.DataFrame, grid: LesionGrid) -> Targets:
    """Columns: participant, number, lesion, diameter_mm, state, node, split_from, merged_into."""
    import numpy as np

    read = _read_rows(rows, grid)
    base = _read_baseline(read, grid)
    belongs, counted = _find_owners(read, base, grid)
    incomplete, holder, all_nodes = _hold_mergers(read, base, grid, belongs, counted)
    node = np.where(
        belongs >= 0,
        base.node[belongs] if base.node.size else False,
        np.where(read.said >= 0, read.said == 1, all_nodes),
    )
    summed = (counted & ~read.merged) | holder
    incomplete += np.bincount(read.cell[summed & (read.size < 0)], minlength=incomplete.size)
    valued = summed & (read.size >= 0)
    seen = valued & np.where(node, read.size >= NODE_NORMAL_BELOW, read.size > 0)
    measured = np.bincount(read.cell[valued], weights=read.size[valued], minlength=incomplete.size).astype(np.int64)
    disease = np.bincount(read.cell[seen], minlength=incomplete.size) > 0
    complete = incomplete == 0
    return Targets(
        any_lesions=np.bincount(base.course, minlength=grid.courses) > 0,
        baseline=base.total,
        measured=measured.reshape(grid.shape),
        complete=complete.reshape(grid.shape),
        gone=(complete & ~disease).reshape(grid.shape),
        disease=disease.reshape(grid.shape),
    )


def _read_rows(rows: pl.DataFrame, grid: LesionGrid) -> _Rows:
    """Each lesion's first row at each assessment."""
    import numpy as np
    import polars as pl

    placed, names = place_rows(
        rows.filter(pl.col("lesion").is_not_null()), grid, ("lesion", "split_from", "merged_into")
    )
    placed = (
        placed.with_columns(
            state=coded("state", STATES, MEASURED),
            length=micrometers_of("diameter_mm"),
            said=pl.col("node").cast(pl.Int64).fill_null(-1),
        )
        .with_columns(key=(pl.col("course") * grid.width + pl.col("place")) * names + pl.col("lesion"))
        .unique("key", keep="first")
        .sort("key")
    )
    key, course, place, lesion, state, length, said, into = (
        placed[name].to_numpy()
        for name in ("key", "course", "place", "lesion", "state", "length", "said", "merged_into")
    )
    size = np.select(
        [state == MEASURED, state == TOO_SMALL_STATE, state == DISAPPEARED],
        [length, np.where(length >= 0, length, TOO_SMALL), 0],
        -1,
    )
    parent = _last_told_split(placed)
    return _Rows(key, key // names, course, place, lesion, size, state == MERGED, said, parent, into, names)


def _read_baseline(rows: _Rows, grid: LesionGrid) -> _Baseline:
    """The sum is -1 where one of the lesions was not measured."""
    import numpy as np

    first = (rows.place == 0) & ~rows.merged
    course, size = rows.course[first], rows.size[first]
    unknown = np.bincount(course[size < 0], minlength=grid.courses) > 0
    total = np.bincount(course, weights=np.maximum(size, 0), minlength=grid.courses).astype(np.int64)
    key = course * rows.names + rows.lesion[first]
    return _Baseline(key, course, rows.said[first] == 1, np.where(unknown, -1, total))


def _find_owners(rows: _Rows, base: _Baseline, grid: LesionGrid) -> tuple[Array, Array]:
    """To which lesion of the baseline each row belongs: itself, or the one it was last said to have split from.

    And whether it counts: the row of a lesion that fell apart is only its name, unless it was measured.
    """
    import numpy as np

    own = find_keys(base.key, rows.course * rows.names + rows.lesion)
    split = find_keys(base.key, rows.course * rows.names + rows.parent)
    belongs = np.where(own >= 0, own, np.where(rows.parent >= 0, split, -1))
    later = rows.place > 0
    fragment = later & (belongs >= 0) & (own < 0)
    split_there = np.unique(belongs[fragment] * grid.width + rows.place[fragment])
    fell_apart = (own >= 0) & (find_keys(split_there, own * grid.width + rows.place) >= 0)
    only_a_name = fell_apart & (rows.size < 0) & ~rows.merged
    return belongs, later & (belongs >= 0) & ~only_a_name


def _hold_mergers(
    rows: _Rows, base: _Baseline, grid: LesionGrid, belongs: Array, counted: Array
) -> tuple[Array, Array, Array]:
    """How many lesions are lost in each cell; which rows hold coalesced ones; and whether all
    that these hold are nodes.
    """
    import numpy as np

    held = counted & rows.merged
    own = base.key[belongs] == rows.course * rows.names + rows.lesion if base.key.size else np.zeros(held.shape, bool)
    own_into = np.where(held & own, rows.into, -1)
    lost, carried, carried_of = _carry_mergers(
        grid, base.course, (belongs[counted], rows.place[counted], own_into[counted])
    )
    # A lesion that is merged into nothing is not evaluable: it is held by its own row, which has no size.
    named = np.where(rows.into >= 0, rows.into, rows.lesion)[held]
    into = np.concatenate([rows.cell[held] * rows.names + named, carried[0] * rows.names + carried[1]])
    of = np.concatenate([belongs[held], carried_of])
    row = find_keys(rows.key, into)
    found = (row >= 0) & (rows.size[row] >= 0 if rows.size.size else False)
    cells = np.concatenate([lost, (into // rows.names)[~found]])
    holder = np.zeros(rows.size.shape, dtype=bool)
    holder[row[found]] = True
    all_nodes = np.ones(rows.size.shape, dtype=bool)
    np.logical_and.at(all_nodes, row[found], base.node[of[found]])
    return np.bincount(cells, minlength=grid.courses * grid.width), holder, all_nodes


def _last_told_split(placed: pl.DataFrame) -> Array:
    """The lesion from which each row's lesion was last said, after baseline, to have split; -1 where nobody said so."""
    import numpy as np
    import polars as pl

    told = pl.when((pl.col("split_from") >= 0) & (pl.col("place") > 0)).then("split_from")
    if not placed.select(told.is_not_null().any()).item():
        return np.full(placed.height, -1)
    return (
        placed.select(told.forward_fill().over("course", "lesion", order_by="place").fill_null(-1))
        .to_series()
        .to_numpy()
    )


def _carry_mergers(
    grid: LesionGrid, base_course: Array, rows: tuple[Array, Array, Array]
) -> tuple[Array, tuple[Array, Array], Array]:
    """Lesions without a row: the cells where one is lost, and (cell, holder) with its lesion where it is merged still.

    `rows`: of each counted row the lesion of the baseline, the place, and the holder its own row names (-1 for none).
    """
    import numpy as np

    belongs, place, into = rows
    silent, nowhere = -2, -1
    told = np.full((base_course.size, grid.width), silent)
    told[belongs, place] = nowhere
    told[belongs[into >= 0], place[into >= 0]] = into[into >= 0]
    last = told.copy()
    for now in range(2, grid.width):
        last[:, now] = np.where(told[:, now] == silent, last[:, now - 1], told[:, now])
    length = np.bincount(grid.visits["course"].to_numpy(), minlength=grid.courses)[base_course]
    steps = np.arange(grid.width)
    absent = (told == silent) & (steps > 0) & (steps < length[:, None])
    lesion, where = np.nonzero(absent)
    holder = last[lesion, where]
    cells = base_course[lesion] * grid.width + where
    held = holder >= 0
    return cells[~held], (cells[held], holder[held]), lesion[held]
