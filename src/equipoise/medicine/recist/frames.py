"""The same as `course.py` for thousands of participants at once: frames in, one row for each assessment out.

Rows are laid out by courses and assessments (`gathering.py`, `burdens.py`), then stepped through in time, all
participants together (`stepping.py`). tests/twins holds it to the plain version. Polars and NumPy are imported when it
is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.medicine.recist.burdens import Targets, gather_targets
from equipoise.medicine.recist.gathering import (
    LesionGrid,
    gather_news,
    gather_nontargets,
    lay_out,
)
from equipoise.medicine.recist.lesions import CODES, NEW_LESIONS, Plan
from equipoise.medicine.recist.stepping import Steps, step_through

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Array = np.ndarray[Any, Any]

__all__ = ["derive_courses"]


def derive_courses(
    assessments: pl.DataFrame,
    targets: pl.DataFrame,
    nontargets: pl.DataFrame | None = None,
    news: pl.DataFrame | None = None,
    plan: Plan | None = None,
) -> pl.DataFrame:
    """A row for each assessment, in order of participant and number, with the columns of a `Timepoint`.

    `assessments`: participant, number (whole, in order of time), day, baseline (bool: it begins a course); optional
    start (date from which stable disease counts; that of the baseline's row holds for its course) and markers_normal.
    `targets`: participant, number, lesion, diameter_mm; optional state, node, split_from, merged_into. `nontargets`:
    participant, number, lesion, status; optional node, short_axis_mm. `news`: participant, number, lesion, certainty;
    optional pet. Codes are those of `words.py`; columns that are not there are taken as missing throughout.
    """
    import numpy as np
    import polars as pl

    plan = plan or Plan()
    visits = _with_missing(assessments, {"start": pl.Date, "markers_normal": pl.Boolean})
    visits = visits.sort("participant", "number", maintain_order=True)
    grid = lay_out(visits)
    if not grid.courses:
        return _add_columns(visits, None, {})
    keys = {"participant": visits.schema["participant"], "number": visits.schema["number"]}
    texts = dict.fromkeys(("lesion", "state", "split_from", "merged_into"), pl.String)
    found = gather_targets(_with_missing(targets, keys | texts | {"diameter_mm": pl.Float64, "node": pl.Boolean}), grid)
    course, place = grid.visits["course"].to_numpy(), grid.visits["place"].to_numpy()
    markers = np.ones(grid.shape, dtype=bool)
    markers[course, place] = grid.visits["markers_normal"].fill_null(value=True).to_numpy()
    kept = {"lesion": pl.String, "status": pl.String, "node": pl.Boolean, "short_axis_mm": pl.Float64}
    others = gather_nontargets(_with_missing(nontargets, keys | kept), grid, markers)
    seen = gather_news(
        _with_missing(news, keys | {"lesion": pl.String, "certainty": pl.String, "pet": pl.String}), grid
    )
    days = np.zeros(grid.shape, dtype=np.int64)
    days[course, place] = grid.visits["day"].cast(pl.Date).to_physical().to_numpy()
    firsts = grid.visits.filter(pl.col("place") == 0)
    starts = firsts["start"].fill_null(firsts["day"]).cast(pl.Date).to_physical().to_numpy()
    steps = step_through(found, others, seen, days, starts, plan)
    at = (course, place)
    new = np.where(seen.definite, 2, np.where(seen.suspected, 1, 0))[at]
    columns = _lengths(found, steps, at) | {
        "target_response": _named(steps.target[at], CODES),
        "nontarget_response": _named(steps.nontarget[at], CODES),
        "new_lesion": _named(np.where(place == 0, -1, new), NEW_LESIONS),
        "overall": _named(steps.overall[at], CODES),
        "best_so_far": _named(steps.best[at], CODES),
        "progression_on": _days(days, steps, at),
    }
    return _add_columns(visits, grid, columns)


def _with_missing(frame: pl.DataFrame | None, schema: dict[str, Any]) -> pl.DataFrame:
    """The frame with every column of the schema: what it lacks is missing, a frame that is not there is empty."""
    import polars as pl

    if frame is None:
        return pl.DataFrame(schema=schema)
    return frame.with_columns(
        pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items() if name not in frame.columns
    )


def _named(codes: Array, names: tuple[str, ...]) -> pl.Series:
    """The words for the codes, none for -1."""
    import numpy as np
    import polars as pl

    return pl.Series([*names, None]).gather(np.where(codes < 0, len(names), codes))


def _lengths(found: Targets, steps: Steps, at: tuple[Array, Array]) -> dict[str, pl.Series]:
    """The sums in millimeters and their changes; see `course.py`."""
    import numpy as np

    course, place = at
    any_lesions, baseline, first = found.any_lesions[course], found.baseline[course], place == 0
    measured = np.where(first, baseline, np.where(any_lesions, found.measured[at], -1))
    total = np.where(first | found.complete[at], measured, -1)
    total, measured, baseline = (np.where(any_lesions, length, -1) for length in (total, measured, baseline))
    nadir = steps.nadir[at]
    comparable = ~first & (total >= 0)
    return {
        "sum_mm": _in_mm(total, total >= 0),
        "measured_mm": _in_mm(measured, measured >= 0),
        "baseline_mm": _in_mm(baseline, baseline >= 0),
        "nadir_mm": _in_mm(nadir, nadir >= 0),
        "change_from_baseline_percent": _percent(total - baseline, baseline, comparable),
        "change_from_nadir_percent": _percent(total - nadir, nadir, comparable),
        "change_from_nadir_mm": _in_mm(total - nadir, comparable & (nadir >= 0)),
    }


def _in_mm(length: Array, known: Array) -> pl.Series:
    import polars as pl

    return pl.select(pl.when(pl.Series(known)).then(pl.Series(length / 1000))).to_series()


def _percent(change: Array, of: Array, known: Array) -> pl.Series:
    """As `truncated_percent`: two decimals, cut towards zero."""
    import numpy as np
    import polars as pl

    cut = np.sign(change) * (np.abs(change) * 10_000 // np.maximum(of, 1)) / 100
    return pl.select(pl.when(pl.Series(known & (of > 0))).then(pl.Series(cut))).to_series()


def _days(days: Array, steps: Steps, at: tuple[Array, Array]) -> pl.Series:
    import numpy as np
    import polars as pl

    progressed = steps.progressed[at]
    known = pl.Series(progressed >= 0)
    day = pl.Series(days[at[0], np.maximum(progressed, 0)].astype(np.int32)).cast(pl.Date)
    return pl.select(pl.when(known).then(day)).to_series()


def _add_columns(visits: pl.DataFrame, grid: LesionGrid | None, columns: dict[str, pl.Series]) -> pl.DataFrame:
    """Every assessment with its role; those before the first baseline have nothing else."""
    import polars as pl

    keys = ["participant", "number"]
    if grid is None:
        empty = {
            **dict.fromkeys(_LENGTHS, pl.Float64),
            **dict.fromkeys(_RESPONSES, pl.String),
            "progression_on": pl.Date,
        }
        return _with_missing(visits.select(*keys, "day", role=pl.lit("before_baseline")), empty)
    role = pl.when(pl.col("place") == 0).then(pl.lit("baseline")).otherwise(pl.lit("assessment"))
    derived = grid.visits.select(*keys, "day", role=role).with_columns(**columns)
    before = visits.height - derived.height
    if not before:
        return derived
    roles = pl.col("role").fill_null("before_baseline")
    return (
        visits.select(*keys, "day")
        .join(derived.drop("day"), on=keys, how="left", maintain_order="left")
        .with_columns(roles)
    )


_LENGTHS = (
    "sum_mm",
    "measured_mm",
    "baseline_mm",
    "nadir_mm",
    "change_from_baseline_percent",
    "change_from_nadir_percent",
    "change_from_nadir_mm",
)
_RESPONSES = ("target_response", "nontarget_response", "new_lesion", "overall", "best_so_far")
