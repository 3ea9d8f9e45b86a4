"""Random participants with lesions as sites report them: missing, split, merged, too small, new, equivocal, and plain wrong.

`draw_participants` gives for each the assessments in order, with whether each is a baseline; `as_frames` the same as frames.
"""

import random
from dataclasses import asdict
from datetime import date, timedelta

import polars as pl

from equipoise.medicine.recist import Assessment, NewLesion, NonTarget, Target
from equipoise.medicine.recist.lesions import CERTAINTIES, PETS, STATES, STATUSES

FIRST_DAY = date(2024, 1, 1)


def draw_participants(count, seed, *, mess=0.15):
    """`count` participants; `mess` is how often something out of the ordinary happens to a row."""
    chance = random.Random(seed)
    return [_participant(chance, chance.choice([0, mess, mess, 3 * mess])) for _ in range(count)]


def _participant(chance, mess):
    lesions = {f"T{n}": chance.random() < 0.4 for n in range(chance.choice([0, 1, 2, 3, 4, 5]))}
    others = {f"N{n}": chance.random() < 0.4 for n in range(chance.choice([0, 0, 1, 2, 3]))}
    size = {name: chance.randrange(100, 600) / 10 for name in lesions}
    trend = chance.choice([0.0, 0.5, 0.8, 1.0, 1.3])
    day, visits = FIRST_DAY + timedelta(chance.randrange(100)), []
    for place in range(chance.choice([1, 2, 4, 6, 8])):
        baseline = place == chance.choice([0, 0, 0, 0, 1]) or chance.random() < 0.05 * (mess > 0)
        visits.append((_assessment(chance, mess, day, lesions, others, size), baseline))
        size = {name: round(mm * chance.choice([trend, 0.7, 1.0, 1.2]), 1) for name, mm in size.items()}
        day += timedelta(chance.choice([14, 21, 28, 42]))
    return visits


def _assessment(chance, mess, day, lesions, others, size):
    targets = []
    for name, node in lesions.items():
        if chance.random() < mess / 2:
            continue
        row = Target(name, size[name], "measured" if size[name] else "disappeared", node)
        if chance.random() < mess:
            row = _messy(chance, name, size[name], node, list(lesions))
        if chance.random() < mess / 3:
            parts = chance.choice([1, 2])
            targets.extend(
                Target(f"{name}.{part}", size[name] / 2, None, chance.choice([node, None, not node]),
                       split_from=chance.choice([name, name, name, None, "T9"])) for part in range(parts)
            )  # fmt: skip
            if chance.random() < 0.7:
                continue
        targets.append(row)
    if chance.random() < mess / 2:
        targets.append(Target(chance.choice(["M", "T0", "T1", None, "X"]), chance.choice([12.5, None, 4.0]), None,
                              chance.choice([None, True, False])))  # fmt: skip
    nontargets = [
        NonTarget(name, chance.choice(["present", "present", "absent"]) if chance.random() >= mess
                  else chance.choice([*STATUSES, None]), chance.choice([node, node, None]), None,
                  chance.choice([None, 8.0, 12.0]) if node else None)
        for name, node in others.items() if chance.random() >= mess / 2
    ]  # fmt: skip
    if chance.random() < mess / 5:
        nontargets.append(NonTarget("N9", chance.choice(STATUSES)))
    news = [
        NewLesion(chance.choice(["W1", "W2", None]), chance.choice([*CERTAINTIES, "equivocal", None]),
                  chance.choice([None, None, *PETS]))
        for _ in range(chance.choice([0, 1, 2])) if chance.random() < mess
    ]  # fmt: skip
    chance.shuffle(targets)
    return Assessment(day, tuple(targets), tuple(nontargets), tuple(news), chance.choice([None, None, True, False]))


def _messy(chance, name, size, node, names):
    state = chance.choice([*STATES, "merged", "merged", None])
    into = chance.choice([*names, "M", "M", None]) if state == "merged" else None
    diameter = chance.choice([size, None, None, -1.0])
    return Target(name, diameter, state, chance.choice([node, None, not node]), merged_into=into)


SCHEMAS = {
    "targets": {"lesion": pl.String, "diameter_mm": pl.Float64, "state": pl.String, "node": pl.Boolean,
                "split_from": pl.String, "merged_into": pl.String},
    "nontargets": {"lesion": pl.String, "status": pl.String, "node": pl.Boolean, "short_axis_mm": pl.Float64},
    "news": {"lesion": pl.String, "certainty": pl.String, "pet": pl.String},
}  # fmt: skip


def as_frames(participants, starts=None):
    """Frames as `derive_courses` takes them; `starts` by participant."""
    keys = {"participant": pl.Int64, "number": pl.Int64}
    visits = [
        (who, number, visit.day, baseline, (starts or {}).get(who), visit.markers_normal)
        for who, course in enumerate(participants) for number, (visit, baseline) in enumerate(course)
    ]  # fmt: skip
    schema = keys | {"day": pl.Date, "baseline": pl.Boolean, "start": pl.Date, "markers_normal": pl.Boolean}
    frames = [pl.DataFrame(visits, schema=schema, orient="row")]
    for rows, columns in SCHEMAS.items():
        table = [
            (who, number, *(asdict(row)[name] for name in columns))
            for who, course in enumerate(participants)
            for number, (visit, _) in enumerate(course)
            for row in getattr(visit, rows)
        ]
        frames.append(pl.DataFrame(table, schema=keys | columns, orient="row"))
    return frames
