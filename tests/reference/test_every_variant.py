"""Every variant in a trial of each kind of endpoint: strata, subgroups, weights, MaxCombo, levels and kinds of limits.

Recipe: `by_definition.py`, plain Python with SciPy 1.15's distributions, from the marks of `test_every_number.py`. It is
believed because for every analysis that R 4.2.2 was asked it gives R's numbers too, which is required first.
Tolerance 1e-7 relative, as there.
"""

import pytest

from tests.analysis.sparse import HOW, analyzed, people
from tests.reference import by_definition as d
from tests.reference.test_every_number import HELD, STANDARD, TEST, unheld

ROWS = [
    {"arm": p.arm, "sex": p.sex, "age": 40 + (7 * place) % 30, "time": p.day, "how": HOW[p.how], "ended_how": HOW[p.how], "level": p.level}
    for place, p in enumerate(people(STANDARD, TEST))
]  # fmt: skip
UNWEIGHTED, LATE = d.fleming_harrington(0, 0), d.fleming_harrington(0, 1)


def of_arms(name, of, compare, by=None, suffix=""):
    """The results of a method that says something of each arm, and of their difference."""
    for level in ("F", "M") if by else (None,):
        rows = [r for r in ROWS if level in (None, r["sex"])]
        parts = {arm: [r for r in rows if r["arm"] == arm] for arm in "BA"}
        head = name if level is None else f"{name}.{level}"
        for arm, part in parts.items():
            yield f"{head}.{arm}{suffix}", of(part), part
        if compare is not None:
            yield f"{head}.A_difference{suffix}", compare(parts["A"], parts["B"]), rows


def of_all(name, of, by=None):
    for level in ("F", "M") if by else (None,):
        rows = [r for r in ROWS if level in (None, r["sex"])]
        yield name if level is None else f"{name}.{level}", of(rows), rows


def plain(*names):
    """A log-rank test has no score or one-sided p in its result, where its weights are not a list of their own."""
    return lambda **how: lambda rows: {k: v for k, v in d.logrank(rows, **how).items() if k in names}


usual = plain("z", "chi_square", "degrees_of_freedom", "p_value")


def estimated(of, p):
    return lambda a, b: d.difference(of(a), of(b), p)


def each_result():
    """Name of a result, its numbers, and the people in it."""
    for place, by in ((0, None), (1, "sex")):
        yield from of_arms(f"kaplan_meier_{place}", d.medians, None, by)
        yield from of_arms(
            f"reverse_kaplan_meier_{place}", lambda rows: d.medians(rows, lambda r: not d.had(r)), None, by
        )
        yield from of_all(f"logrank_{place}", usual(), by)
        yield from of_all(f"maxcombo_{place}", lambda rows: d.maxcombo(rows, [UNWEIGHTED, LATE]), by)
        yield from of_all(f"cox_{place}", d.cox, by)
        yield from of_all(f"proportional_hazards_{place}", d.proportional_hazards, by)
        yield from of_arms(f"proportion_{place}", d.proportion, d.compared_proportions, by)
        yield from of_arms(f"mean_{place}", d.levels, d.compared_means, by)
        rmst = lambda rows: d.restricted_mean(rows, 100)  # noqa: E731
        yield from of_arms(f"rmst_{place}", rmst, estimated(rmst, d.by_normal), by)
        for day in (100, 200):
            at = lambda rows, day=day: d.milestone(rows, day)  # noqa: E731
            yield from of_arms(f"milestone_{place}", at, estimated(at, d.by_complementary_log_log), by, f".day_{day}")
            at = lambda rows, day=day: d.incidence(rows, day)  # noqa: E731
            p = lambda a, b: d.by_complementary_log_log(a, b, lambda value: 1 - value)  # noqa: E731
            without = lambda a, b, both=estimated(at, p): {k: v for k, v in both(a, b).items() if k != "competing"}  # noqa: E731
            yield from of_arms(f"cumulative_incidence_{place}", at, without, by, f".day_{day}")
    yield from of_arms("kaplan_meier_2", lambda rows: d.medians(rows, kind="plain"), None)
    yield from of_all("logrank_2", usual(weight=d.fleming_harrington(1, 0)))
    yield from of_all("logrank_3", lambda rows: d.logrank(rows, LATE))
    yield from of_all("logrank_4", usual(strata=("sex",)))
    yield from of_all("cox_2", lambda rows: d.cox(rows, covariates=("age",)))
    yield from of_all("cox_3", lambda rows: d.cox(rows, strata=("sex",)))
    yield from of_all("cox_4", lambda rows: d.cox(rows, robust=True))
    yield from of_all("cox_5", lambda rows: d.cox(rows, covariates=("ended_how",)))
    yield "cox_1.interaction", d.interaction(ROWS, "sex"), ROWS
    for name, of, p, suffix in (
        ("rmst_2", lambda rows: d.restricted_mean(rows, 100, 0.99), d.by_normal, ""),
        ("rmst_3", lambda rows: d.restricted_mean(rows, 250), d.by_normal, ""),
        ("milestone_2", lambda rows: d.milestone(rows, 100, kind="plain"), d.by_complementary_log_log, ".day_100"),
        ("milestone_3", lambda rows: d.milestone(rows, 50, 0.99, "log"), d.by_complementary_log_log, ".day_50"),
        ("milestone_3", lambda rows: d.milestone(rows, 300, 0.99, "log"), d.by_complementary_log_log, ".day_300"),
    ):
        yield from of_arms(name, of, estimated(of, p), None, suffix)


# What stands in the plan beside a result, by hand.
PLANNED = {
    "logrank_2": {"rho": 1},
    "rmst_1": {"tau_days": 100}, "rmst_2": {"tau_days": 100, "confidence": 0.99}, "rmst_3": {"tau_days": 250},
    "milestone_3": {"confidence": 0.99},
}  # fmt: skip


@pytest.fixture(scope="module")
def held():
    found = {}
    for name, numbers, rows in each_result():
        counted = {"n": len(rows)} | ({} if name.startswith("mean_") else {"events": sum(map(d.had, rows))})
        found[name] = {k: v for k, v in numbers.items() if v is not None} | counted
    return found


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    found = []
    for result in analyzed(tmp_path_factory.mktemp("variants"), people(STANDARD, TEST)).results["results"]:
        # `unheld` holds what is planned for the analyses that R was asked.
        planned = PLANNED.get(result["analysis"], {})
        assert {k: result[k] for k in planned} == planned
        found.append({k: v for k, v in result.items() if k not in planned or k == "estimate"})
    return found


def test_where_r_was_asked_the_definitions_give_its_numbers(held):
    for name, numbers in HELD["other"].items():
        for field, value in numbers.items():
            if value is not None:
                assert held[name][field] == pytest.approx(value, rel=1e-7, abs=1e-9), (name, field)


def test_every_number_of_every_variant_is_that_of_its_definition(held, results):
    assert len(results) == len(held) > len(HELD["other"]) + 60
    assert unheld(results, held) == []


@pytest.mark.parametrize(
    ("name", "field"), [("maxcombo_0", "p_value"), ("cox_4", "standard_error"), ("logrank_4", "chi_square"), ("rmst_1.M.A_difference", "ci_lower")]
)  # fmt: skip
def test_control_a_variant_that_is_off_by_a_millionth_is_noticed(held, results, name, field):
    result = next(r for r in results if r["id"] == name)
    assert any(field in words for words in unheld([result | {field: result[field] * (1 + 1e-6)}], {name: held[name]}))
    assert unheld([result], {name: held[name]}) == []
