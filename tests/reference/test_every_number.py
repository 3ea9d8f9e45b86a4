"""Every number of every result, in the oropharynx trial and in one with every method, is held by a number from elsewhere.

Reference: R 4.2.2 with survival 3.5-3 on the same data; recipe: data/every_number.R, which writes data/every_number.json.
Tolerance 1e-7 relative, for R's coxph stops when the log likelihood rises by less than 1e-9 of itself. What a result
repeats of the plan is held here by hand. `cut` is a place in the ledger and no estimate.
"""

import json
from pathlib import Path

import pytest

from tests.analysis.sparse import analyzed, people
from tests.reference.test_oropharynx_trial import analyze, results_of

HELD = json.loads((Path(__file__).parent / "data" / "every_number.json").read_text(encoding="utf-8"))
# What was planned, by hand from the plans; `at_days` and `tau_days` stand in the name of a result or beside it.
PLANNED = {"confidence": 0.95, "rho": 0, "gamma": 0}
TAU = {"os_rmst": 1096, "rmst_0": 100}
NO_ESTIMATE = {"cut"}
STANDARD = "30e 50e 60x 80e 95c 120e 130x 150e 160e 210c 240e 260c 300c 300c"
TEST = "40x 70e 90c 110e 125c 140x 170e 200c 230e 250c 280c 310c 320c 330c"


def numbers(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "findings":
                yield from numbers(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from numbers(inner, (*path, str(place)))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield ".".join(path), value


def expected(result, field, held):
    """The number from elsewhere; None when there is none."""
    if field == "at_days":
        return float(result["id"].rpartition("day_")[2])
    if field == "tau_days":
        return TAU[result["analysis"]]
    return PLANNED[field] if field in PLANNED else held.get(field)


def unheld(results, held):
    """Every number that differs from R's, and every one that nothing holds."""
    found = []
    for result in results:
        mine = held.get(result["id"], {})
        for field, value in numbers(result):
            if field in NO_ESTIMATE:
                continue
            wanted = expected(result, field, mine)
            if wanted is None:
                found.append(f"{result['id']} {field}: held by nothing")
            elif value != pytest.approx(wanted, rel=1e-7, abs=1e-9):
                found.append(f"{result['id']} {field}: {value} and not {wanted}")
        told = {field for field, _ in numbers(result)}
        found += [f"{result['id']} {field}: lost" for field, of in mine.items() if of is not None and field not in told]
    return found + [f"{name}: lost" for name in held.keys() - {r["id"] for r in results}]


@pytest.fixture(scope="module")
def oropharynx(tmp_path_factory):
    return results_of(analyze(tmp_path_factory.mktemp("oropharynx"))[1])


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    run = analyzed(tmp_path_factory.mktemp("other"), people(STANDARD, TEST))
    plain = {name for name in HELD["other"]}
    return [r for r in run.results["results"] if r["analysis"] in {name.split(".")[0] for name in plain}]


def test_every_number_of_the_oropharynx_trial_is_that_of_r(oropharynx):
    assert unheld(oropharynx, HELD["oropharynx"]) == []


def test_every_number_of_binary_continuous_and_competing_endpoints_is_that_of_r(other):
    assert unheld(other, HELD["other"]) == []
    assert len(other) == len(HELD["other"])


@pytest.mark.parametrize("name", ["os_2_years.test_difference.day_365", "os_rmst.test_difference"])
def test_control_an_error_with_a_cube_in_place_of_a_square_is_noticed(oropharynx, name):
    result = next(r for r in oropharynx if r["id"] == name)
    wrong = result | {"standard_error": (result["standard_error"] ** 3) ** 0.5}
    assert any("standard_error" in words for words in unheld([wrong], HELD["oropharynx"]))


def test_control_a_number_that_nothing_holds_is_noticed(oropharynx):
    assert f"{oropharynx[0]['id']} new: held by nothing" in unheld([oropharynx[0] | {"new": 1.0}], HELD["oropharynx"])
