"""A series of EBV DNA results: cleared when, by which pattern, and what a site is told on the way."""

from datetime import date, timedelta

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.ebv_dna import Sample, derive_clearance
from equipoise.medicine.method import Observation
from tests.medicine.saying import is_whole

START = date(2024, 3, 1)
LETTERS = {"b": "baseline", "e": "early", "i": "intermediate", "l": "late", "o": "other"}


def series(told, **options):
    """`b+ e? i-`: phase, and + reached, - not, ? not known. Three weeks between samples."""
    reached = {"+": True, "-": False, "?": None}
    return derive_clearance(
        [
            Sample(START + timedelta(weeks=3 * place), LETTERS[one[0]], reached[one[1]], {"+": 500.0 - place, "-": 0.0, "?": None}[one[1]])
            for place, one in enumerate(told.split())
        ],
        **options,
    )  # fmt: skip


@pytest.mark.parametrize(("told", "state", "pattern", "cleared", "rebound"), [
    ("", "not_known", None, None, None),
    ("b?", "not_known", None, None, None),
    ("b+", "not_cleared", None, None, False),
    ("b-", "uninformative", "baseline_negative", None, None),
    ("b- e- i- l-", "uninformative", "baseline_negative", None, None),
    ("b- e+ i-", "uninformative", "baseline_negative", None, None),
    ("b? b+ e+", "not_cleared", None, None, False),
    ("b+ b-", "uninformative", "baseline_negative", None, None),  # the last one before treatment counts
    ("b- b? e-", "uninformative", "baseline_negative", None, None),
    ("e-", "not_known", "not_assessable", None, None),
    ("b? e-", "not_known", "not_assessable", None, None),
    ("b+ e-", "cleared", "early", 1, False),
    ("b+ e- i- l- o-", "cleared", "early", 1, False),
    ("b+ e+", "not_cleared", None, None, False),
    ("b+ e+ i-", "cleared", "intermediate", 2, False),
    ("b+ e+ i+ l-", "cleared", "late", 3, False),
    ("b+ e+ i+ l+", "not_cleared", "persistent", None, False),
    ("b+ e+ i+ l+ o-", "cleared", "persistent", 4, False),
    ("b+ l+", "not_cleared", "persistent", None, False),
    ("b+ e- i+", "rebound", "rebound", 1, True),
    ("b+ e- i+ l-", "cleared", "rebound", 1, True),
    ("b+ e+ i- l+", "rebound", "rebound", 2, True),
    ("b+ e+ i+ l- o+", "rebound", "rebound", 3, True),
    ("b+ i-", "cleared", "not_assessable", 1, False),
    ("b+ e? i-", "cleared", "not_assessable", 2, False),
    ("b+ e+ l-", "cleared", "not_assessable", 2, False),
    ("b+ o-", "cleared", "not_assessable", 1, False),
    ("b+ e- i? l-", "cleared", "early", 1, False),
])  # fmt: skip
def test_a_series_has_its_pattern(told, state, pattern, cleared, rebound):
    found = series(told)
    day = None if cleared is None else START + timedelta(weeks=3 * cleared)
    assert (found.state, found.pattern, found.cleared_on, found.rebound) == (state, pattern, day, rebound)


def test_a_phase_that_nobody_plans_is_not_missed():
    assert series("b+ i-", planned=("intermediate", "late")).pattern == "intermediate"
    assert series("b+ l-", planned=("late",)).pattern == "late"


def test_the_lowest_value_is_the_lowest_known_so_far():
    assert series("b+ e+ i+").lowest_copies_per_ml == 498
    assert series("b+ e+ i-").lowest_copies_per_ml == 0
    assert series("b?").lowest_copies_per_ml is None


VISITS = {"baseline_visits": ("screening",), "early_visits": ("cycle_1",), "intermediate_visits": ("after_induction",),
          "late_visits": ("end_of_rt",)}  # fmt: skip
PLACES = ("screening", "cycle_1", "after_induction", "end_of_rt", "month_3")


def moments(*values, **same):
    method = method_of("ebv_clearance")
    for place, given in enumerate(values):
        of = {"unit": "copies_per_ml", "lod": 10.0, "assay": "qpcr", "target": "bamhi_w", "laboratory": "A"} | same
        of |= given if isinstance(given, dict) else {"value": float(given), "detected": given > 0}
        day = START + timedelta(weeks=3 * place)
        yield Observation(day, PLACES[place], 1, dict.fromkeys(method.inputs) | of)


def asked(*values, options=(), **same):
    method, told = method_of("ebv_clearance"), list(moments(*values, **same))
    chosen = {name: option.default for name, option in method.options.items()} | VISITS | dict(options)
    return method.derive(told[-1], told[:-1], chosen)


def test_the_method_looks_back_over_the_visits_that_the_protocol_names():
    found = asked(5200, 800, 0)
    assert dict(found.values) == {"state": "cleared", "cleared_on": START + timedelta(weeks=6), "pattern": "intermediate",
                                  "lowest": 0.0, "rebound": False}  # fmt: skip
    assert found.remarks == ()
    assert asked(5200, 0).values["pattern"] == "early"
    assert asked(5200, 300, 120, 40).values["pattern"] == "persistent"


def test_a_threshold_above_zero_asks_less_of_clearance():
    assert asked(9000, 2000, 1400, options={"threshold": 1500}).values["pattern"] == "intermediate"
    assert asked(1400, 0, options={"threshold": 1500}).values["pattern"] == "baseline_negative"


NEW = {"value": 0.0, "detected": False}


@pytest.mark.parametrize(("values", "codes"), [
    ((0,), ["baseline_negative"]),
    ((0, 0), []),
    ((0, 30), ["appeared"]),
    ((500, 0, 40), ["reappeared"]),
    ((500, 0, 40, 0), []),
    (({"value": None, "detected": None}, 40), ["baseline_missing"]),
    ((500, NEW | {"assay": "dpcr"}), ["assay_changed"]),
    ((500, NEW | {"target": "ebna1"}), ["assay_changed"]),
    ((500, NEW | {"laboratory": "B"}), ["assay_changed"]),
    ((500, NEW | {"unit": "iu_per_ml"}), ["assay_changed"]),
    ((500, NEW | {"laboratory": None}), []),
    ((500, NEW | {"laboratory": None}, NEW | {"laboratory": "B"}), ["assay_changed"]),
])  # fmt: skip
def test_a_series_that_does_not_fit_is_remarked_in_both_languages(values, codes):
    remarks = asked(*values).remarks
    assert [r.code for r in remarks] == codes
    for said in remarks:
        assert is_whole(said)
        assert set(said.names) <= set(method_of("ebv_clearance").inputs)


def test_a_baseline_below_the_threshold_is_told_with_it():
    (said,) = asked(1400, options={"threshold": 1500}).remarks
    assert said.say("en").what == "EBV DNA was below 1500 copies/mL before treatment"
    assert said.say("zh").what == "治疗前EBV DNA低于1500拷贝/mL"


def test_a_change_of_laboratory_names_what_changed_and_since_when():
    (said,) = asked(500, NEW | {"laboratory": "B", "target": "ebna1"}).remarks
    assert said.say("en").what == "laboratory, target differs from the sample of 2024-03-01"
    assert said.say("zh").what == "实验室、靶序列与2024-03-01的样本不同"
    assert said.names == ("laboratory", "target")
