"""A million results graded by columns are graded as one by one, and so are series of grades summed up.

Random tables hold what records hold: missing values, ranges and baselines, inverted ranges, negative results, units that
fit and units that do not, values on the limits themselves. Grades and notes agree exactly.
"""

import random
from datetime import date, timedelta

import polars as pl
import pytest

from equipoise.medicine.ctcae import frames
from equipoise.medicine.ctcae.criteria import VERSIONS, limits_of
from equipoise.medicine.ctcae.episodes import RESOLVED_TO, Graded, shift_table, summarize
from equipoise.medicine.ctcae.episodes_frame import shift_frame, summarize_frame
from equipoise.medicine.ctcae.frames import grade_results, notes_in
from equipoise.medicine.ctcae.grading import LabResult, grade_result
from equipoise.medicine.ctcae.terms import terms

FACTS = (
    "value", "unit", "lln", "uln", "baseline", "baseline_lln", "baseline_uln", "baseline_state", "symptoms",
    "anticoagulation",
)  # fmt: skip
FLOATS = ("value", "lln", "uln", "baseline", "baseline_lln", "baseline_uln")
STRANGE_UNITS = (None, "", "g/L", "mg/dL", "meq/L", "mL/min", "bananas", "%", "/uL")


def a_result(chance, term, version):
    """One result whose numbers meet limits often."""
    limits = limits_of(term, version)
    stated = [one.unit for one in limits if one.unit]
    unit = chance.choice(stated) if stated and chance.random() < 0.8 else chance.choice(STRANGE_UNITS)
    absolute = [one.limit for one in limits if one.of == "absolute" and one.unit in ("", unit)] or [40.0]
    scale = chance.choice(absolute)
    lln, uln = scale * chance.choice([0.5, 1, 1.1]), scale * chance.choice([0.9, 1, 2])
    baseline = chance.choice([0.4, 1, 1.5, 3]) * scale
    of = chance.choice([scale, lln, uln, baseline])
    value = (
        of
        * chance.choice([one.limit for one in limits if one.of != "absolute"] or [1])
        * chance.choice([0.9, 1, 1, 1.1])
        * chance.choice([1, 1, 1 + 5e-10, 1 - 5e-10, 1 + 3e-9, 1 - 3e-9])  # as decimals are off, and a little more
    )
    facts = {
        "value": value,
        "lln": lln,
        "uln": uln,
        "baseline": baseline,
        "baseline_lln": lln,
        "baseline_uln": uln * 1.2,
    }
    for name in FLOATS:
        if chance.random() < 0.2:
            facts[name] = None
        elif chance.random() < 0.03:
            facts[name] = chance.choice([float("nan"), float("inf"), -1.0, 0.0])
    facts["unit"] = unit
    facts["baseline_state"] = chance.choice([None, None, "low", "normal", "high"])
    facts["symptoms"] = chance.choice([None, True, False])
    facts["anticoagulation"] = chance.choice([None, True, False])
    return facts


def a_table(seed, version, rows=6000):
    chance = random.Random(seed)
    names = [*terms(), "thrombocytopenia", "no_such_term"]
    found = []
    for _ in range(rows):
        term = chance.choice(names)
        found.append({"term": term, **a_result(chance, term, version)})
    return pl.DataFrame(found, schema={
        "term": pl.String, "value": pl.Float64, "unit": pl.String, "lln": pl.Float64, "uln": pl.Float64,
        "baseline": pl.Float64, "baseline_lln": pl.Float64, "baseline_uln": pl.Float64, "baseline_state": pl.String,
        "symptoms": pl.Boolean, "anticoagulation": pl.Boolean,
    })  # fmt: skip


def one_by_one(table, version, assume):
    found = []
    for row in table.iter_rows(named=True):
        result = LabResult(**{name: row[name] for name in FACTS if name in row})
        one = grade_result(row["term"], version, result, assume_symptoms=assume)
        found.append((one.grade, one.notes))
    return found


