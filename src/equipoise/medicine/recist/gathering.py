"""Frames of lesion rows into arrays of participants by assessments: the sums of targets, and what the others say.

The vectorized half of `sums.py` and `responses.py`; the same rules, in the same words. Polars and NumPy are imported when
it is called, because a protocol imports this room and must be checked in a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.medicine.recist.words import NODE_NORMAL_BELOW, STATES, STATUSES, TOO_SMALL

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Array = np.ndarray[Any, Any]

__all__ = [
    "Grid",
    "NewLesions",
    "NonTargets",
    "Targets",
    "gather_news",
    "gather_nontargets",
    "gather_targets",
    "lay_out",
]

MEASURED, TOO_SMALL_STATE, DISAPPEARED, _, MERGED = range(len(STATES))
PRESENT, ABSENT, PROGRESSION, _ = range(len(STATUSES))


@dataclass(frozen=True, slots=True)
class Grid:
    """Courses by assessments: `visits` has `course` and `place` for each row, `width` is the longest course."""

    visits: pl.DataFrame
    courses: int
    width: int

    @property
    def shape(self) -> tuple[int, int]:
        """Courses by assessments."""
        return self.courses, self.width


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
class NonTargets:
    """`any_lesions` for each course; the others for each course and assessment."""

    any_lesions: Array
    progression: Array
    evaluated: Array
    gone: Array
    present_again: Array


@dataclass(frozen=True, slots=True)
class NewLesions:
    """For each course and assessment; `since` is the place to which the unequivocal ones are dated."""

    definite: Array
    suspected: Array
    since: Array


def lay_out(assessments: pl.DataFrame) -> Grid:
    """A baseline begins a course; what comes before the first one belongs to none."""
    import polars as pl

    visits = (
        assessments.sort("participant", "number", maintain_order=True)
        .with_columns(nth=pl.col("baseline").cast(pl.Int32).cum_sum().over("participant"))
        .filter(pl.col("nth") > 0)
        .with_columns(course=pl.struct("participant", "nth").rle_id().cast(pl.Int64))
        .with_columns(place=pl.int_range(pl.len(), dtype=pl.Int64).over("course"))
    )
    if not visits.height:
        return Grid(visits, 0, 0)
    return Grid(visits, int(visits["course"][-1]) + 1, int(visits["place"].max()) + 1)  # type: ignore[arg-type]


def _placed(rows: pl.DataFrame, grid: Grid, texts: tuple[str, ...]) -> tuple[pl.DataFrame, int]:
    """The rows at their course and place, the texts that name lesions as whole numbers, -1 for none."""
    import polars as pl

    names = pl.concat([rows[text] for text in texts]).drop_nulls().unique().sort()
    codes = [pl.col(text).cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(-1) for text in texts]
    where = grid.visits.select("participant", "number", "course", "place")
    return rows.join(where, on=["participant", "number"], how="inner", maintain_order="left").with_columns(codes), max(
        len(names), 1
    )


def _coded(column: str, codes: tuple[str, ...], missing: int) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.Enum(codes)).to_physical().cast(pl.Int64).fill_null(missing)


def _micrometers(column: str) -> pl.Expr:
    """Whole micrometers; -1 for what is no length."""
    import polars as pl

    mm = pl.col(column).cast(pl.Float64)
    return pl.when(mm.is_finite() & (mm >= 0)).then((mm * 1000).round(mode="half_to_even")).otherwise(-1).cast(pl.Int64)


def _find(sorted_keys: Array, keys: Array) -> Array:
    """Where each key stands among the sorted ones; -1 where it does not."""
    import numpy as np

    if not sorted_keys.size:
        return np.full(keys.shape, -1)
    found = np.minimum(np.searchsorted(sorted_keys, keys), sorted_keys.size - 1)
    return np.where(sorted_keys[found] == keys, found, -1)


def gather_targets(rows: pl.DataFrame, grid: Grid) -> Targets:
    """Columns: participant, number, lesion, diameter_mm, state, node, split_from, merged_into."""
    import numpy as np
    import polars as pl

    placed, names = _placed(rows.filter(pl.col("lesion").is_not_null()), grid, ("lesion", "split_from", "merged_into"))
    placed = (
        placed.with_columns(
            state=_coded("state", STATES, MEASURED),
            um=_micrometers("diameter_mm"),
            said=pl.col("node").cast(pl.Int64).fill_null(-1),
        )
        .with_columns(key=(pl.col("course") * grid.width + pl.col("place")) * names + pl.col("lesion"))
        .unique("key", keep="first")
        .sort("key")
    )
    column = {name: placed[name].to_numpy() for name in ("key", "course", "place", "lesion", "state", "um", "said")}
    course, place, lesion, state, key = (column[name] for name in ("course", "place", "lesion", "state", "key"))
    cell = key // names
    size = np.select(
        [state == MEASURED, state == TOO_SMALL_STATE, state == DISAPPEARED],
        [column["um"], np.where(column["um"] >= 0, column["um"], TOO_SMALL), 0],
        -1,
    )
    merged = state == MERGED

    first = (place == 0) & ~merged
    base = course[first] * names + lesion[first]  # sorted, as the keys are
    base_course, base_node = course[first], column["said"][first] == 1
    unknown = np.bincount(base_course[size[first] < 0], minlength=grid.courses) > 0
    total = np.bincount(base_course, weights=np.maximum(size[first], 0), minlength=grid.courses).astype(np.int64)

    # To which lesion of the baseline a row belongs: itself, or the one it was last said to have split from.
    own = _find(base, course * names + lesion)
    parent = _last_told_split(placed)
    split = _find(base, course * names + parent)
    belongs = np.where(own >= 0, own, np.where(parent >= 0, split, -1))
    later = place > 0
    fragment = later & (belongs >= 0) & (own < 0)
    split_there = np.unique(belongs[fragment] * grid.width + place[fragment])
    only_a_name = later & (own >= 0) & (size < 0) & ~merged & (_find(split_there, own * grid.width + place) >= 0)
    counted = later & (belongs >= 0) & ~only_a_name

    held = counted & merged
    own_into = np.where(held & (own >= 0), placed["merged_into"].to_numpy(), -1)
    lost, carried, carried_of = _carry_mergers(grid, base_course, (belongs[counted], place[counted], own_into[counted]))
    # A lesion that is merged into nothing is not evaluable: it is held by its own row, which has no size.
    holder_code = np.where(placed["merged_into"].to_numpy() >= 0, placed["merged_into"].to_numpy(), lesion)[held]
    into = np.concatenate([cell[held] * names + holder_code, carried[0] * names + carried[1]])
    of = np.concatenate([belongs[held], carried_of])
    into_row = _find(key, into)
    gone_into = (into_row >= 0) & (size[into_row] >= 0)
    incomplete: Array = np.bincount(
        np.concatenate([lost, (into // names)[~gone_into]]), minlength=grid.courses * grid.width
    )

    # A row that only now holds others counts once, as a node when it says so or when all that it holds are nodes.
    holds = into_row[gone_into]
    all_nodes = np.ones(len(size), dtype=bool)
    np.logical_and.at(all_nodes, holds, base_node[of[gone_into]])
    holder = np.zeros(len(size), dtype=bool)
    holder[holds] = True
    node = np.where(
        belongs >= 0,
        base_node[belongs] if base_node.size else False,
        np.where(column["said"] >= 0, column["said"] == 1, all_nodes),
    )
    counted_now = (counted & ~merged) | holder
    incomplete += np.bincount(cell[counted_now & (size < 0)], minlength=incomplete.size)
    valued = counted_now & (size >= 0)
    seen = valued & np.where(node, size >= NODE_NORMAL_BELOW, size > 0)
    measured = np.bincount(cell[valued], weights=size[valued], minlength=incomplete.size).astype(np.int64)
    disease = np.bincount(cell[seen], minlength=incomplete.size) > 0
    complete = incomplete == 0
    return Targets(
        any_lesions=np.bincount(base_course, minlength=grid.courses) > 0,
        baseline=np.where(unknown, -1, total),
        measured=measured.reshape(grid.shape),
        complete=complete.reshape(grid.shape),
        gone=(complete & ~disease).reshape(grid.shape),
        disease=disease.reshape(grid.shape),
    )


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
    grid: Grid, base_course: Array, rows: tuple[Array, Array, Array]
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


def gather_nontargets(rows: pl.DataFrame, grid: Grid, markers_normal: Array) -> NonTargets:
    """Columns: participant, number, lesion, status, node, short_axis_mm. `markers_normal`: true unless they are not."""
    import numpy as np
    import polars as pl

    placed, names = _placed(rows.filter(pl.col("lesion").is_not_null()), grid, ("lesion",))
    placed = (
        placed.with_columns(
            status=_coded("status", STATUSES, -1),
            axis=_micrometers("short_axis_mm"),
            node=pl.col("node").fill_null(value=False),
            key=(pl.col("course") * grid.width + pl.col("place")) * names + pl.col("lesion"),
        )
        .unique("key", keep="first")
        .sort("key")
    )
    key, course, place, lesion, status, axis, node = (
        placed[name].to_numpy() for name in ("key", "course", "place", "lesion", "status", "axis", "node")
    )
    cell, first = key // names, place == 0
    base = course[first] * names + lesion[first]
    belongs = _find(base, course * names + lesion)
    base_node = node[first]
    node = np.where(belongs >= 0, base_node[belongs] if base_node.size else False, node)
    by_axis = node & (axis >= 0) & np.isin(status, (-1, PRESENT, ABSENT))
    status = np.where(by_axis, np.where(axis < NODE_NORMAL_BELOW, ABSENT, PRESENT), status)
    known = (place > 0) & (belongs >= 0)

    def count(which: Array) -> Array:
        return np.bincount(cell[which], minlength=grid.courses * grid.width).reshape(grid.shape)

    lesions = np.bincount(course[first], minlength=grid.courses)
    return NonTargets(
        any_lesions=lesions > 0,
        progression=count((place > 0) & (status == PROGRESSION)) > 0,
        evaluated=count(known & np.isin(status, (PRESENT, ABSENT, PROGRESSION))) == lesions[:, None],
        gone=(count(known & (status == ABSENT)) == lesions[:, None]) & markers_normal,
        present_again=count(known & (status == PRESENT) & ~node) > 0,
    )


def gather_news(rows: pl.DataFrame, grid: Grid) -> NewLesions:
    """Columns: participant, number, lesion, certainty, pet."""
    import numpy as np
    import polars as pl

    placed, _ = _placed(rows, grid, ("lesion",))
    definite = (pl.col("certainty") == "unequivocal").fill_null(value=False) & pl.col("pet").fill_null("none").is_in(
        ["none", "baseline_negative"]
    )
    placed = (
        placed.filter(pl.col("place") > 0)
        .with_columns(definite=definite)
        .filter(pl.col("definite") | (pl.col("pet").fill_null("none") != "known_site"))
        .with_columns(
            since=pl.when(pl.col("lesion") >= 0)
            .then(pl.col("place").min().over("course", "lesion"))
            .otherwise(pl.col("place"))
        )
    )
    course, place, since, sure = (placed[name].to_numpy() for name in ("course", "place", "since", "definite"))
    definite_at, suspected_at = np.zeros(grid.shape, dtype=bool), np.zeros(grid.shape, dtype=bool)
    since_at = np.full(grid.shape, grid.width)
    definite_at[course[sure], place[sure]] = True
    suspected_at[course[~sure], place[~sure]] = True
    np.minimum.at(since_at, (course[sure], place[sure]), since[sure])
    return NewLesions(definite_at, suspected_at, since_at)
