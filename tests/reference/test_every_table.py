"""Every number of the baseline table, the flow and the deviations is held, in the oropharynx trial, in the trial of every
kind of endpoint, and in a small one.

Recipe: the oropharynx trial is counted anew from its published file with Python's `csv` and `statistics` (quantiles of the
inclusive kind are Hyndman and Fan's definition 7); the others were counted by hand, from what `written` and `sparse` enter.
"""

import csv
import statistics
from datetime import date

import pytest

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from tests.analysis.sparse import analyzed, people
from tests.analysis.trial import Trial, small_trial
from tests.reference.test_every_number import STANDARD, TEST, numbers
from tests.reference.test_oropharynx_trial import TRIAL, analyze, changed

MISSING = {"grade": {"9"}, "condition": {"9", "0"}}
SITES = ["faucial_arch", "tonsillar_fossa", "posterior_pillar", "pharyngeal_tongue", "posterior_wall"]
MEANT = {"site": ("institution", lambda code: f"institution_{code}"), "sex": ("sex", {"1": "M", "2": "F"}.get),
         "tumor_site": ("site", lambda code: SITES[int(code) - 1])}  # fmt: skip


def flat(value, path=()):
    """Numbers by the names of what they are about, and not by their places in lists."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            named = inner if isinstance(inner, dict) else {}
            name = next((str(named[k]) for k in ("id", "level", "arm", "category") if k in named), str(place))
            yield from flat(inner, (*path, name))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield ".".join(path), value


def counted(values):
    first, middle, third = statistics.quantiles(values, n=4, method="inclusive")
    return {
        "n": len(values), "missing": 0, "mean": statistics.fmean(values), "sd": statistics.stdev(values), "median": middle,
        "q1": first, "q3": third, "min": min(values), "max": max(values),
    }  # fmt: skip


def shared(values, known):
    told = [v for v in values if v is not None]
    levels = {level: {"n": told.count(level), "percent": 100 * told.count(level) / len(told)} for level in known}
    return {"n": len(told), "missing": len(values) - len(told), "levels": levels}


def of_the_file(file):
    """The baseline table as it must be, from the file alone."""
    with file.open(encoding="utf-8", newline="") as lines:
        people = list(csv.DictReader(lines))
    arms = {
        "standard": [p for p in people if p["treatment"] == "1"],
        "test": [p for p in people if p["treatment"] == "2"],
        "all": people,
    }
    rows = {"age": {"groups": {arm: counted([float(p["age"]) for p in part]) for arm, part in arms.items()}}}
    for name in ("sex", "site", "grade", "condition", "tumor_site", "t_stage", "n_stage"):
        column, means = MEANT.get(name, (name, str))

        def value(p, column=column, means=means, name=name):
            return None if p[column] in MISSING.get(name, ()) else means(p[column])

        known = {value(p) for p in people} - {None}
        rows[name] = {"groups": {arm: shared([value(p) for p in part], known) for arm, part in arms.items()}}
    return {"groups": {arm: len(part) for arm, part in arms.items()}, "rows": rows}


def unlike(told, wanted):
    """What is told and not wanted, wanted and not told, or another number."""
    told, wanted = dict(flat(told)), dict(flat(wanted))
    found = [f"{name}: on one side only" for name in told.keys() ^ wanted.keys()]
    return found + [
        f"{k}: {told[k]}" for k in told.keys() & wanted.keys() if told[k] != pytest.approx(wanted[k], rel=1e-12)
    ]


ARM = {"withdrew": {}, "withdrew_reasons": {}, "in_error": 0, "not_analyzed": {}}
OROPHARYNX = {
    "flow": {
        "screened": 195, "not_randomized": 0, "not_consented": 0, "withdrew_before": 0, "excluded_by_criterion": [], "not_yet_known": 0,
        "enrolled": 195, "randomized": 195,
        "arms": {"standard": ARM | dict.fromkeys(("allocated", "in_set", "analyzed"), 100), "test": ARM | dict.fromkeys(("allocated", "in_set", "analyzed"), 95)},
    },
    "deviations": {"total": 0, "participants": 0, "by_category": [], "listed": [], "noticed": []},
}  # fmt: skip


@pytest.fixture(scope="module")
def oropharynx(tmp_path_factory):
    import json

    out = analyze(tmp_path_factory.mktemp("tables"))[1]
    return json.loads((out / "results.json").read_text(encoding="utf-8"))


def test_the_baseline_table_of_the_oropharynx_trial_is_that_of_its_file(oropharynx):
    assert unlike(oropharynx["baseline"], of_the_file(TRIAL / "oropharynx.csv")) == []


def test_the_flow_and_deviations_of_the_oropharynx_trial_are_those_of_its_file(oropharynx):
    for part, wanted in OROPHARYNX.items():
        assert unlike(oropharynx[part], wanted) == []


def test_control_another_quartile_spread_or_participant_is_noticed(oropharynx, tmp_path):
    right = of_the_file(TRIAL / "oropharynx.csv")
    lost = of_the_file(changed(tmp_path, lambda row: None if row["case"] == "100" else row))
    assert len(unlike(oropharynx["baseline"], lost)) > 20
    for other in ("q1", "sd"):
        mine = right["rows"]["age"]["groups"]["standard"]
        with_other = {
            **right,
            "rows": right["rows"]
            | {"age": {"groups": right["rows"]["age"]["groups"] | {"standard": mine | {other: mine[other] + 0.01}}}},
        }
        assert [name.split(":")[0] for name in unlike(oropharynx["baseline"], with_other)] == [
            f"rows.age.groups.standard.{other}"
        ]


def written(folder):
    """40 randomized in turn to A and B, aged 40 to 69 and 40 to 49, women and men in pairs, all of 60 kg. Of the others X001
    (12 years) and X002 (17 years, 28.5 kg) are too young, he is too light too; X003 never consented; X004's age is not known;
    X005 withdrew before chance was asked. P003 and P007 (A) left the follow-up, P004 (B) stopped treatment.
    Four deviations: two of P005 (A), one of P008 (B), one of X001, who has no arm.
    """
    trial = small_trial(folder)
    first = date(2024, 1, 1)
    trial.enter("X004", first, age=None)
    trial.enter("X005", first, age=33)
    trial.say("withdrawn", {"date": "2024-01-03", "reason": "changed mind", "extent": "consent"}, "X005")
    trial.say("withdrawn", {"date": "2024-07-01", "reason": "moved away", "extent": "follow_up"}, "P007")
    trial.say("withdrawn", {"date": "2024-03-01", "reason": "nausea", "extent": "treatment"}, "P004")
    for person, category in (("P005", "dose"), ("P008", "visit_window"), ("X001", "consent")):
        trial.say("deviation_reported", {"date": "2024-05-02", "category": category, "text": "so"}, person)
    return trial


B = {"allocated": 20, "withdrew": {"treatment": 1}, "withdrew_reasons": {"treatment": {"nausea": 1}}, "in_error": 0, "in_set": 20,
     "analyzed": 20, "not_analyzed": {}}  # fmt: skip
A = B | {"withdrew": {"follow_up": 2}, "withdrew_reasons": {"follow_up": {"moved away": 2}}}
FLOW = {
    "screened": 45, "not_randomized": 5, "not_consented": 1, "withdrew_before": 1, "not_yet_known": 1, "enrolled": 40, "randomized": 40,
    "excluded_by_criterion": {"I1": {"n": 2}, "E1": {"n": 1}}, "arms": {"B": B, "A": A},
}  # fmt: skip
DEVIATIONS = {"total": 4, "participants": 3}
BY_CATEGORY = [("consent", None, 1), ("dose", "A", 1), ("visit_window", "A", 1), ("visit_window", "B", 1)]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    trial = written(tmp_path_factory.mktemp("small"))
    return analyze_cut(freeze(trial), trial.protocol).results


def test_the_flow_and_deviations_of_a_small_trial_are_those_counted_by_hand(small):
    assert unlike(small["flow"], FLOW) == []
    assert {name: small["deviations"][name] for name in DEVIATIONS} == DEVIATIONS
    assert [tuple(row.values()) for row in small["deviations"]["by_category"]] == BY_CATEGORY
    assert len(small["deviations"]["listed"]) == 4
    assert small["deviations"]["noticed"] == []


def test_the_baseline_table_of_a_small_trial_is_the_one_counted_by_hand(small):
    """Ages of A: 40, 42, ..., 68, and again 40 to 48; of B one year more. Of 20 the quartiles lie at places 5.75 and 15.25."""
    ages = {row["id"]: row for row in small["baseline"]["rows"]}["age"]["groups"]
    a = [*range(40, 70, 2), 40, 42, 44, 46, 48]
    assert unlike(ages["A"], counted(a)) == []
    assert unlike(ages["B"], counted([one + 1 for one in a])) == []
    assert (ages["A"]["q1"], ages["A"]["median"], ages["A"]["q3"], ages["A"]["mean"]) == (44.0, 49.0, 58.5, 51.5)
    weights = {row["id"]: row for row in small["baseline"]["rows"]}["weight"]["groups"]["all"]
    assert weights == {
        "n": 40,
        "missing": 0,
        "mean": 60,
        "sd": 0,
        "median": 60,
        "q1": 60,
        "q3": 60,
        "min": 60,
        "max": 60,
    }
    sexes = {row["id"]: row for row in small["baseline"]["rows"]}["sex"][
        "groups"
    ]  # A: places 0, 2, 4, ... are F, M, F, ...
    for arm, each in (("A", 10), ("B", 10), ("all", 20)):
        assert (
            unlike(sexes[arm], {"n": 2 * each, "missing": 0, "levels": dict.fromkeys("FM", {"n": each, "percent": 50})})
            == []
        )


# 14 of each arm, all of whom have a value of every endpoint; ages written down from `sparse.trial_of`, sexes in turn.
AGES = {
    "B": [40, 47, 54, 61, 68, 45, 52, 59, 66, 43, 50, 57, 64, 41],
    "A": [48, 55, 62, 69, 46, 53, 60, 67, 44, 51, 58, 65, 42, 49],
}
EACH = ARM | dict.fromkeys(("allocated", "in_set", "analyzed"), 14)
KINDS = {
    "flow": {
        "screened": 28, "not_randomized": 0, "not_consented": 0, "withdrew_before": 0, "excluded_by_criterion": [], "not_yet_known": 0,
        "enrolled": 28, "randomized": 28, "arms": {"B": EACH, "A": EACH},
    },
    "deviations": {"total": 0, "participants": 0, "by_category": [], "listed": [], "noticed": []},
    "baseline": {
        "groups": {"B": 14, "A": 14, "all": 28},
        "rows": {
            "age": {"groups": {arm: counted(ages) for arm, ages in (AGES | {"all": AGES["B"] + AGES["A"]}).items()}},
            "sex": {
                "groups": {
                    arm: {"n": n, "missing": 0, "levels": dict.fromkeys("FM", {"n": n // 2, "percent": 50})}
                    for arm, n in (("B", 14), ("A", 14), ("all", 28))
                }
            },
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return analyzed(tmp_path_factory.mktemp("kinds"), people(STANDARD, TEST)).results


def test_every_table_of_the_trial_of_binary_continuous_and_competing_endpoints_is_counted_by_hand(kinds):
    for part, wanted in KINDS.items():
        assert unlike(kinds[part], wanted) == []
    ages = {row["id"]: row for row in kinds["baseline"]["rows"]}["age"]["groups"]
    assert (ages["B"]["median"], ages["B"]["q1"], ages["B"]["q3"]) == (
        53,
        45.5,
        60.5,
    )  # places 7.5, 4.25 and 10.75 of 14
    assert (ages["B"]["mean"], ages["A"]["mean"]) == (pytest.approx(747 / 14), pytest.approx(769 / 14))


def test_control_a_table_of_another_kind_of_trial_is_noticed(kinds):
    for part in ("flow", "baseline"):
        assert unlike(kinds[part], OROPHARYNX["flow"]) != []
    assert unlike(kinds["deviations"], KINDS["deviations"] | {"total": 1}) == ["total: 0"]


def test_who_died_before_randomization_is_in_the_set_and_not_analyzed(tmp_path):
    """Six people in turn; P002 of B was randomized on 2 January and is said to have died the month before."""
    trial = small_trial(tmp_path, 6)
    trial.correct("P002", "events", "death", "death_date", "2024-06-11", "2023-12-01")
    arms = {arm["arm"]: arm for arm in analyze_cut(freeze(trial), trial.protocol).results["flow"]["arms"]}
    assert [(arms[a]["in_set"], arms[a]["analyzed"], sum(arms[a]["not_analyzed"].values())) for a in "AB"] == [
        (3, 3, 0),
        (3, 2, 1),
    ]


def test_who_is_not_in_the_set_is_no_one_of_the_baseline_and_an_arm_without_anybody_has_no_column(tmp_path):
    """Two of A, aged 40 and 60, and nobody of B; one whose sex is not known, one who was never randomized."""
    trial = Trial(tmp_path)
    trial.enter("P1", date(2024, 1, 1), arm="A", age=40)
    trial.enter("P2", date(2024, 1, 2), arm="A", age=60, sex=None)
    trial.enter("X1", date(2024, 1, 3), age=99)
    table = analyze_cut(freeze(trial), trial.protocol).results
    assert table["baseline"]["groups"] == {"A": 2, "all": 2}
    rows = {row["id"]: row["groups"] for row in table["baseline"]["rows"]}
    assert unlike(rows["age"], {arm: counted([40, 60]) for arm in ("A", "all")}) == []
    women = {"n": 1, "missing": 1, "levels": {"F": {"n": 1, "percent": 100}}}
    assert unlike(rows["sex"], {"A": women, "all": women}) == []
    assert [arm["arm"] for arm in table["flow"]["arms"]] == ["A"]


def test_control_everything_numeric_beside_the_results_is_looked_at_here(small):
    """A table that is new in results.json must be held somewhere too."""
    elsewhere = {
        "results",
        "cut",
        "unblinding",  # counted one by one: analysis/test_unblinding.py
        "design",  # and what is concluded: test_every_conclusion.py
        "study",
        "protocol_digest",
        "protocol_version",
        "software",
        "environment",
        "arms",
    }
    here = {"flow", "baseline", "deviations"}
    assert {name for name in small if list(numbers(small[name]))} <= here | elsewhere
    assert unlike(small["flow"], FLOW | {"screened": 44}) == ["screened: 45"]
