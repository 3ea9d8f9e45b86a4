"""Grading of mixed laboratory results by the table, and of a part of them one by one. Run: python this file [rows].

Every measured term of the edition, in the unit of its limits, with limits of normal and baselines of which a tenth is
missing. The first call reads the criteria; the best of three more is what a second table costs. The plain function is
timed on a hundredth of the rows and its grades are compared.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import polars as pl

from equipoise.medicine.ctcae.criteria import VERSIONS, limits_of
from equipoise.medicine.ctcae.frames import grade_results
from equipoise.medicine.ctcae.grading import LabResult, grade_result
from equipoise.medicine.ctcae.terms import terms

ROWS = 1_000_000
NUMBERS = ("value", "lln", "uln", "baseline")


def table(version: str, rows: int) -> pl.DataFrame:
    """Results of all terms in turn: about half within limits of normal, the others beyond."""
    rng = np.random.default_rng(2026)
    measured = [one for one in terms() if limits_of(one, version)]
    units = [next((one.unit for one in limits_of(term, version) if one.unit), None) for term in measured]
    sizes = [max((one.limit for one in limits_of(t, version) if one.of == "absolute"), default=40.0) for t in measured]
    which = rng.integers(0, len(measured), rows)
    scale = np.array(sizes)[which]
    columns = {
        "value": scale * rng.gamma(4, 0.25, rows),
        "lln": scale * 0.8,
        "uln": scale * 1.3,
        "baseline": scale * rng.gamma(8, 0.125, rows),
    }
    frame = pl.DataFrame(
        {"term": pl.Series(measured)[which], "unit": pl.Series(units, dtype=pl.String)[which], **columns}
    )
    holes = {name: pl.Series(rng.random(rows) < 0.1) for name in NUMBERS[1:]}
    return frame.with_columns(
        pl.when(hole).then(None).otherwise(pl.col(name)).alias(name) for name, hole in holes.items()
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(f"{rows:,} results")
    print(f"{'CTCAE':<8} {'first s':>9} {'best s':>9} {'one by one s':>14} {'rows of it':>12}")
    for version in VERSIONS:
        frame = table(version, rows)
        seconds = []
        for _ in range(4):
            start = time.perf_counter()
            graded = grade_results(frame, version)
            seconds.append(time.perf_counter() - start)
        part = frame.head(max(rows // 100, 1))
        start = time.perf_counter()
        plain = [
            grade_result(
                row["term"], version, LabResult(row["value"], row["unit"], row["lln"], row["uln"], row["baseline"])
            ).grade
            for row in part.iter_rows(named=True)
        ]
        alone = time.perf_counter() - start
        assert plain == graded["grade"].head(len(plain)).to_list()
        print(f"{version:<8} {seconds[0]:9.3f} {min(seconds[1:]):9.3f} {alone:14.3f} {len(plain):12,}", flush=True)


if __name__ == "__main__":
    main()
