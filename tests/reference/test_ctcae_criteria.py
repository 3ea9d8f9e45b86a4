"""Our limits of CTCAE v5.0 and v6.0 against pharmaverse/admiral's, each condition of theirs read as R and asked for a grade.

Recipe: pharmaverse/admiral (Apache-2.0), commit 6eb5125a, data-raw/adlb_grading/ncictcaev{5,6}{,_uscv}.json (SI and US units);
conditions evaluated by r_criteria.py with signif_dig = 15. Values: every limit, a thousandth below and above it, and the
middle between neighbors, with every combination of missing and present limits of normal and baselines. Where the two differ,
DIFFERENCES says why, and docs/discrepancies.md tells it to readers. The tables lie beside the repository and are not part of it.
"""

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from equipoise.medicine.ctcae import criteria, grading
from equipoise.medicine.ctcae.criteria import limits_of
from equipoise.medicine.ctcae.grading import LabResult, grade_result
from equipoise.medicine.ctcae.terms import terms
from tests.reference import r_criteria

TABLES = Path(__file__).parents[3] / "shared" / "data" / "ctcae"
FILES = {"ncictcaev5": "5.0", "ncictcaev6": "6.0", "ncictcaev5_uscv": "5.0", "ncictcaev6_uscv": "6.0"}
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="admiral's tables of CTCAE are not beside the repository")

# The unit as admiral writes it, where ours is another spelling. Its "10^3/mL" is one cell per microliter.
UNITS = {"10^3/mL": "/uL", "1/uL": "/uL", "MMOL/L": "mmol/L", "10^9/L": "10*9/L", "10^3/uL": "10*3/uL"}

# Why a grade differs, by a name that docs/discrepancies.md explains, and where that is so.
DIFFERENCES = {
    "a baseline told to be high, but not how high: theirs 0 or missing, ours not known": lambda row, c, theirs, ours: (
        c["BNRIND"] == "HIGH" and c["BASE"] is None and ours is None and theirs in (0, None)
    ),
    "multiples of the baseline need no upper limit of normal": lambda row, c, theirs, ours: (
        c["BNRIND"] == "HIGH" and c["BASE"] is not None and c["ANRHI"] is None and theirs is None and ours is not None
    ),
    "twice the baseline is grade 1 for GGT as for ALP, as printed": lambda row, c, theirs, ours: (
        row["TERM"] == "GGT increased" and c["AVAL"] == 2 * (c["BASE"] or 0) and (theirs, ours) == (0, 1)
    ),
    "150 mg/dL of triglycerides is grade 1, as printed": lambda row, c, theirs, ours: (
        row["TERM"] == "Hypertriglyceridemia" and c["AVAL"] in (1.71, 150) and (theirs, ours) == (0, 1)
    ),
    "sodium between 129 and 130 in v5": lambda row, c, theirs, ours: (
        row["TERM"] == "Hyponatremia" and 129 < c["AVAL"] < 130 and theirs in (1, None) and ours == 3
    ),
    "creatinine clearance between whole numbers": lambda row, c, theirs, ours: (
        row["TERM"] == "Creatinine clearance decreased"
        and ((25 < c["AVAL"] < 26 and (theirs, ours) == (2, 3)) or (49 < c["AVAL"] < 50 and (theirs, ours) == (0, 2)))
    ),
}


def rows_of(file):
    return json.loads((TABLES / f"{file}.json").read_text(encoding="utf-8"))


def term_of(row, version):
    found = [one for one in terms().values() if one.names.get(version) == row["TERM"]]
    assert len(found) == 1, row["TERM"]
    return found[0]


def numbers_in(row):
    """The absolute limits and the multiples in a row's conditions."""
    code = re.sub(r'"\d"', "", " ".join(row.get(f"GRADE_{grade}_CODE", "") for grade in "1234"))
    limits = {float(x) for x in re.findall(r"(?<![\w.])(\d+\.?\d*)(?![\d.]*\s*\*)", code)}
    return sorted(limits), sorted({float(x) for x in re.findall(r"(\d+\.?\d*)\*", code)} | {1.0}), code