def by_column(table, version, assume):
    graded = grade_results(table, version, assume_symptoms=assume)
    return [(grade, notes_in(mask)) for grade, mask in graded.select("grade", "notes").iter_rows()]


@pytest.mark.parametrize("assume", [True, False])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_is_graded_as_its_rows_are(seed, version, assume):
    table = a_table(seed, version)
    plain = one_by_one(table, version, assume)
    assert by_column(table, version, assume) == plain
    assert {grade for grade, _ in plain} == {None, 0, 1, 2, 3, 4}
    assert {note for _, notes in plain for note in notes} >= {
        "value_missing", "value_invalid", "not_in_version", "unit_missing", "unit_unknown", "unit_mismatch",
        "limits_invalid", "baseline_invalid", "lln_missing", "uln_missing", "baseline_missing", "at_least", "symptoms_assumed",
    }  # fmt: skip


def test_columns_that_are_not_there_are_facts_that_nobody_knows():
    table = a_table(3, "5.0", 1500).select("term", "value", "lln")
    assert by_column(table, "5.0", True) == one_by_one(table, "5.0", True)


def test_an_empty_table_has_no_grades():
    assert grade_results(a_table(1, "5.0", 10).clear(), "5.0").select("grade", "notes").shape == (0, 2)


def some_series(seed, people=60):
    chance = random.Random(seed)
    start = date(2025, 1, 1)
    rows = []
    for person in range(people):
        first = chance.choice([None, start + timedelta(days=chance.randrange(30))])
        for term in ("anemia", "nausea", "alt_increased"):
            rows += [
                (
                    f"P{person:02}",
                    term,
                    start + timedelta(days=chance.randrange(40)),
                    chance.choice([None, 0, 0, 1, 1, 2, 3, 4]),
                    first,
                )
                for _ in range(chance.randrange(1, 9))
            ]
    return pl.DataFrame(rows, schema=["participant", "term", "day", "grade", "first_treatment"], orient="row")


def summed_up_plainly(table, level):
    found = []
    for key, part in table.group_by(["participant", "term"]):
        rows = list(part.iter_rows(named=True))
        episodes = summarize(
            [Graded(row["term"], row["day"], row["grade"]) for row in rows],
            first_treatment=rows[0]["first_treatment"],
            resolved_to=level,
        )
        found += [
            (*key, e.baseline, e.worst, e.onset, e.worst_on, e.resolved_on, e.duration_days, e.ongoing, e.emergent)
            for e in episodes.values()
        ]
    return sorted(found, key=lambda row: row[:2])


@pytest.mark.parametrize("level", RESOLVED_TO)
@pytest.mark.parametrize("seed", range(4))
def test_a_table_of_grades_is_summed_up_as_each_series_is(seed, level):
    table = some_series(seed)
    plain = summed_up_plainly(table, level)
    assert summarize_frame(table, resolved_to=level).rows() == plain
    assert any(row[8] for row in plain)
    assert any(row[6] for row in plain)


def test_shifts_are_counted_alike():
    table = some_series(9)
    counted = {row[1:3]: row[3] for row in shift_frame(summarize_frame(table)).rows() if row[0] == "anemia"}
    people = [
        summarize([Graded(t, d, g) for _, t, d, g, _ in part.rows()], first_treatment=part["first_treatment"][0])
        for _, part in table.group_by("participant")
    ]
    plain = {pair: count for pair, count in shift_table(people, "anemia").items() if pair != (None, None)}
    assert {pair: count for pair, count in counted.items() if pair != (None, None)} == plain


def test_control_a_column_of_bounds_that_forgets_equality_is_noticed(monkeypatch):
    monkeypatch.setattr(frames, "EQUAL", -1e-9)
    table = a_table(1, "5.0", 2000)
    assert by_column(table, "5.0", True) != one_by_one(table, "5.0", True)


def test_control_a_summary_that_ignores_the_baseline_is_noticed():
    table = some_series(1)
    blind = table.with_columns(first_treatment=pl.lit(None, dtype=pl.Date))
    assert summarize_frame(blind).rows() != summed_up_plainly(table, "zero")
