"""Derive the response of 10,000 participants with 10 assessments of 3 to 5 target lesions: under 5 s, from frames to answers.

Sums, nadir, target, non-target, overall and best overall response with confirmation, and the day of progression. The plain
version is timed beside it on as many as it can do in a moment. Run: python benchmarks/bench_recist.py [participants]
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta

import numpy as np
import polars as pl

from equipoise.medicine.recist import Assessment, NonTarget, Plan, Target, derive_course, derive_courses

SECONDS_MAX, PLAIN = 5.0, 200
ASSESSMENTS = 10
DAY = date(2024, 1, 1)


def lesions(participants: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Lesions that shrink and grow again; one row in forty is not evaluable, one lesion in fifty splits."""
    rng = np.random.default_rng(20240101)
    who = np.repeat(np.arange(participants), ASSESSMENTS)
    number = np.tile(np.arange(ASSESSMENTS), participants)
    visits = pl.DataFrame({"participant": who, "number": number}).with_columns(
        day=pl.lit(DAY) + pl.duration(days=42 * pl.col("number")), baseline=pl.col("number") == 0
    )
    count = rng.integers(3, 6, participants)[who]
    row = np.repeat(np.arange(who.size), count)
    nth = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
    size = np.round(rng.uniform(15, 60, row.size // 3 + 1)[row // 3] * rng.uniform(0.5, 1.1, who.size)[row], 1)
    targets = pl.DataFrame({"participant": who[row], "number": number[row], "nth": nth, "diameter_mm": size}).select(
        "participant",
        "number",
        "diameter_mm",
        lesion=pl.format("T{}", "nth"),
        node=pl.col("nth") == 0,
        state=pl.when(pl.Series(rng.random(row.size) < 0.025) & (pl.col("number") > 0)).then(pl.lit("not_evaluable")),
        split_from=pl.lit(None, pl.String),
        merged_into=pl.lit(None, pl.String),
    )
    split = (
        (targets["number"] >= 5).to_numpy()
        & (targets["lesion"] == "T2").to_numpy()
        & (targets["participant"].to_numpy() % 10 == 0)
    )
    targets = targets.with_columns(
        lesion=pl.when(pl.Series(split)).then(pl.lit("T2.1")).otherwise("lesion"),
        split_from=pl.when(pl.Series(split)).then(pl.lit("T2")),
    )
    status = np.where(rng.random(2 * who.size) < 0.8, "present", "absent")
    nontargets = pl.DataFrame(
        {"participant": np.repeat(who, 2), "number": np.repeat(number, 2), "status": status}
    ).with_columns(lesion=pl.format("NT{}", pl.int_range(pl.len()) % 2))
    new = rng.random(who.size) < 0.02
    news = pl.DataFrame({"participant": who[new], "number": number[new]}).with_columns(
        lesion=pl.lit("NEW1"),
        certainty=pl.when(pl.col("number") % 2 == 0).then(pl.lit("equivocal")).otherwise(pl.lit("unequivocal")),
    )
    return visits, targets, nontargets, news


def plainly(visits: pl.DataFrame, targets: pl.DataFrame, nontargets: pl.DataFrame, plan: Plan) -> None:
    """The plain version on the first participants."""
    for participant in range(PLAIN):
        seen = []
        for number, day in visits.filter(pl.col("participant") == participant).select("number", "day").iter_rows():
            here = (pl.col("participant") == participant) & (pl.col("number") == number)
            mine = targets.filter(here).select("lesion", "diameter_mm", "state", "node", split_from="split_from")
            rows = tuple(Target(a, b, c, d, None, e) for a, b, c, d, e in mine.iter_rows())
            others = tuple(NonTarget(*row) for row in nontargets.filter(here).select("lesion", "status").iter_rows())
            seen.append(Assessment(day + timedelta(0), rows, others))
        seconds.append(timed(lambda seen=seen: derive_course(seen, plan)))


def timed(action) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    participants = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    plan = Plan(confirmation=True)
    frames = lesions(participants)
    best = min(timed(lambda: derive_courses(*frames, plan)) for _ in range(3))
    found = derive_courses(*frames, plan)
    print(
        f"{participants:,} participants, {found.height:,} assessments, {frames[1].height:,} target rows: {best:.2f} s; "
        + ", ".join(f"{code} {n:,}" for code, n in found["overall"].drop_nulls().value_counts(sort=True).iter_rows())
    )
    seconds: list[float] = []
    plainly(frames[0], frames[1], frames[2], plan)
    print(f"plain Python: {1000 * sum(seconds) / PLAIN:.2f} ms a participant")
    assert participants < 10_000 or best < SECONDS_MAX, "slower than promised"