def cases_of(row):
    limits, multiples, code = numbers_in(row)
    absolute = "UNIT_CHECK" in row and limits and "ANRHI +" not in code and "PCHG" not in code
    low, high = 20.0, 40.0
    if absolute and row["DIRECTION"] == "L":
        low, high = max(limits) * 1.1, max(limits) * 2.2
    elif absolute:
        low, high = min(limits) * 0.45, min(limits) * 0.9
    bases = [(None, None), (None, "HIGH")]
    if not absolute:
        bases += [(low * 0.5, "LOW"), ((low + high) / 2, "NORMAL"), (high * 1.5, "HIGH")]
    for lln, uln, (base, state) in itertools.product((None, low), (None, high), bases):
        references = [one for one in (low, high, base) if one]
        edges = {*limits, *(m * r for m in multiples for r in references), *(r + x for r in references for x in limits)}
        edges = sorted(one for one in edges if one > 0)
        near = {float(f"{one * k:.12g}") for one in edges for k in (0.999, 1, 1.001)}
        middle = {float(f"{(a + b) / 2:.12g}") for a, b in itertools.pairwise(edges)}
        whole = {edge + 0.5 for edge in limits if edge == int(edge) and edge < 200}
        for value in sorted(near | middle | whole):
            yield {"AVAL": value, "ANRLO": lln, "ANRHI": uln, "BASE": base, "BNRIND": state}


def our_grade(row, version, case):
    unit = UNITS.get(row.get("UNIT_CHECK"), row.get("UNIT_CHECK"))
    state = case["BNRIND"] and case["BNRIND"].lower()
    result = LabResult(
        case["AVAL"], unit, case["ANRLO"], case["ANRHI"], case["BASE"], baseline_state=state, anticoagulation=True
    )
    return grade_result(term_of(row, version), version, result).grade


def compare(file, version):
    """How many grades were compared, those that differ for no known reason, and the reasons met."""
    compared, unexplained, met = 0, [], set()
    for row in rows_of(file):
        for case in cases_of(row):
            theirs, ours = r_criteria.grade(row, case), our_grade(row, version, case)
            compared += 1
            if theirs == ours:
                continue
            why = [name for name, true in DIFFERENCES.items() if true(row, case, theirs, ours)]
            met |= set(why)
            if not why:
                unexplained.append((row["TERM"], row.get("UNIT_CHECK"), case, theirs, ours))
    return compared, unexplained, met


@pytest.mark.parametrize(("file", "version"), FILES.items())
def test_every_grade_is_admirals_or_differs_for_a_reason_that_is_written_down(file, version):
    compared, unexplained, met = compare(file, version)
    assert compared > 10_000
    assert unexplained == []
    only = {"5.0": "creatinine clearance between whole numbers", "6.0": "sodium between 129 and 130 in v5"}[version]
    also = {"6.0": {"twice the baseline is grade 1 for GGT as for ALP, as printed"}}.get(version, set())
    assert met == set(DIFFERENCES) - {only} - also


def test_the_tables_have_the_rows_that_we_think_and_all_are_graded_here():
    assert {file: len(rows_of(file)) for file in FILES} == {
        "ncictcaev5": 40, "ncictcaev6": 43, "ncictcaev5_uscv": 46, "ncictcaev6_uscv": 48,
    }  # fmt: skip
    for file, version in FILES.items():
        for row in rows_of(file):
            term = term_of(row, version)
            assert limits_of(term.id, version), row["TERM"]
            assert term.direction == {"L": "low", "H": "high"}[row["DIRECTION"]]


def test_the_grades_that_exist_are_admirals():
    for file, version in FILES.items():
        for row in rows_of(file):
            if row["TERM"] == "Hyperglycemia":
                continue  # admiral keeps its grades 1 and 2, which are of fasting glucose, in a row of their own
            printed = tuple(grade for grade in range(1, 6) if row[f"GRADE_{grade}"].strip() != "-")
            assert term_of(row, version).grades[version] == printed, row["TERM"]


def test_the_difference_for_anticoagulants_is_the_one_written_down():
    """Unless it is known, nobody is on anticoagulants: admiral grades an INR of 1.0 after one of 0.9."""
    row = next(one for one in rows_of("ncictcaev5") if one["TERM"] == "INR increased")
    assert r_criteria.grade(row, {"AVAL": 1.0, "BASE": 0.9}) == 1
    assert grade_result("inr_increased", "5.0", LabResult(1.0, baseline=0.9)).grade == 0
    assert grade_result("inr_increased", "5.0", LabResult(1.0, baseline=0.9, anticoagulation=True)).grade == 1


def test_control_a_limit_that_is_inclusive_instead_of_strict_is_noticed(monkeypatch):
    monkeypatch.setattr(grading, "_above", lambda x, limit: x >= limit)
    assert compare("ncictcaev5", "5.0")[1]


def test_control_a_wrong_number_in_the_table_is_noticed(monkeypatch):
    limits = criteria._all_limits()
    one = limits["neutrophil_decreased", "5.0"]
    changed = tuple(replace(x, limit=0.6) if x.grade == 4 else x for x in one)
    criteria.limits_in.cache_clear()
    monkeypatch.setitem(limits, ("neutrophil_decreased", "5.0"), changed)
    try:
        assert {term for term, *_ in compare("ncictcaev5", "5.0")[1]} == {"Neutrophil count decreased"}
    finally:
        criteria.limits_in.cache_clear()
