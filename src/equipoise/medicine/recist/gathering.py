"""Frames of lesion rows into arrays of courses by assessments: non-target and new lesions; the targets are in
`burdens.py`.

The vectorized half of `responses.py`; the same rules, in the same words. Polars and NumPy are imported when
it is called, because a protocol imports this room and must be checked in a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.medicine.recist.lesions import NODE_NORMAL_BELOW, STATUSES

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Array = np.ndarray[Any, Any]

__all__ = [
    "LesionGrid",
    "NewLesions",
    "NonTargets",
    "coded",
    "find_keys",
    "gather_news",
    "gather_nontargets",
    "lay_out",
    "micrometers_of",
    "place_rows",
]

PRESENT, ABSENT, PROGRESSION, _ = range(len(STATUSES))


@dataclass(frozen=True, slots=True)
class LesionGrid:
    """Courses by assessments: `visits` has `course` and `place` for each row, `width` is the longest course."""

    visits: pl.DataFrame
    courses: int
    width: int

    @property
    def shape(self) -> tuple[int, int]:
        """Courses by assessments."""
        return self.courses, self.width


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


def lay_out(assessments: pl.DataFrame) -> LesionGrid:
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
        return LesionGrid(visits, 0, 0)
    return LesionGrid(visits, int(visits["course"][-1]) + 1, int(visits["place"].max()) + 1)  # type: ignore[arg-type]


def place_rows(rows: pl.DataFrame, grid: LesionGrid, texts: tuple[str, ...]) -> tuple[pl.DataFrame, int]:
    """The rows at their course and place, the texts that name lesions as whole numbers, -1 for none."""
    import polars as pl

    names = pl.concat([rows[text] for text in texts]).drop_nulls().unique().sort()
    codes = [pl.col(text).cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(-1) for text in texts]
    where = grid.visits.select("participant", "number", "course", "place")
    return rows.join(where, on=["participant", "number"], how="inner", maintain_order="left").with_columns(codes), max(
        len(names), 1
    )


def coded(column: str, codes: tuple[str, ...], missing: int) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.Enum(codes)).to_physical().cast(pl.Int64).fill_null(missing)


def micrometers_of(column: str) -> pl.Expr:
    """Whole micrometers; -1 for what is no length."""
    import polars as pl

    mm = pl.col(column).cast(pl.Float64)
    return pl.when(mm.is_finite() & (mm >= 0)).then((mm * 1000).round(mode="half_to_even")).otherwise(-1).cast(pl.Int64)


def find_keys(sorted_keys: Array, keys: Array) -> Array:
    """Where each key stands among the sorted ones; -1 where it does not."""
    import numpy as np

    if not sorted_keys.size:
        return np.full(keys.shape, -1)
    found = np.minimum(np.searchsorted(sorted_keys, keys), sorted_keys.size - 1)
    return np.where(sorted_keys[found] == keys, found, -1)


def gather_nontargets(rows: pl.DataFrame, grid: LesionGrid, markers_normal: Array) -> NonTargets:
    """Columns: participant, number, lesion, status, node, short_axis_mm. `markers_normal`: true unless they are not."""
    import numpy as np
    import polars as pl

    placed, names = place_rows(rows.filter(pl.col("lesion").is_not_null()), grid, ("lesion",))
    placed = (
        placed.with_columns(
            status=coded("status", STATUSES, -1),
            axis=micrometers_of("short_axis_mm"),
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
    belongs = find_keys(base, course * names + lesion)
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


def gather_news(rows: pl.DataFrame, grid: LesionGrid) -> NewLesions:
    """Columns: participant, number, lesion, certainty, pet."""
    import numpy as np
    import polars as pl

    placed, _ = place_rows(rows, grid, ("lesion",))
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
